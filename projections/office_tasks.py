"""What offices and sittings are asked to do: privacy, protection, minutes, community issues."""

from collections.abc import Iterable, Mapping

from domain.events import Fact, oversight, person, resource, rights, sitting
from domain.ledger import Recorded
from domain.values import Role
from projections.asking import TASKS, Maker, asked, day, month_before, office, settled, settles
from projections.table import Row


def _disclosure(recorded: Recorded, fact: rights.DisclosureRequested) -> Iterable[Row]:
    key, who = f"disclosure:{fact.request}", office(Role.PRIVACY)
    yield asked(recorded, key, "decide-disclosure", fact.decide_by, **who)


def _correction(recorded: Recorded, fact: rights.CorrectionRequested) -> Iterable[Row]:
    key, who = f"correction:{fact.request}", office(Role.PRIVACY)
    yield asked(recorded, key, "decide-correction", None, **who)


def _incident(recorded: Recorded, fact: rights.IncidentOpened) -> Iterable[Row]:
    who = office(Role.PRIVACY)
    yield asked(recorded, f"incident:{fact.incident}", "report-incident", fact.report_due, **who)
    yield asked(recorded, f"notify:{fact.incident}", "notify-persons", None, **who)


def _reported(_recorded: Recorded, fact: rights.IncidentReported) -> Iterable[Row]:
    yield Row(TASKS, f"incident:{fact.incident}", {"done": fact.final or None})


def _notified(_recorded: Recorded, fact: rights.PersonNotified) -> Iterable[Row]:
    yield Row(TASKS, f"notify:{fact.incident}")


def _concealed(
    recorded: Recorded, fact: person.ConcealmentStarted | person.ConcealmentExtended
) -> Iterable[Row]:
    """One month before its end, and for as long after it as nobody decides."""
    key = f"concealment:{fact.concealment}"
    who = {**office(Role.PROTECTION), "since": month_before(fact.until)}
    yield asked(recorded, key, "review-concealment", fact.until, **who)
    yield settled(f"ending:{fact.concealment}")


def _ending(recorded: Recorded, fact: person.EndingProposed) -> Iterable[Row]:
    key, who = f"ending:{fact.concealment}", office(Role.PROTECTION)
    yield asked(recorded, key, "decide-ending", day(fact), **who)


def _ended(_recorded: Recorded, fact: person.ConcealmentEnded) -> Iterable[Row]:
    yield settled(f"concealment:{fact.concealment}")
    yield settled(f"ending:{fact.concealment}")


def _sitting(recorded: Recorded, fact: sitting.SittingConvened) -> Iterable[Row]:
    if fact.write_up_due:
        held = {"since": fact.held_on}
        yield asked(recorded, "write-up", "write-up-sitting", fact.write_up_due, **held)


def _issue(recorded: Recorded, fact: resource.CommunityIssueAnswered) -> Iterable[Row]:
    if fact.review_on:
        yield asked(recorded, "issue", "review-community-issue", fact.review_on)


def _access(recorded: Recorded, fact: oversight.EmergencyAccessOpened) -> Iterable[Row]:
    """The privacy officer reviews it in time; the desk that leads is told of it until then."""
    key, who = f"access:{fact.access}", office(Role.PRIVACY)
    yield asked(recorded, key, "review-access", fact.review_due, **who)
    if fact.owner_agency:
        led = {"agency": fact.owner_agency, "desk": fact.owner_desk, "cycle": False}
        yield asked(recorded, f"notice:{fact.access}", "notice-access", fact.review_due, **led)


def _access_reviewed(_recorded: Recorded, fact: oversight.EmergencyAccessReviewed) -> Iterable[Row]:
    yield settled(f"access:{fact.access}")
    yield settled(f"notice:{fact.access}")


OFFICES: Mapping[type[Fact], Maker] = {
    rights.DisclosureRequested: _disclosure,
    rights.DisclosureDecided: settles("disclosure", "request"),
    rights.CorrectionRequested: _correction,
    rights.CorrectionDecided: settles("correction", "request"),
    rights.IncidentOpened: _incident,
    rights.IncidentReported: _reported,
    rights.PersonNotified: _notified,
    oversight.EmergencyAccessOpened: _access,
    oversight.EmergencyAccessReviewed: _access_reviewed,
    person.ConcealmentStarted: _concealed,
    person.ConcealmentExtended: _concealed,
    person.EndingProposed: _ending,
    person.ConcealmentEnded: _ended,
    sitting.SittingConvened: _sitting,
    sitting.SittingWrittenUp: lambda _recorded, _fact: (settled("write-up"),),
    sitting.SittingCancelled: lambda _recorded, _fact: (settled("write-up"),),
    resource.CommunityIssueAnswered: _issue,
}
