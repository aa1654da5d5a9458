"""証明: days on a paper for the person, and what stays off it."""

from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.intake import ConsultationReceived
from domain.events.meeting import PlanDecided, PlanDrafted
from domain.gate import Grant
from domain.gate.certifying import Certified, certified
from domain.gate.releasing import Asking, Ground
from domain.labels import Category, Paragraph
from domain.values import Personal
from tests.domain.gated import (
    FATHER,
    ITEM,
    MOTHER,
    SITTING,
    TODAY,
    World,
    contact,
    fact,
    label,
    learned,
    shared,
)

HERSELF = Asking(frozenset({MOTHER}), TODAY)
PLAN = UUID(int=90)
BY_LAW = label(basis={"kind": "statute", "article": "kojin-69-1"})


def consulted(given: Any = None, **more: Any) -> ConsultationReceived:
    usual = {"consultation": UUID(int=91), "route": "visit", "window": "sodan", "fields": ()}
    said = {"issues": (), "consulter": "self", "person": MOTHER, "urgency": "soon", **more}
    return fact(ConsultationReceived, given, **usual, **said)


def met(given: Any = None, *parts: Any) -> Fact:
    return contact(given, *parts, person=MOTHER)


def drafted(*goals: Paragraph, persons: Any = (MOTHER,)) -> PlanDrafted:
    return fact(PlanDrafted, None, plan=PLAN, persons=persons, goals=goals, measures=())


def decided() -> PlanDecided:
    days = {"starts_on": "2026-04-03", "review_on": "2026-10-03"}
    return fact(PlanDecided, None, plan=PLAN, sitting=SITTING, item=ITEM, **days)


def lines(world: World) -> list[tuple[Certified, str, tuple[Ground, ...]]]:
    found = certified(world.items, HERSELF, world.situation())
    return [(line.what, line.on, line.grounds) for line in found]


def told(*facts: Fact) -> list[tuple[Certified, str, tuple[Ground, ...]]]:
    world = World()
    for each in facts:
        world.tell(each)
    return lines(world)


def test_it_tells_the_days_on_which_the_person_was_consulted_met_and_helped() -> None:
    assert told(drafted(), decided(), met(), consulted()) == [
        (Certified.MET, "2026-04-01", ()),
        (Certified.CONSULTED, "2026-04-01", ()),
        (Certified.PLANNED, "2026-04-03", ()),
    ]


@pytest.mark.parametrize(
    "others",
    [
        consulted(consulter="family"),
        consulted(person=FATHER),
        contact(person=FATHER),
        contact().model_copy(update={"met_person": False, "person": MOTHER}),
    ],
)
def test_what_others_said_or_did_is_not_for_their_paper(others: Fact) -> None:
    assert told(others) == []


def test_a_plan_is_of_those_who_decided_on_it() -> None:
    assert told(drafted(persons=(FATHER,)), decided()) == []
    assert told(decided()) == []


def test_what_was_learned_in_a_support_meeting_stays_off_and_is_named() -> None:
    assert told(met(learned())) == [(Certified.MET, "2026-04-01", (Ground.SITTING,))]
    goal = Paragraph(text=Personal("足の治療"), label=learned())
    assert told(drafted(goal), decided()) == [(Certified.PLANNED, "2026-04-03", (Ground.SITTING,))]


def test_once_it_has_a_basis_of_its_own_it_goes_on() -> None:
    world = World()
    place = world.tell(met(learned()))
    world.tell(shared(BY_LAW, place.version, categories=(Category.PROGRESS,)))
    assert lines(world) == [(Certified.MET, "2026-04-01", ())]


@pytest.mark.parametrize(
    ("danger", "ground"),
    [
        (met(label(hidden_from=(MOTHER,))), Ground.HIDDEN),
        (met(label(concealed=True)), Ground.LOCATION),
        (met(None, label(tags=("location",))), Ground.LOCATION),
        (met(None, label(tags=("informant",))), Ground.INFORMANT),
    ],
)
def test_what_would_endanger_somebody_stays_off(danger: Fact, ground: Ground) -> None:
    assert told(danger) == [(Certified.MET, "2026-04-01", (ground,))]


def test_what_became_hidden_since_stays_off_too() -> None:
    world = World()
    place = world.tell(met())
    world.tell(fact(LabelTightened, None, of=place.version, hide_from=(MOTHER,)))
    assert lines(world) == [(Certified.MET, "2026-04-01", (Ground.HIDDEN,))]


def test_whoever_sees_only_that_it_was_recorded_certifies_nothing() -> None:
    world = World()
    world.tell(met())
    for rule, seen in (("addressed", 0), ("own-desk", 1)):
        items = [item._replace(grant=Grant(rule)) for item in world.items]
        assert len(certified(items, HERSELF, world.situation())) == seen
