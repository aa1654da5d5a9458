"""What the 閲覧簿 gives the rules: a line for every household a receipt names."""

from uuid import uuid4

from domain.events.viewing import IndexBuilt
from domain.unusual import Outcome, ReceiptRef, lines_of
from tests.domain.watch import MONDAY
from tests.reading import TANAKA, refused, shown

RECEIPT = ReceiptRef(uuid4(), 3)


def test_every_household_of_a_list_has_a_line() -> None:
    households, persons = (uuid4(), uuid4()), (uuid4(),)
    told = shown(households=households, subjects=persons, view="households")
    lines = list(lines_of(TANAKA, MONDAY, RECEIPT, told))

    assert [line.household for line in lines] == list(households)
    assert {line.receipt for line in lines} == {RECEIPT}
    assert {(line.staff, line.desk, line.outcome) for line in lines} == {
        (TANAKA.staff, TANAKA.capacity.desk, Outcome.SHOWN)
    }
    assert {line.persons for line in lines} == {persons}
    assert not any(line.opens for line in lines)


def test_a_search_that_found_nobody_is_a_line_of_its_own() -> None:
    [line] = lines_of(TANAKA, MONDAY, RECEIPT, shown(view="search"))

    assert (line.household, line.opens) == (None, False)


def test_a_refused_read_opens_what_it_asked_for() -> None:
    [line] = lines_of(TANAKA, MONDAY, RECEIPT, refused(home := uuid4()))

    assert (line.household, line.outcome, line.opens) == (home, Outcome.REFUSED, True)


def test_the_servers_own_index_is_nobodys_read() -> None:
    built = IndexBuilt(view="duplicates", position=1, persons=40)

    assert list(lines_of(TANAKA, MONDAY, RECEIPT, built)) == []
