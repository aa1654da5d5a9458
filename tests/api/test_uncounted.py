"""What is kept from somebody is not counted either: in one household, and in the list of all."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from api.services import Services
from domain.clocks import Point
from domain.values import JST
from replays.as_of import household, some_of
from tests.api.test_sides import does
from tests.api.town import Town

COUNTED = ("members", "open_referrals", "consents_in_force", "plans_decided", "next_review")


def family(town: Town, *, kept: bool) -> str:
    """A couple; of what is kept from him there is nothing in the other town."""
    persons = [{"nickname": "母", "relation": "mother"}, {"nickname": "父", "relation": "father"}]
    taken = does(town, "/intakes", {"persons": persons, "route": "visit", "consulter": "self"})
    home, (mother, father) = taken["id"], (taken["ids"][f"person-{n}"] for n in range(2))
    path, hidden = f"/households/{home}", {"hidden_from": [father]}
    if kept:
        does(town, f"{path}/persons", {"nickname": "おば", "relation": "unknown", **hidden})
        sent = {"to_agency": "shakyo", "purpose": "referral", **hidden}
        does(town, f"{path}/referrals", sent)
        given = {"person": mother, "method": "written", "agencies": ["shakyo"], **hidden}
        given |= {"categories": ["progress"], "purposes": ["support"]}
        does(town, f"{path}/consents", given)
        does(town, f"{path}/plans", {"persons": [mother], "goals": "家を出る。", **hidden})
    return str(home)


def test_what_is_kept_from_somebody_is_not_counted(town: Town) -> None:
    homes = [UUID(family(town, kept=kept)) for kept in (False, True)]
    services = cast("Services", cast("Any", town.client.app).state.services)
    ledger = services.ledger
    point = Point(datetime.now(JST).date(), ledger.head())
    lines = list(some_of(ledger, point, homes, frozenset()))
    one, other = ([getattr(line, name) for name in COUNTED] for line in lines)
    assert one == other
    then = [household(ledger, home, point) for home in homes]
    plain, same = (
        each and (each.members, each.open_referrals, each.consents_in_force, each.plans)
        for each in then
    )
    assert plain
    assert plain == same


def test_who_left_is_no_member_wherever_they_went(town: Town) -> None:
    """The place is kept from many; that they left is a date."""
    home, gone = UUID(family(town, kept=False)), UUID(family(town, kept=False))
    ledger = cast("Services", cast("Any", town.client.app).state.services).ledger
    members = town.get(f"/households/{gone}").json()["members"]
    left = {"reason": "institution", "destination": "海の見えるグループホーム"}
    does(town, f"/households/{gone}/members/{members[0]['person']}/leaving", left)
    point = Point(datetime.now(JST).date(), ledger.head())
    counted = [line.members for line in some_of(ledger, point, [home, gone], frozenset())]
    assert counted == [2, 1]
    then = household(ledger, gone, point)
    assert then
    assert [each.left is None for each in then.members] == [False, True]
