"""Unusual reads: bursts, the bound of a day's list, and the laws over any reads."""

from datetime import timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.unusual import ReadLine, ReceiptRef, Reception, watched
from domain.unusual.thresholds import A_DAY, LISTED
from domain.values import Capacity, Role, StaffId
from tests.domain.watch import (
    EVENING,
    HOME,
    MONDAY,
    NIGHT,
    TANAKA,
    alerts,
    family,
    later,
    office,
    read,
    rules,
    tie,
)


def _hour(count: int, begin: int = 0, **given: object) -> list[ReadLine]:
    at = [later(days=begin, minutes=3 * n) for n in range(count)]
    return [read(at[n], uuid4(), **given) for n in range(count)]


def test_a_burst_is_one_alert_for_the_whole_hour() -> None:
    reads = _hour(7)
    [alert] = alerts(reads)

    assert (alert.rule, alert.household) == ("burst", None)
    assert alert.marks[0].evidence == {"count": 7, "usual": 0.0, "from": "10:00"}
    assert {mark.rule for mark in alert.marks} == {"burst", "no-relation"}
    assert alert.receipts == tuple(line.receipt for line in reads)
    held = Capacity(agency="shakyo", desk="sodan", role=Role.COUNSELLOR)
    assert (alert.day, alert.staff, alert.first.capacity) == (MONDAY.date(), TANAKA, held)


def test_searches_are_steps_of_a_burst_and_what_else_was_read_in_it_is_named() -> None:
    known = office(tied={HOME: [tie()]}, households={HOME: family("森")})
    searches = [read(later(minutes=n), None, view="search") for n in range(0, 16, 2)]
    between = read(later(minutes=7))
    [alert] = alerts([*searches, between], known)

    assert alert.marks[0].evidence["count"] == 8
    assert between.receipt in alert.receipts


def test_after_hours_four_are_many() -> None:
    late = EVENING - MONDAY
    known = office(tied={HOME: [tie(desk="kazoku")]})
    searches = [read(later(minutes=n) + late, None, view="search") for n in (0, 4, 8, 12)]
    between = read(later(minutes=10) + late)

    assert rules([*searches, between], known) == {"burst", "off-hours"}
    assert alerts([*searches[:3], between], known) == []


def test_a_search_for_whoever_is_at_the_window_is_no_step() -> None:
    taken = Reception(later(minutes=30), HOME)
    known = office(taken_in={(TANAKA, MONDAY.date()): [taken]})

    assert alerts([read(later(minutes=n), None, view="search") for n in range(20)], known) == []


def test_six_in_an_hour_or_seven_in_two_are_no_burst() -> None:
    slowly = [read(later(minutes=11 * n), uuid4()) for n in range(7)]

    assert alerts(_hour(6)) == alerts(slowly) == []


def test_households_of_ones_own_agency_make_no_burst() -> None:
    reads = _hour(20)
    known = office(tied={line.household: [tie(desk="kazoku")] for line in reads})

    assert alerts(reads, known) == []


def test_a_burst_is_measured_against_the_readers_own_pace() -> None:
    often = [line for day in range(5) for line in _hour(6, day)]

    assert alerts([*often, *_hour(12, 7)]) == []
    assert rules([*often, *_hour(18, 7)]) == {"burst", "no-relation"}
    assert rules([*often, *_hour(12, 70)]) == {"burst", "no-relation"}


def test_a_household_listed_among_others_was_not_opened() -> None:
    assert alerts([read(NIGHT, view="households"), read(NIGHT, view="search")]) == []


def test_a_burst_keeps_of_each_rule_what_weighs_most() -> None:
    night = NIGHT - MONDAY
    reads = [line._replace(at=line.at + night - timedelta(minutes=50)) for line in _hour(12)]
    [alert] = alerts(reads)

    assert sorted(mark.rule for mark in alert.marks) == ["burst", "no-relation", "off-hours"]
    assert "深夜" in alert.sentence


def test_refused_reads_count_like_any_other() -> None:
    assert rules([read(EVENING, outcome="refused")]) == {"no-relation", "off-hours"}


def test_a_day_lists_twenty_and_counts_the_rest() -> None:
    reads = [read(EVENING, uuid4(), staff=StaffId(uuid4())) for _ in range(25)]
    reads += [read(NIGHT, staff=StaffId(uuid4()))]
    [day] = watched(reads, office())

    assert (len(day.alerts), day.more) == (A_DAY, 6)
    assert [alert.rank for alert in day.alerts] == list(range(1, A_DAY + 1))
    assert day.alerts[0].household == HOME


_MINUTES = st.integers(0, 60 * 24 * 5)
_READS = st.lists(
    st.builds(
        lambda minutes, household, who, view: read(
            later(minutes=minutes),
            household,
            staff=who,
            view=view,
            receipt=ReceiptRef(who, minutes),
        ),
        _MINUTES,
        st.sampled_from([uuid4() for _ in range(40)]),
        st.sampled_from([StaffId(uuid4()) for _ in range(12)]),
        st.sampled_from(["case", "timeline", "search"]),
    ),
    max_size=120,
)


@given(_READS)
def test_work_in_working_hours_never_alerts(reads: list[ReadLine]) -> None:
    """Whoever has a tie, in working hours, with no other mark."""
    at_work = [line for line in reads if office().is_open(line.at) and line.view != "search"]
    known = office(tied={line.household: [tie(desk="kazoku")] for line in reads})

    assert alerts(at_work, known) == []


@given(_READS)
def test_no_day_lists_more_than_its_bound_and_nothing_is_lost(reads: list[ReadLine]) -> None:
    ordered = sorted(reads, key=lambda line: line.at)
    receipts = {line.receipt for line in ordered}
    for day in watched(ordered, office()):
        assert len(day.alerts) <= A_DAY
        assert day.more == 0 or len(day.alerts) == A_DAY
        assert all(alert.score >= LISTED and alert.marks for alert in day.alerts)
        assert all(set(alert.receipts) <= receipts for alert in day.alerts)


@given(_READS)
def test_the_same_reads_give_the_same_lists_and_later_reads_change_no_earlier_day(
    reads: list[ReadLine],
) -> None:
    ordered = sorted(reads, key=lambda line: line.at)
    earlier = [line for line in ordered if line.at < later(days=2)]
    earlier = [line for line in earlier if line.day <= later(days=1).date()]
    whole = [day for day in watched(ordered, office()) if day.day <= later(days=1).date()]

    assert whole == list(watched(earlier, office()))
