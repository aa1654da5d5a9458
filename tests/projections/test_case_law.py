"""The case view equals the fold: what is shown is what decisions rest on."""

from uuid import UUID

from hypothesis import given, settings

from domain.gate import Item
from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.recorded import Recorded, fold
from projections.access import consents
from projections.case import frame, members, plans, referral_status, reopened
from projections.case_rows import rows
from projections.history import as_it_reads
from projections.reading import Group
from tests.facts import histories


def groups(history: list[Recorded]) -> list[Group]:
    """The rows of a household, told without a database."""
    found: dict[str, list[Item]] = {}
    for recorded in as_it_reads(history):
        for row in rows(recorded):
            item = Item(recorded.stream, recorded.version, recorded.author, recorded.fact)
            found.setdefault(row.key, []).append(item)
    return [Group(history[0].stream, key, tuple(items)) for key, items in sorted(found.items())]


def folded(history: list[Recorded]) -> Household:
    return fold(Household(id=history[0].stream), history)


@settings(max_examples=60, deadline=None)
@given(histories("household", max_size=40))
def test_the_frame_is_the_folded_household(history: list[Recorded]) -> None:
    household, shown = folded(history), frame(groups(history))
    assert shown.status is household.support.status
    assert shown.cycle == household.support.cycle
    assert shown.lead == household.referrals.lead
    assert shown.area == household.people.area
    assert shown.merged_into == household.people.merged_into


@settings(max_examples=60, deadline=None)
@given(histories("household", max_size=40))
def test_the_members_are_those_of_the_folded_household(history: list[Recorded]) -> None:
    people = folded(history).people
    shown = {member.person: member for member in members(groups(history))}
    assert set(shown) == set(people.members)
    assert {key: each.left for key, each in shown.items()} == {
        key: each.left for key, each in people.members.items()
    }


@settings(max_examples=60, deadline=None)
@given(histories("household", max_size=40))
def test_referrals_stand_as_in_the_folded_household(history: list[Recorded]) -> None:
    shown = {
        UUID(group.key.partition(":")[2]): status
        for group in groups(history)
        if (status := referral_status(group))
    }
    open_ones = {key for key, status in shown.items() if status is ReferralStatus.OPEN}
    folded_ones = folded(history).referrals.referrals
    assert set(shown) == set(folded_ones)
    assert open_ones == {
        key for key, each in folded_ones.items() if each.status is ReferralStatus.OPEN
    }


@settings(max_examples=60, deadline=None)
@given(histories("household", max_size=40))
def test_plans_stand_as_in_the_folded_household(history: list[Recorded]) -> None:
    every = groups(history)
    shown = {each.plan: each for each in plans(every, reopened(every))}
    held = folded(history).planning.plans
    assert set(shown) == set(held)
    assert {key: each.decided for key, each in shown.items()} == {
        key: each.decided for key, each in held.items()
    }


@settings(max_examples=60, deadline=None)
@given(histories("household", max_size=40))
def test_consents_stand_as_in_the_folded_household(history: list[Recorded]) -> None:
    shown = consents(groups(history))
    held = folded(history).consents.consents
    assert set(shown) == {key for key, consent in held.items() if not consent.lapsed}
