"""通報 in an extract: what was marked as a tip later is as silent as one that was told as a tip."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from api.services import Services
from domain.values import JST
from replays.extracts import Commission, Form, Use, extract
from tests.api.test_access_ends import Case
from tests.api.town import DatedTown

NAMED = {"changes": {"informant": "隣の家の人"}}
PLAIN = {"changes": {"route": "visit"}}
MARKED = {"changes": {"route": "visit"}, "tags": ["informant"]}
TAKEN_BACK = {"void": True, "tags": ["informant"]}
_AT = datetime(2026, 10, 1, 9, tzinfo=JST)
_TELLING = ("agency", "window", "route", "consulter")


def told(town: DatedTown, out: Path) -> list[Any]:
    """Of every consultation of a neighbour, as known then and as known since."""
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    commission = Commission("ashiya", Form.DUCKDB, "分析", _AT, Use.CHECK)
    extract(services.ledger, out, commission, lambda *_: None)
    with duckdb.connect(str(out / "extract.duckdb"), read_only=True) as engine:
        rows = engine.table("consultations").filter("urgency = 'now'")
        return rows.select(*_TELLING).fetchall()


@pytest.mark.parametrize(
    "corrections",
    [[NAMED], [MARKED], [PLAIN, NAMED], [NAMED, PLAIN], [TAKEN_BACK]],
    ids=["通報者の名", "印", "訂正のあとの名", "名のあとの訂正", "取消し"],
)
def test_where_a_tip_came_in_is_told_by_no_row_of_before_it_was_marked(
    dated: DatedTown, tmp_path: Path, corrections: list[dict[str, Any]]
) -> None:
    """Rule 31: the row of before the correction stands beside the one of since."""
    case = Case(dated)
    tip = {"route": "telephone", "consulter": "neighbour", "urgency": "now"}
    fact = case.records("/consultations", {**tip, "narrative": "怒鳴り声がする。"})["fact"]
    for correction in corrections:
        dated.now += timedelta(days=2)
        said = {"reason": "通報者の印を付け忘れた。", **correction}
        case.records(f"/facts/{fact}/correction", said)
    rows = told(dated, tmp_path / "out")
    assert rows
    assert set(rows) == {(None, None, None, None)}
