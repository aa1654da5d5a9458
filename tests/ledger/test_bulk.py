"""Many commands at once end as they would one by one."""

from collections.abc import Iterable
from uuid import uuid4

import pytest

from domain.ledger import (
    CommandIdReused,
    Item,
    Ledger,
    Outcome,
    record_many,
)
from domain.refusals import Refused, Unknown
from tests.ledger.given import (
    TooManyVisits,
    Visit,
    Visits,
    correct_the_first,
    known,
    new,
    stamp,
    visit,
    visit_both,
)


def versions(results: Iterable[Outcome | Refused]) -> list[object]:
    return [
        list(result.versions.values()) if isinstance(result, Outcome) else type(result)
        for result in results
    ]


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_later_items_see_what_earlier_ones_did(either: Ledger, at_once: int) -> None:
    home, other = new(), new()
    items = [
        Item(visit, Visit(times=2), stamp(), (home,)),
        Item(visit, Visit(), stamp(), (known(home.id),)),
        Item(visit_both, Visit(), stamp(), (known(home.id), other)),
        Item(visit, Visit(), stamp(), (known(other.id),)),
    ]
    done = list(record_many(either, items, at_once=at_once))
    assert versions(done) == [[2], [3], [4, 1], [2]]
    assert [outcome.position for outcome in done if isinstance(outcome, Outcome)] == [2, 3, 5, 6]
    assert [recorded.version for recorded in either.history(home.id)] == [1, 2, 3, 4]
    assert either.recall(known(home.id)).version == 4


def test_a_refused_item_does_not_stop_the_rest(either: Ledger) -> None:
    home = new()
    items = [
        Item(visit, Visit(), stamp(), (home,)),
        Item(visit, Visit(most=1), stamp(), (home,)),
        Item(visit, Visit(), stamp(), (known(uuid4()),)),
        Item(visit, Visit(), stamp(), (home,)),
    ]
    assert versions(list(record_many(either, items))) == [[1], TooManyVisits, Unknown, [2]]


def test_loading_the_same_again_changes_nothing(either: Ledger) -> None:
    homes = [new() for _ in range(5)]
    items = [Item(visit, Visit(), stamp(), (home,)) for home in homes]
    first = list(record_many(either, items))
    again = list(record_many(either, items))
    assert again == [
        outcome._replace(repeated=True) for outcome in first if isinstance(outcome, Outcome)
    ]
    reused = [items[0]._replace(command=Visit(method="phone"))]
    assert versions(list(record_many(either, reused))) == [CommandIdReused]
    assert either.head() == 5


def test_who_was_overtaken_in_between_decides_again(either: Ledger) -> None:
    home = new()
    either.record(visit, Visit(), stamp(), home)
    either.recall(known(home.id))
    Ledger(either.log).record(visit, Visit(), stamp(), home)
    items = [Item(visit, Visit(), stamp(), (known(home.id),)) for _ in range(3)]
    assert versions(list(record_many(either, items))) == [[3], [4], [5]]


def test_a_correction_in_between_is_recorded_by_itself(either: Ledger) -> None:
    home = new()
    items = [
        Item(visit, Visit(method="home"), stamp(), (home,)),
        Item(correct_the_first, Visit(), stamp(), (home,)),
        Item(visit, Visit(method="phone"), stamp(), (home,)),
    ]
    assert versions(record_many(either, items)) == [[1], [2], [3]]
    assert either.recall(home) == Visits(home.id, 3, ("phone",))


def test_nothing_to_load_is_nothing_recorded(either: Ledger) -> None:
    assert list(record_many(either, [])) == []
