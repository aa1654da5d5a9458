"""What there is to audit, and an officer who may not."""

import pytest

from tests.api.audit.conflict import Tale, conflict
from tests.api.town import Town


@pytest.fixture(scope="module")
def tale(town: Town) -> Tale:
    return conflict(town)
