"""Found to be one, over the API: what was begun in either record goes on without a gap."""

from contextlib import closing
from typing import Any
from uuid import UUID

from api.showing import Showing
from domain.events.support import ContactMade
from domain.ledger import AUDITOR, Settings, open_receipts
from tests.api.test_reading import read, taken_in
from tests.api.test_receipts import Today, services
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem
from tests.domain.town import R5, R6, tables
from tests.domain.town import read as profile


def merge_households(town: Town, target: str, source: str) -> str:
    done = town.post(f"/households/{target}/merger", {"source": source}, "kato")
    assert done.status_code == 201, done.text
    position: str = done.json()["position"]
    return position


def merge_persons(town: Town, survivor: str, absorbed: str) -> Any:
    return town.post(f"/persons/{survivor}/merger", {"absorbed": absorbed}, "kato")


def consenting(person: str, **more: Any) -> dict[str, Any]:
    return {
        "person": person,
        "method": "written",
        "agencies": ["shakyo"],
        "categories": ["progress"],
        "purposes": ["support"],
        **more,
    }


def telling(person: str) -> dict[str, Any]:
    return {
        "to_agency": "shakyo",
        "purpose": "support",
        "subjects": [person],
        "narrative": "朝は起きられない。",
    }


def test_a_referral_sent_before_the_merger_is_accepted_after_it(town: Town) -> None:
    target, _, _ = taken_in(town)
    source, _, _ = taken_in(town)
    asked = {"to_agency": "shakyo", "purpose": "referral"}
    made = town.post(f"/households/{source}/referrals", asked).json()
    position = merge_households(town, target, source)
    case = read(town, f"/households/{target}", position, "sato")
    assert case["open_referrals"] == [made["id"]]
    assert case["came_from"][made["id"]] == source
    problem(town.post(f"/households/{source}/referrals", asked), 409, "HouseholdMerged")
    answer = f"/households/{source}/referrals/{made['id']}/acceptance"
    assert town.post(answer, {}, "sato").status_code == 201
    led = {"agency": "shakyo", "desk": "support"}
    assert town.post(f"/households/{target}/lead", led).status_code == 201


def test_a_consent_given_before_the_merger_holds_and_is_withdrawn_by_whoever_has_the_case(
    town: Town,
) -> None:
    target, _, _ = taken_in(town)
    source, _, ids = taken_in(town)
    person = ids["person-0"]
    given = town.post(f"/households/{source}/consents", consenting(person)).json()
    first = town.post(f"/households/{source}/shares", telling(person))
    assert first.status_code == 201, first.text
    position = merge_households(town, target, source)
    case = read(town, f"/households/{target}", position)
    assert case["consents_in_force"] == [given["id"]]
    assert case["came_from"] == {given["id"]: source, person: source}
    assert town.post(f"/households/{target}/shares", telling(person)).status_code == 201
    gone = town.post(f"/households/{target}/consents/{given['id']}/withdrawal", {})
    assert gone.status_code == 201, gone.text
    problem(town.post(f"/households/{target}/shares", telling(person)), 409, "NoBasisForSharing")
    entries = read(town, f"/households/{target}/disclosures", gone.json()["position"])["entries"]
    assert [entry["withdrawn"] for entry in entries] == [True, True]
    assert {entry["household"] for entry in entries} == {target, source}


def test_somebody_new_to_the_case_withdraws_it_too(town: Town) -> None:
    """Whoever was never involved in the earlier household still reaches its consents."""
    target = town.post("/intakes", INTAKE, "sato").json()["id"]
    source, _, ids = taken_in(town)
    body = consenting(ids["person-0"])
    given = town.post(f"/households/{source}/consents", body).json()
    merge_households(town, target, source)
    path = f"/consents/{given['id']}/withdrawal"
    problem(town.post(f"/households/{source}{path}", {}, "sato"), 404, "Unknown")
    gone = town.post(f"/households/{target}{path}", {}, "sato")
    assert gone.status_code == 201, gone.text
    case = read(town, f"/households/{source}", gone.json()["position"])
    assert case["consents_in_force"] == []


def test_one_person_under_two_ids_has_one_will(town: Town) -> None:
    body = {**INTAKE, "persons": [*INTAKE["persons"], {"nickname": "同じ人", "relation": "self"}]}
    made = town.post("/intakes", body).json()
    household, ids = made["id"], made["ids"]
    survivor, absorbed = ids["person-0"], ids["person-1"]
    assert town.post(f"/households/{household}/consents", consenting(absorbed)).status_code == 201
    share = f"/households/{household}/shares"
    problem(town.post(share, telling(survivor)), 409, "NoBasisForSharing")
    assert merge_persons(town, survivor, absorbed).status_code == 201
    told = town.post(share, telling(survivor))
    assert told.status_code == 201, told.text
    case = read(town, f"/households/{household}", told.json()["position"])
    (member,) = case["members"]
    assert (member["person"], member["earlier"]) == (survivor, [absorbed])
    assert case["people"].keys() == {survivor}
    entries = read(town, f"/households/{household}/timeline", told.json()["position"])["entries"]
    assert not any("世帯員さん" in entry["said"] for entry in entries)
    back = {"absorbed": absorbed, "reason": "別人だった。"}
    undone = town.post(f"/persons/{survivor}/merger/cancellation", back, "kato")
    problem(town.post(share, telling(survivor)), 409, "NoBasisForSharing")
    entries = read(town, f"/households/{household}/disclosures", undone.json()["position"])
    assert entries["entries"][0]["withdrawn"]


def test_an_outreach_rests_on_the_consent_of_that_human_being_under_any_id(town: Town) -> None:
    """Also where neither id is the one that was left."""
    again = [{"nickname": "同じ人", "relation": "self"}] * 2
    made = town.post("/intakes", {**INTAKE, "persons": [*INTAKE["persons"], *again]}).json()
    survivor, visited, consented = (made["ids"][f"person-{n}"] for n in range(3))
    path = f"/households/{made['id']}"
    town.post(f"{path}/consents", consenting(consented))
    outreach = {"person": visited, "method": "outreach-methods-1"}
    problem(town.post(f"{path}/outreach", outreach), 409, "OutreachNeedsBasis")
    contact = {**outreach, "met_person": True, "basis": {"kind": "own"}}
    assert town.post(f"{path}/contacts", contact).status_code == 201
    for absorbed in (visited, consented):
        assert merge_persons(town, survivor, absorbed).status_code == 201
    assert town.post(f"{path}/outreach", outreach).status_code == 201
    assert town.post(f"{path}/contacts", contact).status_code == 201
    facts = services(town).ledger.history(UUID(made["id"]))
    met = [recorded.fact for recorded in facts if isinstance(recorded.fact, ContactMade)]
    assert [fact.consented for fact in met] == [False, True]


def test_the_receipt_of_such_a_reading_names_only_records_there_are(
    town: Town, module_book: str
) -> None:
    body = {**INTAKE, "persons": [*INTAKE["persons"], {"nickname": "同じ人", "relation": "self"}]}
    made = town.post("/intakes", body).json()
    survivor, absorbed = made["ids"]["person-0"], made["ids"]["person-1"]
    merge_persons(town, survivor, absorbed)
    name = {"name": "川島 梢", "kana": "カワシマ コズエ"}
    path = f"/households/{made['id']}"
    known = town.post(f"{path}/persons/{survivor}/identification", name).json()
    read(town, f"{path}/timeline", known["position"])
    with closing(open_receipts(Settings(module_book), role=AUDITOR)) as book:
        shown = Today(book)()[-1]
    history = services(town).ledger.history
    assert shown.items
    for item in shown.items:
        assert item.version in {recorded.version for recorded in history(item.stream)}


def test_the_survivor_withdraws_what_was_given_under_the_earlier_id(town: Town) -> None:
    body = {**INTAKE, "persons": [*INTAKE["persons"], {"nickname": "同じ人", "relation": "self"}]}
    made = town.post("/intakes", body).json()
    survivor, absorbed = made["ids"]["person-0"], made["ids"]["person-1"]
    path = f"/households/{made['id']}"
    given = town.post(f"{path}/consents", consenting(absorbed)).json()
    merge_persons(town, survivor, absorbed)
    assert town.post(f"{path}/shares", telling(survivor)).status_code == 201
    gone = town.post(f"{path}/consents/{given['id']}/withdrawal", {"by": survivor})
    assert gone.status_code == 201, gone.text
    case = read(town, path, gone.json()["position"])
    (records,) = case["records"]["consent"]
    assert records[-1]["content"]["holders"] == ["shakyo"]


def test_whoever_absorbed_others_survives(town: Town) -> None:
    persons = [{"nickname": f"{n}人目", "relation": "self"} for n in range(4)]
    ids = town.post("/intakes", {**INTAKE, "persons": persons, "consulting": 0}).json()["ids"]
    one, two, three, four = (ids[f"person-{n}"] for n in range(4))
    assert merge_persons(town, one, two).status_code == 201
    assert merge_persons(town, one, three).status_code == 201
    problem(merge_persons(town, four, one), 409, "AbsorbedOthers")
    assert merge_persons(town, one, two).status_code == 200


def test_duplicates_follow_the_people_as_they_change(town: Town) -> None:
    person = {"name": "川島 蘭", "kana": "カワシマ ラン", "birth_date": "平成2年2月2日"}
    made = [
        town.post("/intakes", {**INTAKE, "persons": [{**person, "relation": "self"}]}).json()
        for _ in range(2)
    ]
    one, other = sorted(each["ids"]["person-0"] for each in made)

    def together(position: str) -> bool:
        pairs = read(town, "/duplicates", position, "kato")["pairs"]
        return any((pair["one"], pair["other"]) == (one, other) for pair in pairs)

    assert together(made[-1]["position"])
    merged = merge_persons(town, one, other).json()
    assert not together(merged["position"])
    back = {"absorbed": other, "reason": "別人だった。"}
    undone = town.post(f"/persons/{one}/merger/cancellation", back, "kato").json()
    assert together(undone["position"])
    household, of = next((m["id"], m) for m in made if m["ids"]["person-0"] == other)
    renamed = {"name": "川島 凛", "kana": "カワシマ リン", "birth_date": "平成2年2月2日"}
    path = f"/households/{household}/persons/{of['ids']['person-0']}/identification"
    assert not together(town.post(path, renamed).json()["position"])


def test_a_sitting_names_its_body_as_it_was_called_that_day(town: Town) -> None:
    sitting = {"body": "support", "held_on": "2026-12-01"}
    made = town.post("/sittings", sitting, "yamada").json()
    one = read(town, f"/sittings/{made['id']}", made["position"], "yamada")
    listed = read(town, "/sittings", made["position"], "yamada")["sittings"]
    assert one["body_name"] == "supportの名"
    assert "supportの名" in {each["body_name"] for each in listed}


def test_a_body_renamed_in_r6_keeps_its_r5_name_in_the_register() -> None:
    showing = Showing(profile(tables()), lambda _, version: version)
    assert showing.body("board", R5) == "協議会"
    assert showing.body("board", R6) == "委員会"
    assert showing.body("moon", R6) == "moon"
