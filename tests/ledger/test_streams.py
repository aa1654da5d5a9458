"""The log stream by stream: each whole, whatever the size of a page, up to a position."""

from uuid import UUID

import pytest

from domain.events.rights import FactCorrected
from domain.events.support import OutreachAttempted
from domain.ledger import Ledger, ledger_in_memory
from domain.recorded import Recorded
from tests.ledger.given import Visit, correct_the_first, known, new, stamp, visit


@pytest.fixture(params=["postgres", "memory"])
def log(request: pytest.FixtureRequest, ledger: Ledger) -> Ledger:
    return ledger if request.param == "postgres" else ledger_in_memory()


def _visited(log: Ledger) -> list[UUID]:
    streams = [new() for _ in range(4)]
    for times, stream in enumerate(streams, 1):
        log.record(visit, Visit(times=times), stamp(), stream)
    for stream in streams:
        log.record(visit, Visit(times=3), stamp(), known(stream.id))
    return [stream.id for stream in streams]


@pytest.mark.parametrize("at_once", [1, 3, 2000])
def test_every_stream_is_told_once_and_whole(log: Ledger, at_once: int) -> None:
    begun = log.head()
    streams = _visited(log)

    told = list(log.streams(log.head(), at_once=at_once))
    ours = {history[0].stream: history for history in told if history[0].position > begun}

    assert ours.keys() == set(streams)
    assert [history[0].stream for history in told] == sorted(h[0].stream for h in told)
    for stream in streams:
        assert ours[stream] == log.history(stream)


def test_what_was_recorded_later_is_not_told(log: Ledger) -> None:
    _visited(log)
    until = log.head()
    _visited(log)

    told = [recorded for history in log.streams(until) for recorded in history]

    assert max(recorded.position for recorded in told) == until
    assert len(told) == until


def test_some_kinds_are_told_from_all_over_the_log(log: Ledger) -> None:
    [first, *_] = _visited(log)
    log.record(correct_the_first, Visit(), stamp(), known(first))
    until = log.head()
    log.record(correct_the_first, Visit(), stamp(), known(first))

    corrected = log.of_kinds([FactCorrected], until)
    visits = log.of_kinds([OutreachAttempted], until)

    assert [recorded.position for recorded in corrected][-1:] == [until]
    assert _positions(visits) == sorted(_positions(visits))
    assert len(visits) + len(corrected) == until


def _positions(told: list[Recorded]) -> list[int]:
    return [recorded.position for recorded in told]


def test_an_empty_log_has_no_stream() -> None:
    assert not list(ledger_in_memory().streams(0))
