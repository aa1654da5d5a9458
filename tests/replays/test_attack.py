"""Every table that can be obtained, set off against every other: no number below k comes out."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from random import Random
from uuid import UUID

import pytest

from domain.publication import PUBLICATIONS, Publications
from domain.publishing import NothingNewToPublish, PublishStatistics, publish_tables
from domain.recorded import Recorded
from domain.stamp import Stamp
from domain.suppression import Counts, suppressed
from domain.values import Author, Capacity, Role, StaffId
from replays.statistics import Census, census_of
from replays.statistics.tables import TABLES, counted, label
from replays.statistics.view import view_at
from tests.replays.attack import Shown, attacked
from tests.replays.counting_city import city

K = 10
YEARS = (2024, 2025)
_ANALYST = Capacity(agency="chiiki-fukushi", desk="analysis", role=Role.ANALYST)
Releases = dict[tuple[int, str], list[Shown]]


@cache
def census() -> Census:
    return census_of(city().ledger, city().profile)


def moments(steps: int = 12) -> list[int]:
    """Where the log stood, from a third on: each is a closing, the last ones are corrections."""
    head = city().ledger.head()
    return sorted({*range(head // 3, head, head // steps), city().closed, head})


def versions() -> Iterator[tuple[int, Mapping[str, Counts]]]:
    for position in moments():
        for year in YEARS:
            yield year, counted(view_at(census(), position), year)


def published() -> Releases:
    """As the decision publishes them, asked again and again."""
    state = Publications(id=PUBLICATIONS)
    author = Author(staff=StaffId(UUID(int=1)), capacity=_ANALYST)
    stamp = Stamp(author, datetime(2030, 4, 1, tzinfo=UTC), UUID(int=2), city().profile)
    for year, tables in versions():
        command = PublishStatistics.model_validate({"year": year, "closing": "2026-03-31"})
        try:
            facts = publish_tables(state, command, stamp, tables=tables)
        except NothingNewToPublish:
            continue
        for fact in facts:
            at = Recorded(PUBLICATIONS, state.version + 1, 1, stamp.at, None, author, fact)
            state = state.evolve(at)
    return {key: [each.shown for each in found] for key, found in state.releases.items()}


def carelessly(*, complement: bool) -> Releases:
    """Every version is shown as it comes, whatever was shown before."""
    found: Releases = {}
    for year, tables in versions():
        for name, counts in tables.items():
            shown = suppressed(counts, K, complement=complement)
            kept = found.setdefault((year, name), [])
            if not kept or kept[-1] != shown:
                kept.append(shown)
    return found


def first(releases: Releases) -> Releases:
    return {key: found[-1:] for key, found in releases.items()}


def test_nothing_below_k_comes_out_of_all_that_was_published() -> None:
    releases = published()
    assert len(releases) == len(TABLES) * len(YEARS)
    assert any(number is None for found in releases.values() for number in found[-1].values())
    assert attacked(releases, K) == []


def test_the_attack_succeeds_where_nothing_is_hidden_beside_the_small_cells() -> None:
    assert attacked(first(carelessly(complement=False)), K)


def test_the_attack_succeeds_where_earlier_versions_are_forgotten() -> None:
    each = carelessly(complement=True)
    assert attacked(first(each), K) == []
    assert attacked(each, K)


@pytest.mark.parametrize("seed", range(20))
def test_late_records_of_any_town_are_not_told_apart(seed: int) -> None:
    """Invented tables that grow by a few at a time, asked for after each of them."""
    chance = Random(seed)
    state, counts = Publications(id=PUBLICATIONS), dict[tuple[str, ...], int]()
    author = Author(staff=StaffId(UUID(int=1)), capacity=_ANALYST)
    stamp = Stamp(author, datetime(2030, 4, 1, tzinfo=UTC), UUID(int=2), city().profile)
    command = PublishStatistics.model_validate({"year": 2025, "closing": "2026-03-31"})
    for _ in range(60):
        leaf = chance.choice("abcd"), chance.choice("xyz")
        for _ in range(chance.choice((1, 1, 2, 5, 30))):
            for path in ((), leaf[:1], leaf):
                counts[path] = counts.get(path, 0) + 1
        try:
            facts = publish_tables(state, command, stamp, tables={"t": dict(counts)})
        except NothingNewToPublish:
            continue
        for fact in facts:
            state = state.evolve(
                Recorded(PUBLICATIONS, state.version + 1, 1, stamp.at, None, author, fact)
            )
    releases = {key: [each.shown for each in found] for key, found in state.releases.items()}
    assert attacked(releases, K) == []


@pytest.mark.parametrize("k", [2, 3, 5])
def test_every_combination_of_sex_birth_area_and_household_size_has_at_least_k_people(
    k: int,
) -> None:
    counts = counted(view_at(census(), city().closed), 2025)["new-people"]
    shown = suppressed(counts, k)
    combinations = [number for path, number in shown.items() if len(path) == 4]
    assert any(combinations)
    assert all(number is None or number >= k for number in combinations)
    assert attacked({(2025, "new-people"): [shown]}, k) == []


def test_a_table_counts_each_person_once_in_every_division() -> None:
    tables = counted(view_at(census(), city().closed), 2025)
    wholes = {tables[table.id][()] for table in TABLES if table.id.startswith("new-people")}
    assert len(wholes) == 1
    for table in TABLES:
        counts = tables[table.id]
        for path in counts:
            parts = [counts[other] for other in counts if other[:-1] == path and other]
            assert not parts or sum(parts) == counts[path]


def test_every_part_of_every_table_has_a_name() -> None:
    for year in YEARS:
        for table in TABLES:
            for path in counted(view_at(census(), city().closed), year)[table.id]:
                for part, code in zip(table.parts, path, strict=False):
                    assert label(part, code, city().profile, year)
