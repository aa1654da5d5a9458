"""会議の記録簿: who was there for what, bound by what, who read it, who tried afterwards."""

from uuid import uuid4

import pytest

from api.receipts import view_of
from domain.gate import REASONS
from tests.api.audit.desk import AUDIT, OFFICER, audit, sheet
from tests.api.audit.room import Meeting, held
from tests.api.town import Town, problem, who


@pytest.fixture(scope="module")
def meeting(town: Town) -> Meeting:
    return held(town)


def test_it_tells_who_convened_it_and_on_which_basis_each_item_stands(
    town: Town, meeting: Meeting
) -> None:
    told = audit(town, f"sittings/{meeting.sitting}")
    assert told["convened"]["by"]["name"] == "yamada"
    (item,) = told["items"]
    assert (item["item"], item["basis"]) == (meeting.item, "support")
    assert item["household"] == meeting.home["household"]
    assert [room["opened"] for room in told["room"]] == [True, False]


def test_it_tells_who_was_there_bound_by_which_notice(town: Town, meeting: Meeting) -> None:
    told = audit(town, f"sittings/{meeting.sitting}")
    seats = {seat["attendee"]: seat for seat in told["attendees"]}
    assert set(seats) == set(meeting.seats.values())
    sato = seats[meeting.seats["sato"]]
    assert (sato["staff"], sato["agency"]) == (str(who("sato")), "shakyo")
    assert [duty["text_version"] for duty in sato["duties"]] == ["r8"]
    (item,) = told["items"]
    assert {line["attendee"] for line in item["present"]} == set(meeting.seats.values())
    assert {line["capacity"] for line in item["present"]} == {"相談員"}


def test_it_tells_what_was_tabled_by_whom(town: Town, meeting: Meeting) -> None:
    (item,) = audit(town, f"sittings/{meeting.sitting}")["items"]
    (tabled,) = item["tabled"]
    assert tabled["by"]["name"] == "tanaka"
    number = town.number(meeting.home["household"], 4)
    assert tabled["records"] == [{"stream": meeting.home["household"], "version": number}]
    assert tabled["subjects"] == [meeting.home["person-0"]]


def test_it_tells_who_read_it_in_the_room_and_who_tried_afterwards(
    town: Town, meeting: Meeting
) -> None:
    told = audit(town, f"sittings/{meeting.sitting}")
    read = {(line["by"]["name"], line["rule"], line["item"]["version"]) for line in told["read"]}
    assert ("sato", "room", town.number(meeting.home["household"], 4)) in read
    assert [(line["by"]["name"], line["outcome"]) for line in told["tried"]] == [
        ("sato", "refused")
    ]


def test_as_a_table_every_act_and_every_read_is_a_line(town: Town, meeting: Meeting) -> None:
    lines = sheet(town, f"sittings/{meeting.sitting}")
    done = {line["できごと"] for line in lines}
    assert {"招集", "議題", "選定", "守秘義務の告知", "開室", "出席", "付議", "閉室"} <= done
    assert {"閲覧した", "断られた"} <= done
    (there, *_) = [line for line in lines if line["根拠"] == REASONS["room"]]
    assert (there["職員"], there["対象"]) == ("sato", meeting.home["person-0"])


def test_reading_the_register_is_recorded(town: Town, meeting: Meeting) -> None:
    audit(town, f"sittings/{meeting.sitting}")
    reads = audit(town, f"reads?household={meeting.home['household']}")["reads"]
    assert "audit-sittings-one" in {line["view"] for line in reads if line["outcome"] == "book"}


@pytest.mark.parametrize("path", ["/sittings/{}", "/sittings"])
def test_who_reads_the_agenda_reads_of_the_households_on_it(
    town: Town, meeting: Meeting, path: str
) -> None:
    home = meeting.home["household"]
    answered = town.get(path.format(meeting.sitting), "sato")
    assert home in answered.text
    receipt = answered.headers["setai-receipt"]
    assert home in audit(town, f"receipts/{receipt}")["households"]
    assert audit(town, f"receipts/{receipt}/view")["same"]
    reads = audit(town, f"reads?household={home}")["reads"]
    assert ("sato", view_of(path)) in {(line["by"]["name"], line["view"]) for line in reads}


@pytest.mark.parametrize("mark", [{"concealed": True}, {"tags": ["informant"]}])
def test_nobody_is_there_unseen_by_the_register(
    town: Town, meeting: Meeting, mark: dict[str, object]
) -> None:
    there = {"item": meeting.item, "attendee": meeting.seats["sato"], **mark}
    path = f"/sittings/{meeting.sitting}/attendance"
    refused = problem(town.post(path, there, "suzuki"), 422, "Invalid")
    (wrong,) = refused["errors"]
    assert (wrong["field"], "会議の記録" in wrong["says"]) == (f"body.{next(iter(mark))}", True)


def test_a_sitting_that_never_was_is_unknown(town: Town) -> None:
    problem(town.get(f"/audit/sittings/{uuid4()}", OFFICER, **AUDIT), 404, "Unknown")
    problem(town.get("/audit/sittings/x", OFFICER, **AUDIT), 422, "Invalid")


def test_nobody_else_reads_it_even_who_was_there(town: Town, meeting: Meeting) -> None:
    for staff in ("sato", "suzuki", "yamada"):
        path = f"/audit/sittings/{meeting.sitting}"
        problem(town.get(path, staff, **AUDIT), 403, "RoleNeeded")
