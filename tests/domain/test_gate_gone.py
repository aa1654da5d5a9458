"""行き先: where somebody went may be where a protected person is."""

from uuid import UUID

import pytest

from domain.events.membership import MemberLeft
from domain.events.person import ConcealmentStarted
from domain.gate import Place
from domain.labels import Tag
from tests.domain.gated import CHILD, FATHER, HOME, MOTHER, OWN, World, concealed, fact, label


def gone(who: UUID) -> tuple[World, Place]:
    world = World()
    labelled = label(subjects=(who,), tags=(Tag.LOCATION,))
    told = fact(MemberLeft, labelled, person=who, reason="moved-out", destination="遠くの町")
    return world, world.tell(told, HOME)


def told_where(world: World, place: Place) -> str | None:
    """As the desk reads it that wrote it down."""
    seen = world.shown(OWN, place)
    assert seen is not None
    assert isinstance(seen.item.fact, MemberLeft)
    return seen.item.fact.destination


def another(*against: UUID) -> ConcealmentStarted:
    return concealed(*against).model_copy(update={"concealment": UUID(int=80)})


def test_where_the_other_party_went_is_read_by_those_who_keep_the_others_safe() -> None:
    world, place = gone(FATHER)
    world.tell(concealed(FATHER), MOTHER)
    world.tell(another(FATHER), CHILD)
    assert told_where(world, place) == "遠くの町"


def test_from_whom_else_they_are_protected_is_all_one() -> None:
    world, place = gone(FATHER)
    world.tell(concealed(FATHER), MOTHER)
    world.tell(another(CHILD), MOTHER)
    assert told_where(world, place) == "遠くの町"


def test_the_other_party_of_one_may_be_with_another_who_is_protected() -> None:
    world, place = gone(FATHER)
    world.tell(concealed(FATHER), MOTHER)
    world.tell(another(), CHILD)
    assert told_where(world, place) is None


def test_the_other_party_of_one_may_be_protected_too() -> None:
    world, place = gone(FATHER)
    world.tell(concealed(FATHER), MOTHER)
    world.tell(another(FATHER, MOTHER), FATHER)
    assert world.shown(OWN, place) is None


@pytest.mark.parametrize("against", [(), (FATHER,)])
def test_anybody_else_may_have_gone_to_the_protected(against: tuple[UUID, ...]) -> None:
    world, place = gone(CHILD)
    assert told_where(world, place) == "遠くの町"
    world.tell(concealed(*against), MOTHER)
    assert told_where(world, place) is None
