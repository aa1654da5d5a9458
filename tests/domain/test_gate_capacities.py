"""A person acts for somebody, and not a desk: the walls ask for every capacity held today."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.support import GuardianAppointed
from domain.gate import Grant, Reader, acts_against, takes_sides
from domain.values import Capacity, Role
from tests.domain import gated as g
from tests.domain.test_gate_laws import READERS, asked, verdict, worlds

NURSES = g.HOKEN.capacity
BOTH = replace(g.OWN, others=(NURSES,))
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


def test_a_privacy_officer_who_acts_for_one_of_a_case_leaves_it_to_another() -> None:
    world = g.World()
    written = world.tell(g.contact())
    colleague = g.reader(desk="kanri", role=Role.PRIVACY, staff=g.CHIEF)
    conflicted = replace(colleague, others=(NURSES,))
    assert world.ask(conflicted, written) == ("privacy-metadata", ())
    acting = world.tell(guarding(agency=NURSES.agency))
    assert world.ask(conflicted, written) == ("stands-aside", (acting,))
    assert world.ask(colleague, written) == ("privacy-metadata", ())
    assert world.ask(BOTH, written) == world.ask(g.OWN, written)


@given(worlds(), READERS, CAPACITIES, st.data())
def test_another_capacity_opens_nothing_and_closes_for_the_side_it_takes_alone(
    world: g.World, by: Reader, another: Capacity, data: st.DataObject
) -> None:
    place = asked(data, world)
    alone = verdict(world, replace(by, others=()), place)
    both = verdict(world, replace(by, others=(another,)), place)
    assert both == alone or both.rule in {"wall", "stands-aside"}
    assert not isinstance(both, Grant) or isinstance(alone, Grant)
