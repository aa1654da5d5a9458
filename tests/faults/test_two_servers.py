"""Two servers of one town: what was recorded through one is in force at the other's next request,
and what is asked of both at once happens once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi.testclient import TestClient

from api.dev_issuer import DevIssuer
from domain.ledger import PROJECTOR, RECEIPTS, Settings, beside, migrate, open_ledger, open_receipts
from tests.api.test_access_ends import LAW, TOLD, Case, Room, appointed, looked_urgently
from tests.api.test_once import PLACE, opened
from tests.api.test_passing_on import serving
from tests.api.town import ADMINISTRATOR, DatedTown, settle
from tests.conftest import BOOK, MakeDatabase
from tests.faults.clients import until
from tests.faults.processes import AUDIENCE, children, free_port, keep, project, serve


class Pair(NamedTuple):
    """The same staff with the same tokens, at either server."""

    database: str
    here: DatedTown
    there: DatedTown

    def told_there(self, path: str, staff: str) -> str:
        """Without naming a position: whoever loses access has none."""
        self.there.now = self.here.now
        answered = self.there.get(path, staff)
        assert answered.status_code in {200, 403, 404}, answered.text
        return answered.text

    def at_once(self, *asked: Callable[[DatedTown], Any], times: int = 1) -> list[Any]:
        """Each question at both servers, so often, all at the same moment."""
        self.there.now = self.here.now
        every = [(ask, town) for ask in asked for town in (self.here, self.there)] * times
        with ThreadPoolExecutor(len(every)) as pool:
            return list(pool.map(lambda each: each[0](each[1]), every))


@pytest.fixture(scope="module")
def pair(make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    database, keys = make_database(demonstration=True), tmp_path_factory.mktemp("keys")
    migrate(beside(database, BOOK, made=True), RECEIPTS, demonstration=True)
    with closing(open_ledger(Settings(database))) as ledger:
        settle(ledger, at=DatedTown.now)
    with children() as start:
        start(project, database)
        start(keep, database)
        ports = free_port(), free_port()
        for port in ports:
            start(serve, database, str(keys), port)
        here, there = (
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) for port in ports
        )
        with here, there:
            yield Pair(database, _town(keys, here), _town(keys, there))


def _town(keys: Path, client: httpx.Client) -> DatedTown:
    return DatedTown(cast("TestClient", client), DevIssuer(keys, AUDIENCE))


@pytest.fixture
def case(pair: Pair) -> Case:
    return Case(pair.here)


OFTEN = pytest.mark.parametrize("case", range(5), indirect=True)
NOTE = {"text": "折り返し電話する。"}


Ending = tuple[str, Callable[[], Any]]
"""Who could read so far, and what takes that away."""


def a_withdrawal(case: Case) -> Ending:
    consent = case.consented()
    return "sato", lambda: case.records(f"/consents/{consent}/withdrawal", {})


def a_return(case: Case) -> Ending:
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "enclosed": [case.fact]}
    about = {"categories": ["consultation"], "subjects": [case.mother]}
    path = f"/referrals/{case.records('/referrals', {**sent, **about})['id']}/return"
    return "sato", lambda: case.records(path, {"reason": "担当が違うため。"}, "sato")


def a_closing(case: Case) -> Ending:
    room = Room(case)
    return "sato", lambda: room.does("/closing", {}, "yamada")


def a_departure(case: Case) -> Ending:
    room = Room(case)
    left = {"item": room.item, "attendee": room.seat}
    return "sato", lambda: room.does("/departures", left)


def an_appointment(case: Case) -> Ending:
    staff = f"mizuno-{uuid4()}"
    path = f"{appointed(case, staff)}/ending"
    last = {"last_day": (case.town.now - timedelta(days=1)).date().isoformat()}
    return staff, lambda: case.does(path, last, ADMINISTRATOR)


def a_review(case: Case) -> Ending:
    access = looked_urgently(case)
    path = f"/emergency-accesses/{access}/review"
    return "suzuki", lambda: case.records(path, {"proper": False}, "ito")


def a_misfiling(case: Case) -> Ending:
    said = {"facts": [case.fact], "reason": "別の世帯の記録だった。"}
    return "tanaka", lambda: case.records("/misfilings", said)


def a_label(case: Case) -> Ending:
    return "endo", lambda: case.records(f"/facts/{case.fact}/label", {"conceal": True})


def a_wall(case: Case) -> Ending:
    staff = f"hirano-{uuid4()}"
    appointed(case, staff, desk="nurses")
    other = case.records("/persons", {"nickname": "夫", "relation": "father"})["ids"]["person"]
    acts = {"kind": "guardian", "guardian": "夫の後見人", "agency": "centre", "desk": "nurses"}
    case.records(f"/facts/{case.fact}/label", {"hide_from": [other]})
    return staff, lambda: case.records("/guardianships", {**acts, "person": other})


ENDINGS = [
    a_withdrawal,
    a_return,
    a_closing,
    a_departure,
    an_appointment,
    a_review,
    a_misfiling,
    a_label,
    a_wall,
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_access_that_ended_at_one_server_has_ended_at_the_other(
    pair: Pair, case: Case, ending: Callable[[Case], Ending]
) -> None:
    staff, end = ending(case)
    pages = (case.path, f"{case.path}/timeline")
    assert any(TOLD in pair.told_there(page, staff) for page in pages)
    end()
    assert not any(TOLD in pair.told_there(page, staff) for page in pages)


@OFTEN
def test_one_key_at_both_servers_is_recorded_once(pair: Pair, case: Case) -> None:
    path, key = f"{case.path}/notes", {"Idempotency-Key": str(uuid4())}
    answers = pair.at_once(lambda town: town.post(path, NOTE, **key), times=3)
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["fact"] for each in answers}) == 1
    assert sum("Setai-Repeated" not in each.headers for each in answers) == 1


@OFTEN
def test_one_key_with_two_bodies_is_refused_once(pair: Pair, case: Case) -> None:
    path, key = f"{case.path}/notes", {"Idempotency-Key": str(uuid4())}
    answers = pair.at_once(
        lambda town: town.post(path, NOTE, **key),
        lambda town: town.post(path, {"text": "折り返し訪ねる。"}, **key),
    )
    codes = [each.status_code for each in answers]
    assert sorted((codes[:2], codes[2:])) == [[201, 201], [409, 409]]


@OFTEN
def test_a_protected_place_is_shown_once_by_both(pair: Pair, case: Case) -> None:
    opened(case)

    def ask(town: DatedTown) -> bool:
        answered = town.get(case.path, "sato")
        assert answered.status_code in {200, 503}, answered.text
        return PLACE in answered.text

    assert sum(pair.at_once(ask, times=3)) == 1
    assert PLACE not in pair.told_there(case.path, "sato")


def test_all_that_one_reads_at_both_is_in_one_book(pair: Pair, case: Case) -> None:
    def receipts(town: DatedTown) -> list[str]:
        answers = [town.get(case.path, "endo") for _ in range(15)]
        assert {each.status_code for each in answers} == {200}
        return [each.headers["Setai-Receipt"] for each in answers]

    found = [each for some in pair.at_once(receipts, times=3) for each in some]
    assert len(set(found)) == 90
    with closing(open_receipts(Settings(beside(pair.database, BOOK)), role=PROJECTOR)) as book:
        [stream] = {UUID(each.partition("/")[0]) for each in found}
        versions = [line.version for line in book.history(stream)]
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) >= 90


@OFTEN
def test_of_two_who_saw_the_same_one_writes(pair: Pair, case: Case) -> None:
    seen = {"If-Match": pair.here.get(case.path).headers["ETag"]}
    answers = pair.at_once(lambda town: town.post(f"{case.path}/notes", NOTE, **seen))
    assert sorted(each.status_code for each in answers) == [201, 412]


@OFTEN
def test_of_two_who_agree_at_once_one_has_ended_it(pair: Pair, case: Case) -> None:
    """A 支援措置 ends once, and never by whoever proposed it."""
    seconds = [f"mori-{uuid4()}" for _ in range(2)]
    for second in seconds:
        serving(case, second, agency="city", desk="citizens", role="protection")
    path = f"/persons/{case.mother}/concealments"
    path += f"/{case.records(path, {'threat': 'dv'}, 'mori')['id']}"
    why = {"reason": "concealment-end-reasons-1"}
    agreed = {"proposal": case.records(f"{path}/ending-proposal", why, "mori")["id"]}
    path = f"{case.path}{path}/ending"
    said = (lambda town, by=by: town.post(path, agreed, by) for by in (*seconds, "mori"))
    *codes, here, there = (each.status_code for each in pair.at_once(*said))
    assert sorted(codes) == [201, 409, 409, 409]
    assert (here, there) == (409, 409)


@OFTEN
def test_what_is_written_while_two_cases_become_one_is_kept_or_refused(
    pair: Pair, case: Case
) -> None:
    other = Case(pair.here)
    body = {"route": "telephone", "consulter": "family", "narrative": "また電話があった。"}

    def does(town: DatedTown) -> Any:
        if town is pair.here:
            return town.post(f"{case.path}/merger", {"source": other.household}, "kato")
        return town.post(f"{other.path}/consultations", body)

    merged, wrote = pair.at_once(does)
    assert merged.status_code == 201
    assert wrote.status_code in {201, 409}
    told = pair.told_there(f"{case.path}/timeline", "tanaka")
    assert (body["narrative"] in told) == (wrote.status_code == 201)


def test_whoever_may_not_be_known_any_more_is_not_found_by_name_at_the_other(
    pair: Pair, case: Case
) -> None:
    consent = case.consented()
    query = "/households?q=窓口の女性"
    until(lambda: case.household in pair.told_there(query, "sato"))
    case.records(f"/consents/{consent}/withdrawal", {})
    assert case.household not in pair.told_there(query, "sato")
