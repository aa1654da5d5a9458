"""プロジェクトチームの市: 緊急の二晩と、同じ晩の二つの会議。解決してもしなくても、つながる。"""

from replays.stories.project_team_city.aftermath import AFTERMATH
from replays.stories.project_team_city.cast import ADMINISTRATOR, CAST
from replays.stories.project_team_city.looked_into import LOOKED_INTO
from replays.stories.project_team_city.night_duty import NIGHT_DUTY
from replays.stories.project_team_city.one_evening import ONE_EVENING
from replays.stories.project_team_city.two_agendas import TWO_AGENDAS
from replays.stories.project_team_city.two_nights import TWO_NIGHTS
from replays.stories.project_team_city.young_man import YOUNG_MAN
from replays.stories.telling import Story, scenes

PROJECT_TEAM_CITY = Story(
    key="project-team-city",
    title="プロジェクトチームの市 — ホテルの二晩",
    opening="2025-04-01 08:30",
    administrator=ADMINISTRATOR,
    cast=CAST,
    steps=scenes(
        TWO_NIGHTS, NIGHT_DUTY, LOOKED_INTO, YOUNG_MAN, TWO_AGENDAS, ONE_EVENING, AFTERMATH
    ),
    households={"household": "miyoshi", "room": "shiina"},
    sittings=("evening", "later"),
    reader="shiina",
    secretary="shiina",
)
