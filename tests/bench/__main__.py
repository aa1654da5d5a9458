"""`make bench`: measure, print one table, write bench-results.json. ARGS="append fold": some."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    alerts,
    append,
    asof,
    commands,
    extract,
    figures,
    fold,
    projecting,
    rebuilding,
    receipts,
    search,
    statistics,
    town,
)
from tests.bench.figures import Figure
from tests.bench.ground import Ground

_RESULTS = Path("bench-results.json")
_MEASURES: dict[str, Callable[[Ground], list[Figure]]] = {
    "append": append.measure,
    "fold": fold.measure,
    "project": projecting.measure,
    "rebuild": rebuilding.measure,
    "commands": commands.measure,
    "receipts": receipts.measure,
    "search": search.measure,
    "town": town.measure,
    "alerts": alerts.measure,
    "asof": asof.measure,
    "extract": extract.measure,
    "statistics": statistics.measure,
}
"""`town` loads 10,000 households and reads them over HTTP; `alerts` makes ten cities of 40,000;
`asof`, `extract`, `statistics` and `rebuild` go up to a million facts with
SETAI_BENCH_FACTS=1000000.
"""

_MET = {True: "[green]○[/green]", False: "[red]×[/red]", None: ""}


def main(wanted: list[str]) -> int:
    console = Console()
    if unknown := [name for name in wanted if name not in _MEASURES]:
        console.print(f"{', '.join(unknown)}? {', '.join(_MEASURES)} のどれかです。")
        return 2
    ground, machine = Ground(), figures.machine()
    versions = figures.versions(ground.version)
    found: list[Figure] = []
    for name in wanted or _MEASURES:
        with console.status(f"{name} を測っています…"):
            found += _MEASURES[name](ground)
    _show(console, found, machine, versions)
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "versions": versions,
        "figures": [figure.as_json() for figure in found],
    }
    _RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _show(
    console: Console, found: list[Figure], machine: dict[str, object], versions: dict[str, str]
) -> None:
    table = Table(title="速さと大きさ")
    for heading in ("測ったもの", "値", "単位", "求める値", "", "内訳"):
        table.add_column(heading, justify="right" if heading == "値" else "left")
    for each in found:
        met = _MET[each.met]
        table.add_row(each.name, f"{each.figure:,.3g}", each.unit, each.bound, met, each.detail)
    console.print(table)
    console.print(", ".join(f"{name} {value}" for name, value in {**machine, **versions}.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
