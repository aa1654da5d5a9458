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
