"""Which fact asks for what, of whom, from when and until when; and which fact settles it."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from domain.events import (
    Fact,
    consent,
    intake,
    meeting,
    person,
    referral,
    resource,
    rights,
    sitting,
    support,
)
from domain.labels import ByConsent, OwnRecord, Urgent
from domain.ledger import Recorded
from domain.values import Role, earliest
from projections.table import Row, Table

TASKS = Table(
    "tasks",
    {
        "kind": "text",
        "agency": "text",
        "desk": "text",
        "role": "text",
        "staff": "uuid",
        "since": "date",
        "due": "date",
        "done": "boolean",
        "version": "bigint",
        "cycle": "boolean",
    },
    ("(agency, due) WHERE done IS NOT TRUE",),
)
_Columns = dict[str, Any]


def rows(recorded: Recorded) -> Iterable[Row]:
    make = _MAKERS.get(type(recorded.fact))
    return make(recorded, recorded.fact) if make else ()


def month_before(day: date) -> date:
    """One month earlier, or the last day of that month where it has no such day."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _asked(recorded: Recorded, key: str, kind: str, due: date | None, **who: Any) -> Row:
    """A task of the writing desk unless `who` names others; it stands from the day of the fact."""
    label = recorded.fact.label
    columns = {
        "kind": kind,
        "agency": label.agency,
        "desk": label.desk,
        "since": date.min,
        "due": due,
        "done": False,
        "version": recorded.version,
        "cycle": True,
        **who,
    }
    return Row(TASKS, key, columns)


def _settled(key: str) -> Row:
    return Row(TASKS, key, {"done": True})


def _office(role: Role) -> _Columns:
    """Whoever holds the office, wherever they sit; it outlasts the support itself."""
    return {"agency": None, "desk": None, "role": str(role), "cycle": False}


def _referral(recorded: Recorded, fact: referral.ReferralMade) -> Iterable[Row]:
    """The receiver answers; when they do not in time, the sender asks after it."""
    to = {"agency": fact.to_agency, "desk": fact.to_desk}
    yield _asked(recorded, f"referral:{fact.referral}", "answer-referral", fact.answer_due, **to)
    key, late = f"chase-referral:{fact.referral}", {"since": fact.answer_due}
    yield _asked(recorded, key, "chase-referral", fact.answer_due, **late)


def _referral_answered(_recorded: Recorded, fact: Any) -> Iterable[Row]:
    yield _settled(f"referral:{fact.referral}")
    yield _settled(f"chase-referral:{fact.referral}")


def _request(recorded: Recorded, fact: consent.InformationRequested) -> Iterable[Row]:
    to = {"agency": fact.of_agency, "desk": None}
    yield _asked(recorded, f"request:{fact.request}", "answer-request", fact.answer_due, **to)
    key, late = f"chase-request:{fact.request}", {"since": fact.answer_due}
    yield _asked(recorded, key, "chase-request", fact.answer_due, **late)


def _request_answered(
    _recorded: Recorded, fact: consent.InformationRequestAnswered
) -> Iterable[Row]:
    yield _settled(f"request:{fact.request}")
    yield _settled(f"chase-request:{fact.request}")


def _consultation(recorded: Recorded, fact: intake.ConsultationReceived) -> Iterable[Row]:
    key, day = f"consultation:{fact.consultation}", _day(fact)
    yield _asked(recorded, key, "screen-consultation", day, desk=fact.window)


def _note(recorded: Recorded, fact: intake.NoteKept) -> Iterable[Row]:
    whose = {"staff": recorded.author.staff, "cycle": False}
    yield _asked(recorded, f"note:{fact.note}", "settle-note", fact.label_by, **whose)


def _report(recorded: Recorded, fact: intake.AbuseReported) -> Iterable[Row]:
    yield _asked(recorded, f"report:{fact.report}", "check-facts", _day(fact))


def _consent(recorded: Recorded, fact: consent.ConsentGiven) -> Iterable[Row]:
    yield _settled(f"attempt:{fact.person}")
    if end := fact.period.end:
        warn = {"since": month_before(end)}
        yield _asked(recorded, f"consent:{fact.consent}", "renew-consent", end, **warn)


def _withdrawn(_recorded: Recorded, fact: consent.ConsentWithdrawn) -> Iterable[Row]:
    """Whether anything of it is left is seen when the task is read."""
    yield Row(TASKS, f"consent:{fact.consent}")


def _sought(recorded: Recorded, fact: consent.ConsentSought) -> Iterable[Row]:
    if fact.next_try:
        yield _asked(recorded, f"attempt:{fact.person}", "seek-consent", fact.next_try)


def _share(recorded: Recorded, fact: consent.InformationShared) -> Iterable[Row]:
    """Whatever was told without consent is reviewed by somebody who did not tell it."""
    basis = fact.label.basis
    if isinstance(basis, ByConsent | OwnRecord):
        return
    due = basis.review_due if isinstance(basis, Urgent) else None
    key, who = f"share:{fact.share}", _office(Role.PRIVACY)
    yield _asked(recorded, key, "review-share", due, **who)


def _plan(recorded: Recorded, fact: meeting.PlanDecided) -> Iterable[Row]:
    yield _asked(recorded, f"plan:{fact.plan}", "review-plan", fact.review_on)
    if fact.ratify_by:
        yield _asked(recorded, f"ratify:{fact.plan}", "ratify-plan", fact.ratify_by)


def _evaluated(_recorded: Recorded, fact: meeting.PlanEvaluated) -> Iterable[Row]:
    if fact.stage is meeting.EvaluationStage.FINAL:
        yield _settled(f"plan:{fact.plan}")
    else:
        yield Row(TASKS, f"plan:{fact.plan}", {"due": fact.review_on})


def _followed_up(recorded: Recorded, fact: support.ParticipationFollowedUp) -> Iterable[Row]:
    key = f"participation:{fact.participation}"
    if fact.next_on:
        yield _asked(recorded, key, "follow-up-participation", fact.next_on)
    else:
        yield _settled(key)


def _cover(recorded: Recorded, fact: referral.WorkHandedOver) -> Iterable[Row]:
    """An absence that is covered ends some day."""
    if fact.until:
        whose = {"agency": fact.agency, "desk": fact.desk}
        yield _asked(recorded, "cover", "end-cover", fact.until, **whose)
    else:
        yield _settled("cover")


def _disclosure(recorded: Recorded, fact: rights.DisclosureRequested) -> Iterable[Row]:
    key, who = f"disclosure:{fact.request}", _office(Role.PRIVACY)
    yield _asked(recorded, key, "decide-disclosure", fact.decide_by, **who)


def _correction(recorded: Recorded, fact: rights.CorrectionRequested) -> Iterable[Row]:
    key, who = f"correction:{fact.request}", _office(Role.PRIVACY)
    yield _asked(recorded, key, "decide-correction", None, **who)


def _incident(recorded: Recorded, fact: rights.IncidentOpened) -> Iterable[Row]:
    who = _office(Role.PRIVACY)
    yield _asked(recorded, f"incident:{fact.incident}", "report-incident", fact.report_due, **who)
    yield _asked(recorded, f"notify:{fact.incident}", "notify-persons", None, **who)


def _reported(_recorded: Recorded, fact: rights.IncidentReported) -> Iterable[Row]:
    yield Row(TASKS, f"incident:{fact.incident}", {"done": fact.final or None})


def _notified(_recorded: Recorded, fact: rights.PersonNotified) -> Iterable[Row]:
    yield Row(TASKS, f"notify:{fact.incident}")


def _concealed(
    recorded: Recorded, fact: person.ConcealmentStarted | person.ConcealmentExtended
) -> Iterable[Row]:
    """One month before its end, and for as long after it as nobody decides."""
    key = f"concealment:{fact.concealment}"
    who = {**_office(Role.PROTECTION), "since": month_before(fact.until)}
    yield _asked(recorded, key, "review-concealment", fact.until, **who)
    yield _settled(f"ending:{fact.concealment}")


def _ending(recorded: Recorded, fact: person.EndingProposed) -> Iterable[Row]:
    key, who = f"ending:{fact.concealment}", _office(Role.PROTECTION)
    yield _asked(recorded, key, "decide-ending", _day(fact), **who)


def _ended(_recorded: Recorded, fact: person.ConcealmentEnded) -> Iterable[Row]:
    yield _settled(f"concealment:{fact.concealment}")
    yield _settled(f"ending:{fact.concealment}")


def _sitting(recorded: Recorded, fact: sitting.SittingConvened) -> Iterable[Row]:
    if fact.write_up_due:
        held = {"since": fact.held_on}
        yield _asked(recorded, "write-up", "write-up-sitting", fact.write_up_due, **held)


def _issue(recorded: Recorded, fact: resource.CommunityIssueAnswered) -> Iterable[Row]:
    if fact.review_on:
        yield _asked(recorded, "issue", "review-community-issue", fact.review_on)


def _day(fact: Fact) -> date:
    return earliest(fact.occurred_on)


def _settles(kind: str, name: str) -> Callable[[Recorded, Any], Iterable[Row]]:
    return lambda _recorded, fact: (_settled(f"{kind}:{getattr(fact, name)}"),)


_MAKERS: Mapping[type[Fact], Callable[[Recorded, Any], Iterable[Row]]] = {
    referral.ReferralMade: _referral,
    referral.ReferralAccepted: _referral_answered,
    referral.ReferralReturned: _referral_answered,
    referral.ReferralWithdrawn: _referral_answered,
    referral.WorkHandedOver: _cover,
    referral.LeadAgencyNamed: lambda _recorded, _fact: (_settled("cover"),),
    consent.InformationRequested: _request,
    consent.InformationRequestAnswered: _request_answered,
    consent.ConsentGiven: _consent,
    consent.ConsentWithdrawn: _withdrawn,
    consent.ConsentSought: _sought,
    consent.InformationShared: _share,
    consent.ShareReviewed: _settles("share", "share"),
    intake.ConsultationReceived: _consultation,
    intake.ConsultationScreened: _settles("consultation", "consultation"),
    intake.NoteKept: _note,
    intake.NoteLabelled: _settles("note", "note"),
    intake.NoteDropped: _settles("note", "note"),
    intake.AbuseReported: _report,
    intake.FactsChecked: _settles("report", "report"),
    meeting.PlanDecided: _plan,
    meeting.PlanRatifiedAfterwards: _settles("ratify", "plan"),
    meeting.PlanEvaluated: _evaluated,
    support.ParticipationFollowedUp: _followed_up,
    support.ParticipationEnded: _settles("participation", "participation"),
    rights.DisclosureRequested: _disclosure,
    rights.DisclosureDecided: _settles("disclosure", "request"),
    rights.CorrectionRequested: _correction,
    rights.CorrectionDecided: _settles("correction", "request"),
    rights.IncidentOpened: _incident,
    rights.IncidentReported: _reported,
    rights.PersonNotified: _notified,
    person.ConcealmentStarted: _concealed,
    person.ConcealmentExtended: _concealed,
    person.EndingProposed: _ending,
    person.ConcealmentEnded: _ended,
    sitting.SittingConvened: _sitting,
    sitting.SittingWrittenUp: lambda _recorded, _fact: (_settled("write-up"),),
    sitting.SittingCancelled: lambda _recorded, _fact: (_settled("write-up"),),
    resource.CommunityIssueAnswered: _issue,
}
