"""暮らし: every household lives one of these lives, the common ones far more often."""

from collections.abc import Callable
from typing import NamedTuple

from replays.synthesis.case import Case
from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.diary import RETOLD, Line, part_of
from replays.synthesis.lives.changing import moved, noted_twice, parted
from replays.synthesis.lives.danger import abused, concealed
from replays.synthesis.lives.everyday import answered, came_again, kept, passed_on
from replays.synthesis.lives.joined import joined_up, tipped
from replays.synthesis.lives.retold import retold, will_be_retold


class Life(NamedTuple):
    """`families` with their weights, each with the 分野 whose window it knocks at first."""

    live: Callable[[Case], None]
    families: tuple[tuple[tuple[str, str], int], ...]
    households: int = 1
    meets: bool = False


_COMMON = (
    (("elder", "elderly"), 30),
    (("elders", "elderly"), 16),
    (("alone", "needy"), 16),
    (("alone", "disability"), 10),
    (("young", "children"), 16),
    (("single-mother", "children"), 8),
    (("foreign", "children"), 4),
)
_HEAVY = (
    (("8050", "elderly"), 24),
    (("hikikomori", "needy"), 18),
    (("young-carer", "children"), 14),
    (("double-care", "elderly"), 12),
    (("single-mother", "needy"), 10),
    (("siblings", "elderly"), 10),
    (("foreign", "needy"), 7),
    (("elder", "needy"), 5),
)
_DANGER = ((("couple-dv", "children"), 1),)
_CARED_FOR = ((("elders", "elderly"), 3), (("8050", "elderly"), 4), (("young", "children"), 3))

LIVES: tuple[tuple[Life, int], ...] = (
    (Life(answered, _COMMON), 7000),
    (Life(came_again, _COMMON), 700),
    (Life(passed_on, _COMMON), 1100),
    (Life(kept, _COMMON), 600),
    (Life(moved, _COMMON), 140),
    (Life(noted_twice, _COMMON, households=2), 90),
    (Life(parted, ((("couple-dv", "children"), 1), (("double-care", "elderly"), 1)), 2), 40),
    (Life(tipped, _HEAVY, meets=True), 90),
    (Life(joined_up, _HEAVY, meets=True), 70),
    (Life(concealed, _DANGER), 40),
    (Life(abused, _CARED_FOR, meets=True), 40),
)
"""Of 10,000 contacts; most end with an answer the same day."""


def life_of(city: City, number: int, room: int) -> Life:
    """The fate of this household; one that fills no more households than there is room for."""
    life = Chance(city.profile.id, city.seed, "fate", number).weighed(LIVES)
    return life if life.households <= room else LIVES[0][0]


def lived(city: City, number: int, life: Life) -> list[Line]:
    family, field = Chance(city.profile.id, city.seed, "family", number).weighed(life.families)
    part, again = part_of(number, meets=life.meets), will_be_retold(city, number)
    case = Case.begin(city, number, part + RETOLD * again, family, field)
    life.live(case)
    if again:
        retold(case)
    return case.diary.close()
