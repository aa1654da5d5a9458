"""One caller does not take the others' turn: so many requests of a token at once, and no more."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, cast

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.services import Services
from domain.ledger import ledger_in_memory
from tests.api.town import problem
from tests.domain.given import PROFILE

NOBODY = cast("Any", None)
AT_ONCE = 3


class Slow:
    """A route that answers when it is let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.begun: list[str] = []
        self.router = APIRouter()
        self.router.add_api_route("/slow/{name}", self.wait)

    def wait(self, name: str) -> str:
        self.begun.append(name)
        assert self.go.wait(30)
        return name


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def client(slow: Slow) -> TestClient:
    services = Services(ledger_in_memory(), PROFILE, *[NOBODY] * 5)
    app = create_app(services, extra=[slow.router], threads=2 * AT_ONCE)
    return TestClient(app)


def by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_who_asks_for_more_at_once_waits_for_the_answers(client: TestClient, slow: Slow) -> None:
    with ThreadPoolExecutor(2 * AT_ONCE) as pool:

        def ask(name: str, token: str) -> Response:
            return client.get(f"/slow/{name}", headers=by(token))

        waiting = [pool.submit(ask, str(number), "one") for number in range(AT_ONCE)]
        while len(slow.begun) < AT_ONCE:
            slow.go.wait(0.01)
        refused = ask("more", "one")
        other = pool.submit(ask, "other", "two")
        while "other" not in slow.begun:
            slow.go.wait(0.01)
        slow.go.set()
        assert [each.result().status_code for each in (*waiting, other)] == [200] * (AT_ONCE + 1)
    problem(refused, 429, "TooManyAtOnce")
    assert refused.headers["retry-after"] == "1"
    assert "more" not in slow.begun
    assert client.get("/slow/again", headers=by("one")).status_code == 200
