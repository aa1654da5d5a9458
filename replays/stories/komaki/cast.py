"""小牧市の物語の登場人物。人物・住所・団体はすべて架空。"""

from replays.stories.telling import Player, Post

START = "2025-04-01"
CITY = {"agency": "fukushi-soumu", "desk": "multi-agency"}
NEEDY = {"agency": "fukushi-soumu", "desk": "consultation"}
IDENTITY = {"agency": "fukushi-soumu", "desk": "identity"}
FOREIGN = {"agency": "gaikokuseki", "desk": "consultation"}
ELDERLY = {"agency": "houkatsu-ajioka", "desk": "consultation"}
CHILDREN = {"agency": "kosodate-sedai", "desk": "consultation"}
DISABILITY = {"agency": "soudan-3", "desk": "consultation"}
PLACE = {"agency": "ibasho", "desk": "outreach"}
ADMINISTRATION = {"agency": "fukushi-soumu", "desk": "administration"}

ADMINISTRATOR = Player(
    "funatsu",
    "船津 管理",
    "ふなつ かんり",
    (Post(**ADMINISTRATION, role="administrator", start=START),),
)


def _at(place: dict[str, str], *roles: str) -> tuple[Post, ...]:
    return tuple(Post(**place, role=role, start=START) for role in roles)


CAST = (
    Player("kondo", "近藤 ミカ", "こんどう みか", _at(FOREIGN, "counsellor")),
    Player("hibino", "日比野 修", "ひびの おさむ", _at(ELDERLY, "counsellor")),
    Player("niwa", "丹羽 文", "にわ あや", _at(IDENTITY, "identity")),
    Player("ando", "安藤 圭", "あんどう けい", _at(CITY, "coordinator")),
    Player("ochiai", "落合 久美", "おちあい くみ", _at(CITY, "convener")),
    Player("kato", "加藤 望", "かとう のぞみ", _at(NEEDY, "counsellor")),
    Player("ito", "伊藤 晴", "いとう はる", _at(CHILDREN, "counsellor")),
    Player("suzuki", "鈴木 透", "すずき とおる", _at(DISABILITY, "counsellor")),
    Player("umemura", "梅村 光", "うめむら ひかる", _at(PLACE, "counsellor")),
)
