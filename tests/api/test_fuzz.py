"""Schemathesis: whatever the document allows and forbids, no 5xx and no answer outside of it."""

from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.test_contract import ROUTES
from tests.api.test_writing import INTAKE
from tests.api.town import Town
from tests.by_night import BY_NIGHT

EXAMPLES = 300 if BY_NIGHT else 30
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
FEW = settings(
    max_examples=EXAMPLES // 2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ROLES = ("tanaka", "suzuki", "ito", "admin")


@pytest.fixture(scope="module")
def api(town: Town) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", town.client.app)


@pytest.fixture(scope="module")
def known(town: Town) -> dict[str, str]:
    """Things that are there, so that decisions are reached and not only their doors."""
    intake = town.post("/intakes", INTAKE).json()
    sitting = town.post("/sittings", {"body": "both", "held_on": "2026-12-01"}, "yamada").json()
    return {
        "hid": intake["id"],
        "pid": intake["ids"]["person-0"],
        "cid": intake["ids"]["consultation"],
        "sid": sitting["id"],
    }


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_every_operation_keeps_its_word(
    api: Any, town: Town, known: dict[str, str], method: str, route: APIRoute
) -> None:
    operation = api[route.path][method]
    headers = town.headers(ROLES[len(route.path) % len(ROLES)])
    if method == "POST":
        del headers["Setai-Purpose"]

    def tried(case: Any) -> None:
        case.path_parameters |= {key: known[key] for key in case.path_parameters if key in known}
        for name in ("Setai-Capacity", "If-Match"):
            case.headers.pop(name, None)
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    for mode in GenerationMode if method == "POST" else [GenerationMode.POSITIVE]:
        many: Any = given(operation.as_strategy(generation_mode=mode))
        repeated: Any = FEW(many(tried))
        repeated()
