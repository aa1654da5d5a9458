"""訂正: a named fact is replaced where it stands, or voided; what rested on it is listed."""

from collections.abc import Iterable
from itertools import chain

from pydantic import ValidationError

from domain.conditions import about_members, drafts_about_members
from domain.correction.changes import Changes
from domain.correction.fields import NOT_VOIDED, codes_known, fixed
from domain.correction.history import History
from domain.correction.resting import rested_on
from domain.correction.retelling import CorrectionDoesNotFit, drafted, retold, tightened
from domain.correction.rights import may_correct, still_led
from domain.correction.stricter import may_be_said, stricter
from domain.events import Fact
from domain.events.meeting import PlanDrafted
from domain.events.rights import FactCorrected
from domain.household import Household
from domain.knowing import addressed
from domain.labels import Label, Tag
from domain.person import Person
from domain.planned import from_no_sitting
from domain.reading import reads, unread
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import SidedCommand, stated
from domain.values import Personal, Role


class CorrectFact(SidedCommand):
    """`changes` are the fields of the fact that read otherwise; `void` takes the fact back. What it
    says of its own label holds for the fact, too.
    """

    reason: Personal
    changes: Changes | None = None
    void: bool = False


class CorrectionUnclear(Refused):
    """訂正する項目と値を示すか、取消しを選んでください。両方はできません。"""


class VoidNotAllowed(Refused):
    """この記録は取り消せません。新しい記録で改めてください。"""


def correct_fact(
    household: Household,
    history: History,
    *rest: *tuple[*tuple[Person | Attended, ...], CorrectFact, Stamp],
    version: int,
) -> list[FactCorrected]:
    """Rule 6; works on closed households too, and makes no label looser."""
    *beside, command, stamp = rest
    if command.void == bool(command.changes):
        raise CorrectionUnclear
    command = _closed(command)
    original = may_correct(household, history, version, stamp)
    drafts = drafted(original.fact, command.changes or {})
    said = tuple(chain(*drafts.values()))
    about_members(household, command, stamp)
    drafts_about_members(household, said, stamp)
    may_be_said(command, said)
    unseen = _unseen(household, version, stamp, beside)
    replacement = None if command.void else _replacement(original, command, stamp, unseen)
    if replacement == original.fact:
        return []
    if command.void and isinstance(original.fact, NOT_VOIDED):
        raise VoidNotAllowed(version=version)
    if isinstance(replacement, PlanDrafted) and said:
        people = [each for each in beside if isinstance(each, Person)]
        bases = [goal.label.basis for goal in replacement.goals]
        from_no_sitting(household, bases, replacement.persons, stamp, people)
    still_led(history, {version: replacement})
    label = stricter(household.label(version) or original.fact.label, command)
    more = {"of": version, "rested": _told_of(household, rested_on(original, history), stamp)}
    return [_corrected(replacement, command, stamp, label, **more)]


def _closed(command: CorrectFact) -> CorrectFact:
    """Rule 31: whoever names a 通報者 closes the whole record to all but the desk that received it,
    as if it had been told at once.
    """
    if not (command.changes or {}).get("informant"):
        return command
    tags = tuple(dict.fromkeys((*command.tags, Tag.INFORMANT)))
    return command.model_copy(update={"tags": tags})


def _unseen(
    household: Household, version: int, stamp: Stamp, beside: Iterable[Person | Attended]
) -> frozenset[int]:
    """The paragraphs that the writer may not read; the privacy desk puts right all of it."""
    written = household.writings.at(version)
    if written is None or stamp.capacity.role is Role.PRIVACY:
        return frozenset()
    return unread(household, written, stamp, beside)


def _told_of(household: Household, rested: Iterable[int], stamp: Stamp) -> tuple[int, ...]:
    """Rule 32: of what rested on it, the records that the writer may know of."""
    if stamp.capacity.role is Role.PRIVACY:
        return tuple(rested)
    written = filter(None, map(household.writings.at, rested))
    return tuple(
        each.version
        for each in written
        if reads(household, each, stamp) or addressed(household, each, stamp)
    )


def _corrected(
    replacement: Fact | None, command: CorrectFact, stamp: Stamp, label: Label, **more: object
) -> FactCorrected:
    """It tells of the record, and so is as closed as that is by now, and as it says of itself."""
    capacity = stamp.capacity
    subjects = tuple(dict.fromkeys((*label.subjects, *command.subjects)))
    own = {"agency": capacity.agency, "desk": capacity.desk, "subjects": subjects}
    kind = type(replacement).__name__ if replacement else None
    told = {"replacement": replacement, "replacement_kind": kind, **more}
    return stated(FactCorrected, command, stamp, label=label.model_copy(update=own), **told)


def _replacement(
    original: Recorded, command: CorrectFact, stamp: Stamp, unseen: frozenset[int]
) -> Fact:
    """The fact as it should have read, valid like any other and no laxer than it was."""
    fact, changes = original.fact, command.changes or {}
    kept = fixed(type(fact)) & changes.keys()
    if kept:
        raise CorrectionDoesNotFit(fields=sorted(kept))
    told = retold(fact, drafted(fact, changes), unseen)
    try:
        replacement = type(fact).model_validate({**dict(fact), **changes, **told})
    except ValidationError as error:
        wrong = {str(each["loc"][0]) if each["loc"] else "" for each in error.errors()}
        raise CorrectionDoesNotFit(fields=sorted(wrong)) from None
    stamp.occurred(replacement.occurred_on)
    codes_known(replacement, frozenset(changes), stamp)
    return tightened(replacement, command)
