"""支援会議で知ったこと (rule 3): refused at write, withheld and named at output — in a つなぎ,
in a plan, on a 証明 and in a 開示 draft.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.api.at_work import at_work
from tests.api.test_access_ends import Case, Room
from tests.api.town import DatedTown, problem, settle
from tests.conftest import MakeDatabase
from tests.domain.given import settled

ASKED, HEARD = "本人から聞いた望み。", "会議で聞いた金額。"
LENIENT = settled(sitting_information_after_consent=True, plan_may_start_before_sitting=True)


@pytest.fixture(scope="module")
def lenient(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatedTown]:
    """The town lets consent carry on what a meeting knew: what is written then, is still read with
    care.
    """
    database = make_database(demonstration=True)
    book = make_book(database, demonstration=True)
    keys = Path(tmp_path_factory.mktemp("keys"))
    begun = partial(settle, profile=LENIENT, at=DatedTown.now)
    with at_work(DatedTown, database, book, keys, begun, LENIENT) as town:
        yield town


class Told:
    """A 支援会議 was held; the mother has consented since."""

    def __init__(self, town: DatedTown) -> None:
        self.case = Case(town)
        room = Room(self.case)
        sitting = room.path.rpartition("/")[2]
        self.room = {"kind": "sitting", "sitting": sitting, "item": room.item}
        heard = {"route": "visit", "consulter": "self", "person": self.case.mother}
        heard |= {"basis": self.room, "narrative": HEARD, "category": "progress"}
        self.heard = self.case.records("/consultations", heard)["fact"]
        room.does("/closing", {}, "yamada")
        scope = {"agencies": ["shakyo"], "categories": ["progress", "consultation"]}
        given = {"person": self.case.mother, "method": "written", "purposes": ["support"]}
        self.consent = self.case.records("/consents", {**given, **scope})["id"]

    @property
    def words(self) -> list[dict[str, Any]]:
        mother = {"principals": [self.case.mother]}
        return [{"text": ASKED, **mother}, {"text": HEARD, **mother, "basis": self.room}]

    def plan(self) -> dict[str, Any]:
        return {"persons": [self.case.mother], "goals": self.words, "measures": []}

    def referral(self, **more: Any) -> dict[str, Any]:
        to = {"to_agency": "shakyo", "purpose": "support", "categories": ["progress"]}
        basis = {"basis": {"kind": "consent", "consent": self.consent}}
        return {**to, **basis, "subjects": [self.case.mother], **more}

    def refuses(self, path: str, body: Any, code: str) -> None:
        problem(self.case.town.post(f"{self.case.path}{path}", body), 409, code)

    def withheld(self, staff: str) -> tuple[str, set[str]]:
        """What the case tells them; and what the 閲覧簿 names as withheld."""
        case = self.case
        answer = case.town.get(f"{case.path}?after={case.position}", staff)
        receipt = f"/audit/receipts/{answer.headers['Setai-Receipt']}"
        shown = case.town.get(receipt, "ito", **{"Setai-Purpose": "audit"}).json()
        return answer.text, {path for each in shown["items"] for path in each["withheld"]}


@pytest.fixture
def told(dated: DatedTown) -> Told:
    return Told(dated)


@pytest.fixture
def carried(lenient: DatedTown) -> Told:
    return Told(lenient)


def test_it_enters_no_referral(told: Told) -> None:
    enclosing = told.referral(enclosed=[told.heard])
    told.refuses("/referrals", enclosing, "SittingInformation")
    told.refuses("/referrals", told.referral(narrative=told.words), "SittingInformation")
    law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
    told.case.records("/referrals", {**enclosing, "basis": law})
    assert told.case.reads("sato") is False
    assert HEARD in told.withheld("sato")[0]


def test_it_enters_no_plan(told: Told) -> None:
    told.refuses("/plans", told.plan(), "SittingInformationInPlan")


def test_in_a_referral_it_is_withheld_and_named(carried: Told) -> None:
    carried.case.records("/referrals", carried.referral(narrative=carried.words))
    text, named = carried.withheld("sato")
    assert ASKED in text
    assert HEARD not in text
    assert named == {"narrative.1"}


def test_enclosed_in_a_referral_it_is_not_there(carried: Told) -> None:
    enclosing = carried.referral(enclosed=[carried.heard], narrative=[{"text": ASKED}])
    carried.case.records("/referrals", enclosing)
    text, _ = carried.withheld("sato")
    assert ASKED in text
    assert HEARD not in text


def test_in_a_plan_it_is_withheld_and_named_to_whoever_was_not_there(carried: Told) -> None:
    carried.case.records("/plans", carried.plan())
    text, named = carried.withheld("endo")
    assert ASKED in text
    assert HEARD not in text
    assert "goals.1" in named
    assert HEARD in carried.withheld("tanaka")[0]


def test_on_a_certificate_the_plan_is_withheld_and_named(carried: Told) -> None:
    case = carried.case
    plan = case.records("/plans", carried.plan())["id"]
    today = case.town.now.date().isoformat()
    case.records(f"/plans/{plan}/decision", {"starts_on": today, "ratify_by": today})
    path = f"{case.path}/persons/{case.mother}/certificate?after={case.position}"
    made = case.town.get(path).json()
    assert [line["what"] for line in made["certificate"]["lines"]] == ["consulted"]
    assert {line["what"]: line["grounds"] for line in made["withheld"]} == {
        "consulted": ["sitting"],
        "planned": ["sitting"],
    }
    assert HEARD not in str(made)


def test_in_a_disclosure_draft_it_is_withheld_and_counted(carried: Told) -> None:
    case = carried.case
    case.records("/plans", carried.plan())
    asked = {"person": case.mother, "scope": "支援プランの一切"}
    request = case.records("/disclosure-requests", asked, "ito")["id"]
    path = f"{case.path}/disclosure-requests/{request}/draft?after={case.position}"
    made = case.town.get(path, "ito", **{"Setai-Purpose": "disclosure"}).json()
    goals = {line["field"]: line for line in made["lines"] if line["kind"] == "PlanDrafted"}
    assert goals["goals.0"]["release"]
    assert goals["goals.1"]["grounds"] == ["sitting"]
    assert made["withheld_from_sittings"] >= 2


def paper(case: Case) -> dict[str, list[str]]:
    """What is withheld from the certificate, and why."""
    path = f"{case.path}/persons/{case.mother}/certificate?after={case.position}"
    return {line["what"]: line["grounds"] for line in case.town.get(path).json()["withheld"]}


def test_a_later_basis_that_has_run_out_carries_it_out_no_more(carried: Told) -> None:
    """The consent by which it was passed on holds for three days; then it is withheld again, from
    the certificate as from the draft.
    """
    case, today = carried.case, carried.case.town.now.date()
    scope = {"agencies": ["shakyo"], "categories": ["progress"], "purposes": ["support"]}
    given = {"person": case.mother, "method": "written", **scope}
    period = {"start": str(today), "end": str(today + timedelta(days=2))}
    consent = case.records("/consents", {**given, "period": period})["id"]
    case.records(f"/consents/{carried.consent}/withdrawal", {})
    shared = {"to_agency": "shakyo", "purpose": "support", "facts": [carried.heard]}
    case.records("/shares", {**shared, "basis": {"kind": "consent", "consent": consent}})
    asked = {"person": case.mother, "scope": "支援の記録の一切"}
    request = case.records("/disclosure-requests", asked, "ito")["id"]
    assert paper(case) == {}
    assert "sitting" not in drafted(case, request)
    case.town.now += timedelta(days=3)
    assert paper(case) == {"consulted": ["sitting"]}
    assert "sitting" in drafted(case, request)


def drafted(case: Case, request: str) -> set[str]:
    """Why what was heard of her is not released."""
    path = f"{case.path}/disclosure-requests/{request}/draft?after={case.position}"
    made = case.town.get(path, "ito", **{"Setai-Purpose": "disclosure"}).json()
    heard = [line for line in made["lines"] if line["kind"] == "ConsultationReceived"]
    assert heard
    return {ground for line in heard for ground in line["grounds"]}
