"""ラベル: whoever can read a record may make it stricter, at once; loosening is another matter."""

from domain.conditions import about_members, belong
from domain.events.consent import LabelTightened
from domain.household import Household
from domain.labels import DESK_ONLY, Category, Label
from domain.passing import readable
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, label_of, stated
from domain.values import Personal, PersonId


class TightenLabel(CaseCommand):
    """`to_category` is the stricter category of the record; `category` that of this act."""

    to_category: Category | None = None
    hide_from: tuple[PersonId, ...] = ()
    conceal: bool = False
    reason: Personal | None = None


class NotStricter(Refused):
    """ラベルは厳しくすることしかできません。ゆるめるには、理由と二人の判断が必要です。"""


def tighten_label(
    household: Household, command: TightenLabel, stamp: Stamp, *, version: int
) -> list[LabelTightened]:
    """Nothing happens where the label already says so."""
    about_members(household, command)
    belong(household, *command.hide_from)
    label = _readable(household, stamp, version)
    category = _stricter(label, command.to_category)
    hide_from = tuple(p for p in dict.fromkeys(command.hide_from) if p not in label.hidden_from)
    conceal = command.conceal and not label.concealed
    if not (category or hide_from or conceal):
        return []
    return [
        stated(
            LabelTightened,
            command,
            stamp,
            of=version,
            category=category,
            hide_from=hide_from,
            conceal=conceal,
            label=_as_strict(label, command, stamp, category),
        )
    ]


def _readable(household: Household, stamp: Stamp, version: int) -> Label:
    """Rule 32: what cannot be read is not there."""
    written = household.writings.at(version)
    if written is None or not readable(household, written, stamp.capacity, stamp.today):
        raise Unknown
    return household.writings.label(written)


def _stricter(label: Label, category: Category | None) -> Category | None:
    """虐待・DV and 健康 stay at their desk: only what is neither can become one of them."""
    if category is None or category is label.category:
        return None
    if category not in DESK_ONLY or label.category in DESK_ONLY:
        raise NotStricter
    return category


def _as_strict(
    label: Label, command: TightenLabel, stamp: Stamp, category: Category | None
) -> Label:
    """The act tells of the record, so it is as strict as the record becomes."""
    own = label_of(command, stamp)
    hidden = dict.fromkeys((*own.hidden_from, *label.hidden_from, *command.hide_from))
    update = {
        "subjects": own.subjects or label.subjects,
        "category": category or label.category,
        "hidden_from": tuple(hidden),
        "tags": tuple(dict.fromkeys((*own.tags, *label.tags))),
    }
    return own.model_copy(update=update)
