"""差をとる攻撃: everything that was ever published, put together to find a number below k.

Written apart from what it attacks. It knows that parts add up, that a hidden part is not 0, which
tables count the same people, and that most of what changes later came late.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

Path = tuple[str, ...]
Shown = Mapping[Path, int | None]
Releases = Mapping[tuple[int, str], list[Shown]]


class Found(NamedTuple):
    """What was worked out: of which table and version, which part, and between what it lies."""

    where: tuple[object, ...]
    part: object
    least: int
    most: int


def attacked(releases: Releases, k: int) -> list[Found]:
    """Everything that must be somebody, and fewer than k."""
    found = [*_within(releases), *_between(releases), *_same_people(releases)]
    return [each for each in found if each.least > 0 and each.most < k]


def _within(releases: Releases) -> Iterator[Found]:
    """Each table by itself: what is shown, and what the whole leaves for the rest."""
    for where, versions in releases.items():
        for number, shown in enumerate(versions):
            for path, value in shown.items():
                if value is not None:
                    yield Found((*where, number), path, value, value)
            for path, (least, most) in _hidden(shown).items():
                yield Found((*where, number), path, least, most)


def _hidden(shown: Shown) -> dict[Path, tuple[int, int]]:
    """Round and round, until no bound moves any more."""
    whole = max((value for value in shown.values() if value), default=0)
    spans = {path: (1, whole) for path, value in shown.items() if value is None and path}
    moved = True
    while moved:
        moved = False
        for path, (least, most) in list(spans.items()):
            beside = [p for p in shown if p != path and p and p[:-1] == path[:-1]]
            low, high = [
                sum(shown[p] if shown[p] is not None else spans[p][end] for p in beside)  # type: ignore[misc]
                for end in (0, 1)
            ]
            of = shown[path[:-1]] or 0
            now = max(least, of - high), min(most, of - low)
            moved, spans[path] = moved or now != (least, most), now
    return spans


def _told(shown: Shown) -> dict[object, int]:
    """Every number there is: cells, and what several hidden ones add up to."""
    known: dict[object, int] = {path: value for path, value in shown.items() if value is not None}
    for path in {each[:-1] for each in shown if each}:
        parts = [shown[p] for p in shown if p and p[:-1] == path]
        if None in parts:
            known["rest", path] = (shown[path] or 0) - sum(part or 0 for part in parts)
    return known


def _between(releases: Releases) -> Iterator[Found]:
    """Two versions of one table: what came late, or was taken back, in each part of it."""
    for where, versions in releases.items():
        for (one, earlier), (two, later) in combinations(enumerate(versions), 2):
            before, after = _told(earlier), _told(later)
            for part in before.keys() | after.keys():
                if _comparable(part, earlier, later):
                    change = abs(after.get(part, 0) - before.get(part, 0))
                    yield Found((*where, one, two), part, change, change)


def _comparable(part: object, earlier: Shown, later: Shown) -> bool:
    """Told in both; a part that is not named beside others that are is 0."""
    match part:
        case ("rest", tuple() as path):
            return {p for p in earlier if p[:-1] == path and earlier[p] is None} == {
                p for p in later if p[:-1] == path and later[p] is None
            }
        case tuple() as path:
            return all(
                shown.get(path, 0) is not None
                and (path in shown or any(p and p[:-1] == path[:-1] for p in shown))
                for shown in (earlier, later)
            )
        case _:
            return False


def _same_people(releases: Releases) -> Iterator[Found]:
    """The wholes of different tables of the same people, in every version."""
    wholes = [
        (year, table, shown[()])
        for (year, table), versions in releases.items()
        for shown in versions
        if table.startswith("new-people") and shown[()]
    ]
    for (year, table, one), (other_year, other, two) in combinations(wholes, 2):
        if year == other_year and table != other:
            change = abs((one or 0) - (two or 0))
            yield Found((year, table, other), "whole", change, change)
