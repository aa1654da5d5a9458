"""書く人が読めるもの: what a writer may read of a record, label by label, as the gate says. Who may
not read all of it passes none of it on.
"""

from collections.abc import Iterable

from domain.events.consent import InformationRequested, InformationShared
from domain.events.meeting import BroughtToSitting
from domain.events.referral import ReferralMade
from domain.events.support import ContactMade, OutreachAttempted
from domain.household import Household
from domain.household.written import Written
from domain.knowing import closed, hides, is_own, was_given
from domain.labels import BySitting, Label
from domain.passage import Beside
from domain.person import Person
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.values import Role

OWN_DOING = frozenset(
    {
        *(BroughtToSitting, InformationShared, InformationRequested, ReferralMade),
        *(OutreachAttempted, ContactMade),
    }
)
"""What a desk itself puts before a sitting, it knew before; and whom it visits because one decided
so (rule 19), it sees with its own eyes, whoever of it sat there.
"""


def reads(
    household: Household, written: Written, stamp: Stamp, beside: Iterable[Beside] = ()
) -> bool:
    """Whether the writer themselves may read it: what was learned in a 支援会議 (rule 3) only who
    was there, as one of the states beside the household tells.
    """
    label = household.writings.label(written)
    return not closed(household, written, stamp) and _may_read(
        household, written, label, stamp, tuple(beside)
    )


def reads_whole(
    household: Household, written: Written, stamp: Stamp, beside: Iterable[Beside] = ()
) -> bool:
    """Whether the writer may read all of it, the record and each paragraph, as the gate says: who
    may not passes none of it on, to others or to themselves.
    """
    states, parts = tuple(beside), household.writings.parts(written)
    return not closed(household, written, stamp) and all(
        _may_read(household, written, part.label, stamp, states) for part in parts
    )


def unread(
    household: Household, written: Written, stamp: Stamp, beside: Iterable[Beside] = ()
) -> frozenset[int]:
    """Which of its paragraphs, counted through all of it, the writer may not read."""
    states, told = tuple(beside), household.writings.parts(written)[1:]
    return frozenset(
        number
        for number, part in enumerate(told)
        if not _may_read(household, written, part.label, stamp, states)
    )


def kept_secret(household: Household, written: Written, stamp: Stamp) -> bool:
    """Whether it is a place that the writer, of the protection desk, reads whoever wrote it."""
    concealed = household.writings.label(written).concealed
    protects = stamp.capacity.role is Role.PROTECTION
    return concealed and protects and not closed(household, written, stamp)


def _may_read(
    household: Household, written: Written, label: Label, stamp: Stamp, beside: tuple[Beside, ...]
) -> bool:
    """As the gate says of a record, or of one paragraph, under this label."""
    if hides(label.hidden_from, household, stamp):
        return False
    if is_own(written, label, stamp, concealed=label.concealed):
        learned = label.basis if isinstance(label.basis, BySitting) else None
        if learned is None or _was_told(written, label, learned, stamp, beside):
            return True
    people = [each for each in beside if isinstance(each, Person)]
    given = was_given(household, written, label, stamp, people)
    return given and not label.concealed


def _was_told(
    written: Written, label: Label, learned: BySitting, stamp: Stamp, beside: Iterable[Beside]
) -> bool:
    """Rule 3: who was there; and what a desk itself did is its own, whoever of it sat there. Whose
    case was spoken of without a name stays with the desk that says so.
    """
    own = label.desk == stamp.capacity.desk
    if own and written.kind in OWN_DOING and learned == written.label.basis:
        return True
    said = (each.said if isinstance(each, Attended) else each for each in beside)
    sittings = (each for each in said if isinstance(each, Sitting))
    sitting = next((each for each in sittings if each.id == learned.sitting), None)
    if sitting is None or not sitting.told_to(stamp.author, learned.item):
        return False
    return own or not sitting.of_nobody(learned.item)
