"""気になる閲覧: the privacy officer looked into it, and says what it was; the last word counts."""

from typing import ClassVar

from domain.events.oversight import Finding, UnusualReadLookedInto
from domain.labels import Category
from domain.refusals import InTheFuture, Refused
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
    staff: Staff, command: LookIntoAlert, stamp: Stamp
) -> list[UnusualReadLookedInto]:
    """Kept with the member of staff who read; never by that very person."""
    stamp.requires(Role.PRIVACY)
    if stamp.author.staff == staff.id:
        raise OwnReads
    if command.day > stamp.today:
        raise InTheFuture
    return [stated(UnusualReadLookedInto, command, stamp)]
