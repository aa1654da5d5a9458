"""なぜ見えたか, of what a sitting recorded: it stands behind the walls of the cases it takes up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from api.services import Services
from domain.events.sitting import AgendaItemAdded
from domain.gate import Reader, item_of, may_read
from domain.values import JST
from projections.past import contexts
from tests.api.audit.desk import OFFICER, audit, recorded, taken_in
from tests.api.audit.room import held
from tests.api.town import STAFF, Town, who


@dataclass(frozen=True, slots=True)
class Taken:
    """One sitting takes up two households; of the first, 社協 came to act for the 相手方."""

    town: Town
    sitting: str
    walled: dict[str, str]
    free: dict[str, str]
    before: str
    position: str

    def items(self) -> dict[str, int]:
        """Where the sitting says which household it takes up, by household."""
        services: Services = self.town.client.app.state.services  # type: ignore[attr-defined]
        told = services.ledger.history(UUID(self.sitting))
        return {
            str(each.fact.household): self.town.number(self.sitting, each.version)
            for each in told
            if isinstance(each.fact, AgendaItemAdded)
        }

    def explained(self, household: str, moment: str, staff: str = "sato") -> Any:
        stream, number = self.sitting, self.items()[household]
        asked = f"staff={who(staff)}&stream={stream}&version={number}&at={quote(moment)}"
        (answer,) = audit(self.town, f"explanations?{asked}&after={self.position}")["answers"]
        return answer


def now() -> str:
    return datetime.now(UTC).isoformat()


@pytest.fixture(scope="module")
def taken(town: Town) -> Taken:
    walled, free = taken_in(town), taken_in(town)
    convened = {"body": "support", "held_on": datetime.now(JST).date().isoformat()}
    sitting = recorded(town, "/sittings", convened, "yamada")["id"]
    path, items = f"/sittings/{sitting}", list[str]()
    for home in (walled, free):
        about = {"kind": "case", "item_basis": "support", "title": "関わり方の相談"}
        added = {**about, "household": home["household"]}
        items.append(recorded(town, f"{path}/items", added, "suzuki")["id"])
    seat = {"kind": "staff", "staff": str(who("sato")), "agency": "shakyo", "capacity": "相談員"}
    recorded(town, f"{path}/attendees", {**seat, "items": items}, "suzuki")
    before, first = now(), f"/households/{walled['household']}"
    person = {"nickname": "前の世帯の父", "relation": "self"}
    former = recorded(
        town, "/intakes", {"persons": [person], "route": "visit", "consulter": "self"}
    )
    begun = {"counterparties": [former["ids"]["person-0"]], "threat": "dv"}
    recorded(town, f"{first}/persons/{walled['person-0']}/concealments", begun, "mori")
    task = {"person": former["ids"]["person-0"], "kind": "guardian", "guardian": "某"}
    at = f"/households/{former['id']}/guardianships"
    position = recorded(town, at, {**task, "agency": "shakyo"})["position"]
    return Taken(town, sitting, walled, free, before, position)


def test_the_walls_of_a_household_taken_up_stand_around_its_item_alone(taken: Taken) -> None:
    walled, open_to_them = taken.walled["household"], taken.free["household"]
    shown = taken.town.get(f"/sittings/{taken.sitting}?after={taken.position}", "sato")
    assert open_to_them in shown.text
    assert walled not in shown.text
    assert taken.explained(open_to_them, now())["granted"] is True
    answer = taken.explained(walled, now())
    assert (answer["rule"], answer["granted"]) == ("wall", False)
    assert taken.explained(walled, now(), "suzuki")["granted"] is True


def test_they_did_not_stand_before_they_were_put_up(taken: Taken) -> None:
    assert taken.explained(taken.walled["household"], taken.before)["granted"] is True


def test_the_frames_of_a_register_are_judged_behind_them(taken: Taken) -> None:
    """By the situation in which the sitting itself is read."""
    services: Services = taken.town.client.app.state.services  # type: ignore[attr-defined]
    sitting, today = UUID(taken.sitting), datetime.now(JST).date()
    (context,) = services.tables.read(lambda connection: contexts(connection, sitting, today))
    reader = Reader(who("sato"), STAFF["sato"], today)
    verdicts = {
        str(each.fact.household): may_read(reader, item_of(each), context.situation).rule
        for each in services.ledger.history(sitting)
        if isinstance(each.fact, AgendaItemAdded)
    }
    assert verdicts[taken.walled["household"]] == "wall"
    assert verdicts[taken.free["household"]] != "wall"


def test_what_the_officer_was_shown_again_is_explained_by_the_case_that_opened_it(
    town: Town,
) -> None:
    """監査: what a sitting recorded is shown again by the case of a household that it took up."""
    meeting = held(town)
    seen = town.get(f"/sittings/{meeting.sitting}?after={meeting.closed_at}", "tanaka")
    path = f"/households/{meeting.home['household']}/audit-cases"
    case = recorded(town, path, {"reason": "閲覧の内容を確かめるため。"}, OFFICER)
    receipt = f"receipts/{seen.headers['setai-receipt']}/view"
    assert audit(town, f"{receipt}?after={case['position']}")["items"]
    reads = audit(town, f"reads?staff={who(OFFICER)}&limit=50")["reads"]
    again = [read for read in reads if read["item"] and read["item"]["stream"] == meeting.sitting]
    assert {read["rule"] for read in again} == {"privacy-audit"}
    for read in again:
        answer = told(town, OFFICER, read["item"], read["at"])
        assert (answer["rule"], answer["granted"]) == ("privacy-audit", True)
        assert {"AuditCaseOpened"} <= {fact["fact"] for fact in answer["facts"]}
    at = recorded(town, f"{path}/{case['id']}/closing", {}, OFFICER)["position"]
    after = told(town, OFFICER, again[0]["item"], now(), at)
    assert (after["rule"], [fact["fact"] for fact in after["facts"]]) == (
        "privacy-metadata",
        ["AuditCaseOpened", "AuditCaseClosed"],
    )


def told(town: Town, staff: str, item: dict[str, Any], moment: str, after: str = "") -> Any:
    asked = f"staff={who(staff)}&stream={item['stream']}&version={item['version']}"
    more = f"&after={after}" if after else ""
    (answer,) = audit(town, f"explanations?{asked}&at={quote(moment)}{more}")["answers"]
    return answer
