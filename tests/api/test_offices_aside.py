"""利益相反: an officer of 名寄せ or 支援措置 who acts for the 相手方 has no such case, anywhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from api.services import Services
from domain.values import JST
from tests.api.audit.conflict import alike, joins
from tests.api.audit.desk import recorded
from tests.api.audit.room import held
from tests.api.test_sides import LAW
from tests.api.town import Town, problem, who

MERGING, PROTECTING = "kato", "mori"
"""These act for the father; their colleagues do not."""
COLLEAGUES = {MERGING: "kaji", PROTECTING: "mise"}
CHIEF_OF_DESK = "aoki"
Ids = dict[str, str]
MOTHER = {"name": "山中 月子", "kana": "やまなか つきこ", "birth_date": "1980-01-02"}
CASE, PERSON = "/households/{household}", "/households/{household}/persons/{mother}"
PROTECTION = f"{PERSON}/concealments"
TODAY = datetime.now(JST).date()
VIEWS = (
    *(CASE, f"{CASE}/timeline", f"{CASE}/disclosures", f"{PERSON}/certificate"),
    *(f"{CASE}/difference?from_true_at=2020-01-01", f"{CASE}/attachments/{{file}}"),
    "/sittings/{sitting}",
)
LISTS = (
    *("/households?scope=agency&limit=200", "/households?scope=desk", "/households?q=やまなか"),
    *("/households?scope=agency&closed=true", "/tasks?limit=200"),
    *(f"/tasks?limit=200&true_at={TODAY}", f"/sittings?limit=200&true_at={TODAY}"),
    *("/disclosures?limit=200", "/sittings?limit=200", "/duplicates", "/duplicates?limit=1"),
)
RETOLD = {"consulter": "self", "route": "visit", "person": "{mother}", "narrative": "話"}
WRITES: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    MERGING: {
        "keeping": ("/persons/{mother}/merger", {"absorbed": "{twin}"}),
        "absorbing": ("/persons/{twin}/merger", {"absorbed": "{mother}"}),
        "parting": (
            "/persons/{mother}/merger/cancellation",
            {"absorbed": "{alias}", "reason": "別"},
        ),
        "parting again": (
            "/persons/{mother}/merger/cancellation",
            {"absorbed": "{mother}", "reason": "別"},
        ),
        "taking in": ("/households/{other}/merger", {"source": "{household}"}),
        "giving": (f"{CASE}/merger", {"source": "{other}"}),
        "adding": (
            "/households/{other}/members",
            {"person": "{mother}", "relation": "self", "membership": "apart"},
        ),
        "correcting": (
            f"{CASE}/facts/{{fact}}/correction",
            {"reason": "誤記", "void": True},
        ),
        "misfiling": (f"{CASE}/misfilings", {"facts": ["{fact}"], "reason": "別の世帯"}),
    },
    PROTECTING: {
        "beginning": (PROTECTION, {"counterparties": ["{father}"], "threat": "dv"}),
        "extending": (f"{PROTECTION}/{{concealment}}/extension", {}),
        "proposing": (
            f"{PROTECTION}/{{concealment}}/ending-proposal",
            {"reason": "concealment-end-reasons-1"},
        ),
        "ending": (f"{PROTECTION}/{{concealment}}/ending", {"proposal": "{proposal}"}),
        "naming": (f"{PERSON}/identification", MOTHER),
        "locating": (f"{PERSON}/addresses", {"place": "residence", "text": "みどり町1-2"}),
        "hearing": (f"{CASE}/consultations", RETOLD),
        "tightening": (f"{CASE}/facts/{{fact}}/label", {"conceal": True}),
        "approving": (f"{CASE}/emergency-accesses/{{access}}/approval", {}),
        "opening": (f"{CASE}/emergency-accesses", {"reason": "今夜の安否を確かめるため。"}),
    },
}
EACH = [(staff, name) for staff, writes in WRITES.items() for name in writes]


@dataclass
class Aside:
    """`ids` of the mother's case; `before` is what each list told the two before there was one."""

    town: Town
    ids: Ids
    before: dict[tuple[str, str], Any]
    position: str

    @property
    def nowhere(self) -> Ids:
        """Ids of nothing; only the other household, with its one member, is there."""
        kept = {name: self.ids[name] for name in ("other", "twin", "father", "fact")}
        return {name: str(uuid4()) for name in self.ids} | kept

    def reads(self, path: str, staff: str) -> Any:
        joined = "&" if "?" in path else "?"
        return self.town.get(f"{path}{joined}after={self.position}", staff)


@pytest.fixture(scope="module")
def aside(town: Town) -> Aside:
    """The father has a household of his own; then there is the mother's, with all that belongs to
    a case, and a record of hers that nobody knew of.
    """
    ids, position = feared(town)
    before = {
        (staff, path): town.get(
            f"{path}{'&' if '?' in path else '?'}after={position}", staff
        ).json()
        for staff in (MERGING, PROTECTING)
        for path in LISTS
    }
    ids |= sheltered(town, ids["father"])
    twin = intake(town, MOTHER)
    ids |= {"other": twin["id"], "twin": twin["ids"]["person-0"]}
    return Aside(town, ids, before, twin["position"])


def feared(town: Town) -> tuple[Ids, str]:
    for staff, role in ((MERGING, "identity"), (PROTECTING, "protection")):
        joins(town, COLLEAGUES[staff], COLLEAGUES[staff], office(role))
    joins(town, CHIEF_OF_DESK, CHIEF_OF_DESK, office("counsellor"))
    former = intake(town, {"name": "林 次郎", "kana": "はやし じろう"})
    father = former["ids"]["person-0"]
    for staff in (MERGING, PROTECTING):
        task = {"person": father, "kind": "guardian", "guardian": "某", "agency": "city"}
        at = f"/households/{former['id']}/guardianships"
        begun = recorded(town, at, {**task, "staff": str(who(staff))})
    return {"father": father}, begun["position"]


def sheltered(town: Town, father: str) -> Ids:
    meeting = held(town)
    home = meeting.home
    ids = {"household": home["household"], "mother": home["person-0"], "sitting": meeting.sitting}
    path = CASE.format(**ids)
    recorded(town, f"{path}/persons/{ids['mother']}/identification", MOTHER)
    alias = recorded(town, f"{path}/persons", {"nickname": "つきちゃん", "relation": "self"})
    same = {"absorbed": alias["ids"]["person"]}
    recorded(town, f"/persons/{ids['mother']}/merger", same, COLLEAGUES[MERGING])
    sent = {"to_agency": "city", "purpose": "referral", "basis": LAW, "subjects": [ids["mother"]]}
    recorded(town, f"{path}/referrals", {**sent, "categories": ["progress"]})
    heard = {name: said for name, said in RETOLD.items() if name != "person"}
    told = recorded(town, f"{path}/consultations", heard, CHIEF_OF_DESK)
    scan = {"media_type": "application/pdf", "content": "JVBERi0gCg=="}
    body = {"kind": "attachment-kinds-1", "title": "書類", **scan}
    file = recorded(town, f"{path}/attachments", body)
    begun = {"counterparties": [father], "threat": "dv"}
    measure = f"{path}/persons/{ids['mother']}/concealments"
    concealment = recorded(town, measure, begun, COLLEAGUES[PROTECTING])["id"]
    ending = {"reason": "concealment-end-reasons-1"}
    proposal = recorded(
        town, f"{measure}/{concealment}/ending-proposal", ending, COLLEAGUES[PROTECTING]
    )
    danger = {"reason": "今夜の安否を確かめるため。", "person": ids["mother"], "location": True}
    access = recorded(town, f"{path}/emergency-accesses", danger)
    return ids | {
        "alias": same["absorbed"],
        "fact": str(told["fact"]),
        "file": file["id"],
        "concealment": concealment,
        "proposal": proposal["id"],
        "access": access["id"],
    }


def office(role: str) -> dict[str, str]:
    return {"agency": "city", "desk": "citizens", "role": role}


def intake(town: Town, person: dict[str, str]) -> Any:
    given = {"persons": [{**person, "relation": "self"}], "route": "visit", "consulter": "self"}
    return recorded(town, "/intakes", given)


def filled(body: Any, ids: Ids) -> Any:
    match body:
        case dict():
            return {name: filled(each, ids) for name, each in body.items()}
        case list():
            return [filled(each, ids) for each in body]
        case "{fact}":
            return int(ids["fact"])
        case str():
            return body.format(**ids)
    return body


def head(town: Town) -> int:
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    return services.ledger.head()


@pytest.mark.parametrize("staff", [MERGING, PROTECTING])
@pytest.mark.parametrize("path", VIEWS)
def test_to_read_it_there_is_no_such_case(aside: Aside, staff: str, path: str) -> None:
    nowhere = aside.nowhere
    there, absent = (aside.reads(path.format(**ids), staff) for ids in (aside.ids, nowhere))
    assert there.status_code == absent.status_code
    assert alike(there.text, aside.ids) == alike(absent.text, nowhere)
    assert there.headers.keys() == absent.headers.keys()


@pytest.mark.parametrize("staff", [MERGING, PROTECTING])
@pytest.mark.parametrize("path", LISTS)
def test_no_list_is_another_than_before_there_was_the_case(
    aside: Aside, staff: str, path: str
) -> None:
    told = aside.reads(path, staff).json()
    hidden = [each for name, each in aside.ids.items() if name not in {"other", "twin", "father"}]
    assert not any(each in str(told) for each in hidden if "-" in each)
    if path.startswith("/duplicates"):
        assert told == aside.before[staff, path]


def test_their_colleagues_see_it(aside: Aside) -> None:
    for staff in COLLEAGUES.values():
        assert aside.reads(CASE.format(**aside.ids), staff).status_code == 200
    pairs = aside.reads("/duplicates", COLLEAGUES[MERGING]).json()["pairs"]
    assert {aside.ids["mother"], aside.ids["twin"]} in [{p["one"], p["other"]} for p in pairs]


@pytest.mark.parametrize(("staff", "name"), EACH)
def test_to_write_there_is_no_such_case_either(aside: Aside, staff: str, name: str) -> None:
    town, nowhere, before = aside.town, aside.nowhere, head(aside.town)
    path, body = WRITES[staff][name]
    hidden, absent = (
        town.post(path.format(**ids), filled(body, ids), staff) for ids in (aside.ids, nowhere)
    )
    problem(hidden, 404, "Unknown")
    assert hidden.headers.keys() == absent.headers.keys()
    assert alike(hidden.text, aside.ids) == alike(absent.text, nowhere)
    assert head(town) == before


@pytest.mark.usefixtures("aside")
def test_an_acting_recorded_a_moment_ago_counts(town: Town) -> None:
    """Whoever writes does not outrun the read models."""
    one, other = (intake(town, {"name": "辻 一", "kana": "つじ はじめ"}) for _ in range(2))
    person = other["ids"]["person-0"]
    path, same = f"/persons/{person}/merger", {"absorbed": one["ids"]["person-0"]}
    task = {"person": person, "kind": "guardian", "guardian": "某", "agency": "city"}
    at = f"/households/{other['id']}/guardianships"
    begun = recorded(town, at, {**task, "staff": str(who(MERGING))})
    problem(town.post(path, same, MERGING), 404, "Unknown")
    recorded(town, f"{at}/{begun['fact']}/end", {"reason": "resigned"})
    assert town.post(path, same, MERGING).status_code == 201


def test_their_colleagues_write_it(aside: Aside) -> None:
    """Last, for then it is no longer what it was."""
    for staff in (PROTECTING, MERGING):
        for path, body in WRITES[staff].values():
            told = aside.town.post(
                path.format(**aside.ids), filled(body, aside.ids), COLLEAGUES[staff]
            )
            assert told.status_code in {200, 201, 403, 409}, (path, told.text)
