"""The municipality in numbers: whole as they are, divided only where nobody is found in it."""

from random import Random
from uuid import UUID, uuid4

import pytest

from replays.as_of import HomeLine, Totals, totals

K = 10
_STATES = ("open", "suspended", "closed")
_AGENCIES = ("hoken", "shakyo", "gakko", "juki", None)


def home(
    status: str, agency: str | None, *, into: UUID | None = None, members: int = 2
) -> HomeLine:
    return HomeLine(uuid4(), status, 1, agency, None, into, members, 1, 0, 0, None, ())


def named(whole: Totals) -> dict[tuple[str, str | None], int]:
    return {
        (status.status, lead.agency): lead.households
        for status in whole.by_status
        for lead in status.leads
    }


def test_what_became_part_of_another_household_is_counted_once() -> None:
    kept = home("open", "hoken", members=3)
    whole = totals([kept, home("open", "hoken", into=kept.household)], K)
    assert (whole.households, whole.merged, whole.members, whole.open_referrals) == (1, 1, 3, 1)


def test_a_small_part_is_not_named_and_cannot_be_worked_out() -> None:
    homes = [home("open", "hoken") for _ in range(30)]
    homes += [home("open", "shakyo") for _ in range(3)]
    homes += [home("open", "gakko") for _ in range(12)]
    whole = totals(homes, K)
    [status] = whole.by_status
    assert (whole.households, status.households) == (45, 45)
    assert named(whole) == {("open", "hoken"): 30}
    assert status.others == 15


def test_few_are_not_divided() -> None:
    [few] = totals([home("open", "hoken"), home("open", "shakyo")], K).by_status
    assert (few.households, few.leads, few.others) == (2, (), 2)


def test_an_empty_municipality_has_no_parts() -> None:
    assert totals([], K) == Totals(0, 0, 0, 0, 0, 0, ())


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_told_adds_up_and_is_of_many(seed: int) -> None:
    chance = Random(seed)
    homes = [
        home(chance.choice(_STATES), chance.choices(_AGENCIES, (60, 30, 8, 3, 5))[0])
        for _ in range(chance.randrange(400))
    ]
    whole = totals(homes, K)
    assert whole.households == len(homes)
    assert sum(each.households for each in whole.by_status) == len(homes)
    for each in whole.by_status:
        assert sum(lead.households for lead in each.leads) + each.others == each.households
        assert each.households == sum(line.status == each.status for line in homes)
        assert each.others == 0 or each.others >= K or not each.leads
    for (status, agency), number in named(whole).items():
        assert number >= K
        assert number == sum((line.status, line.agency) == (status, agency) for line in homes)
