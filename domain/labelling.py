"""ラベル: whoever can read a record may make it stricter, at once; loosening is another matter."""

from collections.abc import Iterable
from uuid import UUID

from domain.basis import of_substance
from domain.conditions import CASE_WORK, about_members, belong
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.membership import HouseholdsMerged
from domain.household import Household
from domain.knowing import addressed, decided_there, stands
from domain.labels import DESK_ONLY, Basis, BySitting, Category, Label
from domain.reading import kept_secret, reads
from domain.refusals import Refused, Unknown
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import CaseCommand, SidedCommand, label_of, read_by_somebody, stated
from domain.values import Personal, PersonId, Role


class TightenLabel(SidedCommand):
    """`to_category` is the stricter category of the record; `category` that of this act."""

    to_category: Category | None = None
    hide_from: tuple[PersonId, ...] = ()
    conceal: bool = False
    reason: Personal | None = None


class MergerHiddenFromNobody(Refused):
    """世帯の統合は、あとからも伏せられません。どちらかの世帯を読める人には、続きが見えるからです。伏せるべきことが書かれた記録のほうを厳しくしてください。"""


class NotStricter(Refused):
    """ラベルは厳しくすることしかできません。ゆるめるには、理由と二人の判断が必要です。"""


def tighten_label(
    household: Household, *rest: *tuple[*tuple[Attended, ...], TightenLabel, Stamp], version: int
) -> list[LabelTightened]:
    """Nothing happens where the label says so already; ReadByNobody for what it would lose."""
    *sittings, command, stamp = rest
    about_members(household, command, stamp)
    belong(household, stamp, *command.hide_from)
    label = _label(household, stamp, version, sittings)
    category = _stricter(label, command.to_category)
    hide_from = tuple(p for p in dict.fromkeys(command.hide_from) if p not in label.hidden_from)
    conceal = command.conceal and not label.concealed
    if not (category or hide_from or conceal):
        return []
    if _is_merger(household, version):
        raise MergerHiddenFromNobody
    becomes = label.model_copy(
        update={
            "category": category or label.category,
            "hidden_from": (*label.hidden_from, *hide_from),
            "concealed": label.concealed or conceal,
        }
    )
    read_by_somebody(becomes)
    return [
        stated(
            LabelTightened,
            command,
            stamp,
            of=version,
            category=category,
            hide_from=hide_from,
            conceal=conceal,
            label=_as_strict(becomes, command, stamp),
        )
    ]


class LearnedElsewhere(Refused):
    """この記録は別の会議の議題で知ったことです。会議の根拠を付けずに、ほかの会議で知ったことにふれない理由を書いてください。"""


class ProposeLoosening(SidedCommand):
    """ラベルを元に戻すことの起案。"""

    reason: Personal


class LoosenLabel(SidedCommand):
    """`proposal` is the one that the second person has looked at."""

    proposal: UUID


class NotTightened(Refused):
    """ラベルを厳しくした記録がないか、すでに元に戻されています。"""


class LooseningOutdated(Refused):
    """ラベルを元に戻す起案がないか、その後に変わっています。いまの起案を確かめてください。"""


class SecondReaderNeeded(Refused):
    """ラベルを元に戻すには、起案した人とは別の職員の判断が必要です。"""


def propose_loosening(
    household: Household,
    *rest: *tuple[*tuple[Attended, ...], ProposeLoosening, Stamp],
    version: int,
) -> list[LooseningProposed]:
    """Only what was made stricter is taken back: as written it stays."""
    *sittings, command, stamp = rest
    of, label = _tightened(household, command, stamp, version, sittings)
    of_substance(command.reason)
    more = {"proposal": stamp.new_id("proposal"), "tightening": version, "of": of, "label": label}
    return [stated(LooseningProposed, command, stamp, **more)]


def loosen_label(
    household: Household, *rest: *tuple[*tuple[Attended, ...], LoosenLabel, Stamp], version: int
) -> list[LabelLoosened]:
    """Two people and a reason: the second decides about the very proposal of the first."""
    *sittings, command, stamp = rest
    of, label = _tightened(household, command, stamp, version, sittings)
    asked = household.writings.proposed.get(version)
    if asked is None or asked.proposal != command.proposal:
        raise LooseningOutdated
    if asked.by == stamp.author.staff:
        raise SecondReaderNeeded
    more = {"tightening": version, "of": of, "label": label}
    why = {"proposed_by": asked.by, "reason": asked.reason}
    return [stated(LabelLoosened, command, stamp, **more, **why)]


def _tightened(
    household: Household,
    command: CaseCommand,
    stamp: Stamp,
    version: int,
    sittings: Iterable[Attended],
) -> tuple[int, Label]:
    """The record, and a label for the act as strict as the record is; a place that is kept secret
    is for the protection desk, whoever wrote it. What was made stricter where the writer may not
    read was not.
    """
    about_members(household, command, stamp)
    stamp.requires(*CASE_WORK)
    of = household.writings.made_stricter(version)
    written = household.writings.at(of) if of is not None else None
    if of is None or written is None:
        raise NotTightened
    if not (reads(household, written, stamp, sittings) or kept_secret(household, written, stamp)):
        raise NotTightened
    if not stands(household, version, stamp):
        raise NotTightened
    label = household.writings.label(written)
    if label.concealed:
        stamp.requires(Role.PROTECTION)
    return of, _as_strict(label, command, stamp)


def _label(household: Household, stamp: Stamp, version: int, sittings: Iterable[Attended]) -> Label:
    """Rule 32: what a writer neither may read, nor was spoken to by, nor saw decided, is not
    there.
    """
    records, written = tuple(sittings), household.writings.at(version)
    if written is None or not (
        reads(household, written, stamp, records)
        or addressed(household, written, stamp)
        or decided_there(household, written, stamp, records)
    ):
        raise Unknown
    return household.writings.label(written)


def _is_merger(household: Household, version: int) -> bool:
    written = household.writings.at(version)
    return written is not None and written.kind is HouseholdsMerged


def _stricter(label: Label, category: Category | None) -> Category | None:
    """虐待・DV and 健康 stay at their desk: only what is neither can become one of them."""
    if category is None or category is label.category:
        return None
    if category not in DESK_ONLY or label.category in DESK_ONLY:
        raise NotStricter
    return category


def _as_strict(label: Label, command: CaseCommand, stamp: Stamp) -> Label:
    """The act tells of the record, so it is as strict as that is, or becomes: who may not read the
    one learns nothing of it by the other.
    """
    own = label_of(command, stamp)
    update = {
        "subjects": own.subjects or label.subjects,
        "category": label.category,
        "basis": _as_learned(own.basis, label.basis),
        "hidden_from": tuple(dict.fromkeys((*own.hidden_from, *label.hidden_from))),
        "concealed": own.concealed or label.concealed,
        "tags": tuple(dict.fromkeys((*own.tags, *label.tags))),
    }
    return own.model_copy(update=update)


def _as_learned(own: Basis, of: Basis) -> Basis:
    """Rule 3: of what was learned in a 支援会議 those alone read who were there."""
    if not isinstance(of, BySitting):
        return own
    if isinstance(own, BySitting) and own != of:
        raise LearnedElsewhere
    return of
