"""終結・中断・再開: rules 17, 24 and 25."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.closure import (
    CloseSupport,
    NoContactAttempts,
    NoMeetingEntry,
    NoSuccessorNamed,
    NotScreened,
    ReasonNeedsWords,
    SuspendSupport,
    WishNotAsked,
    close_support,
    suspend_support,
)
from domain.conditions import HouseholdMerged
from domain.events import Fact
from domain.events.intake import ConsultationReceived, ConsultationScreened
from domain.events.meeting import EligibilityJudged, PlanDecided, PlanEvaluated
from domain.events.membership import HouseholdsMerged
from domain.events.referral import LeadAgencyNamed, ReferralAccepted, ReferralMade
from domain.events.support import (
    GuardianAppointed,
    SupportClosed,
    SupportReopened,
    SupportSuspended,
)
from domain.household import Household
from domain.household.former import Former
from domain.leading import LeadNotInvolved, NotAtThatDesk
from domain.refusals import (
    HouseholdClosed,
    InTheFuture,
    Refused,
    Unknown,
    UnknownAgency,
    UnknownCode,
)
from domain.reopening import NotEnded, ReopenSupport, reopen_support
from domain.siding import ActsForMember
from domain.staff import Staff
from domain.unfinished import PlanNotEvaluated
from tests.domain.deliberated import LAYERED_ITEM, PLAN, case, consent, decided
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSULTATION,
    FATHER,
    HOUSEHOLD,
    ITEM,
    OTHER_HOUSEHOLD,
    REFERRAL,
    SATO,
    SHAKYO,
    SITTING,
    TANAKA,
    act,
    after,
    capacity,
    fact,
    household,
    settled,
    stamp,
    town,
)

REASON = "closure-reasons-1"
NEXT = {"successor_agency": SHAKYO, "successor_desk": "support"}


def screened() -> tuple[Fact, ...]:
    about = {"route": "visit", "window": "general", "fields": [], "issues": []}
    asked = {"consulter": "self", "urgency": "routine", **about}
    result = {"result": "answered", "next_step": "answered"}
    return (
        fact(ConsultationReceived, consultation=CONSULTATION, **asked),
        fact(ConsultationScreened, consultation=CONSULTATION, **result),
    )


def close(**fields: Any) -> CloseSupport:
    return act(CloseSupport, **{"reason": REASON, **fields})


def suspend(**fields: Any) -> SuspendSupport:
    tried = [{"on": "2026-03-20", "method": "outreach-methods-1"}]
    return act(SuspendSupport, **{"reason": "suspension-reasons-1", "attempts": tried, **fields})


def plan_decided() -> PlanDecided:
    return fact(PlanDecided, plan=PLAN, starts_on="2026-01-01", review_on="2026-04-01")


def evaluated(stage: str = "final") -> PlanEvaluated:
    at = {"sitting": SITTING, "item": LAYERED_ITEM}
    return fact(PlanEvaluated, plan=PLAN, stage=stage, outcome="close", **at)


def closure_approved(**fields: Any) -> Fact:
    return decided(kind="closure-approved", **{**NEXT, **fields})


# 終結


def test_a_case_that_no_meeting_took_up_closes_by_its_screening_result() -> None:
    [told] = close_support(household(*screened()), close(), stamp())
    assert isinstance(told, SupportClosed)
    with pytest.raises(NotScreened):
        close_support(household(), close(), stamp())


def test_what_others_screened_unknown_to_the_writer_closes_nothing() -> None:
    """Rule 32: nobody learns by what may be closed that another desk took it in."""
    elsewhere = stamp(capacity(SHAKYO, "support"))
    with pytest.raises(NotScreened):
        close_support(household(*screened()), close(), elsewhere)


def test_whoever_the_lead_was_handed_over_to_closes_it() -> None:
    """Rule 14: that it came to them by name is a result they know of, in this cycle."""
    lead = fact(LeadAgencyNamed, agency=SHAKYO, desk="support", reason="handed-over")
    home, theirs = household(lead), stamp(capacity(SHAKYO, "support"))
    assert close_support(home, close(), theirs)
    with pytest.raises(NotScreened):
        close_support(home, close(), stamp())
    ended = after(home, fact(SupportClosed, reason=REASON))
    with pytest.raises(NotScreened):
        close_support(after(ended, *reopen_support(ended, reopen(), theirs)), close(), theirs)


def test_a_case_a_meeting_took_up_closes_by_wish_evaluation_and_meeting() -> None:
    done = case(plan_decided(), evaluated(), closure_approved())
    told = close_support(done, close(wish="自分でやってみたい"), stamp())
    lead, closed = told
    assert isinstance(lead, LeadAgencyNamed)
    assert isinstance(closed, SupportClosed)
    assert (closed.sitting, closed.item, closed.evaluated_plan) == (SITTING, ITEM, PLAN)
    assert (lead.agency, closed.successor_agency) == (SHAKYO, SHAKYO)


def test_closing_asks_for_the_wish_or_why_it_could_not_be_asked() -> None:
    with pytest.raises(WishNotAsked):
        close_support(case(closure_approved()), close(), stamp())
    assert close_support(case(closure_approved()), close(not_asked_because="死亡"), stamp())


def test_a_reason_may_speak_for_itself_or_need_words() -> None:
    silent = town(codes=_marked("wish-not-asked"))
    assert close_support(case(closure_approved()), close(), stamp(profile=silent))
    wordy = town(codes=_marked("needs-reason"))
    with pytest.raises(ReasonNeedsWords):
        close_support(household(*screened()), close(), stamp(profile=wordy))
    told = close_support(household(*screened()), close(narrative="転居"), stamp(profile=wordy))
    assert told


def _marked(mark: str) -> dict[str, Any]:
    codes = {name: [e.model_dump() for e in rows] for name, rows in stamp().profile.codes.items()}
    codes["closure-reasons"][0]["marks"] = (mark,)
    return codes


def test_closing_asks_for_the_final_evaluation_of_every_plan() -> None:
    for facts in [(plan_decided(),), (plan_decided(), evaluated("interim"))]:
        with pytest.raises(PlanNotEvaluated):
            close_support(case(*facts, closure_approved()), close(wish="終えたい"), stamp())
    interim = case(plan_decided(), evaluated("interim"), closure_approved())
    profile = settled(evaluate_at_end=False)
    assert close_support(interim, close(wish="終えたい"), stamp(profile=profile))
    named = close(wish="終えたい", evaluated_plan=ITEM)
    with pytest.raises(Unknown):
        close_support(case(closure_approved()), named, stamp())


def test_closing_asks_for_the_meeting() -> None:
    with pytest.raises(NoMeetingEntry):
        close_support(case(), close(wish="終えたい"), stamp())


def test_being_judged_eligible_or_accepted_by_the_coordinators_is_being_taken_up() -> None:
    judged = fact(EligibilityJudged, fields=[], issues=[], by_rule=True, eligible=True)
    with pytest.raises(WishNotAsked):
        close_support(household(*screened(), judged), close(), stamp())
    made = referred(CITY, "layered")
    taken = fact(ReferralAccepted, referral=REFERRAL, recorded_by="receiver")
    with pytest.raises(WishNotAsked):
        close_support(household(*screened(), made, taken), close(), stamp())


def referred(agency: str, desk: str | None = None) -> ReferralMade:
    about = {"purpose": "referral", "categories": [], "answer_due": "2026-04-15"}
    return fact(ReferralMade, referral=REFERRAL, to_agency=agency, to_desk=desk, **about)


def test_closing_names_the_successor_the_command_says() -> None:
    own = close(wish="終えたい", successor_agency=CENTRE, successor_desk="general")
    [told] = close_support(case(closure_approved()), own, stamp())
    assert isinstance(told, SupportClosed)
    half = close(wish="終えたい", successor_agency=CENTRE)
    with pytest.raises(NoSuccessorNamed):
        close_support(case(closure_approved()), half, stamp())
    strange = close(wish="終えたい", successor_agency=CENTRE, successor_desk="none")
    with pytest.raises(UnknownAgency):
        close_support(case(closure_approved()), strange, stamp())


def test_who_has_no_part_in_it_becomes_no_successor_but_by_a_meeting() -> None:
    """Rule 1: whoever is named is told of the case."""
    theirs = close(wish="終えたい", **NEXT)
    another = closure_approved(successor_agency=CENTRE, successor_desk="general")
    for home in (household(*screened()), case(another)):
        with pytest.raises(LeadNotInvolved):
            close_support(home, theirs, stamp())
    taken = fact(ReferralAccepted, referral=REFERRAL, recorded_by="receiver")
    told = close_support(household(*screened(), referred(SHAKYO), taken), theirs, stamp())
    assert isinstance(told[-1], SupportClosed)
    assert close_support(case(closure_approved()), theirs, stamp())
    earlier = Former(OTHER_HOUSEHOLD, household(referred(SHAKYO)))
    assert close_support(household(*screened()), earlier, theirs, stamp())


def test_a_desk_that_is_no_more_does_not_lead_though_the_meeting_named_it() -> None:
    gone = case(closure_approved(successor_agency=SHAKYO, successor_desk="closed"))
    with pytest.raises(UnknownAgency):
        close_support(gone, close(wish="終えたい"), stamp())
    assert close_support(
        gone, close(wish="終えたい", successor_agency=CENTRE, successor_desk="general"), stamp()
    )


def test_a_successor_is_required_unless_the_municipality_says_otherwise() -> None:
    nobody = case(closure_approved(successor_agency=None, successor_desk=None))
    with pytest.raises(NoSuccessorNamed):
        close_support(nobody, close(wish="終えたい"), stamp())
    profile = settled(lead_successor_required=False)
    assert close_support(nobody, close(wish="終えたい"), stamp(profile=profile))


def test_a_reason_is_one_of_the_municipality() -> None:
    with pytest.raises(UnknownCode):
        close_support(household(*screened()), close(reason="none"), stamp())


def test_a_closed_household_is_closed_once() -> None:
    with pytest.raises(HouseholdClosed):
        close_support(household(fact(SupportClosed, reason=REASON)), close(), stamp())


# 中断


def test_nobody_is_let_go_without_having_been_looked_for() -> None:
    with pytest.raises(NoContactAttempts):
        suspend_support(household(), suspend(attempts=[]), stamp())
    [told] = suspend_support(household(), suspend(), stamp())
    assert len(told.attempts) == 1


def test_contact_attempts_have_been_made_in_ways_the_municipality_has() -> None:
    tried = [{"on": "2026-04-02", "method": "outreach-methods-1"}]
    with pytest.raises(InTheFuture):
        suspend_support(household(), suspend(attempts=tried), stamp())
    tried = [{"on": "2026-03-20", "method": "none"}]
    with pytest.raises(UnknownCode):
        suspend_support(household(), suspend(attempts=tried), stamp())


def test_a_case_a_meeting_took_up_is_suspended_by_the_meeting() -> None:
    confirmed = decided(kind="suspension-confirmed")
    with pytest.raises(WishNotAsked):
        suspend_support(case(), suspend(), stamp())
    with pytest.raises(NoMeetingEntry):
        suspend_support(case(), suspend(not_asked_because="連絡不能"), stamp())
    looked_at = case(plan_decided(), evaluated("interim"), confirmed)
    [told] = suspend_support(looked_at, suspend(not_asked_because="連絡不能"), stamp())
    assert (told.item, told.evaluated_plan) == (ITEM, PLAN)


# 再開


def reopen(**fields: Any) -> ReopenSupport:
    return act(ReopenSupport, **{"reason": "reopening-reasons-1", **fields})


def test_reopening_begins_a_new_cycle_led_by_the_writers_desk() -> None:
    closed = case(fact(SupportClosed, reason=REASON))
    again, lead = reopen_support(closed, reopen(), stamp())
    assert isinstance(again, SupportReopened)
    assert isinstance(lead, LeadAgencyNamed)
    assert (again.cycle, again.after) == (2, closed.version)
    assert (lead.agency, lead.desk) == (CENTRE, "general")


def test_old_consents_plans_and_screenings_do_not_revive() -> None:
    ended = case(*screened(), fact(SupportSuspended, reason="suspension-reasons-1", attempts=[]))
    opened = after(ended, *reopen_support(ended, reopen(), stamp()))
    assert not any(each.stands(stamp().today) for each in opened.consents.of([CHILD]))
    assert not opened.coordinated
    with pytest.raises(NotScreened):
        close_support(opened, close(), stamp())


def test_only_what_ended_is_reopened_and_where_it_is_recorded_now() -> None:
    with pytest.raises(NotEnded):
        reopen_support(household(), reopen(), stamp())
    merged = fact(HouseholdsMerged, source=HOUSEHOLD, target=OTHER_HOUSEHOLD, persons=[])
    with pytest.raises(HouseholdMerged):
        reopen_support(household(merged), reopen(), stamp())


def test_whoever_opens_it_again_makes_no_agency_the_lead_that_has_no_part_in_it() -> None:
    """Rule 1: who is named the lead is told of the case."""
    ended = household(fact(SupportClosed, reason=REASON))
    elsewhere = reopen(agency=SHAKYO, desk="support")
    with pytest.raises(LeadNotInvolved):
        reopen_support(ended, elsewhere, stamp())
    asked = household(referred(SHAKYO), fact(SupportClosed, reason=REASON))
    _, lead = reopen_support(asked, elsewhere, stamp())
    assert isinstance(lead, LeadAgencyNamed)
    assert lead.agency == SHAKYO


def test_whoever_acts_for_one_of_them_opens_it_again_for_their_own_agency_alone() -> None:
    """Rule 2: or they would learn by trying which agencies work with the family."""
    about = {"person": FATHER, "kind": "guardian", "guardian": "某", "staff": TANAKA}
    acting = fact(GuardianAppointed, **about)
    ended = household(referred(SHAKYO), acting, fact(SupportClosed, reason=REASON))
    with pytest.raises(ActsForMember):
        reopen_support(ended, reopen(agency=SHAKYO, desk="support"), stamp())
    assert reopen_support(ended, reopen(), stamp())
    assert [reopen(agency=SHAKYO).asks_sides, reopen().asks_sides] == [True, False]


def test_whoever_leads_it_again_works_there() -> None:
    ended, nobody = household(fact(SupportClosed, reason=REASON)), Staff(id=SATO)
    with pytest.raises(NotAtThatDesk):
        reopen_support(ended, nobody, reopen(staff=str(SATO)), stamp())


STEPS = st.lists(st.sampled_from(["close", "suspend", "reopen", "return"]), max_size=8)


@given(STEPS)
def test_every_open_household_has_exactly_one_lead(steps: list[str]) -> None:
    now: Household = case(*screened(), consent())
    for step in steps:
        now = after(now, *_told(now, step))
        assert not now.is_open or now.lead is not None


def _told(now: Household, step: str) -> list[Fact]:
    """What a step brings about, nothing where it is refused."""
    try:
        match step:
            case "close":
                return close_support(now, close(wish="終えたい"), stamp())
            case "suspend":
                return [*suspend_support(now, suspend(wish="休みたい"), stamp())]
            case "reopen":
                return reopen_support(now, reopen(), stamp())
            case _:
                return [closure_approved()]
    except Refused:
        return []
