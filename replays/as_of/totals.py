"""合計: the whole municipality in numbers; what divides it further leaves its small parts out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.suppression import WHOLE, Path, Shown, suppressed
from replays.as_of.municipality import HomeLine

_SUMS = ("members", "open_referrals", "consents_in_force", "plans_decided")
_NOT_TOLD = ""


@dataclass(frozen=True, slots=True)
class LeadTotal:
    """主担当の機関; None where it is not told which."""

    agency: str | None
    households: int


@dataclass(frozen=True, slots=True)
class StatusTotal:
    """状態; `others` are the households of all agencies that are not named, together."""

    status: str
    households: int
    leads: tuple[LeadTotal, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Totals:
    """`merged` became part of another household, and are in no other number; `others` are the
    households of all states that are not named, together.
    """

    households: int
    merged: int
    members: int
    open_referrals: int
    consents_in_force: int
    plans_decided: int
    by_status: tuple[StatusTotal, ...]
    others: int


def totals(lines: Iterable[HomeLine], k: int) -> Totals:
    """Counted as the lines come; by state and agency only where there are at least k."""
    places: Counter[Path] = Counter()
    sums, merged = Counter(dict.fromkeys(_SUMS, 0)), 0
    for line in lines:
        if line.merged_into:
            merged += 1
            continue
        place = line.status, line.agency or _NOT_TOLD
        places.update(place[:depth] for depth in range(len(place) + 1))
        sums.update({name: getattr(line, name) for name in _SUMS})
    shown, whole = suppressed(places, k), places[WHOLE]
    by_status = tuple(_status(path[0], shown) for path in _named(shown, WHOLE))
    others = whole - sum(each.households for each in by_status)
    return Totals(whole, merged, **sums, by_status=by_status, others=others)


def _status(status: str, shown: Shown) -> StatusTotal:
    leads = tuple(LeadTotal(path[1] or None, shown[path] or 0) for path in _named(shown, (status,)))
    of_all = shown[status,] or 0
    return StatusTotal(status, of_all, leads, of_all - sum(each.households for each in leads))


def _named(shown: Shown, whole: Path) -> list[Path]:
    """The parts that may be told: one that is hidden is not even named."""
    depth = len(whole)
    parts = (path for path in shown if len(path) == depth + 1 and path[:depth] == whole)
    return sorted(path for path in parts if shown[path] is not None)
