"""Rule 7: for any two clocks the same answer; later knowledge changes nothing known before."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clocks import Point
from domain.household.referrals import ReferralStatus
from domain.recorded import Recorded
from projections.as_of import Histories, PastCase, as_it_stood, whole_of
from projections.case import members, plans, referral_status, reopened
from projections.frame import Frame, frame
from projections.standing import consents
from tests.by_night import BY_NIGHT
from tests.domain.given import NOON
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
from tests.laws.town import Town
from tests.laws.two_clocks import Oracle, opened, stood

HISTORIES, POINTS = (500, 20) if BY_NIGHT else (25, 20)
"""10,000 pairs by night, some of them in every run."""
LIVES = steps(
    meeting.plan,
    meeting.evaluate,
    people.leave,
    people.split,
    people.merge,
    sharing.hand_over,
    sharing.refer,
    sharing.accept,
    consenting.consent,
    consenting.withdraw,
    support.suspend,
    support.reopen,
    record.correct,
    record.withdraw_misfilings,
)
SEEDS = st.integers(0, 2**32)


def points(town: Town, seed: int) -> list[Point]:
    """Days from before the town began until after it ended; any position, the last of all too."""
    chance, head = Random(seed), town.ledger.head()
    days = (town.at - NOON).days + 40
    return [
        Point(NOON.date() + timedelta(chance.randrange(-35, days)), chance.randint(0, head))
        for _ in range(POINTS)
    ]


def told_by(case: PastCase, household: UUID, day: date) -> dict[str, object]:
    """What the views say of a household, from its rows alone."""
    rows = case.of[household]
    whole: Frame = frame(rows, day)
    lead = whole.lead and (whole.lead.agency, whole.lead.desk, whole.lead.staff)
    return {
        "frame": (whole.status, whole.cycle, None if whole.merged_into else lead),
        "merged": whole.merged_into,
        "members": {m.person: [m.relation, m.membership, m.since, m.left] for m in members(rows)},
        "referrals": {
            UUID(group.key.partition(":")[2])
            for group in rows
            if referral_status(group) is ReferralStatus.OPEN
        },
        "plans": {
            each.plan: (each.decided, each.review_on, each.ended)
            for each in plans(rows, reopened(rows))
        },
        "consents": {key for key, each in consents(rows).items() if each.stands(day)},
    }


def oracle(told: Sequence[Recorded], household: UUID, day: date) -> dict[str, object]:
    heard = Oracle(household, day).hear(told)
    return {
        "frame": (heard.status, heard.cycle, None if heard.merged_into else heard.lead),
        "merged": heard.merged_into,
        "members": heard.members,
        "referrals": heard.open_referrals,
        "plans": {
            key: (each["decided"], None if "gone" in each else each["review"], _over(each))
            for key, each in heard.plans.items()
        },
        "consents": heard.in_force,
    }


def _over(plan: dict[str, object]) -> bool:
    return "gone" in plan or bool(plan["ended"])


@settings(max_examples=HISTORIES)
@given(LIVES, SEEDS)
def test_at_any_two_clocks_it_is_what_the_bare_log_says(steps: list[Step], seed: int) -> None:
    town = lived(steps)
    log, chance = town.log(), Random(seed)
    for point in points(town, seed):
        household = chance.choice(town.households)
        histories = Histories(town.ledger.histories, point)
        told = stood(log, household, point.true_at, point.position)
        assert [(r.version, r.fact) for r in histories.then(household)] == [
            (r.version, r.fact) for r in told
        ]
        case = as_it_stood(histories, household)
        assert told_by(case, household, point.true_at) == oracle(told, household, point.true_at)
        assert (whole_of(histories, household) is not None) == opened(told)


@settings(max_examples=HISTORIES)
@given(LIVES, LIVES, SEEDS)
def test_what_is_learned_later_changes_nothing_known_before(
    steps: list[Step], more: list[Step], seed: int
) -> None:
    """But what is withdrawn as another household's, and is closed at once (誤記録)."""
    town = lived(steps)
    before = points(town, seed)
    homes = list(town.households)
    first = [_facts(town, home, point) for home in homes for point in before]
    for act, each in more:
        if act is not record.withdraw_misfilings:
            town.chance = Random(each)
            town.pass_days(4)
            act(town)
    assert [_facts(town, home, point) for home in homes for point in before] == first


def _facts(town: Town, home: UUID, point: Point) -> list[tuple[int, object]]:
    then = Histories(town.ledger.histories, point).then(home)
    return [(recorded.version, recorded.fact) for recorded in then]
