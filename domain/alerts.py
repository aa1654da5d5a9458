"""気になる閲覧: the privacy officer looked into it, and says what it was; the last word counts."""

from typing import ClassVar

from domain.events.oversight import Finding, UnusualReadLookedInto
from domain.household import Household
from domain.labels import Category
from domain.refusals import InTheFuture, Refused, Unknown
from domain.staff import Staff
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import Day, HouseholdId, Role


class LookIntoAlert(CaseCommand):
    """`household` is left out where the alert is about many at once (まとめ読み)."""

    usual_category: ClassVar[Category] = Category.ORGANISATION

    day: Day
    household: HouseholdId | None = None
    finding: Finding


class OwnReads(Refused):
    """自分の閲覧を、自分で確かめたことにはできません。ほかの個人情報保護担当に頼んでください。"""


def look_into_alert(
    *given: *tuple[Staff, *tuple[Household, ...], LookIntoAlert, Stamp],
) -> list[UnusualReadLookedInto]:
    """Kept with the member of staff who read; never by that very person, nor about a household
    that whoever says so may not know of.
    """
    staff, *households, command, stamp = given
    if [each.id for each in households] != [each for each in [command.household] if each]:
        raise Unknown
    stamp.requires(Role.PRIVACY)
    if stamp.author.staff == staff.id:
        raise OwnReads
    if command.day > stamp.today:
        raise InTheFuture
    return [stated(UnusualReadLookedInto, command, stamp)]
