"""The case view says what the facts add up to: through its rows in memory, and in PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hypothesis import given, settings

from domain.events.meeting import PlanDecided, PlanEvaluated
from domain.gate import Item
from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.ledger import Recorded, ledger_in_memory
from domain.ledger.datastore import Datastore
from domain.values import JST
from projections.at_once import homes_of
from projections.case import members, plan, referral_status
from projections.case_rows import rows
from projections.frame import frame
from projections.history import as_it_reads
from projections.reading import Group, grouped
from projections.standing import consents
from tests.by_night import BY_NIGHT
from tests.laws.acts import (
    Step,
    consenting,
    lived,
    meeting,
    people,
    record,
    sharing,
    steps,
    support,
)
from tests.laws.conftest import Stored
from tests.laws.reading import as_read
from tests.laws.town import Town
from tests.ledger.keys_in_memory import sealer_in_memory

STORED = 20 if BY_NIGHT else 8
LIVES = steps(
    meeting.plan,
    meeting.evaluate,
    people.leave,
    people.split,
    sharing.hand_over,
    sharing.refer,
    sharing.turn_back,
    consenting.withdraw,
    support.suspend,
    support.reopen,
    record.correct,
    record.withdraw_misfilings,
)


def rows_of(history: Sequence[Recorded]) -> list[Group]:
    """The household's rows, made as the projection makes them, in the order queries read them."""
    told: dict[str, list[Item]] = {}
    for each in as_it_reads(history):
        words = each.words or each.version
        item = Item(each.stream, each.version, each.author, each.fact, words, each.position)
        for row in rows(each):
            told.setdefault(row.key, []).append(item)
    return [grouped(history[0].stream, key, told[key]) for key in sorted(told)]


def reviews(history: Sequence[Recorded]) -> dict[UUID, date | None]:
    """The next review of each plan, read off the facts one by one."""
    found: dict[UUID, date | None] = {}
    for each in as_read(history):
        match each.fact:
            case PlanDecided(plan=key, review_on=day):
                found[key] = day
            case PlanEvaluated(plan=key, stage="final"):
                found[key] = None
            case PlanEvaluated(plan=key, review_on=day) if day:
                found[key] = day
            case _:
                pass
    return found


def assert_shown(view: Sequence[Group], state: Household, history: Sequence[Recorded]) -> None:
    today = history[-1].recorded_at.astimezone(JST).date()
    shown = frame(view, today)
    assert shown.lead == state.lead_on(today)
    assert shown.merged_into == state.people.merged_into
    assert (shown.status, shown.cycle) == (state.support.status, state.support.cycle)
    assert (shown.area, shown.household_type) == (state.people.area, state.people.household_type)
    assert {m.person: (m.relation, m.membership, m.since, m.left) for m in members(view)} == {
        person: (m.relation, m.membership, m.since, m.left)
        for person, m in state.people.members.items()
    }
    referrals = state.referrals.referrals
    assert open_referrals(view) == {
        key for key, made in referrals.items() if made.status is ReferralStatus.OPEN
    }
    assert_plans(view, state, history)
    assert_consents(view, state, today)


def open_referrals(view: Sequence[Group]) -> set[UUID]:
    standing = [group for group in view if referral_status(group) is ReferralStatus.OPEN]
    return {UUID(group.key.partition(":")[2]) for group in standing}


def assert_plans(view: Sequence[Group], state: Household, history: Sequence[Recorded]) -> None:
    """Of the present cycle; of earlier ones the view shows more than decisions ask."""
    shown = {each.plan: each for each in map(plan, view_of(view, "plan"))}
    for key, held in state.planning.plans.items():
        assert shown[key].decided == held.decided
        assert shown[key].ratify_by == held.ratify_by
    for key, day in reviews(history).items():
        assert shown[key].review_on == day


def assert_consents(view: Sequence[Group], state: Household, today: date) -> None:
    shown = consents(view)
    for key, held in state.consents.consents.items():
        for agency in held.agencies:
            for category in held.categories:
                for purpose in held.purposes:
                    scope = agency, category, purpose, today
                    assert held.covers(*scope) == (key in shown and shown[key].covers(*scope))
    assert shown.keys() <= state.consents.consents.keys()


def view_of(view: Sequence[Group], kind: str) -> list[Group]:
    return [group for group in view if group.kind == kind]


@given(LIVES)
def test_the_case_view_is_what_the_facts_add_up_to(lived_through: list[Step]) -> None:
    town = lived(lived_through, ledger_in_memory(demonstration=True, sealer=sealer_in_memory()))
    for home in town.households:
        history = town.ledger.history(home)
        assert_shown(rows_of(history), town.state(home), history)


@settings(max_examples=STORED)
@given(lived_through=LIVES)
def test_the_stored_case_view_is_what_the_facts_add_up_to(
    stored: Stored, lived_through: list[Step]
) -> None:
    ledger, tables, runner = stored
    town = lived(lived_through, ledger, f"town {ledger.head()}")
    runner.catch_up()
    assert_stored(town, tables)


def assert_stored(town: Town, tables: Datastore) -> None:
    with tables.session() as connection:
        found = homes_of(connection, town.households)
    for home in town.households:
        history = town.ledger.history(home)
        assert found[home] == rows_of(history)
        assert_shown(found[home], town.state(home), history)
