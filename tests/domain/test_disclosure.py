"""開示・訂正・利用停止の請求と保存: rule 29."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.disclosure import (
    ChildSafetyNotChecked,
    DecideCorrection,
    DecideDisclosure,
    GroundsForFullDisclosure,
    GroundsMissing,
    HoldAlreadyLifted,
    LiftLegalHold,
    PlaceLegalHold,
    RequestCorrection,
    RequestDisclosure,
    RequesterNotNamed,
    SuspendUse,
    decide_correction,
    decide_disclosure,
    lift_legal_hold,
    place_legal_hold,
    request_correction,
    request_disclosure,
    suspend_use,
)
from domain.events.rights import (
    CorrectionDecided,
    CorrectionRequested,
    DisclosureDecided,
    DisclosureRequested,
    LegalHoldLifted,
    LegalHoldPlaced,
)
from domain.events.support import SupportClosed
from domain.household import Household
from domain.refusals import AlreadyRecorded, NotAMember, RoleNeeded, Unknown, UnknownCode
from tests.domain.given import CHILD, PRIVACY, STRANGER, act, fact, household, settled, stamp

KEY = UUID(int=121)
OFFICER = stamp(PRIVACY)


def request(**fields: Any) -> RequestDisclosure:
    return act(RequestDisclosure, **{"person": CHILD, "scope": "全部", **fields})


def requested(requester: str = "person") -> Household:
    about = {"person": CHILD, "scope": "全部", "decide_by": "2026-05-01", "requester": requester}
    return household(fact(DisclosureRequested, request=KEY, **about))


def decide(**fields: Any) -> DecideDisclosure:
    return act(DecideDisclosure, **{"outcome": "full", **fields})


def test_a_request_is_to_be_decided_in_the_days_the_law_sets_from_its_day() -> None:
    for occurred, due in [
        (None, date(2026, 5, 1)),
        ("2026-03-21", date(2026, 4, 20)),
        ("unknown", date(2026, 5, 1)),
    ]:
        [told] = request_disclosure(household(), request(occurred_on=occurred), OFFICER)
        assert told.decide_by == due
    slow = stamp(PRIVACY, profile=settled(disclosure_decision_days=14))
    [told] = request_disclosure(household(), request(), slow)
    assert told.decide_by == date(2026, 4, 15)


def test_a_request_may_come_when_the_case_is_closed() -> None:
    closed = household(fact(SupportClosed, reason="closure-reasons-1"))
    assert request_disclosure(closed, request(), OFFICER)


def test_requests_are_the_privacy_desks_and_about_members() -> None:
    with pytest.raises(RoleNeeded):
        request_disclosure(household(), request(), stamp())
    with pytest.raises(NotAMember):
        request_disclosure(household(), request(person=STRANGER), OFFICER)


def test_who_asks_for_another_is_named() -> None:
    with pytest.raises(RequesterNotNamed):
        request_disclosure(household(), request(requester="agent"), OFFICER)
    named = request(requester="representative", requester_name="父")
    assert request_disclosure(household(), named, OFFICER)


def test_a_representative_is_checked_against_the_childs_safety() -> None:
    asked = requested("representative")
    with pytest.raises(ChildSafetyNotChecked):
        decide_disclosure(asked, decide(), OFFICER, request=KEY)
    assert decide_disclosure(asked, decide(child_safety_checked=True), OFFICER, request=KEY)


def test_whatever_is_withheld_has_its_grounds() -> None:
    for outcome in ("partial", "refused", "neither"):
        with pytest.raises(GroundsMissing):
            decide_disclosure(requested(), decide(outcome=outcome), OFFICER, request=KEY)
    command = decide(grounds=["disclosure-grounds-1"])
    with pytest.raises(GroundsForFullDisclosure):
        decide_disclosure(requested(), command, OFFICER, request=KEY)
    command = decide(outcome="partial", grounds=["none"])
    with pytest.raises(UnknownCode):
        decide_disclosure(requested(), command, OFFICER, request=KEY)


def test_a_request_is_decided_once() -> None:
    [told] = decide_disclosure(requested(), decide(), OFFICER, request=KEY)
    assert isinstance(told, DisclosureDecided)
    about = {"person": CHILD, "scope": "全部", "decide_by": "2026-05-01", "requester": "person"}
    decided = household(fact(DisclosureRequested, request=KEY, **about), told)
    with pytest.raises(AlreadyRecorded):
        decide_disclosure(decided, decide(), OFFICER, request=KEY)
    with pytest.raises(Unknown):
        decide_disclosure(household(), decide(), OFFICER, request=KEY)


def test_a_correction_is_asked_of_a_record_that_is_there_and_decided_once() -> None:
    ask = act(RequestCorrection, person=CHILD, of=5, claim="日付が違う")
    assert request_correction(household(), ask, OFFICER)
    with pytest.raises(Unknown):
        request_correction(household(), ask.model_copy(update={"of": 99}), OFFICER)
    asked = fact(CorrectionRequested, request=KEY, person=CHILD, claim="日付が違う")
    command = act(DecideCorrection, granted=True, reason="確認した")
    [told] = decide_correction(household(asked), command, OFFICER, request=KEY)
    assert isinstance(told, CorrectionDecided)
    with pytest.raises(AlreadyRecorded):
        decide_correction(household(asked, told), command, OFFICER, request=KEY)
    with pytest.raises(Unknown):
        decide_correction(household(), command, OFFICER, request=KEY)


def test_use_is_suspended_of_records_that_are_there() -> None:
    command = act(SuspendUse, person=CHILD, facts=[5], reason="目的外")
    assert suspend_use(household(), command, OFFICER)
    with pytest.raises(Unknown):
        suspend_use(household(), command.model_copy(update={"facts": (99,)}), OFFICER)


def test_a_legal_hold_is_placed_and_lifted_once() -> None:
    [told] = place_legal_hold(household(), act(PlaceLegalHold, reason="審査請求"), OFFICER)
    assert isinstance(told, LegalHoldPlaced)
    with pytest.raises(Unknown):
        place_legal_hold(Household(id=KEY), act(PlaceLegalHold, reason="審査請求"), OFFICER)
    lift = act(LiftLegalHold, reason="裁決")
    [lifted] = lift_legal_hold(household(told), lift, OFFICER, hold=told.hold)
    assert isinstance(lifted, LegalHoldLifted)
    with pytest.raises(HoldAlreadyLifted):
        lift_legal_hold(household(told, lifted), lift, OFFICER, hold=told.hold)
    with pytest.raises(Unknown):
        lift_legal_hold(household(), lift, OFFICER, hold=KEY)
