"""次の要求から: what takes access away is in force at the next request, whoever asks and whatever
they know of it; where the tables have fallen behind the ledger, nothing is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.api.audit.desk import AUDIT, OFFICER, consented, recorded, shared, taken_in
from tests.api.test_commands import run
from tests.api.test_sides import conceal, does, told_to_shakyo
from tests.api.test_sides import taken_in as alone
from tests.api.town import Town, problem

PAGES = ("", "/timeline")
WORDS = "息子の仕事"


@contextmanager
def held_up(database: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is recorded meanwhile is not in the tables, and nobody waits for long."""
    with patch.context() as impatient, psycopg.connect(database) as connection:
        for waiting in ("api.callers", "api.auditing"):
            impatient.setattr(f"{waiting}.PATIENCE", 0.3)
        connection.execute("SELECT FROM projections.places FOR UPDATE")
        yield


def told(town: Town) -> tuple[str, str]:
    """A household of which 社協 reads by a consent, and how that is withdrawn."""
    home = taken_in(town)
    consent = consented(town, home)["id"]
    shared(town, home, {"kind": "consent", "consent": consent})
    path = f"/households/{home['household']}"
    assert reads(town, path)
    return path, f"{path}/consents/{consent}/withdrawal"


def reads(town: Town, path: str, staff: str = "sato") -> bool:
    """Whether the words are told to them there, on any page."""
    return any(WORDS in town.get(f"{path}{page}", staff).text for page in PAGES)


def test_a_withdrawal_is_in_force_at_the_next_request_of_somebody_else(town: Town) -> None:
    for _ in range(5):
        path, withdrawal = told(town)
        recorded(town, withdrawal, {})
        assert not reads(town, path)


def test_nothing_is_told_of_before_it(
    town: Town, module_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, withdrawal = told(town)
    with held_up(module_database, monkeypatch):
        recorded(town, withdrawal, {})
        for page in PAGES:
            problem(town.get(f"{path}{page}", "sato"), 503, "NotYetShown")
    assert not reads(town, path)
    assert reads(town, path, "tanaka")


def test_nor_to_the_other_side_of_before_the_protection(
    town: Town, module_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, father = alone(town, "前の世帯の父")
    home, mother, _ = told_to_shakyo(town, "移った母")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{former}/guardianships", guardian)
    assert town.get(home, "sato").status_code == 200
    with held_up(module_database, monkeypatch):
        conceal(town, home, mother, father)
        for path in (*(f"{home}{page}" for page in PAGES), "/households", "/tasks", "/disclosures"):
            problem(town.get(path, "sato"), 503, "NotYetShown")
    assert town.get(home, "sato").status_code == 404


def test_nor_to_an_officer_before_all_that_another_process_read(
    town: Town, module_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/audit/reads?household={taken_in(town)['household']}"
    assert town.get(path, OFFICER, **AUDIT).status_code == 200
    with held_up(module_database, monkeypatch):
        code, said = run("compare", "timeline", SETAI_DATABASE_URL=module_database)
        assert code == 0, said
        problem(town.get(path, OFFICER, **AUDIT), 503, "NotYetShown")
        following = {each["name"]: each for each in town.client.get("/health").json()["following"]}
        assert following["reads"]["behind"] > 0
    assert town.get(path, OFFICER, **AUDIT).status_code == 200


@contextmanager
def put_aside(database: str, stream: str) -> Iterator[None]:
    """From here on nothing of that stream can be told."""
    put = """
        INSERT INTO projections.quarantine (name, stream, version, position, reason)
        SELECT name, %s, 99, position + 1, '' FROM projections.places WHERE name = 'case_view'
    """
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(put, (stream,))
        yield
        connection.execute("DELETE FROM projections.quarantine")


@pytest.mark.parametrize("of", ["household", "person-0"])
def test_nor_of_a_household_in_which_something_could_not_be_told(
    of: str, town: Town, module_database: str
) -> None:
    home = taken_in(town)
    consent = consented(town, home)["id"]
    shared(town, home, {"kind": "consent", "consent": consent})
    path, (other, _) = f"/households/{home['household']}", told(town)
    assert reads(town, path)
    with put_aside(module_database, home[of]):
        recorded(town, f"{path}/consents/{consent}/withdrawal", {})
        for page in PAGES:
            problem(town.get(f"{path}{page}", "sato"), 503, "PutAside")
            problem(town.get(f"{path}{page}"), 503, "PutAside")
            problem(town.get(f"{path}{page}", "honda"), 404, "Unknown")
        for listed in ("/households", "/tasks", "/disclosures"):
            assert home["household"] not in town.get(listed).text
        assert reads(town, other)
        consented(town, home)
    assert town.get(path).status_code == 200


def test_nor_of_whoever_is_protected_from_somebody_who_belongs_to_it(
    town: Town, module_database: str
) -> None:
    """Who has come to act for the 相手方 may stand in what could not be told."""
    former, father = alone(town, "前の世帯の父")
    home, mother, _ = told_to_shakyo(town, "移った母")
    conceal(town, home, mother, father)
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    assert town.get(home, "sato").status_code == 200
    with put_aside(module_database, former.rpartition("/")[2]):
        does(town, f"{former}/guardianships", guardian)
        problem(town.get(home, "sato"), 503, "PutAside")
        assert home.rpartition("/")[2] not in town.get("/households", "sato").text
