"""引継ぎ: whom the memo of a handover is hidden from, and to whom the work goes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_access_ends import appointed
from tests.api.test_promotion import Case
from tests.api.town import ADMINISTRATOR, DatedTown, problem, who

MEMO = "父が夜に家を空ける。"


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def home(case: Case) -> str:
    return case.path.rpartition("/")[2]


def hands_over(*cases: Case, by: str = "tanaka", to: str = "endo", **said: Any) -> Any:
    town = cases[0].town
    staff = {"from_staff": str(who("tanaka")), "to_staff": str(who(to))}
    day = {"effective_on": town.now.date().isoformat()}
    return town.post("/handovers", {**staff, **day, "households": [*map(home, cases)], **said}, by)


def reads(case: Case, staff: str) -> bool:
    return MEMO in case.reads(staff) + case.reads(staff, "/timeline")


def test_a_memo_is_hidden_from_whom_it_says_in_the_household_they_belong_to(case: Case) -> None:
    other, nurse = Case(case.town), f"nurse-{uuid4()}"
    appointed(case, nurse, desk="nurses")  # type: ignore[arg-type]
    acts = {"kind": "guardian", "guardian": "某", "agency": "centre", "staff": str(who(nurse))}
    for each in (case, other):
        each.records("/guardianships", {**acts, "person": each.father})
    answer = hands_over(case, other, memo=MEMO, hidden_from=[case.father])
    assert answer.status_code == 201, answer.text
    case.position = other.position = answer.json()["position"]
    assert [reads(each, "tanaka") for each in (case, other)] == [True, True]
    assert [reads(each, nurse) for each in (case, other)] == [False, True]


def test_whom_a_memo_is_hidden_from_belongs_somewhere(case: Case) -> None:
    stranger = [str(uuid4())]
    for refused in (hands_over(case, hidden_from=stranger), hands_over(case, subjects=stranger)):
        problem(refused, 409, "NotAMember")


def test_work_goes_to_somebody_who_works_there_on_that_day(case: Case) -> None:
    problem(hands_over(case, to="nobody"), 404, "Unknown")
    for elsewhere in ("sato", ADMINISTRATOR):
        problem(hands_over(case, to=elsewhere), 409, "NotAtThatDesk")
    appointed(case, "hara", end=case.town.now.date().isoformat())  # type: ignore[arg-type]
    later = (case.town.now + timedelta(days=1)).date().isoformat()
    problem(hands_over(case, to="hara", effective_on=later), 409, "NotAtThatDesk")
    assert hands_over(case, by="endo").status_code == 201


def test_so_does_the_lead(case: Case) -> None:
    led = {"agency": "centre", "desk": "general"}
    for staff, status in ((uuid4(), 404), (who("sato"), 409), (who("endo"), 201)):
        answer = case.town.post(f"{case.path}/lead", {**led, "staff": str(staff)})
        assert answer.status_code == status, answer.text


def test_so_does_whoever_leads_a_case_that_is_opened_again(case: Case) -> None:
    tried = [{"on": case.town.now.date().isoformat(), "method": "outreach-methods-1"}]
    case.records("/suspension", {"reason": "suspension-reasons-1", "attempts": tried})
    again = {"reason": "reopening-reasons-1"}
    for staff, status in ((uuid4(), 404), (who("sato"), 409), (who("endo"), 201)):
        answer = case.town.post(f"{case.path}/reopening", {**again, "staff": str(staff)})
        assert answer.status_code == status, answer.text


def test_a_case_that_is_opened_again_is_not_led_where_nobody_was_told_of_it(case: Case) -> None:
    tried = [{"on": case.town.now.date().isoformat(), "method": "outreach-methods-1"}]
    case.records("/suspension", {"reason": "suspension-reasons-1", "attempts": tried})
    elsewhere = {"reason": "reopening-reasons-1", "agency": "shakyo", "desk": "support"}
    problem(case.town.post(f"{case.path}/reopening", elsewhere), 409, "LeadNotInvolved")
    case.does(f"{case.path}/reopening", {"reason": "reopening-reasons-1"})


def lists(case: Case, staff: str, scope: str = "staff") -> bool:
    """Whether the case is in their own list, or their desk's."""
    town, asked = case.town, f"scope={scope}&limit=200&after={case.position}"
    found = town.get(f"/households?{asked}", staff).json()["households"]
    return home(case) in {each["household"] for each in found}


def tells(case: Case, answer: Any) -> None:
    assert answer.status_code == 201, answer.text
    case.position = answer.json()["position"]


def test_until_the_day_it_stays_in_the_list_of_who_hands_it_over(case: Case) -> None:
    appointed(case, "kishi")  # type: ignore[arg-type]
    day = case.town.now + timedelta(days=4)
    tells(case, hands_over(case, to="kishi", effective_on=day.date().isoformat()))
    assert lists(case, "tanaka")
    case.town.now = day
    assert (lists(case, "tanaka"), lists(case, "kishi")) == (False, True)


def test_until_the_day_the_case_tells_who_leads_and_who_will(case: Case) -> None:
    appointed(case, "hoshi")  # type: ignore[arg-type]
    day = case.town.now + timedelta(days=4)
    tells(case, hands_over(case, to="hoshi", effective_on=day.date().isoformat()))
    path = f"{case.path}?after={case.position}"
    before = case.town.get(path).json()
    assert before["lead"]["name"] == "tanaka"
    assert before["next_lead"] == {
        "agency": "centre",
        "desk": "general",
        "staff": str(who("hoshi")),
        "name": "山口",
        "since": day.date().isoformat(),
    }
    case.town.now = day
    after = case.town.get(path).json()
    assert (after["lead"]["name"], after["next_lead"]) == ("山口", None)
    then = f"{path}&true_at={(day - timedelta(days=1)).date()}"
    assert case.town.get(then).json()["lead"]["name"] == "tanaka"


def test_until_the_day_it_stays_in_the_list_of_the_desk_that_hands_it_over(case: Case) -> None:
    appointed(case, "nogi", desk="nurses")  # type: ignore[arg-type]
    day = case.town.now + timedelta(days=4)
    tells(case, hands_over(case, to="nogi", desk="nurses", effective_on=day.date().isoformat()))
    assert lists(case, "tanaka", scope="desk")
    case.town.now = day
    assert (lists(case, "tanaka", scope="desk"), lists(case, "nogi", scope="desk")) == (False, True)


def test_who_is_back_says_so_and_nobody_covers_for_them_any_more(case: Case) -> None:
    last = (case.town.now + timedelta(days=4)).date().isoformat()
    tells(case, hands_over(case, to="endo", until=last))
    assert (lists(case, "tanaka"), lists(case, "endo")) == (True, True)
    back = {"agency": "centre", "desk": "general", "staff": str(who("tanaka"))}
    tells(case, case.town.post(f"{case.path}/lead", back))
    assert (lists(case, "tanaka"), lists(case, "endo")) == (True, False)
    found = case.town.get(f"/tasks?limit=200&after={case.position}").json()["tasks"]
    assert (home(case), "end-cover") not in {(each["stream"], each["kind"]) for each in found}
