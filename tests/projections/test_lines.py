"""What the rules for unusual reads are fed from the tables is what the 閲覧簿 itself says."""

import json
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest

from domain.events import Fact
from domain.events.viewing import BookRead, Viewing
from domain.ledger import Recorded
from domain.unusual import ReceiptRef, lines_of
from projections.reads import RECEIPTS, rows
from tests.reading import TANAKA, page, refused, shown

AT = datetime(2026, 4, 1, 3, tzinfo=UTC)
HOMES = [uuid4() for _ in range(3)]


def receipt(viewing: Viewing) -> dict[str, Any]:
    """The row of the receipt itself."""
    recorded = Recorded(uuid4(), 1, 1, AT, None, TANAKA, cast("Fact", viewing))
    first = next(iter(rows(recorded)))
    assert first.table is RECEIPTS
    return dict(first.columns)


@pytest.mark.parametrize(
    "viewing",
    [page(), shown(households=HOMES, view="search"), shown(view="search"), refused(*HOMES[:1])],
    ids=["page", "list", "nobody-found", "refused"],
)
def test_a_receipt_names_the_same_households_and_the_same_outcome(viewing: Viewing) -> None:
    row = receipt(viewing)
    found = list(lines_of(TANAKA, AT, ReceiptRef(uuid4(), 1), viewing))
    named = [str(line.household) for line in found if line.household]
    assert json.loads(row["households"]) == named
    assert {line.outcome for line in found} == {row["outcome"]}
    assert len(found) == max(1, len(named))


def test_looking_into_the_book_is_no_read_of_records() -> None:
    looked = BookRead(
        view="audit-reads",
        position=1,
        purpose="audit",
        request=uuid4(),
        households=tuple(HOMES),
        receipts=1,
    )
    assert receipt(looked)["outcome"] not in {"shown", "refused"}
    assert list(lines_of(TANAKA, AT, ReceiptRef(uuid4(), 1), looked)) == []
