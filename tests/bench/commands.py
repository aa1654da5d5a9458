"""A command over HTTP — token, decision, append, answer — against a route that does nothing.

What is asked compares what the two cost within one server, so the idle route stands beside the
others: behind the same edge and the same log, asked of the same process. The bare framework is
measured as well, for whoever wants to know what the edge costs; nothing is asked of that figure.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

import httpx

from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.first import appoint_administrator
from api.serving import projector
from domain.appointment import AppointFirst
from domain.staff import staff_id
from tests.bench.figures import Figure, middle, more, pairs, ratio, told
from tests.bench.ground import DIRECTORY, Ground
from tests.bench.over_http import CLIENTS, Serving, called, request, served
from tests.bench.serve import BARE
from tests.bench.visits import AUTHOR, TEXT

_SECONDS = 2.0
_THIRD = round(1 / 3, 3)
_FIRST, _COUNSELLOR = "kanri", "madoguchi"
_START = "2025-04-01"
_NOTHING = [[request("POST", "/nothing", {})]] * CLIENTS


def measure(ground: Ground) -> list[Figure]:
    url = ground.database()
    _appointed_first(ground, url)
    with projector(url):
        pass  # the tables are there, as they would be in service
    issuer = DevIssuer(DIRECTORY, "setai")
    with served(url) as serving, served(BARE) as bare:
        with _as(serving, issuer.mint(_FIRST)) as administrator:
            _appointed(administrator)
        with _as(serving, issuer.mint(_COUNSELLOR)) as counsellor:
            clients = [[_visit(counsellor)] for _ in range(CLIENTS)]
        beside = pairs(lambda: _rate(serving, clients), lambda: _rate(serving, _NOTHING))
        apart = pairs(lambda: _rate(serving, clients), lambda: _rate(bare, _NOTHING))
    name = f"a command over HTTP, {CLIENTS} clients / a route that does nothing"
    return [
        more(name, ratio(beside), "×", _THIRD, f"{middle(beside)} requests/s"),
        told(f"{name}, in a bare FastAPI", ratio(apart), "×", f"{middle(apart)} requests/s"),
    ]


def _rate(serving: Serving, clients: list[list[str]]) -> float:
    return float(called(serving, clients, _SECONDS)["rate"])


def _appointed_first(ground: Ground, url: str) -> None:
    told = {"agency": "chiiki-fukushi", "desk": "administration", "start": _START}
    who = {"issuer": DEV_ISSUER, "subject": _FIRST, "name": "管理 はじめ"}
    with ground.ledger(url) as ledger:
        first = AppointFirst.model_validate({**told, **who})
        appoint_administrator(ledger, ground.profile, first, datetime.now(UTC))


class Calling(NamedTuple):
    http: httpx.Client

    def post(self, path: str, told: dict[str, Any]) -> httpx.Headers:
        key = str(uuid4())
        answer = self.http.post(path, json=told, headers={"Idempotency-Key": key})
        answer.raise_for_status()
        return answer.request.headers


@contextmanager
def _as(serving: Serving, token: str) -> Iterator[Calling]:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{serving.port}", headers=headers) as http:
        yield Calling(http)


def _appointed(administrator: Calling) -> None:
    administrator.post(
        "/staff", {"issuer": DEV_ISSUER, "subject": _COUNSELLOR, "name": "窓口 ひらく"}
    )
    capacity = AUTHOR.capacity.model_dump(mode="json")
    told = {**capacity, "period": {"start": _START}}
    administrator.post(f"/staff/{staff_id(DEV_ISSUER, _COUNSELLOR)}/appointments", told)


def _visit(counsellor: Calling) -> str:
    """A household of its own for each client, and a visit to it."""
    persons = [{"nickname": "灯台の人", "relation": "self"}]
    told = {"route": "visit", "consulter": "self", "persons": persons}
    sent = counsellor.post("/intakes", told)
    key = UUID(sent["Idempotency-Key"])
    body = {
        "person": str(uuid5(key, "person-0")),
        "method": "visit",
        "met_person": True,
        "basis": {"kind": "own"},
        "narrative": TEXT,
    }
    headers = {"Authorization": sent["Authorization"], "Idempotency-Key": "{key}"}
    return request("POST", f"/households/{uuid5(key, 'household')}/contacts", headers, body)
