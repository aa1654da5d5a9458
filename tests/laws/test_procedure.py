"""Rules 10, 17, 24 and 25 over whole random lives of a town."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given

from domain.events import Fact, intake, referral, rights, support
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    LabelTightened,
    ShareReviewed,
)
from domain.events.meeting import PlanDecided, PlanDrafted, PlanRatifiedAfterwards
from domain.events.membership import HouseholdsMerged, MembershipFact
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.ledger import Recorded
from domain.values import JST, PersonId
from tests.domain.given import PROFILE
from tests.laws.acts import Step, lived, meeting, record, sharing, steps
from tests.laws.acts import support as supporting
from tests.laws.meetings import approved
from tests.laws.reading import as_read
from tests.laws.town import Town

LIVES = steps(
    meeting.plan,
    meeting.ratify,
    supporting.close,
    supporting.suspend,
    supporting.reopen,
    sharing.lead,
    record.withdraw_misfilings,
)
STILL_POSSIBLE = (
    *MembershipFact.__args__,
    *intake.IntakeFact.__args__,
    *rights.RightsFact.__args__,
    support.SupportReopened,
    support.FileAttached,
    referral.ReferralReturned,
    referral.ReferralWithdrawn,
    ConsentWithdrawn,
    InformationRequestAnswered,
    LabelTightened,
    ShareReviewed,
)
"""Once the support has ended: people and papers are still put right, nobody is turned away."""
ENDED_WHERE_BEGUN = (
    referral.ReferralAccepted,
    support.ParticipationStarted,
    support.ParticipationFollowedUp,
    support.ParticipationEnded,
)
"""Once the case is kept in another household."""


def merged_away(history: Sequence[Recorded]) -> bool:
    merged = (each.fact for each in history if isinstance(each.fact, HouseholdsMerged))
    return any(fact.source == history[0].stream for fact in merged)


def moments(town: Town) -> list[tuple[Recorded, list[Recorded]]]:
    """Every fact of a household with the household's history before it."""
    log, past, found = town.log(), dict[UUID, list[Recorded]](), []
    for each in log:
        before = past.setdefault(each.stream, [])
        if each.stream in town.households:
            found.append((each, [*before]))
        before.append(each)
    return found


def open_now(history: Sequence[Recorded]) -> bool:
    is_open = True
    for each in as_read(history):
        match each.fact:
            case SupportReopened():
                is_open = True
            case SupportClosed() | SupportSuspended():
                is_open = False
            case HouseholdsMerged(source=source) if source == each.stream:
                return False
            case _:
                pass
    return is_open


def leads(history: Sequence[Recorded]) -> set[tuple[str, str]]:
    """Whoever was named last leads; standing in for a time changes nothing."""
    named: set[tuple[str, str]] = set()
    for each in as_read(history):
        match each.fact:
            case LeadAgencyNamed(agency=agency, desk=desk):
                named = {(agency, desk)}
            case WorkHandedOver(agency=agency, desk=desk, until=None):
                named = {(agency, desk)}
            case _:
                pass
    return named


@given(LIVES)
def test_an_open_household_has_exactly_one_lead_at_any_time(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    commands = {r.command_id: r.position for r in town.log()}
    for each, before in moments(town):
        history = [*before, each]
        if commands[each.command_id] == each.position and open_now(history):
            held = leads(history)
            assert len(held) == 1
            day = each.recorded_at.astimezone(JST).date()
            (agency, desk) = next(iter(held))
            assert PROFILE.desk(agency, desk, day).id == desk


@given(LIVES)
def test_every_open_household_is_led_in_the_ledgers_own_state(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    for home in town.households:
        state, history = town.state(home), town.ledger.history(home)
        assert state.is_open == open_now(history)
        if lead := state.lead:
            assert leads(history) == {(lead.agency, lead.desk)}
        assert lead or not state.is_open
        assert (lead is None) == (state.lead_on(town.at.date()) is None)


@given(LIVES)
def test_a_closed_household_accepts_no_further_support(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    reopened = {r.command_id for r in town.log() if isinstance(r.fact, SupportReopened)}
    for each, before in moments(town):
        opens = not before or before[-1].command_id == each.command_id
        if not opens and not open_now(before) and each.command_id not in reopened:
            possible = STILL_POSSIBLE + (ENDED_WHERE_BEGUN if merged_away(before) else ())
            assert isinstance(each.fact, possible), each.fact


@given(LIVES)
def test_no_plan_is_decided_without_consent_and_the_right_meeting(
    lived_through: list[Step],
) -> None:
    town = lived(lived_through)
    log = town.log()
    for each, history in moments(town):
        fact, home = each.fact, list(as_read(history))
        if not isinstance(fact, PlanDecided | PlanRatifiedAfterwards):
            continue
        today = each.recorded_at.astimezone(JST).date()
        (drafted,) = [r.fact for r in home if _is_draft(r.fact, fact.plan)]
        assert isinstance(drafted, PlanDrafted)
        assert drafted.persons
        for person in drafted.persons:
            assert consents(home, person, today)
        met = approved(log[: each.position - 1], home, fact.plan)
        by = fact.ratify_by if isinstance(fact, PlanDecided) else None
        assert met or (by and today <= by <= today + timedelta(days=31))


def _is_draft(fact: Fact, plan: UUID) -> bool:
    return isinstance(fact, PlanDrafted) and fact.plan == plan


def consents(home: Sequence[Recorded], person: PersonId, day: date) -> bool:
    """Some consent of this very person is in force: of this cycle, and not wholly withdrawn."""
    since = max((r.version for r in home if isinstance(r.fact, SupportReopened)), default=0)
    mine = [r.fact for r in home if isinstance(r.fact, ConsentGiven) and r.version > since]
    return any(
        given.person == person and given.period.covers(day) and _left(given, home) for given in mine
    )


def _left(given: ConsentGiven, home: Sequence[Recorded]) -> bool:
    cuts = [r.fact for r in home if isinstance(r.fact, ConsentWithdrawn)]
    return any(
        not any(
            cut.consent == given.consent
            and agency in cut.agencies
            and category in cut.categories
            and purpose in cut.purposes
            for cut in cuts
        )
        for agency in given.agencies
        for category in given.categories
        for purpose in given.purposes
    )


def test_the_lives_of_the_town_do_close_reopen_and_plan() -> None:
    """The laws above are worth something: there is enough to look at."""
    acts = (meeting.plan, supporting.close, supporting.suspend, supporting.reopen, meeting.ratify)
    seen = {
        type(r.fact)
        for seed in range(60)
        for r in lived([(act, seed * 7 + n) for n, act in enumerate(acts * 3)]).log()
    }
    assert {PlanDecided, SupportClosed, SupportSuspended, SupportReopened} <= seen
