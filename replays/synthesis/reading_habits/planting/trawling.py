"""あさり読み: alone at the screen at night, name after name."""

from collections.abc import Iterator
from datetime import timedelta

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.look import SEARCH, Look, moment
from replays.synthesis.reading_habits.planting.targets import Targets

_LOOKS = 11


def at_night(targets: Targets, chance: Chance) -> Iterator[Look]:
    """Three times in four at night, else on an idle holiday afternoon."""
    who, year = targets.somebody(chance), targets.year
    day = year.day(chance)
    minute = chance.between(21 * 60 + 20, 23 * 60 + 40)
    if chance.happens(0.25):
        day, minute = day + timedelta(days=5 - day.weekday()), chance.between(13 * 60, 16 * 60)
    at = moment(day, minute, chance)
    names, found = year.known.surnames, list[Look]()
    while names and len(found) < _LOOKS:
        name = chance.pick(names)
        found.append(Look(at, who, None, SEARCH, sought=name))
        for _ in range(chance.between(1, 3)):
            at += timedelta(seconds=chance.between(20, 240))
            home = chance.pick(
                year.known.surnamed_at(who.agency, name) or year.known.surnamed(name)
            )
            if home.since < at:
                found.append(Look(at, who, home.id))
        at += timedelta(seconds=chance.between(30, 200))
    yield from (look for look in found[:_LOOKS] if year.holds(look.at))
