"""監査の一行: the shapes that several questions share, and what stands in a table of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.words import ProfileWords
from domain.events.viewing import NAMED
from domain.gate import REASONS, Place
from domain.profile import Profile
from domain.values import JST, Capacity, Value
from projections.sentences.words import ROLES

REFUSALS: Mapping[str, str] = {
    "absent": "該当する記録がないか、この人が読める記録ではありませんでした。",
    "role-needed": "個人情報保護担当だけが行える照会です。",
    "none": "記録の写し（職員名簿など）です。",
    NAMED: "示した記録に出てくる職員の、名簿の氏名です。",
    "not-recorded": "その時点では、まだ記録されていませんでした。",
    "not-appointed": "その時点で有効な任命がありませんでした。",
}
"""Rules that are not the gate's own."""
OUTCOMES: Mapping[str, str] = {
    "shown": "閲覧した",
    "refused": "断られた",
    "book": "閲覧簿を見た",
    "index": "索引を作った",
}
PURPOSES: Mapping[str, str] = {
    "consultation": "相談",
    "planning": "支援計画",
    "meeting": "会議",
    "audit": "監査",
    "disclosure": "開示",
    "statistics": "統計",
}

TIME = "日時（日本時間）"
"""A cell holds no time zone; so the head of its column says it."""


class At(Value):
    """記録の所在。"""

    stream: UUID
    version: int


class Agent(Value):
    """だれが、どの資格で。`name` は職員名簿の氏名。"""

    staff: UUID
    name: str | None
    capacity: Capacity


def at(place: tuple[UUID, int] | None) -> Place | None:
    """Told with the number by which the fact is known outside."""
    return None if place is None else Place(*place)


def words_at(item: tuple[UUID, int] | None, words: int | None) -> Place | None:
    """Where the words of a record stand: in itself, or in what corrected it."""
    return Place(item[0], words) if item and words else None


def ats(places: Iterable[tuple[UUID, int]]) -> list[Place]:
    """The same of several, also as a cell of a table."""
    return [Place(*place) for place in places]


def agent(staff: UUID, capacity: Capacity, names: Mapping[UUID, Any]) -> dict[str, Any]:
    return {"staff": staff, "name": names.get(staff), "capacity": capacity}


def reason(rule: str | None) -> str | None:
    return None if rule is None else REASONS.get(rule) or REFUSALS.get(rule, rule)


def day_of(moment: datetime) -> date:
    return moment.astimezone(JST).date()


def written(places: Iterable[tuple[UUID, int]]) -> list[str]:
    """Numbered places as a cell of a table says them."""
    return [f"{stream} の {number}" for stream, number in places]


class Said:
    """What agencies, desks and roles are called on a day."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def agency(self, capacity: Capacity, moment: datetime) -> str:
        return self.named(capacity.agency, capacity.desk, day_of(moment))

    def named(self, agency: str, desk: str | None, day: date) -> str:
        words = ProfileWords(self._profile, str, {}, day.isoformat())
        return words.agency(agency, desk)

    def purposes(self, codes: Iterable[str], moment: datetime) -> list[str]:
        """What something was told for, as consents and shares say it."""
        words = ProfileWords(self._profile, str, {}, day_of(moment).isoformat())
        return [words.code("purposes", code) for code in codes]

    def role(self, capacity: Capacity) -> str:
        return ROLES[capacity.role]
