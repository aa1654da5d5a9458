"""相談受付: no contact is refused, and each ends in an answer, a つなぎ or continued contact."""

from typing import Any

import pytest

from domain.conditions import HouseholdMerged
from domain.events import On
from domain.events.intake import (
    ConsultationReceived,
    ConsultationScreened,
    NextStep,
    Urgency,
)
from domain.events.membership import HouseholdOpened, HouseholdsMerged, MemberJoined
from domain.events.person import PersonIdentified, PersonNoted
from domain.events.referral import LeadAgencyNamed, ReferralMade
from domain.events.support import SupportClosed
from domain.household import Household
from domain.intake import (
    KeeperNotNamed,
    NextStepNeeded,
    ReceiveConsultation,
    ReferralNotNamed,
    ScreenConsultation,
    TakeIn,
    receive_consultation,
    screen_consultation,
    take_in,
)
from domain.labels import Category, Tag
from domain.person import Person
from domain.refusals import AlreadyRecorded, NotAMember, Unknown, UnknownAgency, UnknownCode
from domain.stamp import Stamp
from tests.domain.given import (
    CHILD,
    CITY,
    CONSULTATION,
    HOUSEHOLD,
    OTHER_HOUSEHOLD,
    REFERRAL,
    SCHOOL,
    STRANGER,
    bare,
    capacity,
    fact,
    household,
    on,
    stamp,
)

FIRST = {"route": "visit", "consulter": "self", "fields": ["elderly"], "issues": ["8050"]}
WOMEN = stamp(capacity(CITY, "women"))


def taking_in(**fields: Any) -> TakeIn:
    return TakeIn.model_validate({**FIRST, **fields})


def receiving(**fields: Any) -> ReceiveConsultation:
    return ReceiveConsultation.model_validate({**FIRST, **fields})


def received(**fields: Any) -> ConsultationReceived:
    given: dict[str, Any] = {**FIRST, "consultation": CONSULTATION, "window": "general"}
    return fact(ConsultationReceived, **{**given, "urgency": "routine", **fields})


def screening(given: Household, **fields: Any) -> list[ConsultationScreened]:
    command = ScreenConsultation.model_validate({"result": "answered", **fields})
    return screen_consultation(given, command, stamp(), consultation=CONSULTATION)


def test_all_that_is_known_at_first_contact_goes_in_with_one_call() -> None:
    mother = {
        "name": "芦屋花子",
        "kana": "あしやはなこ",
        "birth_date": "S20.5.1",
        "relation": "self",
    }
    son = {"nickname": "息子", "relation": "child", "membership": "apart", "since": "2010"}
    command = taking_in(
        area="north", persons=[mother, son], consulting=0, narrative="息子が部屋から出ない"
    )
    facts = take_in(bare(), Person(id=STRANGER), Person(id=CHILD), command, stamp())
    opened, lead, first, second, consultation = on(HOUSEHOLD, facts, HOUSEHOLD)
    ids = (stamp().new_id("person-0"), stamp().new_id("person-1"))
    assert isinstance(opened, HouseholdOpened)
    assert isinstance(lead, LeadAgencyNamed)
    assert isinstance(first, MemberJoined)
    assert isinstance(second, MemberJoined)
    assert isinstance(consultation, ConsultationReceived)
    assert (first.person, second.person) == ids
    assert second.since == "2010"
    assert (consultation.person, consultation.label.subjects) == (ids[0], ids)
    assert consultation.narrative[0].principals == ids
    assert isinstance(on(ids[0], facts, HOUSEHOLD)[0], PersonIdentified)
    assert isinstance(on(ids[1], facts, HOUSEHOLD)[0], PersonNoted)
    assert bare(*on(HOUSEHOLD, facts, HOUSEHOLD)).lead is not None


def test_who_comes_alone_is_who_consults_and_a_tip_may_name_nobody() -> None:
    facts = take_in(bare(), Person(id=CHILD), taking_in(persons=[{"relation": "self"}]), stamp())
    consultation = on(HOUSEHOLD, facts, HOUSEHOLD)[-1]
    assert isinstance(consultation, ConsultationReceived)
    assert consultation.person == stamp().new_id("person-0")
    tip = take_in(bare(), taking_in(consulter="neighbour"), stamp())
    anonymous = on(HOUSEHOLD, tip, HOUSEHOLD)[-1]
    assert isinstance(anonymous, ConsultationReceived)
    assert (anonymous.person, anonymous.label.subjects) == (None, ())


def test_what_is_said_about_one_can_be_hidden_from_another_from_the_start() -> None:
    people = [{"relation": "self"}, {"relation": "father"}]
    command = taking_in(persons=people, about=[0], hide_from=[1])
    facts = take_in(bare(), Person(id=STRANGER), Person(id=CHILD), command, stamp())
    consultation = on(HOUSEHOLD, facts, HOUSEHOLD)[-1]
    assert consultation.label.subjects == (stamp().new_id("person-0"),)
    assert consultation.label.hidden_from == (stamp().new_id("person-1"),)


@pytest.mark.parametrize("wrong", [{"consulting": 1}, {"about": [2]}, {"hide_from": [-1]}])
def test_a_place_in_the_list_of_persons_is_in_the_list(wrong: Any) -> None:
    with pytest.raises(ValueError, match="並びにない"):
        taking_in(persons=[{"relation": "self"}], **wrong)


def test_a_household_is_taken_in_once() -> None:
    with pytest.raises(AlreadyRecorded):
        take_in(household(), taking_in(), stamp())


def test_a_consultation_is_received_with_what_the_desk_fills_in() -> None:
    (consultation,) = receive_consultation(household(), receiving(person=CHILD), stamp())
    assert consultation.window == "general"
    assert consultation.urgency is Urgency.ROUTINE
    assert consultation.label.category is Category.CONSULTATION
    assert consultation.label.subjects == (CHILD,)


def test_intake_is_never_refused_also_where_the_support_has_ended() -> None:
    closed = household(fact(SupportClosed, reason="x"))
    assert receive_consultation(closed, receiving(), stamp())


def test_a_household_merged_away_points_to_where_the_record_is_kept() -> None:
    merged = fact(HouseholdsMerged, source=HOUSEHOLD, target=OTHER_HOUSEHOLD, persons=())
    with pytest.raises(HouseholdMerged) as refused:
        receive_consultation(household(merged), receiving(), stamp())
    assert refused.value.details == {"household": OTHER_HOUSEHOLD}


def test_what_the_womens_desk_hears_is_of_its_category() -> None:
    (consultation,) = receive_consultation(household(), receiving(), WOMEN)
    assert consultation.label.category is Category.ABUSE
    (other,) = receive_consultation(household(), receiving(category="finance"), WOMEN)
    assert other.label.category is Category.FINANCE


@pytest.mark.parametrize("by", [WOMEN, stamp(capacity(CITY, "welfare"))])
def test_all_that_a_window_for_abuse_takes_in_is_of_its_category(by: Stamp) -> None:
    person = {"name": "水野花", "kana": "みずのはな", "relation": "self"}
    facts = take_in(bare(), Person(id=STRANGER), taking_in(persons=[person], window="women"), by)
    told = [each.fact if isinstance(each, On) else each for each in facts]
    assert {each.label.category for each in told} == {Category.ABUSE}
    given = taking_in(persons=[person], window="women", category="consultation")
    opened, *_ = take_in(bare(), Person(id=STRANGER), given, by)
    assert not isinstance(opened, On)
    assert opened.label.category is Category.CONSULTATION


def test_who_tipped_off_stays_with_the_desk() -> None:
    command = receiving(consulter="neighbour", informant="隣の山田さん", narrative="泣き声がする")
    (consultation,) = receive_consultation(household(), command, stamp())
    assert consultation.label.tags == (Tag.INFORMANT,)
    assert consultation.narrative[0].label.tags == (Tag.INFORMANT,)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"route": "moon"}, UnknownCode),
        ({"fields": ["moon"]}, UnknownCode),
        ({"issues": ["moon"]}, UnknownCode),
        ({"window": "moon"}, UnknownAgency),
        ({"person": STRANGER}, NotAMember),
        ({"subjects": [STRANGER]}, NotAMember),
        ({"narrative": [{"text": "話", "mentioned": [STRANGER]}]}, NotAMember),
    ],
)
def test_a_consultation_speaks_of_what_the_town_and_the_household_know(
    wrong: Any, refusal: Any
) -> None:
    with pytest.raises(refusal):
        receive_consultation(household(), receiving(**wrong), stamp())


def test_an_answer_ends_it() -> None:
    (screened,) = screening(household(received()), referral=REFERRAL, keeper="general")
    assert screened.next_step is NextStep.ANSWERED
    assert (screened.referral, screened.keeper) == (None, None)


def test_a_referral_of_this_household_ends_it() -> None:
    made = fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=SCHOOL,
        purpose="support",
        categories=(),
        answer_due="2026-04-15",
    )
    (screened,) = screening(household(received(), made), result="referred", referral=REFERRAL)
    assert screened.referral == REFERRAL
    with pytest.raises(ReferralNotNamed):
        screening(household(received()), result="referred", referral=REFERRAL)
    with pytest.raises(ReferralNotNamed):
        screening(household(received(), made), result="referred")


def test_a_desk_that_keeps_at_it_is_named() -> None:
    (screened,) = screening(household(received()), result="continued", keeper="nurses")
    assert screened.keeper == "nurses"
    with pytest.raises(KeeperNotNamed):
        screening(household(received()), result="continued")
    with pytest.raises(UnknownAgency):
        screening(household(received()), result="continued", keeper="moon")


def test_the_next_step_fits_the_result() -> None:
    with pytest.raises(NextStepNeeded):
        screening(household(received()), result="answered", next_step="continued")
    with pytest.raises(NextStepNeeded):
        screening(household(received()), result="unclear")
    (screened,) = screening(household(received()), result="unclear", next_step="answered")
    assert screened.result == "unclear"
    with pytest.raises(UnknownCode):
        screening(household(received()), result="moon")


def test_a_consultation_of_another_agency_is_not_there() -> None:
    with pytest.raises(Unknown):
        screening(household())
    command = ScreenConsultation(result="answered")
    with pytest.raises(Unknown):
        screen_consultation(household(received()), command, WOMEN, consultation=CONSULTATION)
