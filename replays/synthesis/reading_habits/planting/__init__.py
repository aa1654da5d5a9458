"""出来心 (planted on purpose): reads that nobody's work asks for, and why each was done.

What a kind leaves behind differs from case to case, as it does in life: a cousin may bear another
name, a neighbour's address may stand in no file, most of it happens in broad daylight.
"""

from collections.abc import Iterator
from typing import NamedTuple

from replays.synthesis.reading_habits.look import Look
from replays.synthesis.reading_habits.planting import (
    acquaintances,
    crowds,
    lingering,
    trawling,
)
from replays.synthesis.reading_habits.planting.targets import Targets

KINDS = (
    ("relative", acquaintances.relatives, 36),
    ("neighbour", acquaintances.neighbours, 28),
    ("colleague", acquaintances.colleagues, 28),
    ("talk-of-the-town", crowds.talked_about, 40),
    ("trawling", trawling.at_night, 44),
    ("lingering", lingering.after_leaving, 24),
)
"""Of 200 improper reads among 200,000."""
_OF_ALL, _LEAST = 1000, 6
_TRIES = 400


class Planted(NamedTuple):
    """An ordinary read has no kind."""

    look: Look
    kind: str | None = None
    episode: int | None = None


def planted(targets: Targets) -> Iterator[Planted]:
    """A thousandth of the year's reads, in the shares of the kinds."""
    wanted = max(_LEAST, targets.year.reads // _OF_ALL)
    weights, done, episode = sum(share for _, _, share in KINDS), 0, 0
    for place, (kind, tempted, share) in enumerate(KINDS):
        last = place == len(KINDS) - 1
        left = wanted - done if last else max(1, wanted * share // weights)
        chance = targets.year.chance(kind)
        for _ in range(_TRIES):
            looks = list(tempted(targets, chance))[:left]
            yield from (Planted(look, kind, episode) for look in looks)
            done, left, episode = done + len(looks), left - len(looks), episode + bool(looks)
            if not left:
                break
