"""仕事から関わりへ: what was done for a household, as ties that begin, run on and end."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from domain.unusual.circumstances import End, Tie
from domain.values import AgencyId, DeskId, StaffId

_ADDRESSED = frozenset(
    {
        "ReferralMade",
        "InformationShared",
        "InformationRequested",
        "LeadAgencyNamed",
        "WorkHandedOver",
        "RoleAssigned",
        "MeetingDecided",
        "PlanNotReached",
        "SupportClosed",
        "SupportReopened",
    }
)
_ENDING = frozenset({"SupportClosed", "SupportSuspended"})
_PASSING_ON = "LeadAgencyNamed"
_LOOKED = "EmergencyAccess"
"""緊急閲覧 and all that goes with it: a tie of its day alone, for it is reviewed by itself."""
_OVERSEEN = frozenset(
    {
        *("AuditCaseOpened", "AuditCaseClosed"),
        *("ShareReviewed", "ReferralReviewed", "InformationRequestReviewed"),
    }
)
"""監査・点検: an office's look at others' work is no work on the household."""
Who = tuple[AgencyId, DeskId | None, StaffId | None]


class Act(NamedTuple):
    """A fact in the course of a household: who recorded it, and whom it was addressed to."""

    fact: str
    day: date
    staff: StaffId
    agency: AgencyId
    desk: DeskId
    to: tuple[AgencyId, DeskId | None] | None = None
    brought: tuple[AgencyId, ...] = ()
    """Agencies that came along with a household found to be the same."""


def present(day: date, agency: AgencyId, staff: StaffId) -> Tie:
    """会議への出席: a tie of that day, and of the month of grace."""
    return Tie(agency, None, staff, day, day, End.PASSED)


def ties_of(acts: Iterable[Act]) -> tuple[Tie, ...]:
    """In the order recorded: what begins stays until the support ends or the work passes on."""
    running: dict[Who, Tie] = {}
    over: list[Tie] = []
    for act in acts:
        if act.fact.startswith(_LOOKED):
            over.append(present(act.day, act.agency, act.staff))
        elif act.fact not in _OVERSEEN:
            for who in _tied(act):
                running.setdefault(who, Tie(*who, since=act.day))
            for who, end in _ended(act, running):
                over.append(running.pop(who)._replace(until=act.day, end=end))
    return (*over, *running.values())


def _tied(act: Act) -> Iterator[Who]:
    yield act.agency, act.desk, None
    yield act.agency, act.desk, act.staff
    if act.fact in _ADDRESSED and act.to:
        yield *act.to, None
    for agency in act.brought:
        yield agency, None, None


def _ended(act: Act, running: Mapping[Who, Tie]) -> list[tuple[Who, End]]:
    if act.fact in _ENDING:
        return [(who, End.CLOSED) for who in running if who[:2] != act.to]
    if act.fact == _PASSING_ON and act.to != (act.agency, act.desk):
        mine = (who for who in running if who[:2] == (act.agency, act.desk))
        return [(who, End.PASSED) for who in mine]
    return []
