"""続き (rules 1 and 21): what goes on with an earlier record is as closed as that is."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from domain.attachments import AttachFile, attach_file
from domain.conditions import AnswerNotHeard
from domain.consent import withdraw_consent
from domain.events import Fact, On
from domain.events.consent import InformationRequested, LabelTightened
from domain.events.meeting import MeetingDecided, PlanDecided, PlanDrafted
from domain.events.referral import ReferralMade
from domain.events.support import (
    GuardianAppointed,
    ParticipationMatched,
    ParticipationStarted,
)
from domain.household import Household
from domain.intake import ScreenConsultation, screen_consultation
from domain.labels import Category, Label, OwnRecord
from domain.participation import (
    EndGuardianship,
    EndParticipation,
    FollowUpParticipation,
    StartParticipation,
    end_guardianship,
    end_participation,
    follow_up_participation,
    start_participation,
)
from domain.plan import (
    DecidePlan,
    DraftPlan,
    EvaluatePlan,
    RatifyPlan,
    decide_plan,
    draft_plan,
    evaluate_plan,
    ratify_plan,
)
from domain.referral import (
    AcceptReferral,
    MakeReferral,
    ReturnReferral,
    WithdrawReferral,
    accept_referral,
    make_referral,
    return_referral,
    withdraw_referral,
)
from domain.sharing import AnswerInformationRequest, answer_information_request
from tests.domain.deliberated import (
    DECISION,
    LAYERED_ITEM,
    PLAN,
    brought,
    consent,
    decided,
    drafted,
    held,
)
from tests.domain.given import (
    CHILD,
    CONSENT,
    CONSULTATION,
    FATHER,
    ITEM,
    MOTHER,
    REFERRAL,
    SHAKYO,
    SHARE,
    SITTING,
    act,
    capacity,
    fact,
    household,
    label,
    showing,
    stamp,
)
from tests.domain.test_consent import MINOR, withdrawing
from tests.domain.test_intake import received
from tests.domain.test_participation import KEY, PLACE, REASON
from tests.domain.test_plan import OTHER_PLAN
from tests.domain.test_referral import made

SUPPORT = showing(stamp(capacity(SHAKYO, "support")), MOTHER)
FIRST = 6
"""Where the first fact is recorded that a household of `given` is told beside its own."""

Decided = list[Any]
Act = Callable[[Household, dict[str, Any]], Decided]


def _screen(given: Household, more: dict[str, Any]) -> Decided:
    command = act(ScreenConsultation, result="answered", **more)
    return screen_consultation(given, command, stamp(), consultation=CONSULTATION)


def _refer_it(given: Household, more: dict[str, Any]) -> Decided:
    command = act(ScreenConsultation, result="referred", referral=REFERRAL, **more)
    return screen_consultation(given, command, stamp(), consultation=CONSULTATION)


def _accept(given: Household, more: dict[str, Any]) -> Decided:
    return accept_referral(given, act(AcceptReferral, **more), SUPPORT, referral=REFERRAL)


def _return(given: Household, more: dict[str, Any]) -> Decided:
    command = act(ReturnReferral, reason="管轄外", **more)
    return return_referral(given, command, SUPPORT, referral=REFERRAL)


def _withdraw(given: Household, more: dict[str, Any]) -> Decided:
    command = act(WithdrawReferral, reason="本人が望まない", **more)
    return withdraw_referral(given, command, stamp(), referral=REFERRAL)


def _answer(given: Household, more: dict[str, Any]) -> Decided:
    command = act(AnswerInformationRequest, cooperated=True, **more)
    return answer_information_request(given, command, SUPPORT, request=SHARE)


def _start(given: Household, more: dict[str, Any]) -> Decided:
    return start_participation(given, act(StartParticipation, **more), stamp(), participation=KEY)


def _follow_up(given: Household, more: dict[str, Any]) -> Decided:
    command = act(FollowUpParticipation, settled=True, **more)
    return follow_up_participation(given, command, stamp(), participation=KEY)


def _end(given: Household, more: dict[str, Any]) -> Decided:
    command = act(EndParticipation, reason=REASON, **more)
    return end_participation(given, command, stamp(), participation=KEY)


def _end_task(given: Household, more: dict[str, Any]) -> Decided:
    command = act(EndGuardianship, reason="resigned", **more)
    return end_guardianship(given, command, stamp(), version=FIRST)


def _take_back(given: Household, more: dict[str, Any]) -> Decided:
    return withdraw_consent(given, MINOR, withdrawing(**more), stamp(), consent=CONSENT)


def _replace(given: Household, more: dict[str, Any]) -> Decided:
    about = {"persons": [CHILD], "goals": "朝起きる", "replaces": PLAN}
    return draft_plan(given, act(DraftPlan, **about, **more), stamp())


def _decide(given: Household, more: dict[str, Any]) -> Decided:
    command = act(DecidePlan, starts_on="2026-04-01", ratify_by="2026-04-10", **more)
    return decide_plan(given, command, stamp(), plan=PLAN)


def _ratify(given: Household, more: dict[str, Any]) -> Decided:
    return ratify_plan(given, act(RatifyPlan, **more), stamp(), plan=PLAN)


def _evaluate(given: Household, more: dict[str, Any]) -> Decided:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "stage": "final", "outcome": "close"}
    return evaluate_plan(given, held(), act(EvaluatePlan, **about, **more), stamp(), plan=PLAN)


def _attach(given: Household, more: dict[str, Any]) -> Decided:
    about = {"kind": "attachment-kinds-1", "title": "同意書", "media_type": "application/pdf"}
    content = b64encode(b"%PDF-1.7").decode()
    return attach_file(
        given, act(AttachFile, **about, content=content, to=CONSENT, **more), stamp()
    )


def _matched() -> Fact:
    return fact(
        ParticipationMatched,
        participation=KEY,
        person=CHILD,
        resource=PLACE,
        kind="participation-kinds-1",
    )


def _begun(**fields: Any) -> Fact:
    dates = {"starts_on": "2026-04-01", "review_on": "2026-07-01"}
    return fact(PlanDecided, plan=PLAN, **dates, **fields)


def _asked() -> Fact:
    about = {"request": SHARE, "of_agency": SHAKYO, "purpose": "support", "categories": ()}
    return fact(InformationRequested, answer_due="2026-04-15", **about)


def _approved() -> Fact:
    return decided(kind="plan-approved", plan=PLAN, item=LAYERED_ITEM)


GUARDIAN: dict[str, Any] = {"person": CHILD, "kind": "guardian", "guardian": "某", "agency": SHAKYO}
SEQUELS: dict[str, tuple[Act, list[Fact]]] = {
    "a screening": (_screen, [received()]),
    "a screening that names a referral": (_refer_it, [made(), received()]),
    "an acceptance": (_accept, [made()]),
    "a return": (_return, [made()]),
    "a withdrawal": (_withdraw, [made()]),
    "an answer": (_answer, [_asked()]),
    "a start": (_start, [_matched()]),
    "a follow-up": (_follow_up, [_matched(), fact(ParticipationStarted, participation=KEY)]),
    "an end": (_end, [_matched()]),
    "the end of a task": (_end_task, [fact(GuardianAppointed, **GUARDIAN)]),
    "a consent withdrawn": (_take_back, [consent(agencies=[SHAKYO])]),
    "a plan that replaces one": (_replace, [drafted()]),
    "a plan decided": (_decide, [drafted(), consent()]),
    "a plan ratified": (
        _ratify,
        [drafted(), consent(), _begun(ratify_by="2026-04-10"), _approved()],
    ),
    "a plan evaluated": (_evaluate, [drafted(), _begun(), consent(), brought(LAYERED_ITEM)]),
    "what is attached": (_attach, [consent()]),
}
EACH = pytest.mark.parametrize("what", SEQUELS)


def told(what: str, given: Household, **more: Any) -> Label:
    acts, _ = SEQUELS[what]
    first = acts(given, more)[0]
    decided: Fact = first.fact if isinstance(first, On) else first
    return decided.label


def given(what: str, *since: Fact, **labelled: Any) -> Household:
    """What it goes on with comes first, under this label."""
    first, *rest = SEQUELS[what][1]
    relabelled = first.model_copy(update={"label": label(CHILD, **labelled)})
    return household(relabelled, *rest, *since)


@EACH
def test_it_is_hidden_from_whom_that_is_hidden_from(what: str) -> None:
    """And about whom that was, so that it hides nothing more from them."""
    said = told(what, given(what, hidden_from=[FATHER]))
    assert said.hidden_from == (FATHER,)
    assert said.subjects == (CHILD,)


@EACH
def test_as_it_reads_now(what: str) -> None:
    since = fact(LabelTightened, of=FIRST, hide_from=[FATHER], category="health")
    said = told(what, given(what, since))
    assert (said.hidden_from, said.category) == ((FATHER,), Category.HEALTH)


@EACH
def test_the_writer_hides_it_from_others_too_and_says_what_it_is_about(what: str) -> None:
    earlier = given(what, hidden_from=[FATHER], category="abuse")
    assert told(what, earlier).category is Category.ABUSE
    said = told(what, earlier, hidden_from=[MOTHER], category="finance")
    assert (said.hidden_from, said.category) == ((MOTHER, FATHER), Category.FINANCE)


@pytest.mark.parametrize("what", [each for each in SEQUELS if each != "what is attached"])
def test_what_the_words_of_that_told_is_not_told_by_these(what: str) -> None:
    """A place, a 通報者 and a 支援会議 are marked where words tell of them; a scan has none."""
    basis = {"kind": "sitting", "sitting": SITTING, "item": ITEM}
    said = told(what, given(what, concealed=True, tags=["informant", "location"], basis=basis))
    assert (said.concealed, said.tags, said.basis) == (False, (), OwnRecord())


@EACH
def test_what_hides_nothing_closes_nothing(what: str) -> None:
    said = told(what, given(what, category="progress"))
    assert (said.hidden_from, said.category in {Category.HEALTH, Category.ABUSE}) == ((), False)


def test_a_plan_is_decided_as_closed_as_the_meeting_decided() -> None:
    hidden = _approved().model_copy(update={"label": label(hidden_from=[FATHER])})
    assert isinstance(hidden, MeetingDecided)
    assert told("a plan decided", household(drafted(), consent(), hidden)).hidden_from == (FATHER,)
    assert hidden.decision == DECISION


def test_a_plan_that_replaces_one_is_decided_as_closed_as_that() -> None:
    old = drafted().model_copy(update={"label": label(CHILD, hidden_from=[FATHER])})
    new: PlanDrafted = drafted().model_copy(update={"plan": OTHER_PLAN, "replaces": PLAN})
    command = act(DecidePlan, starts_on="2026-04-01", ratify_by="2026-04-10")
    [said] = decide_plan(household(old, new, consent()), command, stamp(), plan=OTHER_PLAN)
    assert said.label.hidden_from == (FATHER,)


def test_a_referral_that_names_a_consultation_is_hidden_as_that_is() -> None:
    """But it is of its own category: it may be about others, too."""
    heard = received(label=label(CHILD, hidden_from=[FATHER], category="abuse"))
    sent = {"to_agency": SHAKYO, "purpose": "referral", "enclosed": ()}
    command = act(MakeReferral, **sent, consultation=CONSULTATION)
    (said,) = make_referral(household(heard), command, stamp())
    assert isinstance(said, ReferralMade)
    assert (said.label.hidden_from, said.label.category) == ((FATHER,), Category.CONSULTATION)


ANSWERS = ("an acceptance", "a return", "a withdrawal", "an answer")
UNHEARD: list[dict[str, Any]] = [
    {"concealed": True},
    {"tags": ["informant"]},
    {"tags": ["opinion", "location"]},
    {"basis": {"kind": "sitting", "sitting": SITTING, "item": ITEM}},
]


@pytest.mark.parametrize("what", ANSWERS)
@pytest.mark.parametrize("closed", UNHEARD)
def test_no_answer_is_kept_as_a_whole_from_whoever_asked(what: str, closed: Any) -> None:
    with pytest.raises(AnswerNotHeard):
        told(what, given(what), **closed)


@pytest.mark.parametrize("closed", UNHEARD)
def test_a_paragraph_of_it_is(closed: dict[str, Any]) -> None:
    words = [{"text": "協力します。"}, {"text": "会議で聞いた。", **closed}]
    [said] = _answer(given("an answer"), {"narrative": words})
    assert said.label == said.narrative[0].label != said.narrative[1].label


@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_may_be_marked_otherwise(what: str) -> None:
    basis = {"kind": "statute", "article": "jido-6"}
    assert told(what, given(what), tags=["opinion"], basis=basis).tags == ("opinion",)
