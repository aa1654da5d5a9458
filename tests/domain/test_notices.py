"""通知文: told from the outcome alone, so that it says nothing of what there is."""

import pytest

from domain.events.rights import DisclosureOutcome
from domain.notices import notice


@pytest.mark.parametrize("outcome", DisclosureOutcome)
def test_every_outcome_has_a_notice_of_its_own(outcome: DisclosureOutcome) -> None:
    others = [notice(other) for other in DisclosureOutcome if other is not outcome]
    assert notice(outcome) not in others
    assert notice(outcome).endswith("審査請求をすることができます。")


def test_neither_existence_nor_absence_is_told() -> None:
    assert "存否を明らかにしない" in notice(DisclosureOutcome.NEITHER)
