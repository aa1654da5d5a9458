"""知っている人: a relative or former partner, a neighbour, the family of a colleague."""

from collections.abc import Iterator
from datetime import timedelta

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.known import Home
from replays.synthesis.reading_habits.look import VIEWS, Look, Who
from replays.synthesis.reading_habits.planting.targets import Targets

_OTHER_NAME, _NOT_ON_FILE = 0.2, 0.2


def relatives(targets: Targets, chance: Chance) -> Iterator[Look]:
    """Of the same name, except for every fifth; looked up again and again over some weeks."""
    who, year = targets.somebody(chance), targets.year
    namesakes = year.known.surnamed(targets.surname(who))
    among = year.homes if chance.happens(_OTHER_NAME) else namesakes
    home = targets.not_theirs(who, among, chance)
    if home:
        yield from _again(targets, who, home, chance.between(1, 4), chance)


def neighbours(targets: Targets, chance: Chance) -> Iterator[Look]:
    who = targets.somebody(chance)
    near = targets.staff_homes.neighbours.get(who.staff, [])
    among = targets.year.homes if chance.happens(_NOT_ON_FILE) else near
    home = targets.not_theirs(who, among, chance)
    if home:
        yield from _again(targets, who, home, chance.between(1, 3), chance)


def colleagues(targets: Targets, chance: Chance) -> Iterator[Look]:
    """Somebody at the next table has trouble at home: one or two of the office look."""
    families = targets.staff_homes.families
    known = [who for who in targets.settled if who.staff in families]
    if not known:
        return
    one = chance.pick(known)
    others = [w for w in targets.settled if w.agency == one.agency and w.staff != one.staff]
    home = families[one.staff]
    if home.since.date() > targets.year.end - timedelta(days=60):
        return
    for who in chance.some(others, chance.between(1, 2)):
        if who[1:3] not in home.desks:
            yield from _again(targets, who, home, chance.between(1, 2), chance)


def _again(targets: Targets, who: Who, home: Home, times: int, chance: Chance) -> Iterator[Look]:
    day = targets.day(home, chance)
    for _ in range(times):
        at = targets.unwatched(day, chance)
        if targets.year.holds(at):
            yield Look(at, who, home.id, chance.weighed(VIEWS))
        day = targets.on_duty(day + timedelta(days=chance.between(1, 14)))
