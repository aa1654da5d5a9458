"""小牧市: 3分野以上の世帯と、理由を添えて対象とした一人を、一つの会議が二つの根拠で受け止める。"""

from replays.stories.komaki.cast import ADMINISTRATOR, CAST
from replays.stories.komaki.paths_part import PATHS_PART
from replays.stories.komaki.three_fields import THREE_FIELDS
from replays.stories.komaki.two_bases import TWO_BASES
from replays.stories.komaki.two_fields_only import TWO_FIELDS_ONLY
from replays.stories.komaki.two_windows import TWO_WINDOWS
from replays.stories.telling import Story, scenes

KOMAKI = Story(
    key="komaki",
    title="小牧市 — 薬の係と、駐車場のシゲさん",
    opening="2025-04-01 08:30",
    administrator=ADMINISTRATOR,
    cast=CAST,
    steps=scenes(TWO_WINDOWS, THREE_FIELDS, TWO_FIELDS_ONLY, TWO_BASES, PATHS_PART),
    households={"household": "ando", "parking": "umemura"},
    sittings=("tsunagaru", "october"),
    reader="ando",
    secretary="ando",
)
