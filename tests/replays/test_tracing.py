"""Each number traces to its facts: counted again from them it is the same, and none is betrayed."""

from datetime import UTC, date, datetime
from functools import cache
from statistics import median

import pytest

from domain.events.membership import MemberJoined
from domain.events.sitting import MeetingBasis
from domain.ledger import ledger_in_memory
from domain.recorded import Recorded
from replays.extracts.concealed import concealed_persons
from replays.statistics import (
    Cell,
    Cut,
    Ground,
    Statistics,
    Trace,
    UnknownFigure,
    UnknownPart,
    census_of,
    read_period,
    trace,
)
from replays.statistics.counting import Number, Way
from replays.statistics.report import Report
from tests.replays.counting_city import City, city
from tests.replays.test_statistics import census

NOW = datetime(2030, 4, 1, tzinfo=UTC)


@cache
def told() -> tuple[Statistics, tuple[Cut, Cut], Report]:
    made = city()
    cuts = Cut(made.closed, NOW), Cut(made.ledger.head(), NOW)
    statistics = Statistics(census(), made.profile, read_period("2025"))
    return statistics, cuts, statistics.report(date(2030, 4, 1), *cuts)


def traced(cell: Cell) -> Trace:
    statistics, cuts, _ = told()
    ledger = city().ledger
    return trace(statistics, cell, cuts, ledger, concealed_persons(ledger, ledger.head()))


def again(way: Way, grounds: list[Ground]) -> Number:
    days = list({ground.number: ground.days for ground in grounds}.values())
    match way:
        case Way.DISTINCT | Way.TOTAL:
            return len(days)
        case Way.MEAN:
            return round(sum(days) / len(days), 1) if days else None
        case Way.MEDIAN:
            return median(days) if days else None


LINES = [line.id for line in (*told()[2].lines, *told()[2].targets)]


@pytest.mark.parametrize("figure", LINES)
def test_counted_again_from_its_facts_every_number_is_the_same(figure: str) -> None:
    report = told()[2]
    line = next(each for each in (*report.lines, *report.targets) if each.id == figure)
    cells = [(Cell(figure), line.closed, line.now)]
    cells += [(Cell(figure, part.by, part.code), part.closed, part.now) for part in line.parts]
    for cell, closed, now in cells:
        found = traced(cell)
        assert again(line.way, [each for each in found.grounds if each.closed]) == closed
        assert again(line.way, [each for each in found.grounds if each.now]) == now
        assert (found.line, found.part is None) == (line, not cell.by)


def test_the_figures_that_differ_say_why() -> None:
    why = {ground.why for line in LINES for ground in traced(Cell(line)).grounds}
    assert {"", "taken-back"} <= why
    routes = traced(Cell("consultations", "routes", "other"))
    assert "corrected" in {ground.why for ground in routes.grounds}
    for line in LINES:
        for ground in traced(Cell(line)).grounds:
            assert (ground.why == "") == (ground.closed and ground.now)


def fact_of(ground: Ground) -> Recorded:
    assert ground.place is not None
    history = city().ledger.history(ground.place.stream)
    return next(each for each in history if each.version == ground.place.version)


def test_a_fact_that_is_named_is_that_fact() -> None:
    for line in LINES:
        for ground in traced(Cell(line)).grounds:
            if ground.place:
                recorded = fact_of(ground)
                assert ground.fact == type(recorded.fact).__name__
                assert ground.agency in {None, recorded.fact.label.agency}


def test_whom_a_support_meeting_took_up_is_counted_and_not_named() -> None:
    bases = told()[0].view(city().ledger.head()).bases
    found = traced(Cell("support-cases")).grounds
    assert {ground.fact for ground in found if ground.place} == {"SittingConvened"}
    assert {ground.fact for ground in found if not ground.place} == {"BroughtToSitting"}
    for line in LINES:
        for ground in traced(Cell(line)).grounds:
            item = getattr(fact_of(ground).fact, "item", None) if ground.place else None
            assert item is None or bases[item] != MeetingBasis.SUPPORT
            assert ground.place or ground.agency is None


def test_what_is_counted_as_one_with_what_is_kept_does_not_say_whose_it_is() -> None:
    """Whom a support meeting took up, above all, who was also decided about elsewhere."""
    for line in LINES:
        grounds = traced(Cell(line)).grounds
        kept = {ground.number for ground in grounds if ground.place is None}
        beside = {ground.fact for ground in grounds if ground.place and ground.number in kept}
        assert beside <= {"SittingConvened", "AgendaItemAdded"}


def test_where_somebody_protected_is_looked_after_is_counted_and_not_told() -> None:
    statistics, cuts, _ = told()
    ledger, cell = city().ledger, Cell("new-consultations")
    home = next(ground.place.stream for ground in traced(cell).grounds if ground.place)
    facts = (recorded.fact for recorded in ledger.history(home))
    people = frozenset(fact.person for fact in facts if isinstance(fact, MemberJoined))
    now = trace(statistics, cell, cuts, ledger, people).grounds
    quiet = {ground.place.stream for ground in now if ground.place and ground.agency is None}
    others = {ground.place.stream for ground in now if ground.place and ground.agency}
    assert quiet == {home}
    assert len(others) > len(quiet)


def test_a_name_will_do_and_what_is_no_figure_is_refused() -> None:
    assert traced(Cell("新規相談受付")) == traced(Cell("new-consultations"))
    with pytest.raises(UnknownFigure):
        traced(Cell("happiness"))
    with pytest.raises(UnknownPart):
        traced(Cell("consultations", "routes", "pigeon"))
    empty = City(ledger_in_memory(), city().profile, 0)
    nothing = Statistics(census_of(empty.ledger, empty.profile), empty.profile, read_period("2025"))
    cuts = Cut(0, NOW), Cut(0, NOW)
    assert trace(nothing, Cell("consultations"), cuts, empty.ledger, frozenset()).grounds == ()
