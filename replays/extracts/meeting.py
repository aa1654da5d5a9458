"""会議・決定・支援プラン: rows of what was brought to a sitting, and of what came of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.meeting import (
    EligibilityJudged,
    EvaluationStage,
    MeetingDecided,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanRatifiedAfterwards,
)
from domain.events.sitting import (
    AgendaItemAdded,
    PresenceRecorded,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
    SittingWrittenUp,
)
from domain.events.support import SupportReopened
from replays.extracts.intervals import DAY, Facts, Following, Span, done, itself, lasting, whole
from replays.extracts.tables.kept import in_order
from replays.extracts.tables.meeting import Decisions, Items, Judgements, Plans, Reviews, Sittings

_HELD: dict[type[Fact], str] = {
    SittingCancelled: "cancelled",
    RoomOpened: "held",
    SittingWrittenUp: "held",
}


class _Convened(NamedTuple):
    """A sitting as it stands: what was convened, and what became of it."""

    fact: SittingConvened
    state: str

    @classmethod
    def of(cls, facts: Facts) -> "_Convened | None":
        convened = [told.fact for told in facts if isinstance(told.fact, SittingConvened)]
        states = [_HELD[type(told.fact)] for told in facts if type(told.fact) in _HELD]
        return cls(convened[-1], (["planned", *states])[-1]) if convened else None

    def span(self, row: tuple[object, ...]) -> Span:
        return Span(row, self.fact.held_on, self.fact.held_on + DAY, "day")


def _sitting(stream: UUID, facts: Facts) -> Iterator[Span]:
    if sat := _Convened.of(facts):
        yield sat.span(Sittings(stream, sat.fact.body, sat.state, sat.fact.extraordinary))


def _items(stream: UUID, facts: Facts) -> Iterator[Span]:
    sat = _Convened.of(facts)
    present = Counter(
        item
        for item, _ in {
            (told.fact.item, told.fact.attendee)
            for told in facts
            if isinstance(told.fact, PresenceRecorded)
        }
    )
    for told in facts if sat else ():
        if sat and isinstance(told.fact, AgendaItemAdded):
            item = told.fact
            what = (item.kind, item.basis, item.household, present[item.item])
            yield sat.span(Items(stream, item.item, sat.fact.body, sat.state, *what))


def _decision(stream: UUID, facts: Facts) -> Decisions:
    fact = facts[0].fact
    return Decisions(stream, fact.decision, fact.sitting, fact.item, fact.kind, fact.plan)


def _judgement(stream: UUID, facts: Facts) -> Judgements:
    fact = facts[0].fact
    found = in_order(fact.fields), in_order(fact.issues)
    return Judgements(stream, *found, fact.by_rule, fact.eligible)


def _plans(stream: UUID, facts: Facts, _: date) -> Iterator[Plans]:
    """A new cycle begins without the plans of the one before; they have ended."""
    plans: dict[UUID, Plans] = {}
    for told in facts:
        match told.fact:
            case PlanDrafted(plan=plan, persons=persons, replaces=replaces):
                plans[plan] = Plans(
                    stream, plan, "drafted", len(persons), replaces, None, None, None
                )
            case SupportReopened():
                plans = {plan: row._replace(state="ended") for plan, row in plans.items()}
            case fact:
                plans |= _changed(plans, fact)
    yield from plans.values()


def _changed(plans: dict[UUID, Plans], fact: object) -> dict[UUID, Plans]:
    match fact:
        case PlanDecided(plan=plan):
            begun = {plan: _begun(plans[plan], fact)} if plan in plans else {}
            before = {p: plans[p]._replace(state="ended") for p in plans if p == fact.replaces}
            return begun | before
        case PlanRatifiedAfterwards(plan=plan) if plan in plans:
            return {plan: plans[plan]._replace(ratify_by=None)}
        case PlanEvaluated(plan=plan) if plan in plans:
            row = plans[plan]
            ended = row.state == "ended" or fact.stage is EvaluationStage.FINAL
            review_on = fact.review_on or row.review_on
            return {plan: row._replace(state="ended" if ended else row.state, review_on=review_on)}
        case _:
            return {}


def _begun(row: Plans, fact: PlanDecided) -> Plans:
    """What has ended is not begun again."""
    return row._replace(
        state="ended" if row.state == "ended" else "decided",
        starts_on=fact.starts_on,
        review_on=fact.review_on,
        ratify_by=fact.ratify_by,
    )


def _review(stream: UUID, facts: Facts) -> Reviews:
    fact = facts[0].fact
    at = (fact.plan, fact.sitting, fact.item)
    return Reviews(stream, *at, fact.stage, fact.outcome, fact.review_on)


FOLLOWING = (
    Following(dict.fromkeys((SittingConvened, *_HELD), whole), _sitting),
    Following(
        dict.fromkeys((SittingConvened, *_HELD, AgendaItemAdded, PresenceRecorded), whole), _items
    ),
    Following({MeetingDecided: itself}, done(_decision)),
    Following({EligibilityJudged: itself}, done(_judgement)),
    Following(
        dict.fromkeys(
            (PlanDrafted, PlanDecided, PlanRatifiedAfterwards, PlanEvaluated, SupportReopened),
            whole,
        ),
        lasting(_plans),
    ),
    Following({PlanEvaluated: itself}, done(_review)),
)
