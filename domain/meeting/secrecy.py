"""会議で知ったこと: what a confidential item brought about stays with those present for it."""

from uuid import UUID

from domain.convening.agenda import CONFIDENTIAL
from domain.labels import BySitting, Label
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, label_of
from domain.values import SittingId


def on_item(sitting: Sitting, item: UUID, command: CaseCommand, stamp: Stamp) -> Label:
    """Rule 3: the label's basis is the item, unless the writer names another."""
    label = label_of(command, stamp)
    if command.basis or sitting.items[item].basis not in CONFIDENTIAL:
        return label
    return label.model_copy(update={"basis": BySitting(sitting=SittingId(sitting.id), item=item)})
