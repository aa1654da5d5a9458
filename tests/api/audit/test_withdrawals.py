"""撤回: everyone who read on the consent, every share it cuts, everyone who must be told."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.audit.desk import (
    AUDIT,
    OFFICER,
    audit,
    consented,
    recorded,
    shared,
    sheet,
    taken_in,
)
from tests.api.town import Town, problem, who


def told(town: Town) -> tuple[str, dict[str, str], dict[str, Any], dict[str, Any]]:
    """社協 was told with consent, and has read it: the question, the household, both writes."""
    home = taken_in(town)
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    path = f"/households/{home['household']}?after={share['position']}"
    assert town.get(path, "sato").status_code == 200
    asked = f"withdrawals?household={home['household']}&consent={consent['id']}"
    return asked, home, consent, share


def withdrawn(town: Town, home: dict[str, str], consent: dict[str, Any], **part: Any) -> str:
    path = f"/households/{home['household']}/consents/{consent['id']}/withdrawal"
    cut = recorded(town, path, {"by": home["person-0"], **part})
    return f"&after={cut['position']}"


def test_everyone_who_read_on_the_consent_is_named(town: Town) -> None:
    asked, *_ = told(town)
    (reader,) = audit(town, asked)["readers"]
    assert (reader["by"]["staff"], reader["by"]["name"]) == (str(who("sato")), "sato")
    assert reader["reads"] == 1
    assert reader["records"] >= 1


def test_every_share_that_rested_on_it_is_cut(town: Town) -> None:
    asked, home, consent, share = told(town)
    before = audit(town, asked)["shares"][0]
    assert (before["to"], before["cut"], before["whole"]) == ("shakyo", [], False)
    after = audit(town, asked + withdrawn(town, home, consent))
    (cut,) = after["shares"]
    assert cut["fact"] == {"stream": home["household"], "version": share["fact"]}
    assert (cut["cut"], cut["whole"]) == (["consultation"], True)
    assert after["withdrawn"][0]["person"] == home["person-0"]


def test_whoever_still_holds_it_is_to_be_told(town: Town) -> None:
    asked, home, consent, _ = told(town)
    holders = audit(town, asked + withdrawn(town, home, consent))["to_be_told"]
    assert holders == [{"agency": "shakyo", "why": ["shared", "read", "named"]}]


def test_a_referral_on_the_consent_is_cut_as_well(town: Town) -> None:
    home = taken_in(town)
    consent = consented(town, home, purposes=["referral"])
    body = {
        "to_agency": "shakyo",
        "purpose": "referral",
        "subjects": [home["person-0"]],
        "enclosed": [town.number(home["household"], 4)],
        "basis": {"kind": "consent", "consent": consent["id"]},
    }
    recorded(town, f"/households/{home['household']}/referrals", body)
    asked = f"withdrawals?household={home['household']}&consent={consent['id']}"
    found = audit(town, asked + withdrawn(town, home, consent))
    assert [(cut["kind"], cut["whole"]) for cut in found["shares"]] == [("referral", True)]
    assert found["to_be_told"] == [{"agency": "shakyo", "why": ["referred", "named"]}]


def test_as_a_table_readers_shares_and_holders_are_lines(town: Town) -> None:
    asked, home, consent, _ = told(town)
    lines = sheet(town, asked + withdrawn(town, home, consent))
    assert [line["種類"] for line in lines] == ["閲覧", "提供", "伝える先"]
    assert lines[0]["職員"] == "sato"
    assert (lines[1]["相手の機関"], lines[1]["撤回で閉じた区分"]) == (
        "shakyoの名",
        "consultation",
    )


def test_a_consent_that_never_was_is_unknown(town: Town) -> None:
    home = taken_in(town)
    for asked in (home["household"], uuid4()):
        path = f"/audit/withdrawals?household={asked}&consent={uuid4()}"
        problem(town.get(path, OFFICER, **AUDIT), 404, "Unknown")


@pytest.mark.parametrize("asked", ["household=x", "", "consent=1"])
def test_what_cannot_be_read_is_refused(town: Town, asked: str) -> None:
    problem(town.get(f"/audit/withdrawals?{asked}", OFFICER, **AUDIT), 422, "Invalid")


def test_nobody_else_is_told(town: Town) -> None:
    asked, *_ = told(town)
    problem(town.get(f"/audit/{asked}", "tanaka", **AUDIT), 403, "RoleNeeded")
