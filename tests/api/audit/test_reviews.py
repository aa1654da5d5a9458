"""点検の待ち行列: what left without consent, and who looked without waiting for a basis."""

import time
from datetime import date, timedelta
from typing import Any

import pytest

from api.audit.reviews import working_days
from tests.api.audit.desk import (
    AUDIT,
    OFFICER,
    audit,
    consented,
    recorded,
    shared,
    sheet,
    taken_in,
    urgently,
)
from tests.api.town import Town, problem, who
from tests.domain.given import PROFILE


def of(home: dict[str, str], found: Any) -> list[Any]:
    return [line for line in found["reviews"] if line["household"] == home["household"]]


def test_an_urgent_share_waits_for_its_review_with_a_clock(town: Town) -> None:
    home = taken_in(town)
    share = urgently(town, home)
    (line,) = of(home, audit(town, f"reviews?after={share['position']}"))
    assert (line["kind"], line["basis"], line["to"]["agency"]) == ("share", "urgent", "shakyo")
    assert line["by"] == {
        "staff": str(who("tanaka")),
        "name": "tanaka",
        "capacity": {"agency": "centre", "desk": "general", "role": "counsellor"},
    }
    assert line["fact"] == {"stream": home["household"], "version": share["fact"]}
    assert (line["working_days_left"], line["overdue"], line["may_close"]) == (5, False, True)


def test_a_share_by_statute_has_a_clock_of_its_own(town: Town) -> None:
    home = taken_in(town)
    share = shared(town, home, {"kind": "statute", "article": "kojin-69-1"})
    (line,) = of(home, audit(town, f"reviews?after={share['position']}"))
    assert (line["basis"], line["working_days_left"]) == ("statute", 5)


def test_it_is_in_the_queue_within_a_second(town: Town) -> None:
    home = taken_in(town)
    share = urgently(town, home)
    started = time.perf_counter()
    assert of(home, audit(town, f"reviews?after={share['position']}"))
    assert time.perf_counter() - started < 1


def test_a_share_with_consent_is_not_in_the_queue(town: Town) -> None:
    home = taken_in(town)
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    assert not of(home, audit(town, f"reviews?after={share['position']}"))


def test_a_referral_without_consent_is_reviewed_like_a_share(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/referrals"
    basis = {"kind": "statute", "article": "kojin-69-1"}
    enclosed = [town.number(home["household"], 2)]
    body = {"to_agency": "shakyo", "purpose": "referral", "enclosed": enclosed, "basis": basis}
    made = recorded(town, path, body)
    (line,) = of(home, audit(town, f"reviews?after={made['position']}"))
    assert (line["kind"], line["id"]) == ("referral", made["id"])
    done = recorded(town, f"{path}/{made['id']}/review", {"proper": True}, OFFICER)
    assert not of(home, audit(town, f"reviews?after={done['position']}"))


def test_break_glass_waits_there_too(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/emergency-accesses"
    opened = recorded(town, path, {"reason": "倒れていると隣人から通報があった。"}, "sato")
    (line,) = of(home, audit(town, f"reviews?after={opened['position']}"))
    assert (line["kind"], line["basis"], line["to"]) == ("access", "emergency", None)
    assert line["by"]["staff"] == str(who("sato"))
    done = recorded(town, f"{path}/{opened['id']}/review", {"proper": False}, OFFICER)
    after = f"after={done['position']}"
    assert not of(home, audit(town, f"reviews?{after}"))
    (closed,) = of(home, audit(town, f"reviews?state=done&{after}"))
    assert closed["reviewed"]["by"] == str(who(OFFICER))
    assert closed["reviewed"]["proper"] is False


def test_only_the_privacy_officer_closes_an_entry(town: Town) -> None:
    home = taken_in(town)
    share = urgently(town, home)
    path = f"/households/{home['household']}/shares/{share['id']}/review"
    for staff in ("tanaka", "endo", "sato"):
        problem(town.post(path, {"proper": True}, staff), 403, "RoleNeeded")
    assert town.post(path, {"proper": True}, OFFICER).status_code == 201


def test_the_queue_comes_page_by_page_the_most_urgent_first(town: Town) -> None:
    for _ in range(3):
        urgently(town, taken_in(town))
    found, cursor = [], ""
    while True:
        page = audit(town, f"reviews?limit=2{cursor}")
        found += page["reviews"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert [line["due"] for line in found] == sorted(line["due"] for line in found)
    assert len({line["id"] for line in found}) == len(found) >= 3


def test_as_a_table_it_names_the_desk_and_the_basis(town: Town) -> None:
    home = taken_in(town)
    share = urgently(town, home)
    audit(town, f"reviews?after={share['position']}")
    (line,) = [line for line in sheet(town, "reviews") if line["世帯"] == home["household"]]
    assert (line["種類"], line["根拠"], line["渡した先"]) == (
        "情報提供",
        "急迫の危険",
        "shakyoの名",
    )
    assert (line["残りの開庁日"], line["期限を過ぎた"]) == ("5", "いいえ")


@pytest.mark.parametrize("asked", ["state=none", "cursor=x", "limit=0"])
def test_what_cannot_be_read_is_refused(town: Town, asked: str) -> None:
    assert town.get(f"/audit/reviews?{asked}", OFFICER, **AUDIT).status_code in (400, 422)


def test_nobody_else_reads_the_queue(town: Town) -> None:
    problem(town.get("/audit/reviews", "tanaka", **AUDIT), 403, "RoleNeeded")


def test_working_days_left_are_counted_by_the_calendar() -> None:
    friday = date(2026, 4, 3)
    monday = friday + timedelta(3)
    assert working_days(PROFILE, friday, friday) == 0
    assert working_days(PROFILE, friday, monday) == 1
    assert working_days(PROFILE, monday, friday) == -1


@pytest.mark.parametrize("state", ["open", "done"])
def test_a_table_has_all_of_them_for_it_has_no_next_page(town: Town, state: str) -> None:
    home = taken_in(town)
    for _ in range(3):
        share = urgently(town, home)
        path = f"/households/{home['household']}/shares/{share['id']}/review"
        if state == "done":
            share = recorded(town, path, {"proper": True}, OFFICER)
    lines = sheet(town, f"reviews?state={state}&limit=1&after={share['position']}")
    assert len([line for line in lines if line["世帯"] == home["household"]]) == 3
