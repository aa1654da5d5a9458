"""Which fact asks for what, of whom, from when and until when; and which fact settles it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic_core import to_json

from domain.events import Fact, consent, intake, meeting, membership, referral, support
from domain.labels import ByConsent, OwnRecord, Urgent
from domain.ledger import Recorded
from domain.values import Role
from projections.asking import (
    NO_BARS,
    TASKS,
    Maker,
    asked,
    bars,
    day,
    month_before,
    needless,
    office,
    settled,
    settles,
    tightened,
)
from projections.office_tasks import OFFICES
from projections.table import Row


def kinds() -> frozenset[type[Fact]]:
    """The facts that ask for something, or settle it."""
    return frozenset(_MAKERS)


def rows(recorded: Recorded) -> Iterable[Row]:
    make = _MAKERS.get(type(recorded.fact))
    for row in make(recorded, recorded.fact) if make else ():
        yield row._replace(columns=_barred(recorded, row.columns)) if row.columns else row


def _barred(recorded: Recorded, columns: Mapping[str, Any]) -> Mapping[str, Any]:
    """With what keeps from it some who read the rest: to them it does not ask, nor settle."""
    kept = bars(recorded.fact.label)
    said = {**columns, "last": recorded.version}
    if "kind" in columns:
        anew = type(recorded.fact) in _ANEW
        return said | {"under": kept or NO_BARS, "again": bool(kept and anew) or None}
    if kept and columns.get("due"):
        said |= {"again": True, "plain": False}
    return said | {"barred": kept}


def _referral(recorded: Recorded, fact: referral.ReferralMade) -> Iterable[Row]:
    """The receiver answers; when they do not in time, the sender asks after it."""
    to = {"agency": fact.to_agency, "desk": fact.to_desk}
    yield asked(recorded, f"referral:{fact.referral}", "answer-referral", fact.answer_due, **to)
    key, late = f"chase-referral:{fact.referral}", {"since": fact.answer_due}
    yield asked(recorded, key, "chase-referral", fact.answer_due, **late)
    yield from _handed(recorded, f"reviewed-referral:{fact.referral}", "review-referral")


def _referral_answered(_recorded: Recorded, fact: Any) -> Iterable[Row]:
    yield settled(f"referral:{fact.referral}")
    yield settled(f"chase-referral:{fact.referral}")


def _request(recorded: Recorded, fact: consent.InformationRequested) -> Iterable[Row]:
    to = {"agency": fact.of_agency, "desk": None}
    yield asked(recorded, f"request:{fact.request}", "answer-request", fact.answer_due, **to)
    key, late = f"chase-request:{fact.request}", {"since": fact.answer_due}
    yield asked(recorded, key, "chase-request", fact.answer_due, **late)
    yield from _handed(recorded, f"reviewed-request:{fact.request}", "review-request")


def _request_answered(
    _recorded: Recorded, fact: consent.InformationRequestAnswered
) -> Iterable[Row]:
    yield settled(f"request:{fact.request}")
    yield settled(f"chase-request:{fact.request}")


def _consultation(recorded: Recorded, fact: intake.ConsultationReceived) -> Iterable[Row]:
    key, since = f"consultation:{fact.consultation}", day(fact)
    yield asked(recorded, key, "screen-consultation", since, desk=fact.window)


def _note(recorded: Recorded, fact: intake.NoteKept) -> Iterable[Row]:
    whose = {"staff": recorded.author.staff, "cycle": False}
    yield asked(recorded, f"note:{fact.note}", "settle-note", fact.label_by, **whose)


def _report(recorded: Recorded, fact: intake.AbuseReported) -> Iterable[Row]:
    yield asked(recorded, f"report:{fact.report}", "check-facts", day(fact))


def _consent(recorded: Recorded, fact: consent.ConsentGiven) -> Iterable[Row]:
    yield settled(_attempt(fact))
    if end := fact.period.end:
        warn = {"since": month_before(end), "scope": _scope(fact)}
        yield asked(recorded, f"consent:{fact.consent}", "renew-consent", end, **warn)


def _scope(fact: consent.ConsentGiven) -> str:
    return to_json([f"of:{fact.person}", *_parts(fact)]).decode()


def _parts(fact: consent.ConsentGiven | consent.ConsentWithdrawn) -> list[str]:
    parts = {"to": fact.agencies, "about": fact.categories, "for": fact.purposes}
    return [f"{name}:{each}" for name, all_ in parts.items() for each in all_]


def _withdrawn(_recorded: Recorded, fact: consent.ConsentWithdrawn) -> Iterable[Row]:
    """Whether anything of it is left is seen when the task is read; what some may not read puts no
    list in order. What nobody took back is asked for again at once.
    """
    if fact.by is None:
        yield Row(TASKS, f"consent:{fact.consent}", {"since": date.min, "due": day(fact)})
        return
    cut = {} if bars(fact.label) else {"cut": to_json(_parts(fact)).decode()}
    yield Row(TASKS, f"consent:{fact.consent}", cut)


def _left(recorded: Recorded, fact: membership.MemberLeft) -> Iterable[Row]:
    if fact.reason is membership.Leaving.DIED:
        yield needless(recorded, f"died:{fact.person}", [f"of:{fact.person}"])


def _sought(recorded: Recorded, fact: consent.ConsentSought) -> Iterable[Row]:
    if fact.next_try:
        yield asked(recorded, _attempt(fact), "seek-consent", fact.next_try)


def _attempt(fact: consent.ConsentGiven | consent.ConsentSought) -> str:
    """Of each agency its own: nobody learns by their list what another asked, or was told."""
    return f"attempt:{fact.person}:{fact.label.agency}"


def _share(recorded: Recorded, fact: consent.InformationShared) -> Iterable[Row]:
    yield from _handed(recorded, f"share:{fact.share}", "review-share")


def _handed(recorded: Recorded, key: str, kind: str) -> Iterable[Row]:
    """Whatever was told without consent is reviewed by somebody who did not tell it."""
    basis = recorded.fact.label.basis
    if isinstance(basis, ByConsent | OwnRecord):
        return
    due = basis.review_due if isinstance(basis, Urgent) else None
    yield asked(recorded, key, kind, due, **office(Role.PRIVACY))


def _plan(recorded: Recorded, fact: meeting.PlanDecided) -> Iterable[Row]:
    if fact.replaces:
        yield settled(f"plan:{fact.replaces}")
    yield asked(recorded, f"plan:{fact.plan}", "review-plan", fact.review_on)
    if fact.ratify_by:
        yield asked(recorded, f"ratify:{fact.plan}", "ratify-plan", fact.ratify_by)


def _evaluated(_recorded: Recorded, fact: meeting.PlanEvaluated) -> Iterable[Row]:
    if fact.stage is meeting.EvaluationStage.FINAL:
        yield settled(f"plan:{fact.plan}")
    else:
        yield Row(TASKS, f"plan:{fact.plan}", {"due": fact.review_on})


def _followed_up(recorded: Recorded, fact: support.ParticipationFollowedUp) -> Iterable[Row]:
    key = f"participation:{fact.participation}"
    if fact.next_on:
        yield asked(recorded, key, "follow-up-participation", fact.next_on)
    else:
        yield settled(key)


def _cover(recorded: Recorded, fact: referral.WorkHandedOver) -> Iterable[Row]:
    """An absence that is covered ends some day."""
    if fact.until:
        whose = {"agency": fact.agency, "desk": fact.desk}
        yield asked(recorded, "cover", "end-cover", fact.until, **whose)
    else:
        yield settled("cover")


_ANEW = frozenset({support.ParticipationFollowedUp, consent.ConsentSought, referral.WorkHandedOver})
"""What asks once more for what was asked before."""
_MAKERS: Mapping[type[Fact], Maker] = {
    **OFFICES,
    referral.ReferralMade: _referral,
    referral.ReferralAccepted: _referral_answered,
    referral.ReferralReturned: _referral_answered,
    referral.ReferralWithdrawn: _referral_answered,
    referral.ReferralReviewed: settles("reviewed-referral", "referral"),
    referral.WorkHandedOver: _cover,
    referral.LeadAgencyNamed: lambda _recorded, _fact: (settled("cover"),),
    consent.InformationRequested: _request,
    consent.InformationRequestAnswered: _request_answered,
    consent.InformationRequestReviewed: settles("reviewed-request", "request"),
    consent.ConsentGiven: _consent,
    consent.ConsentWithdrawn: _withdrawn,
    consent.ConsentSought: _sought,
    consent.InformationShared: _share,
    consent.LabelTightened: lambda _recorded, fact: (tightened(fact),),
    consent.ShareReviewed: settles("share", "share"),
    intake.ConsultationReceived: _consultation,
    intake.ConsultationScreened: settles("consultation", "consultation"),
    intake.NoteKept: _note,
    intake.NoteLabelled: settles("note", "note"),
    intake.NoteDropped: settles("note", "note"),
    intake.AbuseReported: _report,
    intake.FactsChecked: settles("report", "report"),
    membership.MemberLeft: _left,
    meeting.PlanDecided: _plan,
    meeting.PlanRatifiedAfterwards: settles("ratify", "plan"),
    meeting.PlanEvaluated: _evaluated,
    support.ParticipationFollowedUp: _followed_up,
    support.ParticipationEnded: settles("participation", "participation"),
}
