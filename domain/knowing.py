"""書く人が知っていること: what a writer may refer to; what they may not know of is not there."""

from collections.abc import Iterable

from domain.events.intake import AbuseReported, NoteKept
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened
from domain.events.rights import DisclosureDecided, DisclosureRequested
from domain.household import Household
from domain.household.written import Written
from domain.labels import DESK_ONLY, Tag
from domain.passage import was_passed_on
from domain.person import Person
from domain.stamp import Stamp

_OF_THE_DESK = frozenset(
    {AbuseReported, AuditCaseOpened, AuditCaseClosed, DisclosureRequested, DisclosureDecided}
)


def readable(
    household: Household, written: Written, stamp: Stamp, people: Iterable[Person] = ()
) -> bool:
    """Whether a desk has it, written there or passed on."""
    if _closed(household, written, stamp):
        return False
    label, capacity = household.writings.label(written), stamp.capacity
    own = label.agency == capacity.agency
    same_desk = own and label.desk == capacity.desk
    if written.kind in _OF_THE_DESK or Tag.INFORMANT in label.tags:
        return same_desk
    crossed = own and label.category not in DESK_ONLY
    return same_desk or crossed or was_passed_on(household, written.version, stamp, people)


def addressed(household: Household, written: Written, stamp: Stamp) -> bool:
    """Whether it is a つなぎ to the writer's desk: it keeps knowing that it was asked, whatever
    became of what was enclosed.
    """
    label = household.writings.label(written)
    if _closed(household, written, stamp) or Tag.INFORMANT in label.tags:
        return False
    made = household.referrals.made(written.version)
    return made is not None and made.reaches(stamp.capacity, label.category)


def _closed(household: Household, written: Written, stamp: Stamp) -> bool:
    """To those who act for whom it is hidden from; a note, and what may not be used (利用停止), to
    everybody.
    """
    hidden = household.writings.label(written).hidden_from
    walled = not household.support.acted_for(stamp.author).isdisjoint(hidden)
    return walled or written.kind is NoteKept or _is_suspended(household, written)


def _is_suspended(household: Household, written: Written) -> bool:
    """利用停止 (個情法100条): what may not be used is not passed on either."""
    subjects = written.label.subjects
    return any(
        written.version in each.facts
        or (not each.facts and each.person in subjects and written.version < each.version)
        for each in household.rights.suspensions
    )
