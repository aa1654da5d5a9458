"""あとから調べる: だれが見たか、なぜ見えたか、そのとき何を見たか。個人情報保護担当の仕事。"""

from replays.stories.telling import act, look, unseen

H = "/households/{household}"
NIGHT = "from=2025-06-08&to=2025-06-08"

LOOKED_INTO = (
    look(
        "2025-06-11 09:50",
        "hoshi",
        "星さんの一日は、点検の待ち行列から始まります。同意によらない提供とつなぎ、緊急閲覧。期限の順に。",
        "/audit/reviews",
        "audit",
    ),
    act(
        "2025-06-11 10:05",
        "hoshi",
        "法令による通報のつなぎも、伝えた範囲を点検します。",
        f"{H}/referrals/{{report-referral}}/review",
        {"proper": True, "narrative": "通報に必要な範囲であった。"},
    ),
    look(
        "2025-06-11 10:31",
        "hoshi",
        "…その晩、野沢さんが見たものを一行ずつ照会します。照会したことも記録されます。",
        f"/audit/reads?staff={{nozawa}}&{NIGHT}",
        "audit",
        keep={"night-receipt": "reads.-1.receipt"},
    ),
    look(
        "2025-06-11 10:33",
        "hoshi",
        "控えには、どの規則で、どの記録を決め手に見せたかが残っています。",
        "/audit/receipts/{night-receipt}/{night-receipt.version}",
        "audit",
    ),
    look(
        "2025-06-11 10:35",
        "hoshi",
        "監査を始めているので、そのとき見せたものをそのまま示せます。一字でも違えば分かります。",
        "/audit/receipts/{night-receipt}/{night-receipt.version}/view",
        "audit",
    ),
    look(
        "2025-06-11 10:40",
        "hoshi",
        "関わりのない野沢さんが、なぜ見られたのか。同じ関門が、その時点の記録で答えます。",
        "/audit/explanations?staff={nozawa}&stream={household}&version={tea.version}"
        "&at=2025-06-08T22:06:00%2B09:00",
        "audit",
    ),
    unseen(
        "2025-06-30 23:20",
        "kayama",
        "夜遅く、まだ関わりのない参加支援の香山さんが、この世帯を開こうとします。見えません。",
        H,
    ),
    look(
        "2025-07-01 08:40",
        "hoshi",
        "翌朝の一覧に載ります。責めるためではなく、規則と根拠を示し、人が確かめるためです。",
        "/audit/alerts?from=2025-06-30",
        "audit",
    ),
    act(
        "2025-07-01 09:20",
        "hoshi",
        "香山さんに聞くと、別の世帯と番号を取り違えていました。結果を残すと、待ち行列から消えます。",
        "/staff/{kayama}/alert-findings",
        {"day": "2025-06-30", "household": "{household}", "finding": "mistake"},
    ),
    look(
        "2025-09-17 10:00",
        "hoshi",
        "あの晩の支援会議は、だれが招き、だれがどの議題に、いつまでいて、だれが読んだのか。",
        "/audit/sittings/{evening}",
        "audit",
    ),
    look(
        "2025-09-17 10:30",
        "hoshi",
        "トキさんへの閲覧状況。機関と日と目的だけで、だれかが危なくなることは載せません。",
        "/audit/statements?requester=person&person={toki}",
        "audit",
    ),
)
