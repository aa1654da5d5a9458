"""緊急閲覧 (rule 2): no chief lets a place be seen who stands beside whom it is kept from."""

from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from api.services import Services
from domain.ledger import PROJECTOR, Settings, open_datastore
from replays.rejudging import rejudge
from tests.api.test_sides import conceal, does, taken_in
from tests.api.town import ADMINISTRATOR, START, Town, problem, who
from tests.domain.given import PROFILE

DANGER = {"reason": "今夜、命にかかわるおそれがある。", "location": True}
ACTS = ("approval", "renewal")


def begun(town: Town, home: str, person: str) -> str:
    access = does(town, f"{home}/emergency-accesses", {**DANGER, "person": person})
    return f"{home}/emergency-accesses/{access['id']}"


def acts_for(town: Town, home: str, person: str, **by: str) -> str:
    task = {"person": person, "kind": "guardian", "guardian": "某", **by}
    fact = does(town, f"{home}/guardianships", task)["fact"]
    return f"{home}/guardianships/{fact}/end"


def of_centre(person: str) -> dict[str, str]:
    return {"agency": "centre", "staff": person}


@pytest.mark.parametrize("act", ACTS)
def test_to_a_chief_who_acts_for_the_counterparty_there_is_nothing_to_approve(
    town: Town, act: str
) -> None:
    former, father = taken_in(town, "前の世帯の父")
    home, mother = taken_in(town, "移った母")
    conceal(town, home, mother, father)
    burst = begun(town, home, mother)
    over = acts_for(town, former, father, **of_centre(str(who("endo"))))
    absent = town.post(f"{home}/emergency-accesses/{uuid4()}/{act}", {}, "endo")
    hidden = town.post(f"{burst}/{act}", {}, "endo")
    problem(hidden, 404, "Unknown")
    assert (hidden.content, hidden.headers.keys()) == (absent.content, absent.headers.keys())
    does(town, over, {"reason": "resigned"})
    assert town.post(f"{burst}/{act}", {}, "endo").status_code == 201


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("protected", [True, False])
def test_within_the_household_it_does_not_depend_on_a_protection(
    town: Town, act: str, *, protected: bool
) -> None:
    home, mother = taken_in(town, "同じ家の母")
    father = joined(town, home, "同じ家の父")
    if protected:
        conceal(town, home, mother, father)
    burst = begun(town, home, mother)
    acts_for(town, home, father, **of_centre(str(who("endo"))))
    problem(town.post(f"{burst}/{act}", {}, "endo"), 404, "Unknown")


def joined(town: Town, home: str, nickname: str) -> str:
    person = {"nickname": nickname, "relation": "unknown"}
    return str(does(town, f"{home}/persons", person)["ids"]["person"])


def test_a_seat_beside_them_at_a_sitting_counts_too(town: Town) -> None:
    former, father = taken_in(town, "会議の父")
    home, mother = taken_in(town, "会議の母")
    conceal(town, home, mother, father)
    burst = begun(town, home, mother)
    held = does(town, "/sittings", {"body": "support", "held_on": "2026-01-15"}, "yamada")["id"]
    about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
    about["household"] = former.rpartition("/")[2]
    item = does(town, f"/sittings/{held}/items", about, "suzuki")["id"]
    seat: dict[str, Any] = {"kind": "outside", "agency": "centre", "staff": str(who("endo"))}
    seat |= {"person": father, "capacity": "付添い", "items": [item]}
    does(town, f"/sittings/{held}/attendees", seat, "suzuki")
    problem(town.post(f"{burst}/approval", {}, "endo"), 404, "Unknown")


def test_to_begin_one_tells_a_stranger_nothing_of_who_lives_there(town: Town) -> None:
    """社協 has had nothing to do with them, and holds the ids of two people."""
    home, mother = taken_in(town, "知らない世帯の母")
    _, another = taken_in(town, "よその人")
    told = [
        town.post(f"{home}/emergency-accesses", {**DANGER, "person": each}, "sato")
        for each in (another, mother)
    ]
    assert [each.status_code for each in told] == [201, 201]
    assert [each.json().keys() for each in told] == [told[0].json().keys()] * 2


def test_judged_again_it_is_refused_as_it_was(town: Town, module_database: str) -> None:
    """For whom they acted is kept with what they asked."""
    former, father = taken_in(town, "判断し直す父")
    home, mother = taken_in(town, "判断し直す母")
    conceal(town, home, mother, father)
    burst, once = begun(town, home, mother), uuid4()
    acts_for(town, former, father, **of_centre(str(who("endo"))))
    key = {"Idempotency-Key": str(once)}
    problem(town.post(f"{burst}/approval", {}, "endo", **key), 404, "Unknown")
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    with closing(open_datastore(Settings(module_database), PROJECTOR)) as datastore:
        judged = {each.id: each for each in rejudge(services.ledger, datastore, PROFILE)}
    assert judged[once][-3:] == ("Unknown", "Unknown", None)


def test_they_stand_there_in_whatever_capacity_they_hold(town: Town) -> None:
    """Last: a chief of the centre who works at 社協 as well, which is the father's guardian."""
    former, father = taken_in(town, "別れた父")
    home, mother = taken_in(town, "別れた母")
    conceal(town, home, mother, father)
    burst = begun(town, home, mother)
    acts_for(town, former, father, agency="shakyo")
    assert town.post(f"{burst}/approval", {}, "endo").status_code == 201
    burst = begun(town, home, mother)
    desk = {"agency": "shakyo", "desk": "support", "role": "counsellor"}
    period = {"start": START.isoformat()}
    does(town, f"/staff/{who('endo')}/appointments", {**desk, "period": period}, ADMINISTRATOR)
    chief = _chosen(town, "chief")
    problem(town.post(f"{burst}/approval", {}, "endo", **chief), 404, "Unknown")


def _chosen(town: Town, role: str) -> dict[str, str]:
    held: list[Any] = town.get("/me", "endo").json()["appointments"]
    (one,) = [each["appointment"] for each in held if each["capacity"]["role"] == role]
    return {"Setai-Capacity": one}
