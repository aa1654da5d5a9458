"""重層的支援会議へ: over HTTP, person by person — who has not consented is held back and named."""

from typing import Any

import pytest

from tests.api.town import DatedTown, problem, who

MOTHERS, FATHERS = "母は夜に眠れない。", "父は仕事をやめた。"
FATHER = "奥の部屋の男性"


class Case:
    """Two people of tanaka's: what is known of each; the mother has consented, towards 社協 too."""

    def __init__(self, town: DatedTown) -> None:
        self.town = town
        persons = [
            {"nickname": "窓口の女性", "relation": "self"},
            {"nickname": FATHER, "relation": "father"},
        ]
        body = {"persons": persons, "route": "visit", "consulter": "self"}
        taken = self.does("/intakes", {**body, "narrative": "二人で暮らす。"})
        self.path = f"/households/{taken['id']}"
        self.mother, self.father = (taken["ids"][f"person-{n}"] for n in range(2))
        self.mothers, self.fathers = (
            self.records("/consultations", self.told(who, text))["fact"]
            for who, text in ((self.mother, MOTHERS), (self.father, FATHERS))
        )
        self.consents(self.mother)

    def told(self, person: str, text: str) -> dict[str, Any]:
        said = {"route": "visit", "consulter": "self", "category": "progress"}
        return {**said, "narrative": text, "subjects": [person]}

    def does(self, path: str, body: Any, staff: str = "tanaka", **headers: str) -> dict[str, Any]:
        answered = self.town.post(path, body, staff, **headers)
        assert answered.status_code in (200, 201), answered.text
        found: dict[str, Any] = answered.json()
        self.position = found["position"]
        return found

    def records(self, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
        return self.does(f"{self.path}{path}", body, staff)

    def consents(self, person: str) -> None:
        scope = {"agencies": ["shakyo", "city"], "categories": ["progress", "identity"]}
        given = {"person": person, "method": "written", "purposes": ["support"], **scope}
        self.records("/consents", given)

    def merges(self, noted: str) -> None:
        """名寄せ: that was the father."""
        merged = {"absorbed": noted, "reason": "生年月日と電話番号が同じ。"}
        self.does(f"/persons/{self.father}/merger", merged, "kato")

    def reads(self, staff: str, page: str = "") -> str:
        return self.town.get(f"{self.path}{page}?after={self.position}", staff).text


class Room:
    """A 重層的支援会議 on this very day, with tanaka and sato of 社協."""

    def __init__(self, case: Case) -> None:
        self.case = case
        day = case.town.now.date().isoformat()
        self.sitting = case.does("/sittings", {"body": "layered", "held_on": day}, "yamada")["id"]
        about = {"kind": "case", "item_basis": "layered", "title": "関わり方"}
        item = self.does("/items", {**about, "household": case.path.split("/")[-1]})["id"]
        self.item = item
        self.seats = [self.seated("tanaka", "centre"), self.seated("sato", "shakyo")]

    def does(self, path: str, body: Any, staff: str = "suzuki") -> dict[str, Any]:
        return self.case.does(f"/sittings/{self.sitting}{path}", body, staff)

    def seated(self, staff: str, agency: str) -> str:
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
        found: str = self.does("/attendees", {**seat, "items": [self.item]})["id"]
        return found

    def bringing(self, *persons: str, **more: Any) -> dict[str, Any]:
        about = {"sitting": self.sitting, "item": self.item, "subjects": persons}
        return {**about, "tabled": [self.case.mothers, self.case.fathers], **more}

    def opens(self) -> None:
        self.does("/opening", {}, "yamada")
        for seat in self.seats:
            self.does("/duties", {"attendee": seat, "text_version": "r8"})
            self.does("/attendance", {"item": self.item, "attendee": seat})


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def test_who_has_not_consented_is_held_back_and_named_to_the_writer(case: Case) -> None:
    room = Room(case)
    body = room.bringing(case.mother, case.father, narrative="二人のこと")
    sent = {"Idempotency-Key": "0198c9c2-0000-4000-8000-000000000001"}
    path = f"{case.path}/sitting-items"
    answer = case.does(path, body, **sent)
    held = {"persons": [case.father], "facts": [case.fathers], "paragraphs": 1}
    assert answer["held_back"] == held
    assert case.does(path, body, **sent)["held_back"] == held
    said = f"{FATHER}さんのことは、本人の同意がないため、重層的支援会議にはかけずに控えました"
    assert said in case.reads("tanaka", "/timeline")
    sitting = case.town.get(f"/sittings/{room.sitting}?after={case.position}", "tanaka").text
    assert "PersonsHeldBack" in sitting
    assert case.father in sitting
    alone = room.bringing(case.mother, tabled=[], narrative="母のこと")
    assert "held_back" not in case.does(path, alone)


def test_nothing_of_who_is_held_back_opens_in_the_room(case: Case) -> None:
    room = Room(case)
    case.records("/sitting-items", room.bringing(case.mother, case.father, narrative="二人のこと"))
    room.opens()
    for staff in ("sato", "suzuki"):
        pages = [case.reads(staff, page) for page in ("", "/timeline")]
        pages.append(case.town.get(f"/sittings/{room.sitting}", staff).text)
        assert MOTHERS in pages[0]
        for hidden in (FATHERS, FATHER, case.father, "PersonsHeldBack", "二人のこと"):
            assert not any(hidden in page for page in pages)


def test_the_meeting_is_refused_only_when_nobody_remains(case: Case) -> None:
    room = Room(case)
    bringing = room.bringing(case.father, tabled=[])
    refused = problem(case.town.post(f"{case.path}/sitting-items", bringing), 409, "NotConsented")
    assert refused["persons"] == [case.father]


def test_nothing_is_decided_about_who_is_held_back(case: Case) -> None:
    room = Room(case)
    case.records("/sitting-items", room.bringing(case.mother, case.father))
    room.opens()
    decided = {"sitting": room.sitting, "item": room.item, "kind": "roles"}
    path = f"{case.path}/meeting-decisions"
    theirs = {**decided, "subjects": [case.father]}
    problem(case.town.post(path, theirs, "suzuki"), 409, "NotAMember")
    case.does(path, {**decided, "subjects": [case.mother]}, "suzuki")


def test_the_register_names_who_was_held_back(case: Case) -> None:
    room = Room(case)
    case.records("/sitting-items", room.bringing(case.mother, case.father))
    path = f"/audit/sittings/{room.sitting}?after={case.position}"
    register = case.town.get(path, "ito", **{"Setai-Purpose": "audit"}).json()
    [item] = register["items"]
    [held] = item["held_back"]
    assert held["persons"] == [case.father]
    assert [each["version"] for each in held["records"]] == [case.fathers]
    assert [each["subjects"] for each in item["tabled"]] == [[case.mother]]


def test_who_was_found_to_be_one_person_has_consented_as_one(case: Case) -> None:
    """The father, it turns out, had consented under the name he gave elsewhere."""
    other = {"nickname": "来所した男性", "relation": "father", "membership": "living-together"}
    noted = case.records("/persons", other)["ids"]["person"]
    case.consents(noted)
    case.merges(noted)
    room = Room(case)
    answer = case.records("/sitting-items", room.bringing(case.mother, case.father))
    assert "held_back" not in answer
    room.opens()
    assert FATHERS in case.reads("sato")


def test_sent_again_it_is_answered_as_at_first_whatever_was_found_out_since(case: Case) -> None:
    room = Room(case)
    sent = {"Idempotency-Key": "0198c9c2-0000-4000-8000-000000000002"}
    path, body = f"{case.path}/sitting-items", room.bringing(case.mother, case.father)
    first = case.does(path, body, **sent)
    other = {"nickname": "来所した男性", "relation": "father", "membership": "living-together"}
    noted = case.records("/persons", other)["ids"]["person"]
    case.consents(noted)
    case.merges(noted)
    again = case.town.post(path, body, **sent)
    assert again.headers["Setai-Repeated"] == "true"
    assert {**again.json(), "position": None} == {**first, "position": None}
    assert "held_back" not in case.does(path, body)
