"""Rule 32: from whom something is hidden is told to those alone who may know that they belong."""

from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.membership import HouseholdsMerged, HouseholdSplit
from domain.events.rights import FactCorrected
from domain.events.support import ContactMade
from domain.gate import Place, Reader
from domain.gate.again import shown_again
from domain.gate.showing import shown
from domain.labels import ByStatute, Category
from domain.values import Role
from tests.domain.gated import (
    CHILD,
    FATHER,
    HOKEN,
    HOME,
    MOTHER,
    OWN,
    World,
    contact,
    fact,
    joined,
    label,
    reader,
    shared,
)

BY_LAW = label(basis=ByStatute(article="apc-6"), subjects=(CHILD,))
WALLS: dict[str, Any] = {"hidden_from": (FATHER, MOTHER)}


def told(*facts: Fact) -> tuple[World, list[Place]]:
    """The desk knows the parents and the child; hoken is given what is written, about the child."""
    world = World()
    for person in (FATHER, MOTHER, CHILD):
        world.tell(joined(person))
    places = [world.tell(each) for each in facts]
    world.tell(shared(BY_LAW, *(each.version for each in places)))
    return world, places


def walls(world: World, by: Reader, place: Place) -> list[tuple[UUID, ...]]:
    """As its label, its paragraphs and what it says name them, shown now and shown again."""
    found = world.shown(by, place)
    assert found is not None
    again = shown_again(world.at(place), found.grant.rule, found.withheld, world.situation())
    assert again.fact == found.item.fact
    said: Any = found.item.fact
    parts = [each.label.hidden_from for each in getattr(said, "narrative", ())]
    spoken_of = [said.hide_from] if isinstance(said, LabelTightened) else []
    return [said.label.hidden_from, *parts, *spoken_of]


def test_the_desk_sees_from_whom_it_hides_what_and_no_other_agency_does() -> None:
    about = label(subjects=(CHILD,))
    apart = about.model_copy(update=WALLS)
    world, (whole, part) = told(contact(apart), contact(about, about, apart))
    assert walls(world, OWN, whole) == [(FATHER, MOTHER)] * 2
    assert walls(world, OWN, part) == [(), (), (FATHER, MOTHER)]
    assert walls(world, HOKEN, whole) == [()] * 2
    assert walls(world, HOKEN, part) == [()] * 3
    found = world.shown(HOKEN, whole)
    assert found is not None
    assert found.withheld == (f"hidden_from.{MOTHER}", f"hidden_from.{FATHER}")


def test_whoever_knows_one_of_them_is_told_of_that_one() -> None:
    world, (whole,) = told(contact(label(subjects=(CHILD,), **WALLS)))
    theirs = label(basis=ByStatute(article="apc-6"), subjects=(MOTHER,))
    world.tell(shared(theirs))
    assert walls(world, HOKEN, whole) == [(MOTHER,)] * 2


def test_what_made_it_so_is_no_more_telling() -> None:
    world, (whole,) = told(contact(label(subjects=(CHILD,))))
    stricter = world.tell(fact(LabelTightened, None, of=whole.version, hide_from=(FATHER,)))
    assert walls(world, OWN, stricter) == [(), (FATHER,)]
    assert walls(world, OWN, whole) == [(FATHER,), (FATHER,)]
    assert walls(world, HOKEN, whole) == [(), ()]
    world.tell(shared(BY_LAW, stricter.version))
    assert walls(world, HOKEN, stricter) == [(), ()]


@pytest.mark.parametrize(("by", "said"), [(OWN, (FATHER, MOTHER)), (HOKEN, ())])
def test_nor_is_what_a_correction_puts_in_its_place(by: Reader, said: tuple[UUID, ...]) -> None:
    instead = contact(label(subjects=(CHILD,), **WALLS))
    world, (whole,) = told(contact(label(subjects=(CHILD,))))
    about = {
        "of": whole.version,
        "reason": "誤記",
        "replacement": instead,
        "replacement_kind": "ContactMade",
    }
    corrected = world.tell(fact(FactCorrected, label(subjects=(CHILD,)), **about))
    world.tell(shared(BY_LAW, corrected.version))
    found = world.shown(by, corrected)
    assert found is not None
    assert isinstance(found.item.fact, FactCorrected)
    assert found.item.fact.replacement is not None
    assert found.item.fact.replacement.label.hidden_from == said
    again = shown_again(world.at(corrected), found.grant.rule, found.withheld, world.situation())
    assert again.fact == found.item.fact


def test_who_told_it_and_who_is_mentioned_go_on_to_those_who_know_them() -> None:
    """What goes on is about the child; its own desk knows whom it wrote of."""
    about = label(subjects=(CHILD,))
    said = contact(about)
    (part,) = said.narrative
    part = part.model_copy(update={"told_by": FATHER, "mentioned": (MOTHER,)})
    world, (place,) = told(said.model_copy(update={"narrative": (part,)}))

    def persons(by: Reader) -> tuple[UUID | None, tuple[UUID, ...]]:
        found = world.shown(by, place)
        assert found is not None
        again = shown_again(world.at(place), found.grant.rule, found.withheld, world.situation())
        assert again.fact == found.item.fact
        assert isinstance(found.item.fact, ContactMade)
        (left,) = found.item.fact.narrative
        return left.told_by, left.mentioned

    beside = reader(desk="kanri")
    assert persons(OWN) == persons(beside) == (FATHER, (MOTHER,))
    assert persons(HOKEN) == (None, ())
    world.tell(shared(label(basis=ByStatute(article="apc-6"), subjects=(FATHER,))))
    assert persons(HOKEN) == (FATHER, ())
    joined_first = Place(HOME, 2)
    closed = fact(LabelTightened, None, of=joined_first.version, category=Category.ABUSE)
    world.tell(closed)
    assert persons(OWN) == (FATHER, (MOTHER,))
    assert persons(beside) == (FATHER, ())


def test_nobody_is_told_from_whom_what_was_said_again_is_hidden() -> None:
    """統合: it is hidden for whatever was, which its reader may not know of."""
    world = World()
    for person in (FATHER, MOTHER):
        world.tell(joined(person))
    closed = label(Category.FAMILY, "city", "juki", subjects=(MOTHER,), hidden_from=(FATHER,))
    said = joined(MOTHER).model_copy(update={"label": closed, "again": True})
    again = world.tell(said, UUID(int=0x50), role=Role.IDENTITY)
    assert walls(world, OWN, again) == [()]


@pytest.mark.parametrize("kind", [HouseholdsMerged, HouseholdSplit])
def test_nobody_reads_which_walls_came_over(kind: type[Fact]) -> None:
    world = World()
    ways = {"source": UUID(int=0x50), "target": HOME, "persons": (MOTHER,)}
    wall = {"person": MOTHER, "hidden_from": (FATHER,)}
    place = world.tell(fact(kind, label(Category.FAMILY), **ways, walls=(wall,)))
    found = shown(OWN, world.at(place), world.situation())
    assert found is not None
    assert found.item.fact.walls == ()  # type: ignore[attr-defined]
    again = shown_again(world.at(place), found.grant.rule, found.withheld, world.situation())
    assert again.fact == found.item.fact
