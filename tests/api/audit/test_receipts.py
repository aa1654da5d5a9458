"""控え: what somebody was shown is shown again from the log, and compared with what was served."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.audit.lines import REFUSALS
from api.showing import Showing
from domain.events.viewing import NAMED, SERVER, ItemShown, RecordsShown
from domain.values import JST, Author
from tests.api.audit.desk import (
    AUDIT,
    OFFICER,
    audit,
    consented,
    recorded,
    shared,
    sheet,
    taken_in,
)
from tests.api.test_receipts import services
from tests.api.town import STAFF, Town, problem, who

DAY = datetime.now(JST).date() - timedelta(days=1)
COUNTED = (
    f"period={DAY - timedelta(30)}/{DAY + timedelta(30)}&closing={DAY}"
    "&recipient=report-recipients-1&basis=report-bases-1"
)
STATISTICS = {"Setai-Purpose": "statistics"}


def newest(town: Town, staff: str) -> str:
    """The path of the receipt that this person left last."""
    read = audit(town, f"reads?staff={who(staff)}&limit=1")["reads"][0]
    return f"receipts/{read['receipt']['stream']}/{read['receipt']['version']}"


def place(town: Town, receipt: Any) -> str:
    """Where the officer finds it."""
    number = town.number(str(receipt.stream), receipt.version)
    return f"receipts/{receipt.stream}/{number}"


def read(town: Town, home: dict[str, str], staff: str, after: str = "", view: str = "") -> str:
    path = f"/households/{home['household']}{view}?after={after or home['position']}"
    assert town.get(path, staff).status_code == 200
    return newest(town, staff)


def test_a_receipt_says_what_was_asked_and_shown(town: Town) -> None:
    home = taken_in(town)
    told = audit(town, read(town, home, "tanaka"))
    assert (told["by"]["name"], told["outcome"], told["purpose"]) == (
        "tanaka",
        "shown",
        "consultation",
    )
    assert told["asked"] == {"hid": home["household"]}
    assert {item["rule"] for item in told["items"]} == {"own-desk", NAMED}
    assert told["digest"]


def test_what_was_served_is_read_again_and_is_the_same(town: Town) -> None:
    home = taken_in(town)
    again = audit(town, f"{read(town, home, 'tanaka')}/view")
    assert again["same"] is True


@pytest.mark.parametrize("view", ["", "/timeline", "/disclosures"])
def test_whatever_was_withheld_corrected_or_tightened_since(town: Town, view: str) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    consultation = f"{path}/facts/{town.number(home['household'], 4)}"
    consent = consented(town, home)
    shared(town, home, {"kind": "consent", "consent": consent["id"]})
    fixed = {"reason": "聞き違い", "changes": {"route": "telephone"}}
    at = recorded(town, f"{consultation}/correction", fixed)["position"]
    seen = {staff: read(town, home, staff, at, view) for staff in ("tanaka", "sato", "endo")}
    town.get(f"{path}{view}", OFFICER, **AUDIT)
    seen[OFFICER] = newest(town, OFFICER)
    recorded(town, f"{consultation}/label", {"hide_from": [home["person-0"]]})
    recorded(
        town, f"{consultation}/correction", {"reason": "やはり", "changes": {"route": "visit"}}
    )
    for receipt in seen.values():
        assert audit(town, f"{receipt}/view")["same"] is True
    later = read(town, home, "tanaka", view=view)
    assert audit(town, f"{later}/view")["same"] is True


def test_a_label_made_stricter_while_it_was_read_changes_nothing_of_what_was_served(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    label = f"{path}/facts/{town.number(home['household'], 4)}/label"

    def meanwhile(showing: Showing, *told: Any) -> None:
        monkeypatch.undo()
        recorded(town, label, {"hide_from": [home["person-0"]]}, "endo")
        services(town).wait_until_shown()
        showing.introduce(*told)

    monkeypatch.setattr(Showing, "introduce", meanwhile)
    assert town.get(path).status_code == 200
    assert audit(town, f"{newest(town, 'tanaka')}/view")["same"] is True


def test_the_list_of_colleagues_can_be_shown_again(town: Town) -> None:
    assert town.get("/staff", "endo").status_code == 200
    again = audit(town, f"{newest(town, 'endo')}/view")
    assert again["same"] is True
    assert {record["content"]["name"] for record in again["items"] if "name" in record["content"]}


def test_the_content_is_shown_inside_an_audit_case_only(town: Town) -> None:
    home = taken_in(town)
    receipt = read(town, home, "tanaka")
    before = audit(town, f"{receipt}/view")
    assert (before["same"], before["items"]) == (True, [])
    assert before["left_out"] > 0
    path = f"/households/{home['household']}/audit-cases"
    case = recorded(town, path, {"reason": "閲覧の内容を確かめるため。"}, OFFICER)
    inside = audit(town, f"{receipt}/view?after={case['position']}")
    assert "息子の仕事のことで相談に来た。" in str(inside["items"])
    assert inside["left_out"] == 0
    closed = recorded(town, f"{path}/{case['id']}/closing", {}, OFFICER)
    assert audit(town, f"{receipt}/view?after={closed['position']}")["items"] == []


def test_an_audit_case_of_one_household_shows_no_other(town: Town) -> None:
    """A list shows many households at once; each is looked into by itself."""
    home, other = taken_in(town), taken_in(town)
    assert town.get(f"/households?limit=200&after={other['position']}").status_code == 200
    path = f"/households/{other['household']}/audit-cases"
    case = recorded(town, path, {"reason": "閲覧の内容を確かめるため。"}, OFFICER)
    again = audit(town, f"{newest(town, 'tanaka')}/view?after={case['position']}")
    shown = {subject for item in again["items"] for subject in item["label"]["subjects"]}
    shown |= {item["stream"] for item in again["items"]}
    assert other["person-0"] in shown
    assert home["person-0"] not in shown


def test_looking_again_leaves_a_receipt_of_its_own(town: Town) -> None:
    home = taken_in(town)
    receipt = read(town, home, "tanaka")
    path = f"/households/{home['household']}/audit-cases"
    case = recorded(town, path, {"reason": "閲覧の内容を確かめるため。"}, OFFICER)
    audit(town, f"{receipt}/view?after={case['position']}")
    reads = audit(town, f"reads?household={home['household']}")["reads"]
    mine = [r for r in reads if r["by"]["staff"] == str(who(OFFICER))]
    assert {"book", "shown"} <= {r["outcome"] for r in mine}
    assert "privacy-audit" in {r["rule"] for r in mine}


def forged(town: Town, home: dict[str, str], **changes: Any) -> str:
    """A line that says of a view what was not so."""
    item = {"stream": home["household"], "version": 1, "words": 1, "rule": "own-desk", **changes}
    viewing = RecordsShown(
        view="households-one",
        position=10**6,
        purpose="consultation",
        request=uuid4(),
        items=(ItemShown.model_validate(item),),
        digest="00",
    )
    author = Author(staff=who("tanaka"), capacity=STAFF["tanaka"])
    receipt = services(town).book.commit(author, viewing)
    return place(town, receipt)


@pytest.mark.parametrize("changes", [{}, {"version": 99}, {"words": 2}, {"stream": uuid4()}])
def test_what_does_not_match_is_told(town: Town, changes: dict[str, Any]) -> None:
    home = taken_in(town)
    assert audit(town, f"{forged(town, home, **changes)}/view")["same"] is False


def test_as_a_table_each_subject_has_a_line(town: Town) -> None:
    home = taken_in(town)
    receipt = read(town, home, "tanaka")
    lines = sheet(town, receipt)
    assert home["person-0"] in {line["対象者"] for line in lines}
    told = audit(town, receipt)
    asked = "、".join(f"{name}: {value}" for name, value in told["asked"].items())
    whole = {(line["画面"], line["世帯"], line["尋ねたこと"]) for line in lines}
    assert whole == {("ケースのいまを読む", home["household"], asked)}
    assert sheet(town, f"{receipt}/view")[0]["同じ"] == "はい"


@pytest.mark.parametrize("counted", ["/statistics/households", f"/statistics?{COUNTED}"])
def test_numbers_cannot_be_shown_again_and_are_not_said_to_be_changed(
    town: Town, counted: str
) -> None:
    taken_in(town)
    assert town.get(counted, "honda", **STATISTICS).status_code == 200
    receipt = newest(town, "honda")
    again = audit(town, f"{receipt}/view")
    assert (again["same"], again["items"]) == (None, [])
    (line,) = sheet(town, f"{receipt}/view")
    assert (line["同じ"], line["説明"]) == ("比べられません", again["says"])


def test_an_empty_list_that_was_read_for_statistics_is_compared(town: Town) -> None:
    assert town.get("/tasks", "honda", **STATISTICS).status_code == 200
    assert audit(town, f"{newest(town, 'honda')}/view")["same"] is True


@pytest.mark.parametrize("view", ["extract", "as-of-city", "statistics"])
def test_nor_are_those_of_a_command(town: Town, view: str) -> None:
    asked = {"operator": "root", "by": "ines", "for": "evaluation"}
    given = {"view": view, "position": 1, "purpose": "statistics", "asked": asked}
    viewing = RecordsShown.model_validate({**given, "request": uuid4(), "digest": ""})
    receipt = services(town).book.commit(SERVER, viewing)
    assert audit(town, f"{place(town, receipt)}/view")["same"] is None


def test_an_empty_answer_of_records_that_was_changed_is_told(town: Town) -> None:
    """Only of who counts, and of commands, is a digest of the answer believed."""
    viewing = RecordsShown(
        view="tasks", position=1, purpose="statistics", request=uuid4(), digest="00"
    )
    author = Author(staff=who("tanaka"), capacity=STAFF["tanaka"])
    receipt = services(town).book.commit(author, viewing)
    assert audit(town, f"{place(town, receipt)}/view")["same"] is False


def test_a_receipt_of_a_refusal_says_that_nothing_was_shown(town: Town) -> None:
    home = taken_in(town)
    problem(town.get(f"/households/{home['household']}", "sato"), 404, "Unknown")
    receipt = newest(town, "sato")
    assert audit(town, receipt)["rule"] == "absent"
    (line,) = sheet(town, receipt)
    assert (line["結果"], line["規則"], line["根拠"]) == ("断られた", "absent", REFUSALS["absent"])
    again = audit(town, f"{receipt}/view")
    assert (again["same"], again["items"], again["left_out"]) == (None, [], 0)
    assert "何も見せていません" in again["says"]


@pytest.mark.parametrize(
    "looked", ["alerts", "reviews", "statements?requester=person&person={person-0}"]
)
def test_so_does_a_receipt_of_looking_into_the_book(town: Town, looked: str) -> None:
    home = taken_in(town)
    path = f"/audit/{looked.format(**home)}"
    answered = town.get(path, OFFICER, **AUDIT)
    assert answered.status_code == 200
    book = next(
        f"receipts/{read['receipt']['stream']}/{read['receipt']['version']}"
        for read in audit(town, f"reads?staff={who(OFFICER)}")["reads"]
        if read["outcome"] == "book"
    )
    again = audit(town, f"{book}/view")
    assert (again["same"], again["items"], again["left_out"]) == (None, [], 0)
    assert sheet(town, f"{book}/view")[0]["同じ"] == "比べられません"


def test_a_receipt_that_never_was_is_unknown(town: Town) -> None:
    for path in (f"/audit/receipts/{uuid4()}/1", f"/audit/receipts/{uuid4()}/1/view"):
        problem(town.get(path, OFFICER, **AUDIT), 404, "Unknown")
    problem(town.get(f"/audit/receipts/{uuid4()}/-1", OFFICER, **AUDIT), 422, "Invalid")


def test_nobody_else_reads_a_receipt(town: Town) -> None:
    home = taken_in(town)
    receipt = read(town, home, "tanaka")
    for path in (receipt, f"{receipt}/view"):
        problem(town.get(f"/audit/{path}", "tanaka", **AUDIT), 403, "RoleNeeded")
