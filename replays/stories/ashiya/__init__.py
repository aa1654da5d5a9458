"""芦屋市: Ａでふるい分け、Ｂ－１とＢ－２を緊急度で使い分け、ＣとＤが地域の課題を受け取る。"""

from replays.stories.ashiya.cast import ADMINISTRATOR, CAST
from replays.stories.ashiya.closing import FINAL, STUDIED
from replays.stories.ashiya.counted import COUNTED
from replays.stories.ashiya.handed_on import CLOSING, HANDED_ON
from replays.stories.ashiya.noticed import NOTICED
from replays.stories.ashiya.places import PLACES, RENAMED
from replays.stories.ashiya.screening import SCREENING
from replays.stories.ashiya.urgent import URGENT
from replays.stories.telling import Story, scenes

ASHIYA = Story(
    key="ashiya",
    title="芦屋市 — 夜に起きている子",
    opening="2023-04-03 08:30",
    administrator=ADMINISTRATOR,
    cast=CAST,
    steps=scenes(
        NOTICED, SCREENING, URGENT, PLACES, HANDED_ON, CLOSING, RENAMED, COUNTED, FINAL, STUDIED
    ),
    households={"household": "kishi"},
    sittings=("a", "b1", "b2", "d-r5", "d-r6", "c", "final"),
    reader="kishi",
    secretary="hirata",
)
