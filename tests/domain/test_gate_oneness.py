"""同一人とされた間: what was said of two who were taken for one holds for each of them since."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.support import GuardianAppointed
from domain.gate import Place, may_read
from domain.gate.oneness import once
from tests.domain.gated import (
    CHILD,
    FATHER,
    MOTHER,
    SITTING,
    World,
    concealed,
    contact,
    fact,
    label,
    reader,
)

OTHER = UUID(int=0x77)
SCHOOL = reader("gakko", "kyomu")
Wall = Callable[[World, UUID], Place]


def merges(world: World, absorbed: UUID, survivor: UUID) -> None:
    for stream in (absorbed, survivor):
        world.tell(fact(PersonsMerged, None, absorbed=absorbed, survivor=survivor), stream)


def parts(world: World, absorbed: UUID, survivor: UUID) -> None:
    for stream in (absorbed, survivor):
        said = {"absorbed": absorbed, "survivor": survivor, "reason": "別人"}
        world.tell(fact(PersonsUnmerged, None, **said), stream)


def ward(world: World, person: UUID) -> Place:
    """学校 acts for them."""
    guardian: dict[str, Any] = {"kind": "guardian", "guardian": "某", "agency": "gakko"}
    return world.tell(fact(GuardianAppointed, label(agency="gakko"), person=person, **guardian))


def hides(world: World, person: UUID) -> Place:
    return world.tell(fact(LabelTightened, None, of=1, hide_from=(person,)))


def protects(world: World, person: UUID) -> Place:
    return world.tell(concealed(person), MOTHER)


def told(**labelled: Any) -> World:
    """Of the mother, by 学校 itself; another agency is named."""
    world = World()
    world.tell(contact(label(agency="gakko", desk="kyomu", subjects=(MOTHER,), **labelled)))
    return world


@pytest.mark.parametrize("wall", [hides, protects])
@pytest.mark.parametrize(("named", "warded"), [(FATHER, CHILD), (CHILD, FATHER)])
@pytest.mark.parametrize("when", ["before", "meanwhile", "after"])
def test_what_is_kept_from_somebody_is_kept_from_who_was_taken_for_them_then(
    wall: Wall, named: UUID, warded: UUID, when: str
) -> None:
    world = told(tags=("partner-agency",))
    first = Place(world.items[0].stream, 1)
    acting = ward(world, warded)
    standing = [wall(world, named)] if when == "before" else []
    merges(world, FATHER, CHILD)
    standing += [wall(world, named)] if when == "meanwhile" else []
    parts(world, FATHER, CHILD)
    standing += [wall(world, named)] if when == "after" else []
    kept = ("wall", (acting, *standing)) if when == "meanwhile" else ("own-desk", ())
    assert world.ask(SCHOOL, first) == kept


@pytest.mark.parametrize("when", ["before", "meanwhile", "after"])
def test_who_acts_for_somebody_acts_for_who_was_taken_for_them_then(when: str) -> None:
    world = told(hidden_from=(FATHER,))
    first = Place(world.items[0].stream, 1)
    if when == "before":
        ward(world, CHILD)
    merges(world, FATHER, CHILD)
    if when == "meanwhile":
        ward(world, CHILD)
    parts(world, FATHER, CHILD)
    if when == "after":
        ward(world, CHILD)
    assert world.opens(SCHOOL, first) is (when != "meanwhile")


def test_those_whom_one_absorbed_were_taken_for_each_other_while_it_absorbed_both() -> None:
    for together in (True, False):
        world = told()
        first = Place(world.items[0].stream, 1)
        ward(world, OTHER)
        merges(world, OTHER, CHILD)
        if not together:
            parts(world, OTHER, CHILD)
        merges(world, FATHER, CHILD)
        hides(world, FATHER)
        parts(world, FATHER, CHILD)
        if together:
            parts(world, OTHER, CHILD)
        assert world.opens(SCHOOL, first) is not together


def test_what_was_written_anew_may_mean_whoever_was_taken_for_them_since() -> None:
    world = told(hidden_from=(FATHER,))
    merges(world, FATHER, CHILD)
    parts(world, FATHER, CHILD)
    ward(world, CHILD)
    first = world.items[0]
    assert world.opens(SCHOOL, first.place)
    corrected = first._replace(words=9)
    assert may_read(SCHOOL, corrected, world.situation()).rule == "wall"


def test_it_holds_behind_the_walls_of_others_too() -> None:
    world, alone = World(), World()
    for _ in range(3):
        world.tell(contact(label(agency="gakko")))
    merges(world, FATHER, CHILD)
    acting = ward(world, FATHER)
    parts(world, FATHER, CHILD)
    for _ in range(4):
        alone.tell(contact(label(agency="gakko")), SITTING)
    hidden = alone.tell(contact(label(agency="gakko", hidden_from=(CHILD,))), SITTING)
    merges(alone, OTHER, CHILD)
    parts(alone, OTHER, CHILD)
    verdict = may_read(SCHOOL, alone.at(hidden), alone.situation().beside([world.situation()]))
    assert (verdict.rule, verdict.facts) == ("wall", (acting,))


def test_that_they_were_one_is_told_by_both_by_one_or_by_its_end_alone() -> None:
    said: list[Fact] = [
        fact(PersonsMerged, None, absorbed=FATHER, survivor=CHILD),
        fact(PersonsUnmerged, None, absorbed=FATHER, survivor=CHILD, reason="別人"),
    ]
    for streams, spans in (((FATHER,), 1), ((FATHER, CHILD), 1), ((), 0)):
        world = World()
        for each in said:
            for stream in streams:
                world.tell(each, stream)
        assert [len(each) for each in once(world.items).values()] == [spans] * 2 * bool(streams)
    ended = World()
    ended.tell(said[1], FATHER)
    assert once(ended.items) == {}
    standing = World()
    standing.tell(said[0], FATHER)
    assert once(standing.items) == {}
