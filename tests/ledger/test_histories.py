"""Several histories at once: whole, or some kinds of facts alone, as far as they can be read."""

from uuid import uuid4

from eventsourcing.persistence import StoredEvent

from domain.events.rights import FactCorrected
from domain.events.support import OutreachAttempted
from domain.ledger import Ledger
from domain.ledger.mapper import FactMapper
from domain.ledger.sealing import ClearSealer
from tests.ledger.given import Visit, correct_the_first, known, stamp, visited


def test_several_streams_are_read_as_each_alone(either: Ledger) -> None:
    one, other, absent = visited(either, 2), visited(either, 1), uuid4()
    found = either.histories([one, other, absent, one])
    assert found == {one: either.history(one), other: either.history(other), absent: []}


def test_of_some_kinds_alone(either: Ledger) -> None:
    home = visited(either, 2)
    either.record(correct_the_first, Visit(), stamp(), known(home))
    told = either.history(home)
    for kinds in ([OutreachAttempted], [FactCorrected], []):
        wanted = [recorded for recorded in told if type(recorded.fact) in kinds]
        assert either.histories([home], kinds) == {home: wanted}


def test_each_as_far_as_it_can_be_read(either: Ledger) -> None:
    """A fact of a later version ends what can be told of its stream, and of no other."""
    home, other = visited(either, 1), visited(either, 1)
    first = either.history(home)
    mapper = FactMapper(ClearSealer())
    (stored,) = (mapper.to_stored_event(recorded) for recorded in first)
    unread = [StoredEvent(home, 2, "FromTheFuture", stored.state)]
    unread += [StoredEvent(home, 3, stored.topic, b"{}")]
    either.log.insert_events(unread)  # type: ignore[attr-defined]
    assert either.histories([home, other]) == {home: first, other: either.history(other)}
