"""芦屋市の物語の登場人物。人物・住所・団体はすべて架空。"""

from replays.stories.telling import Player, Post

START = "2023-04-01"
CITY = {"agency": "chiiki-fukushi", "desk": "multi-agency"}
NURSES = {"agency": "chiiki-fukushi", "desk": "outreach"}
COUNCIL = {"agency": "shakyo", "desk": "multi-agency"}
DISTRICT = {"agency": "shakyo", "desk": "district"}
PARTICIPATION = {"agency": "shakyo", "desk": "participation"}
ELDERLY = {"agency": "houkatsu-shiomi", "desk": "consultation"}
CHILDREN = {"agency": "kodomo-katei-hoken", "desk": "consultation"}
RIGHTS = {"agency": "kenri-yougo", "desk": "guardianship"}
PRIVACY = {"agency": "soumu", "desk": "privacy"}
ANALYSIS = {"agency": "chiiki-fukushi", "desk": "analysis"}
ADMINISTRATION = {"agency": "chiiki-fukushi", "desk": "administration"}

ADMINISTRATOR = Player(
    "suma", "須磨 管理", "すま かんり", (Post(**ADMINISTRATION, role="administrator", start=START),)
)


def _at(place: dict[str, str], *roles: str) -> tuple[Post, ...]:
    return tuple(Post(**place, role=role, start=START) for role in roles)


CAST = (
    Player("mori", "森 千尋", "もり ちひろ", _at(COUNCIL, "counsellor")),
    Player("kitamura", "北村 俊介", "きたむら しゅんすけ", _at(CITY, "convener")),
    Player("hirata", "平田 葉子", "ひらた ようこ", _at(CITY, "coordinator")),
    Player("ozaki", "尾崎 恵理", "おざき えり", _at(NURSES, "counsellor")),
    Player("matsuo", "松尾 拓", "まつお たく", _at(PARTICIPATION, "counsellor")),
    Player("nagai", "永井 聡", "ながい さとし", _at(ELDERLY, "counsellor")),
    Player("yoshino", "吉野 実", "よしの みのる", _at(CHILDREN, "counsellor")),
    Player("okada", "岡田 泉", "おかだ いずみ", _at(RIGHTS, "counsellor")),
    Player("inoue", "井上 創", "いのうえ はじめ", _at(ANALYSIS, "analyst")),
    Player("ueda", "上田 剛", "うえだ つよし", _at(PRIVACY, "privacy")),
)
