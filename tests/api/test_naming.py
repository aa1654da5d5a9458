"""Printed tables call codes by the municipality's words; one that is not its own stays."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.naming import Then, happened, heading, naming, naming_both
from api.profiles import load_profile
from domain.events import CATALOGUE

NAMED = naming(load_profile("ashiya"), date(2025, 4, 1))
RECORD = {"fact": "ContactMade", "agency": "shakyo", "desk": "multi-agency", "occurred_on": "2025"}


@pytest.mark.parametrize(
    ("column", "row", "said"),
    [
        ("status", {"status": "open"}, "支援中"),
        ("agency", RECORD, "芦屋市社会福祉協議会"),
        ("desk", RECORD, "多機関協働相談窓口"),
        ("desk", {"desk": "multi-agency"}, "multi-agency"),
        ("agency", {"agency": "no-longer-there"}, "no-longer-there"),
        ("agency", {"agency": None}, None),
        ("membership", {"membership": "living-together"}, "同居"),
        ("fact", RECORD, "アウトリーチで本人または家族に接触した"),
        ("occurred_on", {"occurred_on": "unknown"}, "時期不明"),
        ("marks", {"marks": ("late", "corrected-since")}, ["遅れて記録", "後に訂正・取消し"]),
        ("what", {"what": "status", "before": "open", "after": "closed"}, "状態"),
        ("basis", {"basis": "layered"}, "重層的支援会議"),
        ("households", {"households": 3}, 3),
    ],
)
def test_a_column_says_what_the_code_is_called(
    column: str, row: dict[str, Any], said: object
) -> None:
    assert NAMED(column, row) == said


def test_every_fact_has_a_name_without_its_explanation() -> None:
    for kind in CATALOGUE:
        assert any(ord(char) > 0x3000 for char in happened(kind))
        assert not {"（", "。", "\n"} & set(happened(kind))
    assert happened("NeverHeardOf") == "NeverHeardOf"


def test_whose_record_it_is_is_not_called_the_lead() -> None:
    assert (heading("agency", RECORD), heading("agency", {"agency": "x"})) == ("機関", "主担当")


def test_what_stood_otherwise_is_called_on_either_side_as_it_was_then(tmp_path: Path) -> None:
    """From 令和8年度 the same desk bears another name."""
    shipped = (Path("domain") / "profiles" / "ashiya.toml").read_text("utf-8")
    desk = '  { id = "multi-agency", name = "多機関協働相談窓口"'
    [line] = [each for each in shipped.splitlines() if each.startswith(desk)]
    until = line.replace(" }", ", until = 2026-03-31 }")
    since = line.replace("相談窓口", "係").replace(" }", ", from = 2026-04-01 }")
    file = tmp_path / "renamed.toml"
    file.write_text(shipped.replace(line, f"{until}\n{since}"), "utf-8")
    then = Then(date(2025, 4, 1), "shakyo"), Then(date(2026, 4, 1), "shakyo")
    named = naming_both(load_profile(str(file)), *then)
    row = {"what": "desk", "before": "multi-agency", "after": "multi-agency"}
    assert [named(column, row) for column in row] == ["係", "多機関協働相談窓口", "多機関協働係"]


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        ("status", "open", "closed", ["状態", "支援中", "終結"]),
        ("agency", "shakyo", "sougou-soudan", ["主担当", "芦屋市社会福祉協議会", "総合相談窓口"]),
        (
            "desk",
            "district",
            "consultation",
            ["係", "地区担当（コミュニティワーカー）", "自立相談支援"],
        ),
        ("desk", "", "no-longer-there", ["係", "", "no-longer-there"]),
        ("next_review", "", "unknown", ["次の見直し", "", "時期不明"]),
        ("members", "2", "3", ["世帯員", "2", "3"]),
    ],
)
def test_what_stood_otherwise_is_called_by_the_lead_it_had_then(
    what: str, before: str, after: str, said: list[str]
) -> None:
    then = Then(date(2025, 4, 1), "shakyo"), Then(date(2025, 5, 1), "sougou-soudan")
    named = naming_both(load_profile("ashiya"), *then)
    row = {"what": what, "before": before, "after": after}
    assert [named(column, row) for column in row] == said
