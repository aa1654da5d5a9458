"""利益相反: an officer who acts for the 相手方 learns from no audit who stands by the protected."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute

from api.audit import ROUTERS
from api.headers import Purpose
from domain.events.viewing import NAMED
from domain.values import JST
from tests.api.audit.conflict import OTHER, TWICE, Ids, Tale, alike
from tests.api.audit.desk import AUDIT, OFFICER, recorded, taken_in, urgently
from tests.api.town import Town, who

DISCLOSURE = {"Setai-Purpose": str(Purpose.DISCLOSURE)}
Question = Callable[[Ids], str]
_NOW = datetime.now(JST)
QUESTIONS: dict[str, tuple[Question, dict[str, str]]] = {
    "/audit/sittings/{sid}": (lambda ids: f"/audit/sittings/{ids['sitting']}", AUDIT),
    "/audit/withdrawals": (
        lambda ids: f"/audit/withdrawals?household={ids['household']}&consent={ids['consent']}",
        AUDIT,
    ),
    "/audit/explanations": (
        lambda ids: (
            f"/audit/explanations?staff={who('sato')}&stream={ids['household']}"
            f"&version={ids['fact']}&at={quote(_NOW.isoformat())}"
        ),
        AUDIT,
    ),
    "/audit/statements": (
        lambda ids: f"/audit/statements?requester=person&person={ids['person']}",
        AUDIT,
    ),
    "/audit/receipts/{stream}/{version}": (lambda ids: f"/audit/receipts/{ids['receipt']}", AUDIT),
    "/audit/receipts/{stream}/{version}/view": (
        lambda ids: f"/audit/receipts/{ids['receipt']}/view",
        AUDIT,
    ),
    "/households/{hid}/disclosure-requests/{rid}/draft": (
        lambda ids: f"/households/{ids['household']}/disclosure-requests/{ids['request']}/draft",
        DISCLOSURE,
    ),
    "/households/{hid}/disclosure-requests/{rid}/notice": (
        lambda ids: f"/households/{ids['household']}/disclosure-requests/{ids['request']}/notice",
        DISCLOSURE,
    ),
}
"""Each is asked about one thing; the rest are lists of many."""
LISTS = {
    "/audit/reads": f"/audit/reads?staff={who('tanaka')}&limit=200",
    "/audit/reviews": "/audit/reviews?limit=200",
    "/audit/alerts": "/audit/alerts?limit=200",
}
ABOUT_NOBODY = {"/audit/notices/neither"}


def routes() -> Iterator[str]:
    for router in ROUTERS:
        yield from (each.path for each in router.routes if isinstance(each, APIRoute))


def capacities(tale: Tale, staff: str) -> Iterator[str]:
    """Each capacity the officer may ask an audit in."""
    held_now = tale.town.get("/me", staff).json()["appointments"]
    yield from (each["appointment"] for each in held_now if each["capacity"]["role"] == "privacy")


def test_no_question_is_left_out() -> None:
    written = {path for path in routes() if not path.startswith("/staff/")}
    assert written == QUESTIONS.keys() | LISTS.keys() | ABOUT_NOBODY


@pytest.mark.parametrize("route", QUESTIONS)
@pytest.mark.parametrize("table", ["", "csv"])
def test_who_acts_for_the_counterparty_is_answered_as_if_there_were_nothing(
    tale: Tale, route: str, table: str
) -> None:
    ask, purpose = QUESTIONS[route]
    more = {"Accept": "text/csv"} if table else {}
    for _ in range(2):
        hidden = tale.asks(ask(tale.ids), OFFICER, purpose, **more)
        nowhere = tale.nowhere
        absent = tale.asks(ask(nowhere), OFFICER, purpose, **more)
        assert hidden.status_code == absent.status_code
        assert alike(hidden.text, tale.ids) == alike(absent.text, nowhere)
    told = tale.asks(ask(tale.ids), OTHER, purpose, **more)
    assert told.status_code == 200
    assert alike(told.text, tale.ids) != alike(absent.text, nowhere)


@pytest.mark.parametrize("about", ["household={household}", "person={person}"])
def test_of_reads_they_are_told_what_they_asked_themselves(tale: Tale, about: str) -> None:
    nowhere = tale.nowhere
    asked = f"stream={{household}}&version={tale.ids['fact']}"
    for ids in (tale.ids, nowhere):
        assert (
            tale.asks(f"/audit/reads?{asked.format(**ids)}", OFFICER, AUDIT).json()["reads"] == []
        )
    for ids in (tale.ids, nowhere):
        reads(tale, f"/audit/reads?{about.format(**ids)}")
        told = reads(tale, f"/audit/reads?limit=1&{about.format(**ids)}")
        assert [line["outcome"] for line in told] == ["book"]
    whole = tale.asks(f"/audit/reads?limit=200&{about.format(**tale.ids)}", OTHER, AUDIT)
    assert {str(who("tanaka")), str(who("sato"))} <= {
        each["by"]["staff"] for each in whole.json()["reads"]
    }
    lines = reads(tale, f"/audit/reads?limit=200&{about.format(**tale.ids)}")
    assert {each["by"]["staff"] for each in lines} == {str(who(OFFICER))}
    assert {each["outcome"] for each in lines} <= {"book", "refused"}


@pytest.mark.parametrize("route", LISTS)
def test_no_line_of_a_list_tells_of_it(tale: Tale, route: str) -> None:
    for form in ("", "text/csv"):
        more = {"Accept": form} if form else {}
        assert tale.ids["household"] in tale.asks(LISTS[route], OTHER, AUDIT, **more).text
        left = tale.asks(LISTS[route], OFFICER, AUDIT, **more)
        assert left.status_code == 200
        assert all(each not in left.text for each in tale.ids.values() if "-" in each)


def test_a_page_is_as_long_as_if_there_were_nothing(tale: Tale) -> None:
    """What is left out neither shortens a page nor marks its end."""
    whole = tale.asks(f"/audit/reads?staff={who('tanaka')}&limit=200", OFFICER, AUDIT).json()
    lines, cursor = list[Any](), ""
    while True:
        path = f"/audit/reads?staff={who('tanaka')}&limit=2{cursor}"
        page = tale.asks(path, OFFICER, AUDIT).json()
        lines += page["reads"]
        if page["next"] is None:
            break
        assert len(page["reads"]) == 2
        cursor = f"&cursor={page['next']}"
    assert lines == whole["reads"]


def test_whoever_acts_for_them_in_another_capacity_stands_aside_too(tale: Tale) -> None:
    (privacy,) = capacities(tale, TWICE)
    asked = {"Setai-Capacity": privacy}
    for route, (ask, purpose) in QUESTIONS.items():
        told = tale.asks(ask(tale.ids), TWICE, {**purpose, **asked})
        absent = tale.asks(ask(tale.nowhere), TWICE, {**purpose, **asked})
        assert told.status_code == absent.status_code, route
    for path in LISTS.values():
        assert tale.ids["household"] not in tale.asks(path, TWICE, {**AUDIT, **asked}).text


def test_a_receipt_of_several_households_is_shown_without_it(tale: Tale) -> None:
    town = tale.town
    taken_in(town)
    listed = town.get("/households?scope=agency&limit=200", "tanaka")
    assert tale.ids["household"] in listed.text
    receipt = f"/audit/receipts/{listed.headers['setai-receipt']}"
    whole = tale.asks(receipt, OTHER, AUDIT).json()
    left = tale.asks(receipt, OFFICER, AUDIT).json()
    assert tale.ids["household"] in whole["households"]
    assert left["households"]
    assert tale.ids["household"] not in str(left)
    assert tale.ids["person"] not in str(left)
    again = [tale.asks(f"{receipt}/view", staff, AUDIT).json() for staff in (OTHER, OFFICER)]
    assert [each["same"] for each in again] == [True, True]
    records = [[i for i in each["items"] if i["rule"] != NAMED] for each in (whole, left)]
    assert [each["left_out"] for each in again] == [len(each) for each in records]
    assert len(records[1]) < len(records[0])


def test_the_day_their_task_ends_they_audit_again(tale: Tale) -> None:
    town = tale.town
    person = {"nickname": "祖父", "relation": "self"}
    told = recorded(town, "/intakes", {"persons": [person], "route": "visit", "consulter": "self"})
    path, asked = f"/households/{told['id']}", f"/audit/reads?household={told['id']}"
    assert town.get(f"{path}?after={told['position']}").status_code == 200
    task = {"person": told["ids"]["person-0"], "kind": "guardian", "guardian": "某"}
    begun = recorded(town, f"{path}/guardianships", {**task, "staff": str(who(OFFICER))})
    assert begun["position"]
    tale.position = begun["position"]
    assert all(each["by"]["staff"] == str(who(OFFICER)) for each in reads(tale, asked))
    end = recorded(town, f"{path}/guardianships/{begun['fact']}/end", {"reason": "resigned"})
    tale.position = end["position"]
    assert any(each["by"]["staff"] == str(who("tanaka")) for each in reads(tale, asked))


def reads(tale: Tale, asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tale.asks(asked, OFFICER, AUDIT).json()["reads"]
    return found


@pytest.mark.parametrize("officer", [OFFICER, TWICE])
@pytest.mark.parametrize("view", ["", "/timeline", "/disclosures"])
def test_nor_do_they_see_the_household_outside_the_audit(
    tale: Tale, view: str, officer: str
) -> None:
    purpose = {"Setai-Purpose": str(Purpose.CONSULTATION)}
    there, nowhere = (
        tale.asks(f"/households/{ids['household']}{view}", officer, purpose)
        for ids in (tale.ids, tale.nowhere)
    )
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    seen = tale.asks(f"/households/{tale.ids['household']}{view}", OTHER, purpose)
    assert seen.content != there.content


def test_their_own_receipts_are_there_for_them_as_for_a_case_that_is_not(tale: Tale) -> None:
    """What was asked or refused; a 404 for one and not for the other would tell them apart."""
    for purpose, path in ((AUDIT, "/audit/reads?household={}"), (AUDIT, "/households/{}")):
        told = []
        for ids in (tale.ids, tale.nowhere):
            tale.asks(path.format(ids["household"]), OFFICER, purpose)
            (line,) = reads(tale, f"/audit/reads?household={ids['household']}&limit=1")
            at = f"/audit/receipts/{line['receipt']['stream']}/{line['receipt']['version']}"
            answered = [tale.asks(f"{at}{more}", OFFICER, AUDIT) for more in ("", "/view")]
            told.append([each.status_code for each in answered])
            assert ids["household"] in answered[0].text
        assert told == [[200, 200], [200, 200]]


def test_where_the_mother_moved_to_is_left_out_as_the_case_is(town: Town) -> None:
    """The officer is the guardian of the father, who never belonged there, and from whom what she
    says is hidden; there is no 支援措置.
    """
    persons = [{"nickname": f"別れる{each}", "relation": each} for each in ("mother", "father")]
    told = {"route": "visit", "consulter": "self"}
    ids = recorded(town, "/intakes", {"persons": persons, **told})["ids"]
    mother, father = ids["person-0"], ids["person-1"]
    home = f"/households/{ids['household']}"
    task = {"person": father, "kind": "guardian", "guardian": "某", "agency": "city"}
    recorded(town, f"{home}/guardianships", {**task, "staff": str(who(OFFICER))})
    recorded(town, f"{home}/consultations", {**told, "person": mother, "hidden_from": [father]})
    moved = recorded(town, f"{home}/split", {"persons": [mother]})["id"]
    share = urgently(town, {"household": moved, "person-0": mother}, facts=[])
    new = f"/households/{moved}?after={share['position']}"
    assert town.get(new).status_code == 200
    assert town.get(new, OFFICER, **AUDIT).status_code == 404
    audits = (
        f"reads?household={moved}",
        "reviews?limit=200",
        f"statements?requester=person&person={mother}",
    )
    for path in audits:
        told_of = town.get(f"/audit/{path}", OFFICER, **AUDIT).text
        assert "shakyo" not in told_of
        assert str(who("tanaka")) not in told_of
    review = f"/households/{moved}/shares/{share['id']}/review"
    assert town.post(review, {"proper": True}, OFFICER).status_code == 404
