"""Rule 32: what a writer is answered, and what is due, is as they may know it (rule 21, too)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from domain.values import JST
from tests.api.at_work import at_work
from tests.api.test_sides import LAW, conceal, does
from tests.api.town import STAFF, Town, problem, settle, who
from tests.domain.given import CENTRE, CITY, SHAKYO, capacity

CONTACT = {"method": "outreach-methods-1", "met_person": True, "basis": {"kind": "own"}}
TOLD = {"route": "visit", "consulter": "self"}
TODAY = datetime.now(JST).date()
MORE = {
    "hayashi": capacity(CITY, "women"),
    "fukuda": capacity(CITY, "welfare"),
    "hara": capacity(CENTRE, "general"),
    "ono": capacity(CENTRE, "nurses"),
}


@pytest.fixture(scope="module")
def town(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    keys = Path(tmp_path_factory.mktemp("keys"))
    settled = partial(settle, staff={**STAFF, **MORE})
    with at_work(Town, module_database, module_book, keys, settled) as city:
        yield city


def family(town: Town, by: str = "tanaka", **mother: Any) -> tuple[str, str, str]:
    persons = [
        {"nickname": "母", "relation": "mother", **mother},
        {"nickname": "父", "relation": "father"},
    ]
    told = does(town, "/intakes", {"persons": persons, **TOLD}, by)
    return f"/households/{told['id']}", told["ids"]["person-0"], told["ids"]["person-1"]


def acts_for(town: Town, home: str, person: str, staff: str, agency: str) -> None:
    body = {"person": person, "kind": "guardian", "guardian": "某", "agency": agency}
    does(town, f"{home}/guardianships", {**body, "staff": str(who(staff))})


def referred(town: Town, home: str, *persons: str) -> str:
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "subjects": list(persons)}
    told = does(town, f"{home}/referrals", {**sent, "categories": ["consultation"], "enclosed": []})
    return str(told["position"])


def members(town: Town, home: str, position: str, staff: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.get(f"{home}?after={position}", staff).json()["members"]
    return found


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("members", {"relation": "mother"}),
        ("members", {"relation": "child"}),
        ("leaving", {"reason": "other"}),
        ("split", {}),
    ],
)
def test_whoever_may_not_know_that_she_left_is_not_told_by_trying(
    town: Town, act: str, body: dict[str, Any]
) -> None:
    """Acts for the father; by a つなぎ they are shown that she belongs."""
    answers = []
    for left in (False, True):
        home, mother, father = family(town)
        position = referred(town, home, mother, father)
        acts_for(town, home, father, "sato", SHAKYO)
        if left:
            gone = {"reason": "moved-out", "hidden_from": [father]}
            position = does(town, f"{home}/members/{mother}/leaving", gone)["position"]
        assert all(each["left"] is None for each in members(town, home, position, "sato"))
        names: dict[str, dict[str, Any]] = {
            "members": {"person": mother},
            "split": {"persons": [mother]},
        }
        named = names.get(act, {})
        path = f"members/{mother}/leaving" if act == "leaving" else act
        answers.append(town.post(f"{home}/{path}", {**body, **named}, "sato"))
    assert answers[0].status_code == answers[1].status_code, [each.text for each in answers]


def test_whoever_is_shown_that_she_left_is_answered_so(town: Town) -> None:
    """By a つなぎ alone, which is not in the log of what their desk wrote."""
    home, mother, father = family(town)
    referred(town, home, mother, father)
    joins = {"person": mother, "relation": "mother"}
    problem(town.post(f"{home}/members", joins, "sato"), 409, "AlreadyRecorded")
    does(town, f"{home}/members/{mother}/leaving", {"reason": "moved-out"})
    gone = town.post(f"{home}/members/{mother}/leaving", {"reason": "other"}, "sato")
    problem(gone, 409, "NotAMember")
    problem(town.post(f"{home}/split", {"persons": [mother]}, "sato"), 409, "NotAMember")
    does(town, f"{home}/members", joins, "sato")


def test_a_second_leaving_leaves_the_first_day_as_it_was(town: Town) -> None:
    home, mother, father = family(town)
    acts_for(town, home, father, "hara", CENTRE)
    day = str(TODAY - timedelta(9))
    hidden = {"reason": "moved-out", "hidden_from": [father], "occurred_on": day}
    does(town, f"{home}/members/{mother}/leaving", hidden)
    again = does(town, f"{home}/members/{mother}/leaving", {"reason": "other"}, "hara")
    for staff, shown in (("tanaka", day), ("hara", str(TODAY))):
        (left,) = [
            each["left"]
            for each in members(town, home, again["position"], staff)
            if each["person"] == mother
        ]
        assert left == shown


def met(town: Town, home: str, person: str) -> str:
    """The desk for women keeps who belongs to itself; the welfare desk knows of a visit."""
    visit = {**CONTACT, "person": person, "category": "progress"}
    position = str(does(town, f"{home}/contacts", visit, "hayashi")["position"])
    assert members(town, home, position, "fukuda") == []
    return position


def test_as_what_and_since_when_she_belongs_is_not_told_by_guessing(town: Town) -> None:
    home, mother, _ = family(town, "hayashi", membership="apart", since="2024-06-01")
    met(town, home, mother)
    for membership in ("apart", "living-together"):
        guess = {"person": mother, "relation": "mother", "membership": membership}
        assert town.post(f"{home}/members", guess, "fukuda").status_code == 201
    home, mother, _ = family(town, "hayashi", since="2024-06-01")
    met(town, home, mother)
    early = {"reason": "other", "occurred_on": "2020-01-01"}
    does(town, f"{home}/members/{mother}/leaving", early, "fukuda")


def test_a_split_says_nothing_that_its_writer_may_not_read(town: Town) -> None:
    """Those read it who did before."""
    home, mother, father = family(town, "hayashi", membership="apart")
    for person in (mother, father):
        met(town, home, person)
    told = does(town, f"{home}/split", {"persons": [mother]}, "fukuda")
    new, position = f"/households/{told['ids']['household']}", told["position"]
    assert members(town, new, position, "fukuda") == []
    assert "member" not in town.get(new, "fukuda").json()["records"]
    (hers,) = members(town, new, position, "hayashi")
    assert (hers["person"], hers["membership"]) == (mother, "apart")


@pytest.mark.parametrize("hidden", [False, True])
def test_that_another_desk_screened_is_not_told_by_closing(town: Town, hidden: bool) -> None:  # noqa: FBT001
    home, mother, _ = family(town, "sato")
    sent = {"to_agency": "city", "to_desk": "women", "purpose": "referral", "basis": LAW}
    sent |= {"categories": ["consultation"], "subjects": [mother], "enclosed": []}
    asked = does(town, f"{home}/referrals", sent, "sato")["id"]
    does(town, f"{home}/referrals/{asked}/acceptance", {}, "hayashi")
    if hidden:
        heard = does(town, f"{home}/consultations", {**TOLD, "person": mother}, "hayashi")["id"]
        path = f"{home}/consultations/{heard}/screening"
        does(town, path, {"result": "answered"}, "hayashi")
    closing = town.post(f"{home}/closure", {"reason": "closure-reasons-1"}, "sato")
    problem(closing, 409, "NotScreened")


def following(town: Town, home: str, mother: str) -> str:
    host = does(town, "/resources", {"kind": "host", "name": "造園"})["id"]
    body = {"person": mother, "resource": host, "kind": "participation-kinds-1"}
    path = f"{home}/participations/{does(town, f'{home}/participations', body)['id']}"
    does(town, f"{path}/start", {})
    return path


def due(town: Town, position: str, staff: str, **asked: str) -> list[tuple[str, str]]:
    """What is to be followed up, by household, in the order it is told, a few at a time."""
    found: list[tuple[str, str, str]] = []
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    path, cursor = f"/tasks?limit=2&after={position}{more}", ""
    while True:
        page = town.get(f"{path}{cursor}", staff).json()
        found += [(each["kind"], each["stream"], each["due"]) for each in page["tasks"]]
        if page["next"] is None:
            kind = "follow-up-participation"
            return [(stream, day) for what, stream, day in found if what == kind]
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("clock", [{}, {"true_at": str(TODAY)}], ids=["now", "then"])
def test_a_task_is_due_as_its_reader_may_know(town: Town, clock: dict[str, str]) -> None:
    """Whoever acts for the father sees no more than before, in its place of the list."""
    homes = []
    for number in (30, 40, 50):
        home, mother, father = family(town)
        acts_for(town, home, father, "hara", CENTRE)
        path = following(town, home, mother)
        day = {"settled": False, "next_on": str(TODAY + timedelta(number))}
        position = does(town, f"{path}/follow-ups", day)["position"]
        homes.append((home.rpartition("/")[2], path, father))
    ours = {home for home, _, _ in homes}

    def listed(staff: str, position: str) -> list[tuple[str, str]]:
        return [each for each in due(town, position, staff, **clock) if each[0] in ours]

    days = [
        (home, str(TODAY + timedelta(n))) for (home, *_), n in zip(homes, (30, 40, 50), strict=True)
    ]
    assert listed("hara", position) == listed("tanaka", position) == days
    later = {"settled": False, "next_on": str(TODAY + timedelta(77))}
    (_, first, father), (_, second, other), _ = homes
    does(town, f"{first}/follow-ups", {**later, "hidden_from": [father]})
    position = does(
        town, f"{second}/end", {"reason": "participation-end-reasons-1", "hidden_from": [other]}
    )["position"]
    assert listed("hara", position) == days
    assert listed("tanaka", position) == [days[2], (homes[0][0], later["next_on"])]


def test_the_draft_for_the_other_party_proposes_nothing_that_mentions_her(town: Town) -> None:
    home, mother, father = family(town)
    referred(town, home, mother, father)
    conceal(town, home, mother, father)
    words = [{"text": "母のヘルパーから聞いた。", "principals": [father], "mentioned": [mother]}]
    told = {**TOLD, "subjects": [father], "narrative": words}
    does(town, f"{home}/consultations", told, "sato")
    asked = {"person": father, "requester": "person", "scope": "全部"}
    request = does(town, f"{home}/disclosure-requests", asked, "ito")["id"]
    path = f"{home}/disclosure-requests/{request}/draft"
    lines = town.get(path, "ito", **{"Setai-Purpose": "disclosure"}).json()["lines"]
    hers = [each for each in lines if mother in each["mentioned"]]
    assert [(each["release"], each["grounds"]) for each in hers] == [(False, ["location"])]
