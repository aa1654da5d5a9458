"""担当が代わっても、つながり続ける: 春の異動と、取り直す同意。"""

from dataclasses import replace

from replays.stories.ashiya.cast import CHILDREN, CITY, COUNCIL, DISTRICT
from replays.stories.ashiya.screening import REGULAR
from replays.stories.room import Seat
from replays.stories.telling import act, look

H = "/households/{household}"
HIRATA, _MORI, _NAGAI, YOSHINO = REGULAR
SEATS = (
    replace(HIRATA, key="f-hirata"),
    Seat("f-kishi", "岸", "社協 多機関協働相談窓口", COUNCIL["agency"], "kishi", tier="regular"),
    replace(YOSHINO, key="f-yoshino"),
)
RENEWED = {
    "able": True,
    "method": "written",
    "text_version": "consent-1",
    "agencies": [place["agency"] for place in (CITY, COUNCIL, CHILDREN)],
    "categories": ["identity", "consultation", "school-work", "progress"],
    "purposes": ["planning", "meeting", "support"],
    "period": {"start": "2024-04-08", "end": "2025-03-31"},
}

HANDED_ON = (
    look("2024-03-25 08:50", "suma", "春の異動。管理者が、職員と任命の一覧を開きます。", "/staff"),
    act(
        "2024-03-25 09:00",
        "suma",
        "新しく来る岸さんを登録します。",
        "/staff",
        {"issuer": "{issuer}", "subject": "kishi", "name": "岸 航平", "kana": "きし こうへい"},
        keep="kishi",
    ),
    act(
        "2024-03-25 09:05",
        "suma",
        "任命は4月1日から。",
        "/staff/{kishi}/appointments",
        {**COUNCIL, "role": "counsellor", "period": {"start": "2024-04-01"}},
        keep="kishi-post",
    ),
    act(
        "2024-03-28 16:00",
        "mori",
        "森さんは、担当する世帯をまとめて岸さんに引き継ぎます。引継書を添えて。",
        "/handovers",
        {
            "from_staff": "{mori}",
            "to_staff": "{kishi}",
            "households": ["{household}"],
            "effective_on": "2024-04-01",
            "memo": "由香さんは午後がよい。そらさんは自分から話す日を待つ。",
        },
    ),
    act(
        "2024-03-29 16:50",
        "suma",
        "森さんは4月から、社協の地区担当です。",
        "/staff/{mori}/appointments",
        {**DISTRICT, "role": "counsellor", "period": {"start": "2024-04-01"}},
        keep="mori-district",
    ),
    act(
        "2024-03-29 17:00",
        "suma",
        "窓口の任命は3月31日で終わります。",
        "/staff/{mori}/appointments/{mori-post-1}/ending",
        {"last_day": "2024-03-31"},
    ),
)

CLOSING = (
    act(
        "2024-04-08 13:00",
        "kishi",
        "新しい年度。同意は期限が来れば消えます。由香さんが、あらためて同意しました。",
        f"{H}/consents",
        RENEWED | {"person": "{yuka}", "giver": "{yuka}", "authority": "self"},
        keep="yuka-consent-r6",
    ),
    act(
        "2024-04-08 13:10",
        "kishi",
        "高校生になったそらさんの分も、親権者として取り直します。"
        "そらさん自身も隣でうなずきました。",
        f"{H}/consents",
        RENEWED
        | {
            "person": "{sora}",
            "giver": "{yuka}",
            "authority": "parent",
            "authority_scope": ["identity", "consultation", "school-work", "progress"],
        },
        keep="sora-consent-r6",
    ),
)
