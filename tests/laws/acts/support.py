"""Assessment, outreach, participation, emergency help; closing, suspending, opening again."""

from datetime import timedelta
from functools import partial
from typing import Any

from domain.assessment import (
    JudgeEligibility,
    RecordAssessment,
    judge_eligibility,
    record_assessment,
)
from domain.closure import CloseSupport, SuspendSupport, close_support, suspend_support
from domain.emergency import ProvideShelter, provide_shelter
from domain.events.meeting import DecisionKind
from domain.events.resource import ResourceKind
from domain.household import Household
from domain.ledger import Stream
from domain.outreach import (
    AttemptOutreach,
    MakeContact,
    UseEntryService,
    attempt_outreach,
    make_contact,
    use_entry_service,
)
from domain.participation import (
    EndParticipation,
    MatchParticipation,
    StartParticipation,
    end_participation,
    match_participation,
    start_participation,
)
from domain.reopening import ReopenSupport, reopen_support
from domain.resource import Resource
from domain.resources import RegisterResource, register_resource
from tests.laws.acts.meeting import hold_sitting
from tests.laws.acts.record import consult, screen
from tests.laws.acts.said import about, words
from tests.laws.town import Town


def assess(town: Town) -> None:
    home = town.household()
    said = {
        "persons": [town.member(home)],
        "fields": town.some(["elderly", "disability", "children", "poverty"], 3),
        "wishes": words(town, home),
    }
    told = {**about(town, home), **said}
    town.do(
        record_assessment, RecordAssessment, Stream(Household, home), as_=town.insider(home), **told
    )


def judge(town: Town) -> None:
    home = Stream(Household, town.household())
    said = {"eligible": town.one([None, False]), "override_reason": "家族がそろって困っている"}
    town.do(judge_eligibility, JudgeEligibility, home, as_=town.worker(), **said)


def visit(town: Town) -> None:
    home = town.household()
    said = {"method": "outreach-methods-1", "person": town.member(home)}
    told = {**about(town, home), **said, "narrative": words(town, home)}
    stream, by = Stream(Household, home), town.worker()
    if town.seldom(0.5):
        town.do(attempt_outreach, AttemptOutreach, stream, as_=by, **told)
    else:
        town.do(make_contact, MakeContact, stream, as_=by, **told, met_person=True)


def help_in(town: Town) -> None:
    home = town.household()
    said = {**about(town, home), "service": "entry-services-1"}
    town.do(
        use_entry_service, UseEntryService, Stream(Household, home), as_=town.insider(home), **said
    )


def shelter(town: Town) -> None:
    home = town.household()
    said = {"person": town.member(home), "nights": 2, "yen": 9000}
    town.do(
        provide_shelter, ProvideShelter, Stream(Household, home), as_=town.insider(home), **said
    )


def take_part(town: Town) -> None:
    """Matched with a place and at work there; it ends, or goes on."""
    home, by = town.household(), town.worker()
    place = town.new_id("resource")
    there = Stream(Resource, place, new=True)
    told = {"kind": town.one(ResourceKind), "name": "ひろば"}
    town.do(register_resource, RegisterResource, there, as_=by, **told)
    key, stream = town.new_id("participation"), Stream(Household, home)
    said = {"person": town.member(home), "resource": place, "kind": "participation-kinds-1"}
    town.do(
        match_participation, MatchParticipation, stream, Stream(Resource, place), as_=by, **said
    )
    town.do(partial(start_participation, participation=key), StartParticipation, stream, as_=by)
    if town.seldom(0.6):
        decide, reason = (
            partial(end_participation, participation=key),
            "participation-end-reasons-1",
        )
        town.do(decide, EndParticipation, stream, as_=by, reason=reason)


def _ending(town: Town) -> dict[str, Any]:
    said: dict[str, Any] = {"narrative": "落ち着いた。"}
    if town.seldom(0.7):
        said["wish"] = "もう大丈夫"
    if town.seldom(0.5):
        said |= {"successor_agency": "centre", "successor_desk": "general"}
    return said


def close(town: Town) -> None:
    """What must come before is tried, or forgotten."""
    home = town.household()
    if town.seldom(0.5):
        consult(town)
        screen(town)
    if town.state(home).coordinated and town.seldom(0.6):
        hold_sitting(town, "support", DecisionKind.CLOSURE_APPROVED)
    said = {**_ending(town), "reason": "closure-reasons-1"}
    town.do(close_support, CloseSupport, Stream(Household, home), as_=town.insider(home), **said)


def suspend(town: Town) -> None:
    home = town.household()
    if town.seldom(0.5):
        return
    told = _ending(town)
    said = {name: told[name] for name in told if not name.startswith("successor")}
    day = (town.at.date() - timedelta(days=3)).isoformat()
    said["attempts"] = [{"on": day, "method": "outreach-methods-1"}]
    if town.state(home).coordinated and town.seldom(0.6):
        hold_sitting(town, "support", DecisionKind.SUSPENSION_CONFIRMED)
    reason = {"reason": "suspension-reasons-1"}
    stream = Stream(Household, home)
    town.do(suspend_support, SuspendSupport, stream, as_=town.insider(home), **said, **reason)


def reopen(town: Town) -> None:
    ended = [home for home in town.households if not town.state(home).is_open]
    home = town.one(ended or town.households)
    said = {"reason": "reopening-reasons-1"}
    stream = Stream(Household, home)
    town.do(reopen_support, ReopenSupport, stream, as_=town.insider(home), **said)


ACTS = (assess, judge, visit, help_in, shelter, take_part, close, suspend, reopen, reopen)
