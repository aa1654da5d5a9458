"""甲州市の物語の登場人物。人物・住所・団体はすべて架空。"""

from replays.stories.telling import Player, Post

START = "2025-04-01"
SUPPORT = {"agency": "fukushi-sougou", "desk": "multi-agency"}
VISITING = {"agency": "fukushi-sougou", "desk": "outreach"}
ELDERLY = {"agency": "houkatsu", "desk": "consultation"}
CHILDCARE = {"agency": "kosodate-centre", "desk": "consultation"}
COUNCIL = {"agency": "shakyo", "desk": "consultation"}
PRIVACY = {"agency": "soumu", "desk": "privacy"}
ADMINISTRATION = {"agency": "fukushi-sougou", "desk": "administration"}

ADMINISTRATOR = Player(
    "shimura",
    "志村 管理",
    "しむら かんり",
    (Post(**ADMINISTRATION, role="administrator", start=START),),
)


def _at(place: dict[str, str], *roles: str) -> tuple[Post, ...]:
    return tuple(Post(**place, role=role, start=START) for role in roles)


CAST = (
    Player("hinata", "日向 美咲", "ひなた みさき", _at(CHILDCARE, "counsellor")),
    Player("amano", "天野 健", "あまの けん", _at(SUPPORT, "coordinator")),
    Player("furuya", "古屋 昭子", "ふるや あきこ", _at(SUPPORT, "convener")),
    Player("mitsui", "三井 和夫", "みつい かずお", _at(PRIVACY, "privacy")),
    Player("sakamoto", "坂本 由紀", "さかもと ゆき", _at(VISITING, "counsellor")),
    Player("kubota", "久保田 恵", "くぼた めぐみ", _at(ELDERLY, "counsellor")),
    Player("iino", "飯野 大輔", "いいの だいすけ", _at(COUNCIL, "counsellor")),
)
