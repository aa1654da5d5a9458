"""夜の当番: 関わりのない係が緊急閲覧で確かめて駆けつけ、あとで個人情報保護担当が点検する。"""

from replays.stories.telling import act, look, refused

H = "/households/{household}"

NIGHT_DUTY = (
    refused(
        "2025-06-08 22:04",
        "nozawa",
        "ReasonNeeded",
        "その晩の当番は、この世帯を知らない野沢さん。「至急」だけでは、緊急閲覧は始まりません。",
        f"{H}/emergency-accesses",
        {"reason": "至急"},
    ),
    act(
        "2025-06-08 22:05",
        "nozawa",
        "理由を書いて、緊急閲覧を始めます。3時間だけ。主担当の係と個人情報保護担当にすぐ知らされます。",
        f"{H}/emergency-accesses",
        {
            "reason": "窓を割った人がまだ近くにいる。駆けつける職員が危険の内容を知る必要がある。",
            "subjects": ["{tsuyoshi}"],
        },
        keep="night-access",
    ),
    look("2025-06-08 22:06", "nozawa", "訪ねる前に、記録を確かめます。", H),
    act(
        "2025-06-08 22:10",
        "nozawa",
        "トキさんの居場所は伏せられています。見るには、もう一つの緊急閲覧と…",
        f"{H}/emergency-accesses",
        {
            "reason": "息子が探し回っている。避難先の夜勤に、今夜の来訪を止めてもらう必要がある。",
            "person": "{toki}",
            "location": True,
        },
        keep="place-access",
    ),
    refused(
        "2025-06-08 22:11",
        "nozawa",
        "RoleNeeded",
        "…二人目の承認が要ります。自分では承認できません。",
        f"{H}/emergency-accesses/{{place-access}}/approval",
        {},
        status=403,
    ),
    act(
        "2025-06-08 22:15",
        "kuroda",
        "係長の黒田さんが、一度きりの閲覧を承認します。",
        f"{H}/emergency-accesses/{{place-access}}/approval",
        {},
    ),
    act(
        "2025-06-09 00:50",
        "kuroda",
        "まだ終わりません。責任者として、黒田さんが緊急閲覧を延長します。",
        f"{H}/emergency-accesses/{{night-access}}/renewal",
        {},
    ),
    act(
        "2025-06-11 10:20",
        "hoshi",
        "星さんは、中身を読むために監査を始めます。理由を書かなければ、中身は読めません。",
        f"{H}/audit-cases",
        {"reason": "6月8日夜の緊急閲覧2件の点検のため。"},
        keep="night-audit",
    ),
    look("2025-06-11 10:30", "hoshi", "何が記録されていたかを確かめ…", H, "audit"),
    act(
        "2025-06-11 10:50",
        "hoshi",
        "…緊急閲覧を点検します。",
        f"{H}/emergency-accesses/{{night-access}}/review",
        {"proper": True, "narrative": "危険が現にあり、見た範囲も必要な限度であった。"},
    ),
    act(
        "2025-06-11 10:55",
        "hoshi",
        "居場所の閲覧も、同じように点検します。",
        f"{H}/emergency-accesses/{{place-access}}/review",
        {"proper": True, "narrative": "承認を得て一度だけ閲覧し、避難先の安全を確保した。"},
    ),
    act(
        "2025-06-11 11:00",
        "hoshi",
        "監査を終えます。星さんにも、中身はもう読めません。",
        f"{H}/audit-cases/{{night-audit}}/closing",
        {},
    ),
)
