"""Unusual reads: what each rule looks at, what it says, and what it leaves alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.unusual import End, Near, Reception, Tie
from domain.unusual.circumstances import bond
from domain.unusual.recent import Recent
from domain.unusual.rules import marks
from domain.unusual.thresholds import LISTED
from domain.unusual.visit import visits
from domain.values import Role, StaffId
from tests.domain.watch import (
    EVENING,
    HOME,
    MONDAY,
    NIGHT,
    OTHER,
    SATO,
    SUZUKI,
    TANAKA,
    alerts,
    family,
    later,
    office,
    over,
    read,
    rules,
    staff,
    tie,
)

ELSE = uuid4()


@pytest.mark.parametrize(
    ("ties", "near"),
    [
        ([], Near.NOBODY),
        ([tie(agency="hoken")], Near.NOBODY),
        ([tie(since=later(days=1).date())], Near.NOBODY),
        ([tie(desk="kazoku")], Near.AGENCY),
        ([tie(desk=None)], Near.DESK),
        ([tie()], Near.DESK),
        ([tie(staff=SATO)], Near.DESK),
        ([tie(staff=TANAKA), tie(agency="hoken")], Near.OWN),
        ([over(30, End.CLOSED)], Near.DESK),
        ([over(31, End.CLOSED)], Near.CLOSED),
        ([over(31, End.PASSED)], Near.LEFT),
        ([tie(agency="hoken", staff=TANAKA)], Near.LEFT),
    ],
)
def test_how_near_a_reader_is(ties: list[Tie], near: Near) -> None:
    assert bond(read(), ties).near is near


def test_a_stranger_alone_in_the_daytime_is_marked_and_not_listed() -> None:
    [visit] = visits(MONDAY.date(), [read()], office())
    [mark] = marks(visit, Recent())

    assert mark.rule == "no-relation"
    assert mark.evidence == {"agency": "shakyo", "desk": "sodan"}
    assert mark.points < LISTED
    assert alerts([read()]) == []


def test_a_stranger_in_the_evening_is_listed_with_both_marks() -> None:
    [alert] = alerts([read(EVENING)])

    assert [mark.rule for mark in alert.marks] == ["no-relation", "off-hours"]
    assert alert.marks[1].evidence == {"at": "18:30"}
    assert alert.sentence == "係にも機関にも関わりのない世帯です。時間外（18:30）の閲覧です。"
    assert (alert.rule, alert.rank, alert.receipts) == ("no-relation", 1, (read(EVENING).receipt,))


def test_night_weighs_more_than_evening() -> None:
    evening, night = alerts([read(EVENING)]), alerts([read(NIGHT)])

    assert night[0].score > evening[0].score
    assert "深夜（22:30）" in night[0].sentence


def test_a_holiday_is_off_hours() -> None:
    assert rules([read(later(days=-1))]) == {"no-relation", "off-hours"}


def test_a_slip_of_the_hand_weighs_little() -> None:
    known = office(tied={OTHER: [tie()]})

    assert alerts([read(EVENING), read(EVENING + timedelta(minutes=2), OTHER)], known) == []
    assert alerts([read(EVENING), read(EVENING + timedelta(minutes=4), OTHER)], known)


def test_whoever_has_just_taken_somebody_in_may_look_for_namesakes() -> None:
    taken = Reception(EVENING + timedelta(minutes=20), OTHER)
    known = office(
        taken_in={(TANAKA, MONDAY.date()): [taken]},
        households={HOME: family("森"), OTHER: family("森"), ELSE: family("林")},
    )

    assert alerts([read(EVENING)], known) == []
    assert alerts([read(EVENING, ELSE)], known)
    assert alerts([read(NIGHT)], known)


def test_whoever_came_may_have_no_name_yet() -> None:
    taken = Reception(EVENING + timedelta(minutes=20), OTHER)
    known = office(taken_in={(TANAKA, MONDAY.date()): [taken]}, households={HOME: family("森")})

    assert alerts([read(EVENING)], known) == []


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.IDENTITY, Role.PROTECTION])
def test_offices_that_read_widely_need_no_tie(role: Role) -> None:
    assert alerts([read(EVENING, role=role)]) == []


def test_reading_on_after_the_case_was_passed_on_says_since_when() -> None:
    known = office(tied={HOME: [over(60, End.PASSED)]})
    [first, again] = [read(), read(later(days=3))]
    [alert] = alerts([first, again], known)

    assert {mark.rule for mark in alert.marks} == {"ended", "again"}
    assert alert.marks[0].evidence == {"until": "2026-02-12", "days": 63}
    assert "関わりは63日前に終わっています。" in alert.sentence
    assert alert.receipts == (again.receipt, first.receipt)


def test_reading_on_from_another_office_after_a_move() -> None:
    known = office(tied={HOME: [tie(agency="hoken", staff=TANAKA)]})
    [alert] = alerts([read(), read(NIGHT)], known)

    assert "異動の前に担当していた世帯です。" in alert.sentence


def test_a_file_the_desk_itself_closed_weighs_little() -> None:
    known = office(tied={HOME: [over(200, End.CLOSED)]})

    assert alerts([read(EVENING)], known) == []
    assert rules([read(), read(later(days=3))], known) == {"ended", "again"}


def test_the_same_surname() -> None:
    known = office(
        tied={HOME: [tie()]}, households={HOME: family("森")}, staff={TANAKA: staff("森")}
    )
    [alert] = alerts([read()], known)

    assert alert.rule == "same-surname"
    assert alert.marks[0].evidence == {"bond": "desk"}
    assert alert.sentence == "閲覧した人と同じ姓の人がいる世帯です。"
    assert alerts([read(staff=SATO)], known) == []


def test_the_same_block() -> None:
    known = office(
        tied={HOME: [tie(desk="kazoku")]},
        households={HOME: family("森", "一丁目1")},
        staff={TANAKA: staff("林", "一丁目1"), SATO: staff("原", "二丁目9")},
    )

    assert rules([read()], known) == {"same-address"}
    assert rules([read(staff=SATO)], known) == set()


def test_the_family_of_a_colleague() -> None:
    known = office(
        tied={HOME: [tie()]},
        households={HOME: family("森", "一丁目1")},
        staff={TANAKA: staff("林"), SATO: staff("森", "一丁目1")},
    )
    [alert] = alerts([read()], known)

    assert (alert.rule, alert.sentence) == ("own-colleague", "同じ機関の職員の世帯とみられます。")


def test_somebody_on_the_staff_is_known_by_the_full_name_too() -> None:
    known = office(
        households={HOME: family("森", name="林 name")},
        staff={TANAKA: staff("原"), SATO: staff("林", agency="hoken"), SUZUKI: staff()},
    )

    assert rules([read()], known) == {"no-relation", "own-colleague"}
    assert "職員の世帯とみられます。" in alerts([read()], known)[0].sentence


def test_ones_own_household() -> None:
    known = office(
        tied={HOME: [tie()]},
        households={HOME: family("森", "一丁目1")},
        staff={TANAKA: staff("森", "一丁目1")},
    )

    assert rules([read()], known) == {"same-surname", "same-address", "own-colleague"}
    assert "閲覧した人自身の世帯" in alerts([read()], known)[0].sentence


def test_what_is_ones_own_work_weighs_half() -> None:
    known = office(
        tied={HOME: [tie(staff=TANAKA)]},
        households={HOME: family("森")},
        staff={TANAKA: staff("森")},
    )

    assert alerts([read()], known) == []


def test_a_crowd_of_strangers_names_all_their_receipts() -> None:
    reads = [read(later(days=day), staff=StaffId(uuid4())) for day in range(4)]
    [alert] = alerts(reads)

    assert {mark.rule for mark in alert.marks} == {"no-relation", "crowd"}
    assert alert.marks[1].evidence == {"readers": 4}
    assert set(alert.receipts) == {line.receipt for line in reads}


def test_strangers_far_apart_are_no_crowd() -> None:
    assert alerts([read(later(days=21 * n), staff=StaffId(uuid4())) for n in range(6)]) == []


def test_coming_again_without_a_tie() -> None:
    first, second = read(), read(later(days=20))
    [alert] = alerts([first, second])

    assert alert.marks[1].evidence == {"days": 2}
    assert alert.receipts == (second.receipt, first.receipt)
    assert alerts([read(), read(later(days=70))]) == []
