"""会議の開催: presence per item, the duty first, a room that opens once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.convening import (
    AddAgendaItem,
    CancelSitting,
    CloseRoom,
    ConveneExtraordinary,
    ConveneSitting,
    GiveOutPaper,
    InviteAttendee,
    NotifyDuty,
    OpenRoom,
    RecordDeparture,
    RecordPresence,
    TakeBackPaper,
    WriteUpSitting,
    add_agenda_item,
    cancel_sitting,
    close_room,
    convene_extraordinary,
    convene_sitting,
    give_out_paper,
    invite_attendee,
    notify_duty,
    open_room,
    record_departure,
    record_presence,
    take_back_paper,
    write_up_sitting,
)
from domain.convening.agenda import (
    HandlesNoIdentifiedCases,
    HouseholdNeedsSecrecy,
    ItemKindNotTaken,
    NotABasisOfThisBody,
)
from domain.convening.attendance import (
    DutyNotNotified,
    HasLeft,
    NotInvitedForItem,
    NotYetHeld,
    PaperNotOut,
    PaperNumberTaken,
)
from domain.convening.charge import NotOfThisBody, SittingIsCancelled, SittingIsWrittenUp
from domain.convening.invitation import (
    AttendeeNotNamed,
    ItemsNotNamed,
    NotOfThisTier,
    NotOurStaff,
    PersonsDoNotAttend,
)
from domain.convening.room import (
    NobodyWasPresent,
    NoItems,
    NotTheDay,
    RoomIsNotOpen,
    RoomOpensOnce,
    RoomStillOpen,
    WasHeld,
)
from domain.convening.secrecy import PledgeNotInForce
from domain.convening.summons import ExtraordinaryNotAllowed, TooFarAhead
from domain.events import Fact
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PaperGivenOut,
    PaperTakenBack,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
    SittingWrittenUp,
)
from domain.labels import BySitting, OwnRecord, Tag
from domain.profile import Profile
from domain.refusals import AlreadyRecorded, RoleNeeded, Unknown, UnknownBody, UnknownCode
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import Role
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CLINIC,
    CONVENER,
    COORDINATOR,
    HOUSEHOLD,
    ITEM,
    PROFILE,
    SCHOOL,
    SITTING,
    TANAKA,
    TODAY,
    act,
    after,
    capacity,
    chartered,
    fact,
    settled,
    sitting,
    stamp,
    with_independent_clinic,
)

OTHER_ITEM, OPEN_ITEM = UUID(int=51), UUID(int=52)
NURSE, DOCTOR, PERSON, PAPER = (UUID(int=number) for number in range(61, 65))
WHO = {"capacity": "相談員"}


def secretary(profile: Profile = PROFILE) -> Stamp:
    return stamp(COORDINATOR, profile=profile)


def convened(*facts: Fact, body: str = "both", held_on: date = TODAY) -> Sitting:
    """A sitting with an item on each basis, a nurse of the centre and a doctor from outside."""
    return sitting(
        fact(SittingConvened, body=body, held_on=held_on),
        item(ITEM, "support"),
        item(OTHER_ITEM, "layered"),
        fact(AttendeeInvited, attendee=NURSE, kind="staff", agency=CENTRE, **WHO),
        fact(AttendeeInvited, attendee=DOCTOR, kind="outside", agency=CLINIC, **WHO),
        *facts,
    )


def item(key: UUID, basis: str, **more: Any) -> AgendaItemAdded:
    about = {"kind": "case", "title": "議題", "household": HOUSEHOLD}
    return fact(AgendaItemAdded, item=key, basis=basis, **{**about, **more})


def bound(attendee: UUID, **more: Any) -> DutyNotified:
    return fact(DutyNotified, attendee=attendee, text_version="r8", **more)


def present(attendee: UUID, key: UUID = ITEM) -> PresenceRecorded:
    return fact(PresenceRecorded, item=key, attendee=attendee, **WHO)


def attends(attendee: UUID, key: UUID = ITEM) -> RecordPresence:
    return RecordPresence(item=key, attendee=attendee)


@pytest.mark.parametrize("marked", [{"concealed": True}, {"tags": ["opinion", "location"]}])
def test_no_entry_of_a_sitting_is_kept_from_those_who_keep_its_record(marked: Any) -> None:
    about = {"item": ITEM, "attendee": NURSE}
    with pytest.raises(ValidationError):
        RecordPresence.model_validate({**about, **marked})
    plain = RecordPresence.model_validate({**about, "concealed": False, "tags": ["opinion"]})
    assert plain.tags == (Tag.OPINION,)


# 招集


def test_a_sitting_is_convened_for_a_day_with_its_write_up_due_in_working_days() -> None:
    command = ConveneSitting(body="both", held_on=date(2026, 4, 3))
    [told] = convene_sitting(Sitting(id=SITTING), command, secretary())
    assert told.write_up_due == date(2026, 4, 10)
    assert (told.body, told.extraordinary) == ("both", False)


def test_only_the_offices_of_a_body_convene_it() -> None:
    command = ConveneSitting(body="both", held_on=TODAY)
    with pytest.raises(RoleNeeded):
        convene_sitting(Sitting(id=SITTING), command, stamp())
    elsewhere = stamp(capacity(CENTRE, "general", Role.COORDINATOR))
    with pytest.raises(NotOfThisBody):
        convene_sitting(Sitting(id=SITTING), command, elsewhere)


def test_a_body_the_municipality_does_not_have_is_not_convened() -> None:
    with pytest.raises(UnknownBody):
        convene_sitting(
            Sitting(id=SITTING), ConveneSitting(body="no-body", held_on=TODAY), secretary()
        )


def test_a_sitting_is_convened_once_and_within_two_years() -> None:
    with pytest.raises(AlreadyRecorded):
        convene_sitting(convened(), ConveneSitting(body="both", held_on=TODAY), secretary())
    command = ConveneSitting(body="both", held_on=date(2028, 4, 2))
    with pytest.raises(TooFarAhead):
        convene_sitting(Sitting(id=SITTING), command, secretary())


# 議題


def agenda(**fields: Any) -> AddAgendaItem:
    about = {"item_basis": "support", "title": "4月の案件", "household": HOUSEHOLD}
    return act(AddAgendaItem, **{**about, **fields})


def test_a_body_on_both_bases_splits_its_sitting_by_item() -> None:
    for basis in ("support", "layered"):
        [told] = add_agenda_item(convened(), agenda(item_basis=basis), secretary())
        assert (told.basis, told.household) == (basis, HOUSEHOLD)


def test_an_item_rests_on_a_basis_of_its_body() -> None:
    with pytest.raises(NotABasisOfThisBody) as refused:
        add_agenda_item(convened(body="support"), agenda(item_basis="layered"), secretary())
    assert refused.value.details["allowed"] == ["support"]


def test_a_body_takes_only_its_kinds_of_item() -> None:
    with pytest.raises(ItemKindNotTaken):
        add_agenda_item(convened(body="study"), agenda(item_basis="none"), secretary())


def test_a_body_that_handles_no_identified_cases_takes_up_no_household() -> None:
    profile = chartered(handles="anonymous")
    with pytest.raises(HandlesNoIdentifiedCases):
        add_agenda_item(convened(), agenda(), secretary(profile))


def test_a_household_comes_up_only_as_a_case() -> None:
    with pytest.raises(HouseholdNeedsSecrecy):
        add_agenda_item(convened(), agenda(kind="training"), secretary())


def test_a_training_item_names_no_household() -> None:
    command = agenda(kind="training", household=None, item_basis="none")
    [told] = add_agenda_item(convened(body="study"), command, secretary())
    assert told.household is None


# 選定


def invited(**fields: Any) -> InviteAttendee:
    return act(InviteAttendee, **{"kind": "staff", "capacity": "保健師", **fields})


def test_staff_are_invited_in_the_capacity_of_that_day() -> None:
    command = invited(agency=CENTRE, staff=TANAKA, tier="regular", items=[str(ITEM)])
    [told] = invite_attendee(convened(), command, secretary())
    assert (told.capacity, told.items, told.staff) == ("保健師", (ITEM,), TANAKA)


@pytest.mark.parametrize(
    "fields", [{}, {"kind": "outside"}, {"kind": "person", "items": [str(ITEM)]}]
)
def test_an_attendee_is_named(fields: dict[str, Any]) -> None:
    with pytest.raises(AttendeeNotNamed):
        invite_attendee(convened(), invited(**fields), secretary())


def test_nobody_from_outside_passes_for_staff() -> None:
    with pytest.raises(NotOurStaff):
        invite_attendee(convened(), invited(agency=CLINIC), secretary(with_independent_clinic()))


def test_outsiders_may_be_named_only_by_name() -> None:
    [told] = invite_attendee(convened(), invited(kind="outside", name="町医者"), secretary())
    assert told.name == "町医者"


def test_persons_attend_only_where_the_body_lets_them() -> None:
    command = invited(kind="person", person=CHILD, items=[str(ITEM)])
    with pytest.raises(PersonsDoNotAttend):
        invite_attendee(convened(), command, secretary())


def test_persons_attend_only_the_items_named() -> None:
    command = invited(kind="person", person=CHILD)
    with pytest.raises(ItemsNotNamed):
        invite_attendee(convened(), command, secretary(chartered(person_attends="part")))


def test_a_tier_that_admits_the_person_is_open_to_them() -> None:
    tier = {"id": "guests", "name": "本人", "attendance": "as-needed", "person": True}
    profile = chartered(person_attends="part", tiers=(tier,))
    command = invited(kind="person", person=CHILD, items=[str(ITEM)], tier="guests")
    [told] = invite_attendee(convened(), command, secretary(profile))
    assert told.person == CHILD


def test_an_attendee_belongs_to_the_tier() -> None:
    with pytest.raises(NotOfThisTier):
        invite_attendee(convened(), invited(agency=SCHOOL, tier="regular"), secretary())
    with pytest.raises(UnknownCode):
        invite_attendee(convened(), invited(agency=CENTRE, tier="none"), secretary())


def test_nobody_is_invited_twice_or_to_an_item_that_is_not_there() -> None:
    staff = fact(AttendeeInvited, attendee=PERSON, kind="staff", staff=TANAKA, **WHO)
    with pytest.raises(AlreadyRecorded):
        invite_attendee(convened(staff), invited(agency=CENTRE, staff=TANAKA), secretary())
    command = invited(agency=CENTRE, items=[str(OPEN_ITEM)])
    with pytest.raises(Unknown):
        invite_attendee(convened(), command, secretary())


# 守秘義務


def pledge(attendee: UUID = DOCTOR, **fields: Any) -> NotifyDuty:
    return act(NotifyDuty, **{"attendee": attendee, "text_version": "r8", **fields})


def test_the_duty_is_notified_with_the_text_shown() -> None:
    [told] = notify_duty(convened(), pledge(pledged=True), secretary())
    assert (told.pledged, told.text_version) == (True, "r8")


def test_the_same_notice_is_not_recorded_twice() -> None:
    assert notify_duty(convened(bound(DOCTOR)), pledge(), secretary()) == []
    assert notify_duty(convened(bound(DOCTOR)), pledge(pledged=True), secretary())


def test_a_notice_needs_an_attendee_and_a_text() -> None:
    with pytest.raises(Unknown):
        notify_duty(convened(), pledge(PERSON), secretary())
    with pytest.raises(UnknownCode):
        notify_duty(convened(), pledge(text_version="r1"), secretary())


@pytest.mark.parametrize("until", ["2026-03-31", "2027-04-02"])
def test_a_standing_pledge_holds_on_the_day_and_a_year_at_most(until: str) -> None:
    with pytest.raises(PledgeNotInForce):
        notify_duty(convened(), pledge(standing_until=until), secretary())


# 出席


def test_presence_is_recorded_per_item_in_the_capacity_invited() -> None:
    [told] = record_presence(convened(bound(NURSE)), attends(NURSE), secretary())
    assert (told.item, told.attendee, told.capacity) == (ITEM, NURSE, "相談員")
    assert (
        record_presence(convened(bound(NURSE), present(NURSE)), attends(NURSE), secretary()) == []
    )


def test_nobody_hears_a_confidential_item_before_the_duty_notice() -> None:
    with pytest.raises(DutyNotNotified):
        record_presence(convened(), attends(NURSE), secretary())


def test_an_outsider_hears_it_only_after_the_pledge() -> None:
    with pytest.raises(DutyNotNotified):
        record_presence(convened(bound(DOCTOR)), attends(DOCTOR), secretary())
    assert record_presence(convened(bound(DOCTOR, pledged=True)), attends(DOCTOR), secretary())


def test_a_standing_pledge_counts_on_the_day_of_the_sitting() -> None:
    valid = convened(bound(DOCTOR, standing_until=TODAY))
    assert record_presence(valid, attends(DOCTOR), secretary())
    lapsed = convened(bound(DOCTOR, standing_until=TODAY - timedelta(days=1)))
    with pytest.raises(DutyNotNotified):
        record_presence(lapsed, attends(DOCTOR), secretary())


def test_an_outsider_is_bound_at_a_consented_item_too_and_staff_are_already() -> None:
    assert record_presence(convened(), attends(NURSE, OTHER_ITEM), secretary())
    with pytest.raises(DutyNotNotified):
        record_presence(convened(), attends(DOCTOR, OTHER_ITEM), secretary())
    assert record_presence(convened(bound(DOCTOR)), attends(DOCTOR, OTHER_ITEM), secretary())


def test_an_item_about_nobody_binds_nobody() -> None:
    training = item(OPEN_ITEM, "none", kind="training", household=None)
    assert record_presence(convened(training), attends(DOCTOR, OPEN_ITEM), secretary())


def test_a_city_may_ask_its_own_staff_for_a_pledge() -> None:
    profile = settled(municipal_staff_pledge=True)
    with pytest.raises(DutyNotNotified):
        record_presence(convened(bound(NURSE)), attends(NURSE), secretary(profile))


def test_a_body_may_go_without_notice_for_staff_but_not_for_outsiders() -> None:
    profile = chartered(notice_required=False, pledge_required=False)
    assert record_presence(convened(), attends(NURSE), secretary(profile))
    with pytest.raises(DutyNotNotified):
        record_presence(convened(), attends(DOCTOR), secretary(profile))


def test_presence_is_for_those_invited_for_the_item() -> None:
    guest = fact(AttendeeInvited, attendee=PERSON, kind="person", items=[OTHER_ITEM], **WHO)
    with pytest.raises(NotInvitedForItem):
        record_presence(convened(guest, bound(PERSON)), attends(PERSON), secretary())
    with pytest.raises(NotInvitedForItem):
        record_presence(convened(), attends(PERSON), secretary())
    with pytest.raises(Unknown):
        record_presence(convened(), attends(NURSE, OPEN_ITEM), secretary())


def test_presence_is_not_recorded_before_the_day() -> None:
    tomorrow = convened(bound(NURSE), held_on=TODAY + timedelta(days=1))
    with pytest.raises(NotYetHeld):
        record_presence(tomorrow, attends(NURSE), secretary())


def test_who_left_before_an_item_was_never_present_for_it() -> None:
    held = convened(bound(NURSE), present(NURSE))
    leaves = RecordDeparture(item=OTHER_ITEM, attendee=NURSE)
    [told] = record_departure(held, leaves, secretary())
    assert isinstance(told, PresenceEnded)
    assert after(held, told).present_for(OTHER_ITEM) == frozenset()


def test_a_departure_is_recorded_once_and_of_somebody_known() -> None:
    left = fact(PresenceEnded, item=ITEM, attendee=NURSE)
    leaves = RecordDeparture(item=ITEM, attendee=NURSE)
    assert record_departure(convened(present(NURSE), left), leaves, secretary()) == []
    with pytest.raises(Unknown):
        record_departure(convened(), RecordDeparture(item=ITEM, attendee=PERSON), secretary())


# 資料


def paper(**fields: Any) -> GiveOutPaper:
    about = {"item": str(ITEM), "number": 1, "title": "資料1", "attendees": [str(NURSE)]}
    return act(GiveOutPaper, **{**about, **fields})


def out(*attendees: UUID) -> PaperGivenOut:
    return fact(PaperGivenOut, paper=PAPER, number=1, item=ITEM, title="資料", attendees=attendees)


def test_numbered_papers_go_to_those_bound() -> None:
    [told] = give_out_paper(convened(bound(NURSE)), paper(), secretary())
    assert (told.number, told.attendees) == (1, (NURSE,))
    with pytest.raises(DutyNotNotified):
        give_out_paper(convened(), paper(), secretary())


def test_a_paper_number_is_used_once() -> None:
    with pytest.raises(PaperNumberTaken):
        give_out_paper(convened(bound(NURSE), out(NURSE)), paper(), secretary())


def test_who_has_left_gets_no_paper() -> None:
    left = fact(PresenceEnded, item=ITEM, attendee=NURSE)
    with pytest.raises(HasLeft):
        give_out_paper(convened(bound(NURSE), present(NURSE), left), paper(), secretary())


def test_a_paper_is_taken_back_from_whoever_has_it() -> None:
    command = TakeBackPaper(attendee=NURSE)
    [told] = take_back_paper(convened(out(NURSE)), command, secretary(), paper=PAPER)
    assert isinstance(told, PaperTakenBack)
    assert after(convened(out(NURSE)), told).papers[PAPER].out == frozenset()
    assert after(convened(), told).papers == {}
    with pytest.raises(PaperNotOut):
        take_back_paper(convened(out(DOCTOR)), command, secretary(), paper=PAPER)
    with pytest.raises(Unknown):
        take_back_paper(convened(), command, secretary(), paper=PAPER)


# 会議室


def test_the_room_opens_on_the_day_once() -> None:
    [told] = open_room(convened(), OpenRoom(), stamp(CONVENER))
    assert isinstance(told, RoomOpened)
    closed = convened(fact(RoomOpened), fact(RoomClosed))
    with pytest.raises(RoomOpensOnce):
        open_room(closed, OpenRoom(), secretary())


def test_the_room_opens_neither_on_another_day_nor_without_items() -> None:
    with pytest.raises(NotTheDay):
        open_room(convened(held_on=TODAY - timedelta(days=1)), OpenRoom(), secretary())
    bare = sitting(fact(SittingConvened, body="both", held_on=TODAY))
    with pytest.raises(NoItems):
        open_room(bare, OpenRoom(), secretary())


def test_the_room_closes_when_open() -> None:
    [told] = close_room(convened(fact(RoomOpened)), CloseRoom(), secretary())
    assert isinstance(told, RoomClosed)
    with pytest.raises(RoomIsNotOpen):
        close_room(convened(), CloseRoom(), secretary())


def minutes(**fields: Any) -> WriteUpSitting:
    return act(WriteUpSitting, minutes=[{"text": "話し合った。", **fields}])


def test_minutes_on_a_confidential_item_rest_on_it() -> None:
    held = convened(present(NURSE))
    bases = []
    for key in (ITEM, OTHER_ITEM, None):
        [told] = write_up_sitting(held, minutes(item=key), secretary())
        bases.append(told.minutes[0].label.basis)
    assert bases == [BySitting(sitting=SITTING, item=ITEM), OwnRecord(), OwnRecord()]


def test_minutes_are_written_of_items_that_came_up() -> None:
    with pytest.raises(Unknown):
        write_up_sitting(convened(present(NURSE)), minutes(item=OPEN_ITEM), secretary())


def test_minutes_follow_a_sitting_that_was_held() -> None:
    tomorrow = convened(held_on=TODAY + timedelta(days=1))
    with pytest.raises(NotYetHeld):
        write_up_sitting(tomorrow, minutes(), secretary())
    with pytest.raises(RoomStillOpen):
        write_up_sitting(convened(fact(RoomOpened)), minutes(), secretary())
    with pytest.raises(NobodyWasPresent):
        write_up_sitting(convened(), minutes(), secretary())


def test_after_the_minutes_nothing_is_added() -> None:
    written = fact(SittingWrittenUp, minutes=[])
    with pytest.raises(SittingIsWrittenUp):
        record_presence(convened(written), attends(NURSE), secretary())


def test_a_sitting_is_cancelled_unless_it_was_held() -> None:
    command = CancelSitting(reason="案件なし")
    [told] = cancel_sitting(convened(), command, secretary())
    assert isinstance(told, SittingCancelled)
    cancelled = convened(fact(SittingCancelled, reason="案件なし"))
    assert cancel_sitting(cancelled, command, secretary()) == []
    with pytest.raises(SittingIsCancelled):
        open_room(cancelled, OpenRoom(), secretary())
    with pytest.raises(WasHeld):
        cancel_sitting(convened(present(NURSE)), command, secretary())


# 臨時開催


def at_once(body: str = "support", **fields: Any) -> ConveneExtraordinary:
    doctor = {"kind": "outside", "name": "町医者", "capacity": "医師", "items": [0]}
    attendees = [
        {"kind": "staff", "agency": CENTRE, "capacity": "相談員"},
        {**doctor, "duty": {"pledged": True, "text_version": "r8"}},
    ]
    items = [{"item_basis": "support", "title": "緊急", "household": str(HOUSEHOLD)}]
    about = {"body": body, "items": items, "attendees": attendees}
    return act(ConveneExtraordinary, **{**about, **fields})


def test_an_extraordinary_sitting_is_convened_attended_and_opened_in_one_call() -> None:
    told = convene_extraordinary(Sitting(id=SITTING), at_once(), secretary())
    assert [type(each) for each in told] == [
        SittingConvened,
        AgendaItemAdded,
        AttendeeInvited,
        AttendeeInvited,
        DutyNotified,
        RoomOpened,
    ]
    held = after(Sitting(id=SITTING), *told)
    assert (held.extraordinary, held.room_open, held.held_on) == (True, True, TODAY)
    assert [a.items for a in held.attendees.values()] == [frozenset(), frozenset(held.items)]


def test_extraordinary_sittings_are_only_for_bodies_that_allow_them() -> None:
    with pytest.raises(ExtraordinaryNotAllowed):
        convene_extraordinary(Sitting(id=SITTING), at_once("layered"), secretary())


def test_an_extraordinary_attendee_is_invited_for_an_item_of_the_same_call() -> None:
    attendees = [{"kind": "staff", "agency": CENTRE, "capacity": "相談員", "items": [1]}]
    with pytest.raises(Unknown):
        convene_extraordinary(Sitting(id=SITTING), at_once(attendees=attendees), secretary())


def test_a_sitting_is_known_to_all_offices_of_its_body_whoever_convened_it() -> None:
    [told] = convene_sitting(
        Sitting(id=SITTING), ConveneSitting(body="both", held_on=TODAY), secretary()
    )
    body = PROFILE.body("both", TODAY)
    assert {body.convener.agency, body.secretariat.agency} <= set(told.offices)
    assert all(sitting(told).known_to(capacity(agency)) for agency in told.offices)


def test_a_sitting_is_known_to_its_secretariat_and_its_members() -> None:
    assert convened().known_to(capacity(CENTRE))
    assert not convened().known_to(capacity(CITY))
    assert convened(present(NURSE)).known_to(capacity(CENTRE))
