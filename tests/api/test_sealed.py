"""Sealed text behind the API: corrected, taken out of its place, and without its keys."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from domain.ledger import API, Settings, beside, open_datastore, open_ledger, open_receipts
from domain.ledger.settings import BESIDE
from tests.api.test_receipts import HELD, services
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem, settle, written
from tests.conftest import MakeDatabase

NICKNAME = "窓口の女性"


def case(town: Town, household: UUID) -> str:
    return str(town.get(f"/households/{household}?after={last(town)}").json())


def last(town: Town) -> str:
    """Where the log stands now."""
    return str(services(town).opaque.position(services(town).ledger.head()))


def corrected(town: Town, household: UUID, number: int, changes: dict[str, object]) -> None:
    body = {"reason": "聞きちがい", "changes": changes}
    written(town.post(f"/households/{household}/facts/{number}/correction", body))


def test_a_correction_keeps_the_words_it_does_not_change(town: Town) -> None:
    taken = town.post("/intakes", INTAKE).json()
    household, consultation = UUID(taken["id"]), taken["fact"]
    corrected(town, household, consultation, {"urgency": "now"})
    corrected(town, household, consultation, {"from_paper": True})
    seen = case(town, household)
    assert HELD in seen
    assert "'urgency': 'now'" in seen
    assert "'from_paper': True" in seen
    corrected(town, household, consultation, {"narrative": "姉のことで相談に来た。"})
    seen = case(town, household)
    assert HELD not in seen
    assert "姉のことで相談に来た。" in seen


def test_the_words_of_a_correction_are_kept_nowhere_in_the_clear(
    town: Town, module_database: str
) -> None:
    """Nor what was refused."""
    taken = town.post("/intakes", INTAKE).json()
    path = f"/households/{taken['id']}/facts/{taken['fact']}/correction"
    for changes in ({"narrative": HELD, "informant": HELD}, {"route": HELD}, {"nothing": HELD}):
        town.post(path, {"reason": HELD, "changes": changes})
    kept = """
        SELECT clear::text FROM ledger.commands WHERE type = 'CorrectFact'
        UNION ALL SELECT clear::text FROM ledger.refusals WHERE type = 'CorrectFact'
    """
    with psycopg.connect(module_database) as owner:
        found = [clear for (clear,) in owner.execute(kept)]
    assert len(found) >= 3
    assert not any(HELD in clear for clear in found)


def test_the_words_of_one_place_are_not_shown_in_another(town: Town, module_database: str) -> None:
    """Whoever can write the read models still cannot have a text opened where it is not."""
    household, other = (written(town.post("/intakes", INTAKE)) for _ in range(2))
    assert HELD in case(town, household)
    swap = """
        UPDATE projections.case_view mine SET told = theirs.told
        FROM projections.case_view theirs
        WHERE mine.stream = %s AND mine.key LIKE 'consultation:%%'
            AND theirs.stream = %s AND theirs.key LIKE 'consultation:%%'
    """
    with psycopg.connect(module_database) as owner:
        owner.execute(swap, (household, other))
    answered = town.get(f"/households/{household}")
    problem(answered, 500, "BrokenSeal")
    assert HELD not in answered.text
    assert HELD in case(town, other)


@dataclass
class Cut:
    """A town whose keys have gone, and a household from before."""

    town: Town
    household: UUID


@pytest.fixture
def cut(town: Town, make_database: MakeDatabase) -> Iterator[Cut]:
    settings, mine = Settings(make_database(), timeout=0.5), services(town)
    with (
        closing(open_ledger(settings)) as ledger,
        closing(open_datastore(settings, API)) as tables,
    ):
        settle(ledger)
        given = replace(mine, ledger=ledger, tables=tables)
        with TestClient(create_app(given), raise_server_exceptions=False) as client:
            apart = Town(client, town.issuer)
            household = written(apart.post("/intakes", INTAKE))
            keys = beside(settings.url, BESIDE)
            with psycopg.connect(settings.url, autocommit=True) as owner:
                name = keys.split("dbname=")[1].split()[0]
                owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
            yield Cut(apart, household)


def test_without_keys_nothing_is_written(cut: Cut) -> None:
    answered = cut.town.post("/intakes", INTAKE)
    problem(answered, 503, "KeysUnavailable")
    assert answered.headers["retry-after"]


def test_without_keys_nothing_is_shown(
    town: Town, make_database: MakeDatabase, module_book: str
) -> None:
    """The receipt is written, and then no word can be opened."""
    household = written(town.post("/intakes", INTAKE))
    assert HELD in case(town, household)
    mine: Services = services(town)
    settings = Settings(make_database(), timeout=0.5)
    with (
        closing(open_ledger(settings)) as ledger,
        closing(open_receipts(Settings(module_book), sealer=ledger.sealer))
        as book,
    ):  # fmt: skip
        with psycopg.connect(settings.url, autocommit=True) as owner:
            name = beside(settings.url, BESIDE).split("dbname=")[1].split()[0]
            owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
        app = create_app(replace(mine, book=book))
        with TestClient(app, raise_server_exceptions=False) as client:
            answered = Town(client, town.issuer).get(f"/households/{household}")
    problem(answered, 503, "KeysUnavailable")
    assert HELD not in answered.text
    assert NICKNAME not in answered.text
