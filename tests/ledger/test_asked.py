"""The commands as kept: recorded, without change, refused; in the order in which they came."""

from contextlib import closing
from dataclasses import replace
from uuid import UUID

import pytest

from domain.ledger import (
    PROJECTOR,
    Ledger,
    Settings,
    count_commands,
    every_command,
    open_datastore,
)
from domain.ledger.request import REMOVED
from domain.values import PersonId
from tests.ledger.given import Visit, new, stamp, text, visit


def test_every_command_is_told_in_order_with_what_came_of_it(
    ledger: Ledger, database_url: str
) -> None:
    home, ids = new(), [UUID(int=number) for number in range(1, 5)]
    ledger.record(visit, Visit(note=text("あいう")), stamp(ids[0]), home)
    with pytest.raises(Exception, match="TooManyVisits"):
        ledger.record(visit, Visit(most=0), stamp(ids[1]), home)
    ledger.record(visit, Visit(times=2), stamp(ids[2]), home)
    ledger.record(visit, Visit(times=0), stamp(ids[3]), home)
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        found = list(every_command(datastore))
        assert count_commands(datastore) == len(found)
    assert [(each.id, each.code, each.position, each.recorded) for each in found] == [
        (ids[0], None, 1, True),
        (ids[1], "TooManyVisits", 1, False),
        (ids[2], None, 3, True),
        (ids[3], None, 3, False),
    ]
    assert {each.type for each in found} == {"Visit"}
    assert found[0].clear
    assert found[0].clear["fields"]["note"] == REMOVED


def test_for_whom_the_writer_acts_is_kept_where_it_was_asked_for(
    ledger: Ledger, database_url: str
) -> None:
    """So that what it decided can be judged again; in the clear, as ids are."""
    wards = frozenset({PersonId(UUID(int=12)), PersonId(UUID(int=11))})
    walled = frozenset({(UUID(int=13), 2), (UUID(int=13), 1)})
    asked = replace(stamp(UUID(int=1)), sides=wards, walled=walled)
    ledger.record(visit, Visit(), asked, new())
    ledger.record(visit, Visit(), stamp(UUID(int=2)), new())
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        kept = [each.clear or {} for each in every_command(datastore)]
    assert [each.get("sides") for each in kept] == [[str(ward) for ward in sorted(wards)], None]
    own = [[str(stream), version] for stream, version in sorted(walled)]
    assert [each.get("walled") for each in kept] == [own, None]


def test_an_empty_log_has_no_commands(ledger: Ledger, database_url: str) -> None:
    assert ledger.head() == 0
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        assert list(every_command(datastore)) == []
        assert count_commands(datastore) == 0
