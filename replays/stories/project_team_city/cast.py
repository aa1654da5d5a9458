"""プロジェクトチームの市の物語の登場人物。人物・住所・団体はすべて架空。"""

from replays.stories.telling import Player, Post

START = "2025-04-01"
WINDOW = {"agency": "okomarigoto", "desk": "consultation"}
CITY = {"agency": "takikan", "desk": "multi-agency"}
CHAIR = {"agency": "shakai-fukushi", "desk": "chair"}
NEEDY = {"agency": "shakai-fukushi", "desk": "consultation"}
RIGHTS = {"agency": "houkatsu", "desk": "rights"}
ELDERLY = {"agency": "houkatsu", "desk": "consultation"}
OUTREACH = {"agency": "outreach", "desk": "outreach"}
PARTICIPATION = {"agency": "sanka", "desk": "participation"}
PRIVACY = {"agency": "soumu", "desk": "privacy"}
ADMINISTRATION = {"agency": "takikan", "desk": "administration"}

ADMINISTRATOR = Player(
    "uno", "宇野 管理", "うの かんり", (Post(**ADMINISTRATION, role="administrator", start=START),)
)


def _at(place: dict[str, str], *roles: str) -> tuple[Post, ...]:
    return tuple(Post(**place, role=role, start=START) for role in roles)


CAST = (
    Player("hayasaka", "早坂 志乃", "はやさか しの", _at(WINDOW, "counsellor")),
    Player("shiina", "椎名 亮", "しいな りょう", _at(CITY, "coordinator")),
    Player("tamura", "田村 恭子", "たむら きょうこ", _at(CHAIR, "convener")),
    Player("obata", "小幡 健", "おばた けん", _at(NEEDY, "counsellor")),
    Player("miyoshi", "三好 佳代", "みよし かよ", _at(RIGHTS, "counsellor")),
    Player("nozawa", "野沢 誠", "のざわ まこと", _at(OUTREACH, "counsellor")),
    Player("kuroda", "黒田 律", "くろだ りつ", _at(OUTREACH, "chief")),
    Player("kayama", "香山 葵", "かやま あおい", _at(PARTICIPATION, "counsellor")),
    Player("hoshi", "星 隆", "ほし たかし", _at(PRIVACY, "privacy")),
)
