"""側に立つ: what is not decided, and not told, to whoever acts for one of the household (後見人等・
付添い), by a record of it or of any other.
"""

from domain.household import Household
from domain.knowing import knows_member
from domain.refusals import Refused
from domain.stamp import Stamp


class ActsForMember(Refused):
    """この世帯のだれかの後見人等・付添いとして記録されている人・係・機関は、ほかの機関が関わることを決められません。多機関協働の担当につなぎを送り、そこで決めてもらってください（記録を添えない付議はできます）。法人後見は、受け持つ係を示して記録し直せば、ほかの係が決められます。"""


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
