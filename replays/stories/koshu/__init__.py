"""甲州市: 断らない窓口に届いた隣人の声が、母と息子の支援プランになり、包括に戻るまで。"""

from replays.stories.koshu.cast import ADMINISTRATOR, CAST
from replays.stories.koshu.first_contact import FIRST_CONTACT
from replays.stories.koshu.handed_back import HANDED_BACK
from replays.stories.koshu.home_visit import HOME_VISIT
from replays.stories.koshu.layered_meeting import LAYERED_MEETING
from replays.stories.koshu.support_meeting import SUPPORT_MEETING
from replays.stories.koshu.told_on import TOLD_ON
from replays.stories.telling import Story, scenes

KOSHU = Story(
    key="koshu",
    title="甲州市 — 白い雨戸の家",
    opening="2025-04-01 08:30",
    administrator=ADMINISTRATOR,
    cast=CAST,
    steps=scenes(FIRST_CONTACT, SUPPORT_MEETING, HOME_VISIT, LAYERED_MEETING, TOLD_ON, HANDED_BACK),
    households={"household": "kubota"},
    sittings=("meeting", "layered", "autumn"),
    reader="kubota",
    secretary="amano",
)
