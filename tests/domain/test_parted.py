"""元に戻した名寄せと同意: whose it was that was consented to meanwhile, nobody can tell."""

from typing import Any

import pytest

from domain.basis import NoBasisForSharing
from domain.events import Fact, On
from domain.events.consent import Authority, ConsentWithdrawn
from domain.events.membership import HouseholdOpened
from domain.events.person import PersonNoted, PersonsMerged
from domain.events.rights import FactCorrected
from domain.household import Household
from domain.household.former import Former
from domain.identity import UnmergePersons, unmerge_persons
from domain.person import Person
from domain.taking_back import unsettle_consents
from domain.values import PersonId
from tests.domain.given import (
    CHILD,
    CONSENT,
    FATHER,
    HOUSEHOLD,
    IDENTITY,
    MOTHER,
    OTHER_HOUSEHOLD,
    SCHOOL,
    SHARE,
    STRANGER,
    after,
    bare,
    fact,
    household,
    joined,
    label,
    on,
    person,
    stamp,
)
from tests.domain.test_sharing import consented, share, shares, telling

NAMING = stamp(IDENTITY)
APART = UnmergePersons.model_validate({"absorbed": STRANGER, "reason": "別人だった"})
HERE = 6
"""The place of the first fact that `household` adds."""


def absorbed(at: int, who: PersonId = STRANGER) -> Person:
    """Taken for 子 at that place in the log."""
    noted = [fact(PersonNoted, nickname="窓口の人")] * (at - 2)
    return person(*noted, fact(PersonsMerged, absorbed=who, survivor=CHILD), id=who)


def survivor(*others: PersonId) -> Person:
    return person(*(fact(PersonsMerged, absorbed=each, survivor=CHILD) for each in others))


def parted(*homes: Household, at: int = HERE - 1, beside: tuple[Person, ...] = ()) -> list[On]:
    """What is written of consents when the stranger, taken for the child then, is parted."""
    one = survivor(STRANGER, *(PersonId(each.id) for each in beside))
    others: list[Person | Former] = [*beside, *(Former(each.id, each) for each in homes)]
    facts = unmerge_persons(one, absorbed(at), *others, APART, NAMING)
    return [each for each in facts if isinstance(each, On) and each.stream != STRANGER]


def test_what_was_consented_to_meanwhile_opens_nothing_more() -> None:
    given = household(consented())
    assert shares(given, telling(), person())
    (withdrawn,) = on(HOUSEHOLD, parted(given), CHILD)
    assert isinstance(withdrawn, ConsentWithdrawn)
    assert (withdrawn.consent, withdrawn.by) == (CONSENT, None)
    for each in ("progress", "family", "consultation"):
        with pytest.raises(NoBasisForSharing):
            share(after(given, withdrawn), telling(category=each), person())


@pytest.mark.parametrize("who", [CHILD, STRANGER])
def test_what_each_said_before_stays_their_own(who: PersonId) -> None:
    assert parted(household(consented(who)), at=HERE)
    assert parted(household(consented(who)), at=HERE + 1) == []


def test_what_nobody_of_them_said_stays() -> None:
    assert parted(household(consented(FATHER))) == []


@pytest.mark.parametrize("giver", [CHILD, STRANGER])
def test_what_either_said_for_somebody_else_opens_nothing_more(giver: PersonId) -> None:
    by_parent = consented(MOTHER, giver=giver, authority=Authority.GUARDIAN)
    assert parted(household(by_parent))
    assert parted(household(by_parent), at=HERE + 1) == []


@pytest.mark.parametrize(("at", "settled"), [(HERE, False), (HERE + 1, True)])
def test_a_third_who_is_one_with_either_may_have_said_it_since_then(at: int, settled: bool) -> None:  # noqa: FBT001
    third = absorbed(at, MOTHER)
    assert (parted(household(consented(MOTHER)), beside=(third,)) == []) is settled


def test_what_opens_nothing_anyhow_is_left_as_it_is() -> None:
    over = consented(period={"start": "2026-01-01", "end": "2026-03-31"})
    assert parted(household(over)) == []
    given = household(consented())
    assert parted(after(given, *(each.fact for each in parted(given)))) == []


def test_it_was_said_where_it_was_first_said() -> None:
    """Where the case goes on it is said again, later; and it ends in both."""
    kept = bare(fact(HouseholdOpened), joined(CHILD), consented(), id=OTHER_HOUSEHOLD)
    both = household(consented()), kept
    assert parted(both[0], at=HERE)
    assert parted(*both, at=HERE) == parted(*reversed(both), at=HERE) == []
    ended = {each.stream for each in parted(*both, at=3)}
    assert ended == {HOUSEHOLD, OTHER_HOUSEHOLD}


def test_what_was_corrected_since_may_have_been_so_meanwhile() -> None:
    given = consented()
    said = {"of": HERE, "reason": "誤記", "replacement_kind": "ConsentGiven", "replacement": given}
    assert parted(household(given, fact(FactCorrected, **said)), at=HERE + 1)


def test_it_ends_as_closed_as_it_was_and_names_who_holds_what_was_told() -> None:
    hidden = label(CHILD, category="health", hidden_from=(FATHER,))
    open_ = household(consented(label=hidden))
    given = after(open_, share(open_, telling(), person()))
    (withdrawn,) = on(HOUSEHOLD, parted(given), CHILD)
    assert isinstance(withdrawn, ConsentWithdrawn)
    assert withdrawn.holders == (SCHOOL,)
    written: Any = withdrawn.label
    assert (written.subjects, written.hidden_from) == ((CHILD,), (FATHER,))
    assert (written.category, written.desk) == ("health", "citizens")


def test_of_several_only_those_end() -> None:
    own = consented(FATHER, consent=SHARE)
    ended: list[Fact] = [each.fact for each in parted(household(own, consented()))]
    assert [each.consent for each in ended if isinstance(each, ConsentWithdrawn)] == [CONSENT]
    assert list(unsettle_consents([], {CHILD: 0}, NAMING)) == []
