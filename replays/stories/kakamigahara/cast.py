"""各務原市の物語の登場人物。人物・住所・団体はすべて架空。"""

from replays.stories.telling import Player, Post

START = "2025-04-01"
WOMEN = {"agency": "seikatsu-shien", "desk": "yorisoi"}
PROTECTION = {"agency": "shimin", "desk": "protection"}
CITY = {"agency": "fukushi-seisaku", "desk": "multi-agency"}
CHILDREN = {"agency": "kodomo-katei", "desk": "consultation"}
STATION = {"agency": "hikikomori", "desk": "outreach"}
STATION_PLACES = {"agency": "hikikomori", "desk": "participation"}
NEEDY = {"agency": "support", "desk": "consultation"}
PRIVACY = {"agency": "soumu", "desk": "privacy"}
ADMINISTRATION = {"agency": "fukushi-seisaku", "desk": "administration"}

ADMINISTRATOR = Player(
    "ozeki",
    "尾関 管理",
    "おぜき かんり",
    (Post(**ADMINISTRATION, role="administrator", start=START),),
)


def _at(place: dict[str, str], *roles: str) -> tuple[Post, ...]:
    return tuple(Post(**place, role=role, start=START) for role in roles)


CAST = (
    Player("hayashi", "林 美和", "はやし みわ", _at(WOMEN, "counsellor")),
    Player("iwata", "岩田 学", "いわた まなぶ", _at(PROTECTION, "protection")),
    Player("suzumura", "鈴村 泉", "すずむら いずみ", _at(PROTECTION, "protection")),
    Player("goto", "後藤 直樹", "ごとう なおき", _at(CITY, "coordinator")),
    Player("nagae", "長江 典子", "ながえ のりこ", _at(CITY, "convener")),
    Player("ogawa", "小川 遥", "おがわ はるか", _at(CHILDREN, "counsellor")),
    Player("tsuji", "辻 陽介", "つじ ようすけ", _at(STATION, "counsellor")),
    Player("kawai", "河合 奏", "かわい かなで", _at(STATION_PLACES, "counsellor")),
    Player("sakai", "酒井 玄", "さかい げん", _at(NEEDY, "counsellor")),
    Player("shibata", "柴田 綾", "しばた あや", _at(PRIVACY, "privacy")),
)
