"""Printed tables call codes by the municipality's words; one that is not its own stays."""

from datetime import date
from typing import Any

import pytest

from api.naming import happened, heading, naming
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
        ("after", {"what": "status", "before": "open", "after": "closed"}, "終結"),
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
