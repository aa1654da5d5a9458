"""続き over HTTP: whoever acts for the father reads nothing that goes on with what is hidden from
him; and whoever asked, or reported, reads the answer.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.api.at_work import at_work
from tests.api.test_sides import LAW, does
from tests.api.town import STAFF, Town, problem, settle, who
from tests.domain.given import CENTRE, SHAKYO, capacity

TOLD = {"route": "visit", "consulter": "self"}
SAID = "母は港町にいる。"
CONSENT = {
    "method": "oral",
    "agencies": ["city"],
    "categories": ["consultation"],
    "purposes": ["support"],
}


@pytest.fixture(scope="module")
def city(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    more = {"hara": capacity(CENTRE), "ueda": capacity(SHAKYO, "support")}
    keys = Path(tmp_path_factory.mktemp("keys"))
    settled = partial(settle, staff={**STAFF, **more})
    with at_work(Town, module_database, module_book, keys, settled) as town:
        yield town


class Family:
    """A mother and a father of the centre's; 原 of it and 佐藤 of 社協 act for the father."""

    def __init__(self, town: Town) -> None:
        persons = [
            {"nickname": "母", "relation": "mother"},
            {"nickname": "父", "relation": "father"},
        ]
        told = does(town, "/intakes", {"persons": persons, **TOLD})
        self.town, self.home = town, f"/households/{told['id']}"
        self.mother, self.father = told["ids"]["person-0"], told["ids"]["person-1"]
        task = {"person": self.father, "kind": "guardian", "guardian": "某"}
        for staff in ("hara", "sato"):
            does(town, f"{self.home}/guardianships", {**task, "staff": str(who(staff))})

    def does(self, path: str, body: dict[str, Any], staff: str = "tanaka") -> dict[str, Any]:
        told = does(self.town, f"{self.home}{path}", body, staff)
        self.position, self.fact = told["position"], told["fact"]
        return told

    def reads(self, staff: str) -> str:
        after = f"?after={self.position}"
        pages = (f"{self.home}{after}", f"{self.home}/timeline{after}")
        return "".join(self.town.get(page, staff).text for page in pages)


@pytest.fixture
def family(city: Town) -> Family:
    return Family(city)


def referred(family: Family, **more: Any) -> str:
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "enclosed": []}
    return str(family.does("/referrals", {**sent, "subjects": [family.mother], **more})["id"])


def heard(family: Family, **more: Any) -> str:
    told = {**TOLD, "person": family.mother, "narrative": "母の話。", **more}
    return f"/consultations/{family.does('/consultations', told)['id']}"


def asked(family: Family, **more: Any) -> str:
    sent = {"of_agency": "shakyo", "purpose": "support", "basis": LAW, "narrative": "教えて。"}
    made = family.does("/information-requests", {**sent, "subjects": [family.mother], **more})
    return f"/information-requests/{made['id']}"


def matched(family: Family, **more: Any) -> str:
    host = does(family.town, "/resources", {"kind": "host", "name": "造園"})["id"]
    body = {"person": family.mother, "resource": host, "kind": "participation-kinds-1", **more}
    return f"/participations/{family.does('/participations', body)['id']}"


def consented(family: Family, **more: Any) -> str:
    return (
        f"/consents/{family.does('/consents', {**CONSENT, 'person': family.mother, **more})['id']}"
    )


def goes_on(what: str, family: Family, **more: Any) -> tuple[str, list[tuple[str, Any, str]]]:
    """What it goes on with, and how it does."""
    body: dict[str, Any]
    match what:
        case "screening":
            made, body = heard(family, **more), {"result": "answered", "narrative": SAID}
            return made, [(f"{made}/screening", body, "tanaka")]
        case "return":
            made = f"/referrals/{referred(family, **more)}"
            return made, [(f"{made}/return", {"reason": SAID}, "ueda")]
        case "answer":
            made, body = asked(family, **more), {"cooperated": True, "narrative": SAID}
            return made, [(f"{made}/answer", body, "ueda")]
        case "participation":
            made, said = matched(family, **more), {"narrative": SAID}
            ended = {**said, "reason": "participation-end-reasons-1"}
            following = (f"{made}/follow-ups", {**said, "settled": True}, "tanaka")
            begun = (f"{made}/start", said, "tanaka")
            return made, [begun, following, (f"{made}/end", ended, "tanaka")]
        case _:
            made = consented(family, **more)
            return made, [(f"{made}/withdrawal", {}, "tanaka")]


EACH = pytest.mark.parametrize(
    "what", ["screening", "return", "answer", "participation", "withdrawal"]
)


@EACH
def test_what_goes_on_with_what_is_hidden_is_hidden_too(family: Family, what: str) -> None:
    made, acts = goes_on(what, family, hidden_from=[family.father])
    for path, body, staff in acts:
        family.does(path, body, staff)
    for staff in ("hara", "sato"):
        read = family.reads(staff)
        assert SAID not in read
        assert made.rpartition("/")[2] not in read
    assert made.rpartition("/")[2] in family.reads("endo")


@EACH
def test_and_with_what_was_hidden_since(family: Family, what: str) -> None:
    _, acts = goes_on(what, family)
    family.does(f"/facts/{family.fact}/label", {"hide_from": [family.father]})
    for path, body, staff in acts:
        family.does(path, body, staff)
    assert SAID not in family.reads("hara") + family.reads("sato")


def test_a_memo_kept_in_order_stays_hidden(family: Family) -> None:
    note = family.does("/notes", {"text": "母の話。", "hidden_from": [family.father]})["id"]
    family.does(f"/notes/{note}/labelling", {"narrative": SAID})
    assert SAID not in family.reads("hara")
    assert SAID in family.reads("tanaka")


@pytest.mark.parametrize("what", ["return", "answer"])
def test_whoever_asked_reads_the_answer_to_what_is_hidden(family: Family, what: str) -> None:
    _, acts = goes_on(what, family, hidden_from=[family.father])
    for path, body, staff in acts:
        family.does(path, body, staff)
    assert SAID in family.reads("tanaka")


UNHEARD: list[dict[str, Any]] = [
    {"concealed": True},
    {"tags": ["informant"]},
    {"tags": ["location"]},
]


@pytest.mark.parametrize("closed", UNHEARD)
@pytest.mark.parametrize("what", ["return", "acceptance", "withdrawal", "answer"])
def test_no_answer_is_kept_from_whoever_asked(
    family: Family, what: str, closed: dict[str, Any]
) -> None:
    made = asked(family) if what == "answer" else f"/referrals/{referred(family)}"
    bodies = {"acceptance": {}, "answer": {"cooperated": True}}
    body, by = bodies.get(what, {"reason": "満員。"}), "tanaka" if what == "withdrawal" else "ueda"
    path = f"{family.home}{made}/{what}"
    problem(family.town.post(path, {**body, **closed}, by), 409, "AnswerNotHeard")
    family.does(f"{made}/{what}", body, by)
    read = family.town.get(f"{family.home}?after={family.position}").json()
    assert made.rpartition("/")[2] not in str(read["open_referrals"])


def test_a_paragraph_of_the_answer_is_withheld_by_itself(family: Family) -> None:
    words = [{"text": "協力します。"}, {"text": "近所の人から。", "tags": ["informant"]}]
    family.does(f"{asked(family)}/answer", {"cooperated": True, "narrative": words}, "ueda")
    read = family.reads("tanaka")
    assert "協力します。" in read
    assert "近所の人から。" not in read


def test_abuse_reported_to_a_guardians_desk_is_read_by_it_or_refused(family: Family) -> None:
    task = {"person": family.mother, "kind": "guardian", "guardian": "某", "agency": "centre"}
    family.does("/guardianships", task)
    report = {"kind": "elder", "narrative": SAID}
    path = f"{family.home}/abuse-reports"
    problem(family.town.post(path, report), 409, "HiddenFromOwnDesk")
    for victim in (family.mother, family.father):
        family.does("/abuse-reports", {**report, "victim": victim})
        assert SAID in family.reads("tanaka")


def test_the_place_of_a_shelter_is_hidden_at_once_and_its_desk_reads_it(family: Family) -> None:
    body = {"person": family.mother, "nights": 3, "yen": 9000, "place": "港町ホテル"}
    family.does("/shelters", body)
    assert "港町ホテル" not in family.reads("hara")
    assert "港町ホテル" in family.reads("tanaka")
    family.does("/shelters", {**body, "place": "駅前の宿", "concealed": True})
    assert "駅前の宿" not in family.reads("tanaka")
