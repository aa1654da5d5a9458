"""審議: a household was taken up at its item, on its basis, by somebody who was there."""

from uuid import UUID

from domain.conditions import have_consented
from domain.convening.charge import body_of
from domain.events.sitting import MeetingBasis
from domain.household import Household
from domain.refusals import Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Stamp


class ItemOfAnotherHousehold(Refused):
    """この議題は、この世帯のものではありません。"""


class NotBrought(Refused):
    """この世帯は、この議題に付議されていません。先に付議してください。"""


class NobodyPresentForItem(Refused):
    """この議題に出席した人の記録がありません。先に出席を記録してください。"""


class QuorumMissing(Refused):
    """定足数に足りないため、決定できません。"""


def deliberated(household: Household, sitting: Sitting, item: UUID, stamp: Stamp) -> MeetingBasis:
    """Rules 11 and 12: the basis of the item at which the household was deliberated."""
    basis = basis_of(household, sitting, item)
    brought = household.planning.items.get(item)
    if brought is None:
        raise NotBrought(item=item)
    if basis is MeetingBasis.LAYERED:
        have_consented(household, brought.subjects, min(sitting.held_on, stamp.today))
    attended(sitting, item, stamp)
    return basis


def basis_of(household: Household, sitting: Sitting, item: UUID) -> MeetingBasis:
    if item not in sitting.items:
        raise Unknown
    if sitting.items[item].household != household.id:
        raise ItemOfAnotherHousehold
    return sitting.items[item].basis


def attended(sitting: Sitting, item: UUID, stamp: Stamp) -> None:
    """Rule 12: presence is per item; a quorum only where the body has one."""
    present = sitting.present_for(item)
    if not present:
        raise NobodyPresentForItem(item=item)
    quorum = body_of(sitting, stamp).quorum
    if quorum and len(present) < quorum:
        raise QuorumMissing(quorum=quorum)
