"""ことば: what the sentences of the course need, for one municipality and one reader's answer."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.events.person import PersonIdentified, PersonNoted
from domain.gate import Item
from domain.profile import Profile
from domain.refusals import UnknownAgency, UnknownCode
from domain.values import Personal, earliest
from projections.sentences.words import NAMELESS

Open = Callable[[Personal], str]
OpenIn = Callable[[Item, Personal], str]


class ProfileWords:
    """A code keeps its name of that day; one that left the profile stands for itself."""

    def __init__(
        self,
        profile: Profile,
        opened: Open,
        names: Mapping[UUID, str],
        occurred: str,
        number: Callable[[int], int] = int,
    ) -> None:
        self._profile, self._opened, self._names = profile, opened, names
        self._number = number
        self._day: date = earliest(occurred)

    def open(self, text: Personal) -> str:
        return self._opened(text)

    def code(self, codes: str, code: str) -> str:
        try:
            return self._profile.label(codes, code, self._day)
        except (UnknownCode, KeyError):
            return code

    def agency(self, agency: str, desk: str | None = None) -> str:
        name = self.code("agencies", agency)
        try:
            return f"{name}{self._profile.desk_name(agency, desk, self._day)}" if desk else name
        except UnknownAgency:
            return name

    def body(self, body: str) -> str:
        return self.code("bodies", body)

    def person(self, person: UUID, /) -> str:
        """A nickname may end as the sentence goes on: 二階の息子さん is not called さんさん."""
        name = self._names.get(person)
        return f"{name.removesuffix('さん')}さん" if name else NAMELESS

    def staff(self, staff: UUID, /) -> str:
        name = self._names.get(staff)
        return f"{name}さん" if name else "職員"

    def number(self, version: int, /) -> str:
        return str(self._number(version))


def names_in(items: Iterable[Item], opened: OpenIn) -> dict[UUID, str]:
    """What the reader may call each person: the name, or until it is known the nickname."""
    found: dict[UUID, str] = {}
    for item in items:
        match item.fact:
            case PersonIdentified(name=name):
                found[item.stream] = opened(item, name)
            case PersonNoted(nickname=Personal() as nickname):
                found.setdefault(item.stream, opened(item, nickname))
    return found
