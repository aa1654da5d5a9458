"""同僚の氏名: whoever reads a case reads who leads it, who took over and who wrote, by name; each
name that is opened stands in the receipt, and none is opened of whom the answer does not speak.
"""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api.dev_issuer import DEV_ISSUER
from domain.events.viewing import NAMED
from tests.api.audit.conflict import OTHER, conflict
from tests.api.audit.desk import AUDIT, OFFICER, audit, consented, recorded, shared, taken_in
from tests.api.audit.test_receipts import newest
from tests.api.test_handover import hands_over
from tests.api.test_promotion import Case, Room
from tests.api.town import DatedTown, Town, who

Home = dict[str, str]


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def course(town: Town, home: Home, staff: str = "tanaka") -> list[Any]:
    path = f"/households/{home['household']}/timeline?after={home['position']}"
    answered = town.get(path, staff)
    assert answered.status_code == 200, answered.text
    found: list[Any] = answered.json()["entries"]
    return found


def led(town: Town, home: Home, staff: str = "endo") -> None:
    """That colleague of the same desk leads from now on."""
    lead = {"agency": "centre", "desk": "general", "staff": str(who(staff))}
    path = f"/households/{home['household']}/lead"
    home["position"] = recorded(town, path, lead)["position"]


def named(town: Town, receipt: str) -> set[str]:
    """Whose registrations the receipt says were opened besides the records."""
    items = audit(town, receipt)["items"]
    return {item["item"]["stream"] for item in items if item["rule"] == NAMED}


def ids(*staff: str) -> set[str]:
    return {str(who(each)) for each in staff}


def test_the_course_names_the_new_lead(town: Town) -> None:
    home = taken_in(town)
    led(town, home)
    said = [entry["said"] for entry in course(town, home)]
    assert any("のendoさんに定めました" in each for each in said)


def test_it_names_who_handed_over_and_who_took_over_and_who_wrote(case: Case) -> None:
    case.position = hands_over(case).json()["position"]
    path = f"{case.path}/timeline?after={case.position}"
    newest_first = case.town.get(path).json()["entries"]
    handed = next(each for each in newest_first if each["fact"] == "WorkHandedOver")
    assert "tanakaさんからendoさんへ" in handed["said"]
    assert handed["by"]["name"] == "tanaka"
    then = case.town.get(f"{path}&known_at={case.town.now.date()}").json()["entries"]
    assert [each["said"] for each in then] == [each["said"] for each in newest_first]


def test_the_case_and_the_list_name_who_leads(town: Town) -> None:
    home = taken_in(town)
    led(town, home)
    path = f"/households/{home['household']}"
    assert town.get(f"{path}?after={home['position']}").json()["lead"]["name"] == "endo"
    lines = town.get("/households?limit=200").json()["households"]
    [line] = [each for each in lines if each["household"] == home["household"]]
    assert line["lead"]["name"] == "endo"


def test_the_register_of_a_sitting_names_who_was_invited(case: Case) -> None:
    room = Room(case)
    shown = case.town.get(f"/sittings/{room.sitting}?after={case.position}", "suzuki").json()
    said = [record["said"] for group in shown["attendees"] for record in group]
    assert any(each.startswith("tanakaさんを出席者に") for each in said)


def test_the_register_of_a_sitting_says_by_name_who_was_present(case: Case) -> None:
    room = Room(case)
    room.opens()
    shown = case.town.get(f"/sittings/{room.sitting}?after={case.position}", "suzuki").json()
    assert [each["name"] for each in shown["presences"]] == ["tanaka", "sato"]


def test_the_receipt_names_the_registrations_that_were_opened(town: Town) -> None:
    home = taken_in(town)
    led(town, home)
    course(town, home)
    assert named(town, newest(town, "tanaka")) == ids("tanaka", "endo")
    about = audit(town, f"reads?household={home['household']}&limit=200")["reads"]
    assert NAMED not in {read["rule"] for read in about}


def test_what_may_not_be_read_opens_no_name(town: Town) -> None:
    """社協 is told of the consultation, not of what the centre wrote on who leads there."""
    home = taken_in(town)
    consent = consented(town, home)["id"]
    led(town, home)
    home["position"] = shared(town, home, {"kind": "consent", "consent": consent})["position"]
    seen = course(town, home, "sato")
    assert "LeadAgencyNamed" not in {entry["fact"] for entry in seen}
    assert "endo" not in str(seen)
    assert named(town, newest(town, "sato")) == {entry["by"]["staff"] for entry in seen}


def test_a_certificate_that_names_no_colleague_opens_no_name(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/persons/{home['person-0']}/certificate"
    assert town.get(f"{path}?after={home['position']}").status_code == 200
    receipt = newest(town, "tanaka")
    assert audit(town, receipt)["items"]
    assert named(town, receipt) == set()


@pytest.mark.parametrize("view", ["", "/timeline"])
def test_what_was_served_with_names_is_the_same_again(town: Town, view: str) -> None:
    home = taken_in(town)
    led(town, home)
    path = f"/households/{home['household']}"
    assert town.get(f"{path}{view}?after={home['position']}").status_code == 200
    receipt = newest(town, "tanaka")
    assert audit(town, f"{receipt}/view")["same"] is True
    opened = recorded(town, f"{path}/audit-cases", {"reason": "閲覧を確かめるため。"}, OFFICER)
    again = audit(town, f"{receipt}/view?after={opened['position']}")
    assert again["left_out"] == 0
    assert any("endoさん" in each["said"] for each in again["items"])


def test_who_was_never_registered_is_a_colleague_without_a_name(case: Case) -> None:
    room, stranger = Room(case), str(uuid4())
    seat = {"kind": "staff", "staff": stranger, "agency": "shakyo", "capacity": "相談員"}
    room.does("/attendees", {**seat, "items": [room.item]})
    shown = case.town.get(f"/sittings/{room.sitting}?after={case.position}", "suzuki").json()
    said = [record["said"] for group in shown["attendees"] for record in group]
    assert any(each.startswith("職員を出席者に") for each in said)


def test_a_damaged_registration_keeps_nobody_from_what_that_colleague_wrote(
    town: Town, module_database: str
) -> None:
    """Nor the officer from who read it; only the name is not there."""
    home = taken_in(town)
    about = {"issuer": DEV_ISSUER, "subject": "beppu", "name": "別府"}
    beppu = recorded(town, "/staff", about, "admin")
    held = {"agency": "centre", "desk": "general", "period": {"start": "2020-04-01"}}
    recorded(town, f"/staff/{beppu['id']}/appointments", {**held, "role": "counsellor"}, "admin")
    lead = {"agency": "centre", "desk": "general", "staff": beppu["id"]}
    told = recorded(town, f"/households/{home['household']}/lead", lead, "beppu")
    home["position"] = told["position"]
    assert town.get(f"/staff?after={home['position']}", "admin").status_code == 200
    damage = """
        UPDATE projections.staff
        SET told = regexp_replace(told, '("name":"封1[^"]*)[^"]{4}"', '\\1AAAA"')
        WHERE stream = %s AND key = 'staff'
    """
    with psycopg.connect(module_database) as owner:
        owner.execute(damage, (beppu["id"],))
    [led_by, *_] = course(town, home)
    assert "の（読めません）さんに定めました" in led_by["said"]
    assert led_by["by"]["name"] == "（読めません）"
    read = f"/households/{home['household']}?after={home['position']}"
    assert town.get(read, "beppu").status_code == 200
    who_read = audit(town, f"reads?household={home['household']}&limit=200")["reads"]
    assert "（読めません）" in str(who_read)


def test_whoever_stands_aside_from_a_case_is_told_of_no_colleague(town: Town) -> None:
    """A name of which nothing else in the receipt speaks would tell of what was left out."""
    tale = conflict(town)
    listed = town.get(f"/households?limit=200&after={tale.position}")
    receipt = f"/audit/receipts/{listed.headers['setai-receipt']}"
    rules = [
        {item["rule"] for item in tale.asks(receipt, officer, AUDIT).json()["items"]}
        for officer in (OTHER, OFFICER)
    ]
    assert [NAMED in each for each in rules] == [True, False]
    reads = f"/audit/reads?staff={who('tanaka')}&limit=200"
    assert NAMED not in tale.asks(reads, OFFICER, AUDIT).text
