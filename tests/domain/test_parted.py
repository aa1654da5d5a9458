"""元に戻した名寄せと同意: whose it was that was consented to meanwhile, nobody can tell."""

from typing import Any

import pytest

from domain.basis import NoBasisForSharing
from domain.consent import GiveConsent, give_consent
from domain.consent.giving import NoAuthorityToConsent
from domain.events import Fact, On
from domain.events.consent import Authority, ConsentWithdrawn
from domain.events.membership import HouseholdOpened
from domain.events.person import (
    ConcealmentStarted,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.events.rights import FactCorrected
from domain.household import Household
from domain.household.former import Former
from domain.identity import UnmergePersons, unmerge_persons
from domain.passing import HiddenFromHearer
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
from tests.domain.test_sharing import consented, consultation, share, shares, telling

NAMING = stamp(IDENTITY)
GIVE = GiveConsent.model_validate(
    {
        "person": CHILD,
        "giver": MOTHER,
        "authority": "parent",
        "method": "oral",
        "agencies": [SCHOOL],
        "categories": ["progress"],
        "purposes": ["support"],
    }
)
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


def once_one(who: PersonId, other: PersonId, *facts: Fact) -> Person:
    """Was taken for the other, and is not."""
    pair = {"absorbed": other, "survivor": who}
    back = fact(PersonsUnmerged, **pair, reason="別人だった")
    return person(fact(PersonsMerged, **pair), back, *facts, id=who)


@pytest.mark.parametrize("meant", [MOTHER, STRANGER])
def test_nobody_speaks_for_whom_they_may_be_the_counterparty_of(meant: PersonId) -> None:
    """The measure names the stranger, for whom the mother was once taken."""
    feared = fact(ConcealmentStarted, concealment=SHARE, threat="dv", until="2027-03-31")
    minor = person(
        fact(PersonNoted, birth_year=2015), feared.model_copy(update={"counterparties": (meant,)})
    )
    theirs = household(consented(giver=MOTHER, authority=Authority.PARENT))
    mothers = (person(id=MOTHER), once_one(MOTHER, STRANGER))
    for mother, barred in zip(mothers, (meant == MOTHER, True), strict=True):
        if barred:
            with pytest.raises(NoAuthorityToConsent):
                give_consent(household(), minor, mother, GIVE, stamp())
            with pytest.raises(NoBasisForSharing):
                share(theirs, telling(), minor, mother)
        else:
            assert give_consent(household(), minor, mother, GIVE, stamp())
            assert shares(theirs, telling(), minor, mother)


def test_who_was_once_taken_for_the_child_itself_may_still_speak_for_it() -> None:
    minor = person(fact(PersonNoted, birth_year=2015))
    assert give_consent(household(), minor, once_one(MOTHER, CHILD), GIVE, stamp())


def test_what_is_hidden_from_whom_she_was_taken_for_is_not_said_before_her() -> None:
    """Whose consent is asked learns of it."""
    hidden = consultation(MOTHER, hidden_from=(STRANGER,))
    given = household(consented(MOTHER), hidden)
    about = telling(subjects=[MOTHER], facts=[7])
    assert shares(given, about, person(id=MOTHER))
    with pytest.raises(HiddenFromHearer):
        share(given, about, once_one(MOTHER, STRANGER))
