"""What each kind of fact is to the gate, kind by kind: each row of its tables opens something."""

from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import CATALOGUE, KIND_OF, Fact
from domain.events.consent import InformationRequestReviewed, ShareReviewed
from domain.events.meeting import PlanDecided, PlanEvaluated, PlanRatifiedAfterwards
from domain.events.membership import MemberLeft
from domain.events.oversight import OversightFact
from domain.events.person import (
    AddressRecorded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    SafeContactAgreed,
)
from domain.events.referral import ReferralReviewed
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn, RightsFact
from domain.events.sitting import (
    AgendaItemAdded,
    PaperGivenOut,
    RoomClosed,
    SittingCancelled,
    SittingConvened,
)
from domain.gate import Reader
from domain.labels import ByStatute, Category, Label
from domain.values import Role
from tests.domain.gated import (
    CITY,
    HOKEN,
    HOME,
    IDENTITY,
    ITEM,
    MOTHER,
    OWN,
    PRIVACY,
    PROTECTION,
    ROLE,
    SEAT,
    SECRETARY,
    SITTING,
    TODAY,
    Room,
    World,
    assessed,
    contact,
    fact,
    label,
    learned,
    reader,
    referred,
    shared,
)
from tests.facts import model

ELSEWHERE = UUID(int=0x51)
AT_ITEM: dict[str, Any] = {"plan": ROLE, "sitting": SITTING, "item": ITEM}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (PlanDecided, {"starts_on": TODAY, "review_on": TODAY}),
        (PlanRatifiedAfterwards, {}),
        (PlanEvaluated, {"stage": "interim", "outcome": "continue"}),
    ],
)
def test_the_secretariat_keeps_what_its_sitting_did_about_plans(
    kind: type[Fact], given: dict[str, Any]
) -> None:
    world = World()
    room = Room(world)
    by_school = label(Category.HEALTH, "gakko", "kyomu")
    told = world.tell(fact(kind, by_school, **AT_ITEM, **given))
    assert world.ask(SECRETARY, told) == ("secretariat", (room.convened,))


def test_a_secretariat_of_another_agency_than_convened_it_keeps_the_record() -> None:
    world = World()
    kept = {"offices": ("city", "hoken"), "secretariat": {"agency": "hoken", "desk": "chiku"}}
    of_body = {"body": "shien", "held_on": TODAY, **kept}
    convened = world.tell(fact(SittingConvened, CITY, **of_body), SITTING)
    item = {"item": ITEM, "kind": "case", "basis": "support", "title": "議題", "household": HOME}
    added = world.tell(fact(AgendaItemAdded, CITY, **item), SITTING)
    keeper = reader("hoken", "chiku", Role.COORDINATOR)
    assert world.ask(keeper, added) == ("secretariat", (convened,))
    for desk in (("hoken", "boshi"), ("gakko", "kyomu")):
        assert world.ask(reader(*desk, Role.COORDINATOR), added) == ("no-basis", ())


def test_no_other_desk_of_the_agency_keeps_what_was_learned_in_its_room() -> None:
    """要対協 is kept by the children's desk: 多機関協働 of the same agency does not read in it."""
    world = World()
    kept = {"offices": ("city",), "secretariat": {"agency": "city", "desk": "kodomo"}}
    convened = fact(SittingConvened, CITY, body="youtaikyo", held_on=TODAY, **kept)
    world.tell(convened, SITTING)
    item = {"item": ITEM, "kind": "case", "basis": "other-confidential", "title": "議題"}
    world.tell(fact(AgendaItemAdded, CITY, **item, household=HOME), SITTING)
    by_school = label(Category.FAMILY, "gakko", "kyomu")
    evaluated = {"stage": "interim", "outcome": "continue"}
    told = world.tell(fact(PlanEvaluated, by_school, **AT_ITEM, **evaluated))
    assert world.ask(reader("city", "kodomo", Role.COORDINATOR), told)[0] == "secretariat"
    assert world.ask(SECRETARY, told) == ("no-basis", ())


def test_papers_given_out_rest_on_no_consent_of_their_own() -> None:
    world = World()
    room = Room(world, basis="layered")
    for tell in (room.invite, room.attend, room.open):
        tell()
    paper = {"paper": ROLE, "number": 1, "title": "資料", "attendees": (SEAT,)}
    assert world.ask(HOKEN, room.tell(PaperGivenOut, item=ITEM, **paper))[0] == "room"


def test_whom_a_room_takes_up_is_known_there_by_what_they_are_called() -> None:
    world = World()
    noted = world.tell(fact(PersonNoted, label(Category.IDENTITY), nickname="母"), MOTHER)
    room = Room(world)
    for tell in (room.bring, room.invite, room.bind, room.attend, room.open):
        tell()
    assert world.ask(HOKEN, noted)[0] == "room"


@pytest.mark.parametrize(
    ("told", "stream"),
    [
        (fact(PersonNoted, label(Category.IDENTITY), nickname="母"), MOTHER),
        (fact(SafeContactAgreed, label(Category.IDENTITY), times="午前"), MOTHER),
        (fact(MemberLeft, label(Category.FAMILY), person=MOTHER, reason="died"), HOME),
    ],
    ids=lambda given: type(given).__name__,
)
def test_with_a_case_goes_who_it_is_about_and_how_to_reach_them(told: Fact, stream: UUID) -> None:
    world = World()
    place = world.tell(told, stream)
    assert world.ask(HOKEN, place) == ("no-basis", ())
    sent = world.tell(referred(label(basis=ByStatute(article="apc-6"), subjects=(MOTHER,))))
    assert world.ask(HOKEN, place) == ("statute", (sent,))


def test_what_was_told_in_a_room_is_of_that_household_alone() -> None:
    """The records of another have the same numbers."""
    world = World()
    here, there = world.tell(contact()), world.tell(contact(), ELSEWHERE)
    room = Room(world)
    told = world.tell(shared(learned(), here.version))
    for tell in (room.invite, room.bind, room.attend, room.open):
        tell()
    assert world.ask(HOKEN, here)[0] == "room"
    assert told.version != there.version == here.version
    assert world.ask(HOKEN, there) == ("no-basis", ())


def test_a_desk_knows_what_it_sent_on_for_a_sitting_whoever_was_there() -> None:
    world = World()
    Room(world)
    assert world.ask(OWN, world.tell(referred(learned()))) == ("own-desk", ())
    assert world.ask(OWN, world.tell(assessed(learned()))) == ("not-present", ())


@pytest.mark.parametrize(
    ("kind", "given"), [(RoomClosed, {}), (SittingCancelled, {"reason": "済"})]
)
def test_who_sits_in_it_sees_that_it_is_over(kind: type[Fact], given: dict[str, Any]) -> None:
    world = World()
    room = Room(world)
    invited = room.invite()
    assert world.ask(HOKEN, room.tell(kind, **given)) == ("sitting-member", (invited,))


Kinds = set[type[Fact]]
WHO_AND_WHERE: Kinds = {PersonNoted, PersonIdentified, SafeContactAgreed, AddressRecorded}
CONCEALING: Kinds = {ConcealmentStarted, ConcealmentExtended, ConcealmentEnded, EndingProposed}
RIGHTS: Kinds = {*get_args(RightsFact)} - {FactCorrected, MisfiledRecordWithdrawn}
FOUND_TO_BE: Kinds = {PersonsMerged, PersonsUnmerged}
OVERSIGHT: Kinds = {*get_args(OversightFact)}
REVIEWED: Kinds = {ShareReviewed, ReferralReviewed, InformationRequestReviewed}
OFFICES: list[tuple[Reader, str, Kinds]] = [
    (PROTECTION, "protection", WHO_AND_WHERE | CONCEALING),
    (IDENTITY, "office-identity", WHO_AND_WHERE | FOUND_TO_BE),
    (PRIVACY, "office-privacy", RIGHTS | OVERSIGHT | REVIEWED),
]
STREAM = {"household": HOME, "person": MOTHER, "sitting": SITTING}


@pytest.mark.parametrize("labelled", [label(), learned()], ids=["own", "learned"])
@pytest.mark.parametrize("kind", [CATALOGUE[name] for name in sorted(CATALOGUE)])
@settings(max_examples=1)
@given(data=st.data())
def test_an_office_reads_its_own_kinds_of_record_and_no_other(
    kind: type[Fact], labelled: Label, data: st.DataObject
) -> None:
    """Whatever they say, and wherever it was learned."""
    world = World()
    told = data.draw(model(kind)).model_copy(update={"label": labelled})
    place = world.tell(told, STREAM.get(KIND_OF[kind], ELSEWHERE))
    for by, rule, kinds in OFFICES:
        assert (world.ask(by, place)[0] == rule) == (kind in kinds)
