"""What of a record is not for the person it is about: rule 29, and why."""

from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Fact, SittingFact
from domain.events.consent import LabelTightened
from domain.events.intake import AbuseReported, FactsChecked, ProtectionTaken
from domain.events.meeting import BroughtToSitting, CaseStudied, PersonsHeldBack
from domain.events.oversight import OversightFact
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
)
from domain.gate import Item
from domain.gate.releasing import (
    ENDANGERING,
    STATUTES,
    Asking,
    Ground,
    concerns,
    endangers,
    grounds,
    narratives,
    of_paragraph,
)
from domain.labels import Category, Label, Paragraph
from domain.values import Personal
from tests.domain.gated import (
    CHILD,
    FATHER,
    HOME,
    ITEM,
    MOTHER,
    SITTING,
    TODAY,
    World,
    address,
    concealed,
    consented,
    contact,
    fact,
    label,
    shared,
    withdrawn,
)
from tests.domain.test_gate_oneness import merges, parts
from tests.facts import model

HERSELF = Asking(frozenset({MOTHER}), TODAY)
FOR_HER = Asking(frozenset({MOTHER}), TODAY, by_representative=True)
OTHER = UUID(int=7)
ROOM: dict[str, Any] = {"kind": "sitting", "sitting": SITTING, "item": ITEM}


def item(world: World, told: Fact, stream: UUID = HOME) -> Item:
    return world.at(world.tell(told, stream))


def why(told: Fact, asking: Asking = HERSELF, world: World | None = None) -> set[Ground]:
    world = world or World()
    given = item(world, told)
    return set(grounds(given, asking, world.situation()))


def of_text(given: Label, asking: Asking = HERSELF, **parts: Any) -> set[Ground]:
    world = World()
    paragraph = Paragraph(text=Personal("話"), label=given, **parts)
    told = contact().model_copy(update={"narrative": (paragraph,)})
    at = item(world, told)
    return set(of_paragraph(at, "narrative", paragraph, asking, world.situation()))


def test_what_is_about_the_person_alone_is_theirs() -> None:
    assert why(contact(label(subjects=(MOTHER,)))) == set()
    assert of_text(label(subjects=(MOTHER,)), principals=(MOTHER,), told_by=MOTHER) == set()


@pytest.mark.parametrize(
    ("tag", "ground"),
    [
        ("third-party", Ground.THIRD_PARTY),
        ("partner-agency", Ground.PARTNER_AGENCY),
        ("opinion", Ground.OPINION),
        ("harms-requester", Ground.HARMS_REQUESTER),
        ("informant", Ground.INFORMANT),
        ("secret", Ground.SECRET),
        ("location", Ground.LOCATION),
    ],
)
def test_every_tag_is_a_reason(tag: str, ground: Ground) -> None:
    assert of_text(label(tags=(tag,))) == {ground}
    assert STATUTES[ground]


def test_every_reason_has_its_article() -> None:
    assert STATUTES.keys() == set(Ground)


def test_what_others_said_or_are_the_principals_of_is_theirs() -> None:
    assert of_text(label(), told_by=FATHER) == {Ground.THIRD_PARTY}
    assert of_text(label(), principals=(MOTHER, CHILD)) == {Ground.THIRD_PARTY}
    assert why(contact(label(subjects=(MOTHER, CHILD)))) == {Ground.THIRD_PARTY}


def test_what_is_hidden_from_the_person_is_withheld() -> None:
    assert why(contact(label(hidden_from=(MOTHER,)))) == {Ground.HIDDEN}
    assert why(contact(label(hidden_from=(FATHER,)))) == set()
    world = World()
    place = world.tell(contact())
    world.tell(fact(LabelTightened, None, of=place.version, hide_from=(MOTHER,)))
    assert set(grounds(world.at(place), HERSELF, world.situation())) == {Ground.HIDDEN}


def test_a_representative_gets_nothing_that_is_hidden_from_anybody() -> None:
    assert why(contact(label(hidden_from=(FATHER,))), FOR_HER) == {Ground.HIDDEN}
    assert why(contact(label()), FOR_HER) == set()


def test_a_protected_place_is_withheld() -> None:
    world = World()
    world.tell(concealed(FATHER), MOTHER)
    at = item(world, address(), MOTHER)
    assert Ground.LOCATION in grounds(at, HERSELF, world.situation())
    assert why(contact(label(concealed=True))) == {Ground.LOCATION}


def test_what_was_learned_in_a_support_meeting_needs_a_basis_of_its_own() -> None:
    world = World()
    at = item(world, contact(label(basis=ROOM)))
    assert set(grounds(at, HERSELF, world.situation())) == {Ground.SITTING}
    world.tell(consented())
    world.tell(shared(label(basis={"kind": "consent", "consent": UUID(int=6)}), at.version))
    assert set(grounds(at, HERSELF, world.situation())) == set()
    world.tell(withdrawn())
    assert set(grounds(at, HERSELF, world.situation())) == {Ground.SITTING}


BY_CONSENT = label(basis={"kind": "consent", "consent": UUID(int=6)})
LEARNED = contact(label(basis=ROOM, subjects=(MOTHER, CHILD)))


@pytest.mark.parametrize(
    "given",
    [
        [consented(period={"start": "2026-04-01", "end": "2026-04-09"}), consented(CHILD, OTHER)],
        [consented(period={"start": "2026-04-11", "end": "2026-05-31"}), consented(CHILD, OTHER)],
        [consented(agencies=("city",)), consented(CHILD, OTHER)],
        [consented(categories=(Category.HEALTH,)), consented(CHILD, OTHER)],
        [consented(purposes=("referral",)), consented(CHILD, OTHER)],
        [consented()],
        [consented(CHILD, OTHER)],
    ],
    ids=["over", "to come", "agency", "category", "purpose", "child's missing", "mother's missing"],
)
def test_the_later_basis_holds_on_the_day_it_goes_out_for_all_of_whom_it_tells(given: Any) -> None:
    """As the gate asks it."""
    world = World()
    at = item(world, LEARNED)
    for each in given:
        world.tell(each)
    world.tell(shared(BY_CONSENT, at.version))
    assert Ground.SITTING in grounds(at, HERSELF, world.situation())
    for each in (consented(), consented(CHILD, OTHER)):
        world.tell(each)
    assert Ground.SITTING not in grounds(at, HERSELF, world.situation())


def test_what_was_passed_on_without_a_basis_is_none_of_its_own() -> None:
    world = World()
    at = item(world, contact(label(basis=ROOM)))
    world.tell(consented())
    world.tell(shared(label(basis={"kind": "own"}), at.version))
    world.tell(shared(label(basis=ROOM, subjects=(MOTHER,)), at.version))
    by_law = label(basis={"kind": "statute", "article": "kojin-69-1"})
    world.tell(shared(by_law, at.version + 100))
    world.tell(shared(by_law, at.version, categories=(Category.HEALTH,)))
    assert set(grounds(at, HERSELF, world.situation())) == {Ground.SITTING}


def test_shared_by_law_it_needs_no_consent() -> None:
    world = World()
    at = item(world, contact(label(basis=ROOM)))
    world.tell(shared(label(basis={"kind": "statute", "article": "kojin-69-1"}), at.version))
    assert set(grounds(at, HERSELF, world.situation())) == set()


def test_reports_protections_and_meetings_are_reasons_by_themselves() -> None:
    reported = fact(AbuseReported, None, report=UUID(int=81), kind="spouse")
    taken = {"person": MOTHER, "measure": "shelter"}
    studied = fact(CaseStudied, None, sitting=SITTING, item=ITEM)
    assert why(reported) == {Ground.INFORMANT}
    assert why(fact(ProtectionTaken, None, **taken)) == {Ground.PROTECTION}
    assert why(studied) == {Ground.SITTING}


BY_ITSELF: list[tuple[Ground, type[Fact]]] = [
    *((Ground.INFORMANT, kind) for kind in (AbuseReported, FactsChecked)),
    *((Ground.PROTECTION, kind) for kind in (ProtectionTaken, ConcealmentStarted)),
    *((Ground.PROTECTION, kind) for kind in (ConcealmentExtended, ConcealmentEnded)),
    *((Ground.PROTECTION, kind) for kind in (EndingProposed, *get_args(OversightFact))),
    *((Ground.SITTING, kind) for kind in (BroughtToSitting, PersonsHeldBack, CaseStudied)),
    *((Ground.SITTING, kind) for kind in get_args(SittingFact)),
]


@pytest.mark.parametrize(("ground", "kind"), BY_ITSELF)
@settings(max_examples=1)
@given(data=st.data())
def test_no_report_protection_or_meeting_goes_out_in_any_of_its_kinds(
    ground: Ground, kind: type[Fact], data: st.DataObject
) -> None:
    """Nor any text of it, nor that somebody read it."""
    world = World()
    at = item(world, data.draw(model(kind)).model_copy(update={"label": label()}))
    situation = world.situation()
    assert ground in grounds(at, HERSELF, situation)
    assert ground in endangers(at, HERSELF, situation)
    text = Paragraph(text=Personal("話"), label=label())
    assert of_paragraph(at, "narrative", text, HERSELF, situation) == (ground,)


def test_that_somebody_read_it_is_told_unless_it_endangers() -> None:
    world = World()
    safe = item(world, contact(label(tags=("opinion", "third-party", "partner-agency"))))
    assert endangers(safe, HERSELF, world.situation()) == ()
    told = item(world, contact(None, label(tags=("informant",))))
    assert endangers(told, HERSELF, world.situation()) == (Ground.INFORMANT,)
    assert Ground.OPINION not in ENDANGERING


def test_paragraphs_are_found_wherever_they_stand() -> None:
    told = contact(None, label(), label())
    assert [(name, number) for name, number, _ in narratives(told)] == [
        ("narrative", 0),
        ("narrative", 1),
    ]


HIMSELF = Asking(frozenset({FATHER}), TODAY)


@pytest.mark.parametrize(
    ("parts", "grounds"),
    [
        ({"principals": (FATHER,), "mentioned": (MOTHER,)}, {Ground.LOCATION}),
        ({"told_by": MOTHER}, {Ground.LOCATION, Ground.THIRD_PARTY}),
        ({"principals": (FATHER, MOTHER)}, {Ground.LOCATION, Ground.THIRD_PARTY}),
        ({"principals": (FATHER,), "mentioned": (CHILD,)}, set()),
    ],
)
def test_what_mentions_the_protected_person_is_not_for_the_other_party(
    parts: dict[str, Any], grounds: set[Ground]
) -> None:
    """To anybody else, a mention is none of a reason."""
    world = World()
    paragraph = Paragraph(text=Personal("話"), label=label(subjects=(FATHER,)), **parts)
    told = contact(label(subjects=(FATHER,))).model_copy(update={"narrative": (paragraph,)})
    at = item(world, told)
    assert Ground.LOCATION not in of_paragraph(
        at, "narrative", paragraph, HIMSELF, world.situation()
    )
    world.tell(concealed(FATHER), MOTHER)
    assert set(of_paragraph(at, "narrative", paragraph, HIMSELF, world.situation())) == grounds
    hers = of_paragraph(at, "narrative", paragraph, HERSELF, world.situation())
    assert Ground.LOCATION not in hers


@pytest.mark.parametrize(
    ("subjects", "kept"),
    [((), True), ((MOTHER,), True), ((FATHER, MOTHER), True), ((FATHER,), False)],
)
def test_nor_is_what_is_about_her_or_names_nobody(subjects: Any, kept: bool) -> None:  # noqa: FBT001
    """Not even that somebody read it."""
    world = World()
    world.tell(concealed(FATHER), MOTHER)
    at = item(world, contact(label(subjects=subjects)))
    assert (Ground.LOCATION in endangers(at, HIMSELF, world.situation())) is kept


@pytest.mark.parametrize("said", ["before", "meanwhile", "after"])
@pytest.mark.parametrize(("named", "asks"), [(MOTHER, OTHER), (OTHER, MOTHER)])
def test_who_was_once_taken_for_somebody_is_given_nothing_of_theirs(
    said: str, named: UUID, asks: UUID
) -> None:
    """Nor either of them what was said of the one meanwhile: nobody can tell which was meant."""
    world, asking = World(), Asking(frozenset({asks}), TODAY)
    about = label(subjects=(named,))
    told = contact(about, label(subjects=(named,)))
    places = [world.tell(told)] if said == "before" else []
    merges(world, MOTHER, OTHER)
    places += [world.tell(told)] if said == "meanwhile" else []
    parts(world, MOTHER, OTHER)
    places += [world.tell(told)] if said == "after" else []
    (at,) = (world.at(place) for place in places)
    meant, own = said == "meanwhile", Asking(frozenset({named}), TODAY)
    assert concerns(at, asking, world.situation()) is meant
    assert concerns(at, own, world.situation())
    assert Ground.THIRD_PARTY in grounds(at, asking, world.situation())
    for each in (grounds(at, own, world.situation()), endangers(at, own, world.situation())):
        assert (Ground.UNSETTLED in each) is meant


def test_what_is_hidden_from_whom_he_was_taken_for_is_hidden_from_him() -> None:
    """By the label as it was written then, or as it was tightened then."""
    world = World()
    open_ = world.tell(contact(label(subjects=(FATHER,))))
    merges(world, FATHER, OTHER)
    hidden = world.tell(contact(label(subjects=(CHILD,), hidden_from=(OTHER,))))
    world.tell(fact(LabelTightened, None, of=open_.version, hide_from=(OTHER,)))
    parts(world, FATHER, OTHER)
    for place in (open_, hidden):
        assert Ground.HIDDEN in grounds(world.at(place), HIMSELF, world.situation())
        assert Ground.HIDDEN not in grounds(world.at(place), HERSELF, world.situation())
