"""事情: what the rules may ask about readers and households.

Names and addresses reach them as keyed digests (made at the edge, which holds the keys), never as
text.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple, NewType, Protocol
from uuid import UUID

from domain.unusual.reads import ReadLine
from domain.unusual.thresholds import GRACE
from domain.values import AgencyId, DeskId, StaffId

Digest = NewType("Digest", str)


class End(StrEnum):
    CLOSED = "closed"  # 終結・中断
    PASSED = "passed"  # 主担当が移った、返戻・取下げ、会議室を閉じた


class Tie(NamedTuple):
    """関わり: work, つなぎ, 情報提供, 会議, 役割 on a household. Without a desk it is the whole
    agency's; with a member of staff it is that person's own, at that desk.
    """

    agency: AgencyId
    desk: DeskId | None
    staff: StaffId | None
    since: date
    until: date | None = None
    end: End | None = None


class Near(IntEnum):
    """近さ: how much the reader has to do with the household."""

    NOBODY = 0
    CLOSED = 1  # 終わった関わり
    LEFT = 2  # 手を離れた関わり
    AGENCY = 3
    DESK = 4
    OWN = 5


class Bond(NamedTuple):
    """The nearest tie, and how near it is."""

    near: Near
    tie: Tie | None = None

    @property
    def related(self) -> bool:
        return self.near >= Near.AGENCY


class Reception(NamedTuple):
    """受付: when somebody wrote a consultation down, and for which household."""

    at: datetime
    household: UUID


class Circumstances(Protocol):
    def ties(self, household: UUID) -> Sequence[Tie]: ...

    def surname_of(self, staff: StaffId) -> Digest | None: ...

    def block_of(self, staff: StaffId) -> Digest | None:
        """街区: the address without house number and room; None when it is not known."""

    def surnames(self, household: UUID) -> frozenset[Digest]: ...

    def blocks(self, household: UUID) -> frozenset[Digest]: ...

    def staff_in(self, household: UUID) -> frozenset[StaffId]:
        """職員: members who are on the staff, or live with somebody who is."""

    def are_colleagues(self, one: StaffId, other: StaffId, on: date) -> bool: ...

    def receptions(self, staff: StaffId, on: date) -> Sequence[Reception]: ...

    def is_open(self, at: datetime) -> bool:
        """開庁時間, by the municipality's calendar."""


def bond(read: ReadLine, ties: Sequence[Tie]) -> Bond:
    """As things stood that day: what came later explains nothing."""
    day = read.day
    found = [_bond(read, tie, day) for tie in ties if tie.since <= day]
    return max(found, key=lambda each: each.near, default=Bond(Near.NOBODY))


def _bond(read: ReadLine, tie: Tie, day: date) -> Bond:
    running = tie.until is None or day <= tie.until + GRACE
    here = tie.agency == read.agency and tie.desk in {None, read.desk}
    if tie.agency != read.agency:
        return Bond(Near.LEFT, tie) if tie.staff == read.staff else Bond(Near.NOBODY)
    if running and here:
        return Bond(Near.OWN if tie.staff == read.staff else Near.DESK, tie)
    if running:
        return Bond(Near.AGENCY, tie)
    return Bond(Near.CLOSED if tie.end is End.CLOSED else Near.LEFT, tie)
