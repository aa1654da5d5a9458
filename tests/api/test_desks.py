"""Rule 1 between the desks of one agency: whom one for 虐待・DV takes in is there for no other."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from tests.api.at_work import at_work
from tests.api.test_sides import LAW, does, listed, seen, taken_in
from tests.api.town import STAFF, Town, problem, settle
from tests.domain.given import CITY, capacity

OTHERS = ("fukuda", "suzuki", "yamada")
CONTACT = {
    "method": "outreach-methods-1",
    "met_person": True,
    "narrative": "玄関先で会えた。",
    "basis": {"kind": "own"},
}
NOTHING = str(uuid4())


@pytest.fixture(scope="module")
def city(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    desks = {"hayashi": capacity(CITY, "women"), "fukuda": capacity(CITY, "welfare")}
    settled = partial(settle, staff={**STAFF, **desks})
    keys = Path(tmp_path_factory.mktemp("keys"))
    with at_work(Town, module_database, module_book, keys, settled) as town:
        yield town


def came(town: Town, name: str) -> tuple[str, str, str]:
    """A woman comes to the desk for women of the city, which writes down what it always does."""
    person = {"name": name, "kana": "みずの", "relation": "self"}
    told = does(
        town,
        "/intakes",
        {"persons": [person], "route": "visit", "consulter": "self", "narrative": "夫のこと。"},
        "hayashi",
    )
    return f"/households/{told['id']}", told["ids"]["person-0"], str(told["position"])


def test_whom_the_desk_takes_in_no_other_desk_of_the_agency_finds(city: Town) -> None:
    home, _, position = came(city, "水野花")
    assert seen(city, home, position, "hayashi") == 200
    for staff in OTHERS:
        assert seen(city, home, position, staff) == 404
        assert home not in listed(city, "&q=水野花", staff)
        assert home not in listed(city, "", staff)


def test_what_another_desk_writes_there_is_answered_as_to_no_household(city: Town) -> None:
    home, woman, position = came(city, "水野月")
    joining = {"relation": "self", "person": woman}
    for staff in OTHERS:
        assert seen(city, home, position, staff) == 404
        for path, body in (("contacts", CONTACT), ("members", joining)):
            here = city.post(f"{home}/{path}", body, staff)
            none = city.post(f"/households/{NOTHING}/{path}", body, staff)
            problem(here, 404, "Unknown")
            assert here.content == none.content
    own, _ = taken_in(city, "水野のいない家")
    problem(city.post(f"{own}/members", joining, "tanaka"), 404, "Unknown")


def test_the_desk_that_was_asked_knows_of_it_and_no_other(city: Town) -> None:
    home, woman, _ = came(city, "水野星")
    asked = {**_everybody(), "to_desk": "welfare", "category": "abuse", "subjects": [woman]}
    position = str(does(city, f"{home}/referrals", asked, "hayashi")["position"])
    assert seen(city, home, position, "fukuda") == 200
    assert city.post(f"{home}/contacts", CONTACT, "fukuda").status_code == 201


def test_whom_a_desk_is_asked_about_by_law_no_other_desk_of_its_agency_reads(city: Town) -> None:
    """A つなぎ about 虐待・DV names her to the desk for women, which takes it on and answers."""
    home, woman = taken_in(city, "水野風")
    law = {**_everybody(), "to_desk": "women", "category": "abuse", "basis": LAW}
    sent = does(city, f"{home}/referrals", {**law, "subjects": [woman], "enclosed": []})
    taken = does(city, f"{home}/referrals/{sent['id']}/acceptance", {}, "hayashi")
    for position in map(str, (sent["position"], taken["position"])):
        assert seen(city, home, position, "hayashi") == 200
        for staff in OTHERS:
            assert seen(city, home, position, staff) == 404
            assert home not in listed(city, "&q=水野風", staff)


def test_what_the_desk_notes_in_a_case_of_others_stays_there(city: Town) -> None:
    home, _ = taken_in(city, "皆で支える人")
    does(city, f"{home}/referrals", {**_everybody(), "to_desk": "women"})
    does(city, f"{home}/referrals", _everybody(), "tanaka")
    noted = does(city, f"{home}/contacts", CONTACT, "hayashi")
    open_to_all = does(city, f"{home}/contacts", {**CONTACT, "category": "progress"}, "hayashi")
    shown = city.get(f"{home}/timeline?after={open_to_all['position']}", "fukuda").text
    assert str(open_to_all["fact"]) in shown
    assert str(noted["fact"]) not in shown


def _everybody() -> dict[str, object]:
    return {"to_agency": "city", "purpose": "referral", "categories": ["consultation"]}


def test_two_households_become_one_and_no_other_desk_hears_of_it(city: Town) -> None:
    home, _, _ = came(city, "水野虹")
    other, _ = taken_in(city, "水野の家")
    merged = does(city, f"{other}/merger", {"source": home.rpartition("/")[2]}, "kato")
    position = str(merged["position"])
    for staff in OTHERS:
        assert [seen(city, each, position, staff) for each in (home, other)] == [404, 404]
    assert seen(city, home, position, "hayashi") == 200
    assert seen(city, other, position, "tanaka") == 200


def test_what_the_privacy_office_records_shows_the_case_to_no_other_desk(city: Town) -> None:
    home, _ = taken_in(city, "保存を頼んだ人")
    held = does(city, f"{home}/legal-holds", {"reason": "訴訟が続いているため。"}, "ito")
    for staff in OTHERS:
        assert seen(city, home, str(held["position"]), staff) == 404
        problem(city.post(f"{home}/contacts", CONTACT, staff), 404, "Unknown")
    assert seen(city, home, str(held["position"]), "ito") == 200


def test_what_the_privacy_office_records_can_be_named_by_no_other_desk(city: Town) -> None:
    """They have to do with the household, and hold the number."""
    home, _ = taken_in(city, "番号を知られた人")
    does(city, f"{home}/referrals", _everybody())
    held = does(city, f"{home}/legal-holds", {"reason": "訴訟が続いているため。"}, "ito")
    for fact in (held["fact"], 2**31 - 1):
        hidden = city.post(f"{home}/facts/{fact}/label", {"to_category": "abuse"}, "fukuda")
        problem(hidden, 404, "Unknown")


def test_a_desk_reads_the_case_that_it_took_in_as_concealed(city: Town) -> None:
    person = {"nickname": "居場所を隠す人", "relation": "self"}
    body = {"persons": [person], "route": "visit", "consulter": "self", "concealed": True}
    told = does(city, "/intakes", body)
    assert seen(city, f"/households/{told['id']}", str(told["position"]), "tanaka") == 200
