"""つなぎ: naming a receiver needs nothing, what goes along a basis; the receiver closes it."""

from datetime import date
from typing import Any

import pytest

from domain.basis import NoBasisForSharing
from domain.events import Fact
from domain.events.consent import ConsentGiven
from domain.events.membership import HouseholdsMerged
from domain.events.referral import AnsweredBy, ReferralAccepted, ReferralMade
from domain.events.rights import UseSuspended
from domain.events.support import SupportClosed
from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, OwnRecord, Tag
from domain.passage import Beside
from domain.passing import (
    AnswerDuePast,
    ConcealedPlace,
    InformantStays,
    PurposeForReading,
    SittingInformation,
)
from domain.referral import (
    AcceptReferral,
    AnsweredBeforeAsked,
    AnswererNotNamed,
    MakeReferral,
    OnlyReceiverAnswers,
    ReferralSettled,
    ReferredToOneself,
    ReturnReferral,
    WithdrawReferral,
    accept_referral,
    make_referral,
    return_referral,
    withdraw_referral,
)
from domain.refusals import (
    HouseholdClosed,
    InTheFuture,
    NotAMember,
    RoleNeeded,
    Unknown,
    UnknownAgency,
    UnknownCode,
)
from domain.sitting import Attended
from domain.stamp import Stamp
from tests.domain.deliberated import consent
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    CONSULTATION,
    COORDINATOR,
    FATHER,
    HOUSEHOLD,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    PRIVACY,
    REFERRAL,
    SCHOOL,
    SHAKYO,
    SHARE,
    SITTING,
    capacity,
    fact,
    household,
    label,
    settled,
    showing,
    siding,
    stamp,
)
from tests.domain.test_sharing import consultation, there

BY_LAW = ByStatute(article="jido-6")
BY_CONSENT = ByConsent(consent=CONSENT)
ROOM = BySitting(sitting=SITTING, item=ITEM)
SUPPORT = stamp(capacity(SHAKYO, "support"))


def referring(**fields: Any) -> MakeReferral:
    given = {"to_agency": SHAKYO, "to_desk": "support", "purpose": "support"}
    return MakeReferral.model_validate({**given, **fields})


def refer(
    given: Household, *beside: Beside, by: Stamp | None = None, **fields: Any
) -> ReferralMade:
    (made,) = make_referral(given, *beside, referring(**fields), by or stamp())
    return made


def consented(**fields: Any) -> ConsentGiven:
    scope = {
        "agencies": (SHAKYO, CENTRE),
        "categories": (Category.CONSULTATION, Category.FAMILY),
        "purposes": ("support",),
    }
    return consent(**{**scope, **fields})


def test_a_receiver_may_be_named_before_anybody_consents() -> None:
    made = refer(household(consultation(CHILD)), consultation=CONSULTATION)
    assert (made.enclosed, made.narrative, made.label.basis) == ((), (), OwnRecord())
    assert made.answer_due == date(2026, 4, 15)
    assert made.consultation == CONSULTATION


def test_a_narrative_needs_a_basis() -> None:
    with pytest.raises(NoBasisForSharing):
        refer(household(), narrative="学校に行けていない", subjects=[CHILD])
    made = refer(household(), narrative="学校に行けていない", subjects=[CHILD], basis=BY_LAW)
    assert made.label.category is Category.CONSULTATION
    assert made.narrative[0].label.category is Category.CONSULTATION


def test_what_the_consent_covers_of_the_desks_first_records_goes_along() -> None:
    given = household(consented(), consultation(CHILD), consultation(MOTHER))
    made = refer(given, subjects=[CHILD])
    assert made.enclosed == (5, 7)
    assert made.label.basis == BY_CONSENT
    assert made.label.subjects == (CHILD,)
    assert set(made.categories) == {Category.FAMILY, Category.CONSULTATION}
    assert refer(given).enclosed == (5, 7)


def test_a_statute_opens_the_first_records_of_everybody_but_the_informants() -> None:
    tip = consultation(CHILD, tags=(Tag.INFORMANT,))
    made = refer(household(tip, consultation(CHILD)), basis=BY_LAW)
    assert made.enclosed == (3, 4, 5, 7)
    assert made.label.subjects == (FATHER, MOTHER, CHILD)
    with pytest.raises(InformantStays):
        refer(household(tip), basis=BY_LAW, enclosed=[6])


def test_nothing_goes_along_where_nothing_was_to_be_enclosed() -> None:
    made = refer(household(consented(), consultation(CHILD)), subjects=[CHILD], enclosed=[])
    assert (made.enclosed, made.label.basis) == ((), BY_CONSENT)


def test_what_is_enclosed_is_covered_in_full_or_refused() -> None:
    given = household(consented(), consultation(MOTHER))
    with pytest.raises(NoBasisForSharing):
        refer(given, enclosed=[7])
    with pytest.raises(Unknown):
        refer(given, enclosed=[99])
    assert refer(given, enclosed=[5]).enclosed == (5,)


def test_a_basis_that_is_named_holds_though_nothing_goes_along() -> None:
    with pytest.raises(NoBasisForSharing):
        refer(household(), basis=BY_CONSENT, subjects=[CHILD])
    expired = consented(period={"start": "2025-01-01", "end": "2025-12-31"})
    with pytest.raises(NoBasisForSharing):
        refer(household(expired), basis=BY_CONSENT, subjects=[CHILD])


def test_between_desks_of_one_agency_the_purpose_decides_but_not_for_health() -> None:
    inside: dict[str, Any] = {"to_agency": CENTRE, "to_desk": "nurses"}
    made = refer(household(consultation(CHILD)), **inside)
    assert (made.enclosed, made.label.basis) == ((3, 4, 5, 6), OwnRecord())
    health = household(consultation(CHILD, category=Category.HEALTH))
    assert refer(health, **inside).enclosed == (3, 4, 5)
    with pytest.raises(NoBasisForSharing):
        refer(health, **inside, enclosed=[6])
    told = [{"text": "通院している", "category": "health"}]
    with pytest.raises(NoBasisForSharing):
        refer(household(), **inside, narrative=told, subjects=[CHILD])
    assert refer(health, **inside, enclosed=[6], basis=BY_LAW).enclosed == (6,)


def test_the_first_records_of_other_desks_stay_where_they_are() -> None:
    other = consultation(CHILD, desk="nurses")
    assert refer(household(consented(), other), subjects=[CHILD]).enclosed == (5,)


def test_first_records_whose_use_is_suspended_stay_behind_and_refuse_nothing() -> None:
    stopped = fact(UseSuspended, person=CHILD, facts=(7,), reason="利用停止の請求。")
    given = household(consented(), consultation(CHILD), stopped)
    assert refer(given, subjects=[CHILD]).enclosed == (5,)
    with pytest.raises(Unknown):
        refer(given, subjects=[CHILD], enclosed=[7])


def test_whoever_acts_for_somebody_learns_of_no_first_record_that_is_hidden_from_them() -> None:
    hidden = consultation(CHILD, hidden_from=(FATHER,))
    told = [household(consented(), *more) for more in ((), (hidden,))]
    by_side = siding(stamp(), FATHER)
    without, with_ = (refer(each, by=by_side, subjects=[CHILD]) for each in told)
    assert without.enclosed == with_.enclosed == (5,)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"to_agency": "moon"}, UnknownAgency),
        ({"to_desk": "moon"}, UnknownAgency),
        ({"to_agency": CENTRE, "to_desk": "general"}, ReferredToOneself),
        ({"to_agency": CENTRE, "to_desk": None}, ReferredToOneself),
        ({"purpose": "audit"}, PurposeForReading),
        ({"answer_due": "2026-03-31"}, AnswerDuePast),
        ({"consultation": SHARE}, Unknown),
        ({"subjects": [SHARE]}, NotAMember),
        ({"occurred_on": "2026-04-02"}, InTheFuture),
    ],
)
def test_a_referral_names_somebody_else_and_a_day_to_come(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        refer(household(), **wrong)


def test_a_closed_household_is_reopened_before_it_is_referred() -> None:
    with pytest.raises(HouseholdClosed):
        refer(household(fact(SupportClosed, reason="x")))


def made(**fields: Any) -> ReferralMade:
    given = {"referral": REFERRAL, "to_agency": SHAKYO, "purpose": "support", "categories": ()}
    return fact(ReferralMade, **{**given, "answer_due": "2026-04-15", **fields})


def accept(given: Household, by: Stamp, **fields: Any) -> list[ReferralAccepted]:
    command = AcceptReferral.model_validate(fields)
    return accept_referral(given, command, by, referral=REFERRAL)


def give_back(given: Household, by: Stamp, **fields: Any) -> Any:
    command = ReturnReferral.model_validate({"reason": "担当地域ではない", **fields})
    return return_referral(given, command, by, referral=REFERRAL)


def test_the_receiver_accepts() -> None:
    (accepted,) = accept(household(made()), SUPPORT)
    assert accepted.recorded_by is AnsweredBy.RECEIVER
    referral = household(made(), accepted).referrals.referrals[REFERRAL]
    assert referral.status is ReferralStatus.ACCEPTED


def test_the_receiver_returns_with_a_reason() -> None:
    (returned,) = give_back(household(made()), SUPPORT)
    assert returned.reason == "担当地域ではない"
    with pytest.raises(ValueError, match="reason"):
        ReturnReferral.model_validate({})


def test_only_the_receiver_answers() -> None:
    for answers in (accept, give_back):
        with pytest.raises(OnlyReceiverAnswers):
            answers(household(made()), stamp())
        with pytest.raises(Unknown):
            answers(household(made()), stamp(COORDINATOR))
        with pytest.raises(Unknown):
            answers(household(), SUPPORT)
        with pytest.raises(RoleNeeded):
            answers(household(made()), stamp(PRIVACY))


def test_within_one_agency_the_desk_asked_answers() -> None:
    inside = household(made(to_agency=CENTRE, to_desk="nurses"))
    assert accept(inside, stamp(capacity(CENTRE, "nurses")))
    with pytest.raises(OnlyReceiverAnswers):
        accept(inside, stamp())


def test_for_a_receiver_without_access_the_sender_writes_who_answered_and_how() -> None:
    given = household(made(to_agency=SCHOOL))
    answered = {"answered_by": "教頭", "answered_how": "answer-methods-1"}
    (accepted,) = accept(given, stamp(), **answered)
    assert (accepted.recorded_by, accepted.answered_by) == (AnsweredBy.SENDER, "教頭")
    for missing in ({}, {"answered_by": "教頭"}, {"answered_how": "answer-methods-1"}):
        with pytest.raises(AnswererNotNamed):
            accept(given, stamp(), **missing)
    with pytest.raises(UnknownCode):
        accept(given, stamp(), answered_by="教頭", answered_how="moon")


@pytest.mark.parametrize("gone", ["moon"])
def test_for_an_agency_that_is_no_more_the_sender_answers(gone: str) -> None:
    answered = {"answered_by": "元職員", "answered_how": "answer-methods-1"}
    assert accept(household(made(to_agency=gone)), stamp(), **answered)


def test_a_town_may_let_the_sender_close_it() -> None:
    lax = stamp(profile=settled(referral_closed_by_receiver=False))
    answered = {"answered_by": "係長", "answered_how": "answer-methods-1"}
    assert accept(household(made()), lax, **answered)


def test_a_referral_is_answered_once() -> None:
    given = household(made(), *accept(household(made()), SUPPORT))
    for answers in (accept, give_back):
        with pytest.raises(ReferralSettled):
            answers(given, SUPPORT)


def test_nobody_answers_before_being_asked() -> None:
    with pytest.raises(AnsweredBeforeAsked):
        accept(household(made()), SUPPORT, occurred_on="2026-03-31")


def test_after_the_end_a_referral_is_returned_not_accepted() -> None:
    closed = household(made(), fact(SupportClosed, reason="x"))
    with pytest.raises(HouseholdClosed):
        accept(closed, SUPPORT)
    assert give_back(closed, SUPPORT)


def withdraw(given: Household, by: Stamp) -> Any:
    command = WithdrawReferral.model_validate({"reason": "本人が望まない"})
    return withdraw_referral(given, command, by, referral=REFERRAL)


def test_the_senders_desk_withdraws_while_it_is_open() -> None:
    merged: Fact = fact(HouseholdsMerged, source=HOUSEHOLD, target=OTHER_HOUSEHOLD, persons=())
    (withdrawn,) = withdraw(household(made(), merged), stamp())
    with pytest.raises(ReferralSettled):
        withdraw(household(made(), withdrawn), stamp())
    with pytest.raises(Unknown):
        withdraw(household(made()), stamp(capacity(CENTRE, "nurses")))
    with pytest.raises(Unknown):
        withdraw(household(made()), stamp(capacity(CITY, "welfare")))
    with pytest.raises(Unknown):
        withdraw(household(), stamp())


@pytest.mark.parametrize("category", [Category.ABUSE, Category.HEALTH])
def test_what_answers_or_ends_it_is_as_closed_as_it_was(category: Category) -> None:
    """Rule 1: no other desk is told, by the answer, that there was such a つなぎ."""
    given = household(made(label=label(CHILD, category=category)))
    told = (*accept(given, SUPPORT), *give_back(given, SUPPORT), *withdraw(given, stamp()))
    assert {fact.label.category for fact in told} == {category}
    (said,) = accept(given, SUPPORT, category="finance")
    assert said.label.category is Category.FINANCE
    (open_to_all,) = accept(household(made()), SUPPORT)
    assert open_to_all.label.category is Category.PROGRESS


def test_what_answers_or_ends_it_is_hidden_from_whom_it_was() -> None:
    """Rule 21: who acts for them learns of no つなぎ by what became of it."""
    given = household(made(label=label(CHILD, hidden_from=(FATHER,))))
    told = (*accept(given, SUPPORT), *give_back(given, SUPPORT), *withdraw(given, stamp()))
    assert {fact.label.hidden_from for fact in told} == {(FATHER,)}
    (more,) = accept(given, showing(SUPPORT, MOTHER), hidden_from=[MOTHER])
    assert more.label.hidden_from == (MOTHER, FATHER)


def test_as_what_a_referral_is_recorded_asks_for_no_basis() -> None:
    """It is addressed: its receiver learns of it whatever it is about."""
    given = household(consented(), consultation(CHILD))
    assert refer(given, subjects=[CHILD], category="health").enclosed == (5, 7)


# 支援会議で知ったこと (rule 3)


def learned() -> Household:
    return household(consented(), consultation(CHILD, basis=ROOM))


@pytest.mark.parametrize("basis", [None, BY_CONSENT, OwnRecord()])
def test_what_was_learned_in_a_support_meeting_goes_along_with_no_referral(
    basis: Basis | None,
) -> None:
    with pytest.raises(SittingInformation):
        refer(learned(), there(), enclosed=[7], basis=basis)
    with pytest.raises(SittingInformation):
        refer(learned(), there(), enclosed=[7], to_agency=CENTRE, to_desk="nurses")


def test_nor_do_words_from_there() -> None:
    told = [{"text": "会議で聞いた", "basis": ROOM.model_dump(mode="json")}]
    with pytest.raises(SittingInformation):
        refer(household(consented()), narrative=told, subjects=[CHILD], basis=BY_CONSENT)
    with pytest.raises(SittingInformation):
        refer(household(), narrative=told)


def test_a_statute_is_a_basis_of_its_own() -> None:
    assert refer(learned(), there(), enclosed=[7], basis=BY_LAW).enclosed == (7,)


def test_who_was_not_there_sends_on_nothing_that_was_learned_there() -> None:
    with pytest.raises(Unknown):
        refer(learned(), enclosed=[7], basis=BY_LAW)
    beside: dict[str, Any] = {"to_agency": CENTRE, "to_desk": "nurses"}
    with pytest.raises(Unknown):
        refer(learned(), Attended(id=SITTING), enclosed=[7], basis=BY_LAW, **beside)
    assert refer(learned(), basis=BY_LAW).enclosed == (3, 4, 5)
    assert refer(learned(), there(), basis=BY_LAW).enclosed == (3, 4, 5, 7)


def test_a_municipality_may_let_a_consent_given_since_carry_it() -> None:
    wide = stamp(profile=settled(sitting_information_after_consent=True))
    assert refer(learned(), there(), by=wide, enclosed=[7], basis=BY_CONSENT).enclosed == (7,)


@pytest.mark.parametrize(
    ("mark", "refused"),
    [({"concealed": True}, ConcealedPlace), ({"tags": ["informant"]}, InformantStays)],
)
def test_nobody_is_sent_a_referral_that_they_could_not_read(
    mark: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        refer(household(), enclosed=[], **mark)
