"""秘匿処理 (suppression): which cells of a table may be shown, so that none below k comes out.

A table is a tree: the whole, its parts, their parts. A part is in one whole only, so what anybody
can work out of a hidden part lies between bounds that are exact (`bounds`).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

Path = tuple[str, ...]
Counts = Mapping[Path, int]
"""Every part of a table with its number; () is the whole. A part that is not there is 0."""
Shown = Mapping[Path, int | None]
"""What is shown: None is hidden. Where no part of something is named, its parts are not told."""
WHOLE: Path = ()


class Bounds(NamedTuple):
    """What can be worked out of a hidden part: not less than, not more than."""

    least: int
    most: int

    def protect(self, k: int) -> bool:
        """It may be k or more, and lies within no narrow span."""
        return self.most >= k and self.most - self.least >= k // 2


def suppressed(counts: Counts, k: int, *, complement: bool = True) -> dict[Path, int | None]:
    """The table as it may be shown: hidden is what is smaller than k, and what would betray it.

    0 is told as 0: that there is nobody says nothing about anybody. Of what is hidden no parts are
    told. Where hiding some parts is not enough, none are told at all.
    """
    parts = _parts(counts)
    shown: dict[Path, int | None] = {}
    waiting = [WHOLE]
    while waiting:
        path = waiting.pop()
        number = counts.get(path, 0)
        if path == WHOLE:
            shown[path] = None if 0 < number < k else number
        if shown[path] is None:
            continue
        hidden = _hidden(parts[path], counts, k, complement=complement)
        if hidden is not None:
            shown |= {part: None if part in hidden else counts[part] for part in parts[path]}
            waiting += parts[path]
    return shown


def _parts(numbers: Mapping[Path, int | None]) -> dict[Path, list[Path]]:
    found: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(numbers):
        if path != WHOLE and numbers[path] != 0:
            found[path[:-1]].append(path)
    return found


def _hidden(parts: list[Path], counts: Counts, k: int, *, complement: bool) -> set[Path] | None:
    """Too small ones, and the smallest others until those are protected; None when all are not
    enough.
    """
    hidden = {part for part in parts if counts[part] < k}
    others = sorted((part for part in parts if part not in hidden), key=lambda p: (counts[p], p))
    while hidden and complement and not _shared(sum(map(counts.__getitem__, hidden)), hidden, k):
        if not others:
            return None
        hidden.add(others.pop(0))
    return hidden


def _shared(total: int, hidden: set[Path], k: int) -> bool:
    return _bounds(total, len(hidden)).protect(k)


def _bounds(total: int, among: int) -> Bounds:
    """Of one among so many hidden parts, none of them 0, that add up to a known total."""
    return Bounds(total if among == 1 else 1, total - (among - 1))


def bounds(shown: Shown) -> dict[Path, Bounds]:
    """What can be worked out of every hidden part of a table; the whole, when hidden, is open."""
    found: dict[Path, Bounds] = {}
    for path, parts in _parts(shown).items():
        hidden = [part for part in parts if shown[part] is None]
        if hidden:
            found |= dict.fromkeys(hidden, _bounds(_rest(path, parts, shown), len(hidden)))
    return found


def rests(shown: Shown) -> dict[Path, int]:
    """What the hidden parts of each whole add up to, where it has some: anybody can work it out."""
    return {
        path: _rest(path, parts, shown)
        for path, parts in _parts(shown).items()
        if any(shown[part] is None for part in parts)
    }


def _rest(path: Path, parts: list[Path], shown: Shown) -> int:
    """What the hidden parts of something add up to."""
    return (shown[path] or 0) - sum(shown[part] or 0 for part in parts)


def may_follow(earlier: Shown, later: Shown, k: int) -> bool:
    """Whether a later version of a table can be set off against an earlier one without harm.

    The same is hidden in both, and whatever can be told apart has changed by nothing or by at
    least k. A change of a few is somebody's late record or correction.
    """
    before, after = _parts(earlier), _parts(later)
    if _hidden_in(earlier) != _hidden_in(later) or before.keys() != after.keys():
        return False
    changes = [_change(earlier, later, path) for path in earlier.keys() | later.keys()]
    changes += [
        _rest(path, after[path], later) - _rest(path, before[path], earlier) for path in before
    ]
    return all(change == 0 or abs(change) >= k for change in changes)


def _hidden_in(shown: Shown) -> set[Path]:
    return {path for path, number in shown.items() if number is None}


def _change(earlier: Shown, later: Shown, path: Path) -> int:
    return (later.get(path, 0) or 0) - (earlier.get(path, 0) or 0)
