"""A person acts for somebody, and not a desk: the walls ask for every capacity held today."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.person import ConcealmentEnded
from domain.events.resource import ResourceRetired
from domain.events.support import GuardianAppointed
from domain.gate import Grant, Reader, acts_against, stands_aside, takes_sides
from domain.labels import Category
from domain.values import Capacity
from tests.domain import gated as g
from tests.domain.test_gate_laws import READERS, asked, verdict, worlds

NURSES = g.HOKEN.capacity
BOTH = replace(g.OWN, others=(NURSES,))
JUKI = g.label(Category.IDENTITY, "city", "juki")
CAPACITIES = st.sampled_from([g.capacity("shakyo", "sodan"), g.capacity("hoken", "chiku"), NURSES])


def guarding(**named: Any) -> GuardianAppointed:
    told = {"person": g.FATHER, "kind": "guardian", "guardian": "某", **named}
    return g.fact(GuardianAppointed, None, **told)


@pytest.mark.parametrize(
    ("named", "walled"),
    [
        ({"agency": NURSES.agency}, True),
        ({"agency": NURSES.agency, "desk": NURSES.desk}, True),
        ({"agency": NURSES.agency, "desk": "boshi"}, False),
        ({"agency": NURSES.agency, "staff": g.CHIEF}, False),
        ({"agency": NURSES.agency, "staff": BOTH.staff}, True),
        ({"agency": "shakyo", "desk": NURSES.desk}, False),
    ],
)
def test_who_acts_for_somebody_at_one_desk_has_them_in_mind_at_the_other(
    named: dict[str, Any], *, walled: bool
) -> None:
    world = g.World()
    hidden = world.tell(g.contact(g.label(hidden_from=(g.FATHER,))))
    assert world.opens(BOTH, hidden)
    acting = world.tell(guarding(**named))
    assert world.opens(BOTH, hidden) is not walled
    assert takes_sides(BOTH, world.situation()) is walled
    if walled:
        assert world.ask(BOTH, hidden) == ("wall", (acting,))


def test_nor_are_they_told_who_is_protected_from_them() -> None:
    world = g.World()
    world.tell(g.concealed(g.FATHER), g.MOTHER)
    world.tell(guarding(agency=NURSES.agency))
    assert acts_against(BOTH, g.MOTHER, world.situation())
    assert not acts_against(g.OWN, g.MOTHER, world.situation())


@pytest.mark.parametrize(
    ("office", "rule"), [(g.PRIVACY, "privacy-metadata"), (g.IDENTITY, "office-identity")]
)
def test_an_officer_who_acts_for_anybody_of_a_case_leaves_it_to_another(
    office: Reader, rule: str
) -> None:
    world = g.World()
    written = world.tell(g.contact() if office is g.PRIVACY else g.identified(g.MOTHER), g.MOTHER)
    conflicted = replace(office, others=(NURSES,))
    assert world.ask(conflicted, written) == (rule, ())
    acting = world.tell(guarding(agency=NURSES.agency))
    assert world.ask(conflicted, written) == ("stands-aside", (acting,))
    assert world.ask(office, written) == (rule, ())
    assert world.ask(BOTH, written) == world.ask(g.OWN, written)


def test_what_is_about_nobody_stays_open_to_an_officer_who_takes_a_side() -> None:
    world = g.World()
    world.tell(guarding(agency=NURSES.agency))
    published = world.tell(g.fact(ResourceRetired, reason="閉所"), g.DECISION)
    assert world.ask(replace(g.PRIVACY, others=(NURSES,)), published) == ("open", ())


def test_a_protection_officer_leaves_the_case_where_they_act_for_who_is_feared_there() -> None:
    """What would tell of the place is behind the wall; and then there is all the rest."""
    world = g.World()
    place = world.tell(g.address(), g.MOTHER)
    name = world.tell(g.identified(g.MOTHER).model_copy(update={"label": JUKI}), g.MOTHER)
    begun = world.tell(g.concealed(g.FATHER), g.MOTHER)
    conflicted = replace(g.PROTECTION, others=(NURSES,))
    assert [world.ask(conflicted, each)[0] for each in (place, name)] == ["protection", "own-desk"]
    acting = world.tell(guarding(agency=NURSES.agency))
    assert world.ask(conflicted, place) == ("wall", (acting, begun))
    assert world.ask(conflicted, name) == ("stands-aside", (acting, begun))
    assert not stands_aside(BOTH, world.situation())
    assert [world.ask(g.PROTECTION, each)[0] for each in (place, name)] == [
        "protection",
        "own-desk",
    ]


def test_when_the_protection_ends_they_see_the_case_again_and_by_which_fact() -> None:
    world = g.World()
    name = world.tell(g.identified(g.MOTHER).model_copy(update={"label": JUKI}), g.MOTHER)
    begun = world.tell(g.concealed(g.FATHER), g.MOTHER)
    acting = world.tell(guarding(agency=NURSES.agency))
    conflicted = replace(g.PROTECTION, others=(NURSES,))
    assert world.ask(conflicted, name) == ("stands-aside", (acting, begun))
    by_two = {"concealment": UUID(int=79), "reason": "moved", "proposed_by": g.CHIEF}
    ended = world.tell(g.fact(ConcealmentEnded, JUKI, **by_two), g.MOTHER)
    assert world.ask(conflicted, name) == ("own-desk", (ended,))


@pytest.mark.parametrize("whom", [g.MOTHER, g.CHILD])
def test_a_protection_officer_who_acts_for_nobody_feared_protects_as_before(whom: UUID) -> None:
    """A small town does not lose its only officer because they stand by the protected."""
    world = g.World()
    place = world.tell(g.address(), g.MOTHER)
    world.tell(g.concealed(g.FATHER), g.MOTHER)
    world.tell(guarding(person=whom, agency=NURSES.agency))
    assert world.ask(replace(g.PROTECTION, others=(NURSES,)), place) == ("protection", ())
    assert not stands_aside(replace(g.OWN, others=(NURSES,)), world.situation())


@given(worlds(), READERS, CAPACITIES, st.data())
def test_another_capacity_opens_nothing_and_closes_for_the_side_it_takes_alone(
    world: g.World, by: Reader, another: Capacity, data: st.DataObject
) -> None:
    place = asked(data, world)
    alone = verdict(world, replace(by, others=()), place)
    both = verdict(world, replace(by, others=(another,)), place)
    assert both == alone or both.rule in {"wall", "stands-aside"}
    assert not isinstance(both, Grant) or isinstance(alone, Grant)
