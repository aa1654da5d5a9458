"""The whole municipality as of a day: in codes, to 分析担当 alone, and written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest

from api.census import BeingCounted
from api.services import Services
from domain.clocks import Point
from domain.events.viewing import ReadRefused, RecordsShown
from domain.ledger import PROJECTOR, Settings, open_ledger
from domain.values import JST
from replays.as_of import HomeLine, municipality
from tests.api.audit.desk import recorded
from tests.api.test_past import LAST_MONTH, old_home
from tests.api.test_receipts import Today, taken_in, today
from tests.api.town import Town, problem

__all__ = ["today"]
ANALYST = "honda"
COUNTING = {"Setai-Purpose": "statistics"}
PATH = "/statistics/households"
SUPPRESSED = 10
_TOLD = (
    *("status", "cycle", "agency", "desk", "members", "open_referrals"),
    *("consents_in_force", "plans_decided"),
)


def told(town: Town, limit: int = 3, **point: str) -> list[dict[str, Any]]:
    """Page after page."""
    found: list[dict[str, Any]] = []
    more: dict[str, str] = {}
    while True:
        query = "&".join(f"{name}={quote(said)}" for name, said in {**point, **more}.items())
        answered = town.get(f"{PATH}?limit={limit}&{query}", ANALYST, **COUNTING)
        assert answered.status_code == 200, answered.text
        found += answered.json()["households"]
        if answered.json()["next"] is None:
            return found
        more = {"cursor": answered.json()["next"]}


def said(line: HomeLine) -> dict[str, Any]:
    """What an answer may say of it besides its names."""
    review = line.next_review and line.next_review.isoformat()
    told = {name: getattr(line, name) for name in _TOLD}
    return told | {"next_review": review, "marks": [str(mark) for mark in line.marks]}


def test_it_says_what_the_python_call_says_of_every_household(
    town: Town, module_database: str
) -> None:
    for _ in range(4):
        taken_in(town)
    ledger = open_ledger(Settings(module_database), role=PROJECTOR)
    try:
        point = Point(datetime.now(JST).date(), ledger.head())
        expected = [said(line) for line in municipality(ledger, point)]
    finally:
        ledger.close()
    lines = told(town)
    names = {line.pop("pseudonym") for line in lines}
    assert [line.pop("went_on_as") for line in lines] == [None] * len(lines)
    assert len(names) == len(lines)
    assert sorted(map(str, lines)) == sorted(map(str, expected))


def test_the_order_of_the_lines_is_that_of_their_names(town: Town) -> None:
    """Else whoever knows the ids from the desk could tell by its place whose line is whose."""
    for _ in range(4):
        taken_in(town)
    for limit in (1, 3, 200):
        names = [line["pseudonym"] for line in told(town, limit)]
        assert names == sorted(names)


def test_what_was_written_late_is_there_once_it_was_known(town: Town) -> None:
    before = datetime.now(UTC).isoformat()
    day = LAST_MONTH.isoformat()
    earlier = {line["pseudonym"] for line in told(town, true_at=day, known_at=before)}
    old_home(town)
    marked = {line["pseudonym"]: line["marks"] for line in told(town, true_at=day)}
    later = set(marked)
    assert [marked[new] for new in later - earlier] == [["late"]]
    assert earlier < later
    assert len(later - earlier) == 1
    assert {line["pseudonym"] for line in told(town, true_at=day, known_at=before)} == earlier


def test_no_id_and_no_word_leaves_and_the_lines_of_a_protected_home_name_no_desk(
    town: Town,
) -> None:
    household, ids = taken_in(town)
    answered = town.get(PATH, ANALYST, **COUNTING).text
    for hidden in (household, *ids.values(), "息子の仕事"):
        assert hidden not in answered
    before = sum(line["agency"] is None for line in told(town))
    person = f"/households/{household}/persons/{ids['person-0']}"
    recorded(town, f"{person}/concealments", {"threat": "dv"}, "mori")
    assert sum(line["agency"] is None for line in told(town)) == before + 1
    yesterday = (datetime.now(JST).date() - timedelta(1)).isoformat()
    assert told(town, known_at=yesterday) == []


def test_the_whole_is_counted_where_that_is_asked_for(town: Town) -> None:
    lines = [line for line in told(town) if line["went_on_as"] is None]
    answered = town.get(f"{PATH}?totals=true&limit=1", ANALYST, **COUNTING).json()
    whole = answered["totals"]
    assert whole["households"] == len(lines)
    assert whole["members"] == sum(line["members"] for line in lines)
    numbers = [each["households"] for status in whole["by_status"] for each in status["leads"]]
    assert all(number >= SUPPRESSED for number in numbers)
    next_page = town.get(f"{PATH}?totals=true&cursor={answered['next']}", ANALYST, **COUNTING)
    assert next_page.json()["totals"] is None
    assert town.get(PATH, ANALYST, **COUNTING).json()["totals"] is None


def test_the_whole_is_counted_for_one_at_a_time(town: Town, module_database: str) -> None:
    """Nobody waits for it either, or a few of them would leave no thread to the others."""
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    counted, point = services.counted, Point(datetime.now(JST).date(), services.ledger.head())
    with ThreadPoolExecutor(1) as threads, psycopg.connect(module_database) as other:
        other.execute("LOCK TABLE ledger.facts")
        first = threads.submit(counted.totals, point, SUPPRESSED)
        patience = monotonic() + 30
        while not counted._whole.locked():  # noqa: SLF001 - until the first one counts
            assert monotonic() < patience
        with pytest.raises(BeingCounted):
            counted.totals(point, SUPPRESSED)
        other.rollback()
        assert first.result() == counted.totals(point, SUPPRESSED)


def test_whoever_may_not_count_yet_is_told_when_to_come_again(town: Town) -> None:
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    counting = services.counted._whole  # noqa: SLF001 - as long as somebody counts
    assert counting.acquire(timeout=10)
    answered = town.get(f"{PATH}?totals=true", ANALYST, **COUNTING)
    in_lines = town.get(PATH, ANALYST, **COUNTING)
    counting.release()
    problem(answered, 503, "BeingCounted")
    assert int(answered.headers["Retry-After"]) > 0
    assert in_lines.status_code == 200
    assert town.get(f"{PATH}?totals=true", ANALYST, **COUNTING).status_code == 200


def test_what_goes_wrong_while_one_counts_is_over_with_it(town: Town) -> None:
    services: Services = town.client.app.state.services  # type: ignore[attr-defined]
    counted, today = services.counted, datetime.now(JST).date()
    for _ in range(2):
        with pytest.raises(TypeError):
            counted.totals(Point(today, "nowhere"), SUPPRESSED)  # type: ignore[arg-type]
    assert counted.totals(Point(today, services.ledger.head()), SUPPRESSED).households


def test_it_is_written_down_whose_codes_were_told(town: Town, today: Today) -> None:
    household, _ = taken_in(town)
    answered = town.get(PATH, ANALYST, **COUNTING)
    receipt = today(ANALYST)[-1]
    assert isinstance(receipt, RecordsShown)
    assert (receipt.view, receipt.purpose) == ("statistics-households", "statistics")
    assert UUID(household) in receipt.households
    assert {"true_at", "known_at"} <= receipt.asked.keys()
    assert answered.headers["Setai-Receipt"]


@pytest.mark.parametrize("staff", ["tanaka", "suzuki", "ito", "admin"])
def test_nobody_else_is_given_it_and_the_attempt_is_recorded(
    town: Town, today: Today, staff: str
) -> None:
    problem(town.get(PATH, staff, **COUNTING), 403, "RoleNeeded")
    refused = today(staff)[-1]
    assert isinstance(refused, ReadRefused)
    assert refused.view == "statistics-households"
    problem(town.get(f"{PATH}?known_at=9999-12-31", ANALYST, **COUNTING), 400, "NotKnownYet")
