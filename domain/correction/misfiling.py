"""誤記録: what belongs to another household is closed to all but audit, at once; and with it its
files, and what corrected or labelled it, which says why and how it was to read.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.correction.history import History
from domain.correction.resting import key_of
from domain.correction.rights import may_correct, still_led
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.membership import HouseholdOpened
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.support import FileAttached, SupportReopened
from domain.household import Household
from domain.labels import DESK_ONLY, Label
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.stating import SidedCommand, stated
from domain.values import HouseholdId, Personal

_FRAME = (HouseholdOpened, SupportReopened)
_SAYING = (FactCorrected, LabelTightened, LooseningProposed, LabelLoosened)


class FrameCannotBeMisfiled(Refused):
    """台帳を開いた記録と再開の記録は、誤記録として取り下げられません。世帯の統合または終結で整理してください。"""


class WithdrawMisfiled(SidedCommand):
    """`belongs_to` where it is known; there it is recorded anew, by whoever may write there."""

    facts: Annotated[tuple[int, ...], Field(min_length=1, max_length=1000)]
    reason: Personal
    belongs_to: HouseholdId | None = None


def withdraw_misfiled(
    household: Household, history: History, command: WithdrawMisfiled, stamp: Stamp
) -> list[MisfiledRecordWithdrawn]:
    misfiled = [may_correct(household, history, version, stamp) for version in command.facts]
    for recorded in misfiled:
        if isinstance(recorded.fact, _FRAME):
            raise FrameCannotBeMisfiled(version=recorded.version)
    misfiled += _files(misfiled, household, history, stamp)
    named = [recorded.version for recorded in misfiled]
    facts = tuple(dict.fromkeys((*named, *_said_of(named, history))))
    still_led(history, dict.fromkeys(facts))
    label = _label(misfiled, stamp)
    return [stated(MisfiledRecordWithdrawn, command, stamp, facts=facts, label=label)]


def _files(
    misfiled: Sequence[Recorded], household: Household, history: History, stamp: Stamp
) -> list[Recorded]:
    """Its files, as far as they are the writer's to withdraw."""
    versions = {recorded.version for recorded in misfiled}
    begun: dict[UUID | None, int] = {}
    found = []
    for told in reversed([*history]):
        begun.setdefault(key_of(told.fact), told.version)
        if isinstance(told.fact, FileAttached) and begun.get(told.fact.to) in versions:
            with suppress(Refused):
                found.append(may_correct(household, history, told.version, stamp))
    return found


def _said_of(named: Sequence[int], history: History) -> Iterator[int]:
    """What corrected or labelled these, whoever wrote it."""
    for told in reversed([*history]):
        if isinstance(told.fact, _SAYING) and told.fact.of in named:
            yield told.version


def _label(misfiled: Sequence[Recorded], stamp: Stamp) -> Label:
    """As strict as the strictest of what is withdrawn."""
    labels = [recorded.fact.label for recorded in misfiled]
    base = next((label for label in labels if label.category in DESK_ONLY), labels[0])
    return base.model_copy(
        update={
            "agency": stamp.capacity.agency,
            "desk": stamp.capacity.desk,
            "concealed": any(label.concealed for label in labels),
            "hidden_from": tuple(dict.fromkeys(p for label in labels for p in label.hidden_from)),
        }
    )
