"""報告 (Report): every figure of a period, as closed and as known now, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic_core import to_json

from domain.profile import Kpi, Profile
from domain.values import Period
from replays.statistics import coordination, intake, outreach, support
from replays.statistics.census import Census, Place
from replays.statistics.counting import Hit, Measure, Number, Way, count, number
from replays.statistics.outreach import STAGES
from replays.statistics.periods import last_of
from replays.statistics.targets import hits_of, rule_of, span_of, way_of
from replays.statistics.view import View, view_at

MEASURES: tuple[Measure, ...] = (
    *intake.MEASURES,
    *coordination.MEASURES,
    *support.MEASURES,
    *outreach.MEASURES,
)


class Part(NamedTuple):
    """内訳の一つ."""

    by: str
    code: str
    label: str
    closed: Number
    now: Number


class Cell(NamedTuple):
    """一つの数: a figure, or the part of it under one code of one way it is broken down."""

    figure: str
    by: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """報告の一行: as known at the closing and as known now; a target where one is set."""

    id: str
    name: str
    unit: str
    way: Way
    rule: str
    closed: Number
    now: Number
    parts: tuple[Part, ...] = ()
    project: str | None = None
    target: int | None = None
    or_more: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the log stood: at the closing, and now."""

    position: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    profile: str
    period: Period
    closing: date
    closed: Cut
    now: Cut
    lines: tuple[Line, ...]
    targets: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """Over every figure and its rule: the same report, the same digest. How long the log was is
        not in it: whoever has the figures could find that by trying.
        """
        when = self.period, self.closing, self.closed.at, self.now.at
        return sha256(to_json((self.profile, when, self.lines, self.targets))).hexdigest()


class Statistics:
    """The figures of one census for one period, with what is behind each of them."""

    def __init__(self, census: Census, profile: Profile, period: Period) -> None:
        self.profile, self.period = profile, period
        self.census, self._on = census, last_of(period)
        self._views: dict[int, View] = {}

    def report(self, closing: date, closed: Cut, now: Cut) -> Report:
        before, after = self.view(closed.position), self.view(now.position)
        lines = tuple(self._line(measure, before, after) for measure in MEASURES)
        targets = tuple(self._target(kpi, before, after) for kpi in self._kpis)
        return Report(self.profile.id, self.period, closing, closed, now, lines, targets)

    def line(self, figure: str, closed: Cut, now: Cut) -> Line:
        """One figure by itself, by its id or its name."""
        before, after = self.view(closed.position), self.view(now.position)
        found = self._named(figure)
        if isinstance(found, Kpi):
            return self._target(found, before, after)
        return self._line(found, before, after)

    def hits(self, cell: Cell, position: int) -> list[Hit]:
        """What is counted in one figure, or in one part of it."""
        return [
            hit
            for hit in self._hits(cell.figure, self.view(position))
            if not cell.by or cell.code in hit.codes.get(cell.by, ())
        ]

    def behind(self, line: str, position: int, by: str = "", code: str = "") -> tuple[Place, ...]:
        """The facts behind one figure, or behind one part of it."""
        hits = self.hits(Cell(line, by, code), position)
        return tuple(dict.fromkeys(place for hit in hits for place in hit.places))

    @property
    def names(self) -> tuple[str, ...]:
        return (*(each.name for each in MEASURES), *(kpi.name for kpi in self._kpis))

    @property
    def _kpis(self) -> Sequence[Kpi]:
        return self.profile.kpis_on(self._on)

    def view(self, position: int) -> View:
        if position not in self._views:
            self._views[position] = view_at(self.census, position)
        return self._views[position]

    def _named(self, figure: str) -> Measure | Kpi:
        named: dict[str, Measure | Kpi] = {}
        for kpi in self._kpis:
            named |= {kpi.name: kpi, f"kpi-{kpi.id}": kpi}
        for measure in MEASURES:
            named |= {measure.name: measure, measure.id: measure}
        if figure not in named:
            raise UnknownFigure(figure)
        return named[figure]

    def _hits(self, figure: str, view: View) -> Iterable[Hit]:
        found = self._named(figure)
        if isinstance(found, Kpi):
            return hits_of(found, view, span_of(found, self.period, self.profile))
        return found.hits(view, self.period)

    def _line(self, measure: Measure, before: View, after: View) -> Line:
        closed = count(measure, before, self.period)
        now = count(measure, after, self.period)
        return Line(
            id=measure.id,
            name=measure.name,
            unit=measure.unit,
            way=measure.way,
            rule=measure.rule,
            closed=closed.number,
            now=now.number,
            parts=tuple(
                part
                for name, codes in measure.by.items()
                for part in self._parts(measure.way, name, codes, closed.by[name], now.by[name])
            ),
        )

    def _parts(
        self,
        way: Way,
        name: str,
        codes: str,
        closed: Mapping[str, tuple[Hit, ...]],
        now: Mapping[str, tuple[Hit, ...]],
    ) -> Iterable[Part]:
        """In the order of the code list."""
        order = list(STAGES if codes == "outreach-stages" else self.profile.lists[codes])
        found = closed.keys() | now.keys()
        for code in [*(c for c in order if c in found), *sorted(found - set(order))]:
            label = self._label(codes, code)
            before, after = number(way, closed.get(code, ())), number(way, now.get(code, ()))
            yield Part(name, code, label, before, after)

    def _label(self, codes: str, code: str) -> str:
        if codes == "outreach-stages":
            return STAGES[code]
        return self.profile.label(codes, code, self._on)

    def _target(self, kpi: Kpi, before: View, after: View) -> Line:
        span, way = span_of(kpi, self.period, self.profile), way_of(kpi)
        return Line(
            id=f"kpi-{kpi.id}",
            name=kpi.name,
            unit=kpi.unit,
            way=way,
            rule=rule_of(kpi, self.profile, self._on),
            closed=number(way, hits_of(kpi, before, span)),
            now=number(way, hits_of(kpi, after, span)),
            project=kpi.project,
            target=kpi.target,
            or_more=kpi.or_more,
        )


class UnknownFigure(KeyError):
    """この名前の数値はありません。"""


def plain(report: Report) -> dict[str, Any]:
    """As JSON tells it."""
    return {
        "profile": report.profile,
        "period": {"start": report.period.start, "end": report.period.end},
        "closing": report.closing,
        "closed": {"position": report.closed.position, "at": report.closed.at},
        "now": {"position": report.now.position, "at": report.now.at},
        "digest": report.digest,
        "figures": [_told(line) for line in report.lines],
        "targets": [_told(line) for line in report.targets],
    }


def _told(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": line.id,
        "name": line.name,
        "unit": line.unit,
        "counting": str(line.way),
        "rule": line.rule,
        "closed": line.closed,
        "now": line.now,
        "by": [part._asdict() for part in line.parts],
    }
    if line.target is not None:
        told |= {"project": line.project, "target": line.target, "or_more": line.or_more}
    return told
