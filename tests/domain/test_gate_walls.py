"""見えない壁: each 支援措置 stands by itself, and who acts for somebody opens nothing to others."""

from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.intake import NoteKept
from domain.events.person import ConcealmentEnded
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.gate import faces, takes_sides
from domain.labels import Category, Tag
from tests.domain.gated import (
    CHIEF,
    CHILD,
    FATHER,
    HOKEN,
    MOTHER,
    Room,
    World,
    address,
    concealed,
    contact,
    fact,
    label,
    reader,
)

SCHOOL = reader("gakko", "kyomu")
BESIDE = reader("shakyo", "kanri", staff=CHIEF)
SECOND = UUID(int=80)


def guarding(person: UUID, agency: str = "gakko") -> GuardianAppointed:
    given = {"person": person, "kind": "guardian", "guardian": "某", "agency": agency}
    return fact(GuardianAppointed, label(subjects=(person,)), **given)


def ended() -> ConcealmentEnded:
    given = {"concealment": UUID(int=79), "reason": "moved", "proposed_by": SECOND}
    return fact(ConcealmentEnded, label(Category.ABUSE), **given)


@pytest.mark.parametrize("person", [MOTHER, CHILD])
def test_one_protection_stands_when_another_has_ended(person: UUID) -> None:
    world = World()
    world.tell(guarding(FATHER))
    world.tell(concealed(FATHER), MOTHER)
    other = concealed(FATHER).model_copy(update={"concealment": SECOND})
    world.tell(other, person)
    where = world.tell(address(), person)
    world.tell(ended(), MOTHER)
    assert world.situation().concealed == {person}
    assert world.ask(reader(), where)[0] == "concealed-location"
    assert faces(SCHOOL, world.situation())


def test_who_faces_the_protected_does_so_whoever_acts_for_others() -> None:
    world = World()
    for each in (guarding(CHILD, "hoken"), guarding(FATHER), guarding(CHILD)):
        world.tell(each)
    assert not faces(SCHOOL, world.situation())
    world.tell(concealed(FATHER), MOTHER)
    assert faces(SCHOOL, world.situation())
    assert not faces(reader("hoken", "chiku"), world.situation())


NOTE = fact(NoteKept, label(), note=UUID(int=81), text="折り返し電話する", label_by="2026-04-04")


@pytest.mark.parametrize(
    ("told", "rule"),
    [(NOTE, "author-only"), (contact(label(tags=(Tag.INFORMANT,))), "informant")],
)
def test_that_somebody_acts_for_one_of_them_opens_nothing(told: Fact, rule: str) -> None:
    world = World()
    place = world.tell(told)
    for _ in range(2):
        assert world.ask(BESIDE, place) == (rule, ())
        world.tell(guarding(FATHER))


def test_an_end_told_beforehand_ends_nobodys_task() -> None:
    world = World()
    begins = 2
    world.tell(fact(GuardianshipEnded, None, person=FATHER, of=begins, reason="resigned"))
    assert world.tell(guarding(FATHER)).version == begins
    assert takes_sides(SCHOOL, world.situation())


def test_who_is_invited_for_nobody_takes_no_side() -> None:
    world = World()
    Room(world).invite()
    assert not takes_sides(HOKEN, world.situation())
