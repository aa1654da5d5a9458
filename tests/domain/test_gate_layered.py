"""重層的支援会議の部屋: what was brought, by the consent of each; nothing beside it."""

from typing import Any

import pytest

from domain.gate import Place
from domain.labels import Category
from tests.domain.gated import (
    FATHER,
    HOKEN,
    HOME,
    MOTHER,
    Room,
    World,
    consented,
    contact,
    joined,
    label,
)
from tests.domain.test_gate_roles import TARGET


def brought(
    about: tuple[Any, ...], *, subjects: tuple[Any, ...] = (MOTHER,)
) -> tuple[World, Place]:
    """A record about these, tabled for an item that rests on consent; the nurse is there."""
    world = World()
    told = world.tell(contact(label(subjects=about)))
    room = Room(world, "layered")
    room.bring(told.version, labelled=label(Category.PROGRESS), subjects=subjects)
    for tell in (room.invite, room.bind, room.attend, room.open):
        tell()
    return world, told


@pytest.mark.parametrize("about", [(), (MOTHER,)])
def test_a_room_opens_what_is_about_whoever_consents(about: tuple[Any, ...]) -> None:
    world, told = brought(about)
    assert world.ask(HOKEN, told) == ("no-basis", ())
    world.tell(consented())
    assert world.ask(HOKEN, told)[0] == "room"


@pytest.mark.parametrize("about", [(FATHER,), (MOTHER, FATHER)])
def test_what_is_about_another_takes_their_consent_whoever_was_brought(
    about: tuple[Any, ...],
) -> None:
    world, told = brought(about)
    world.tell(consented())
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_what_is_about_nobody_takes_somebodys_consent() -> None:
    world, told = brought((), subjects=())
    world.tell(consented())
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_consent_to_tell_something_else_opens_nothing_in_the_room() -> None:
    world, told = brought((MOTHER,))
    world.tell(consented(categories=(Category.HEALTH,)))
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_room_opens_nothing_of_another_household_that_has_the_same_number() -> None:
    world = World()
    told, hers = world.tell(contact(), HOME), world.tell(joined(MOTHER), HOME)
    other, theirs = world.tell(contact(), TARGET), world.tell(joined(MOTHER), TARGET)
    assert (told.version, hers.version) == (other.version, theirs.version)
    room = Room(world)
    room.bring(told.version)
    for tell in (room.invite, room.bind, room.attend, room.open):
        tell()
    assert world.opens(HOKEN, told)
    assert world.opens(HOKEN, hers)
    for place in (other, theirs):
        assert world.ask(HOKEN, place) == ("no-basis", ())
