"""年度の数: 記録された事実から数え、だれに、何の根拠で渡したかを残す。"""

from replays.stories.telling import Step, act, day, look, refused

_YEAR = "/statistics?period=2023&closing=2024-05-31"
_TO_COUNCIL = f"{_YEAR}&recipient=council&basis=plan-evaluation"

COUNTED = (
    Step(
        "平田さんが、委員会の資料にと成果目標の数を求めます。数を出すのは統計・評価担当だけです。",
        day("2024-07-22 13:00"),
        "hirata",
        "GET",
        _TO_COUNCIL,
        refused="RoleNeeded",
        status=403,
        purpose="statistics",
    ),
    look(
        "2024-07-22 14:00",
        "inoue",
        "井上さんが、令和5年度の統計と9つの成果目標を、5月31日に締めた数と今の数で並べます。"
        "目標が1や5の数は、伏せると仕事が見えません。だから、名指しした相手に根拠を残して渡します。",
        _TO_COUNCIL,
        "statistics",
    ),
    look(
        "2024-07-22 14:10",
        "inoue",
        "「新規相談の1世帯とは」。どの数も、数えた記録までたどれます。氏名も本文も出ません。",
        "/statistics/trace?figure=new-consultations&period=2023&closing=2024-05-31",
        "statistics",
    ),
    look(
        "2024-07-22 14:20",
        "inoue",
        "年度末の姿を、締めた日までの記録で確かめます。一世帯ごとの行は仮名とコードだけで、"
        "支援措置の対象の人がいる世帯では、どの機関の担当かも出ません。合計は、小さい区分に分けません。",
        "/statistics/households?true_at=2024-03-31&known_at=2024-05-31&totals=true",
        "statistics",
    ),
    act(
        "2024-07-23 10:00",
        "inoue",
        "広報に載せる表は別です。10人に満たない数は、割り出せる数とともに伏せます。"
        "この年度の表は、総数から伏せることになりました。",
        "/statistics/publications",
        {"year": 2023, "closing": "2024-05-31"},
    ),
    refused(
        "2024-07-23 10:10",
        "inoue",
        "NothingNewToPublish",
        "「今の数でもう一度」。前の表との差から人が分かるような増減は、公表できません。",
        "/statistics/publications",
        {"year": 2023, "closing": "2024-05-31", "known": "now"},
    ),
    look(
        "2024-07-23 10:20",
        "hirata",
        "公表した表は、だれでも読めます。",
        "/statistics/publications",
        "statistics",
    ),
)
