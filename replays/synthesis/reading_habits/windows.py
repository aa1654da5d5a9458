"""窓口と当番: whoever picks up the telephone opens what nobody at that desk has heard of."""

from collections.abc import Iterator
from datetime import timedelta

from domain.values import Role
from replays.synthesis.reading_habits.look import SEARCH, Look, at_work, in_hours, moment
from replays.synthesis.reading_habits.year import Year

_A_DAY = timedelta(days=1)


def put_through(year: Year) -> Iterator[Look]:
    """取次ぎ: the caller wanted another office; nothing is written down."""
    chance = year.chance("put-through")
    for _ in range(year.share(150)):
        day, home = year.day(chance), chance.pick(year.homes)
        who = year.staffing.somebody(chance.pick(year.staffing.windows), day, chance, None)
        if who and home.since.date() < day:
            at = in_hours(day, chance)
            if chance.happens(0.5):
                yield Look(at, who, None, SEARCH, sought=home.surname)
            yield Look(at + timedelta(seconds=chance.between(10, 60)), who, home.id)


def on_duty(year: Year) -> Iterator[Look]:
    """当番: a morning or an afternoon for all desks of the agency."""
    chance, left = year.chance("duty"), year.share(250)
    agencies = [agency for agency, desks in _desks(year).items() if len(desks) > 1]
    while left > 0 and agencies:
        agency, day = chance.pick(agencies), year.day(chance)
        here = year.staffing.colleagues(agency, day)
        left -= 1
        if not here:
            continue
        who = chance.pick(here)
        spells = [s for desk in _desks(year)[agency] for s in year.open_at(desk, day)]
        for _ in range(chance.between(1, 5) if spells else 0):
            left -= 1
            yield Look(in_hours(day, chance), who, chance.pick(spells).household)


def _desks(year: Year) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for agency, desk, _ in year.city.roster.posts:
        if (agency, desk) not in found.setdefault(agency, []):
            found[agency].append((agency, desk))
    return found


def chiefs(year: Year) -> Iterator[Look]:
    """係長: goes through what is open in the whole agency, often when the day is over."""
    chance, left = year.chance("chiefs"), year.share(350)
    while left > 0:
        day = year.day(chance)
        who = chance.pick(year.staffing.in_role(Role.CHIEF, day))
        spells = [s for desk in _desks(year)[who.agency] for s in year.open_at(desk, day)]
        minute, left = chance.between(14 * 60, 19 * 60), left - 1
        for spell in chance.some(spells, chance.between(5, 25)):
            minute, left = minute + chance.between(1, 4), left - 1
            yield Look(moment(day, minute, chance), who, spell.household)


def old_files(year: Year) -> Iterator[Look]:
    """過去の記録: closed long ago, opened for a similar case, a count, or a call that came."""
    chance = year.chance("old-files")
    for _ in range(year.share(60)):
        spell, day = chance.pick(year.spells), year.day(chance)
        who = year.staffing.somebody(spell.desk, day, chance, None)
        if who and spell.since.date() + 40 * _A_DAY < day:
            yield Look(at_work(day, chance), who, spell.household)
