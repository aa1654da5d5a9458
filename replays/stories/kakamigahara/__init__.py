"""各務原市: 五つめの分野「女性」。隠した住まいを守りながら、同意のプランが二度評価される"""

from replays.stories.kakamigahara.asked_for_files import ASKED_FOR_FILES
from replays.stories.kakamigahara.cast import ADMINISTRATOR, CAST
from replays.stories.kakamigahara.consented_plan import CONSENTED_PLAN
from replays.stories.kakamigahara.fifth_field import FIFTH_FIELD
from replays.stories.kakamigahara.same_hands import SAME_HANDS
from replays.stories.kakamigahara.two_reviews import TWO_REVIEWS
from replays.stories.telling import Story, scenes

KAKAMIGAHARA = Story(
    key="kakamigahara",
    title="各務原市 — 図書館の林さん",
    opening="2025-04-01 08:30",
    administrator=ADMINISTRATOR,
    cast=CAST,
    steps=scenes(FIFTH_FIELD, ASKED_FOR_FILES, CONSENTED_PLAN, SAME_HANDS, TWO_REVIEWS),
    households={"household": "hayashi"},
    sittings=("june", "interim", "final"),
    reader="hayashi",
    secretary="goto",
)
