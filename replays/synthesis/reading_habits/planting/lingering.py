"""離れたあと: the case has gone to another office, or the reader has, and still they look."""

from collections.abc import Iterator
from datetime import timedelta

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.known import Home, Spell
from replays.synthesis.reading_habits.look import Look, Who
from replays.synthesis.reading_habits.planting.targets import Targets

_LEAST, _MOST = 60, 150


def after_leaving(targets: Targets, chance: Chance) -> Iterator[Look]:
    year = targets.year
    for _ in range(200):
        spell = chance.pick(year.spells)
        found = _left(targets, spell) if spell.passed_to not in {None, spell.desk} else None
        begin = chance.between(_LEAST, _MOST)
        if found and spell.until and spell.until.date() + timedelta(begin + _MOST) < year.end:
            home, who = found
            day = spell.until.date() + timedelta(days=begin)
            for _ in range(chance.between(3, 5)):
                at = targets.unwatched(targets.on_duty(day), chance)
                if year.holds(at):
                    yield Look(at, who, home.id)
                day += timedelta(days=chance.between(3, 21))
            return


def _left(targets: Targets, spell: Spell) -> tuple[Home, Who] | None:
    """Who had it last, if still on the staff and at a desk that has no part in it any more."""
    home, until = targets.year.known.homes[spell.household], spell.until
    if until is None:
        return None
    wrote = [d.who for d in home.dealings if d.who[1:3] == spell.desk and d.at <= until]
    later = [d for d in home.dealings if d.who[1:3] == spell.desk and d.at > until]
    stays = [who for who in wrote[-1:] if who in targets.settled]
    return (home, stays[0]) if stays and not later else None
