"""The whole 情報提供台帳 of a past is that of each household, whatever was taken back since."""

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from domain.clocks import Point
from domain.gate import Reader
from domain.ledger import Ledger
from domain.values import JST
from projections.as_of import Histories, disclosures_as_of
from projections.disclosures import Disclosure
from projections.reading import fetch
from tests.by_night import BY_NIGHT
from tests.laws.acts import Step, consenting, lived, people, record, sharing, steps
from tests.laws.conftest import Stored
from tests.laws.town import EVERYBODY, staff

STORED = 20 if BY_NIGHT else 6
LIVES = steps(
    sharing.refer,
    sharing.share_as_agreed,
    sharing.turn_back,
    consenting.withdraw,
    people.merge,
    people.conceal,
    record.correct,
    record.withdraw_misfilings,
    least=10,
    most=40,
)


@settings(max_examples=STORED, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(lives=LIVES, seed=st.integers(0, 2**32))
def test_the_register_of_a_past_is_that_of_each_household(
    stored: Stored, lives: list[Step], seed: int
) -> None:
    ledger, tables, runner = stored
    lived(lives, ledger, f"register {ledger.head()}")
    runner.catch_up()
    chance = Random(seed)
    with tables.session() as connection:
        for held in chance.sample(list(dict.fromkeys(EVERYBODY)), 3):
            at = ledger.now()
            reader = Reader(staff(held), held, at.astimezone(JST).date(), at)
            point = _some(chance, ledger, reader)
            expected = _one_by_one(connection, ledger, reader, point)
            assert _page_by_page(connection, ledger, reader, point) == expected


def _some(chance: Random, ledger: Ledger, reader: Reader) -> Point:
    return Point(
        reader.today - timedelta(days=chance.randrange(90)), chance.randint(0, ledger.head())
    )


def _one_by_one(
    connection: Connection[Any], ledger: Ledger, reader: Reader, point: Point
) -> list[Disclosure]:
    found: list[Disclosure] = []
    for (home,) in fetch(connection, "SELECT DISTINCT stream FROM projections.caseload", ()):
        then = Histories(ledger.histories, point)
        page = disclosures_as_of(
            connection, reader=reader, histories=then, household=home, limit=10_000
        )
        found += [entry for entry in page.entries if entry.household == home]
    return sorted(found, key=lambda entry: entry.position, reverse=True)


def _page_by_page(
    connection: Connection[Any], ledger: Ledger, reader: Reader, point: Point
) -> list[Disclosure]:
    found: list[Disclosure] = []
    more: int | None = None
    while True:
        then = Histories(ledger.histories, point)
        page = disclosures_as_of(connection, reader=reader, histories=then, before=more, limit=3)
        found, more = [*found, *page.entries], page.more
        if more is None:
            return found
