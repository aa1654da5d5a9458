"""残っているもの: what keeps a case from ending, and who is told which."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.closure import (
    CloseSupport,
    NoMeetingEntry,
    SuspendSupport,
    WishNotAsked,
    close_support,
    suspend_support,
)
from domain.events import Fact
from domain.events.consent import InformationShared
from domain.events.intake import ConsultationScreened
from domain.events.meeting import PlanDecided, PlanEvaluated, RoleAssigned
from domain.events.referral import ReferralMade, ReferralWithdrawn
from domain.events.sitting import DutyNotified
from domain.events.support import GuardianAppointed, ParticipationMatched, SupportClosed
from domain.household import Household
from domain.labels import ByStatute, Category, Label, Tag
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.unfinished import PlanNotEvaluated, ReferralUnanswered, StillOpen, StillOpenElsewhere
from domain.values import DeskRef, Role
from tests.domain.deliberated import (
    DECISION,
    LAYERED_ITEM,
    NURSE,
    PLAN,
    brought,
    case,
    decided,
    drafted,
    held,
    item,
)
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSULTATION,
    FATHER,
    ITEM,
    REFERRAL,
    SATO,
    SCHOOL,
    SHAKYO,
    SHARE,
    SITTING,
    act,
    after,
    capacity,
    fact,
    household,
    label,
    stamp,
)

KEY = UUID(int=95)
OURS, THEIRS = label(), label(agency=SHAKYO, desk="support")
CITYS = label(agency=CITY, desk="layered")
BESIDE = stamp(capacity(SHAKYO, "support"))
NEXT = {"successor_agency": CENTRE, "successor_desk": "general"}
NOTIFIED = fact(DutyNotified, attendee=NURSE, text_version="r8")
CENTRES = capacity()
NOBODY: dict[str, Any] = {"successor_agency": None, "successor_desk": None}


def close(**fields: Any) -> CloseSupport:
    given = {"reason": "closure-reasons-1", "wish": "終えたい", **NEXT}
    return act(CloseSupport, **{**given, **fields})


def suspend() -> SuspendSupport:
    tried = [{"on": "2026-03-20", "method": "outreach-methods-1"}]
    return act(SuspendSupport, reason="suspension-reasons-1", attempts=tried, wish="休みたい")


def sent(to: str = SHAKYO, by: Label = OURS) -> ReferralMade:
    about = {"purpose": "referral", "categories": [], "answer_due": "2026-04-15"}
    return fact(ReferralMade, referral=REFERRAL, to_agency=to, **about, label=by)


def matched(by: Label = OURS) -> ParticipationMatched:
    given = {"person": CHILD, "resource": UUID(int=5), "kind": "participation-kinds-1"}
    return fact(ParticipationMatched, participation=KEY, **given, label=by)


def begun(by: Label = OURS, **fields: Any) -> PlanDecided:
    days = {"starts_on": "2026-01-01", "review_on": "2026-04-01"}
    return fact(PlanDecided, plan=PLAN, **{**days, **fields}, label=by)


def early(by: Label = OURS) -> PlanDecided:
    return begun(by, ratify_by="2026-04-20")


def approved(by: Label = OURS, **fields: Any) -> Fact:
    return decided(**{"kind": "closure-approved", **NEXT, **fields}, label=by)


def drafted_by(by: Label) -> Fact:
    return drafted().model_copy(update={"label": by})


def of_others(*facts: Fact) -> Household:
    """A case that a meeting took up, with a plan of 社協."""
    return household(brought(), drafted_by(THEIRS), *facts)


def screened() -> ConsultationScreened:
    result = {"result": "answered", "next_step": "answered"}
    return fact(ConsultationScreened, consultation=CONSULTATION, **result)


def named(given: Household, by: Stamp | None = None) -> dict[str, object]:
    with pytest.raises(StillOpen) as refused:
        close_support(given, close(), by or stamp())
    return {name: left for name, left in refused.value.details.items() if left}


def test_what_is_still_open_is_listed() -> None:
    assert named(case(sent(), matched(), early())) == {
        "referrals": [REFERRAL],
        "plans": [PLAN],
        "participations": [KEY],
    }


@pytest.mark.parametrize(
    "left", [(sent(SCHOOL, THEIRS),), (drafted_by(THEIRS), early(THEIRS)), (matched(THEIRS),)]
)
def test_of_what_others_have_open_no_more_is_told_than_that_there_is_something(
    left: tuple[Fact, ...],
) -> None:
    """Whatever it is, it is refused alike."""
    with pytest.raises(StillOpenElsewhere) as refused:
        close_support(household(screened(), *left), close(), stamp())
    assert refused.value.details == {}
    assert named(household(screened(), *left), BESIDE)


def test_what_others_have_open_is_told_last() -> None:
    """Whoever could not end the case anyway learns nothing of it."""
    theirs = (sent(SCHOOL, THEIRS), matched(THEIRS))
    for given in ((), theirs):
        with pytest.raises(NoMeetingEntry):
            close_support(case(*given), close(), stamp())
        with pytest.raises(WishNotAsked):
            close_support(case(*given), close(wish=None), stamp())
    with pytest.raises(StillOpenElsewhere):
        close_support(case(*theirs, approved()), close(), stamp())


def test_its_own_is_listed_and_not_that_of_others_beside() -> None:
    given = case(matched(), sent(SCHOOL, THEIRS))
    assert named(given) == {"participations": [KEY]}
    assert named(given, BESIDE) == {"referrals": [REFERRAL]}


def test_what_was_passed_on_is_listed() -> None:
    given = household(matched(THEIRS))
    shared = fact(
        InformationShared,
        share=SHARE,
        to_agency=CENTRE,
        purpose="support",
        categories=[Category.PROGRESS],
        facts=[given.version],
        label=label(agency=SHAKYO, desk="support", basis=ByStatute(article="jido-6")),
    )
    assert named(after(given, shared)) == {"participations": [KEY]}


def test_who_acts_for_one_of_them_is_told_only_that_something_is_left() -> None:
    about = {"person": CHILD, "kind": "guardian", "guardian": "某", "agency": CENTRE}
    left = case(sent(), matched(), begun(), approved(), fact(GuardianAppointed, **about))
    for given in (left, household(screened(), matched(), fact(GuardianAppointed, **about))):
        with pytest.raises(StillOpenElsewhere):
            close_support(given, close(), stamp())


def test_of_what_is_hidden_it_says_only_that_something_is_left() -> None:
    hidden = sent(by=label(hidden_from=(FATHER,)))
    with pytest.raises(StillOpenElsewhere):
        close_support(household(screened(), hidden), close(), stamp())


def test_the_plans_of_others_that_wait_for_their_evaluation_go_unnamed() -> None:
    decisions = decided(kind="suspension-confirmed"), approved(decision=KEY)
    theirs = of_others(begun(THEIRS), *decisions)
    for refused in (
        lambda: close_support(theirs, close(), stamp()),
        lambda: suspend_support(theirs, suspend(), stamp()),
    ):
        with pytest.raises(StillOpenElsewhere):
            refused()
    ours = case(begun(), *decisions)
    for refused in (
        lambda: close_support(ours, close(), stamp()),
        lambda: suspend_support(ours, suspend(), stamp()),
    ):
        with pytest.raises(PlanNotEvaluated) as told:
            refused()
        assert told.value.details == {"plans": [PLAN]}


@pytest.mark.parametrize("taken_up", [False, True])
def test_nothing_is_suspended_while_a_referral_waits_for_its_answer(taken_up: bool) -> None:  # noqa: FBT001
    """Rule 15: the receiver could accept it no more, and nobody would be asked to."""
    confirmed = decided(kind="suspension-confirmed")
    given = (brought(), confirmed) if taken_up else ()
    with pytest.raises(ReferralUnanswered) as told:
        suspend_support(household(*given, sent()), suspend(), stamp())
    assert told.value.details == {"referrals": [REFERRAL]}
    with pytest.raises(StillOpenElsewhere):
        suspend_support(household(*given, sent(CITY, by=THEIRS)), suspend(), stamp())
    ended = household(*given, sent(), fact(ReferralWithdrawn, referral=REFERRAL, reason="終わった"))
    assert suspend_support(ended, suspend(), stamp())


def evaluated(by: Label) -> PlanEvaluated:
    about = {"outcome": "close", "sitting": SITTING, "item": LAYERED_ITEM, "stage": "final"}
    return fact(PlanEvaluated, plan=PLAN, **about, label=by)


@pytest.mark.parametrize(("by", "plan"), [(OURS, PLAN), (THEIRS, None)])
def test_an_ending_rests_on_no_plan_its_writer_knows_nothing_of(
    by: Label, plan: UUID | None
) -> None:
    given = household(brought(), drafted_by(by), begun(by), evaluated(by), approved())
    ended = close_support(given, close(), stamp())[-1]
    assert isinstance(ended, SupportClosed)
    assert ended.evaluated_plan == plan


# 会議の決定


def ended(given: Household, *sittings: Sitting, by: Stamp | None = None, **fields: object) -> bool:
    attended = [Attended(id=each.id, said=each) for each in sittings]
    try:
        close_support(given, *attended, close(**fields), by or stamp())
    except NoMeetingEntry:
        return False
    return True


def by_the_city(**fields: Any) -> Household:
    """The meeting was in the city's charge, and bound nobody by name."""
    return household(brought(), approved(CITYS, **{**NOBODY, **fields}))


def test_a_meeting_the_writer_knows_nothing_of_ends_nothing() -> None:
    """As if there had been none: a 201 would tell of it, and so would the record of the ending."""
    assert not ended(by_the_city())
    assert not ended(by_the_city(), held())
    assert not ended(by_the_city(sitting=KEY), held(NOTIFIED))
    keeps = {"successor_agency": CITY, "successor_desk": "welfare"}
    assert ended(by_the_city(), by=stamp(capacity(CITY, "layered")), **keeps)


def test_whoever_took_part_bound_to_secrecy_knows_what_was_decided() -> None:
    assert ended(by_the_city(), held(NOTIFIED))
    assert ended(by_the_city(item=LAYERED_ITEM), held())
    assert not ended(by_the_city(item=KEY), held(NOTIFIED))
    assert not ended(by_the_city(), held(NOTIFIED), by=BESIDE)


def test_the_secretariat_keeps_what_was_decided() -> None:
    keeper = capacity(CENTRE, role=Role.COORDINATOR)
    kept = replace(held(), secretariat=DeskRef(agency=CENTRE, desk=keeper.desk))
    assert ended(by_the_city(), kept, by=stamp(keeper))
    for other in (capacity(CENTRE, "rights", Role.COORDINATOR), capacity(CENTRE)):
        assert not ended(by_the_city(), kept, by=stamp(other))
    assert not ended(by_the_city(), Sitting(id=SITTING), by=stamp(keeper))


def role(**fields: Any) -> RoleAssigned:
    about = {"role": KEY, "decision": DECISION, "agency": CENTRE, "task": "見守り"}
    return fact(RoleAssigned, **{**about, **fields, "label": fields.get("label", CITYS)})


def test_whom_it_binds_knows_what_was_decided() -> None:
    assert ended(by_the_city(**NEXT))
    assert ended(after(by_the_city(), role()))
    assert not ended(after(by_the_city(), role(agency=SHAKYO)))


@pytest.mark.parametrize("hidden", [{"tags": (Tag.INFORMANT,)}, {"hidden_from": (FATHER,)}])
def test_what_may_not_be_spoken_of_is_not_known_by_having_been_there(hidden: Any) -> None:
    guardian = {"person": FATHER, "kind": "guardian", "guardian": "某", "staff": SATO}
    kept = CITYS.model_copy(update=hidden)
    given = household(
        brought(), approved(kept, **NEXT), role(label=kept), fact(GuardianAppointed, **guardian)
    )
    there = held(NOTIFIED)
    assert not ended(given, there, by=stamp(staff=SATO))
    assert ended(given, there) == (not kept.tags)


def test_the_newest_meeting_that_the_writer_knows_of_counts() -> None:
    theirs = approved(THEIRS, decision=KEY, sitting=UUID(int=8), **NOBODY)
    given = household(brought(), approved(), theirs)
    closed = close_support(given, close(item=ITEM), stamp())[-1]
    assert isinstance(closed, SupportClosed)
    assert closed.sitting == SITTING


def test_what_of_a_decision_was_voided_since_still_folds() -> None:
    given = household(brought(), role())
    assert given.sources.decided_at(given.version) is None
    assert Attended(id=SITTING).version == 0
    assert not Attended(id=SITTING).opens(CENTRES, ITEM)
    assert after(Attended(id=SITTING), *MEETING).version == len(MEETING)


MEETING = (item(), item(LAYERED_ITEM, "layered"))
