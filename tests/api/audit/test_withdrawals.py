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


def told(town: Town, **wider: Any) -> tuple[str, dict[str, str], dict[str, Any], dict[str, Any]]:
    """社協 was told with consent, and has read it: the question, the household, both writes."""
    home = taken_in(town)
    consent = consented(town, home, **wider)
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


def test_what_was_told_on_anothers_word_is_cut_by_whom_else_it_was_about(town: Town) -> None:
    """Rule 4: one of two consents is named in the record; each of them withdraws their own."""
    home = taken_in(town)
    path = f"/households/{home['household']}"
    son = recorded(town, f"{path}/persons", {"nickname": "息子", "relation": "child"})["ids"][
        "person"
    ]
    hers, his = consented(town, home), consented(town, home, person=son, giver=son)
    shared(
        town,
        home,
        {"kind": "consent", "consent": hers["id"]},
        facts=[],
        subjects=[home["person-0"], son],
        narrative="二人で来た。",
    )
    asked = f"withdrawals?household={home['household']}&consent={his['id']}"
    cut = recorded(town, f"{path}/consents/{his['id']}/withdrawal", {"by": son})
    found = audit(town, f"{asked}&after={cut['position']}")
    assert [(each["kind"], each["whole"]) for each in found["shares"]] == [("share", True)]
    assert found["to_be_told"] == [{"agency": "shakyo", "why": ["shared", "named"]}]


def test_what_another_consent_of_the_same_person_covers_is_not_cut(town: Town) -> None:
    """同意の取り直し: the old one is withdrawn, and 社協 reads on by the new."""
    asked, home, consent, share = told(town)
    consented(town, home)
    (still,) = audit(town, asked + withdrawn(town, home, consent))["shares"]
    assert (still["cut"], still["whole"]) == ([], False)
    path = f"/households/{home['household']}?after={share['position']}"
    assert town.get(path, "sato").status_code == 200


def test_who_was_asked_about_the_person_is_to_be_told(town: Town) -> None:
    home = taken_in(town)
    consent = consented(town, home)
    body = {
        "of_agency": "shakyo",
        "purpose": "support",
        "categories": ["consultation"],
        "subjects": [home["person-0"]],
        "basis": {"kind": "consent", "consent": consent["id"]},
    }
    recorded(town, f"/households/{home['household']}/information-requests", body)
    asked = f"withdrawals?household={home['household']}&consent={consent['id']}"
    after = withdrawn(town, home, consent)
    found = audit(town, asked + after)
    assert [(cut["kind"], cut["whole"]) for cut in found["shares"]] == [("request", True)]
    assert found["to_be_told"] == [{"agency": "shakyo", "why": ["asked", "named"]}]
    assert [line["種類"] for line in sheet(town, asked + after)] == [
        "同意",
        "撤回",
        "協力依頼",
        "伝える先",
    ]


def test_as_a_table_readers_shares_and_holders_are_lines(town: Town) -> None:
    asked, home, consent, _ = told(town)
    lines = sheet(town, asked + withdrawn(town, home, consent))
    assert [line["種類"] for line in lines] == ["同意", "撤回", "閲覧", "提供", "伝える先"]
    assert lines[2]["職員"] == "sato"
    assert (lines[3]["相手の機関"], lines[3]["撤回で閉じた区分"]) == ("shakyoの名", "相談")
    assert {line["目的"] for line in lines} == {"", "supportの名"}


def test_as_a_table_it_tells_what_was_read_before_the_withdrawal(town: Town) -> None:
    asked, home, consent, _ = told(town)
    given, read, *_ = sheet(town, asked)
    again, cut, still, *_ = sheet(town, asked + withdrawn(town, home, consent))
    assert (given, read) == (again, still)
    assert [line["本人"] for line in (given, cut)] == [home["person-0"]] * 2
    assert [line["職員"] for line in (given, cut)] == ["tanaka"] * 2
    assert (given["相手の機関"], given["区分"]) == ("shakyoの名", "相談")
    at, last = "日時（日本時間）", "最後の日時（日本時間）"
    assert given[at] <= read[at] <= read[last] <= cut[at]


def test_after_mergers_it_tells_once_who_took_the_consent_and_who_its_withdrawals(
    town: Town,
) -> None:
    """Both are said again where the case goes on, by the desk of 名寄せ, which took neither."""
    for _ in range(3):  # whichever household's id comes first
        asked, home, consent, _ = told(town, purposes=["support", "referral"])
        withdrawn(town, home, consent, purposes=["referral"])
        kept = home
        for onward in (taken_in(town), taken_in(town)):
            kept, source = onward, kept["household"]
            recorded(town, f"/households/{kept['household']}/merger", {"source": source}, "kato")
        after = withdrawn(town, {**home, "household": kept["household"]}, consent)
        reach = audit(town, asked + after)
        assert reach["given"]["fact"]["stream"] == home["household"]
        cuts = [(each["by"]["name"], each["purposes"]) for each in reach["withdrawn"]]
        assert [reach["given"]["by"]["name"], *cuts] == [
            "tanaka",
            ("tanaka", ["referral"]),
            ("tanaka", ["referral", "support"]),
        ]
        assert [cut["whole"] for cut in reach["shares"]] == [True]


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
