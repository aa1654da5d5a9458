"""主担当になれる人: who may be named the lead of a case, opened again or going on."""

from collections.abc import Iterable
from datetime import date

from domain.conditions import CASE_WORK
from domain.household import Household
from domain.household.former import Former
from domain.household.referrals import Lead
from domain.refusals import Refused
from domain.siding import takes_no_side
from domain.staff import Staff
from domain.stamp import Stamp
from domain.values import AgencyId, DeskId


class LeadNotInvolved(Refused):
    """この機関がこの世帯の支援に関わっていることを、確かめられません。つなぎが受理されてから、主担当や見守りの機関にしてください。"""


class NotAtThatDesk(Refused):
    """その職員は、その日その係に任命されていません。先に任命を記録してもらうか、職員と係を確かめてください。"""


def may_lead(
    household: Household, beside: Iterable[Former | Staff], named: Lead, stamp: Stamp
) -> None:
    """The lead goes to none but those whose part in it the writer's agency knows by itself; any
    other is refused, involved or not, leading or not.
    """
    around = tuple(beside)
    records = (household, *(each.household for each in around if isinstance(each, Former)))
    own = stamp.capacity.agency
    if named.agency != own:
        takes_no_side(stamp, *records)
        if not any(named.agency in each.seen_by(own) for each in records):
            raise LeadNotInvolved(agency=named.agency)
    at_work(around, named.agency, named.desk, stamp.today)


def at_work(beside: Iterable[object], agency: AgencyId, desk: DeskId, day: date) -> None:
    """Whoever is to lead works on cases at that desk by then; where a route names somebody, it
    brings along what is recorded of them.
    """
    for staff in beside:
        if isinstance(staff, Staff):
            held = staff.capacities(day).values()
            if not any((h.agency, h.desk) == (agency, desk) and h.role in CASE_WORK for h in held):
                raise NotAtThatDesk
