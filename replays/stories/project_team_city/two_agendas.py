"""同じ晩の二つの会議の支度: 招集、議題、案内。根拠も出席者も、別々に決める。"""

from replays.stories.project_team_city.cast import (
    CHAIR,
    CITY,
    NEEDY,
    OUTREACH,
    PARTICIPATION,
    RIGHTS,
    WINDOW,
)
from replays.stories.room import Seat, convened, invited, item

ALWAYS = (
    Seat("e-chair", "田村", "社会福祉課長（議長）", CHAIR["agency"], "tamura", tier="tier-1"),
    Seat("e-hayasaka", "早坂", "お困りごと相談員", WINDOW["agency"], "hayasaka", tier="tier-2"),
    Seat("e-nozawa", "野沢", "アウトリーチ支援員", OUTREACH["agency"], "nozawa", tier="tier-2"),
    Seat("e-miyoshi", "三好", "包括 社会福祉士", RIGHTS["agency"], "miyoshi", tier="tier-2"),
    Seat("e-shiina", "椎名", "多機関協働担当（事務局）", CITY["agency"], "shiina"),
)
WATER = Seat("e-water", "水道事業の担当者", "水道事業者", "lifeline", kind="outside", tier="tier-4")
LATER = (
    Seat("l-chair", "田村", "社会福祉課長（議長）", CHAIR["agency"], "tamura", tier="tier-1"),
    Seat("l-obata", "小幡", "自立相談支援員", NEEDY["agency"], "obata", tier="tier-2"),
    Seat("l-kayama", "香山", "参加支援", PARTICIPATION["agency"], "kayama", tier="tier-2"),
    Seat("l-shiina", "椎名", "多機関協働担当", CITY["agency"], "shiina"),
)
HELPER = Seat("e-kayama", "香山", "参加支援", PARTICIPATION["agency"], "kayama", kind="outside")
AO = Seat("l-ao", "蒼", "本人", None, None, "person", "ao", tier="tier-4")

TWO_AGENDAS = (
    convened(
        "2025-07-01 09:00",
        "tamura",
        "毎月の支援会議。議長の田村課長が招集します。",
        "evening",
        "shien",
        "2025-07-17",
        "市役所3階 大会議室",
    ),
    convened(
        "2025-07-01 09:05",
        "shiina",
        "案件があるので、同じ晩に重層的支援会議も開きます。根拠も出席者も、別の会議です。",
        "later",
        "juusou",
        "2025-07-17",
        "市役所3階 大会議室",
    ),
    item(
        "2025-07-01 09:10",
        "shiina",
        "支援会議の議題1。本人の同意が得られていない世帯です。",
        "evening",
        "mother-item",
        "母子世帯の安全と息子への働きかけ",
        "support",
    ),
    item(
        "2025-07-01 09:15",
        "shiina",
        "議題2は、弁護士を招いた勉強会です。",
        "evening",
        "study-item",
        "高齢者虐待と成年後見の勉強会",
        "support",
        household=None,
        kind="training",
    ),
    item(
        "2025-07-01 09:20",
        "shiina",
        "重層的支援会議の議題。蒼さんのプランの事後承認です。",
        "later",
        "ao-item",
        "若者の住まいと仕事のプラン",
        "layered",
        household="room",
    ),
    *invited("2025-07-01 10:00", "shiina", "evening", ALWAYS, ("mother-item", "study-item")),
    *invited("2025-07-01 10:05", "shiina", "evening", (WATER, HELPER), ("mother-item",)),
    *invited("2025-07-01 10:10", "shiina", "later", (*LATER, AO), ("ao-item",)),
)
