"""The server killed at any moment: what was acknowledged is there once, and nothing in part."""

import random
import time

from domain.ledger import Ledger
from tests.faults.checking import assert_kept_once
from tests.faults.clients import Clients, writing
from tests.faults.conftest import Place, StartChild
from tests.faults.processes import serve

_KILLS = 20


def test_a_killed_server_loses_nothing_acknowledged_and_doubles_nothing(
    place: Place, ledger: Ledger, start: StartChild, nightly: int
) -> None:
    chance = random.Random(11)
    clients = Clients(place.url, place.headers, place.opaque)
    server = start(serve, *place.served)
    with writing(clients):
        for _ in range(_KILLS * nightly):
            clients.wait_for(chance.randrange(1, 40))
            time.sleep(chance.random() / 50)  # not to wait for anything: any moment is as good
            server.kill()
            server = start(serve, *place.served)
        clients.wait_for(8)
    assert sum(ack.asked > 1 for ack in clients.acks) >= _KILLS
    assert_kept_once(ledger, clients.acks)
    head = ledger.head()
    for ack in clients.acks[:: max(1, len(clients.acks) // 50)]:
        again = clients.again(ack)
        assert (again.status_code, again.json()) == (201, ack.answer)
        assert again.headers["Setai-Repeated"] == "true"
    assert ledger.head() == head
