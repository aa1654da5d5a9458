"""家族: who lives together, how old they are, and how they come to be known by name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from replays.synthesis.chance import Chance
from replays.synthesis.names import Name, foreign_surname, misspelt, named, phone, surname


class Kin(NamedTuple):
    """続柄・性別・年齢の幅。"""

    relation: str
    sex: str
    least: int
    most: int


class Family(NamedTuple):
    """世帯類型: the first is whoever the consultation is about."""

    household_type: str
    kin: tuple[Kin, ...]
    foreign: bool = False


ANY = "any"
_CHILD = 12
FAMILIES = {
    "elder": Family("single", (Kin("self", ANY, 70, 96),)),
    "elders": Family("couple", (Kin("self", "female", 70, 92), Kin("spouse", "male", 72, 94))),
    "8050": Family(
        "one-parent-and-child", (Kin("mother", "female", 76, 93), Kin("self", "male", 46, 62))
    ),
    "alone": Family("single", (Kin("self", ANY, 22, 66),)),
    "young": Family(
        "parents-and-child",
        (Kin("self", "female", 22, 42), Kin("spouse", "male", 23, 45), Kin("child", ANY, 0, 6)),
    ),
    "single-mother": Family(
        "one-parent-and-child",
        (
            Kin("self", "female", 22, 48),
            Kin("daughter", "female", 2, 15),
            Kin("son", "male", 0, 12),
        ),
    ),
    "young-carer": Family(
        "one-parent-and-child",
        (Kin("mother", "female", 36, 52), Kin("self", ANY, 11, 17), Kin("sibling", ANY, 3, 9)),
    ),
    "double-care": Family(
        "three-generations",
        (
            Kin("self", "female", 34, 49),
            Kin("spouse", "male", 35, 52),
            Kin("mother", "female", 70, 86),
            Kin("child", ANY, 1, 10),
        ),
    ),
    "hikikomori": Family(
        "parents-and-child",
        (Kin("father", "male", 55, 74), Kin("mother", "female", 52, 72), Kin("self", ANY, 19, 45)),
    ),
    "siblings": Family("siblings", (Kin("self", "female", 58, 80), Kin("brother", "male", 55, 82))),
    "couple-dv": Family(
        "parents-and-child",
        (Kin("self", "female", 24, 52), Kin("spouse", "male", 26, 58), Kin("child", ANY, 1, 14)),
    ),
    "foreign": Family(
        "parents-and-child",
        (Kin("self", "female", 24, 44), Kin("spouse", "male", 25, 48), Kin("child", ANY, 1, 12)),
        foreign=True,
    ),
}


@dataclass(slots=True)
class Member:
    """世帯員: what the windows learn of somebody, little by little."""

    kin: Kin
    name: Name
    sex: str
    birth: date
    phone: str
    id: str = ""

    @property
    def draft(self) -> dict[str, Any]:
        """As told by somebody who knows."""
        return {
            "name": self.name.text,
            "kana": self.name.kana,
            "birth_date": self.birth.isoformat(),
            "sex": self.sex,
            "phones": [self.phone],
        }

    @property
    def hearsay(self) -> dict[str, Any]:
        """As a neighbour would say it."""
        return {"nickname": f"{self.kin.relation}にあたる人", "sex": self.sex}

    @property
    def belonging(self) -> dict[str, Any]:
        return {"relation": self.kin.relation, "membership": "living-together"}

    def age(self, on: date) -> int:
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))

    def misspelt(self, chance: Chance) -> "Member":
        """The same person at another window, which heard or wrote it otherwise."""
        keeps = chance.happens(0.7)
        phone_heard = self.phone if chance.happens(0.6) else phone(chance)
        birth = self.birth if keeps else self.birth + timedelta(days=chance.pick((-10, 1, 30)))
        return Member(self.kin, misspelt(self.name, chance), self.sex, birth, phone_heard)


def raised(family: Family, on: date, chance: Chance) -> list[Member]:
    """The members of one such family, as old as they should be on that day."""
    surnamed = foreign_surname(chance) if family.foreign else surname(chance)
    reach = phone(chance)
    return [_born(kin, surnamed, reach, on, chance) for kin in family.kin]


def _born(kin: Kin, family: tuple[str, str], reach: str, on: date, chance: Chance) -> Member:
    sex = chance.pick(("female", "male")) if kin.sex == ANY else kin.sex
    age = chance.between(kin.least, kin.most)
    birth = on - timedelta(days=365 * age + age // 4 + chance.between(1, 360))
    own = phone(chance) if chance.happens(0.4) and age > _CHILD else reach
    return Member(kin, named(family, sex, chance), sex, birth, own)
