"""Tags, positions and cursors: what a reader may not see leaves no trace in them (rule 32)."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.opaque import Opaque
from api.receipts import served
from api.services import Services
from domain.events.membership import HouseholdOpened
from domain.gate import Grant, Item, Place, Reader
from domain.ledger import TokenKey
from domain.values import Author
from projections.case_view import PersonView
from projections.reading import grouped
from tests.api.test_writing import INTAKE, NOTE, opened
from tests.api.town import Town, problem, who
from tests.domain.given import COUNSELLOR, HOUSEHOLD, TANAKA, TODAY, label

CONSULTATION = {"route": "visit", "consulter": "family", "narrative": "また来た。"}


@pytest.fixture
def home(town: Town) -> str:
    """Where tanaka and endo work side by side; a note of either is hidden from the other."""
    return f"/households/{opened(town)}"


def hidden(town: Town, home: str) -> str:
    """Something of tanaka's that endo may not see; its position."""
    kept = town.post(f"{home}/notes", NOTE)
    assert kept.status_code == 201
    return str(kept.json()["position"])


def visible(town: Town, home: str) -> str:
    heard = town.post(f"{home}/consultations", CONSULTATION)
    assert heard.status_code == 201
    return str(heard.json()["position"])


def seen(town: Town, path: str, position: str, staff: str = "endo") -> Response:
    found = town.get(f"{path}?after={position}", staff)
    assert found.status_code == 200, found.text
    return found


def write(town: Town, home: str, tag: str, staff: str = "endo") -> Response:
    return town.post(f"{home}/consultations", CONSULTATION, staff, **{"If-Match": tag})


def test_a_hidden_fact_changes_nothing_another_reader_is_given(town: Town, home: str) -> None:
    start = visible(town, home)
    before = {who: seen(town, home, start, who) for who in ("endo", "tanaka")}
    position = hidden(town, home)
    after = {who: seen(town, home, position, who) for who in ("endo", "tanaka")}
    assert after["endo"].headers["etag"] == before["endo"].headers["etag"]
    assert after["endo"].content == before["endo"].content
    assert after["tanaka"].headers["etag"] != before["tanaka"].headers["etag"]


def test_by_which_facts_it_is_shown_is_no_part_of_a_tag() -> None:
    opaque, reader = Opaque(TokenKey(bytes(32))), Reader(TANAKA, COUNSELLOR, TODAY)
    author = Author(staff=TANAKA, capacity=COUNSELLOR)
    begun = HouseholdOpened(occurred_on="2026-04-01", label=label())
    plain = Item(HOUSEHOLD, 1, author, begun, 1, 1, Grant("own-desk"))
    hidden = Grant("own-desk", (Place(HOUSEHOLD, 9),))

    def tag(item: Item) -> str:
        group = grouped(HOUSEHOLD, "linked:1", (item,))
        view = PersonView(HOUSEHOLD, (), concealed=False, rows=(group,))
        return opaque.shown(HOUSEHOLD, reader, {"view": view}, served)

    assert tag(plain) == tag(plain._replace(grant=hidden, withheld=("narrative.1",)))
    assert tag(plain) != tag(plain._replace(words=2))


def test_a_hidden_fact_lets_a_write_through_and_a_visible_one_does_not(
    town: Town, home: str
) -> None:
    tag = seen(town, home, visible(town, home)).headers["etag"]
    hidden(town, home)
    assert write(town, home, tag).status_code == 201
    problem(write(town, home, tag), 412, "StaleView")
    tag = seen(town, home, visible(town, home)).headers["etag"]
    visible(town, home)
    problem(write(town, home, tag), 412, "StaleView")


def test_the_tag_of_a_writes_answer_holds_until_its_writer_is_shown_more(
    town: Town, home: str
) -> None:
    written = town.post(f"{home}/consultations", CONSULTATION, "endo")
    for _ in range(3):
        hidden(town, home)
        written = write(town, home, written.headers["etag"])
        assert written.status_code == 201
    visible(town, home)
    problem(write(town, home, written.headers["etag"]), 412, "StaleView")


def test_what_becomes_known_of_its_people_counts(town: Town) -> None:
    intake = town.post("/intakes", INTAKE)
    home = f"/households/{intake.json()['id']}"
    person = f"{home}/persons/{intake.json()['ids']['person-0']}"
    tags = [
        intake.headers["etag"],
        seen(town, home, intake.json()["position"], "tanaka").headers["etag"],
    ]
    need = {"kinds": ["care-needs-1"], "narrative": "手話の通訳がいる。"}
    noted = town.post(f"{person}/care-needs", need, "endo")
    assert noted.status_code == 201, noted.text
    for tag in tags:
        problem(write(town, home, tag, "tanaka"), 412, "StaleView")


def test_a_write_that_changes_nothing_tells_no_number(town: Town, home: str) -> None:
    lead = {"agency": "centre", "desk": "nurses"}
    town.post(f"{home}/lead", lead)
    again = town.post(f"{home}/lead", lead, "endo")
    assert (again.status_code, again.json()["fact"], again.json()["position"]) == (200, None, None)
    hidden(town, home)
    assert write(town, home, again.headers["etag"]).status_code == 201


def test_a_request_sent_again_on_its_old_view_has_its_first_answer(town: Town, home: str) -> None:
    tag = seen(town, home, visible(town, home)).headers["etag"]
    headers = {"If-Match": tag, "Idempotency-Key": str(uuid4())}
    first = town.post(f"{home}/consultations", CONSULTATION, "endo", **headers)
    again = town.post(f"{home}/consultations", CONSULTATION, "endo", **headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


def test_a_tag_is_its_readers_and_its_households_alone(town: Town, home: str) -> None:
    position = visible(town, home)
    tags = {who: seen(town, home, position, who).headers["etag"] for who in ("endo", "tanaka")}
    written = town.post(f"{home}/consultations", CONSULTATION, "tanaka").headers["etag"]
    elsewhere = town.post("/intakes", INTAKE, "endo").headers["etag"]
    assert tags["endo"] != tags["tanaka"]
    for tag in (tags["tanaka"], written, elsewhere):
        problem(write(town, home, tag), 412, "StaleView")


def test_a_sitting_is_written_to_as_it_was_seen(town: Town) -> None:
    made = town.post("/sittings", {"body": "support", "held_on": "2026-12-01"}, "yamada")
    path = f"/sittings/{made.json()['id']}"
    item = {"kind": "policy", "item_basis": "support", "title": "体制について"}
    read = seen(town, path, made.json()["position"], "yamada").headers["etag"]
    for tag in (read, made.headers["etag"]):
        added = town.post(f"{path}/items", item, "yamada", **{"If-Match": tag})
        assert added.status_code == (201 if tag == read else 412)
    first = seen(town, path, made.json()["position"], "yamada").headers["etag"]
    assert first != read


def test_who_acts_for_the_counterparty_writes_whatever_the_wall_hides(town: Town) -> None:
    """Whoever sits there for the mother is no reason to refuse those who must not know of it."""
    former, mother = (town.post("/intakes", INTAKE).json() for _ in range(2))
    father = former["ids"]["person-0"]
    guardian = {"person": father, "kind": "guardian", "guardian": "某"}
    guardian |= {"agency": "city", "staff": str(who("suzuki"))}
    task = town.post(f"/households/{former['id']}/guardianships", guardian)
    path = f"/households/{mother['id']}/persons/{mother['ids']['person-0']}/concealments"
    begun = town.post(path, {"counterparties": [father], "threat": "dv"}, "mori")
    assert (task.status_code, begun.status_code) == (201, 201)
    for home, status in ((mother, 201), (former, 412)):
        assert invited_meanwhile(town, home["id"], "suzuki") == status


def invited_meanwhile(town: Town, household: str, staff: str) -> int:
    """How a sitting takes what somebody writes who has not seen the last invitation."""
    held = town.post("/sittings", {"body": "support", "held_on": "2026-12-02"}, "yamada").json()
    path, about = f"/sittings/{held['id']}", {"item_basis": "support", "title": "関わり方"}
    case, policy = ({**about, "kind": kind} for kind in ("case", "policy"))
    item = town.post(f"{path}/items", {**case, "household": household}, "yamada").json()["id"]
    tag = {"If-Match": town.post(f"{path}/items", policy, staff).headers["etag"]}
    seat = {"kind": "outside", "agency": "shakyo", "capacity": "相談員", "name": "某"}
    seated = town.post(f"{path}/attendees", {**seat, "items": [item]}, "yamada")
    assert seated.status_code == 201, seated.text
    return town.post(f"{path}/items", policy, staff, **tag).status_code


def test_a_resource_is_written_to_as_it_was_left(town: Town) -> None:
    body = {"kind": "place", "name": "ひだまり", "operator": "shakyo", "capacity": 10}
    made = town.post("/resources", body, "suzuki")
    path = f"/resources/{made.json()['id']}/retirement"
    reason = {"reason": "場所がなくなった。"}
    stale = {"If-Match": '"AAAA"'}
    problem(town.post(path, reason, "suzuki", **stale), 412, "StaleView")
    fresh = {"If-Match": made.headers["etag"]}
    assert town.post(path, reason, "suzuki", **fresh).status_code == 201
    problem(town.post(path, reason, "suzuki", **fresh), 412, "StaleView")


def test_a_person_is_merged_whatever_is_hidden_about_them(town: Town) -> None:
    """支援措置 begins between two acts of the identity desk, which may not learn of it."""
    intake = town.post("/intakes", INTAKE).json()
    person = intake["ids"]["person-0"]
    others = [town.post("/intakes", INTAKE).json()["ids"]["person-0"] for _ in range(2)]
    path = f"/persons/{person}/merger"
    merged = town.post(path, {"absorbed": others[0]}, "kato")
    assert merged.status_code == 201, merged.text
    conceal = f"/households/{intake['id']}/persons/{person}/concealments"
    assert town.post(conceal, {"threat": "dv"}).status_code == 201
    tag = {"If-Match": merged.headers["etag"]}
    assert town.post(path, {"absorbed": others[1]}, "kato", **tag).status_code == 201
    undo = {"absorbed": others[0], "reason": "別の人だった。"}
    problem(town.post(f"{path}/cancellation", undo, "kato", **tag), 412, "StaleView")


def test_positions_tell_neither_number_nor_order(town: Town, home: str) -> None:
    positions = [visible(town, home) for _ in range(12)]
    assert positions != sorted(positions)
    assert {len(position) for position in positions} == {32}
    bare = [urlsafe_b64decode(position) for position in positions]
    assert not any(bytes(4) in each for each in bare)


@pytest.fixture
def given_out(town: Town, home: str) -> dict[str, str]:
    """A position, and cursors of two lists."""
    for _ in range(3):
        position = visible(town, home)
    first = seen(town, f"{home}/timeline", f"{position}&limit=1").json()["next"]
    cases = town.get("/households?limit=1", "endo").json()["next"]
    return {"position": position, "course": first, "cases": cases}


def test_what_was_not_given_out_for_this_is_refused_in_words(
    town: Town, home: str, given_out: dict[str, str], tmp_path: Path
) -> None:
    foreign = Opaque(TokenKey.kept_in(tmp_path / "token.key")).position(1)
    wrong = [
        f"{home}/timeline?cursor={given_out['cases']}",
        f"/households?cursor={given_out['position']}",
        f"/households?after={given_out['cases']}",
        f"/households?after={foreign}",
        f"/households?after={'A' * 5000}",
    ]
    for name, token in (("after", given_out["position"]), ("cursor", given_out["cases"])):
        flipped = ("B" if token[0] == "A" else "A") + token[1:]
        wrong += [f"/households?{name}={t}" for t in ("x", "é", token[:-1], token + "A", flipped)]
    for path in wrong:
        assert "前の応答" in problem(town.get(path, "endo"), 400, "BadCursor")["title"]


def test_a_cursor_is_its_readers_alone(town: Town, home: str, given_out: dict[str, str]) -> None:
    path = f"{home}/timeline?cursor={given_out['course']}"
    assert town.get(path, "endo").status_code == 200
    problem(town.get(path, "tanaka"), 400, "BadCursor")


def test_a_position_the_log_has_not_come_to_is_refused(town: Town) -> None:
    """As after a restore: the key is the same, the log is not."""
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    ahead = services.opaque.position(1 << 40)
    problem(town.get(f"/households?after={ahead}"), 400, "BadCursor")


@pytest.fixture
def restarted(town: Town, tmp_path: Path) -> Iterator[tuple[Town, Town]]:
    """Two servers over the same log, one started after the other with the same key file."""
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    towns = []
    for _ in range(2):
        key = TokenKey.kept_in(tmp_path / "token.key")
        app = create_app(replace(services, opaque=Opaque(key)))
        towns.append(Town(TestClient(app), town.issuer))
    yield towns[0], towns[1]
    for each in towns:
        each.client.close()


def test_tokens_outlive_the_server(restarted: tuple[Town, Town]) -> None:
    before, after = restarted
    home = f"/households/{opened(before)}"
    position = visible(before, home)
    tag = seen(before, home, position).headers["etag"]
    cursor = seen(before, f"{home}/timeline", f"{position}&limit=1").json()["next"]
    assert seen(after, home, position).headers["etag"] == tag
    assert seen(after, f"{home}/timeline", f"{position}&cursor={cursor}").json()["entries"]
    assert write(after, home, tag).status_code == 201
