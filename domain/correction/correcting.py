"""訂正: a named fact is replaced where it stands, or voided; what rested on it is listed."""

from typing import Any

from pydantic import ValidationError

from domain.correction.fields import NOT_VOIDED, codes_known, fixed
from domain.correction.history import History
from domain.correction.resting import rested_on
from domain.correction.retelling import retold
from domain.correction.rights import may_correct, still_led
from domain.events import Fact
from domain.events.rights import FactCorrected
from domain.household import Household
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.stating import SidedCommand, stated
from domain.values import Personal


class CorrectFact(SidedCommand):
    """`changes` are the fields of the fact that read otherwise; `void` takes the fact back."""

    reason: Personal
    changes: dict[str, Any] | None = None
    void: bool = False


class CorrectionUnclear(Refused):
    """訂正する項目と値を示すか、取消しを選んでください。両方はできません。"""


class CorrectionDoesNotFit(Refused):
    """訂正できない項目か、その項目に合わない値です。変えられない項目は、取り消して書き直してください。"""


class VoidNotAllowed(Refused):
    """この記録は取り消せません。新しい記録で改めてください。"""


def correct_fact(
    household: Household, history: History, command: CorrectFact, stamp: Stamp, *, version: int
) -> list[FactCorrected]:
    """Rule 6; works on closed households too, and keeps every label as it is."""
    if command.void == bool(command.changes):
        raise CorrectionUnclear
    original = may_correct(household, history, version, stamp)
    replacement = None if command.void else _replacement(original, command, stamp)
    if replacement == original.fact:
        return []
    if command.void and isinstance(original.fact, NOT_VOIDED):
        raise VoidNotAllowed(version=version)
    still_led(history, {version: replacement})
    return [_corrected(original, replacement, history, command, stamp)]


def _corrected(
    original: Recorded,
    replacement: Fact | None,
    history: History,
    command: CorrectFact,
    stamp: Stamp,
) -> FactCorrected:
    writer = {"agency": stamp.capacity.agency, "desk": stamp.capacity.desk}
    return stated(
        FactCorrected,
        command,
        stamp,
        label=original.fact.label.model_copy(update=writer),
        of=original.version,
        replacement=replacement,
        replacement_kind=type(replacement).__name__ if replacement else None,
        rested=rested_on(original, history),
    )


def _replacement(original: Recorded, command: CorrectFact, stamp: Stamp) -> Fact:
    """The fact as it should have read, valid like any other and labelled as it was."""
    fact, changes = original.fact, command.changes or {}
    kept = fixed(type(fact)) & changes.keys()
    if kept:
        raise CorrectionDoesNotFit(fields=sorted(kept))
    try:
        replacement = type(fact).model_validate({**dict(fact), **retold(fact, changes)})
    except ValidationError as error:
        wrong = {str(each["loc"][0]) if each["loc"] else "" for each in error.errors()}
        raise CorrectionDoesNotFit(fields=sorted(wrong)) from None
    stamp.occurred(replacement.occurred_on)
    codes_known(replacement, frozenset(changes), stamp)
    return replacement
