"""Sittings, what they take up and decide, and plans."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.convening import (
    AddAgendaItem,
    CancelSitting,
    CloseRoom,
    ConveneSitting,
    InviteAttendee,
    NotifyDuty,
    OpenRoom,
    RecordDeparture,
    RecordPresence,
    WriteUpSitting,
    add_agenda_item,
    cancel_sitting,
    close_room,
    convene_sitting,
    invite_attendee,
    notify_duty,
    open_room,
    record_departure,
    record_presence,
    write_up_sitting,
)
from domain.events.meeting import DecisionKind, EvaluationOutcome, EvaluationStage
from domain.household import Household
from domain.ledger import Decision, Stream
from domain.meeting import (
    BringToSitting,
    DecideInMeeting,
    StudyCase,
    bring_to_sitting,
    decide_in_meeting,
    study_case,
)
from domain.plan import (
    DecidePlan,
    DraftPlan,
    EvaluatePlan,
    RatifyPlan,
    decide_plan,
    draft_plan,
    evaluate_plan,
    ratify_plan,
)
from domain.sitting import Sitting
from domain.values import Command
from tests.domain.given import CONVENER, COORDINATOR, COUNSELLOR
from tests.laws.acts.consenting import consent_of_all
from tests.laws.acts.said import about, sitting, versions, words
from tests.laws.acts.sharing import share_in_room
from tests.laws.town import Town

_OFFICE = (COORDINATOR, CONVENER)


def _run(town: Town, decide: Decision, kind: type[Command], key: UUID, /, **said: Any) -> bool:
    """Something about the sitting itself, left out at times."""
    if town.seldom():
        return False
    by = town.worker(*_OFFICE)
    tried = town.do(decide, kind, Stream(Sitting, key), as_=by, **said)
    return tried is not None and tried.recorded


def convene(town: Town) -> UUID | None:
    key, day = town.new_id("sitting"), town.at.date() + timedelta(days=town.either(0, 9))
    body = town.either("both", town.one(["support", "layered", "children"]))
    said = {"body": body, "held_on": day}
    stream = Stream(Sitting, key, new=True)
    done = town.do(convene_sitting, ConveneSitting, stream, as_=town.worker(*_OFFICE), **said)
    if not (done and done.recorded):
        return None
    town.sittings.append(key)
    return key


def hold_sitting(town: Town, basis: str | None = None, kind: DecisionKind | None = None) -> None:
    """From the summons to the minutes, of which anything may be missing."""
    home, key = town.household(), convene(town)
    if key is None:
        return
    item = town.new_id("item")
    on = basis or town.one(["support", "layered"])
    said = {"item_basis": on, "title": "世帯について", "household": home}
    _run(town, add_agenda_item, AddAgendaItem, key, **said)
    for agency in {"centre": 0, **dict.fromkeys(town.some(["shakyo", "clinic", "city"], 3))}:
        _attend(town, key, item, agency)
    _run(town, open_room, OpenRoom, key)
    _bring(town, home, key, item)
    if on == "support" and town.seldom(0.6):
        share_in_room(town, home, key, item)
    if town.seldom(0.8):
        _decide(town, home, key, item, kind)
    if town.seldom(0.5):
        _run(town, close_room, CloseRoom, key)
        minutes = [{"text": "話し合った。", "item": item}]
        _run(town, write_up_sitting, WriteUpSitting, key, minutes=minutes)


def _attend(town: Town, key: UUID, item: UUID, agency: str) -> None:
    attendee = town.new_id("attendee")
    kind = town.either("staff", "outside")
    invited = {"kind": kind, "agency": agency, "capacity": "構成員"}
    _run(town, invite_attendee, InviteAttendee, key, **invited)
    duty = {"attendee": attendee, "text_version": "r8", "pledged": town.seldom(0.5)}
    _run(town, notify_duty, NotifyDuty, key, **duty)
    _run(town, record_presence, RecordPresence, key, item=item, attendee=attendee)
    if town.seldom():
        _run(town, record_departure, RecordDeparture, key, item=item, attendee=attendee)


def _bring(town: Town, home: UUID, key: UUID, item: UUID) -> None:
    streams = Stream(Household, home), Stream(Sitting, key)
    members = [*town.state(home).people.members]
    said = {
        **about(town, home),
        "subjects": members if town.seldom(0.6) else town.some(members, 2, 1),
        "sitting": key,
        "item": item,
        "tabled": versions(town, home),
        "narrative": words(town, home),
    }
    tabled = said if town.seldom(0.4) else {**said, "tabled": ()}
    by = town.insider(home, COUNSELLOR)
    town.do(bring_to_sitting, BringToSitting, *streams, as_=by, **tabled)


def _decide(town: Town, home: UUID, key: UUID, item: UUID, kind: DecisionKind | None) -> None:
    streams = Stream(Household, home), Stream(Sitting, key)
    plans = list(town.state(home).planning.plans)
    kind = kind or town.one(DecisionKind)
    approves = kind is DecisionKind.PLAN_APPROVED
    said: dict[str, Any] = {"sitting": key, "item": item, "kind": kind}
    if town.either(approves, not approves):
        said["plan"] = town.thing(plans[-1:])
    if town.seldom(0.7):
        said |= {"successor_agency": "shakyo", "successor_desk": "support"}
    if town.seldom(0.4):
        role = {"agency": town.one(["centre", "shakyo"]), "task": "訪問", "needed": "様子"}
        said["roles"] = [role]
    town.do(decide_in_meeting, DecideInMeeting, *streams, as_=town.worker(*_OFFICE), **said)


def study(town: Town) -> None:
    home = town.household()
    named = sitting(town, home)
    if named["kind"] == "sitting":
        streams = Stream(Household, home), Stream(Sitting, named.pop("sitting"))
        said = {"sitting": streams[1].id, "item": named["item"], "narrative": words(town, home)}
        town.do(study_case, StudyCase, *streams, as_=town.insider(home), **said)


def cancel(town: Town) -> None:
    if town.sittings:
        _run(town, cancel_sitting, CancelSitting, town.one(town.sittings), reason="都合による")


def draft(town: Town) -> UUID:
    home, key = town.household(), town.new_id("plan")
    said = about(town, home)
    persons = town.some(town.state(home).people.members, 2, 1)
    said |= {"persons": persons, "goals": "朝起きる", "subjects": persons}
    if town.seldom(0.2):
        said["replaces"] = town.thing(town.state(home).planning.plans)
    town.do(draft_plan, DraftPlan, Stream(Household, home), as_=town.insider(home), **said)
    return key


def decide(town: Town, key: UUID | None = None) -> None:
    home, today = town.household(), town.at.date()
    key = key or town.thing(town.state(home).planning.plans)
    said: dict[str, Any] = {"starts_on": today}
    if town.seldom(0.3):
        said["ratify_by"] = today + timedelta(days=town.chance.randrange(40))
    if town.seldom(0.3):
        said["review_on"] = today + timedelta(days=town.chance.randrange(200))
    how: Decision = decide_plan
    step = partial(how, plan=key)
    town.do(step, DecidePlan, Stream(Household, home), as_=town.insider(home), **said)


def ratify(town: Town) -> None:
    home = town.household()
    how: Decision = ratify_plan
    step = partial(how, plan=town.thing(town.state(home).planning.plans))
    town.do(step, RatifyPlan, Stream(Household, home), as_=town.insider(home))


def plan(town: Town) -> None:
    """Consented, drafted, approved and decided — in this order, unless something goes wrong."""
    if not town.seldom(0.2):
        consent_of_all(town)
    key = draft(town)
    if not town.seldom(0.2):
        hold_sitting(town, town.one(["layered", "layered", "support"]), DecisionKind.PLAN_APPROVED)
    decide(town, key)


def evaluate(town: Town) -> None:
    home = town.household()
    named = sitting(town, home)
    if named["kind"] != "sitting":
        return
    how: Decision = evaluate_plan
    step = partial(how, plan=town.thing(town.state(home).planning.plans))
    streams = Stream(Household, home), Stream(Sitting, named["sitting"])
    said = {
        "sitting": named["sitting"],
        "item": named["item"],
        "stage": town.one(EvaluationStage),
        "outcome": town.one(EvaluationOutcome),
    }
    town.do(step, EvaluatePlan, *streams, as_=town.worker(*_OFFICE), **said)


def meet(town: Town) -> None:
    hold_sitting(town)


def sit_and_summon(town: Town) -> None:
    convene(town)


ACTS = (meet, meet, sit_and_summon, study, cancel, plan, ratify, evaluate)
