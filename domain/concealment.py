"""支援措置: 相手方 is whoever the applicant names, never a proven offender (rule 22)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.conditions import CASE_WORK, about_members, known
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    Threat,
)
from domain.household import Household
from domain.knowing import knows_member
from domain.labels import Category, Label
from domain.naming import identity_label
from domain.person import Concealment, Person
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import Code, Day, Personal, PersonId, Role, months_after


class AboutConcealment(CaseCommand):
    usual_category: ClassVar[Category] = Category.ABUSE


class StartConcealment(AboutConcealment):
    """Without a day it runs for the municipality's usual term."""

    counterparties: tuple[PersonId, ...] = ()
    counterparty_names: tuple[Personal, ...] = ()
    threat: Threat
    until: Day | None = None


class ExtendConcealment(AboutConcealment):
    until: Day | None = None


class ProposeEnding(AboutConcealment):
    reason: Code


class EndConcealment(AboutConcealment):
    """`proposal` is the one that was read: if it changed since, nothing is ended."""

    proposal: UUID


class OwnCounterparty(Refused):
    """支援措置の相手方に、本人自身は指定できません。"""


class TermOutOfRange(Refused):
    """支援措置の期限は、今日より後で、定められた期間の内にしてください。"""


class TooEarlyToExtend(Refused):
    """支援措置の延長は、期限が近づいてから受け付けます。"""


class ConcealmentOver(Refused):
    """この支援措置はすでに終了しています。"""


class ProposalOutdated(Refused):
    """終了の起案がないか、その後に変わっています。いまの起案を確かめてください。"""


class SecondPersonNeeded(Refused):
    """支援措置の終了は、起案した人とは別の職員が決めます。"""


def start_concealment(
    person: Person, household: Household, command: StartConcealment, stamp: Stamp
) -> list[ConcealmentStarted]:
    """Protection must be quick: whoever works on the case may start it, in any household."""
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    _of_household(person, household, stamp)
    if not person.ids.isdisjoint(command.counterparties):
        raise OwnCounterparty
    longest = months_after(stamp.today, stamp.profile.settings(stamp.today).concealment_months)
    until = command.until or longest
    if not stamp.today <= until <= longest:
        raise TermOutOfRange(latest=longest)
    return [
        stated(
            ConcealmentStarted,
            command,
            stamp,
            concealment=stamp.new_id("concealment"),
            until=until,
            label=_label(person, command, stamp, frozenset(command.counterparties)),
        )
    ]


def extend_concealment(
    person: Person,
    household: Household,
    command: ExtendConcealment,
    stamp: Stamp,
    *,
    concealment: UUID,
) -> list[ConcealmentExtended]:
    """From one month before its end, by the term at most; a pending ending falls with it."""
    standing = _standing(person, household, stamp, concealment)
    settings = stamp.profile.settings(stamp.today)
    from_day = months_after(standing.until, -settings.concealment_warning_months)
    if stamp.today < from_day:
        raise TooEarlyToExtend(from_day=from_day)
    longest = months_after(max(standing.until, stamp.today), settings.concealment_months)
    until = command.until or longest
    if not _later(standing, stamp) < until <= longest:
        raise TermOutOfRange(latest=longest)
    label = _label(person, command, stamp, standing.counterparties)
    more = {"concealment": concealment, "until": until, "label": label}
    return [stated(ConcealmentExtended, command, stamp, **more)]


def propose_ending(
    person: Person, household: Household, command: ProposeEnding, stamp: Stamp, *, concealment: UUID
) -> list[EndingProposed]:
    standing = _standing(person, household, stamp, concealment)
    known(stamp, "concealment-end-reasons", command.reason)
    label = _label(person, command, stamp, standing.counterparties)
    proposal = stamp.new_id("proposal")
    more = {"concealment": concealment, "proposal": proposal, "label": label}
    return [stated(EndingProposed, command, stamp, **more)]


def end_concealment(
    person: Person,
    household: Household,
    command: EndConcealment,
    stamp: Stamp,
    *,
    concealment: UUID,
) -> list[ConcealmentEnded]:
    """Rule 23: two people decide, the second about the very proposal of the first."""
    standing = _standing(person, household, stamp, concealment)
    ending = standing.ending
    if ending is None or ending.proposal != command.proposal:
        raise ProposalOutdated
    if ending.by == stamp.author.staff:
        raise SecondPersonNeeded
    return [
        stated(
            ConcealmentEnded,
            command,
            stamp,
            concealment=concealment,
            reason=ending.reason,
            proposed_by=ending.by,
            label=_label(person, command, stamp, standing.counterparties),
        )
    ]


def _standing(person: Person, household: Household, stamp: Stamp, concealment: UUID) -> Concealment:
    stamp.requires(Role.PROTECTION)
    _of_household(person, household, stamp)
    if concealment not in person.concealments:
        raise Unknown
    standing = person.concealments[concealment]
    if standing.ended:
        raise ConcealmentOver
    return standing


def _of_household(person: Person, household: Household, stamp: Stamp) -> None:
    if not knows_member(household, stamp, *person.ids):
        raise Unknown


def _later(standing: Concealment, stamp: Stamp) -> date:
    """An extension reaches beyond both its old end and today."""
    return max(standing.until, stamp.today)


def _label(
    person: Person, command: AboutConcealment, stamp: Stamp, against: frozenset[PersonId]
) -> Label:
    """Hidden from the 相手方 whoever writes it, and however little they type."""
    label = identity_label(command, stamp, PersonId(person.id))
    hidden = tuple(dict.fromkeys((*label.hidden_from, *sorted(against))))
    category = command.category or command.usual_category
    return label.model_copy(update={"hidden_from": hidden, "category": category})
