"""Rule 32: that somebody left is so for a writer who may know of it; as what they belong, too."""

from dataclasses import replace
from typing import Any

import pytest

from domain.events import Fact
from domain.events.membership import HouseholdSplit, MemberJoined, MemberLeft, Membership
from domain.events.support import GuardianAppointed
from domain.household import Household
from domain.knowing import NotLookedAt, known_as_member, known_members
from domain.labels import BySitting, Category, Label, OwnRecord, Tag
from domain.membership import (
    JoinHousehold,
    LeaveHousehold,
    LeftBeforeJoining,
    PartedByOneSide,
    SplitHousehold,
    join_household,
    leave_household,
    split_household,
)
from domain.refusals import AlreadyRecorded, NotAMember
from domain.stamp import Shown, ShownAs, Stamp
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    FATHER,
    HOUSEHOLD,
    IDENTITY,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    SHAKYO,
    SITTING,
    act,
    after,
    capacity,
    fact,
    household,
    joined,
    label,
    on,
    person,
    stamp,
)

WOMEN = {"agency": CITY, "desk": "women"}
FUKUDA = stamp(capacity(CITY, "welfare"))
SAME = {"relation": "unknown", "membership": "living-together"}
HERE = ShownAs("unknown", "living-together", "2020-04-01", None)
GONE = HERE._replace(left="2026-03-01")


def left(who: Any = MOTHER, **fields: Any) -> MemberLeft:
    usual = {"reason": "moved-out", "label": label(who, category=Category.FAMILY)}
    return fact(MemberLeft, person=who, **{**usual, **fields})


def hidden() -> MemberLeft:
    return left(label=label(MOTHER, category=Category.FAMILY, hidden_from=(FATHER,)))


def for_him() -> Fact:
    """The writer acts for the father."""
    return fact(GuardianAppointed, person=FATHER, kind="guardian", guardian="某", agency=CENTRE)


def being_shown(by: Stamp, members: Shown) -> Stamp:
    return replace(by, shown=members)


def rejoins(home: Household, by: Stamp, **fields: Any) -> list[MemberJoined]:
    command = act(JoinHousehold, person=MOTHER, **{**SAME, **fields})
    return join_household(home, person(id=MOTHER), command, by)


def leaves(home: Household, by: Stamp, **fields: Any) -> list[MemberLeft]:
    command = act(LeaveHousehold, **{"reason": "other", **fields})
    return leave_household(home, command, by, person=MOTHER)


def parts(home: Household, by: Stamp, *persons: Any) -> list[Any]:
    command = SplitHousehold(persons=persons or (MOTHER,))
    return split_household(home, Household(id=OTHER_HOUSEHOLD), command, by)


@pytest.fixture(params=[False, True], ids=["there", "gone"])
def home(request: pytest.FixtureRequest) -> Household:
    """The mother is there; or she left, which is kept from those who act for the father."""
    return household(for_him(), *([hidden()] if request.param else []))


def test_whoever_may_not_know_that_she_left_is_answered_as_if_she_had_not(home: Household) -> None:
    by = being_shown(stamp(), {FATHER: HERE, MOTHER: HERE, CHILD: HERE})
    assert known_members(home, by) == (FATHER, MOTHER, CHILD)
    with pytest.raises(AlreadyRecorded):
        rejoins(home, by)
    assert rejoins(home, by, membership="apart")
    assert leaves(home, by)
    with pytest.raises(PartedByOneSide):
        parts(home, by)


def test_whoever_knows_that_she_left_sees_her_come_back_and_go_no_more() -> None:
    gone = household(left())
    assert known_members(gone, stamp()) == (FATHER, CHILD)
    assert rejoins(gone, stamp())
    with pytest.raises(NotAMember):
        leaves(gone, stamp())
    with pytest.raises(NotAMember):
        parts(gone, stamp())


def test_whoever_is_shown_that_she_left_knows_it() -> None:
    """What is shown tells more than the log alone: here by a つなぎ."""
    by = being_shown(stamp(capacity(SHAKYO, "support")), {MOTHER: GONE, CHILD: HERE})
    gone = household(left())
    assert known_members(gone, by) == (CHILD,)
    with pytest.raises(NotAMember):
        leaves(gone, by)


def test_what_is_shown_is_looked_up_where_the_log_does_not_tell_their_desk() -> None:
    gone = household(for_him(), hidden())
    for step in (rejoins, leaves):
        with pytest.raises(NotLookedAt):
            step(gone, stamp())
    assert known_as_member(household(), stamp(), MOTHER) == HERE
    assert known_as_member(household(), stamp(IDENTITY), MOTHER) == HERE


@pytest.mark.parametrize("relation", ["unknown", "child"])
def test_as_what_she_belongs_is_not_guessed(relation: str) -> None:
    """社協 knows of her; that she joined, and as what, was not for them to read."""
    by = being_shown(stamp(capacity(SHAKYO, "support")), {MOTHER: None})
    assert rejoins(household(), by, relation=relation)


@pytest.mark.parametrize("day", ["2019", "2021"])
def test_nor_since_when(day: str) -> None:
    by = being_shown(stamp(capacity(SHAKYO, "support")), {MOTHER: None})
    assert leaves(household(), by, occurred_on=day)
    told = being_shown(stamp(capacity(SHAKYO, "support")), {MOTHER: HERE})
    if day == "2019":
        with pytest.raises(LeftBeforeJoining):
            leaves(household(), told, occurred_on=day)
    else:
        assert leaves(household(), told, occurred_on=day)


def test_of_two_records_that_somebody_left_the_first_stands_until_they_come_back() -> None:
    died = left(reason="died", occurred_on="2026-03-01")
    split = fact(HouseholdSplit, source=HOUSEHOLD, target=OTHER_HOUSEHOLD, persons=(MOTHER,))
    home = household(died, left(occurred_on="2026-03-09"), split)
    mother = home.people.members[MOTHER]
    assert (mother.left, mother.died) == ("2026-03-01", True)
    assert mother.told == (4, 6, 7, 8)
    back = after(home, joined(MOTHER)).people.members[MOTHER]
    assert (back.left, back.died) == (None, False)


def closed_to_them(**fields: Any) -> Household:
    """The desk for women noted that she belongs, as what, and what she must be kept from."""
    kept = label(MOTHER, **WOMEN, category=Category.ABUSE, **fields)
    return household(joined(MOTHER, label=kept))


def over_there(home: Household, by: Stamp) -> Label:
    facts = on(OTHER_HOUSEHOLD, parts(home, by), HOUSEHOLD)
    (came,) = (each for each in facts if isinstance(each, MemberJoined))
    assert came.membership is Membership.LIVING_TOGETHER
    return came.label


def test_what_the_writer_may_not_read_stays_the_record_of_its_desk_in_a_split() -> None:
    by = being_shown(FUKUDA, {MOTHER: None, CHILD: None})
    came = over_there(closed_to_them(tags=(Tag.SECRET,)), by)
    assert (came.agency, came.desk, came.category) == (CITY, "women", Category.ABUSE)
    assert (came.tags, came.basis) == ((Tag.SECRET,), OwnRecord())
    assert came.subjects == (MOTHER,)
    learned = BySitting(sitting=SITTING, item=ITEM)
    assert over_there(closed_to_them(basis=learned), by).basis == learned


def test_what_they_may_read_becomes_their_own() -> None:
    by = being_shown(FUKUDA, {MOTHER: HERE, CHILD: None})
    came = over_there(closed_to_them(), by)
    assert (came.agency, came.desk, came.category) == (CITY, "welfare", Category.ABUSE)
