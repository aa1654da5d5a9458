"""相談・つなぎ・アウトリーチ・参加支援: rows of what was asked for, passed on and tried."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.events import Fact
from domain.events.intake import ConsultationReceived, ConsultationScreened
from domain.events.referral import (
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralWithdrawn,
)
from domain.events.support import (
    ContactMade,
    EntryServiceUsed,
    OutreachAttempted,
    ParticipationEnded,
    ParticipationFollowedUp,
    ParticipationMatched,
    ParticipationStarted,
)
from replays.extracts.intervals import Facts, Following, by, done, itself, last, lasting
from replays.extracts.tables.contact import Consultations, Outreach, Participations, Referrals
from replays.extracts.tables.kept import in_order
from replays.extracts.tips import is_tip

_ANSWERS: dict[type[Fact], str] = {
    ReferralAccepted: "accepted",
    ReferralReturned: "returned",
    ReferralWithdrawn: "withdrawn",
}


def _consultation(stream: UUID, facts: Facts) -> Consultations | None:
    received = facts[0].fact
    if not isinstance(received, ConsultationReceived):
        return None
    screened = last(facts, ConsultationScreened)
    row = Consultations(
        stream,
        received.consultation,
        received.label.agency,
        received.window,
        received.route,
        received.consulter,
        received.urgency,
        received.from_paper,
        in_order(received.fields),
        in_order(received.issues),
        screened.on if screened else None,
        screened.fact.result if screened else None,
        screened.fact.next_step if screened else None,
    )
    return _of_a_tip(row) if is_tip(received) else row


def _of_a_tip(row: Consultations) -> Consultations:
    """Rule 31: who told it, and through whom, stays with the desk that they told."""
    return row._replace(agency=None, window=None, route=None, consulter=None)


def _referral(stream: UUID, facts: Facts, _: date) -> Iterator[Referrals]:
    row: Referrals | None = None
    for told in facts:
        fact = told.fact
        if isinstance(fact, ReferralMade):
            row = Referrals(
                stream,
                fact.referral,
                "open",
                fact.label.agency,
                fact.label.desk,
                fact.to_agency,
                fact.to_desk,
                fact.purpose,
                told.on,
                fact.answer_due,
                None,
                None,
            )
        elif row:
            recorded_by = getattr(fact, "recorded_by", None)
            row = row._replace(
                state=_ANSWERS[type(fact)], answered_on=told.on, recorded_by=recorded_by
            )
    if row:
        yield row


def _outreach(stream: UUID, facts: Facts) -> Outreach:
    match facts[0].fact:
        case ContactMade() as met:
            return Outreach(
                stream, met.person, "contact", met.method, met.met_person, met.consented
            )
        case OutreachAttempted() as tried:
            return Outreach(stream, tried.person, "attempted", tried.method, None, None)
        case used:
            return Outreach(stream, used.person, "entry-service", used.service, None, None)


def _participation(stream: UUID, facts: Facts, _: date) -> Iterator[Participations]:
    row: Participations | None = None
    for told in facts:
        match told.fact:
            case ParticipationMatched() as fact:
                names = (fact.participation, fact.person, fact.resource)
                row = Participations(stream, *names, fact.kind, "matched", None, None)
            case ParticipationStarted() if row:
                row = row._replace(state="started")
            case ParticipationFollowedUp(settled=settled) if row:
                row = row._replace(settled=settled)
            case ParticipationEnded(reason=reason) if row:
                row = row._replace(state="ended", reason=reason)
    if row:
        yield row


FOLLOWING = (
    Following(
        dict.fromkeys((ConsultationReceived, ConsultationScreened), by("consultation")),
        done(_consultation),
    ),
    Following(dict.fromkeys((ReferralMade, *_ANSWERS), by("referral")), lasting(_referral)),
    Following(
        dict.fromkeys((OutreachAttempted, ContactMade, EntryServiceUsed), itself), done(_outreach)
    ),
    Following(
        dict.fromkeys(
            (
                ParticipationMatched,
                ParticipationStarted,
                ParticipationFollowedUp,
                ParticipationEnded,
            ),
            by("participation"),
        ),
        lasting(_participation),
    ),
)
