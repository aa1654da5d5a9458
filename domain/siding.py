"""側に立つ: what is not decided, and not told, to whoever acts for one of the household (後見人等・
付添い), by a record of it or of any other.
"""

from collections.abc import Iterator

from domain.household import Household
from domain.household.support import acts
from domain.knowing import knows_member
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import PersonId


class ActsForMember(Refused):
    """この世帯のだれかの後見人等・付添いとして記録されている人・係・機関は、ほかの機関が関わることを決められません。多機関協働の担当につなぎを送り、そこで決めてもらってください（記録を添えない付議はできます）。法人後見は、受け持つ係を示して記録し直せば、ほかの係が決められます。"""


class HiddenFromOwnDesk(Refused):
    """このままでは、この記録は世帯員みなに伏せられ、後見人等として世帯員の側に立つこの係では、だれも読めません。だれのことか、またはだれに伏せるかを書くか、ほかの係に受け付けてもらってください。"""


def takes_no_side(stamp: Stamp, *records: Household) -> None:
    """Rule 2: whoever acts for one of them would learn by trying which agencies work with the
    family. It is refused for whomever they act: to those alone who act for a 相手方, the refusal
    would tell that there is a 支援措置. 法人後見 is recorded of a desk, so that the other desks of
    the agency work on; any other agency at work on the case decides in their stead.
    """
    if any(stands_beside(each, stamp) for each in records):
        raise ActsForMember


def stands_beside(household: Household, stamp: Stamp) -> bool:
    """Whether the writer acts for one of it; where that was recorded elsewhere, for one whom their
    agency can know to belong here. Of anybody else, what follows from it would tell them that.
    """
    here = household.support.acted_for(stamp.author)
    elsewhere = household.acted_for(stamp) - here
    return bool(here) or any(knows_member(household, stamp, person) for person in elsewhere)


def others(household: Household, stamp: Stamp, *about: PersonId) -> tuple[PersonId, ...]:
    """From whom something grave is hidden until its writer says from whom: everybody who belongs
    but whom it is about, for what is known at first is often little.

    But not those for whom the writer's whole desk acts, by a record of this very household: nobody
    could read what it wrote itself. Where it is not said about whom it is, it cannot be known
    whether the desk may: HiddenFromOwnDesk.
    """
    present = household.people.present
    ours = set(_wards(household, stamp)).intersection(present)
    if ours and not about:
        raise HiddenFromOwnDesk
    return tuple(person for person in present if person not in ours.union(about))


def _wards(household: Household, stamp: Stamp) -> Iterator[PersonId]:
    support = household.support
    for version, guardian in support.guardians.items():
        whole = guardian.staff is None and version not in support.retired
        if whole and acts(guardian, stamp.author):
            yield guardian.person
