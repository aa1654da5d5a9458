"""気になる閲覧: by rules that can be explained, each with what it rests on; nobody is accused."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api.dev_issuer import DEV_ISSUER
from tests.api.audit.desk import AUDIT, OFFICER, audit, consented, recorded, shared, sheet, taken_in
from tests.api.town import ADMINISTRATOR, START, DatedTown, problem, who
from tests.domain.given import PROFILE

_FAR_APART = timedelta(weeks=11)
"""So that no test looks back on what another did."""
Clock = tuple[int, int]
NIGHT, MORNING = (23, 20), (10, 0)


@pytest.fixture(scope="module")
def staffed(dated: DatedTown) -> DatedTown:
    """With two more at 社協, one called like the woman at the window."""
    for subject, name, kana in (
        ("yamanaka", "山中 花", "ヤマナカ ハナ"),
        ("kawai", "河合 実", "カワイ ミノル"),
    ):
        person = {"issuer": DEV_ISSUER, "subject": subject, "name": name, "kana": kana}
        recorded(dated, "/staff", person, ADMINISTRATOR)
        held = {"agency": "shakyo", "desk": "support", "role": "counsellor"}
        period = {"period": {"start": START.isoformat()}}
        recorded(dated, f"/staff/{who(subject)}/appointments", {**held, **period}, ADMINISTRATOR)
    return dated


@pytest.fixture
def monday(staffed: DatedTown) -> date:
    """Of a week without a holiday."""
    day = staffed.now.replace(hour=10, minute=0) + _FAR_APART
    day -= timedelta(days=day.weekday())
    while not all(PROFILE.is_working_day(day.date() + timedelta(n)) for n in range(5)):
        day += timedelta(weeks=1)
    staffed.now = day
    return day.date()


@pytest.fixture
def home(staffed: DatedTown, monday: date) -> dict[str, str]:
    """The woman at the window has told tanaka her name."""
    assert staffed.now.date() == monday
    return called(staffed, taken_in(staffed), "山中 太郎", "やまなか たろう")


def called(town: DatedTown, home: dict[str, str], name: str, kana: str) -> dict[str, str]:
    path = f"/households/{home['household']}/persons/{home['person-0']}/identification"
    told = recorded(town, path, {"name": name, "kana": kana})
    return {**home, "position": told["position"]}


def tries(
    town: DatedTown, home: dict[str, str], staff: str, days: int = 0, clock: Clock = MORNING
) -> None:
    """Somebody without a tie opens the household some days later, and is not shown anything."""
    opens(town, days, clock)
    problem(town.get(f"/households/{home['household']}", staff), 404, "Unknown")


def opens(town: DatedTown, days: int, clock: Clock) -> None:
    later = town.now + timedelta(days=days)
    town.now = later.replace(hour=clock[0], minute=clock[1])


def found(town: DatedTown, home: dict[str, str], path: str = "alerts") -> list[Any]:
    position = home["position"]
    lines = audit(town, f"{path}{'&' if '?' in path else '?'}after={position}")["alerts"]
    return [line for line in lines if line["household"] == home["household"]]


def rules(lines: Iterable[Any]) -> set[str]:
    return {mark["rule"] for line in lines for mark in line["marks"]}


def test_the_same_surname_without_a_tie_is_listed_with_its_grounds(
    staffed: DatedTown, home: dict[str, str]
) -> None:
    tries(staffed, home, "yamanaka")
    (line,) = found(staffed, home)
    assert [(mark["rule"], mark["points"]) for mark in line["marks"]] == [
        ("same-surname", 5),
        ("no-relation", 4),
    ]
    assert line["sentence"] == (
        "閲覧した人と同じ姓の人がいる世帯です。係にも機関にも関わりのない世帯です。"
    )
    assert line["by"]["name"] == "山中 花"
    assert line["by"]["capacity"]["agency"] == "shakyo"
    (receipt,) = line["receipts"]
    told = audit(staffed, f"receipts/{receipt['stream']}/{receipt['version']}")
    assert (told["outcome"], told["households"]) == ("refused", [home["household"]])
    assert told["by"]["staff"] == line["by"]["staff"]


def test_ones_own_work_is_not_listed(staffed: DatedTown, home: dict[str, str]) -> None:
    """Not by day, not in the evening, not day after day."""
    for days, clock in ((0, MORNING), (1, (19, 0)), (1, (9, 0))):
        opens(staffed, days, clock)
        assert staffed.get(f"/households/{home['household']}").status_code == 200
    assert found(staffed, home) == []


def test_a_stranger_alone_in_the_daytime_is_not_listed(
    staffed: DatedTown, home: dict[str, str]
) -> None:
    tries(staffed, home, "sato")
    assert found(staffed, home) == []


def test_a_stranger_at_night_is(staffed: DatedTown, home: dict[str, str]) -> None:
    tries(staffed, home, "sato", clock=NIGHT)
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "off-hours"}
    assert [m["evidence"] for m in line["marks"] if m["rule"] == "off-hours"] == [{"at": "23:20"}]


def test_whoever_comes_again_is(staffed: DatedTown, home: dict[str, str]) -> None:
    tries(staffed, home, "sato")
    tries(staffed, home, "sato", days=3)
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "again"}
    assert len(line["receipts"]) == 2


def test_a_crowd_is(staffed: DatedTown, home: dict[str, str]) -> None:
    for stranger in ("suzuki", "yamada", "kawai", "sato"):
        tries(staffed, home, stranger, days=1)
    (line,) = found(staffed, home)
    assert line["by"]["staff"] == str(who("sato"))
    assert rules([line]) == {"no-relation", "crowd"}
    assert len(line["receipts"]) == 4


@pytest.mark.usefixtures("monday")
def test_the_home_of_a_colleague_is(staffed: DatedTown) -> None:
    home = called(staffed, taken_in(staffed), "河合 実", "かわい みのる")
    tries(staffed, home, "sato")
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "own-colleague"}


def lives(
    town: DatedTown, home: dict[str, str], address: str, *, concealed: bool = False
) -> dict[str, str]:
    path = f"/households/{home['household']}/persons/{home['person-0']}/addresses"
    body = {"place": "residence", "text": address, "concealed": concealed}
    told = recorded(town, path, body)
    return {**home, "position": told["position"]}


def test_a_neighbour_is(staffed: DatedTown, home: dict[str, str]) -> None:
    """However it is written; a street further on is no neighbour."""
    further = lives(staffed, taken_in(staffed), "試験市中町1-3-1")
    home = lives(staffed, home, "中町１－２－９")
    tries(staffed, further, "sato")
    tries(staffed, home, "sato")
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "same-address"}
    assert found(staffed, {**further, "position": home["position"]}) == []


def test_a_concealed_neighbour_is_told_of_by_nothing(
    staffed: DatedTown, home: dict[str, str]
) -> None:
    path = f"/households/{home['household']}/persons/{home['person-0']}/concealments"
    recorded(staffed, path, {"counterparties": [], "threat": "dv"}, "mori")
    home = lives(staffed, home, "試験市中町1-2-9")
    tries(staffed, home, "sato", clock=NIGHT)
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "off-hours"}


def test_a_place_that_is_kept_secret_is_told_of_by_nothing(
    staffed: DatedTown, home: dict[str, str]
) -> None:
    """Before there is a 支援措置, too: the officer may read it no more than under one."""
    home = lives(staffed, home, "試験市中町1-2-9", concealed=True)
    tries(staffed, home, "sato", clock=NIGHT)
    (line,) = found(staffed, home)
    assert rules([line]) == {"no-relation", "off-hours"}


def test_a_tie_that_is_over_is_told_of(staffed: DatedTown, home: dict[str, str]) -> None:
    """緊急閲覧 is a tie of its day."""
    reason = {"reason": "夜間に連絡が取れず、命にかかわるおそれがある。"}
    path = f"/households/{home['household']}/emergency-accesses"
    home = {**home, **recorded(staffed, path, reason, "sato")}
    opens(staffed, 40, NIGHT)
    seen = staffed.get(f"/households/{home['household']}?after={home['position']}", "sato")
    assert seen.status_code == 200  # their own record of that day
    (line,) = found(staffed, home)
    assert rules([line]) == {"ended", "off-hours"}
    assert "40日前に終わっています" in line["sentence"]


def test_a_burst_is_one_alert_for_all_its_households(staffed: DatedTown, monday: date) -> None:
    homes = [taken_in(staffed) for _ in range(7)]
    for home in homes:
        tries(staffed, home, "sato")
    day = f"alerts?from={monday}&to={monday}"
    (line,) = audit(staffed, f"{day}&after={homes[-1]['position']}")["alerts"]
    assert (line["household"], line["marks"][0]["rule"]) == (None, "burst")
    assert line["marks"][0]["evidence"]["count"] == 7
    assert len(line["receipts"]) == 7


def test_whom_it_was_shared_with_has_to_do_with_it(
    staffed: DatedTown, home: dict[str, str]
) -> None:
    consent = consented(staffed, home)
    share = shared(staffed, home, {"kind": "consent", "consent": consent["id"]})
    path = f"/households/{home['household']}?after={share['position']}"
    opens(staffed, 1, NIGHT)
    assert staffed.get(path, "yamanaka").status_code == 200
    assert rules(found(staffed, home)) == {"same-surname", "off-hours"}
    assert staffed.get(path, "sato").status_code == 200
    assert [line["by"]["staff"] for line in found(staffed, home)] == [str(who("yamanaka"))]


def test_what_nobody_looked_into_stays_in_the_queue(
    staffed: DatedTown, home: dict[str, str], monday: date
) -> None:
    """Whatever comes later; and the list of its day says the same as on the day."""
    tries(staffed, home, "yamanaka", clock=NIGHT)
    (then,) = found(staffed, home)
    staffed.now += timedelta(days=300)
    assert found(staffed, home) == [then]
    assert found(staffed, home, f"alerts?from={monday}&to={monday}") == [then]


def test_an_alert_looked_into_leaves_the_queue_and_keeps_its_finding(
    staffed: DatedTown, home: dict[str, str], monday: date
) -> None:
    tries(staffed, home, "yamanaka")
    told = {"day": monday.isoformat(), "household": home["household"], "finding": "improper"}
    path = f"/staff/{who('yamanaka')}/alert-findings"
    home = {**home, **recorded(staffed, path, told, OFFICER)}
    assert found(staffed, home) == []
    (line,) = found(staffed, home, "alerts?state=done")
    assert line["looked"]["finding"] == "improper"
    assert line["looked"]["by"] == str(who(OFFICER))
    assert datetime.fromisoformat(line["looked"]["at"]) == staffed.now
    home |= recorded(staffed, path, {**told, "finding": "mistake"}, OFFICER)
    (line,) = found(staffed, home, "alerts?state=done")
    assert line["looked"]["finding"] == "mistake"


def test_only_another_of_the_privacy_office_says_what_it_was(staffed: DatedTown) -> None:
    told = {"day": staffed.now.date().isoformat(), "finding": "work"}
    own = f"/staff/{who(OFFICER)}/alert-findings"
    problem(staffed.post(own, told, OFFICER), 409, "OwnReads")
    problem(staffed.post(own, told, "endo"), 403, "RoleNeeded")
    tomorrow = {**told, "day": (staffed.now + timedelta(days=1)).date().isoformat()}
    path = f"/staff/{who('sato')}/alert-findings"
    problem(staffed.post(path, tomorrow, OFFICER), 409, "InTheFuture")


@pytest.fixture(scope="module")
def colleague(staffed: DatedTown) -> str:
    """Another officer, of another desk."""
    person = {"issuer": DEV_ISSUER, "subject": "ono", "name": "小野 進"}
    recorded(staffed, "/staff", person, ADMINISTRATOR)
    held = {"agency": "city", "desk": "citizens", "role": "privacy"}
    period = {"period": {"start": START.isoformat()}}
    recorded(staffed, f"/staff/{who('ono')}/appointments", {**held, **period}, ADMINISTRATOR)
    return "ono"


def asked(town: DatedTown, staff: str, path: str, position: str) -> list[Any]:
    answered = town.get(f"/audit/alerts?{path}&after={position}", staff, **AUDIT)
    assert answered.status_code == 200, answered.text
    lines: list[Any] = answered.json()["alerts"]
    return lines


def test_what_somebody_of_the_officers_desk_read_another_desk_looks_into(
    staffed: DatedTown, home: dict[str, str], monday: date, colleague: str
) -> None:
    tries(staffed, home, "honda", clock=NIGHT)
    day, about = f"from={monday}&to={monday}", home["household"]
    seen = {
        staff: [each["may_look"] for each in asked(staffed, staff, day, home["position"])]
        for staff in (OFFICER, colleague)
    }
    assert seen == {OFFICER: [False], colleague: [True]}
    path = f"/staff/{who('honda')}/alert-findings"
    told = {"day": monday.isoformat(), "household": about, "finding": "work"}
    problem(staffed.post(path, told, OFFICER), 409, "OwnReads")
    problem(staffed.post(path, {**told, "household": None}, OFFICER), 409, "OwnReads")
    assert staffed.post(path, told, colleague).status_code == 201


def test_what_an_officer_says_of_a_burst_says_nothing_of_whom_they_act_for(
    staffed: DatedTown, monday: date, colleague: str
) -> None:
    """They are not shown that it was among them; nor that others still have it to look into."""
    homes = [taken_in(staffed) for _ in range(8)]
    theirs = homes[0]
    task = {"person": theirs["person-0"], "kind": "guardian", "guardian": "某"}
    at = f"/households/{theirs['household']}/guardianships"
    begun = recorded(staffed, at, {**task, "staff": str(who(OFFICER))})
    for home in homes:
        tries(staffed, home, "sato")
    day, finding = f"from={monday}&to={monday}", f"/staff/{who('sato')}/alert-findings"
    told = {"day": monday.isoformat(), "finding": "work"}
    at_last = recorded(staffed, finding, told, OFFICER)["position"]

    def counts(staff: str, state: str, position: str) -> list[int]:
        lines = asked(staffed, staff, f"{day}&state={state}", position)
        return [line["marks"][0]["evidence"]["count"] for line in lines]

    assert (counts(OFFICER, "open", at_last), counts(OFFICER, "done", at_last)) == ([], [7])
    assert (counts(colleague, "open", at_last), counts(colleague, "done", at_last)) == ([8], [])
    over = recorded(staffed, f"{at}/{begun['fact']}/end", {"reason": "resigned"})["position"]
    for staff in (OFFICER, colleague):
        assert (counts(staff, "open", over), counts(staff, "done", over)) == ([8], [])
    settled = recorded(staffed, finding, told, colleague)["position"]
    for staff in (OFFICER, colleague):
        assert (counts(staff, "open", settled), counts(staff, "done", settled)) == ([], [8])


def test_of_a_burst_without_them_any_officers_word_counts(
    staffed: DatedTown, monday: date, colleague: str
) -> None:
    homes = [taken_in(staffed) for _ in range(7)]
    for home in homes:
        tries(staffed, home, "sato")
    told = {"day": monday.isoformat(), "finding": "work"}
    path = f"/staff/{who('sato')}/alert-findings"
    position = recorded(staffed, path, told, OFFICER)["position"]
    assert asked(staffed, colleague, f"from={monday}&to={monday}", position) == []


def test_a_long_queue_comes_page_by_page(staffed: DatedTown, monday: date) -> None:
    homes = [taken_in(staffed) for _ in range(3)]
    for home in homes:
        tries(staffed, home, "sato", days=1, clock=NIGHT)
    path = f"alerts?from={monday}&limit=2&after={homes[-1]['position']}"
    first = audit(staffed, path)
    rest = audit(staffed, f"{path}&cursor={first['next']}")
    assert rest["next"] is None
    lines = [*first["alerts"], *rest["alerts"]]
    assert [line["household"] for line in lines] == [home["household"] for home in homes]


def test_as_a_table_each_alert_is_a_line(
    staffed: DatedTown, home: dict[str, str], monday: date
) -> None:
    tries(staffed, home, "yamanaka")
    (line,) = sheet(staffed, f"alerts?from={monday}&to={monday}&after={home['position']}")
    assert (line["職員"], line["世帯"], line["点"]) == ("山中 花", home["household"], "9")
    assert line["規則"] == "同じ姓、関わりのない世帯"


def test_as_a_table_each_says_how_many_found_no_room_that_day(
    staffed: DatedTown, monday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [taken_in(staffed) for _ in range(3)]
    for home in homes:
        tries(staffed, home, "sato", clock=NIGHT)
    monkeypatch.setattr("domain.unusual.watching.A_DAY", 2)
    path = f"alerts?from={monday}&to={monday}&after={homes[-1]['position']}"
    told = audit(staffed, path)
    lines = sheet(staffed, path)
    assert (len(told["alerts"]), told["more"]) == (2, 1)
    assert [line["その日に載りきらなかった件数"] for line in lines] == ["1", "1"]


def test_to_ask_for_it_is_recorded(staffed: DatedTown, home: dict[str, str], monday: date) -> None:
    tries(staffed, home, "yamanaka")
    found(staffed, home, f"alerts?from={monday}")
    asked = audit(staffed, f"reads?staff={who(OFFICER)}")["reads"]
    assert ("book", "audit-alerts", home["household"]) in {
        (read["outcome"], read["view"], read["household"]) for read in asked
    }


def test_what_cannot_be_asked_is_refused(staffed: DatedTown) -> None:
    problem(staffed.get("/audit/alerts?from=soon", OFFICER, **AUDIT), 422, "Invalid")
    long = "/audit/alerts?from=2020-04-01&to=2022-04-01"
    problem(staffed.get(long, OFFICER, **AUDIT), 400, "PeriodTooLong")
    back = "/audit/alerts?from=2024-04-02&to=2024-04-01"
    problem(staffed.get(back, OFFICER, **AUDIT), 422, "FromAfterTo")


@pytest.mark.parametrize(
    "days", ["to=1850-01-01", "from=1850-01-01&to=1850-01-02", "from=9999-12-01&to=9999-12-31"]
)
def test_of_days_that_nobody_read_on_there_is_nothing(staffed: DatedTown, days: str) -> None:
    assert audit(staffed, f"alerts?{days}")["alerts"] == []


def test_until_the_end_of_time_is_until_today(staffed: DatedTown, monday: date) -> None:
    until = f"alerts?from={monday}&to="
    long = audit(staffed, f"{until}{monday + timedelta(366)}")
    assert long["alerts"] == audit(staffed, f"{until}{staffed.now.date()}")["alerts"]


def test_nobody_else_is_shown_the_list(staffed: DatedTown) -> None:
    problem(staffed.get("/audit/alerts", "tanaka", **AUDIT), 403, "RoleNeeded")
