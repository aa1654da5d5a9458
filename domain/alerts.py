"""気になる閲覧: the privacy officer looked into it, and says what it was; the last word counts."""

from datetime import date
from typing import ClassVar

from domain.events.oversight import Finding, UnusualReadLookedInto
from domain.household import Household
from domain.labels import Category
from domain.refusals import InTheFuture, Refused, Unknown
from domain.staff import Staff
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import AgencyId, Day, DeskId, HouseholdId, Role


class LookIntoAlert(CaseCommand):
    """`household` is left out where the alert is about many at once (まとめ読み)."""

    usual_category: ClassVar[Category] = Category.ORGANISATION

    day: Day
    household: HouseholdId | None = None
    finding: Finding


class OwnReads(Refused):
    """自分や、自分と同じ係の職員の閲覧を、自分で確かめたことにはできません。ほかの係の個人情報保護担当に頼んでください。"""


def may_look(reader: Staff, officer: Staff, day: date, today: date) -> bool:
    """Not whoever read, nor who is of a desk where that one worked on that day, or does now."""
    if reader.id == officer.id:
        return False
    theirs = _desks(reader, day) | _desks(reader, today)
    return theirs.isdisjoint(_desks(officer, today))


def _desks(staff: Staff, day: date) -> set[tuple[AgencyId, DeskId]]:
    return {(held.agency, held.desk) for held in staff.capacities(day).values()}


def look_into_alert(
    *given: *tuple[Staff, Staff, *tuple[Household, ...], LookIntoAlert, Stamp],
) -> list[UnusualReadLookedInto]:
    """Kept with the member of staff who read, who comes first, then whoever says so; never by that
    very person or a colleague, nor about a household that whoever says so may not know of.
    """
    reader, officer, *households, command, stamp = given
    if [each.id for each in households] != [each for each in [command.household] if each]:
        raise Unknown
    stamp.requires(Role.PRIVACY)
    if not may_look(reader, officer, command.day, stamp.today):
        raise OwnReads
    if command.day > stamp.today:
        raise InTheFuture
    return [stated(UnusualReadLookedInto, command, stamp)]
