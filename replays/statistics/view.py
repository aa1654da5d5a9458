"""締めた記録 (View): the facts as they were known at one position of the log, ready to count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from uuid import UUID

from domain.events.sitting import MeetingBasis
from domain.values import Period
from replays.statistics.census import Census, Entry

WITHHELD = "withheld"
"""圏域を示さない: somebody of the household is protected, or no area was recorded."""


class View:
    """Read only; what was found to be one household or one person counts as one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_kind: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_kind[entry.kind].append(entry)

    def of(self, *kinds: str) -> Iterator[Entry]:
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    def within(self, period: Period, *kinds: str) -> Iterator[Entry]:
        return (entry for entry in self.of(*kinds) if period.covers(entry.day))

    def until(self, day: date, *kinds: str) -> list[Entry]:
        """In the order of what happened, and of recording within a day."""
        return sorted((e for e in self.of(*kinds) if e.day <= day), key=_order)

    @cached_property
    def _went_on_as(self) -> dict[UUID, UUID]:
        return {entry.source: entry.target for entry in self.of("HouseholdsMerged")}

    def household(self, stream: UUID) -> UUID:
        """統合後の世帯."""
        seen = {stream}
        while (onward := self._went_on_as.get(stream)) and onward not in seen:
            seen.add(stream := onward)
        return stream

    @cached_property
    def _one_with(self) -> dict[UUID, UUID]:
        found: dict[UUID, UUID] = {}
        for entry in sorted(self.of("PersonsMerged", "PersonsUnmerged"), key=_position):
            if entry.kind == "PersonsMerged":
                found[entry.absorbed] = entry.survivor
            else:
                found.pop(entry.absorbed, None)
        return found

    def person(self, person: UUID) -> UUID:
        """名寄せ後の本人."""
        seen = {person}
        while (onward := self._one_with.get(person)) and onward not in seen:
            seen.add(person := onward)
        return person

    def somebody(self, entry: Entry) -> UUID:
        """Whom it is about; one person of the household where nobody is named."""
        person = entry.said.get("person")
        return self.person(person) if person else self.household(entry.stream)

    @cached_property
    def concealed(self) -> frozenset[UUID]:
        """支援措置を受けている人."""
        over = {entry.concealment for entry in self.of("ConcealmentEnded")}
        return frozenset(
            self.person(entry.stream)
            for entry in self.of("ConcealmentStarted")
            if entry.concealment not in over
        )

    @cached_property
    def members(self) -> dict[UUID, frozenset[UUID]]:
        """Everybody who belongs or has belonged, by household after mergers."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for entry in self.of("MemberJoined"):
            found[self.household(entry.stream)].add(self.person(entry.person))
        return {household: frozenset(persons) for household, persons in found.items()}

    @cached_property
    def _opened(self) -> dict[UUID, Entry]:
        return {entry.stream: entry for entry in self.of("HouseholdOpened")}

    def area(self, household: UUID) -> str:
        opened = self._opened.get(household)
        if opened is None or not self.members.get(household, frozenset()).isdisjoint(
            self.concealed
        ):
            return WITHHELD
        return opened.area or WITHHELD

    @cached_property
    def sittings(self) -> dict[UUID, Entry]:
        """会議の開催: convened, not cancelled, and somebody was there."""
        cancelled = {entry.stream for entry in self.of("SittingCancelled")}
        attended = {entry.stream for entry in self.of("PresenceRecorded")}
        return {
            entry.stream: entry
            for entry in self.of("SittingConvened")
            if entry.stream in attended - cancelled
        }

    @cached_property
    def bases(self) -> dict[UUID, MeetingBasis]:
        """議題の根拠."""
        return {entry.item: entry.basis for entry in self.of("AgendaItemAdded")}

    @cached_property
    def matched(self) -> dict[UUID, Entry]:
        """参加支援のマッチング, by participation."""
        return {entry.participation: entry for entry in self.of("ParticipationMatched")}

    @cached_property
    def first_consultations(self) -> dict[UUID, Entry]:
        """世帯の初めての相談, after mergers."""
        found: dict[UUID, Entry] = {}
        for entry in sorted(self.of("ConsultationReceived"), key=_order):
            found.setdefault(self.household(entry.stream), entry)
        return found


def _order(entry: Entry) -> tuple[date, int]:
    return entry.day, entry.position


def _position(entry: Entry) -> int:
    return entry.position


def view_at(census: Census, position: int) -> View:
    return View(census.as_of(position))
