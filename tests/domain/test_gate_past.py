"""Why could, or could not, they see it then?"""

from collections.abc import Sequence
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.gate import Denial, Grant, Place, explained, items_at
from domain.gate.past import found_to_be
from domain.labels import ByConsent, Category
from domain.recorded import Recorded
from tests.domain.gated import (
    CHILD,
    CONSENT,
    FATHER,
    HOKEN,
    HOME,
    MOTHER,
    NOON,
    OWN,
    World,
    address,
    concealed,
    consented,
    contact,
    fact,
    label,
    reader,
    shared,
    withdrawn,
)


def history(*facts: Fact, stream: UUID = HOME, after: int = 0) -> Sequence[Recorded]:
    """Each fact one position after the other."""
    world = World()
    for told in facts:
        world.tell(told, stream)
    return [
        Recorded(stream, i.version, i.version + after, NOON, None, i.author, i.fact)
        for i in world.items
    ]


def test_what_could_be_seen_then_and_why() -> None:
    basis = label(basis=ByConsent(consent=CONSENT), subjects=(MOTHER,))
    told = history(contact(), consented(), shared(basis, 1), withdrawn())
    first, consent, share, cut = (Place(HOME, version) for version in range(1, 5))
    answers = [explained(HOKEN, first, [told], position) for position in range(5)]
    assert answers == [
        None,
        Denial("no-basis"),
        Denial("no-basis"),
        Grant("consent", (share, consent)),
        Denial("withdrawn", (share, consent, cut)),
    ]


def test_each_fact_is_asked_for_itself() -> None:
    told = history(contact(), contact(label(Category.HEALTH)))
    answers = [
        explained(reader(desk="kanri"), Place(HOME, version), [told], 2) for version in (1, 2)
    ]
    assert answers == [Grant("own-agency"), Denial("no-basis")]


def test_what_was_misfiled_is_there_and_closed() -> None:
    told = history(contact(), fact(MisfiledRecordWithdrawn, None, facts=(1,), reason="別"))
    first, wrong = Place(HOME, 1), Place(HOME, 2)
    assert explained(OWN, first, [told], 1) == Grant("own-desk")
    assert explained(OWN, first, [told], 2) == Denial("misfiled", (wrong,))


def test_a_correction_is_read_from_when_it_was_made() -> None:
    mended = contact(label(), occurred_on="2026-03-31")
    correction = fact(
        FactCorrected,
        None,
        of=1,
        reason="日付",
        replacement_kind="ContactMade",
        replacement=mended.model_dump(),
    )
    told = history(contact(), correction)
    assert [item.words for item in items_at([told], 1)] == [1]
    assert [item.words for item in items_at([told], 2)] == [2, 2]


def test_somebody_found_to_be_another_was_protected_since_then() -> None:
    where = history(address(), stream=MOTHER)
    same = [
        fact(PersonsMerged, None, absorbed=MOTHER, survivor=FATHER),
        fact(PersonsUnmerged, None, absorbed=MOTHER, survivor=FATHER, reason="別人"),
    ]
    hers = [*where, *history(address(), *same, stream=MOTHER, after=3)[1:]]
    chain = history(
        concealed(), fact(PersonsMerged, None, absorbed=FATHER, survivor=CHILD), stream=FATHER
    )
    his = [Recorded(CHILD, 1, 3, NOON, None, chain[0].author, concealed()), *()]
    place = Place(MOTHER, 1)
    verdicts = [explained(OWN, place, [hers, chain, his], position) for position in (3, 5, 6)]
    assert [type(each) for each in verdicts] == [Grant, Denial, Grant]


def test_two_people_found_to_be_each_other_do_not_go_round_for_ever() -> None:
    hers = history(fact(PersonsMerged, None, absorbed=MOTHER, survivor=FATHER), stream=MOTHER)
    his = history(fact(PersonsMerged, None, absorbed=FATHER, survivor=MOTHER), stream=FATHER)
    assert explained(OWN, Place(MOTHER, 1), [hers, his], 9) == Grant("own-desk")


def test_who_leads_to_two_found_to_be_each_other_does_not_either() -> None:
    ring = ((MOTHER, FATHER), (FATHER, CHILD), (CHILD, FATHER))
    told = [
        history(fact(PersonsMerged, None, absorbed=one, survivor=other), stream=one)
        for one, other in ring
    ]
    assert explained(OWN, Place(MOTHER, 1), told, 9) == Grant("own-desk")


@pytest.mark.parametrize(("absorbed", "survivor"), [(MOTHER, FATHER), (FATHER, MOTHER)])
def test_that_two_are_one_is_told_by_who_was_absorbed(absorbed: UUID, survivor: UUID) -> None:
    """It is said of both."""
    merged = fact(PersonsMerged, None, absorbed=absorbed, survivor=survivor)
    parted = fact(PersonsUnmerged, None, absorbed=absorbed, survivor=survivor, reason="別人")
    for said, same in (((merged, parted), {}), ((merged, parted, merged), {absorbed: survivor})):
        told = [history(*said, stream=stream) for stream in (absorbed, survivor)]
        assert found_to_be(items_at(told, 9)) == same
