"""名前の索引: read once there is something to read it with; opens only what was sealed."""

from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from api.names import Names
from api.serving import projector
from domain.ledger import API, Settings, open_datastore, open_ledger, open_receipts
from projections.sought import sought
from tests.api.test_receipts import services
from tests.api.test_search import sought as searched
from tests.api.test_search import taken_in
from tests.api.town import Town
from tests.conftest import MakeDatabase
from tests.faults.clients import until


def proposed(names: Names, town: Town, said: str) -> set[str]:
    tables, now = services(town).tables, datetime.now(UTC)
    found = tables.read(lambda connection: names.find(connection, sought(said), now))
    return {str(person) for _, person in found}


def read(town: Town) -> Names:
    names = Names(services(town).tables, services(town).book)
    names.start()
    names.wait()
    names.close()
    return names


def test_it_is_read_again_until_there_is_something_to_read(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    url = make_database()
    with (
        closing(open_ledger(Settings(url))) as ledger,
        closing(open_datastore(Settings(url), API)) as tables,
        closing(open_receipts(Settings(make_book(url)), sealer=ledger.sealer)) as book,
    ):
        names = Names(tables, book)
        names.start()
        assert not names.ready  # there are no tables yet
        with projector(url):
            until(lambda: names.ready)
        names.close()


def test_a_server_that_ends_does_not_wait_for_it(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    url = make_database()
    with (
        closing(open_ledger(Settings(url))) as ledger,
        closing(open_datastore(Settings(url), API)) as tables,
        closing(open_receipts(Settings(make_book(url)), sealer=ledger.sealer)) as book,
    ):
        names = Names(tables, book)
        names.close()
        names.start()
        names.close()
        assert not names.ready


def test_whose_record_was_tampered_with_is_passed_over(town: Town, module_database: str) -> None:
    made = [taken_in(town, name=f"封印 {name}", kana="フウイン") for name in ("一", "二", "三")]
    searched(town, "封印", after=made[-1][2])
    persons = [person for _, person, _ in made]
    whole = read(town)
    assert proposed(whole, town, "封印") == set(persons)
    swap = """
        UPDATE projections.people p SET told = o.told FROM projections.people o
        WHERE p.key = 'identity' AND o.key = 'identity'
        AND (p.stream, o.stream) IN ((%(one)s, %(other)s), (%(other)s, %(one)s))
    """
    pair = {"one": UUID(persons[0]), "other": UUID(persons[1])}
    with psycopg.connect(module_database) as connection:
        connection.execute(swap, pair)
    assert proposed(read(town), town, "封印") == {persons[2]}
    with psycopg.connect(module_database) as connection:
        connection.execute(swap, pair)
    assert proposed(read(town), town, "封印") == set(persons)
