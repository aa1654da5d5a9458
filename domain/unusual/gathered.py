"""集めた事情: the circumstances as plain tables in memory, filled by whoever holds the facts."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from domain.unusual.circumstances import Digest, Reception, Tie
from domain.values import AgencyId, Period, StaffId

_NOTHING: frozenset[Digest] = frozenset()


class Features(NamedTuple):
    """特徴: of all members of a household, digested at the edge."""

    surnames: frozenset[Digest] = _NOTHING
    names: frozenset[Digest] = _NOTHING
    blocks: frozenset[Digest] = _NOTHING
    dwellings: frozenset[Digest] = _NOTHING


_UNKNOWN = Features()


class StaffFeatures(NamedTuple):
    """Name and home as the personnel office has them; a home may be unknown."""

    surname: Digest | None = None
    name: Digest | None = None
    block: Digest | None = None
    dwelling: Digest | None = None
    posts: tuple[tuple[AgencyId, Period], ...] = ()

    def at(self, on: date) -> frozenset[AgencyId]:
        return frozenset(agency for agency, period in self.posts if period.covers(on))


_NOBODY = StaffFeatures()


@dataclass(frozen=True)
class Gathered:
    """Satisfies Circumstances."""

    opening: Callable[[datetime], bool]
    tied: Mapping[UUID, Sequence[Tie]]
    households: Mapping[UUID, Features]
    staff: Mapping[StaffId, StaffFeatures]
    taken_in: Mapping[tuple[StaffId, date], Sequence[Reception]]

    def is_open(self, at: datetime) -> bool:
        return self.opening(at)

    def ties(self, household: UUID) -> Sequence[Tie]:
        return self.tied.get(household, ())

    def receptions(self, staff: StaffId, on: date) -> Sequence[Reception]:
        return self.taken_in.get((staff, on), ())

    def surname_of(self, staff: StaffId) -> Digest | None:
        return self.staff.get(staff, _NOBODY).surname

    def block_of(self, staff: StaffId) -> Digest | None:
        return self.staff.get(staff, _NOBODY).block

    def surnames(self, household: UUID) -> frozenset[Digest]:
        return self.households.get(household, _UNKNOWN).surnames

    def blocks(self, household: UUID) -> frozenset[Digest]:
        return self.households.get(household, _UNKNOWN).blocks

    def staff_in(self, household: UUID) -> frozenset[StaffId]:
        """Of the same full name; or of the same surname at the same address."""
        found = self.households.get(household, _UNKNOWN)
        named = {staff for name in found.names for staff in self._named[name]}
        housed = {
            staff
            for dwelling in found.dwellings
            for staff in self._housed[dwelling]
            if self.staff[staff].surname in found.surnames
        }
        return frozenset(named | housed)

    @cached_property
    def _named(self) -> Mapping[Digest, list[StaffId]]:
        found: Mapping[Digest, list[StaffId]] = defaultdict(list)
        for staff, features in self.staff.items():
            if features.name:
                found[features.name].append(staff)
        return found

    @cached_property
    def _housed(self) -> Mapping[Digest, list[StaffId]]:
        found: Mapping[Digest, list[StaffId]] = defaultdict(list)
        for staff, features in self.staff.items():
            if features.dwelling:
                found[features.dwelling].append(staff)
        return found

    def are_colleagues(self, one: StaffId, other: StaffId, on: date) -> bool:
        both = self.staff.get(one, _NOBODY).at(on) & self.staff.get(other, _NOBODY).at(on)
        return one != other and bool(both)
