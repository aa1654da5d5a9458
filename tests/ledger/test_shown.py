"""Whom the writer is shown: looked up where the log alone does not let them know a person."""

from collections.abc import Sequence
from contextlib import closing, suppress
from uuid import UUID

import pytest

from domain.events import Fact, On
from domain.ledger import (
    PROJECTOR,
    Ledger,
    Request,
    Settings,
    every_command,
    open_datastore,
)
from domain.refusals import NotAMember, Unknown
from domain.stamp import Shown, ShownAs, Stamp
from domain.values import PersonId
from tests.ledger.given import TooManyVisits, Visit, Visits, new, stamp, visit

HANA = PersonId(UUID(int=21))


def visit_hana(visits: Visits, command: Visit, stamp: Stamp) -> Sequence[Fact | On]:
    if HANA not in (stamp.shown or ()):
        raise NotAMember(persons=[HANA])
    return visit(visits, command, stamp)


class Screen:
    """What they are shown, and how often it was looked at."""

    def __init__(self, *persons: PersonId) -> None:
        self.persons, self.looks = frozenset(persons), 0

    def __call__(self) -> Shown:
        self.looks += 1
        return dict.fromkeys(self.persons)


def test_whoever_is_shown_the_person_writes_of_them(either: Ledger) -> None:
    home, screen = new(), Screen(HANA)
    outcome = either.record_now(Request(visit_hana, Visit(), stamp(), (home,), shown=screen))
    assert outcome.versions == {home.id: 1}
    assert screen.looks == 1


def test_nobody_looks_where_the_log_was_enough_or_something_else_is_wrong(either: Ledger) -> None:
    screen = Screen(HANA)
    either.record_now(Request(visit, Visit(), stamp(), (new(),), shown=screen))
    with pytest.raises(TooManyVisits):
        either.record_now(Request(visit, Visit(most=0), stamp(), (new(),), shown=screen))
    assert screen.looks == 0


@pytest.mark.parametrize("screen", [Screen(), Screen(PersonId(UUID(int=22)))])
def test_whoever_is_not_shown_them_is_refused(either: Ledger, screen: Screen) -> None:
    with pytest.raises(NotAMember) as refused:
        either.record_now(Request(visit_hana, Visit(), stamp(), (new(),), shown=screen))
    assert refused.value.details == {"persons": [HANA]}


def test_a_person_who_is_not_there_at_all_is_looked_for_likewise(either: Ledger) -> None:
    def meet(visits: Visits, command: Visit, stamp: Stamp) -> Sequence[Fact | On]:
        if not stamp.shown:
            raise Unknown
        return visit(visits, command, stamp)

    assert either.record_now(Request(meet, Visit(), stamp(), (new(),), shown=Screen(HANA)))


def test_what_was_shown_is_kept_with_what_was_asked(ledger: Ledger, database_url: str) -> None:
    """So that it can be judged again, taken or refused."""
    other = PersonId(UUID(int=22))
    for number, persons in enumerate([(HANA, other), (other,), ()], 1):
        asked = Request(
            visit_hana, Visit(), stamp(UUID(int=number)), (new(),), shown=Screen(*persons)
        )
        with suppress(NotAMember):
            ledger.record_now(asked)
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        kept = [(each.clear or {}).get("shown") for each in every_command(datastore)]
    assert kept == [[str(HANA), str(other)], [str(other)], []]


def test_as_what_they_are_shown_is_kept_too(ledger: Ledger, database_url: str) -> None:
    as_what = ShownAs("child", "living-together", "2024", None)
    home, other = new(), PersonId(UUID(int=22))
    seen: Shown = {HANA: as_what, other: None}
    ledger.record_now(Request(visit_hana, Visit(), stamp(), (home,), shown=lambda: seen))
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        (kept,) = [(each.clear or {}).get("belong") for each in every_command(datastore)]
    assert kept == {str(HANA): list(as_what)}
