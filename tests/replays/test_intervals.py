"""The interval tables say on any two days what the domain itself makes of the facts so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import CATALOGUE, Fact
from domain.events.consent import ConsentGiven
from domain.events.intake import ConsultationReceived
from domain.events.meeting import PlanDecided, PlanDrafted, PlanEvaluated
from domain.events.membership import HouseholdOpened, HouseholdSplit, MemberJoined, MemberLeft
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.household import Household
from domain.labels import Tag
from domain.recorded import CORRECTIONS, Recorded, effective, fold
from domain.values import JST, UNKNOWN_DAY, Period, earliest
from replays.extracts import FOLLOWING
from replays.extracts.intervals import Interval, Intervals
from replays.extracts.tables import Row
from replays.extracts.tables.contact import Consultations, Participations, Referrals
from replays.extracts.tables.household import Departures, Households, Leads, Members
from replays.extracts.tables.meeting import Plans
from replays.extracts.tables.sharing import Consents
from tests.facts import AUTHOR, ids, model, recorded

_SUBJECTS = [
    [CATALOGUE[name] for name in names.split()]
    for names in (
        "MemberJoined MemberJoined MemberLeft HouseholdSplit HouseholdSplit HouseholdsMerged",
        "SupportClosed SupportReopened SupportSuspended LeadAgencyNamed WorkHandedOver",
        "ReferralMade ReferralMade ReferralAccepted ReferralReturned ReferralWithdrawn",
        "ConsentGiven ConsentGiven ConsentWithdrawn SupportReopened HouseholdsMerged",
        "PlanDrafted PlanDecided PlanEvaluated PlanRatifiedAfterwards SupportReopened",
        "ParticipationMatched ParticipationStarted ParticipationEnded NoteKept",
        "ConsultationReceived ConsultationReceived ConsultationScreened SupportClosed",
    )
]
_SOME = settings(max_examples=max(1, settings().max_examples * 2 // 5))
_BEGUN = datetime(2025, 1, 10, 14, 30, tzinfo=UTC)
Facts = Sequence[Recorded]


@st.composite
def _histories(draw: st.DrawFn) -> list[Recorded]:
    """Anything at all about one household, late, vaguely dated, corrected and taken back."""
    stream, kinds = draw(ids), draw(st.sampled_from(_SUBJECTS))
    facts: list[Fact] = [_dated(draw, draw(model(HouseholdOpened)))]
    for _ in range(draw(st.integers(1, 18))):
        facts.append(_next(draw, facts, kinds))
    at, history = _BEGUN, []
    for version, fact in enumerate(facts, 1):
        at += timedelta(hours=draw(st.sampled_from((0, 1, 9, 30, 200, 900))))
        history.append(Recorded(stream, version, version, at, None, AUTHOR, fact))
    return history


def _next(draw: st.DrawFn, facts: list[Fact], kinds: Sequence[type[Fact]]) -> Fact:
    new = _dated(draw, draw(model(draw(st.sampled_from(kinds)))))
    what = draw(st.integers(0, 9))
    if what > 1:
        return new
    of = draw(st.integers(1, len(facts)))
    if isinstance(facts[of - 1], HouseholdOpened | FactCorrected | MisfiledRecordWithdrawn):
        return new
    if what:
        withdrawn = draw(model(MisfiledRecordWithdrawn))
        return MisfiledRecordWithdrawn.model_validate({**dict(withdrawn), "facts": (of,)})
    again = _dated(draw, draw(model(type(facts[of - 1])))) if draw(st.booleans()) else None
    named = type(again).__name__ if again else None
    corrected: Fact = draw(model(FactCorrected))
    return corrected.model_copy(update={"of": of, "replacement": again, "replacement_kind": named})


def _dated(draw: st.DrawFn, fact: Fact) -> Fact:
    """A day, a month or a year of few, or nobody knows."""
    length = draw(st.sampled_from((10, 10, 10, 7, 4, 0)))
    changed: dict[str, Any] = {"occurred_on": _soon(fact.occurred_on)[:length] or UNKNOWN_DAY}
    if isinstance(fact, MemberJoined):
        length = draw(st.sampled_from((10, 10, 7, 4, 0)))
        changed["since"] = _soon(fact.since)[:length] or UNKNOWN_DAY
    if isinstance(fact, ConsentGiven):
        start = date.fromisoformat(_soon(fact.period.start.isoformat()))
        end = draw(st.sampled_from((None, start, start + timedelta(days=60))))
        changed["period"] = Period(start=start, end=end)
    return fact.model_copy(update=changed)


def _soon(day: str) -> str:
    """The same day of one year, so that much falls together."""
    return "2025" + day[4:].replace("-02-29", "-02-28")


def _as_of(intervals: Sequence[Interval], true_at: date, known_at: date) -> list[Row]:
    def holds(since: date, until: date | None, day: date) -> bool:
        return since <= day and (until is None or day < until)

    return [
        span.row
        for span, known_from, known_to in intervals
        if holds(span.since, span.until, true_at) and holds(known_from, known_to, known_at)
    ]


def _intervals(history: Facts) -> list[Interval]:
    return list(Intervals(FOLLOWING).of(history))


def _day(told: Recorded) -> date:
    return told.recorded_at.astimezone(JST).date()


def _so_by(history: Facts, true_at: date, known_at: date) -> list[Recorded]:
    """Naively: what was recorded by the evening of one day, and so by the other."""
    known = effective([told for told in history if _day(told) <= known_at])
    return [
        told
        for told in known
        if told.kind not in CORRECTIONS and _first_day(told, known) <= true_at
    ]


def _first_day(told: Recorded, known: Facts) -> date:
    fact = told.fact
    day = fact.occurred_on
    if isinstance(fact, MemberJoined) and fact.since != UNKNOWN_DAY:
        splits = [(other.fact, _first_day(other, [])) for other in known]
        founded = [
            day
            for split, day in splits
            if isinstance(split, HouseholdSplit) and split.target == told.stream
        ]
        return max([earliest(fact.since), *founded])
    return _day(told) if day == UNKNOWN_DAY else earliest(day)


def _expected(history: Facts, true_at: date, known_at: date) -> dict[str, Any]:
    """What the domain's own state makes of them."""
    facts = _so_by(history, true_at, known_at)
    home = fold(Household(history[0].stream), facts)
    opened = any(told.kind is HouseholdOpened for told in facts)
    merged = home.people.merged_into is not None
    people = home.people.members.items()
    return {
        "state": ("merged" if merged else home.support.status, home.support.cycle)
        if opened
        else None,
        "lead": (lead.agency, lead.desk) if (lead := home.lead_on(true_at)) else None,
        "members": {(p, m.relation, m.membership) for p, m in people if not (m.left or merged)},
        "referrals": {(r, told.status) for r, told in home.referrals.referrals.items()},
        "consents": {
            (consent, *part)
            for consent, told in home.consents.consents.items()
            for part in _parts(told.said[0][1]) - told.cut
            if not (merged or told.lapsed) and told.period.covers(true_at)
        },
        "plans": {
            (plan, "ended" if told.ended else "decided" if told.decided else "drafted")
            for plan, told in home.planning.plans.items()
            if told.persons
        },
        "participations": dict(home.support.participations),
    }


def _parts(given: Any) -> set[tuple[str, str, str]]:
    return {(a, c, p) for a in given.agencies for c in given.categories for p in given.purposes}


def _shown(rows: Sequence[Row], expected: dict[str, Any]) -> dict[str, Any]:
    state = [(row.state, row.cycle) for row in rows if isinstance(row, Households)]
    lead = [(row.agency, row.desk) for row in rows if isinstance(row, Leads)]
    plans = {plan for plan, _ in expected["plans"]}
    known = expected["participations"]
    shown = {row.participation: row.state for row in rows if isinstance(row, Participations)}
    return {
        "state": state[0] if state else None,
        "lead": lead[0] if lead else None,
        "members": {
            (row.person, row.relation, row.membership) for row in rows if isinstance(row, Members)
        },
        "referrals": {(row.referral, row.state) for row in rows if isinstance(row, Referrals)},
        "consents": {
            (row.consent, *part)
            for row in rows
            if isinstance(row, Consents)
            for part in _parts(row)
        },
        # a new cycle begins without the plans of the last, which the tables go on to show as ended
        "plans": {(r.plan, r.state) for r in rows if isinstance(r, Plans) and r.plan in plans},
        # the domain follows a 参加 whose matching was taken back, the tables do not
        "participations": {**known, **shown},
    }


_ANY_DAY = st.dates(date(2024, 12, 31), date(2026, 3, 1))


@given(_histories(), st.lists(st.tuples(_ANY_DAY, _ANY_DAY), min_size=25, max_size=25))
def test_the_tables_say_what_was_so_and_known_on_any_two_days(
    history: list[Recorded], asked: list[tuple[date, date]]
) -> None:
    intervals, turns = _intervals(history), [_day(told) for told in history]
    for true_at, known_at in [*asked, *((day, day) for day in turns), (date.max, date.max)]:
        expected = _expected(history, true_at, known_at)
        assert _shown(_as_of(intervals, true_at, known_at), expected) == expected


@_SOME
@given(_histories())
def test_consultations_are_counted_on_their_day_as_known(history: list[Recorded]) -> None:
    """By their route, unless it would tell of who informed of it (rule 31)."""
    for known_at in {_day(told) for told in history}:
        known = effective([told for told in history if _day(told) <= known_at])
        naive: dict[UUID, tuple[date, str | None]] = {}
        for told in known:
            if isinstance(told.fact, ConsultationReceived):
                tip = Tag.INFORMANT in told.fact.label.tags
                first = _first_day(told, known), None if tip else told.fact.route
                naive.setdefault(told.fact.consultation, first)
        shown = {
            span.row.consultation: (span.since, span.row.route)
            for span, since, until in _intervals(history)
            if isinstance(span.row, Consultations)
            and since <= known_at
            and (until is None or known_at < until)
        }
        assert shown == {key: told for key, told in naive.items() if key in shown}
        assert naive.keys() - shown.keys() <= _screened_first(known)


def _screened_first(known: Facts) -> set[UUID]:
    """In no real history: a screening in the log before what it screens."""
    first: dict[UUID, Recorded] = {}
    for told in known:
        if consultation := getattr(told.fact, "consultation", None):
            first.setdefault(consultation, told)
    return {key for key, told in first.items() if told.kind is not ConsultationReceived}


@_SOME
@given(_histories(), st.integers(1, 400))
def test_a_late_entry_changes_nothing_known_before(history: list[Recorded], days: int) -> None:
    late = replace(
        history[-1],
        version=history[-1].version + 1,
        recorded_at=history[-1].recorded_at + timedelta(days=days),
    )
    before = {(span, known) for span, known, _ in _intervals(history)}
    after = _intervals([*history, late])

    assert before <= {(span, known) for span, known, _ in after}
    assert all(known >= _day(late) for span, known, _ in after if (span, known) not in before)


@_SOME
@given(_histories())
def test_no_row_was_true_or_known_for_no_time(history: list[Recorded]) -> None:
    for span, known_from, known_to in _intervals(history):
        assert span.until is None or span.since < span.until
        assert known_to is None or known_from < known_to


_STREAM, _OTHER, _PERSON, _PLAN = (UUID(int=number) for number in range(1, 5))


def _stated(kind: type[Fact], on: str, **said: Any) -> Fact:
    label = {"agency": "shakyo", "desk": "sodan", "category": "progress"}
    return kind.model_validate({"occurred_on": on, "label": label, **said})


def test_a_consent_ends_with_its_last_day() -> None:
    consent = _stated(
        ConsentGiven,
        "2025-03-20",
        consent=_OTHER,
        person=_PERSON,
        giver=_PERSON,
        authority="self",
        able=True,
        method="written",
        text_version="r7",
        agencies=("shakyo",),
        categories=("progress",),
        purposes=("support",),
        period={"start": "2025-04-01", "end": "2025-09-30"},
    )

    [(span, *_)] = _intervals(recorded(_STREAM, [consent]))

    assert (span.since, span.until) == (date(2025, 4, 1), date(2025, 10, 1))


def test_whoever_hands_their_work_over_ahead_leads_until_the_day() -> None:
    handed = {"from_staff": _PERSON, "to_staff": _OTHER, "effective_on": "2025-04-01"}
    facts = [
        _stated(LeadAgencyNamed, "2025-01-10", agency="centre", desk="general"),
        _stated(WorkHandedOver, "2025-03-20", agency="centre", desk="nurses", **handed),
    ]

    spans = [span for span, *_ in _intervals(recorded(_STREAM, facts))]

    rows = [(row.desk, s.since, s.until) for s in spans if isinstance(row := s.row, Leads)]
    assert rows == [
        ("general", date(2025, 1, 10), date(2025, 4, 1)),
        ("nurses", date(2025, 4, 1), None),
    ]


def test_whoever_left_to_found_a_household_belongs_to_it_from_that_day() -> None:
    came = {"person": _PERSON, "relation": "spouse", "membership": "living-together"}
    parted = {"source": _OTHER, "target": _STREAM, "persons": (_PERSON,)}
    facts = [
        _stated(HouseholdSplit, "2025-03-10", **parted),
        _stated(MemberJoined, "2025-03-10", since="2010", **came),
    ]

    [(span, *_)] = _intervals(recorded(_STREAM, facts))

    assert span.since == date(2025, 3, 10)


def test_who_left_twice_because_somebody_could_not_know_departed_once() -> None:
    came = {"person": _PERSON, "relation": "spouse", "membership": "living-together"}
    facts = [
        _stated(MemberJoined, "2025-01-10", since="2010", **came),
        _stated(MemberLeft, "2025-02-10", person=_PERSON, reason="moved-out"),
        _stated(MemberLeft, "2025-02-12", person=_PERSON, reason="other"),
        _stated(MemberJoined, "2025-03-01", since="2025-03-01", **came),
        _stated(MemberLeft, "2025-04-10", person=_PERSON, reason="died"),
    ]

    spans = [span for span, *_ in _intervals(recorded(_STREAM, facts))]

    left = [(s.since, s.row.reason) for s in spans if isinstance(s.row, Departures)]
    assert left == [(date(2025, 2, 10), "moved-out"), (date(2025, 4, 10), "died")]


def test_who_is_said_again_to_have_left_where_households_became_one_departed_there_alone() -> None:
    came = {"person": _PERSON, "relation": "spouse", "membership": "living-together"}
    facts = [
        _stated(MemberJoined, "2025-01-10", since="2010", **came, again=True),
        _stated(MemberLeft, "2025-02-10", person=_PERSON, reason="moved-out", again=True),
    ]
    spans = [span for span, *_ in _intervals(recorded(_STREAM, facts))]
    assert not [each for each in spans if isinstance(each.row, Departures)]


def test_a_plan_that_ended_is_not_begun_again_by_a_later_look_at_it() -> None:
    at = {"plan": _PLAN, "sitting": _OTHER, "item": _OTHER, "outcome": "continue"}
    facts = [
        _stated(PlanDrafted, "2025-01-10", plan=_PLAN, persons=(_PERSON,), goals=(), measures=()),
        _stated(PlanEvaluated, "2025-02-10", stage="final", **at),
        _stated(PlanEvaluated, "2025-03-10", stage="interim", **at),
    ]

    spans = [span for span, *_ in _intervals(recorded(_STREAM, facts))]

    assert [s.row.state for s in spans if isinstance(s.row, Plans)] == ["drafted", "ended"]


def test_a_plan_has_been_replaced_even_where_the_draft_of_the_new_one_was_taken_back() -> None:
    drafted = {"persons": (_PERSON,), "goals": (), "measures": ()}
    decided = {"sitting": _OTHER, "item": _OTHER, "replaces": _PLAN}
    days = {"starts_on": "2025-03-01", "review_on": "2025-09-01"}
    facts = [
        _stated(PlanDrafted, "2025-01-10", plan=_PLAN, **drafted),
        _stated(PlanDrafted, "2025-02-10", plan=_OTHER, **drafted),
        _stated(PlanDecided, "2025-03-01", plan=_OTHER, **decided, **days),
        _stated(MisfiledRecordWithdrawn, "2025-03-05", facts=(2,), reason="別の世帯"),
    ]

    known_now = [span for span, _, until in _intervals(recorded(_STREAM, facts)) if until is None]

    states = [span.row.state for span in known_now if isinstance(span.row, Plans)]
    assert states == ["drafted", "ended"]
