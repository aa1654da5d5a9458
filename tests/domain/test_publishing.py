"""Publishing: a year that is over, by 分析担当, and never what tells a few apart from before."""

from datetime import date
from uuid import UUID

import pytest

from domain.events.publication import Known, StatisticsPublished
from domain.publication import PUBLICATIONS, Publications
from domain.publishing import (
    NothingNewToPublish,
    PublishStatistics,
    YearNotOver,
    publish_tables,
)
from domain.recorded import Recorded, fold
from domain.refusals import InTheFuture, RoleNeeded
from domain.suppression import Counts
from domain.values import Role
from tests.domain.given import NOON, act, capacity, stamp
from tests.domain.test_suppression import flat

ANALYST = stamp(capacity(role=Role.ANALYST))


def asked(
    year: int = 2024, closing: str = "2025-05-31", known: str = "closed"
) -> PublishStatistics:
    return act(PublishStatistics, year=year, closing=closing, known=known)


def published(
    *earlier: StatisticsPublished,
    tables: dict[str, Counts],
    command: PublishStatistics | None = None,
) -> list[StatisticsPublished]:
    author = ANALYST.author
    history = [
        Recorded(PUBLICATIONS, n, n, NOON, UUID(int=n), author, fact)
        for n, fact in enumerate(earlier, 1)
    ]
    before = fold(Publications(id=PUBLICATIONS), history)
    return publish_tables(before, command or asked(), ANALYST, tables=tables)


def cells(fact: StatisticsPublished) -> dict[tuple[str, ...], int | None]:
    return {cell.key: cell.count for cell in fact.cells}


def test_small_cells_are_hidden_with_what_would_betray_them() -> None:
    (fact,) = published(tables={"routes": flat(visit=3, phone=12, mail=40)})
    assert cells(fact) == {(): 55, ("mail",): 40, ("phone",): None, ("visit",): None}
    assert (fact.year, fact.table, fact.k, fact.known) == (2024, "routes", 10, Known.CLOSED)
    assert fact.label.agency == ANALYST.capacity.agency


def test_every_table_is_published_by_itself() -> None:
    facts = published(tables={"b": flat(x=20), "a": flat(x=20, y=30)})
    assert [fact.table for fact in facts] == ["a", "b"]


def test_nobody_else_publishes() -> None:
    with pytest.raises(RoleNeeded):
        publish_tables(Publications(id=PUBLICATIONS), asked(), stamp(), tables={})


@pytest.mark.parametrize("closing", ["2025-03-30", "2024-12-31"])
def test_a_year_is_published_when_it_is_over(closing: str) -> None:
    with pytest.raises(YearNotOver):
        published(tables={"a": flat(x=20)}, command=asked(closing=closing))


def test_the_books_are_not_closed_ahead() -> None:
    with pytest.raises(InTheFuture):
        published(tables={"a": flat(x=20)}, command=asked(closing="2026-04-02"))


def test_the_same_numbers_again_are_nothing_new() -> None:
    (fact,) = published(tables={"a": flat(x=20)})
    with pytest.raises(NothingNewToPublish):
        published(fact, tables={"a": flat(x=20)})


def test_a_few_more_since_are_not_published() -> None:
    (fact,) = published(tables={"a": flat(x=20, y=30)})
    with pytest.raises(NothingNewToPublish):
        published(fact, tables={"a": flat(x=22, y=30)})


def test_enough_more_since_are_published_as_a_new_version() -> None:
    (first,) = published(tables={"a": flat(x=20, y=30)})
    (second,) = published(first, tables={"a": flat(x=32, y=30)}, command=asked(known="now"))
    assert cells(second)[("x",)] == 32
    assert second.known is Known.NOW


def test_the_tables_of_a_year_are_renewed_together_or_not_at_all() -> None:
    first = published(tables={"a": flat(x=20, y=30), "b": flat(z=50)})
    with pytest.raises(NothingNewToPublish):
        published(*first, tables={"a": flat(x=32, y=30), "b": flat(z=53)})
    renewed = published(*first, tables={"a": flat(x=32, y=30), "b": flat(z=62)})
    assert [fact.table for fact in renewed] == ["a", "b"]


def test_a_version_must_be_safe_beside_all_earlier_ones() -> None:
    (first,) = published(tables={"a": flat(x=20, y=30)})
    (second,) = published(first, tables={"a": flat(x=32, y=30)})
    with pytest.raises(NothingNewToPublish):
        published(first, second, tables={"a": flat(x=21, y=30)})


def test_other_years_stand_for_themselves() -> None:
    (first,) = published(tables={"a": flat(x=20, y=30)})
    command = asked(year=2023)
    assert published(first, tables={"a": flat(x=21, y=30)}, command=command)


def test_what_was_hidden_below_ten_is_not_shown_when_the_setting_falls() -> None:
    (first,) = published(tables={"a": flat(x=20, y=30)})
    strict = first.model_copy(update={"k": 15})
    (second,) = published(strict, tables={"a": flat(x=20, y=45)})
    assert second.k == 15
    with pytest.raises(NothingNewToPublish):
        published(strict, tables={"a": flat(x=20, y=42)})


def test_publications_are_remembered_by_year_and_table() -> None:
    (fact,) = published(tables={"a": flat(x=20)})
    recorded = Recorded(PUBLICATIONS, 1, 1, NOON, None, ANALYST.author, fact)
    known = Publications(id=PUBLICATIONS).evolve(recorded)
    assert known.version == 1
    assert [release.fact for release in known.of(2024, "a")] == [fact]
    assert known.of(2023, "a") == ()
    assert date(2025, 5, 31) == known.of(2024, "a")[0].fact.closing
