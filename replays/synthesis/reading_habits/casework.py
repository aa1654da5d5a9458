"""ふだんの仕事: nobody writes about a household without having looked at it first."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.known import Dealing, Home, Spell
from replays.synthesis.reading_habits.look import (
    SEARCH,
    VIEWS,
    Look,
    Who,
    at_work,
    moment,
    working_day,
)
from replays.synthesis.reading_habits.year import Year

_AT_ONE_GO = timedelta(minutes=45)
_LONGEST = 120
_TRIES = 20


def beside_writing(year: Year) -> Iterator[Look]:
    """Before the first line of a day's work, and often once more after it."""
    chance = year.chance("casework")
    for home in year.homes:
        for dealings in _together(home):
            if year.holds(dealings[0].at):
                yield from _looks(year, home, dealings, chance)


def _together(home: Home) -> Iterator[list[Dealing]]:
    found: list[Dealing] = []
    for dealing in home.dealings:
        if found and (dealing.who != found[-1].who or dealing.at - found[-1].at > _AT_ONE_GO):
            yield found
            found = []
        found.append(dealing)
    if found:
        yield found


def _looks(year: Year, home: Home, dealings: list[Dealing], chance: Chance) -> Iterator[Look]:
    first, last = dealings[0], dealings[-1]
    if first.act == "TakeIn":
        yield from _received(year, home, first, chance)
    else:
        yield Look(_ago(first, chance, 40, 420), first.who, home.id, chance.weighed(VIEWS))
        if chance.happens(0.007):
            yield from _slipped(year, home, first, chance)
    if chance.happens(0.45):
        yield Look(_ago(last, chance, -260, -20), last.who, home.id, chance.weighed(VIEWS))


def _ago(dealing: Dealing, chance: Chance, least: int, most: int) -> datetime:
    return dealing.at - timedelta(seconds=chance.between(least, most))


def _received(year: Year, home: Home, first: Dealing, chance: Chance) -> Iterator[Look]:
    """受付: is the family known already? Somebody of that name is opened to make sure."""
    at = _ago(first, chance, 120, 600)
    yield Look(at, first.who, None, SEARCH, sought=home.surname)
    namesakes = year.known.surnamed(home.surname)
    earlier = [other for other in namesakes[:60] if other.since < at and other is not home]
    if earlier and chance.happens(0.22):
        for _ in range(chance.between(1, 2)):
            at += timedelta(seconds=chance.between(8, 50))
            yield Look(at, first.who, chance.pick(earlier).id)


def _slipped(year: Year, home: Home, first: Dealing, chance: Chance) -> Iterator[Look]:
    """押し間違い: the line above or below in the list, and back."""
    others = year.known.surnamed(home.surname) if chance.happens(0.5) else []
    others = others or year.of_agency[first.who.agency]
    at = _ago(first, chance, 425, 470)
    wrong = chance.pick(others)
    if wrong.since < at:
        yield Look(at, first.who, wrong.id)


def kept_up_with(year: Year, reads: int) -> Iterator[Look]:
    """担当世帯を開く: before a call, before a visit, for a colleague who is out."""
    chance = year.chance("caseload")
    spells = [spell for spell in year.spells if _days(year, spell) > 0]
    sums = list(accumulate(min(_LONGEST, _days(year, spell)) + 2 for spell in spells))
    for _ in range(_TRIES * reads if spells else 0):
        if not reads:
            break
        spell = spells[bisect_right(sums, chance.between(0, sums[-1] - 1))]
        if look := _kept(year, spell, chance):
            yield look
            reads -= 1


def _days(year: Year, spell: Spell) -> int:
    begin, end = _span(year, spell)
    return (end - begin).days


def _span(year: Year, spell: Spell) -> tuple[date, date]:
    until = spell.until.date() if spell.until else year.end
    longest = spell.since.date() + timedelta(days=2 * _LONGEST)
    return max(year.begin, spell.since.date() + timedelta(days=1)), min(until, year.end, longest)


def _kept(year: Year, spell: Spell, chance: Chance) -> Look | None:
    begin, end = _span(year, spell)
    day = working_day(year.city.calendar, begin, end, chance)
    if not begin <= day <= end:
        return None
    home = year.known.homes[spell.household]
    wrote = [d.who for d in home.dealings if d.who[1:3] == spell.desk and d.at.date() <= day]
    usual = wrote[-1].staff if wrote else None
    who = year.staffing.somebody(spell.desk, day, chance, usual)
    return _when(day, who, home, chance) if who else None


def _when(day: date, who: Who, home: Home, chance: Chance) -> Look:
    """Mostly at work; a few on a Saturday (休日の訪問), very few at night (夜間の電話当番)."""
    at = at_work(day, chance)
    if chance.happens(0.012):
        at = moment(day + timedelta(days=5 - day.weekday()), chance.between(540, 1020), chance)
    elif chance.happens(0.003):
        at = moment(day, chance.between(22 * 60, 23 * 60 + 59), chance)
    return Look(at, who, home.id, chance.weighed(VIEWS))
