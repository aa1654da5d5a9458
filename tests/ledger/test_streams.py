"""The log stream by stream: each whole, whatever the size of a page, up to a position."""

from uuid import UUID

import pytest

from domain.events.rights import FactCorrected
from domain.events.support import OutreachAttempted
from domain.ledger import Ledger, ledger_in_memory
from domain.recorded import Recorded
from tests.ledger.given import Visit, correct_the_first, known, stamp, visited


def _visited(log: Ledger) -> list[UUID]:
    streams = [visited(log, times) for times in range(1, 5)]
    return [visited(log, 3, stream) for stream in streams]


@pytest.mark.parametrize("at_once", [1, 3, 2000])
def test_every_stream_is_told_once_and_whole(either: Ledger, at_once: int) -> None:
    begun = either.head()
    streams = _visited(either)

    told = list(either.streams(either.head(), at_once=at_once))
    ours = {history[0].stream: history for history in told if history[0].position > begun}

    assert ours.keys() == set(streams)
    assert [history[0].stream for history in told] == sorted(h[0].stream for h in told)
    for stream in streams:
        assert ours[stream] == either.history(stream)


def test_what_was_recorded_later_is_not_told(either: Ledger) -> None:
    _visited(either)
    until = either.head()
    _visited(either)

    told = [recorded for history in either.streams(until) for recorded in history]

    assert max(recorded.position for recorded in told) == until
    assert len(told) == until


def test_some_kinds_are_told_from_all_over_the_log(either: Ledger) -> None:
    [first, *_] = _visited(either)
    either.record(correct_the_first, Visit(), stamp(), known(first))
    until = either.head()
    either.record(correct_the_first, Visit(), stamp(), known(first))

    corrected = either.of_kinds([FactCorrected], until)
    visits = either.of_kinds([OutreachAttempted], until)

    assert [recorded.position for recorded in corrected][-1:] == [until]
    assert _positions(visits) == sorted(_positions(visits))
    assert len(visits) + len(corrected) == until


def _positions(told: list[Recorded]) -> list[int]:
    return [recorded.position for recorded in told]


def test_an_empty_log_has_no_stream() -> None:
    assert not list(ledger_in_memory().streams(0))
