"""そのときの姿: what was so on a day as known by a moment, behind today's gate, with a receipt."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from domain.values import JST
from tests.api.audit.desk import audit, consented, recorded, shared, taken_in
from tests.api.audit.test_receipts import newest
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem

TODAY = datetime.now(JST).date()
LAST_MONTH, LAST_WEEK = (TODAY - timedelta(days=back) for back in (30, 7))
BEFORE = (TODAY - timedelta(days=20)).isoformat()


def now() -> str:
    return quote(datetime.now(UTC).isoformat())


def contact(town: Town, home: dict[str, str], narrative: str, **more: Any) -> dict[str, Any]:
    """The woman was met."""
    told = {
        "person": home["person-0"],
        "method": "outreach-methods-1",
        "met_person": True,
        "narrative": narrative,
    }
    own = {"basis": {"kind": "own"}}
    return recorded(town, f"/households/{home['household']}/contacts", {**told, **own, **more})


def old_home(town: Town) -> dict[str, str]:
    """A household whose first consultation, on paper, was a month ago."""
    body = town.post("/intakes", {**INTAKE, "occurred_on": LAST_MONTH.isoformat()}).json()
    return {**body["ids"], "household": body["id"], "position": body["position"]}


def asked(town: Town, path: str, position: str, staff: str = "tanaka", **point: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in point.items())
    answered = town.get(f"{path}?after={position}&{query}", staff)
    assert answered.status_code == 200, answered.text
    return answered.json()


def said(entries: dict[str, Any]) -> list[str]:
    return [entry["content"]["narrative"][0]["text"] for entry in entries["entries"] if _met(entry)]


def _met(entry: dict[str, Any]) -> bool:
    return bool(entry["fact"] == "ContactMade")


PATHS = (
    "/households",
    "/households/{household}",
    "/households/{household}/timeline",
    "/households/{household}/disclosures",
    "/disclosures",
    "/tasks",
    "/sittings",
)


@pytest.mark.parametrize("path", PATHS)
def test_today_as_known_now_reads_as_the_live_view(town: Town, path: str) -> None:
    home = taken_in(town)
    position = contact(town, home, "玄関で会えた。")["position"]
    path = path.format(**home)
    live = asked(town, path, position)
    then = asked(town, path, position, true_at=TODAY.isoformat())
    assert then.pop("as_of")["true_at"] == TODAY.isoformat()
    assert {**then, "next": None} == {**live, "next": None} if "next" in live else then == live


def test_a_late_entry_is_known_from_its_record_and_marked(town: Town) -> None:
    home = old_home(town)
    path = f"/households/{home['household']}/timeline"
    before = now()
    late = contact(town, home, "あとから書いた。", occurred_on=BEFORE)
    first = asked(town, path, late["position"], known_at=before, true_at=LAST_WEEK.isoformat())
    then = asked(town, path, late["position"], true_at=LAST_WEEK.isoformat())
    assert (said(first), said(then)) == ([], ["あとから書いた。"])
    marks = {(mark["version"], mark["kind"]) for mark in then["as_of"]["marks"]}
    assert (late["fact"], "late") in marks
    earlier = asked(town, path, late["position"], true_at=LAST_MONTH.isoformat())
    assert said(earlier) == []


def test_a_correction_is_known_from_its_record_and_marked(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    made = contact(town, home, "会えた。")
    before = now()
    fixed = {"reason": "聞き違い", "changes": {"narrative": "会えなかった。"}}
    done = recorded(town, f"{path}/facts/{made['fact']}/correction", fixed)
    first = asked(town, f"{path}/timeline", done["position"], known_at=before)
    last = asked(town, f"{path}/timeline", done["position"], known_at=now())
    assert (said(first), said(last)) == (["会えた。"], ["会えなかった。"])
    kinds = [
        {m["kind"] for m in answer["as_of"]["marks"] if m["version"] == made["fact"]}
        for answer in (first, last)
    ]
    assert kinds == [{"corrected-since"}, {"corrected"}]


def test_who_may_not_read_the_correction_is_not_shown_what_it_corrected(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    consent = consented(town, home)
    shared(town, home, {"kind": "consent", "consent": consent["id"]})
    before, number = now(), town.number(home["household"], 4)
    fixed = {"reason": "聞き違い", "changes": {"route": "telephone"}}
    done = recorded(town, f"{path}/facts/{number}/correction", fixed)
    own = asked(town, f"{path}/timeline", done["position"], known_at=before)
    told = asked(town, f"{path}/timeline", done["position"], "sato", known_at=before)
    assert number in {entry["version"] for entry in own["entries"]}
    assert number not in {e["version"] for e in told["entries"] if e["stream"] == home["household"]}


def test_the_past_obeys_the_consents_of_today(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    consent = consented(town, home)
    told = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    assert town.get(f"{path}?after={told['position']}", "sato").status_code == 200
    while_it_stood = now()
    cut = recorded(town, f"{path}/consents/{consent['id']}/withdrawal", {"by": home["person-0"]})
    answered = town.get(f"{path}?after={cut['position']}&known_at={while_it_stood}", "sato")
    live = town.get(f"{path}?after={cut['position']}", "sato")
    shown = [_versions(each.json(), home) for each in (answered, live) if each.status_code == 200]
    assert all(4 not in versions for versions in shown)


def _versions(case: dict[str, Any], home: dict[str, str]) -> set[int]:
    groups = [group for kind in case["records"].values() for group in kind]
    return {r["version"] for group in groups for r in group if r["stream"] == home["household"]}


def test_a_place_concealed_today_is_not_in_any_past(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    person = f"{path}/persons/{home['person-0']}"
    place = {"place": "residence", "text": "浜町九番地", "period": {"start": "2025-05-09"}}
    seen = recorded(town, f"{person}/addresses", place)
    before = now()
    assert "浜町九番地" in str(asked(town, path, seen["position"], known_at=before))
    hidden = recorded(town, f"{person}/concealments", {"threat": "dv"}, "mori")
    then = asked(town, path, hidden["position"], known_at=before)
    assert "浜町九番地" not in str(then)
    assert then["people"][home["person-0"]]["concealed"]


def test_what_was_filed_in_the_wrong_place_is_closed_in_the_past_too(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    made = contact(town, home, "別の家のこと。")
    before = now()
    wrong = {"facts": [made["fact"]], "reason": "別の世帯"}
    done = recorded(town, f"{path}/misfilings", wrong)
    assert said(asked(town, f"{path}/timeline", done["position"], known_at=before)) == []


def test_the_whole_register_tells_of_a_past_what_was_taken_back_since(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    request = {
        "of_agency": "shakyo",
        "purpose": "support",
        "categories": ["consultation"],
        "subjects": [home["person-0"]],
        "narrative": "様子を教えてほしい。",
        "basis": {"kind": "consent", "consent": consented(town, home)["id"]},
    }
    told = recorded(town, f"{path}/information-requests", request)
    before = now()
    gone = {"reason": "別の件だった", "void": True}
    done = recorded(town, f"{path}/facts/{told['fact']}/correction", gone)

    def entered(**point: str) -> list[str]:
        register = asked(town, "/disclosures", done["position"], **point)["entries"]
        return [entry["kind"] for entry in register if entry["household"] == home["household"]]

    assert (entered(), entered(known_at=before)) == ([], ["request"])


def test_before_it_was_opened_there_was_no_case(town: Town) -> None:
    home = old_home(town)
    path = f"/households/{home['household']}"
    assert asked(town, path, home["position"], true_at=LAST_MONTH.isoformat())["status"] == "open"
    day_before = (LAST_MONTH - timedelta(days=1)).isoformat()
    problem(town.get(f"{path}?true_at={day_before}"), 404, "Unknown")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    problem(town.get(f"{path}?known_at={yesterday}"), 404, "Unknown")


def test_the_receipt_names_both_clocks_and_shows_the_same_again(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    made = contact(town, home, "会えた。")
    before = now()
    fixed = {"reason": "聞き違い", "changes": {"narrative": "会えなかった。"}}
    done = recorded(town, f"{path}/facts/{made['fact']}/correction", fixed)
    asked(town, path, done["position"], known_at=before)
    receipt = newest(town, "tanaka")
    told = audit(town, receipt)["asked"]
    assert told["true_at"] == TODAY.isoformat()
    assert datetime.fromisoformat(told["known_at"]) < datetime.now(UTC)
    assert audit(town, f"{receipt}/view")["same"] is True


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("true_at=9999-12-31", 400, "NotSoYet"),
        ("known_at=9999-12-31", 400, "NotKnownYet"),
        ("known_at=9999-12-31T23:59:59.999999-23:59", 400, "NotKnownYet"),
        ("known_at=2020-01-01&true_at=2020-01-02", 400, "TrueAfterKnown"),
        ("true_at=2025-02-30", 422, "Invalid"),
        ("true_at=unknown", 422, "Invalid"),
        ("true_at=令和99年1月1日", 400, "NotSoYet"),
        ("true_at=令和元年13月1日", 422, "Invalid"),
        ("true_at=", 422, "Invalid"),
        ("known_at=2025-04-01T09:00:00", 422, "Invalid"),
        ("known_at=T", 422, "Invalid"),
        ("known_at=2025-04-01T25:00:00%2B09:00", 422, "Invalid"),
        ("known_at=0001-01-01T00:00:00%2B14:00", 200, ""),
        ("known_at=1850-01-01", 200, ""),
        ("known_at=0001-01-01", 422, "Invalid"),
        ("true_at=1850-01-01", 200, ""),
        ("true_at=0001-01-01", 422, "Invalid"),
        ("true_et=2025-01-01", 422, "Invalid"),
        ("true_at=令和7年4月1日&known_at=R7.4.2", 200, ""),
        ("known_at=2025-04-01T09:00:00+09:00", 200, ""),
        ("known_at=%00", 422, "Invalid"),
        ("known_at=１２", 422, "Invalid"),
    ],
)
def test_no_point_of_time_is_an_accident(
    town: Town, path: str, query: str, status: int, code: str
) -> None:
    household = "00000000-0000-0000-0000-000000000007"
    answered = town.get(f"{path.format(household=household)}?{query}")
    if status != 200:
        found = problem(answered, status, code)
        assert any(ord(char) > 0x3000 for char in found["title"])
    elif answered.status_code != 200:
        problem(answered, 404, "Unknown")
    else:
        assert answered.json()["next"] is None


def test_two_points_are_told_apart_in_words(town: Town) -> None:
    home = old_home(town)
    path = f"/households/{home['household']}"
    made = contact(town, home, "会えた。")
    before = now()
    contact(town, home, "あとから書いた。", occurred_on=BEFORE)
    consented(town, home)
    fixed = {"reason": "聞き違い", "changes": {"narrative": "会えなかった。"}}
    done = recorded(town, f"{path}/facts/{made['fact']}/correction", fixed)
    told = asked(town, f"{path}/difference", done["position"], from_known_at=before)
    kinds = [(line["kind"], (line["after"] or line["before"])["fact"]) for line in told["records"]]
    assert ("learned", "ContactMade") in kinds
    assert ("corrected", "ContactMade") in kinds
    (line,) = (line for line in told["records"] if line["kind"] == "corrected")
    texts = [line[side]["content"]["narrative"][0]["text"] for side in ("before", "after")]
    assert texts == ["会えた。", "会えなかった。"]
    assert "訂正: " in line["says"]
    assert [(each["what"], each["after"]) for each in told["changes"]] == [("consent", "in-force")]
    assert "窓口の女性さんの同意" in told["changes"][0]["says"]


def test_a_difference_starts_from_yesterday_or_any_point_there_was(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/difference"
    assert town.get(f"{path}?after={home['position']}").status_code == 200
    problem(town.get(f"{path}?from_known_at=9999-12-31"), 400, "NotKnownYet")
    problem(town.get(f"{path}?from_true_at=2020-01-01&true_at=9999-01-01"), 400, "NotSoYet")
    absent = path.replace(home["household"], "00000000-0000-0000-0000-000000000007")
    problem(town.get(f"{absent}?from_true_at=2020-01-01"), 404, "Unknown")
    problem(town.get(f"{path}?from_true_at=2020-01-01", "sato"), 404, "Unknown")


def test_what_was_taken_back_is_told(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    made = contact(town, home, "会えた。")
    before = now()
    gone = {"reason": "会っていない", "void": True}
    done = recorded(town, f"{path}/facts/{made['fact']}/correction", gone)
    told = asked(town, f"{path}/difference", done["position"], from_known_at=before)
    kinds = {(e["kind"], (e["after"] or e["before"])["fact"]) for e in told["records"]}
    assert kinds == {("taken-back", "ContactMade"), ("happened", "FactCorrected")}
    back = asked(town, f"{path}/difference", done["position"], from_known_at=now(), known_at=before)
    assert ("not-yet", "FactCorrected") in {
        (e["kind"], (e["after"] or e["before"])["fact"]) for e in back["records"]
    }


def test_names_are_sought_today_alone(town: Town) -> None:
    problem(town.get("/households?q=山田&true_at=2020-01-01"), 400, "SoughtToday")
