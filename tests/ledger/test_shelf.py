"""The shelf: what was read before is not decoded again, and never believed without the log."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from domain.events.support import OutreachAttempted
from domain.ledger import Ledger, ledger_in_memory
from domain.ledger.mapper import FactMapper
from domain.ledger.memory import MemoryRecorder
from domain.ledger.sealing import ClearSealer
from domain.recorded import Recorded
from tests.ledger.given import Visit, correct_the_first, known, new, stamp, visit, visited


def whole(ledger: Ledger, stream: UUID) -> list[Recorded]:
    return [replace(recorded, command_id=None) for recorded in ledger.history(stream)]


class Decoding:
    """Counts what is decoded."""

    def __init__(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        self.places: list[tuple[UUID, int]] = []
        decode = ledger.mapper.decode

        def counted(row: tuple[Any, ...]) -> Recorded:
            self.places.append(row[:2])
            return decode(row)

        monkeypatch.setattr(ledger.mapper, "decode", counted)


def test_the_shelf_reads_as_the_log_does(either: Ledger) -> None:
    one, other, absent = visited(either, 3), visited(either, 1), uuid4()
    for _ in range(2):
        found = either.shelved([one, other, absent])
        assert {key: list(told) for key, told in found.items()} == {
            one: whole(either, one),
            other: whole(either, other),
            absent: [],
        }


def test_what_was_read_is_not_decoded_again(
    either: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = visited(either, 3)
    either.shelved([home])
    decoding = Decoding(either, monkeypatch)
    assert len(either.shelved([home])[home]) == 3
    assert decoding.places == []
    visited(either, 2, home)
    assert [recorded.version for recorded in either.shelved([home])[home]] == [1, 2, 3, 4, 5]
    assert decoding.places == [(home, 4), (home, 5)]


def test_a_correction_is_news(either: Ledger) -> None:
    home = visited(either, 2)
    either.shelved([home])
    either.record(correct_the_first, Visit(), stamp(), known(home))
    assert list(either.shelved([home])[home]) == whole(either, home)


def test_of_some_kinds_alone_past_the_shelf(either: Ledger) -> None:
    home = visited(either, 2)
    either.record(correct_the_first, Visit(), stamp(), known(home))
    assert either.shelved([home], [OutreachAttempted]) == {home: either.history(home)[:2]}


def test_only_so_many_facts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(MemoryRecorder(), shelf=5)
    first, second, large = visited(ledger, 2), visited(ledger, 3), visited(ledger, 6)
    ledger.shelved([first])
    ledger.shelved([second])
    decoding = Decoding(ledger, monkeypatch)
    ledger.shelved([first, second])
    assert decoding.places == []
    assert len(ledger.shelved([large])[large]) == 6
    assert {place[0] for place in decoding.places} == {large}
    decoding.places.clear()
    ledger.shelved([first, second, large])
    assert {place[0] for place in decoding.places} == {first, second, large}


def test_a_log_put_back_to_an_earlier_day_is_believed_over_the_shelf() -> None:
    ledger = ledger_in_memory()
    home = visited(ledger, 3)
    ledger.shelved([home])
    for times in (1, 3, 4):
        restored = Ledger(MemoryRecorder())
        restored.record(visit, Visit(), stamp(), new()._replace(id=home))
        visited(restored, times - 1, home)
        ledger.log, ledger.shelf._since = restored.log, restored.log.since  # noqa: SLF001
        assert list(ledger.shelved([home])[home]) == whole(restored, home)


def test_each_as_far_as_it_can_be_read(either: Ledger) -> None:
    """A fact of a later version ends what can be told of its stream, now and the next time."""
    home = visited(either, 1)
    told = whole(either, home)
    (stored,) = (FactMapper(ClearSealer()).to_stored_event(recorded) for recorded in told)
    unread = [StoredEvent(home, 2, "FromTheFuture", stored.state)]
    unread += [StoredEvent(home, 3, stored.topic, b"{}")]
    either.log.insert_events(unread)  # type: ignore[attr-defined]
    for _ in range(2):
        assert list(either.shelved([home])[home]) == told
