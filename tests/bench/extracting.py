"""Makes one extract and asks it for a month-end series, in a process whose memory is its own."""

import json
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median

import duckdb

from domain.ledger import PROJECTOR, Settings, open_ledger
from domain.values import JST
from replays.extracts import Commission, Form, Use, extract
from tests.bench.figures import peak_mib

_ASKED = 5
_SERIES = """
    SELECT month_end, h.area, count(*) AS households
    FROM (SELECT last_day(month)::date AS month_end
          FROM generate_series(DATE '2024-10-01', DATE '2026-09-01', INTERVAL 1 MONTH) m(month)) m
    JOIN households h ON h.state = 'open'
        AND h.true_from <= month_end AND (h.true_to IS NULL OR month_end < h.true_to)
        AND h.known_from <= month_end AND (h.known_to IS NULL OR month_end < h.known_to)
    GROUP BY ALL ORDER BY ALL
"""
"""支援中の世帯: at each month's end, as then known, by district."""


def main(url: str, out: Path) -> None:
    made = Commission("ashiya", Form.PARQUET, "bench", datetime.now(JST), Use.CHECK)
    with closing(open_ledger(Settings(url, pool_size=2), role=PROJECTOR)) as ledger:
        begun = time.perf_counter()
        facts, rows = extract(ledger, out, made, lambda *_: None)
        took = time.perf_counter() - begun
    told = {"facts": facts, "rows": sum(rows.values()), "seconds": took, "peak_mib": peak_mib()}
    sys.stdout.write(json.dumps({**told, "series_ms": median(_asked(out) for _ in range(_ASKED))}))


def _asked(out: Path) -> float:
    with duckdb.connect() as engine:
        files = f"{out}/households/**/*.parquet"
        engine.execute(f"CREATE VIEW households AS FROM read_parquet('{files}')")
        begun = time.perf_counter()
        engine.execute(_SERIES).fetchall()
        return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
