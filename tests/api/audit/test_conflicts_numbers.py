"""利益相反: what an officer is not shown cannot be counted by what they are."""

from tests.api.audit.conflict import OTHER, Tale
from tests.api.audit.desk import AUDIT, OFFICER, taken_in
from tests.api.town import who


def test_no_number_of_a_receipt_tells_how_many_are_left_out(tale: Tale) -> None:
    """In their turn they would: between the third and the fifth of a day there was a fourth."""
    asked = f"/audit/reads?staff={who('tanaka')}&limit=200"

    def numbers(officer: str) -> set[int]:
        lines = tale.asks(asked, officer, AUDIT).json()["reads"]
        return {line["receipt"]["version"] for line in lines}

    taken_in(tale.town)
    left, whole = numbers(OFFICER), numbers(OTHER)
    assert left < whole
    assert left
    assert whole.isdisjoint(range(len(whole) + 1))
