"""数の根拠 (Trace): the facts behind one number, as closed and as known now, side by side.

Counting the different `number`s of those that are in one of the two gives that number again.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events import KIND_OF
from domain.events.sitting import MeetingBasis
from domain.ledger import Ledger
from domain.recorded import Recorded
from replays.as_of.events import withheld
from replays.extracts.concealed import conceals
from replays.statistics.census import Entry, Place
from replays.statistics.counting import Hit, Way
from replays.statistics.report import Cell, Cut, Line, Part, Statistics

_AT_ONCE = 500
_PERSON, _HOUSEHOLD = "person", "household"


class UnknownPart(KeyError):
    """この数値に、この内訳はありません。"""


class Ground(NamedTuple):
    """根拠の一行: a fact, by what it is and when.

    `number` is the same for all that is counted as one; `why` says why it is in one of the two
    alone. Of what is kept from anybody, was said in a 支援会議 or is withdrawn as misfiled, neither
    the record nor the desk is told, nor of the household's other facts that are counted as one
    with it; of a household with somebody concealed, not the desk.
    """

    number: int
    place: Place | None
    fact: str
    occurred_on: str
    recorded_on: date
    agency: str | None
    days: int
    closed: bool
    now: bool
    why: str


class Trace(NamedTuple):
    """`households` are all of which something is told or left out: for the 閲覧簿 alone."""

    line: Line
    part: Part | None
    grounds: tuple[Ground, ...]
    households: tuple[UUID, ...]


class Untold(NamedTuple):
    """What was found, before anything is left out; `closed` are the items of 支援会議."""

    line: Line
    part: Part | None
    grounds: tuple[Ground, ...]
    closed: frozenset[UUID]

    def told(self, ledger: Ledger, protected: frozenset[UUID]) -> Trace:
        """`protected` are those whose whereabouts are kept."""
        places = (ground.place for ground in self.grounds if ground.place)
        of = _streams(ledger, list(dict.fromkeys(place.stream for place in places)), protected)
        told = [of[g.place.stream].veiled(g, self.closed) for g in self.grounds if g.place]
        homes = tuple(each for each in of if of[each].kind == _HOUSEHOLD)
        return Trace(self.line, self.part, tuple(_unlinked(told, frozenset(homes))), homes)


def _unlinked(told: Sequence[Ground], homes: frozenset[UUID]) -> Iterator[Ground]:
    """What is counted as one with something that is kept would say of which household that is."""
    kept = {ground.number for ground in told if ground.place is None}
    for ground in told:
        links = ground.number in kept and ground.place and ground.place.stream in homes
        yield ground._replace(place=None, agency=None) if links else ground


def untold(statistics: Statistics, cell: Cell, cuts: tuple[Cut, Cut]) -> Untold:
    """From the census alone."""
    line = statistics.line(cell.figure, *cuts)
    bases = statistics.view(cuts[1].position).bases
    closed = frozenset(item for item, basis in bases.items() if basis == MeetingBasis.SUPPORT)
    return Untold(
        line, _part(line, cell), tuple(_grounds(statistics, cell, line.way, cuts)), closed
    )


def trace(
    statistics: Statistics,
    cell: Cell,
    cuts: tuple[Cut, Cut],
    ledger: Ledger,
    protected: frozenset[UUID],
) -> Trace:
    return untold(statistics, cell, cuts).told(ledger, protected)


def _part(line: Line, cell: Cell) -> Part | None:
    if not cell.by:
        return None
    for part in line.parts:
        if (part.by, part.code) == (cell.by, cell.code):
            return part
    raise UnknownPart(cell)


Counted = dict[tuple[Hashable, Place], int]


def _counted(way: Way, hits: Iterable[Hit]) -> Counted:
    """What counts as one, and each of its facts: whom it is about, or else each time it happened;
    with its days.
    """
    found: Counted = {}
    times: Counter[Hashable] = Counter()
    for hit in hits:
        key: Hashable = hit.unit
        if way is not Way.DISTINCT:
            times[hit.places, hit.days] += 1
            key = hit.places, hit.days, times[hit.places, hit.days]
        found |= {(key, place): hit.days for place in hit.places}
    return found


def _grounds(
    statistics: Statistics, cell: Cell, way: Way, cuts: tuple[Cut, Cut]
) -> Iterator[Ground]:
    before, after = (_counted(way, statistics.hits(cell, cut.position)) for cut in cuts)
    places = {place for _, place in (*before, *after)}
    one, other = (statistics.census.readings(places, cut.position) for cut in cuts)
    reads: Mapping[Place, Readings] = {each: (one[each], other[each]) for each in places}
    keys = sorted({*before, *after}, key=lambda key: _order(reads[key[1]]))
    numbers: dict[Hashable, int] = {}
    for key, place in keys:
        entry = next(each for each in reversed(reads[place]) if each)
        here = (key, place) in before, (key, place) in after
        yield Ground(
            numbers.setdefault(key, len(numbers) + 1),
            place,
            entry.kind,
            entry.occurred,
            entry.recorded_on,
            entry.agency,
            after.get((key, place), before.get((key, place), 0)),
            *here,
            _why(here, reads[place]),
        )


Readings = tuple[Entry | None, Entry | None]
"""How a fact reads at the closing, and now."""


def _order(reads: Readings) -> tuple[date, int]:
    entry = reads[1] or reads[0]
    assert entry is not None  # noqa: S101 - it was counted at one of the two
    return entry.day, entry.position


def _why(here: tuple[bool, bool], reads: Readings) -> str:
    """late は締めた後に記録、corrected は訂正、taken-back は取消し、regrouped は統合など。"""
    then, today = reads
    if here == (True, True):
        return ""
    if then is None:
        return "late"
    if today is None:
        return "taken-back"
    return "regrouped" if then == today else "corrected"


class _Stream:
    """What of one stream may be told."""

    def __init__(self, history: Sequence[Recorded], protected: frozenset[UUID]) -> None:
        self._facts = {recorded.version: recorded.fact for recorded in history}
        self._kept = withheld(history)
        self._hides = conceals(history, protected)
        self.kind = KIND_OF[type(history[0].fact)]

    def veiled(self, ground: Ground, closed: frozenset[UUID]) -> Ground:
        assert ground.place is not None  # noqa: S101 - nothing is left out yet
        version = ground.place.version
        fact = self._facts[version]
        kept = (
            version in self._kept or self.kind == _PERSON or getattr(fact, "item", None) in closed
        )
        if kept:
            return ground._replace(place=None, agency=None)
        return ground._replace(agency=None) if self._hides else ground


def _streams(
    ledger: Ledger, wanted: Sequence[UUID], protected: frozenset[UUID]
) -> dict[UUID, _Stream]:
    """A few hundred at a time."""
    found: dict[UUID, _Stream] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        histories = ledger.histories(wanted[at : at + _AT_ONCE])
        found |= {each: _Stream(history, protected) for each, history in histories.items()}
    return found
