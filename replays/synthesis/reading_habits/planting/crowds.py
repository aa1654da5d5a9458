"""話題の世帯: everybody has heard of it, and many who have nothing to do with it look."""

from collections.abc import Iterator
from datetime import timedelta

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.look import Look
from replays.synthesis.reading_habits.planting.targets import Targets

_READERS, _DAYS = 20, 9


def talked_about(targets: Targets, chance: Chance) -> Iterator[Look]:
    home = targets.not_theirs(targets.somebody(chance), targets.year.homes, chance)
    if home is None:
        return
    begin = targets.day(home, chance)
    theirs = home.desks
    strangers = [who for who in targets.settled if who[1:3] not in theirs]
    for who in chance.some(strangers, _READERS):
        day = targets.on_duty(begin + timedelta(days=chance.between(0, _DAYS)))
        at = targets.unwatched(day, chance)
        if targets.year.holds(at):
            yield Look(at, who, home.id)
