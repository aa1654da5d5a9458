"""What the rows of a household, its people and its sittings tell the gate."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.events.consent import LabelTightened
from domain.events.meeting import AssessmentRecorded, BroughtToSitting
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessReviewed,
)
from domain.events.person import AddressRecorded, ConcealmentStarted, PersonIdentified
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingConvened,
)
from domain.gate import Place, Reader
from domain.labels import BySitting, Category
from domain.ledger.datastore import Datastore
from domain.values import Author, Role, StaffId
from projections.access import cases
from projections.case_view import case_view
from projections.reading import readable
from projections.reads import READS
from projections.runner import Runner
from projections.tasks import tasks
from projections.timeline import timeline
from tests.projections.facts import DAY, MOTHER, NURSE, SODAN, SON, TODAY, fact, new, paragraph
from tests.projections.given import Told
from tests.projections.test_reading import Connection, joined, taken_in

NOON = datetime(2026, 4, 10, 3, tzinfo=UTC)
NURSES = Reader(NURSE.staff, NURSE.capacity, TODAY, NOON)
OFFICER = StaffId(UUID(int=0x9))
PRIVACY = Reader(
    OFFICER,
    NURSE.capacity.model_copy(update={"agency": "city", "desk": "joho", "role": Role.PRIVACY}),
    TODAY,
    NOON,
)
OFFICE = Author(staff=OFFICER, capacity=PRIVACY.capacity)


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute("SET ROLE setai_api")
        yield opened


@pytest.fixture
def household(told: Told) -> UUID:
    household = new()
    labelled = {"category": Category.IDENTITY, "subjects": (MOTHER,)}
    told(MOTHER, fact(PersonIdentified, labelled=labelled, name="芦屋花子", kana="アシヤハナコ"))
    told(household, *taken_in())
    return household


def access(**given: Any) -> EmergencyAccessOpened:
    usual: dict[str, Any] = {
        "access": new(),
        "staff": NURSE.staff,
        "agency": "hoken",
        "desk": "chiku",
        "reason": "窓を割る音がして、子どもの声がする。",
        "until": NOON + timedelta(hours=3),
        "review_due": "2026-04-17",
        "owner_agency": "shakyo",
        "owner_desk": "sodan",
    }
    return fact(EmergencyAccessOpened, NURSE, **{**usual, **given})


def read(connection: Connection, told: Told, household: UUID, by: Reader) -> str:
    """All that is readable of the household's rows, as text."""
    case = cases(connection, [household], TODAY, all_kinds=True)[household]
    found = readable(case.of[household], by, case.situation)
    return f"{found} {told.words(found)}"


def kinds_of(connection: Connection, by: Reader) -> set[str]:
    return {task.kind for task in tasks(connection, reader=by).tasks}


def test_break_glass_opens_the_case_for_its_hours_and_asks_for_a_review(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    runner.catch_up()
    assert case_view(connection, household, reader=NURSES) is None
    begun = access()
    told(household, begun, by=NURSE)
    runner.catch_up()
    view = case_view(connection, household, reader=NURSES)
    assert view is not None
    assert "芦屋花子" in told.words(view.people[MOTHER].rows)
    (item,) = view.rows["consultation"][0].items
    assert item.grant is not None
    assert (item.grant.rule, item.grant.facts) == ("break-glass", (Place(household, 6),))
    assert "学校に行っていない" in told.words(timeline(connection, household, reader=NURSES))
    late = Reader(NURSE.staff, NURSE.capacity, TODAY, NOON + timedelta(hours=3))
    view = case_view(connection, household, reader=late)
    assert view is not None
    assert set(view.rows) == {"access"}
    assert kinds_of(connection, PRIVACY) == {"review-access"}
    assert "notice-access" in kinds_of(connection, Reader(SODAN.staff, SODAN.capacity, TODAY))
    told(household, fact(EmergencyAccessReviewed, OFFICE, access=begun.access, proper=True))
    runner.catch_up()
    assert kinds_of(connection, PRIVACY) == set()
    assert "学校に行っていない" not in read(connection, told, household, NURSES)


def test_a_protected_place_is_seen_once_by_whoever_was_approved(
    connection: Connection, datastore: Datastore, told: Told, runner: Runner, household: UUID
) -> None:
    with datastore.session() as projector:
        for statement in READS.create():
            projector.execute(statement)
    secret = {"person": MOTHER, "location": True}
    begun = access(**secret)
    told(MOTHER, fact(AddressRecorded, address=new(), place="residence", text="南町1-2",
                      period={"start": DAY}))  # fmt: skip
    told(MOTHER, fact(ConcealmentStarted, concealment=new(), threat="dv", until="2027-03-31"))
    told(household, begun, by=NURSE)
    told(household, fact(EmergencyAccessApproved, access=begun.access))
    runner.catch_up()
    assert "南町" in told.words(case_view(connection, household, reader=NURSES))
    shown = "INSERT INTO projections.reads (stream, key, rule, facts) VALUES (%s, '1:0', %s, %s)"
    facts = json.dumps([[str(household), 6]])
    with datastore.session() as projector:
        projector.execute(shown, (new(), "break-glass-location", facts))
    view = case_view(connection, household, reader=NURSES)
    assert view is not None
    assert "南町" not in told.words(view)


def test_an_audit_case_opens_the_content_until_it_is_closed(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    case = new()
    runner.catch_up()
    assert "学校に行っていない" not in read(connection, told, household, PRIVACY)
    assert "ConsultationReceived" in read(connection, told, household, PRIVACY)
    told(household, fact(AuditCaseOpened, OFFICE, case=case, reason="苦情の点検"), by=OFFICE)
    runner.catch_up()
    assert "学校に行っていない" in read(connection, told, household, PRIVACY)
    told(household, fact(AuditCaseClosed, OFFICE, case=case), by=OFFICE)
    runner.catch_up()
    assert "学校に行っていない" not in read(connection, told, household, PRIVACY)


def test_a_stricter_label_is_read_with_its_record(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, fact(LabelTightened, of=5, category=Category.HEALTH))
    runner.catch_up()
    view = case_view(connection, household, reader=Reader(SODAN.staff, SODAN.capacity, TODAY))
    assert view is not None
    (item,) = view.rows["consultation"][0].items
    assert item.fact.label.category is Category.HEALTH


def test_the_room_opens_what_was_tabled_to_who_is_there(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    sitting, item, other, seat = new(), new(), new(), new()
    told(
        sitting,
        fact(SittingConvened, body="shien", held_on="2026-04-10"),
        *(
            fact(AgendaItemAdded, item=each, kind="case", basis="support", title="議題",
                 household=of)
            for each, of in ((item, household), (other, new()))
        ),
        fact(AttendeeInvited, attendee=seat, kind="staff", staff=NURSE.staff, agency="hoken",
             capacity="保健師"),
        fact(DutyNotified, attendee=seat, text_version="duty-1"),
        fact(PresenceRecorded, item=item, attendee=seat, capacity="保健師"),
        fact(RoomOpened),
    )  # fmt: skip
    basis = BySitting(sitting=sitting, item=item)
    brought = {"sitting": sitting, "item": item, "subjects": (MOTHER,), "tabled": (5,)}
    told(household, fact(BroughtToSitting, labelled={"basis": basis}, **brought))
    about = {"assessment": new(), "persons": (), "fields": (), "issues": ()}
    heard = paragraph("会議で聞いた話", basis=basis)
    told(household, fact(AssessmentRecorded, labelled={"basis": basis}, narrative=heard, **about))
    runner.catch_up()
    view = case_view(connection, household, reader=NURSES)
    assert view is not None
    assert set(view.rows) == {"consultation", "item", "assessment", "member"}
    assert "芦屋花子" in told.words(view.people[MOTHER].rows)
    own = Reader(SODAN.staff, SODAN.capacity, TODAY)
    assert "会議で聞いた話" not in told.words(timeline(connection, household, reader=own))
    assert "会議で聞いた話" in told.words(timeline(connection, household, reader=NURSES))
    told(sitting, fact(RoomClosed))
    runner.catch_up()
    assert case_view(connection, household, reader=NURSES) is None


def test_members_of_other_households_bring_nothing_along(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    elsewhere = new()
    told(elsewhere, joined(SON, "child"), access())
    runner.catch_up()
    assert "学校に行っていない" not in read(connection, told, household, NURSES)
