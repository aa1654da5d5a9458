"""仕事としての関わり: who has worked on a case, or sat where it was taken up."""

import psycopg
import pytest

from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    PresenceRecorded,
    SittingConvened,
)
from projections.runner import Runner
from projections.work import sat
from tests.projections.facts import MOTHER, NURSE, fact, new
from tests.projections.given import Told


@pytest.mark.parametrize(
    ("seat", "worked"),
    [
        ({"kind": "staff"}, True),
        ({"kind": "outside"}, True),
        ({"kind": "person", "person": MOTHER}, False),
    ],
)
def test_whoever_sat_there_for_their_agency_worked_on_the_case_and_no_relative(
    url: str, told: Told, runner: Runner, seat: dict[str, object], *, worked: bool
) -> None:
    sitting, household, item, attendee = new(), new(), new(), new()
    who = {"staff": NURSE.staff, "agency": "hoken", "capacity": "出席者", **seat}
    told(
        sitting,
        fact(SittingConvened, body="shien", held_on="2026-04-10"),
        fact(AgendaItemAdded, item=item, kind="case", basis="support", title="議題",
             household=household),
        fact(AttendeeInvited, attendee=attendee, items=(item,), **who),
        fact(PresenceRecorded, item=item, attendee=attendee, capacity="出席者"),
    )  # fmt: skip
    runner.catch_up()
    with psycopg.connect(url) as connection:
        found = sat(connection, [household])[household]
    assert [(each.agency, each.staff) for each in found] == [("hoken", NURSE.staff)] * worked
