"""アウトリーチ: may come before 多機関協働 and before consent, always on a recorded basis."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar
from uuid import UUID

from domain.conditions import about_members, belong, known, may_write
from domain.events.meeting import DecisionKind
from domain.events.support import ContactMade, EntryServiceUsed, OutreachAttempted
from domain.household import Household
from domain.knowing import known_decision, knows_consent
from domain.labels import Basis, ByConsent, BySitting, ByStatute, OwnRecord, Urgent
from domain.person import Person, ids_of
from domain.refusals import Refused
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Code, PersonId

Beside = Person | Attended


class OutreachCommand(CaseCommand):
    of_the_desk: ClassVar[bool] = True

    person: PersonId | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class VisitCommand(OutreachCommand):
    """`basis` may be left out where a meeting decided the outreach or the person consents."""

    @property
    def asks_sides(self) -> bool:
        """A meeting's decision and a consent may be hidden from those for whom the writer acts."""
        return self.basis is None or isinstance(self.basis, ByConsent)

    @property
    def visited(self) -> frozenset[PersonId]:
        return frozenset({*self.subjects, *([self.person] if self.person else ())})


C = TypeVar("C", bound=VisitCommand)


class AttemptOutreach(VisitCommand):
    method: Code
    outreach: UUID | None = None


class MakeContact(VisitCommand):
    """`outreach` is the attempt that led here; whether the person consents, the ledger knows."""

    method: Code
    met_person: bool
    outreach: UUID | None = None


class UseEntryService(OutreachCommand):
    service: Code


class OutreachNeedsBasis(Refused):
    """同意の前に行うアウトリーチには、根拠の記録が必要です。支援会議の議題、法令、緊急、または自機関の業務を選んでください。"""


class BasisDoesNotHold(Refused):
    """示された根拠は、この世帯のこの人については、今日有効ではありません。"""


def attempt_outreach(
    household: Household, *rest: *tuple[*tuple[Beside, ...], AttemptOutreach, Stamp]
) -> list[OutreachAttempted]:
    *beside, given, stamp = rest
    command = _on_a_basis(household, beside, given, stamp)
    known(stamp, "outreach-methods", command.method)
    outreach = command.outreach or stamp.new_id("outreach")
    return [stated(OutreachAttempted, command, stamp, outreach=outreach)]


def make_contact(
    household: Household, *rest: *tuple[*tuple[Beside, ...], MakeContact, Stamp]
) -> list[ContactMade]:
    *beside, given, stamp = rest
    command = _on_a_basis(household, beside, given, stamp)
    known(stamp, "outreach-methods", command.method)
    consented = _consent_of(household, command.person, stamp, beside) is not None
    outreach = command.outreach or stamp.new_id("outreach")
    return [stated(ContactMade, command, stamp, outreach=outreach, consented=consented)]


def use_entry_service(
    household: Household, command: UseEntryService, stamp: Stamp
) -> list[EntryServiceUsed]:
    """親の会, 食料支援 …: used by the person, so it needs no basis but the desk's work."""
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    known(stamp, "entry-services", command.service)
    return [stated(EntryServiceUsed, command, stamp)]


def _on_a_basis(household: Household, beside: list[Beside], command: C, stamp: Stamp) -> C:
    """Rule 19: the notes carry the basis on which somebody was visited."""
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    basis = command.basis or _found(household, beside, command.person, stamp)
    if not _holds(household, basis, command, stamp, beside):
        raise BasisDoesNotHold(basis=basis.kind)
    return command if command.basis else command.model_copy(update={"basis": basis})


def _consent_of(
    household: Household, person: PersonId | None, stamp: Stamp, beside: Iterable[Beside]
) -> UUID | None:
    """The newest consent of this person that is in force, under whichever of their ids, of those
    the writer knows: nobody learns by what goes through that others have one.
    """
    ids = _everybody([person] if person else [], beside)
    own = [
        key
        for key, consent in household.consents.consents.items()
        if consent.person in ids and knows_consent(household, consent, stamp)
    ]
    return next((key for key in reversed(own) if _in_force(household, key, stamp)), None)


def _everybody(persons: Iterable[PersonId], beside: Iterable[Beside]) -> frozenset[PersonId]:
    """These persons under all their ids, as far as their own records were looked at."""
    records = [each for each in beside if isinstance(each, Person)]
    return frozenset[PersonId]().union(*(ids_of(person, records) for person in persons))


def _in_force(household: Household, key: UUID, stamp: Stamp) -> bool:
    consent = household.consents.consents.get(key)
    return consent is not None and consent.stands(stamp.today)


def _found(
    household: Household, beside: list[Beside], person: PersonId | None, stamp: Stamp
) -> Basis:
    """Of what the writer's agency knows: nobody learns by what goes through that a meeting which
    neither binds it nor had it there has decided to go and see somebody.
    """
    if consent := _consent_of(household, person, stamp, beside):
        return ByConsent(consent=consent)
    sittings = [each for each in beside if isinstance(each, Attended)]
    if decision := known_decision(household, DecisionKind.OUTREACH, stamp, sittings):
        return BySitting(sitting=decision.sitting, item=decision.item)
    raise OutreachNeedsBasis


def _holds(
    household: Household, basis: Basis, command: VisitCommand, stamp: Stamp, beside: list[Beside]
) -> bool:
    """Rule 4: whoever is visited is not visited on another's consent."""
    match basis:
        case OwnRecord():
            return True
        case ByConsent(consent=consent):
            given = household.consents.consents.get(consent)
            visited = _everybody(command.visited, beside)
            of_theirs = given is not None and (given.person in visited or not visited)
            heard = given is not None and knows_consent(household, given, stamp)
            return of_theirs and heard and _in_force(household, consent, stamp)
        case BySitting(sitting=sitting, item=item):
            brought = household.planning.items.get(item)
            return brought is not None and brought.sitting == sitting
        case ByStatute(article=article):
            known(stamp, "statutes", article)
            return True
        case Urgent(review_due=due):
            return due >= stamp.today
