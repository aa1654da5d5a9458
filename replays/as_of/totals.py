"""合計: the whole municipality in numbers; what divides them again leaves small parts out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.suppression import WHOLE, Path, suppressed
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
    """`merged` became part of another household, and are in no other number."""

    households: int
    merged: int
    members: int
    open_referrals: int
    consents_in_force: int
    plans_decided: int
    by_status: tuple[StatusTotal, ...]


def totals(lines: Iterable[HomeLine], k: int) -> Totals:
    """Counted as the lines come; those of a state by agency only where that betrays nobody."""
    leads: dict[str, Counter[str]] = defaultdict(Counter)
    sums, merged = Counter(dict.fromkeys(_SUMS, 0)), 0
    for line in lines:
        if line.merged_into:
            merged += 1
        else:
            leads[line.status][line.agency or _NOT_TOLD] += 1
            sums.update({name: getattr(line, name) for name in _SUMS})
    by_status = tuple(_status(status, leads[status], k) for status in sorted(leads))
    whole = sum(each.households for each in by_status)
    return Totals(whole, merged, **sums, by_status=by_status)


def _status(status: str, leads: Counter[str], k: int) -> StatusTotal:
    """What is hidden is not even named: that would say that there is somebody."""
    whole = leads.total()
    counts: dict[Path, int] = {(agency,): number for agency, number in leads.items()}
    counts[WHOLE] = whole
    shown = sorted((path[0], n) for path, n in suppressed(counts, k).items() if path and n)
    named = tuple(LeadTotal(agency or None, number) for agency, number in shown)
    return StatusTotal(status, whole, named, whole - sum(each.households for each in named))
