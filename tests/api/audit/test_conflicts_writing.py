"""利益相反: nor does such an officer settle anything there; refused as if there were nothing."""

from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.services import Services
from domain.ledger import PROJECTOR, Settings, open_datastore
from domain.values import JST
from replays.rejudging import rejudge
from tests.api.audit.conflict import OTHER, TWICE, Ids, Tale, alike
from tests.api.audit.desk import OFFICER, recorded, taken_in, urgently
from tests.api.town import Town, problem, who
from tests.domain.given import PROFILE

TODAY = datetime.now(JST).date()
GROUNDS = {"outcome": "neither", "grounds": ["disclosure-grounds-1"]}
CASE = "/households/{household}"
WRITES: dict[str, dict[str, Any]] = {
    "/staff/{reader}/alert-findings": {
        "day": TODAY.isoformat(),
        "household": "{household}",
        "finding": "work",
    },
    f"{CASE}/audit-cases": {"reason": "苦情の申し出を受けて、記録を確かめるため。"},
    f"{CASE}/audit-cases/{{case}}/closing": {},
    f"{CASE}/shares/{{share}}/review": {"proper": True},
    f"{CASE}/referrals/{{referral}}/review": {"proper": True},
    f"{CASE}/emergency-accesses/{{access}}/review": {"proper": True},
    f"{CASE}/disclosure-requests": {"person": "{person}", "scope": "相談の記録の一切"},
    f"{CASE}/disclosure-requests/{{undecided}}/decision": GROUNDS,
    f"{CASE}/correction-requests": {"person": "{person}", "claim": "住所がちがう。"},
    f"{CASE}/correction-requests/{{correction}}/decision": {"granted": False, "reason": "同じ。"},
    f"{CASE}/legal-holds": {"reason": "裁判が続いているため。"},
    f"{CASE}/legal-holds/{{hold}}/lifting": {"reason": "裁判が終わったため。"},
    f"{CASE}/incidents": {"kind": "incident-kinds-1", "persons": ["{person}"]},
    f"{CASE}/use-suspensions": {"person": "{person}", "facts": [], "reason": "取得の誤り。"},
}
"""All that is for the privacy office alone."""


@pytest.fixture(scope="module")
def waiting(tale: Tale) -> Ids:
    """What still waits for an officer there, and those who read."""
    town, path = tale.town, CASE.format(**tale.ids)
    person, fact = tale.ids["person"], town.number(tale.ids["household"], 4)
    due = PROFILE.working_day_after(TODAY, 5).isoformat()
    urgent = {"kind": "urgent", "reason": "今夜、命にかかわるおそれがある。", "review_due": due}
    sent = {"to_agency": "shakyo", "purpose": "referral", "enclosed": [fact], "basis": urgent}
    home = {"household": tale.ids["household"], "person-0": person}
    danger = {"reason": "今夜の安否を確かめるため。"}
    asked = {"person": person, "scope": "相談の記録の一切"}
    claim = {"person": person, "claim": "住所がちがう。"}
    made = {
        "share": urgently(town, home),
        "referral": recorded(town, f"{path}/referrals", sent),
        "access": recorded(town, f"{path}/emergency-accesses", danger),
        "case": recorded(town, f"{path}/audit-cases", danger, OTHER),
        "undecided": recorded(town, f"{path}/disclosure-requests", asked, OTHER),
        "correction": recorded(town, f"{path}/correction-requests", claim, OTHER),
        "hold": recorded(town, f"{path}/legal-holds", danger, OTHER),
    }
    return tale.ids | {name: told["id"] for name, told in made.items()}


def filled(body: Any, ids: Ids) -> Any:
    match body:
        case dict():
            return {name: filled(each, ids) for name, each in body.items()}
        case list():
            return [filled(each, ids) for each in body]
        case str():
            return body.format(**ids)
    return body


def writes(town: Town, route: str, ids: Ids, staff: str, **headers: str) -> Any:
    """By the officer, of what 田中 read or did."""
    given = {**ids, "reader": str(who("tanaka"))}
    return town.post(route.format(**given), filled(WRITES[route], given), staff, **headers)


def head(town: Town) -> int:
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    return services.ledger.head()


@pytest.mark.parametrize("route", WRITES)
def test_who_acts_for_the_counterparty_settles_nothing(
    tale: Tale, waiting: Ids, route: str
) -> None:
    town, nowhere = tale.town, {name: str(uuid4()) for name in waiting}
    (privacy,) = [
        each["appointment"]
        for each in town.get("/me", TWICE).json()["appointments"]
        if each["capacity"]["role"] == "privacy"
    ]
    before = head(town)
    for staff, chosen in ((OFFICER, {}), (TWICE, {"Setai-Capacity": privacy})):
        hidden = writes(town, route, waiting, staff, **chosen)
        absent = writes(town, route, nowhere, staff, **chosen)
        problem(hidden, 404, "Unknown")
        assert hidden.headers.keys() == absent.headers.keys()
        assert alike(hidden.text, waiting) == alike(absent.text, nowhere)
    assert head(town) == before
    assert writes(town, route, waiting, OTHER).status_code == 201
    assert writes(town, route, nowhere, OTHER).content == absent.content


def test_an_acting_recorded_a_moment_ago_counts(town: Town) -> None:
    """Whoever writes does not outrun the read models."""
    home = taken_in(town)
    path = f"/households/{home['household']}"
    reason = {"reason": "苦情の申し出を受けて、記録を確かめるため。"}
    for _ in range(10):
        assert town.post(f"{path}/audit-cases", reason, OFFICER).status_code == 201
        task = {"person": home["person-0"], "kind": "guardian", "guardian": "某"}
        begun = recorded(town, f"{path}/guardianships", {**task, "staff": str(who(OFFICER))})
        problem(town.post(f"{path}/audit-cases", reason, OFFICER), 404, "Unknown")
        recorded(town, f"{path}/guardianships/{begun['fact']}/end", {"reason": "resigned"})


def test_what_they_settled_before_is_answered_again_as_it_was(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}"
    reason = {"reason": "苦情の申し出を受けて、記録を確かめるため。"}
    once = {"Idempotency-Key": str(uuid4())}
    first = town.post(f"{path}/audit-cases", reason, OFFICER, **once)
    task = {"person": home["person-0"], "kind": "guardian", "guardian": "某"}
    recorded(town, f"{path}/guardianships", {**task, "staff": str(who(OFFICER))})
    again = town.post(f"{path}/audit-cases", reason, OFFICER, **once)
    assert (again.status_code, again.json()) == (first.status_code, first.json())


def test_judged_again_the_same_by_the_same_rules_is_no_change(
    town: Town, module_database: str
) -> None:
    """Nothing that is kept with what was asked tells whether it was refused for that."""
    home = taken_in(town)
    path = f"/households/{home['household']}"
    task = {"person": home["person-0"], "kind": "guardian", "guardian": "某"}
    recorded(town, f"{path}/guardianships", {**task, "staff": str(who(OFFICER))})
    hidden, once = {"reason": "苦情の申し出を受けて、記録を確かめるため。"}, uuid4()
    key = {"Idempotency-Key": str(once)}
    problem(town.post(f"{path}/audit-cases", hidden, OFFICER, **key), 404, "Unknown")
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    with closing(open_datastore(Settings(module_database), PROJECTOR)) as datastore:
        found = list(rejudge(services.ledger, datastore, PROFILE))
    judged: dict[UUID, Any] = {each.id: each for each in found}
    assert (judged[once].was, judged[once].doubt) == ("Unknown", "recused")
    assert [each for each in found if each.changed] == []
