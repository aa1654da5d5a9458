"""判断のやり直し: what was asked, put to the decisions of today and to a profile, perhaps proposed.

The log is read once, in order; each command is decided on what was recorded before it, by whom and
when it was asked. Nothing is written.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter

from domain.ledger import Asked, Ledger, Recorded, count_commands, every_command
from domain.ledger.datastore import Datastore
from domain.ledger.garbage import uncollected
from domain.profile import Profile
from replays.rejudging.judging import Judged, judge
from replays.rejudging.past import Past
from replays.rejudging.summary import Change, Row, Summary

__all__ = ["Change", "Judged", "Row", "Summary", "rejudge"]

Progress = Callable[[int, int], None]
_PAGE = 2000


def rejudge(
    ledger: Ledger,
    datastore: Datastore,
    profile: Profile,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[Judged]:
    """Every command and every refusal that is kept, in the order of the log."""
    with uncollected():
        total = count_commands(datastore)
        for done, judged in enumerate(_judged(ledger, datastore, profile), 1):
            if done % _PAGE == 0:
                progress(done, total)
            yield judged
        progress(total, total)


def _judged(ledger: Ledger, datastore: Datastore, profile: Profile) -> Iterator[Judged]:
    past = Past(ledger)
    waiting = every_command(datastore)
    asked = next(waiting, None)
    for command, run in groupby(_facts(ledger, past), attrgetter("command_id")):
        facts = list(run)
        while asked and _comes_before(asked, facts[0]):
            yield judge(asked, past, profile)
            asked = next(waiting, None)
        if asked and asked.id == command:
            yield judge(asked, past, profile)
            asked = next(waiting, None)
        for recorded in facts:
            past.move(recorded)
    while asked:
        yield judge(asked, past, profile)
        asked = next(waiting, None)


def _comes_before(asked: Asked, fact: Recorded) -> bool:
    return asked.position < fact.position


def _facts(ledger: Ledger, past: Past) -> Iterator[Recorded]:
    after = 0
    while rows := ledger.page(after, _PAGE):
        yield from ledger.decoded(rows, past.stumble)
        after = rows[-1][4]
