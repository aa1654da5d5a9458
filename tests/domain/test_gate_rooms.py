"""支援会議: who was there, bound, for that very item, while the room was open; and what stays."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events.consent import LabelTightened
from domain.events.meeting import (
    CaseStudied,
    MeetingDecided,
    PersonsHeldBack,
    RoleAssigned,
    RoleEnded,
)
from domain.events.sitting import (
    AttendeeInvited,
    DutyNotified,
    PaperGivenOut,
    PresenceEnded,
    RoomClosed,
    SittingWrittenUp,
)
from domain.events.support import OutreachAttempted
from domain.gate import Place
from domain.labels import BySitting, Category, Paragraph
from domain.values import Personal, Role
from tests.domain.gated import (
    CHAIR,
    CHIEF,
    CHILD,
    DECISION,
    FATHER,
    HOKEN,
    ITEM,
    MOTHER,
    NURSE,
    OTHER_ITEM,
    OWN,
    PRIVACY,
    ROLE,
    SEAT,
    SECRETARY,
    SITTING,
    TODAY,
    Room,
    World,
    assessed,
    consented,
    contact,
    fact,
    identified,
    joined,
    label,
    learned,
    reader,
    shared,
    withdrawn,
)

SECOND = UUID(int=0x200)
HEARD = BySitting(sitting=SITTING, item=ITEM)


def tabled(**seat: Any) -> tuple[World, Room, Place, tuple[Place, ...]]:
    """A record tabled, the nurse there and bound, the room open: and the facts that say so."""
    world = World()
    told = world.tell(contact(label(Category.HEALTH, subjects=(MOTHER,))))
    room = Room(world)
    facts = (
        room.bring(told.version),
        room.item,
        room.invite(**seat),
        room.bind(),
        room.attend(),
        room.open(),
    )
    return world, room, told, facts


def test_the_papers_are_open_to_who_is_there_while_the_room_is_open() -> None:
    world, room, told, facts = tabled()
    assert world.ask(HOKEN, told) == ("room", facts)
    assert world.ask(HOKEN, facts[0]) == ("room", facts[1:])
    closed = room.tell(RoomClosed)
    assert world.ask(HOKEN, told) == ("room-closed", (facts[0], closed))


def test_nothing_is_open_before_the_room_is() -> None:
    world = World()
    told = world.tell(contact())
    room = Room(world)
    brought = room.bring(told.version)
    for tell in (room.invite, room.bind, room.attend):
        tell()
    assert world.ask(HOKEN, told) == ("room-closed", (brought,))


@pytest.mark.parametrize(
    "by",
    [
        reader("hoken", "chiku", staff=CHIEF),
        reader("gakko", "kyomu", staff=NURSE),
        reader("hoken", "chiku", Role.PRIVACY, NURSE),
    ],
)
def test_presence_is_of_one_person_in_one_capacity(by: Any) -> None:
    world, _, told, _ = tabled()
    found = world.shown(by, told)
    assert found is None or found.grant.rule == "privacy-metadata"


def test_who_left_the_item_reads_no_more() -> None:
    world, room, told, facts = tabled()
    left = room.tell(PresenceEnded, item=ITEM, attendee=SEAT)
    assert world.ask(HOKEN, told) == ("not-present", (facts[0], left))
    back = room.attend()
    assert world.ask(HOKEN, told)[1][4] == back


def test_who_left_before_the_item_was_never_there() -> None:
    world, room, told, facts = tabled()
    room.add(OTHER_ITEM)
    room.tell(PresenceEnded, item=OTHER_ITEM, attendee=SEAT)
    assert world.ask(HOKEN, told) == ("room", facts)
    later = world.tell(contact())
    brought = room.bring(later.version, item=OTHER_ITEM, labelled=label())
    assert world.ask(HOKEN, later) == ("not-present", (brought,))


def test_an_outsider_reads_after_the_pledge() -> None:
    world = World()
    told = world.tell(contact())
    room = Room(world)
    brought = room.bring(told.version)
    room.invite(kind="outside")
    came, _ = room.attend(), room.open()
    assert world.ask(HOKEN, told) == ("no-duty", (brought, came))
    room.bind()
    assert world.ask(HOKEN, told) == ("no-duty", (brought, came))
    pledged = room.bind(pledged=True)
    assert pledged in world.ask(HOKEN, told)[1]


@pytest.mark.parametrize(("until", "holds"), [(TODAY, True), (date(2026, 4, 9), False)])
def test_a_standing_pledge_holds_until_its_day(until: date, *, holds: bool) -> None:
    world = World()
    told = world.tell(contact())
    room = Room(world)
    room.bring(told.version)
    room.invite(kind="outside")
    bound = room.bind(standing_until=until)
    room.attend()
    room.open()
    assert world.opens(HOKEN, told) is holds
    assert ({bound, room.convened} <= set(world.ask(HOKEN, told)[1])) is holds


def test_a_standing_pledge_holds_for_no_sitting_that_nobody_convened() -> None:
    world, room, told, facts = tabled(kind="outside")
    room.bind(standing_until=TODAY)
    assert world.opens(HOKEN, told)
    world.items = [item for item in world.items if item.place != room.convened]
    assert world.ask(HOKEN, told) == ("no-duty", (facts[0], facts[4]))


def test_nobody_is_there_for_an_item_that_nobody_recorded() -> None:
    world, room, _, _ = tabled()
    room.attend(item=OTHER_ITEM)
    later = world.tell(contact())
    brought = room.bring(later.version, item=OTHER_ITEM, labelled=label())
    assert world.ask(HOKEN, later) == ("not-present", (brought,))


def test_whom_it_is_about_is_known_in_the_room() -> None:
    world, _, _, facts = tabled()
    named, joining = world.tell(identified(MOTHER), MOTHER), world.tell(joined(MOTHER))
    his = world.tell(joined(FATHER))
    assert world.ask(HOKEN, named) == ("room", facts)
    assert world.ask(HOKEN, joining) == ("room", facts)
    assert world.ask(HOKEN, his) == ("no-basis", ())


def test_what_was_tabled_for_another_item_is_not_theirs() -> None:
    world, room, _, _ = tabled()
    room.add(OTHER_ITEM)
    other = world.tell(contact())
    room.bring(other.version, item=OTHER_ITEM, labelled=label())
    assert not world.opens(HOKEN, other)


def test_what_was_shared_in_the_room_is_read_there() -> None:
    world, room, _, facts = tabled()
    told = world.tell(contact())
    share = world.tell(shared(label(basis=HEARD, subjects=(MOTHER,)), told.version))
    assert world.ask(HOKEN, told) == ("room", (share, *facts[1:]))
    assert world.ask(HOKEN, share) == ("room", facts[1:])
    assert world.opens(OWN, share)
    school = world.tell(contact())
    world.tell(shared(label(basis=HEARD), school.version, to_agency="gakko"))
    assert not world.opens(HOKEN, school)
    room.tell(RoomClosed)
    assert not world.opens(HOKEN, told)
    assert not world.opens(HOKEN, share)


def test_what_became_more_sensitive_since_is_no_part_of_what_was_shared_in_the_room() -> None:
    world, _, _, facts = tabled()
    told = world.tell(contact())
    share = world.tell(shared(label(basis=HEARD, subjects=(MOTHER,)), told.version))
    tightened = world.tell(fact(LabelTightened, None, of=told.version, category=Category.ABUSE))
    assert world.ask(HOKEN, told) == ("no-basis", (tightened,))
    assert world.ask(HOKEN, share) == ("room", facts[1:])


def test_papers_stay_in_the_room() -> None:
    world, room, _, facts = tabled()
    given = {"paper": uuid4(), "number": 1, "item": ITEM, "title": "経過", "attendees": (SEAT,)}
    paper = room.tell(PaperGivenOut, **given)
    assert world.ask(HOKEN, paper) == ("room", facts[1:])
    room.tell(RoomClosed)
    assert not world.opens(HOKEN, paper)
    assert world.opens(SECRETARY, paper)


# 会議で知ったこと (rule 3)


def test_what_was_learned_there_is_hidden_from_the_authors_own_colleagues() -> None:
    world, room, _, _ = tabled()
    studied = world.tell(fact(CaseStudied, learned(), sitting=SITTING, item=ITEM))
    for by in (OWN, reader(desk="kanri")):
        assert world.ask(by, studied) == ("not-present", ())
    seat = room.invite(SECOND, staff=OWN.staff, agency="shakyo")
    there = (room.item, seat, room.bind(SECOND), room.attend(SECOND))
    assert world.ask(OWN, studied) == ("own-desk", there)
    assert world.ask(reader(desk="kanri"), studied) == ("own-agency", there)
    closed = room.tell(RoomClosed)
    assert world.opens(OWN, studied)
    left = room.tell(PresenceEnded, item=ITEM, attendee=SECOND)
    assert world.ask(OWN, studied) == ("not-present", (left, closed))


def test_what_a_desk_brought_itself_it_goes_on_reading() -> None:
    world, _, _, facts = tabled()
    assert world.ask(OWN, facts[0]) == ("own-desk", ())
    assert world.ask(reader(desk="kanri"), facts[0]) == ("not-present", ())


@pytest.mark.parametrize("kind", ["attempted", "met"])
def test_a_desk_reads_of_its_own_visit_whoever_was_there(kind: str) -> None:
    """Rule 19: the sitting is why they went, not where they heard it; others of the agency wait."""
    world = World()
    Room(world)
    heard = learned(basis={"kind": "sitting", "sitting": SITTING, "item": OTHER_ITEM})
    if kind == "met":
        told = world.tell(contact(learned(), learned(), heard))
    else:
        said = (Paragraph(text=Personal("話"), label=each) for each in (learned(), heard))
        went = {"outreach": uuid4(), "method": "visit", "narrative": tuple(said)}
        told = world.tell(fact(OutreachAttempted, learned(), **went))
    assert world.ask(OWN, told) == ("own-desk", ())
    assert world.ask(reader(desk="kanri"), told) == ("not-present", ())
    found = world.shown(OWN, told)
    assert found is not None
    assert found.withheld == ("narrative.1",)


def test_what_was_learned_in_a_sitting_nobody_recorded_is_closed() -> None:
    world = World()
    told = world.tell(assessed(learned()))
    assert world.ask(OWN, told) == ("not-present", ())


def test_what_was_learned_for_one_item_comes_into_no_other_room() -> None:
    world, room, _, _ = tabled()
    room.add(OTHER_ITEM)
    other = BySitting(sitting=SITTING, item=OTHER_ITEM)
    told = world.tell(contact(label(basis=other)))
    room.bring(told.version)
    assert not world.opens(HOKEN, told)


def test_whose_case_was_spoken_of_without_a_name_the_room_does_not_learn() -> None:
    """事例検討: whoever of that desk was there and the secretariat read it, nobody else."""
    world = World()
    told = world.tell(contact(label(Category.HEALTH, subjects=(MOTHER,))))
    room = Room(world)
    room.add(OTHER_ITEM, household=None)
    at: dict[str, Any] = {"sitting": SITTING, "item": OTHER_ITEM}
    seats = ((CHAIR, "shakyo"), (NURSE, "hoken"))
    for number, (staff, agency) in enumerate(seats):
        seat = UUID(int=0x300 + number)
        room.invite(seat, staff=staff, agency=agency)
        room.bind(seat)
        room.attend(seat, OTHER_ITEM)
    room.open()
    studied = world.tell(fact(CaseStudied, learned(basis={"kind": "sitting", **at}), **at))
    assert world.ask(reader(staff=CHAIR), studied)[0] == "own-desk"
    assert world.ask(SECRETARY, studied)[0] == "secretariat"
    for by in (OWN, HOKEN, reader(desk="kanri", staff=CHAIR)):
        assert not world.opens(by, studied)
    paper = {"paper": uuid4(), "number": 1, "title": "資料", "item": OTHER_ITEM}
    assert world.ask(HOKEN, room.tell(PaperGivenOut, attendees=(), **paper))[0] == "room"
    assert not world.opens(HOKEN, told)


# 事務局


def test_the_secretariat_keeps_the_record() -> None:
    world, room, told, facts = tabled()
    room.tell(RoomClosed)
    decided = room.decide()
    role = world.tell(_role())
    learned_there = world.tell(assessed(learned()))
    kept = {
        told: (facts[0], room.convened, room.item),
        facts[0]: (room.convened,),
        decided: (room.convened,),
        role: (decided, room.convened),
        learned_there: (room.convened, room.item),
        room.item: (room.convened,),
    }
    outside = reader("kikaku", "joho", Role.COORDINATOR, CHAIR)
    beside = reader("city", "other", Role.COORDINATOR, CHAIR)
    for place, why in kept.items():
        assert world.ask(SECRETARY, place)[0] in {"secretariat", "own-desk"}
        if place not in {decided, room.item}:
            assert world.ask(SECRETARY, place) == ("secretariat", why)
        assert not world.opens(outside, place)
        assert not world.opens(beside, place) or place == room.item
        assert not world.opens(reader("city", "layered", Role.COUNSELLOR), told)


def test_the_record_of_a_sitting_without_its_convening_is_nobodys() -> None:
    world = World()
    room = Room(world)
    told = world.tell(contact())
    room.bring(told.version)
    world.items = [item for item in world.items if item.place != room.convened]
    assert not world.opens(SECRETARY, told)


def test_minutes_stay_with_the_secretariat() -> None:
    world, room, _, _ = tabled()
    basis = learned(Category.ORGANISATION, agency="city", desk="layered")
    minutes = room.tell(SittingWrittenUp, minutes=({"text": "話合い", "label": basis},))
    found = world.shown(SECRETARY, minutes)
    assert found is not None
    assert found.withheld == ()
    assert not world.opens(HOKEN, minutes)
    found = world.shown(reader("city", "layered", staff=CHIEF), minutes)
    assert found is not None
    assert found.withheld == ("minutes.0",)


# 構成員


def test_the_agencies_invited_see_who_sits_in_it_item_by_item() -> None:
    world = World()
    room = Room(world)
    other = room.add(OTHER_ITEM)
    invited = room.invite(items=(ITEM,))
    bound = room.bind()
    opened = room.open()
    for place in (room.convened, room.item, invited, bound, opened):
        rested_on = () if place == invited else (invited,)
        assert world.ask(HOKEN, place) == ("sitting-member", rested_on)
    assert world.ask(HOKEN, other) == ("no-basis", ())
    came = room.attend(item=OTHER_ITEM)
    assert world.ask(HOKEN, other) == ("sitting-member", (invited, came))
    assert not world.opens(reader("gakko", "kyomu"), room.item)
    lost = room.tell(DutyNotified, attendee=uuid4(), text_version="duty-1")
    assert not world.opens(HOKEN, lost)
    second = room.invite(SECOND, staff=CHIEF)
    assert world.ask(HOKEN, second) == ("sitting-member", ())


def test_who_of_the_family_attends_is_known_to_those_invited_for_that_item() -> None:
    world = World()
    room = Room(world)
    room.add(OTHER_ITEM)
    family = {"kind": "person", "staff": None, "agency": None, "person": MOTHER}
    attends = room.invite(SECOND, items=(OTHER_ITEM,), **family)
    room.invite(items=(ITEM,))
    assert world.ask(HOKEN, attends) == ("no-basis", ())
    room.attend(item=OTHER_ITEM)
    assert world.opens(HOKEN, attends)


OF_THE_FAMILY: dict[str, Any] = {"kind": "person", "person": MOTHER, "capacity": "本人"}


def test_who_attends_as_the_person_sits_for_no_agency() -> None:
    world, room, told, facts = tabled(**OF_THE_FAMILY)
    decided = room.decide()
    for place in (told, facts[0], decided, room.convened, room.item):
        assert world.ask(HOKEN, place) == ("no-basis", ())
        assert world.ask(reader("hoken", "boshi", staff=CHIEF), place) == ("no-basis", ())
    seat = room.invite(SECOND)
    assert world.ask(HOKEN, room.convened) == ("sitting-member", (seat,))


def test_who_comes_for_a_person_acts_for_them() -> None:
    world, room, _, _ = tabled()
    hidden = world.tell(contact(label(hidden_from=(FATHER,))))
    room.bring(hidden.version)
    assert world.opens(HOKEN, hidden)
    acting = room.tell(
        AttendeeInvited, attendee=SECOND, kind="outside", person=FATHER, agency="hoken",
        capacity="代理人",
    )  # fmt: skip
    assert world.ask(HOKEN, hidden) == ("wall", (acting,))


# 決定と役割


def _role(**given: Any) -> RoleAssigned:
    labelled = learned(agency="city", desk="layered")
    usual: dict[str, Any] = {
        "role": ROLE,
        "decision": DECISION,
        "agency": "hoken",
        "desk": "chiku",
        "task": "定期の訪問",
        "needed": ({"text": "午前がよい", "label": labelled},),
    }
    return fact(RoleAssigned, labelled, **{**usual, **given})


def test_decisions_stay_visible_to_the_agencies_that_were_there() -> None:
    world, room, _, facts = tabled()
    decided = room.decide()
    role = world.tell(_role(agency="gakko", desk="kyomu"))
    room.tell(RoomClosed)
    colleague = reader("hoken", "boshi", staff=CHIEF)
    assert world.ask(colleague, decided) == ("decision", facts[1:5])
    assert world.ask(colleague, role) == ("decision", (decided, *facts[1:5]))
    found = world.shown(colleague, role)
    assert found is not None
    assert found.withheld == ("needed.0",)
    assert world.ask(reader("kodomo", "soudan"), decided) == ("no-basis", ())
    lost = world.tell(_role(decision=uuid4()))
    assert world.ask(colleague, lost) == ("addressed", ())


def test_a_decision_tells_nothing_of_another_room() -> None:
    """Rule 3: neither those it binds, nor who holds a role, nor the secretariat was there."""
    world, room, _, _ = tabled()
    elsewhere = learned(basis=BySitting(sitting=uuid4(), item=uuid4()))
    said = {"text": "夜は父がいない", "label": elsewhere}
    decided = room.decide(narrative=(said,))
    role = world.tell(_role(needed=(said,)))
    for by in (HOKEN, SECRETARY):
        for place, withheld in ((decided, "narrative.0"), (role, "needed.0")):
            found = world.shown(by, place)
            assert found is not None
            assert withheld in found.withheld
    heard = world.tell(_role(role=uuid4()).model_copy(update={"label": elsewhere}))
    assert world.ask(HOKEN, heard)[0] == "addressed"
    at = {"decision": uuid4(), "sitting": SITTING, "item": ITEM, "kind": "roles", "rested_on": 1}
    other = world.tell(fact(MeetingDecided, elsewhere, **at))
    named = world.tell(identified(MOTHER).model_copy(update={"label": elsewhere}), MOTHER)
    paper = {"paper": uuid4(), "number": 1, "title": "資料", "item": ITEM, "attendees": ()}
    theirs = world.tell(fact(PaperGivenOut, elsewhere, **paper), SITTING)
    for place in (other, named, theirs):
        assert not world.opens(reader("hoken", "boshi", staff=CHIEF), place)
        assert not world.opens(reader("city", "other", Role.COORDINATOR, CHAIR), place)


def test_what_a_role_needs_goes_to_the_desk_that_holds_it_until_it_ends() -> None:
    world, room, _, facts = tabled()
    brought = facts[0]
    decided = room.decide()
    role = world.tell(_role(until="2026-09-30"))
    room.tell(RoomClosed)
    facts = (role, decided, brought, facts[1], facts[2], facts[3])
    assert world.ask(HOKEN, role) == ("role", (decided, *facts[3:]))
    colleague = reader("hoken", "chiku", staff=CHIEF)
    found = world.shown(colleague, role)
    assert found is not None
    assert found.withheld == ()
    named = world.tell(identified(MOTHER), MOTHER)
    joining, his = world.tell(joined(MOTHER)), world.tell(joined(FATHER))
    assert world.ask(colleague, named) == ("role", facts)
    assert world.ask(colleague, joining) == ("role", facts)
    assert not world.opens(colleague, his)
    over = reader("hoken", "chiku", today=date(2026, 10, 1))
    assert world.ask(over, named) == ("role-ended", (role,))
    assert not world.opens(reader("gakko", "kyomu"), named)


def test_a_role_that_was_handed_over_ends_for_who_held_it() -> None:
    world, room, _, _ = tabled()
    room.decide()
    role, named = world.tell(_role()), world.tell(identified(MOTHER), MOTHER)
    room.tell(RoomClosed)
    holder = reader("hoken", "chiku", staff=CHIEF)
    given = {"role": OTHER_ITEM, "desk": "boshi", "predecessor": ROLE}
    world.tell(_role(**given), UUID(int=0x52))
    assert world.ask(holder, named)[0] == "role"
    handed = world.tell(_role(**given))
    assert world.ask(holder, named) == ("role-ended", (role, handed))
    assert world.ask(reader("hoken", "boshi", staff=CHIEF), named)[0] == "role"


def test_a_role_ends_for_who_held_it_when_that_is_recorded() -> None:
    world, room, _, _ = tabled()
    room.decide()
    role, named = world.tell(_role()), world.tell(identified(MOTHER), MOTHER)
    room.tell(RoomClosed)
    holder = reader("hoken", "chiku", staff=CHIEF)
    of = {"decision": DECISION, "agency": "hoken", "desk": "chiku"}
    world.tell(fact(RoleEnded, None, role=ROLE, **of), UUID(int=0x52))
    world.tell(fact(RoleEnded, None, role=OTHER_ITEM, **of))
    assert world.ask(holder, named)[0] == "role"
    over = world.tell(fact(RoleEnded, None, role=ROLE, **of))
    assert world.ask(holder, named) == ("role-ended", (role, over))
    assert world.opens(holder, over)
    assert world.opens(SECRETARY, over)


def test_a_role_is_about_all_who_had_been_brought_when_it_was_given() -> None:
    world, room, _, facts = tabled()
    his_paper = room.bring(subjects=(FATHER,))
    room.add(OTHER_ITEM)
    room.bring(subjects=(CHILD,), item=OTHER_ITEM)
    decided = room.decide()
    role = world.tell(_role())
    room.bring(subjects=(CHILD,))
    room.tell(RoomClosed)
    his, theirs = world.tell(joined(FATHER)), world.tell(joined(CHILD))
    assert world.ask(HOKEN, his) == ("role", (role, decided, his_paper, *facts[1:4]))
    assert not world.opens(HOKEN, theirs)


def test_a_role_takes_the_consent_of_all_who_had_been_brought() -> None:
    """Each is named by the fewest papers that say so."""
    world = World()
    room = Room(world, "layered")
    room.invite()
    room.bind()
    room.bring()
    his_paper = room.bring(subjects=(FATHER,))
    room.bring(subjects=(MOTHER, FATHER))
    more = room.bring(subjects=(FATHER, MOTHER))
    decided = room.decide()
    role = world.tell(_role())
    hers = world.tell(consented())
    assert world.ask(HOKEN, role)[0] == "addressed"
    his = world.tell(consented(FATHER, UUID(int=0x66)))
    rule, named = world.ask(HOKEN, role)
    assert (rule, {*named}) == ("role", {decided, more, room.item, hers, his})
    assert his_paper not in named
    world.tell(withdrawn(UUID(int=0x66), by=FATHER))
    assert world.ask(HOKEN, role)[0] == "addressed"


def test_a_role_names_whom_it_is_about() -> None:
    world, room, _, _ = tabled()
    decided = room.decide()
    labelled = learned(agency="city", desk="layered", subjects=(FATHER,))
    role = world.tell(_role().model_copy(update={"label": labelled}))
    his, hers = world.tell(joined(FATHER)), world.tell(joined(MOTHER))
    room.tell(RoomClosed)
    assert world.ask(HOKEN, his)[1][:2] == (role, decided)
    assert not world.opens(HOKEN, hers)


def test_a_role_tells_nothing_before_the_duty_notice() -> None:
    world = World()
    room = Room(world)
    room.invite()
    room.bring()
    room.decide()
    role = world.tell(_role())
    named = world.tell(identified(MOTHER), MOTHER)
    colleague = reader("hoken", "chiku", staff=CHIEF)
    assert world.ask(colleague, role) == ("addressed", ())
    assert world.ask(colleague, named) == ("no-duty", (role,))
    room.bind()
    assert world.ask(colleague, role)[0] == world.ask(colleague, named)[0] == "role"


def test_a_role_of_an_item_nobody_recorded_tells_nothing() -> None:
    world = World()
    room = Room(world)
    room.decide(item=OTHER_ITEM)
    role = world.tell(_role())
    assert world.ask(HOKEN, role) == ("addressed", ())
    plain = label(agency="city", desk="layered")
    known = world.tell(_role(role=uuid4(), needed=()).model_copy(update={"label": plain}))
    assert world.ask(HOKEN, known) == ("addressed", ())
    elsewhere = World()
    Room(elsewhere).decide(sitting=uuid4())
    lost = elsewhere.tell(_role())
    assert elsewhere.ask(HOKEN, lost) == ("addressed", ())


# 重層的支援会議


def layered(*consents: Any) -> tuple[World, Room, Place]:
    world = World()
    for consent in consents:
        world.tell(consent)
    told = world.tell(contact(label(subjects=(MOTHER,))))
    room = Room(world, "layered")
    room.bring(told.version, labelled=label(subjects=(MOTHER,)))
    for tell in (room.invite, room.attend, room.open):
        tell()
    return world, room, told


def test_a_layered_meeting_reads_on_the_consent_of_each_person() -> None:
    world, room, told = layered()
    named = world.tell(identified(MOTHER), MOTHER)
    nameless = world.tell(contact())
    room.bring(nameless.version, labelled=label())
    assert not world.opens(HOKEN, told)
    consent = world.tell(consented())
    for place in (told, named, nameless):
        assert world.ask(HOKEN, place)[0] == "room"
        assert world.ask(HOKEN, place)[1][-1] == consent
    assert not world.opens(SECRETARY, told)
    world.tell(withdrawn())
    assert not world.opens(HOKEN, told)


def test_of_an_item_nobody_recorded_the_secretariat_keeps_nothing() -> None:
    world = World()
    told = world.tell(contact())
    Room(world).bring(told.version, item=OTHER_ITEM, labelled=label())
    assert world.ask(SECRETARY, told) == ("no-basis", ())


def test_who_is_held_back_is_told_to_those_who_wrote_it_alone() -> None:
    world, _, _ = layered(consented())
    held = {"sitting": SITTING, "item": ITEM, "persons": (FATHER,), "tabled": (1,)}
    back = world.tell(fact(PersonsHeldBack, label(Category.PROGRESS, subjects=(FATHER,)), **held))
    assert [world.opens(by, back) for by in (OWN, reader(desk="kanri"))] == [True, True]
    assert [world.ask(by, back) for by in (HOKEN, SECRETARY)] == [("no-basis", ())] * 2
    his = world.tell(identified(FATHER), FATHER), world.tell(joined(FATHER))
    assert not any(world.opens(HOKEN, each) for each in his)


def test_who_is_held_back_in_a_confidential_item_is_told_in_its_room() -> None:
    world, room, _, facts = tabled()
    held = {"sitting": SITTING, "item": ITEM, "persons": (FATHER,)}
    back = world.tell(fact(PersonsHeldBack, learned(subjects=(FATHER,)), **held))
    assert world.ask(HOKEN, back) == ("room", facts[1:])
    assert world.ask(SECRETARY, back)[0] == "secretariat"
    room.tell(RoomClosed)
    assert not world.opens(HOKEN, back)


def test_a_layered_role_rests_on_the_consents_too() -> None:
    world, room, _ = layered(consented())
    room.decide()
    role = world.tell(_role().model_copy(update={"label": label(agency="city", desk="layered")}))
    assert world.ask(HOKEN, role)[0] == "role"
    world.tell(withdrawn())
    assert world.ask(HOKEN, role)[0] == "decision"


def test_an_outsider_of_a_layered_meeting_needs_the_notice_alone() -> None:
    world = World()
    world.tell(consented())
    told = world.tell(contact(label(subjects=(MOTHER,))))
    room = Room(world, "layered")
    room.bring(told.version, labelled=label())
    room.invite(kind="outside")
    room.attend()
    room.open()
    assert not world.opens(HOKEN, told)
    room.bind()
    assert world.opens(HOKEN, told)


def test_the_privacy_officer_sees_that_a_sitting_was_held() -> None:
    world, room, told, _ = tabled()
    assert world.ask(PRIVACY, told) == ("privacy-metadata", ())
    assert world.ask(PRIVACY, room.item) == ("privacy-metadata", ())
