"""A figure: what was measured, what is asked of it, and whether it is met."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

LIBRARIES = ("eventsourcing", "psycopg", "pydantic", "fastapi", "uvicorn")


@dataclass(frozen=True, slots=True)
class Figure:
    """`asked` is the bound, if there is one; `at_least` says on which side the figure has to be."""

    name: str
    figure: float
    unit: str
    asked: float | None
    at_least: bool
    detail: str = ""

    @property
    def met(self) -> bool | None:
        if self.asked is None:
            return None
        return self.figure >= self.asked if self.at_least else self.figure <= self.asked

    @property
    def bound(self) -> str:
        return "" if self.asked is None else f"{'≥' if self.at_least else '≤'} {self.asked:g}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def more(name: str, figure: float, unit: str, asked: float, detail: str = "") -> Figure:
    return Figure(name, round(figure, 3), unit, asked, at_least=True, detail=detail)


def less(name: str, figure: float, unit: str, asked: float, detail: str = "") -> Figure:
    return Figure(name, round(figure, 3), unit, asked, at_least=False, detail=detail)


def told(name: str, figure: float, unit: str, detail: str = "") -> Figure:
    """Good to know, and nothing more."""
    return Figure(name, round(figure, 3), unit, None, at_least=True, detail=detail)


def pairs(
    ours: Callable[[], float], theirs: Callable[[], float], times: int = 5
) -> list[tuple[float, float]]:
    """Both in turn, each first every other time, so that a busy moment strikes either."""
    found = []
    for turn in range(times):
        if turn % 2:
            second = theirs()
            found.append((ours(), second))
        else:
            first = ours()
            found.append((first, theirs()))
    return found


def ratio(found: Sequence[tuple[float, float]]) -> float:
    return statistics.median(ours / theirs for ours, theirs in found)


def middle(found: Sequence[tuple[float, float]]) -> str:
    """Both medians, for whoever wants to see more than their ratio."""
    ours = statistics.median(pair[0] for pair in found)
    theirs = statistics.median(pair[1] for pair in found)
    return f"{ours:,.4g} : {theirs:,.4g}"


def peak_mib() -> float:
    """The most memory this process has held; getrusage would tell that of the one it came from."""
    with open("/proc/self/status", encoding="utf-8") as lines:  # noqa: PTH123 - no real file
        [held] = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(held) / 1024


def machine() -> dict[str, Any]:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - no real file
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processors": os.cpu_count(),
        "model": models[0] if models else platform.machine(),
        "memory_gib": round(pages / 2**30, 1),
        "system": platform.platform(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def versions(server: str) -> dict[str, str]:
    libraries = {name: version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), "postgresql": server, **libraries}
