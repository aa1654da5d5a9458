"""Rule 32: who belongs to a household is there, to whoever writes, as far as they may know it.

The mother has fled to the grandmother's; 社協 looks after the grandmother, and knows the mother
from before.
"""

from typing import Any, NamedTuple

import pytest

from tests.api.test_sides import LAW, does, told_to_shakyo
from tests.api.town import Town, problem

CONTACT = {"method": "outreach-methods-1", "met_person": True, "basis": {"kind": "own"}}
CONSENT = {"method": "oral", "agencies": ["city"], "categories": ["consultation"]}


class Home(NamedTuple):
    """The grandmother's: of whom 社協 knows in it, of whom not, and somebody of another family."""

    path: str
    grandmother: str
    mother: str
    stranger: str


@pytest.fixture(scope="module")
def home(town: Town) -> Home:
    path, grandmother, _ = told_to_shakyo(town, "孫を案じる祖母")
    _, mother, _ = told_to_shakyo(town, "実家に逃れた母")
    _, stranger, _ = told_to_shakyo(town, "よその家の人")
    does(town, f"{path}/members", {"person": mother, "relation": "child"})
    return Home(path, grandmother, mother, stranger)


def acts(person: str) -> list[tuple[str, dict[str, Any]]]:
    """Whatever names a person of the household."""
    share = {"to_agency": "city", "purpose": "support", "basis": LAW, "narrative": "話。"}
    record = {"route": "visit", "consulter": "self", "narrative": "話。"}
    said = {"text": "話。", "principals": [person]}
    return [
        ("contacts", {**CONTACT, "person": person}),
        ("consultations", {**record, "person": person}),
        ("consultations", {**record, "subjects": [person]}),
        ("consultations", {**record, "hidden_from": [person]}),
        ("consultations", {**record, "narrative": [said]}),
        ("consultations", {**record, "narrative": [{"text": "話。", "told_by": person}]}),
        ("consents", {**CONSENT, "purposes": ["support"], "person": person}),
        ("shares", {**share, "subjects": [person]}),
        ("plans", {"persons": [person], "goals": "一緒に考える。"}),
        (f"members/{person}/leaving", {"reason": "other"}),
    ]


def test_whoever_belongs_without_their_knowing_is_as_somebody_who_does_not(
    town: Town, home: Home
) -> None:
    tried = zip(acts(home.mother), acts(home.stranger), strict=True)
    for (there, hidden), (elsewhere, absent) in tried:
        told = town.post(f"{home.path}/{there}", hidden, "sato")
        none = town.post(f"{home.path}/{elsewhere}", absent, "sato")
        problem(none, 409, "NotAMember")
        assert told.status_code == none.status_code, (there, told.text)
        assert told.text.replace(home.mother, home.stranger) == none.text


def test_whom_they_know_there_they_write_of(town: Town, home: Home) -> None:
    does(town, f"{home.path}/contacts", {**CONTACT, "person": home.grandmother}, "sato")
    does(town, f"{home.path}/contacts", {**CONTACT, "person": home.mother})


def test_nor_can_it_be_told_by_joining_them(town: Town, home: Home) -> None:
    for person in (home.mother, home.stranger):
        joins = {"person": person, "relation": "child"}
        problem(town.post(f"{home.path}/members", joins, "sato"), 404, "Unknown")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("shares", {"to_agency": "city", "purpose": "support", "basis": LAW, "narrative": "話。"}),
        ("referrals", {"to_agency": "city", "purpose": "referral", "basis": LAW}),
        (
            "referrals",
            {"to_agency": "city", "purpose": "referral", "categories": ["family"], "basis": LAW},
        ),
        ("abuse-reports", {"kind": "elder", "narrative": "話。"}),
    ],
)
def test_what_names_nobody_tells_of_nobody_they_do_not_know(
    town: Town, home: Home, path: str, body: dict[str, Any]
) -> None:
    """Neither the writer nor whom it is passed on to."""
    position = does(town, f"{home.path}/{path}", body, "sato")["position"]
    for staff in ("sato", "suzuki"):
        for page in ("", "/timeline"):
            read = town.get(f"{home.path}{page}?after={position}", staff).text
            assert home.mother not in read
            assert "実家に逃れた母" not in read
    met = {**CONTACT, "person": home.mother}
    problem(town.post(f"{home.path}/contacts", met, "sato"), 409, "NotAMember")


def test_nor_does_what_is_hidden_from_somebody(town: Town, home: Home) -> None:
    """The centre, which knows her, hides from the mother what 社協 was given to read."""
    told = {
        "route": "visit",
        "consulter": "self",
        "narrative": "祖母の話。",
        "category": "consultation",
    }
    about = {"subjects": [home.grandmother]}
    parts = [{"text": "祖母の話。", "hidden_from": [home.mother]}]
    fact = does(town, f"{home.path}/consultations", {**told, **about, "narrative": parts})["fact"]
    sent = {"to_agency": "shakyo", "purpose": "support", "basis": LAW, **about, "facts": [fact]}
    does(town, f"{home.path}/shares", sent)
    stricter = {"hide_from": [home.mother]}
    position = does(town, f"{home.path}/facts/{fact}/label", stricter)["position"]
    for page in ("", "/timeline"):
        ours, theirs = (
            town.get(f"{home.path}{page}?after={position}", staff).text
            for staff in ("tanaka", "sato")
        )
        assert home.mother in ours
        assert "祖母の話。" in theirs
        assert home.mother not in theirs


def test_nor_who_stays_when_all_they_know_go(town: Town, home: Home) -> None:
    alone, somebody, _ = told_to_shakyo(town, "ひとりで暮らす人")
    refused = [
        town.post(f"{path}/split", {"persons": [person]}, "sato")
        for path, person in ((home.path, home.grandmother), (alone, somebody))
    ]
    problem(refused[0], 409, "NobodyStays")
    assert refused[0].content == refused[1].content
    does(town, f"{home.path}/split", {"persons": [home.mother]})
