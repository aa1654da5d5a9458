"""条件: what nearly every act about a household asks first."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar
from uuid import UUID

from domain.household import Household
from domain.knowing import knows_consent, knows_member
from domain.labels import BySitting, Label, Tag, gravest
from domain.person import Person, ids_of
from domain.refusals import HouseholdClosed, NotAMember, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, concerned
from domain.values import PersonId, Role

C = TypeVar("C", bound=CaseCommand)
CASE_WORK = (Role.COUNSELLOR, Role.COORDINATOR, Role.CHIEF, Role.CONVENER, Role.PROTECTION)
"""Who works on cases: everybody but those who keep the ledger itself."""


class NotConsented(Refused):
    """同意していない人がいます。重層的支援会議とプランには、本人それぞれの有効な同意が必要です。"""


class HouseholdMerged(Refused):
    """この世帯の記録は別の世帯に統合されました。統合先の世帯に記録してください。"""


class AnswerNotHeard(Refused):
    """このままでは、相手がこの返事を読めません。秘匿、通報者・居場所の印、会議の根拠は、返事の全体には付けられません。相手に見せない内容は、段落を分けてその段落だけに付けるか、別の記録に書いてください。"""


def may_write(household: Household, stamp: Stamp) -> None:
    """Somebody who works on cases writes to a household that is being supported."""
    may_take_in(household, stamp)
    if not household.is_open:
        raise HouseholdClosed


def may_take_in(household: Household, stamp: Stamp) -> None:
    """Rule 14: a contact is taken in even where the support has ended; not where the record is
    now kept in another household.
    """
    may_finish(household, stamp)
    if household.people.merged_into is not None:
        raise HouseholdMerged(household=household.people.merged_into)


def may_finish(household: Household, stamp: Stamp) -> None:
    """What was begun in a household is ended there, also once its case is kept in another."""
    stamp.requires(*CASE_WORK)
    involved = household.involves(stamp.capacity)
    if household.version and stamp.capacity.role is Role.PROTECTION and not involved:
        raise Unknown


def case_of(household: Household, *kept: Household) -> Household:
    """Where the case of a household is kept today: there, or where it was merged to, and so on."""
    for each in kept:
        if household.people.merged_into == each.id:
            household = each
    return household


def about_members(household: Household, command: CaseCommand, stamp: Stamp) -> None:
    """Rule 21: whom the record and its paragraphs name, or hide it from, belongs or belonged."""
    belong(household, stamp, *command.subjects, kept_out=command.hidden_from)
    for given in vars(command).values():
        if isinstance(given, tuple) and given and isinstance(given[0], ParagraphDraft):
            drafts_about_members(household, given, stamp)


def drafts_about_members(
    household: Household, drafts: Iterable[ParagraphDraft], stamp: Stamp
) -> None:
    for draft in drafts:
        named = (draft.told_by, *draft.principals, *draft.mentioned)
        belong(household, stamp, *named, kept_out=draft.hidden_from)


def belong(
    household: Household,
    stamp: Stamp,
    *persons: PersonId | None,
    kept_out: tuple[PersonId, ...] = (),
) -> None:
    """Each of them belongs to the household or has belonged, as far as the writer may know: records
    about those who left go on. It may also be hidden from somebody of whom the writer's desk wrote
    so here before: whoever went on by themselves goes on to be kept from those who stayed.
    """
    if kept_out:
        walled = _walled_by(household, stamp)
        persons = (*persons, *(each for each in kept_out if each not in walled))
    strangers = [p for p in dict.fromkeys(persons) if p and not knows_member(household, stamp, p)]
    if strangers:
        raise NotAMember(persons=strangers)


def _walled_by(household: Household, stamp: Stamp) -> frozenset[PersonId]:
    """From whom the records of the writer's desk are hidden there."""
    own = (stamp.capacity.agency, stamp.capacity.desk)
    labels = (written.label for written in household.writings)
    walls = (label.hidden_from for label in labels if (label.agency, label.desk) == own)
    return frozenset().union(*walls)


def as_closed_as(household: Household, command: C, *earlier: UUID | int | None) -> C:
    """Rules 1 and 21: what goes on with earlier records, by their ids or versions (answers, ends or
    names them), tells of them: it is hidden from everybody from whom they are, as they read now,
    and of their category where that stays with a desk, unless the writer says what it is about.

    What their words tell is not carried: a place, a 通報者 and a 支援会議 are marked where the new
    words tell of them.
    """
    labels = list(labels_of(household, *earlier))
    closed = gravest({label.category for label in labels})
    hiding = as_hidden_as(household, command, *earlier)
    update: dict[str, object] = {"category": command.category or closed}
    if hiding.hidden_from != command.hidden_from:
        about = dict.fromkeys(person for label in labels for person in label.subjects)
        update["subjects"] = command.subjects or concerned(command) or tuple(about)
    return hiding.model_copy(update=update)


def as_hidden_as(household: Household, command: C, *earlier: UUID | int | None) -> C:
    """Rule 21 alone: for what is about others, too, or of a category of its own."""
    labels = labels_of(household, *earlier)
    walls = (person for label in labels for person in label.hidden_from)
    hidden = tuple(dict.fromkeys((*command.hidden_from, *walls)))
    return command.model_copy(update={"hidden_from": hidden})


def answering(household: Household, command: C, asked: UUID) -> C:
    """Whoever asked reads the answer, or they would wait for ever: nothing on the whole of it keeps
    it from them but a wall. For all others it is as closed as what was asked.
    """
    if is_kept_back(command):
        raise AnswerNotHeard
    return as_closed_as(household, command, asked)


def is_kept_back(command: CaseCommand) -> bool:
    """Whether something on the whole of it, but a wall, keeps it from those it is there for."""
    closed = command.concealed or not {Tag.INFORMANT, Tag.LOCATION}.isdisjoint(command.tags)
    return closed or isinstance(command.basis, BySitting)


def labels_of(household: Household, *earlier: UUID | int | None) -> Iterator[Label]:
    """The labels of these records as they read now."""
    for each in earlier:
        versions = told_of(household, each) if isinstance(each, UUID) else (each,)
        labels = (household.label(version) for version in versions if version)
        yield from (label for label in labels if label)


def told_of(household: Household, thing: UUID) -> tuple[int, ...]:
    """The records by which a consultation, a つなぎ, a consent, a plan … is known."""
    begun = (
        household.intake.consultations,
        household.intake.notes,
        household.intake.reports,
        household.referrals.referrals,
        household.consents.requests,
    )
    made = tuple(things[thing].version for things in begun if thing in things)
    consent = household.consents.consents.get(thing)
    said = tuple(version for version, _ in consent.said) if consent else ()
    return (*made, *said, *household.sources.told.get(thing, ()))


def known(stamp: Stamp, codes: str, *chosen: str | None) -> None:
    """Every code is in the municipality's list today."""
    for code in chosen:
        if code:
            stamp.profile.require(codes, code, stamp.today)


def not_consenting(
    household: Household,
    persons: Iterable[PersonId],
    days: Collection[date],
    stamp: Stamp,
    people: Iterable[Person],
) -> tuple[PersonId, ...]:
    """Who has no consent in force on one of these days that the writer knows of, under none of the
    ids that `people` say they have: nobody learns from it that others have one.
    """
    records = tuple(people)

    def consents(person: PersonId) -> bool:
        given = household.consents.of(ids_of(person, records))
        known = [each for each in given if knows_consent(household, each, stamp)]
        return all(any(each.stands(day) for each in known) for day in days)

    return tuple(dict.fromkeys(person for person in persons if not consents(person)))


def have_consented(
    household: Household,
    persons: Iterable[PersonId],
    day: date,
    stamp: Stamp,
    people: Iterable[Person] = (),
) -> None:
    """Rules 10 and 11: names who has not."""
    if missing := not_consenting(household, persons, (day,), stamp, people):
        raise NotConsented(persons=list(missing))
