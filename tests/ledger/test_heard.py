"""Where something was heard: looked up in the log where somebody says so, and kept with it."""

from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events import Fact
from domain.events.membership import HouseholdsMerged
from domain.events.sitting import AgendaItemAdded
from domain.heard import NotHeardThere
from domain.household import Household
from domain.labels import BySitting
from domain.ledger import (
    PROJECTOR,
    Ledger,
    Outcome,
    Settings,
    Stream,
    every_command,
    open_datastore,
)
from domain.sitting import Sitting
from domain.stamp import Stamp
from tests.ledger.given import LABEL, Visit, known, new, nothing, stamp, visit, visited

ITEM = UUID(int=31)


class Heard(Visit):
    basis: BySitting


def takes_up(_sitting: Sitting, _command: Visit, _stamp: Stamp) -> Sequence[Fact]:
    about: dict[str, Any] = {"kind": "case", "basis": "support", "title": "議題", "household": None}
    return [AgendaItemAdded(occurred_on="2026-04-01", label=LABEL, item=ITEM, **about)]


@pytest.fixture
def sitting(either: Ledger) -> UUID:
    stream = Stream(Sitting, uuid4(), new=True)
    either.record(takes_up, Visit(), stamp(), stream)
    return stream.id


def hears(ledger: Ledger, sitting: UUID, item: UUID = ITEM) -> Outcome:
    heard = Heard(basis=BySitting(sitting=sitting, item=item))
    return ledger.record(visit, heard, stamp(), new())


def test_whoever_was_asked_for_the_item_says_so(either: Ledger, sitting: UUID) -> None:
    assert hears(either, sitting).position


def test_what_was_heard_nowhere_is_refused(either: Ledger, sitting: UUID) -> None:
    home = visited(either, 1)
    for place in (uuid4(), home):
        with pytest.raises(NotHeardThere):
            hears(either, place)
    with pytest.raises(NotHeardThere):
        hears(either, sitting, uuid4())


def test_what_was_looked_up_is_kept_with_what_was_asked(ledger: Ledger, database_url: str) -> None:
    """So that it can be judged again, taken or refused."""
    stream = Stream(Sitting, uuid4(), new=True)
    ledger.record(takes_up, Visit(), stamp(), stream)
    for item in (ITEM, uuid4()):
        with suppress(NotHeardThere):
            hears(ledger, stream.id, item)
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        kept = [(each.clear or {}).get("agenda") for each in every_command(datastore)]
    assert kept == [None, *[[[str(stream.id), str(ITEM), None]]] * 2]


def test_an_item_about_a_household_is_about_where_its_case_is_kept_now(either: Ledger) -> None:
    earlier, now = visited(either, 1), new()

    def merged(_visits: Any, _command: Visit, _stamp: Stamp) -> Sequence[Fact]:
        into: dict[str, Any] = {"source": earlier, "target": now.id, "persons": ()}
        return [HouseholdsMerged(occurred_on="2026-04-01", label=LABEL, **into)]

    def about_them(*_: Any) -> Sequence[Fact]:
        about: dict[str, Any] = {"kind": "case", "basis": "support", "title": "議題"}
        told = {**about, "item": ITEM, "household": earlier}
        return [AgendaItemAdded(occurred_on="2026-04-01", label=LABEL, **told)]

    sitting = Stream(Sitting, uuid4(), new=True)
    either.record(about_them, Visit(), stamp(), sitting)
    either.record(merged, Visit(), stamp(), known(earlier))
    heard = Heard(basis=BySitting(sitting=sitting.id, item=ITEM))
    either.record(nothing, heard, stamp(), Stream(Household, now.id, new=True))
    with pytest.raises(NotHeardThere):
        either.record(nothing, heard, stamp(), Stream(Household, uuid4(), new=True))
