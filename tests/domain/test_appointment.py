"""任命."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.appointment import (
    AlreadyAppointed,
    Appoint,
    AppointFirst,
    EndAppointment,
    LastDayAfterEnd,
    NobodyAppointsOneself,
    RegisterStaff,
    appoint,
    appoint_first,
    end_appointment,
    register_staff,
)
from domain.events import Fact
from domain.events.staff import Appointed, StaffRegistered
from domain.refusals import AlreadyRecorded, RoleNeeded, Unknown, UnknownAgency
from domain.staff import Staff, staff_id
from domain.values import Role
from tests.domain.given import CENTRE, CITY, SATO, TANAKA, TODAY, act, after, capacity, fact, stamp

KEY = UUID(int=141)
ADMINISTRATOR = stamp(capacity(CITY, "privacy", Role.ADMINISTRATOR))
CHIEF = stamp(capacity(CENTRE, "general", Role.CHIEF))
WHO = {"issuer": "https://id.example", "subject": "sato", "name": "佐藤"}


def staff(*facts: Fact) -> Staff:
    return after(Staff(id=SATO), fact(StaffRegistered, **WHO), *facts)


def appointment(**fields: Any) -> Appoint:
    period = {"start": "2026-04-01", "end": "2027-03-31"}
    about = {"agency": CENTRE, "desk": "general", "role": "counsellor", "period": period}
    return act(Appoint, **{**about, **fields})


def appointed(**period: Any) -> Appointed:
    about = {"agency": CENTRE, "desk": "general", "role": "counsellor"}
    span = {"start": "2026-04-01", "end": "2027-03-31", **period}
    return fact(Appointed, appointment=KEY, period=span, **about)


def test_staff_are_registered_once_by_those_who_appoint() -> None:
    command = act(RegisterStaff, **WHO)
    [told] = register_staff(Staff(id=SATO), command, CHIEF)
    assert told.subject == "sato"
    with pytest.raises(AlreadyRecorded):
        register_staff(staff(), command, CHIEF)
    with pytest.raises(RoleNeeded):
        register_staff(Staff(id=SATO), command, stamp())


def test_the_administrator_appoints_to_any_desk_there_is() -> None:
    [told] = appoint(staff(), appointment(role="protection"), ADMINISTRATOR)
    assert after(staff(), told).capacities(TODAY)[told.appointment].role is Role.PROTECTION
    with pytest.raises(UnknownAgency):
        appoint(staff(), appointment(desk="none"), ADMINISTRATOR)


@pytest.mark.parametrize("other", [{"desk": "nurses"}, {"role": "chief"}, {"agency": CITY}])
def test_a_chief_appoints_counsellors_to_the_own_desk_alone(other: dict[str, str]) -> None:
    assert appoint(staff(), appointment(), CHIEF)
    with pytest.raises(RoleNeeded):
        appoint(staff(), appointment(**other), CHIEF)
    with pytest.raises(RoleNeeded):
        appoint(staff(), appointment(), stamp())


def test_nobody_appoints_oneself() -> None:
    self_made = after(Staff(id=TANAKA), fact(StaffRegistered, **WHO))
    with pytest.raises(NobodyAppointsOneself):
        appoint(self_made, appointment(), ADMINISTRATOR)


def test_the_same_capacity_is_not_held_twice_at_once() -> None:
    with pytest.raises(AlreadyAppointed):
        appoint(staff(appointed()), appointment(), ADMINISTRATOR)
    endless = appointment(period={"start": "2027-03-31"})
    with pytest.raises(AlreadyAppointed):
        appoint(staff(appointed(end=None)), endless, ADMINISTRATOR)
    later = appointment(period={"start": "2027-04-01"})
    assert appoint(staff(appointed()), later, ADMINISTRATOR)
    assert appoint(staff(appointed()), appointment(desk="nurses"), ADMINISTRATOR)


def test_an_appointment_ends_on_its_last_day_or_never_began() -> None:
    early = EndAppointment(last_day=date(2026, 3, 31))
    [told] = end_appointment(staff(appointed()), early, CHIEF, appointment=KEY)
    never = staff(appointed(), told)
    assert never.capacities(TODAY) == {}
    assert appoint(never, appointment(), CHIEF)


def test_an_appointment_is_not_lengthened_by_ending_it() -> None:
    same = EndAppointment(last_day=date(2027, 3, 31))
    assert end_appointment(staff(appointed()), same, CHIEF, appointment=KEY) == []
    late = EndAppointment(last_day=date(2027, 4, 1))
    with pytest.raises(LastDayAfterEnd):
        end_appointment(staff(appointed()), late, CHIEF, appointment=KEY)
    with pytest.raises(Unknown):
        end_appointment(staff(), same, CHIEF, appointment=KEY)


def test_the_first_administrator_is_appointed_by_nobody_once() -> None:
    command = act(AppointFirst, **WHO, agency=CITY, desk="privacy", start="2026-04-01")
    told = appoint_first(Staff(id=SATO), command, ADMINISTRATOR)
    [held] = after(Staff(id=SATO), *told).capacities(TODAY).values()
    assert held == capacity(CITY, "privacy", Role.ADMINISTRATOR)
    with pytest.raises(AlreadyRecorded):
        appoint_first(staff(), command, ADMINISTRATOR)


def test_an_identity_is_the_same_staff_member_however_often_asked() -> None:
    assert staff_id("https://id.example", "sato") == staff_id("https://id.example", "sato")
    assert staff_id("https://id.example", "sato") != staff_id("https://id.example", "kato")
