"""通知: one thing for the privacy officer to look into, with the grounds for each word of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.unusual.reads import ReadLine, ReceiptRef
from domain.values import StaffId

Evidence = Mapping[str, str | int | float]


class Mark(NamedTuple):
    """気づき: what one rule found, the facts it rests on, and the sentence to be read."""

    rule: str
    points: int
    evidence: Evidence
    sentence: str
    receipts: tuple[ReceiptRef, ...] = ()
    """Of other days or other readers, where the rule rests on them too."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One reader and one household on one day; a burst is one for all its households."""

    first: ReadLine
    household: UUID | None
    marks: tuple[Mark, ...]
    receipts: tuple[ReceiptRef, ...]
    rank: int = 0
    within: frozenset[UUID] = frozenset()
    """The households of a burst."""

    @property
    def day(self) -> date:
        return self.first.day

    @property
    def staff(self) -> StaffId:
        return self.first.staff

    @property
    def score(self) -> int:
        return sum(mark.points for mark in self.marks)

    @property
    def rule(self) -> str:
        """The rule that weighs most."""
        return self.marks[0].rule

    @property
    def sentence(self) -> str:
        return "".join(mark.sentence for mark in self.marks)


class DayList(NamedTuple):
    """一日の一覧: bounded; `more` counts what found no room."""

    day: date
    alerts: tuple[Alert, ...]
    more: int
