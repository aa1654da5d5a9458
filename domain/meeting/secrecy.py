"""会議で知ったこと: what a confidential item brought about stays with those present for it."""

from collections.abc import Iterable
from uuid import UUID

from domain.convening.agenda import CONFIDENTIAL
from domain.labels import BySitting, Label
from domain.passing import SittingInformation
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, label_of
from domain.values import SittingId


def on_item(
    sitting: Sitting,
    item: UUID,
    command: CaseCommand,
    stamp: Stamp,
    told: Iterable[ParagraphDraft] = (),
) -> Label:
    """Rule 3: the label's basis is the item, unless the writer names another; SittingInformation
    where they name one that was learned in some other room, for all of it or for a part.
    """
    here = BySitting(sitting=SittingId(sitting.id), item=item)
    for basis in (command.basis, *(draft.basis for draft in told)):
        if isinstance(basis, BySitting) and basis != here:
            raise SittingInformation
    label = label_of(command, stamp)
    if command.basis or sitting.items[item].basis not in CONFIDENTIAL:
        return label
    return label.model_copy(update={"basis": here})
