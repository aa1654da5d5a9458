"""The case view equals the fold: what is shown is what decisions rest on."""

from uuid import UUID

from hypothesis import given

from domain.gate import Item
from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.recorded import Recorded, fold
from domain.values import JST
from projections.case import members, plans, referral_status, reopened
from projections.case_rows import rows
from projections.frame import frame
from projections.history import as_it_reads
from projections.reading import Group, grouped
from projections.standing import consents
from tests.facts import histories


def groups(history: list[Recorded]) -> list[Group]:
    """The rows of a household, told without a database."""
    found: dict[str, list[Item]] = {}
    for recorded in as_it_reads(history):
        for row in rows(recorded):
            place = recorded.stream, recorded.version
            item = Item(*place, recorded.author, recorded.fact, recorded.version, recorded.position)
            found.setdefault(row.key, []).append(item)
    return [grouped(history[0].stream, key, items) for key, items in sorted(found.items())]


def folded(history: list[Recorded]) -> Household:
    return fold(Household(id=history[0].stream), history)


@given(histories("household", max_size=30))
def test_the_case_is_the_folded_household(history: list[Recorded]) -> None:
    household, every = folded(history), groups(history)
    today = history[-1].recorded_at.astimezone(JST).date()
    shown = frame(every, today)
    assert shown.status is household.support.status
    assert shown.cycle == household.support.cycle
    assert shown.lead == household.lead_on(today)
    assert (shown.next_lead.lead if shown.next_lead else shown.lead) == household.lead
    assert shown.area == household.people.area
    assert shown.merged_into == household.people.merged_into
    assert {each.person: each.left for each in members(every)} == {
        person: member.left for person, member in household.people.members.items()
    }
    assert _referrals(every) == {
        key: referral.status for key, referral in household.referrals.referrals.items()
    }
    assert {each.plan: each.decided for each in plans(every, reopened(every))} == {
        key: each.decided for key, each in household.planning.plans.items()
    }
    assert set(consents(every)) == {
        key for key, consent in household.consents.consents.items() if not consent.lapsed
    }


def _referrals(every: list[Group]) -> dict[UUID, ReferralStatus]:
    stand = ((group, referral_status(group)) for group in every)
    return {UUID(group.key.partition(":")[2]): status for group, status in stand if status}
