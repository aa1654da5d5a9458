"""証明 over HTTP: days for the person's paper; what came from a 支援会議 is withheld and named."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.test_access_ends import Case, Room
from tests.api.town import DatedTown, problem

PLACE = "どこにも書かない町一丁目"


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def certificate(case: Case, staff: str = "tanaka") -> Any:
    path = f"{case.path}/persons/{case.mother}/certificate?after={case.position}"
    answered = case.town.get(path, staff)
    assert answered.status_code == 200, answered.text
    assert answered.headers["Setai-Receipt"]
    return answered.json()


def identified(case: Case) -> None:
    who = {"name": "試験花子", "kana": "シケンハナコ", "confirmed_by": "identification-methods-1"}
    case.records(f"/persons/{case.mother}/identification", who)


def met(case: Case, **more: Any) -> dict[str, Any]:
    visited = {"person": case.mother, "method": "outreach-methods-1", "met_person": True}
    return case.records("/contacts", {**visited, "basis": {"kind": "own"}, **more})


def test_it_names_the_person_and_the_days_and_nothing_else(case: Case) -> None:
    identified(case)
    met(case, narrative="朝の訪問。夜は眠れないと話した。")
    made = certificate(case)
    paper, day = made["certificate"], case.town.now.date().isoformat()
    assert paper["name"] == "試験花子"
    assert [(line["what"], line["on"]) for line in paper["lines"]] == [
        ("consulted", day),
        ("met", day),
    ]
    assert made["withheld"] == []
    assert not any(word in str(made) for word in ("眠れない", "centre", "地域包括"))


def test_before_anybody_is_identified_it_names_nobody(case: Case) -> None:
    assert certificate(case)["certificate"]["name"] is None


def test_what_came_from_a_support_meeting_is_withheld_and_named(case: Case) -> None:
    room = Room(case)
    sitting = room.path.rpartition("/")[2]
    basis = {"kind": "sitting", "sitting": sitting, "item": room.item}
    fact = met(case, basis=basis, narrative="会議で決めた訪問。")["fact"]
    made = certificate(case)
    assert "met" not in [line["what"] for line in made["certificate"]["lines"]]
    [line] = made["withheld"]
    assert (line["what"], line["grounds"]) == ("met", ["sitting"])
    assert [each["version"] for each in line["facts"]] == [fact]


def test_a_concealed_place_is_never_on_it(case: Case) -> None:
    against = case.records("/persons", {"nickname": "夫", "relation": "father"})["ids"]["person"]
    begun = {"counterparties": [against], "threat": "dv"}
    case.records(f"/persons/{case.mother}/concealments", begun, "mori")
    lives = {"place": "residence", "text": PLACE}
    case.records(f"/persons/{case.mother}/addresses", lives)
    met(case, narrative=[{"text": f"{PLACE}を訪ねた。", "tags": ["location"]}])
    assert PLACE not in str(certificate(case))
    path = f"{case.path}/persons/{case.mother}/certificate?after={case.position}"
    assert PLACE not in case.town.get(path, "mori").text


def test_whoever_may_not_know_of_the_person_learns_nothing(case: Case) -> None:
    path = f"{case.path}/persons/{case.mother}/certificate"
    problem(case.town.get(f"{path}?after={case.position}", "sato"), 404, "Unknown")
    nobody = f"{case.path}/persons/{case.household}/certificate"
    problem(case.town.get(nobody), 404, "Unknown")


def test_it_tells_no_more_than_its_maker_may_read(case: Case) -> None:
    """社協 was told of one day by consent, and of no other."""
    case.consented()
    case.town.now += timedelta(days=1)
    met(case, narrative="翌日の訪問。")
    assert [line["what"] for line in certificate(case, "sato")["certificate"]["lines"]] == [
        "consulted"
    ]
    assert len(certificate(case)["certificate"]["lines"]) == 2
