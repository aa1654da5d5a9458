"""だれが見たか: who saw this, in which capacity, why, on which rule; and who was refused."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from api.app import ROUTERS
from api.audit import views
from api.deps import reads_personal_text
from api.receipts import view_of
from domain.events.viewing import SERVER, RecordsShown
from domain.gate import REASONS
from domain.values import JST
from tests.api.audit.desk import AUDIT, OFFICER, audit, consented, recorded, shared, sheet, taken_in
from tests.api.audit.room import held
from tests.api.test_receipts import services
from tests.api.town import Town, problem, who


def test_it_tells_who_saw_a_household_and_by_which_rule(town: Town) -> None:
    home = taken_in(town)
    town.get(f"/households/{home['household']}")
    found = audit(town, f"reads?household={home['household']}")["reads"]
    shown = [read for read in found if read["outcome"] == "shown"]
    assert {read["by"]["name"] for read in shown} == {"tanaka"}
    assert shown[0]["by"]["capacity"] == {
        "agency": "centre",
        "desk": "general",
        "role": "counsellor",
    }
    assert (shown[0]["purpose"], shown[0]["view"]) == ("consultation", "households-one")
    assert {read["reason"] for read in shown} == {REASONS["own-desk"]}
    assert {read["item"]["stream"] for read in shown} >= {home["household"], home["person-0"]}


def test_what_a_read_rested_on_is_named(town: Town) -> None:
    home = taken_in(town)
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    path = f"/households/{home['household']}?after={share['position']}"
    assert town.get(path, "sato").status_code == 200
    found = audit(town, f"reads?household={home['household']}")["reads"]
    number = town.number(home["household"], 4)
    (read,) = [r for r in found if r["rule"] == "consent" and r["item"]["version"] == number]
    places = [{"stream": home["household"], "version": n} for n in (share["fact"], consent["fact"])]
    assert (read["facts"], read["reason"]) == (places, REASONS["consent"])


def test_it_tells_who_was_refused(town: Town) -> None:
    home = taken_in(town)
    problem(town.get(f"/households/{home['household']}", "sato"), 404, "Unknown")
    found = audit(town, f"reads?household={home['household']}")["reads"]
    (refused,) = [read for read in found if read["outcome"] == "refused"]
    assert refused["by"]["staff"] == str(who("sato"))
    assert refused["rule"] == "absent"


def test_a_person_and_a_single_fact_are_asked_about_alike(town: Town) -> None:
    home = taken_in(town)
    of_person = audit(town, f"reads?person={home['person-0']}")["reads"]
    assert {read["item"]["stream"] for read in of_person if read["item"]} >= {home["person-0"]}
    number = town.number(home["person-0"], 1)
    of_fact = audit(town, f"reads?stream={home['person-0']}&version={number}")["reads"]
    assert {read["item"]["version"] for read in of_fact} == {number}


def test_reading_the_log_of_reads_is_found_in_it(town: Town) -> None:
    home = taken_in(town)
    audit(town, f"reads?person={home['person-0']}")
    audit(town, f"reads?household={home['household']}")
    for asked in (f"household={home['household']}", f"person={home['person-0']}"):
        newest = audit(town, f"reads?{asked}")["reads"][0]
        assert (newest["outcome"], newest["by"]["staff"]) == ("book", str(who(OFFICER)))


def test_days_are_japanese_and_both_included(town: Town) -> None:
    home = taken_in(town)
    today = datetime.now(JST).date()
    asked = f"reads?household={home['household']}"
    assert audit(town, f"{asked}&from={today}&to={today}")["reads"]
    assert not audit(town, f"{asked}&from={today + timedelta(2)}")["reads"]
    assert not audit(town, f"{asked}&to={today - timedelta(2)}")["reads"]


def test_a_long_list_comes_page_by_page(town: Town) -> None:
    home = taken_in(town)
    asked = f"reads?household={home['household']}&to={datetime.now(JST).date()}"
    first = audit(town, f"{asked}&limit=2")
    rest = audit(town, f"{asked}&cursor={first['next']}")
    places = [(r["receipt"]["version"], str(r["item"])) for r in first["reads"] + rest["reads"]]
    assert len(first["reads"]) == 2
    assert len(set(places)) == len(places) > 2


def test_as_a_table_it_has_a_line_for_each_subject(town: Town) -> None:
    home = taken_in(town)
    lines = sheet(town, f"reads?household={home['household']}")
    about = [line for line in lines if line["対象者"] == home["person-0"]]
    assert about[0]["職員"] == "tanaka"
    assert about[0]["機関・係"] == "centreの名generalの名"
    assert (about[0]["役割"], about[0]["目的"]) == ("相談支援員", "相談")
    assert (about[0]["結果"], about[0]["根拠"]) == ("閲覧した", REASONS["own-desk"])


def test_a_line_of_the_table_leads_on_to_its_receipt(town: Town) -> None:
    home = taken_in(town)
    line = sheet(town, f"reads?household={home['household']}")[0]
    assert line["画面"] == "ケースのいまを読む"
    assert line["日時（日本時間）"].startswith(datetime.now(JST).date().isoformat())
    stream, _, version = line["控え"].partition(" の ")
    assert audit(town, f"receipts/{stream}/{version}")["by"]["staff"] == line["職員ID"]


def test_of_a_command_the_table_tells_who_sat_at_the_machine(town: Town) -> None:
    asked = {"operator": "root", "by": "ines", "for": "evaluation", "form": "parquet"}
    given = {"view": "extract", "position": 1, "purpose": "statistics", "asked": asked}
    viewing = RecordsShown.model_validate({**given, "request": uuid4(), "digest": ""})
    services(town).book.commit(SERVER, viewing)
    line = sheet(town, f"reads?staff={SERVER.staff}")[0]
    told = (line["画面"], line["端末の利用者"], line["書き出した人"], line["使う仕事"])
    assert told == ("歴史表を書き出す（命令）", "root", "ines", "事業の評価")
    read = audit(town, f"reads?staff={SERVER.staff}&limit=1")["reads"][0]
    assert read["asked"] == {"operator": "root", "by": "ines", "for": "evaluation"}


def test_every_view_of_the_book_has_a_name_in_japanese(town: Town) -> None:
    called = views.names(town.client.app.routes)  # type: ignore[attr-defined]
    routes = [each for router in ROUTERS for each in router.routes if isinstance(each, APIRoute)]
    read = [each for each in routes if each.methods == {"GET"}]
    kept = {view_of(each.path) for each in read if reads_personal_text(each.dependant)}
    assert kept <= called.keys()
    assert all(called.values())


def test_the_header_asks_for_a_table_too(town: Town) -> None:
    home = taken_in(town)
    path = f"/audit/reads?household={home['household']}"
    answered = town.get(path, OFFICER, Accept="text/csv", **AUDIT)
    assert answered.headers["content-type"].startswith("text/csv")


def test_nobody_else_learns_anything_and_the_attempt_is_kept(town: Town) -> None:
    home = taken_in(town)
    path = f"/audit/reads?household={home['household']}"
    for staff in ("tanaka", "endo", "yamada", "suzuki"):
        problem(town.get(path, staff, **AUDIT), 403, "RoleNeeded")
    tried = audit(town, f"reads?staff={who('yamada')}")["reads"]
    assert (tried[0]["rule"], tried[0]["view"]) == ("role-needed", "audit-reads")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("", 400, "AskAboutOne"),
        ("stream=00000000-0000-4000-8000-000000000001", 400, "AskAboutOne"),
        ("household=x", 422, "Invalid"),
        (
            "staff=00000000-0000-4000-8000-000000000001&from=2026-04-02&to=2026-04-01",
            422,
            "FromAfterTo",
        ),
        ("staff=00000000-0000-4000-8000-000000000001&from=soon", 422, "Invalid"),
        ("staff=00000000-0000-4000-8000-000000000001&cursor=x", 400, "BadCursor"),
        ("staff=00000000-0000-4000-8000-000000000001&format=pdf", 422, "Invalid"),
    ],
)
def test_what_cannot_be_read_is_refused(town: Town, asked: str, status: int, code: str) -> None:
    problem(town.get(f"/audit/reads?{asked}", OFFICER, **AUDIT), status, code)


def test_it_is_asked_for_an_audit_alone(town: Town) -> None:
    problem(town.get(f"/audit/reads?staff={who('sato')}", OFFICER), 400, "PurposeNeeded")


def test_a_person_found_to_be_another_is_asked_about_under_every_id(town: Town) -> None:
    one, other = taken_in(town), taken_in(town)
    joined = {"person": other["person-0"], "relation": "unknown"}
    recorded(town, f"/households/{one['household']}/members", joined)
    same = {"absorbed": other["person-0"]}
    merged = recorded(town, f"/persons/{one['person-0']}/merger", same, "kato")
    for person in (one["person-0"], other["person-0"]):
        reads = audit(town, f"reads?person={person}&after={merged['position']}")["reads"]
        assert {one["household"], other["household"]} <= {read["household"] for read in reads}


@pytest.mark.parametrize("of", ["household", "sitting"])
def test_what_is_no_person_is_answered_like_somebody_never_recorded(town: Town, of: str) -> None:
    meeting = held(town)
    there = meeting.home["household"] if of == "household" else meeting.sitting
    nowhere = str(uuid4())
    for path in ("reads?person={}", "statements?requester=person&person={}"):
        answers = []
        for each in (there, nowhere):
            answered = town.get(f"/audit/{path.format(each)}", OFFICER, **AUDIT)
            answers.append((answered.status_code, answered.text.replace(each, "")))
        assert answers[0] == answers[1]
    # whoever asks for it so is told that they did, of either
    asked = [audit(town, f"reads?person={each}")["reads"] for each in (there, nowhere)]
    assert [[line["outcome"] for line in lines] for lines in asked] == [["book"] * 2] * 2


def test_whom_a_read_is_about_is_never_a_household(town: Town) -> None:
    home = taken_in(town)
    problem(town.get(f"/households/{home['household']}", "sato"), 404, "Unknown")
    problem(
        town.get(f"/audit/reads?household={home['household']}", "sato", **AUDIT), 403, "RoleNeeded"
    )
    fact = f"stream={home['household']}&version={town.number(home['household'], 4)}"
    audit(town, f"reads?{fact}")
    audit(town, f"reads?household={home['household']}")
    found = audit(town, f"reads?household={home['household']}")["reads"]
    assert {"shown", "refused", "book"} == {read["outcome"] for read in found}
    assert {"audit-reads", "households-one"} == {
        read["view"] for read in found if read["outcome"] == "refused"
    }
    by = audit(town, f"reads?staff={who(OFFICER)}&limit=20")["reads"]
    for line in (*found, *by):
        assert home["household"] not in line["subjects"]
    cells = {line["対象者"] for line in sheet(town, f"reads?household={home['household']}")}
    assert home["household"] not in cells


def test_who_asked_about_a_fact_of_somebody_is_found_by_them(town: Town) -> None:
    home = taken_in(town)
    person = home["person-0"]
    asked = f"reads?stream={person}&version={town.number(person, 1)}"
    problem(town.get(f"/audit/{asked}", "sato", **AUDIT), 403, "RoleNeeded")
    audit(town, asked)
    found = audit(town, f"reads?person={person}")["reads"]
    assert {("refused", str(who("sato"))), ("book", str(who(OFFICER)))} <= {
        (read["outcome"], read["by"]["staff"]) for read in found
    }
