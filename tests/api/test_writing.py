"""The conventions of every write: once per id, on what the writer saw, with a place to read it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from tests.api.town import Town, problem, written

INTAKE = {
    "persons": [{"nickname": "窓口の女性", "relation": "self", "since": "令和6年"}],
    "route": "visit",
    "fields": ["elderly"],
    "issues": ["8050"],
    "consulter": "self",
    "narrative": "息子の仕事のことで相談に来た。",
}
NOTE = {"text": "折り返し電話する。"}


def opened(town: Town) -> UUID:
    return written(town.post("/intakes", INTAKE))


def test_a_write_says_where_it_stands(town: Town) -> None:
    answered = town.post("/intakes", INTAKE)
    body = answered.json()
    assert answered.status_code == 201
    assert answered.headers["location"] == f"/households/{body['id']}"
    assert answered.headers["etag"].startswith('"')
    assert set(body) == {"id", "ids", "fact", "position"}
    assert body["fact"] == town.number(body["id"], 4)
    assert answered.headers["setai-position"] == body["position"]
    assert set(body["ids"]) == {"household", "person-0", "consultation"}
    assert body["ids"]["household"] == body["id"]


def test_the_same_id_records_once_and_answers_alike(town: Town) -> None:
    household, key = opened(town), str(uuid4())
    path = f"/households/{household}/notes"
    first = town.post(path, NOTE, **{"Idempotency-Key": key})
    again = town.post(path, NOTE, **{"Idempotency-Key": key})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "setai-repeated" not in first.headers
    assert again.headers["setai-repeated"] == "true"


def test_an_id_raced_by_eight_records_once(town: Town) -> None:
    household, key = opened(town), str(uuid4())
    path = f"/households/{household}/notes"
    first = town.post(path, NOTE).json()["fact"]
    before = next(v for v in range(1, 20) if town.number(str(household), v) == first)
    with ThreadPoolExecutor(8) as threads:
        racing = [
            threads.submit(town.post, path, NOTE, **{"Idempotency-Key": key}) for _ in range(8)
        ]
        answers = {each.result().content for each in racing}
    assert len(answers) == 1
    assert town.post(path, NOTE).json()["fact"] == town.number(str(household), before + 2)


def test_the_same_id_with_another_body_is_refused(town: Town) -> None:
    household, key = opened(town), str(uuid4())
    path = f"/households/{household}/notes"
    town.post(path, NOTE, **{"Idempotency-Key": key})
    again = town.post(path, {"text": "別の内容。"}, **{"Idempotency-Key": key})
    problem(again, 409, "CommandIdReused")


def test_a_write_on_what_was_seen_goes_through(town: Town) -> None:
    seen = town.post("/intakes", INTAKE)
    path = f"/households/{seen.json()['id']}/notes"
    assert town.post(path, NOTE, **{"If-Match": seen.headers["etag"]}).status_code == 201


def test_a_write_on_an_older_view_is_stale(town: Town) -> None:
    seen = town.post("/intakes", INTAKE)
    path = f"/households/{seen.json()['id']}/notes"
    town.post(path, NOTE)
    problem(town.post(path, NOTE, **{"If-Match": seen.headers["etag"]}), 412, "StaleView")


def test_a_tag_never_given_out_matches_nothing(town: Town) -> None:
    path = f"/households/{opened(town)}/notes"
    problem(town.post(path, NOTE, **{"If-Match": f'"{"A" * 38}"'}), 412, "StaleView")
    problem(town.post(path, NOTE, **{"If-Match": '"x"'}), 412, "StaleView")
    assert town.post(path, NOTE, **{"If-Match": "*"}).status_code == 201


def test_headers_that_cannot_be_read_are_named(town: Town) -> None:
    path = f"/households/{opened(town)}/notes"
    for name in ("Idempotency-Key", "If-Match", "Setai-Capacity", "Setai-Demo-Clock"):
        assert name in problem(town.post(path, NOTE, **{name: "?"}), 400, "BadHeader")["detail"]


def test_nothing_to_change_is_said_so(town: Town) -> None:
    household = opened(town)
    lead = {"agency": "centre", "desk": "nurses"}
    first = town.post(f"/households/{household}/lead", lead)
    again = town.post(f"/households/{household}/lead", lead)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["position"] is None
    assert again.json()["fact"] is None


def test_only_a_demonstration_may_be_given_the_time(town: Town) -> None:
    clock = {"Setai-Demo-Clock": "2025-04-01T09:00:00+09:00"}
    problem(town.post("/intakes", INTAKE, **clock), 400, "NotADemonstration")


def test_a_repeated_request_of_somebody_else_is_not_theirs(town: Town) -> None:
    key = str(uuid4())
    town.post("/intakes", INTAKE, **{"Idempotency-Key": key})
    problem(
        town.post("/intakes", INTAKE, "sato", **{"Idempotency-Key": key}), 409, "CommandIdReused"
    )
