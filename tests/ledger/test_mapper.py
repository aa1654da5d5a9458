"""Facts and their bytes: stored under a name, sealed string by string, readable for good."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from pydantic_core import from_json

from domain.events import CATALOGUE
from domain.events.support import ContactMade, OutreachAttempted
from domain.ledger import ClearSealer, Ledger, Settings, UnknownFact, open_ledger
from domain.ledger.mapper import FactMapper
from domain.ledger.memory import MemoryRecorder
from domain.ledger.request import REMOVED
from domain.ledger.sealing import Context
from domain.stamp import Stamp
from domain.values import Value
from tests.ledger.given import TANAKA, Visit, attempt, new, stamp, text, visit

HOME = UUID("00000000-0000-4000-8000-000000000001")
AT = datetime(2026, 4, 1, tzinfo=UTC)


class Backwards(ClearSealer):
    def context(self, stream: UUID, version: int, fact: Value) -> Context:
        del stream, version, fact
        return {"seal": lambda text: text[::-1]}


@pytest.fixture
def mapper() -> FactMapper:
    return FactMapper(ClearSealer())


def row(topic: str, state: bytes) -> tuple[Any, ...]:
    return (HOME, 1, topic, state, 7, AT, None)


def test_a_fact_comes_back_as_it_went(mapper: FactMapper) -> None:
    fact = attempt(stamp(), Visit(note=text("玄関で話した")))
    state = mapper.encode(mapper.envelope(TANAKA), HOME, 1, fact)
    assert list(from_json(state)) == ["author", "fact"]
    recorded = mapper.decode(row("OutreachAttempted", state))
    assert (recorded.fact, recorded.author, recorded.position) == (fact, TANAKA, 7)


def test_the_seams_of_the_library_hold(mapper: FactMapper) -> None:
    fact = attempt(stamp(), Visit())
    recorded = mapper.decode(
        row("OutreachAttempted", mapper.encode(mapper.envelope(TANAKA), HOME, 1, fact))
    )
    stored = mapper.to_stored_event(recorded)
    assert (stored.originator_id, stored.originator_version, stored.topic) == (
        HOME,
        1,
        "OutreachAttempted",
    )
    assert mapper.to_domain_event(stored).fact == fact


@pytest.mark.parametrize(
    ("topic", "state"),
    [
        ("NeverHeardOf", b'{"author":{},"fact":{}}'),
        ("os:getcwd", b'{"author":{},"fact":{}}'),
        ("OutreachAttempted", b'{"author":{},"fact":{}}'),
        ("OutreachAttempted", b"{}"),
        ("OutreachAttempted", b"\xff"),
    ],
)
def test_what_cannot_be_read_is_named_never_imported(
    mapper: FactMapper, topic: str, state: bytes
) -> None:
    with pytest.raises(UnknownFact) as unknown:
        mapper.decode(row(topic, state))
    assert (unknown.value.name, unknown.value.stream, unknown.value.position) == (topic, HOME, 7)


def test_an_earlier_shape_is_read_as_todays() -> None:
    today = attempt(stamp(), Visit())
    earlier = FactMapper(
        ClearSealer(),
        upcasts={"DoorKnocked": lambda body: ("OutreachAttempted", {**body, "method": "home"})},
    )
    written = today.model_dump_json(exclude={"method"}).encode()
    state = earlier.envelope(TANAKA) + written + b"}"
    assert earlier.decode(row("DoorKnocked", state)).fact == today


def test_a_clear_sealer_opens_what_it_sealed() -> None:
    opener = ClearSealer().opener()
    opener.prepare([text("あ")])
    assert opener.open(text("あ"), HOME, 1, ()) == "あ"


def test_authors_are_remembered_within_bounds(
    mapper: FactMapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.ledger.mapper._MOST_AUTHORS", 1)
    fact = attempt(stamp(), Visit())
    for desk in ("welfare", "children", "welfare"):
        capacity = TANAKA.capacity.model_copy(update={"desk": desk})
        author = TANAKA.model_copy(update={"capacity": capacity})
        state = mapper.encode(mapper.envelope(author), HOME, 1, fact)
        assert mapper.decode(row("OutreachAttempted", state)).author == author


def test_personal_text_is_sealed_in_facts_and_left_out_of_commands(database_url: str) -> None:
    ledger = open_ledger(Settings(database_url), sealer=Backwards())
    home = new()
    asked_for = stamp()
    ledger.record(visit, Visit(note=text("あいう"), method="home"), asked_for, home)
    with psycopg.connect(database_url) as connection:
        sealed = "SELECT body #>> '{fact,narrative,0,text}' FROM ledger.facts"
        assert connection.execute(sealed).fetchall() == [("ういあ",)]
        clear = connection.execute("SELECT clear FROM ledger.commands").fetchall()
    fields = {"method": "home", "note": REMOVED, "times": 1, "most": 1000}
    asked = {"decision": "visit", "path": {}, "streams": [str(home.id)], "fields": fields}
    assert clear == [({**asked, **circumstances(asked_for)},)]
    ledger.close()


def circumstances(asked: Stamp) -> dict[str, object]:
    """Who asked, when, and what for; without a word of personal text."""
    by, at = asked.author.model_dump(mode="json"), asked.at.isoformat().replace("+00:00", "Z")
    return {"by": by, "at": at, "states": [["Visits", True]]}


def test_a_refusal_is_kept_with_its_command_and_without_its_text(database_url: str) -> None:
    ledger, refused, home = open_ledger(Settings(database_url)), stamp(), new()
    ledger.record(visit, Visit(), stamp(), home)
    with pytest.raises(Exception, match="TooManyVisits"):
        ledger.record(visit, Visit(note=text("あいう"), most=0), refused, home)
    ledger.close()
    with psycopg.connect(database_url) as connection:
        query = "SELECT command_id, type, code, position FROM ledger.refusals"
        kept = connection.execute(query).fetchall()
        [(clear,)] = connection.execute("SELECT clear FROM ledger.refusals").fetchall()
    assert kept == [(refused.command_id, "Visit", "TooManyVisits", 1)]
    fields = {"method": "home", "note": REMOVED, "times": 1, "most": 0}
    asked = {"decision": "visit", "path": {}, "streams": [str(home.id)], "fields": fields}
    assert clear == {**asked, **circumstances(refused)}


def test_a_refusal_reaches_its_reader_even_if_it_cannot_be_kept(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "domain.ledger.recorder._REFUSE", "SELECT ledger.no_such_function(%s, %s, %s, %s)"
    )
    with pytest.raises(Exception, match="TooManyVisits"):
        ledger.record(visit, Visit(most=0), stamp(), new())


def test_reading_on_past_what_cannot_be_read() -> None:
    log = MemoryRecorder()
    ledger, home = Ledger(log), new()
    for _ in range(3):
        ledger.record(visit, Visit(), stamp(), home)
    log._stored_events[1] = type(log._stored_events[1])(home.id, 2, "NeverHeardOf", b"{}")  # noqa: SLF001
    with pytest.raises(UnknownFact):
        ledger.read(0, 10)
    unknown: list[UnknownFact] = []
    assert [r.position for r in ledger.read(0, 10, unknown=unknown.append)] == [1, 3]
    assert [(fact.position, fact.stream) for fact in unknown] == [(2, home.id)]
    assert ledger.of_command(UUID(int=0), 3) == []


def test_every_fact_of_the_catalogue_can_be_read() -> None:
    mapper = FactMapper(ClearSealer())
    for name in CATALOGUE:
        with pytest.raises(UnknownFact, match=name):
            mapper.decode(row(name, b'{"author":{},"fact":{}}'))
    assert {OutreachAttempted, ContactMade} <= set(CATALOGUE.values())
