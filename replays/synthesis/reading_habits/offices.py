"""役割のある人たち: they read widely because it is their work."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.values import Role
from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.known import Home
from replays.synthesis.reading_habits.look import Look, in_hours, moment, working_day
from replays.synthesis.reading_habits.year import Year


def audits(year: Year) -> Iterator[Look]:
    """個人情報保護担当: a sample of some tens, office after office."""
    chance, left = year.chance("audits"), year.share(60)
    while left > 0:
        day = year.day(chance)
        who = chance.pick(year.staffing.in_role(Role.PRIVACY, day))
        minute, left = chance.between(9 * 60, 17 * 60), left - 1
        for _ in range(chance.between(8, 20)):
            home = chance.pick(year.homes)
            minute, left = minute + chance.between(1, 5), left - 1
            if home.since.date() < day:
                yield Look(moment(day, minute, chance), who, home.id, purpose="audit")


def same_people(year: Year) -> Iterator[Look]:
    """名寄せ担当: the two of a pair, one after the other."""
    chance = year.chance("identity")
    names = [name for name in year.known.surnames if len(year.known.surnamed(name)) > 1]
    for _ in range(year.share(50) if names else 0):
        day = year.day(chance)
        who = chance.pick(year.staffing.in_role(Role.IDENTITY, day))
        at = in_hours(day, chance)
        for home in chance.some(year.known.surnamed(chance.pick(names)), 2):
            at += timedelta(seconds=chance.between(5, 90))
            if home.since < at:
                yield Look(at, who, home.id)


def protected(year: Year) -> Iterator[Look]:
    """支援措置担当: looks after the terms of those whose place is kept secret."""
    chance = year.chance("protection")
    for home in year.homes:
        begun = [d.at for d in home.dealings if d.act == "StartConcealment"]
        for at in begun:
            for _ in range(chance.between(1, 4)):
                day = at.date() + timedelta(days=chance.between(1, 330))
                yield from _by_protection(year, home, year.city.calendar.working(day), chance)


def _by_protection(year: Year, home: Home, day: date, chance: Chance) -> Iterator[Look]:
    at = in_hours(day, chance)
    if year.holds(at):
        yield Look(at, chance.pick(year.staffing.in_role(Role.PROTECTION, day)), home.id)


def looked_back(year: Year) -> Iterator[Look]:
    """渡したあと: whoever passed a household on wonders whether it arrived, and is asked."""
    chance = year.chance("passed-on")
    for spell in year.spells:
        if spell.until and spell.passed_to not in {None, spell.desk} and chance.happens(0.2):
            begin, end = spell.until.date(), spell.until.date() + timedelta(days=60)
            for _ in range(chance.between(1, 2)):
                day = working_day(year.city.calendar, begin + timedelta(days=1), end, chance)
                who = year.staffing.somebody(spell.desk, day, chance, None)
                at = in_hours(day, chance)
                if who and year.holds(at):
                    yield Look(at, who, spell.household)
