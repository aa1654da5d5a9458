"""議題: each rests on one of its body's bases; a body on both splits its sitting by item."""

from uuid import UUID

from domain.convening.charge import SittingCommand, body_of, running
from domain.events.sitting import AgendaItemAdded, ItemKind, MeetingBasis
from domain.profile import Handles
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import HouseholdId, PlainText, Value

CONFIDENTIAL = frozenset({MeetingBasis.SUPPORT, MeetingBasis.OTHER_CONFIDENTIAL})
"""Items whose members are bound to secrecy by law, not by the person's consent."""


class NewItem(Value):
    """議題の案: `title` に個人の情報は書かない (招集通知に載り、封をされない)。"""

    kind: ItemKind = ItemKind.CASE
    item_basis: MeetingBasis
    title: PlainText
    household: HouseholdId | None = None


class AddAgendaItem(SittingCommand, NewItem): ...


class ItemKindNotTaken(Refused):
    """この会議体は、この種別の議題を扱いません。"""


class NotABasisOfThisBody(Refused):
    """この会議体は、この根拠では開けません。会議体の根拠の中から、議題ごとに選んでください。"""


class HandlesNoIdentifiedCases(Refused):
    """この会議体は個人が分かる形では扱わないため、世帯の議題は立てられません。"""


class HouseholdNeedsSecrecy(Refused):
    """世帯の議題は、個別ケースとして、守秘義務か本人同意の根拠をもって立ててください。"""


def add_agenda_item(
    sitting: Sitting, command: AddAgendaItem, stamp: Stamp
) -> list[AgendaItemAdded]:
    """The household is only named here; it is taken up when somebody brings it (付議)."""
    running(sitting, stamp)
    return [item_added(sitting, command, command, stamp, stamp.new_id("item"))]


def item_added(
    sitting: Sitting, new: NewItem, command: CaseCommand, stamp: Stamp, item: UUID
) -> AgendaItemAdded:
    """Rules 11 and 28: a kind and a basis that the body has on the day of the sitting."""
    body = body_of(sitting, stamp)
    if new.kind not in list(map(ItemKind, body.kinds)):
        raise ItemKindNotTaken(body=body.id, allowed=list(body.kinds))
    if new.item_basis not in list(map(MeetingBasis, body.bases)):
        raise NotABasisOfThisBody(body=body.id, allowed=list(body.bases))
    if new.household:
        if body.handles is not Handles.IDENTIFIED:
            raise HandlesNoIdentifiedCases(body=body.id)
        if new.kind is not ItemKind.CASE or new.item_basis is MeetingBasis.NONE:
            raise HouseholdNeedsSecrecy
    about = {"kind": new.kind, "basis": new.item_basis, "title": new.title}
    return stated(AgendaItemAdded, command, stamp, item=item, household=new.household, **about)
