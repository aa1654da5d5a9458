"""役割を持つ係: what a role opens is what it needs and whom it is about, to that desk alone."""

from datetime import date
from uuid import UUID, uuid4

from domain.events.meeting import RoleAssigned
from domain.events.membership import MemberLeft
from domain.events.sitting import RoomClosed
from domain.gate import Place
from domain.labels import Category
from tests.domain.gated import (
    CHIEF,
    DECISION,
    HOKEN,
    HOME,
    MOTHER,
    OWN,
    ROLE,
    Room,
    World,
    contact,
    fact,
    identified,
    joined,
    label,
    learned,
    reader,
)

TARGET = UUID(int=0x50)


def role(until: str | None = None, **given: object) -> RoleAssigned:
    labelled = learned(agency="city", desk="layered")
    usual = {"role": ROLE, "decision": DECISION, "agency": "hoken", "desk": "chiku"}
    return fact(RoleAssigned, labelled, **{**usual, "task": "訪問", "until": until, **given})


def over(*roles: RoleAssigned) -> tuple[World, Place]:
    """The mother was brought to a room that is closed; she is known by her name."""
    world = World()
    room = Room(world)
    room.bring()
    for tell in (room.invite, room.bind, room.attend, room.open, room.decide):
        tell()
    for each in roles:
        world.tell(each)
    room.tell(RoomClosed)
    return world, world.tell(identified(MOTHER), MOTHER)


def test_a_role_opens_no_record_besides() -> None:
    world, name = over(role())
    told = world.tell(contact(label(Category.HEALTH, subjects=(MOTHER,))))
    assert world.ask(HOKEN, name)[0] == "role"
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_role_is_of_its_desk_and_of_no_desk_of_that_name_elsewhere() -> None:
    world, name = over(role())
    assert not world.opens(reader("hoken", "boshi", staff=CHIEF), name)
    world, name = over(role(agency="gakko"))
    assert not world.opens(HOKEN, name)


def test_a_role_lasts_to_the_end_of_its_last_day() -> None:
    world, name = over(role("2026-09-30"))
    assert world.opens(reader("hoken", "chiku", today=date(2026, 9, 30)), name)
    assert not world.opens(reader("hoken", "chiku", today=date(2026, 10, 1)), name)


def test_of_several_roles_the_one_that_goes_on_opens() -> None:
    lost, elsewhere = role(decision=uuid4()), role(agency="gakko")
    world, name = over(lost, elsewhere, role("2026-03-31"), role(role=uuid4()))
    assert world.ask(HOKEN, name)[0] == "role"


# 構成員でない機関、別の世帯


def test_who_sits_in_it_is_told_to_no_agency_that_does_not() -> None:
    world = World()
    room = Room(world)
    for place in (room.invite(), room.bind(), room.attend(), room.open()):
        assert world.ask(reader("gakko", "kyomu"), place) == ("no-basis", ())


def test_who_wrote_that_somebody_belongs_is_not_told_who_left_by_another_agency() -> None:
    """In whichever household."""
    world = World()
    world.tell(joined(MOTHER))
    city = label(Category.FAMILY, "city", "juki", subjects=(MOTHER,))
    left = fact(MemberLeft, city, person=MOTHER, reason="moved-out")
    for stream in (TARGET, HOME):
        assert world.ask(OWN, world.tell(left, stream)) == ("no-basis", ())
