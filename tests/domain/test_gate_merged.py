"""統合を知る人: of those whom a merger names, a reader is told whom they know already."""

from uuid import UUID

from domain.events.membership import HouseholdsMerged, MemberLeft
from domain.events.support import GuardianAppointed
from domain.gate import Place
from domain.labels import Category
from domain.values import PersonId, Role
from tests.domain.gated import FATHER, HOKEN, HOME, MOTHER, OWN, World, fact, joined, label

TARGET = UUID(int=0x50)


def merged(world: World) -> Place:
    both = {"source": HOME, "target": TARGET, "persons": (MOTHER,), "agencies": ("hoken",)}
    return world.tell(fact(HouseholdsMerged, None, **both))


def named(world: World, place: Place) -> tuple[PersonId, ...]:
    seen = world.shown(HOKEN, place)
    assert seen is not None
    assert isinstance(seen.item.fact, HouseholdsMerged)
    return seen.item.fact.persons


def test_nobody_is_named_of_whom_it_is_not_told_that_they_belong() -> None:
    world = World()
    assert named(world, merged(world)) == ()


def test_who_is_known_in_one_household_is_named_though_they_are_hidden_in_the_other() -> None:
    world = World()
    guarding = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": "hoken"}
    world.tell(fact(GuardianAppointed, label(agency="city", desk="juki"), **guarding))
    hidden = label(Category.FAMILY, subjects=(MOTHER,), hidden_from=(FATHER,))
    hers = world.tell(joined(MOTHER).model_copy(update={"label": hidden}))
    own = label(Category.FAMILY, "hoken", "chiku", subjects=(MOTHER,))
    world.tell(joined(MOTHER).model_copy(update={"label": own}), TARGET)
    place = merged(world)
    assert not world.opens(HOKEN, hers)
    assert named(world, place) == (MOTHER,)


def test_who_left_is_told_by_whoever_wrote_it_alone() -> None:
    """That she belongs was written in the other household by those who ask."""
    world = World()
    own = label(Category.FAMILY, "hoken", "chiku", subjects=(MOTHER,))
    world.tell(joined(MOTHER).model_copy(update={"label": own}), TARGET)
    hers = world.tell(joined(MOTHER))
    fled = label(Category.ABUSE, subjects=(MOTHER,))
    left = world.tell(fact(MemberLeft, fled, person=MOTHER, reason="moved-out"))
    merged(world)
    assert world.opens(HOKEN, hers)
    assert not world.opens(HOKEN, left)
    assert world.opens(OWN, left)


def test_that_she_belongs_is_told_by_no_desk_for_abuse_but_to_itself() -> None:
    """名寄せ says it again for the desk that wrote it, and for no other that knows her."""
    world = World()
    own = label(Category.FAMILY, "hoken", "chiku", subjects=(MOTHER,))
    world.tell(joined(MOTHER).model_copy(update={"label": own}), TARGET)
    secret = label(Category.ABUSE, subjects=(MOTHER,))
    hers = world.tell(joined(MOTHER).model_copy(update={"label": secret}))
    merged(world)
    closed = label(Category.ABUSE, "city", "juki", subjects=(MOTHER,))
    said = joined(MOTHER).model_copy(update={"label": closed})
    again = world.tell(said, TARGET, role=Role.IDENTITY)
    assert not world.opens(HOKEN, hers)
    assert not world.opens(HOKEN, again)
    assert world.ask(OWN, again) == ("own-desk", (hers,))
