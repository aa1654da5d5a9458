"""Where each fact stands in the register of sittings, those of households included."""

from collections.abc import Iterable
from typing import Any

from domain.events import meeting, sitting
from domain.ledger import Recorded
from projections.projection import Projection
from projections.table import Row, Table

SITTINGS = Table(
    "sittings",
    {
        "sitting": "uuid",
        "item": "uuid",
        "body": "text",
        "held_on": "date",
        "at": "timestamptz",
        "agency": "text",
        "household": "uuid",
        "person": "uuid",
        "staff": "uuid",
    },
    (
        "(sitting)",
        "(held_on) WHERE key = 'sitting'",
        "(agency) WHERE agency IS NOT NULL",
        "(household) WHERE household IS NOT NULL",
        "(person) WHERE person IS NOT NULL",
        "(agency) WHERE person IS NOT NULL",
        "(staff) WHERE staff IS NOT NULL",
    ),
)
_WHOLE = (
    sitting.RoomOpened | sitting.RoomClosed | sitting.SittingWrittenUp | sitting.SittingCancelled
)
_LINKED = (
    meeting.BroughtToSitting
    | meeting.PersonsHeldBack
    | meeting.MeetingDecided
    | meeting.CaseStudied
    | meeting.PlanDecided
    | meeting.PlanRatifiedAfterwards
    | meeting.PlanEvaluated
)


def rows(recorded: Recorded) -> Iterable[Row]:
    """`agency` names those who have a part in it: who convene it or keep its record, and who are
    invited; `staff`, who comes for a `person`.
    """
    fact = recorded.fact
    here: dict[str, Any] = {"sitting": recorded.stream}
    match fact:
        case sitting.SittingConvened():
            held = {"body": fact.body, "held_on": fact.held_on, "agency": fact.label.agency}
            yield Row(SITTINGS, "sitting", {**here, **held})
            for agency in set(fact.offices) - {fact.label.agency}:
                yield Row(SITTINGS, f"office:{agency}", {**here, "agency": agency}, told=False)
        case sitting.AgendaItemAdded():
            columns = {**here, "item": fact.item, "household": fact.household}
            yield Row(SITTINGS, f"item:{fact.item}", columns)
        case sitting.AttendeeInvited():
            comes = {"person": fact.person, "staff": fact.staff if fact.person else None}
            columns = {**here, "agency": fact.agency, **comes}
            yield Row(SITTINGS, f"attendee:{fact.attendee}", columns)
        case sitting.DutyNotified():
            yield Row(SITTINGS, f"attendee:{fact.attendee}", here)
        case sitting.PresenceRecorded() | sitting.PresenceEnded():
            columns = {**here, "item": fact.item, "at": recorded.recorded_at}
            yield Row(SITTINGS, f"presence:{recorded.version:06d}", columns)
        case sitting.PaperGivenOut() | sitting.PaperTakenBack():
            yield Row(SITTINGS, f"paper:{fact.paper}", here)
    if isinstance(fact, _WHOLE):
        room = isinstance(fact, sitting.RoomOpened | sitting.RoomClosed)
        key = f"room:{recorded.version:06d}" if room else "sitting"
        yield Row(SITTINGS, key, {**here, "at": recorded.recorded_at if room else None})
    if isinstance(fact, _LINKED) and fact.sitting:
        columns = {"sitting": fact.sitting, "item": fact.item}
        yield Row(SITTINGS, f"linked:{recorded.version:06d}", columns)


PROJECTION = Projection("sittings", 6, (SITTINGS,), rows)
