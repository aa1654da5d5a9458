"""付議: a household comes before a sitting with what its agency may show, on the item's basis."""

from collections.abc import Collection
from uuid import UUID

from domain.conditions import (
    NotConsented,
    about_members,
    may_write,
    not_consenting,
)
from domain.convening.agenda import NewItem, item_added
from domain.convening.charge import takes_entries
from domain.events import On
from domain.events.intake import AbuseReported
from domain.events.meeting import BroughtToSitting, PersonsHeldBack
from domain.events.sitting import AgendaItemAdded, MeetingBasis
from domain.household import Household
from domain.labels import BySitting, Category, Tag
from domain.meeting.deliberation import basis_of
from domain.meeting.holding import Bringing, Held, held_back, told, without
from domain.meeting.secrecy import on_item
from domain.passage import Beside
from domain.passing import SittingInformation
from domain.person import Person, ids_of
from domain.reading import reads_whole
from domain.refusals import Refused
from domain.siding import takes_no_side
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.stating import stated
from domain.values import AgencyId, HouseholdId, PersonId, PlainText, SittingId

_BETRAYING = frozenset({Tag.INFORMANT, Tag.LOCATION})


class BringToSitting(Bringing):
    """An item that stands already, or a new one by `item_basis` and `title` (no name in it)."""

    sitting: SittingId
    item: UUID | None = None
    item_basis: MeetingBasis | None = None
    title: PlainText | None = None


class SubjectsNotNamed(Refused):
    """だれについて付議するのか、世帯員を示してください。"""


class ItemNotDescribed(Refused):
    """付議する議題を選ぶか、新しい議題の根拠と題を示してください。"""


class NotTableable(Refused):
    """会議に出せない記録が含まれています。自分の係が書いた記録で、通報者や秘匿した場所にふれないものを選んでください。"""


class NotCoveredByConsent(Refused):
    """出席する機関への提供に、本人の同意が及ばない記録が含まれています。同意の範囲を確かめてください。"""


def bring_to_sitting(
    household: Household,
    sitting: Sitting,
    *rest: *tuple[*tuple[Person | Attended, ...], BringToSitting, Stamp],
) -> list[PersonsHeldBack | BroughtToSitting | On]:
    """Rules 3, 11 and 31; nothing where it adds nothing to what was brought before."""
    *beside, command, stamp = rest
    people = [each for each in beside if isinstance(each, Person)]
    may_write(household, stamp)
    about_members(household, command, stamp)
    takes_entries(sitting)
    item = command.item or stamp.new_id("item")
    basis = basis_of(household, sitting, item, stamp) if command.item else command.item_basis
    _may_be_tabled(household, command.tabled, stamp, (sitting, *beside))
    held, going = Held(), command
    if basis is MeetingBasis.LAYERED:
        held = _held(household, sitting, command, stamp, people)
        going = without(command, held)
    added = [] if command.item else [_added(household, sitting, going, stamp, item)]
    for fact in added:
        sitting = sitting.told(fact)
    if basis is MeetingBasis.LAYERED:
        _may_go_before(household, sitting, going, item, stamp, people)
    new = not _is_known(household, going, item, stamp)
    brought = [_brought(sitting, _as_hidden(household, going), stamp, item)] if new else []
    return [
        *(On(sitting.id, fact) for fact in added),
        *told(held, command, stamp, item=item),
        *brought,
    ]


def _as_hidden(household: Household, command: BringToSitting) -> BringToSitting:
    """Rule 21: words about what is hidden from somebody are hidden from them, too."""
    tabled = filter(None, map(household.writings.at, command.tabled))
    labels = [part.label for each in tabled for part in household.writings.parts(each)]
    hidden = [person for label in labels for person in label.hidden_from]
    every = tuple(dict.fromkeys((*command.hidden_from, *hidden)))
    return command.model_copy(update={"hidden_from": every})


def _brought(
    sitting: Sitting, command: BringToSitting, stamp: Stamp, item: UUID
) -> BroughtToSitting:
    label = on_item(sitting, item, command, stamp)
    kept = {"secretariat": sitting.secretariat}
    return stated(BroughtToSitting, command, stamp, item=item, label=label, **kept)


def _added(
    household: Household, sitting: Sitting, command: BringToSitting, stamp: Stamp, item: UUID
) -> AgendaItemAdded:
    if command.item_basis is None or command.title is None:
        raise ItemNotDescribed
    new = NewItem(
        item_basis=command.item_basis,
        title=command.title,
        household=HouseholdId(household.id),
    )
    return item_added(sitting, new, command, stamp, item)


def _may_be_tabled(
    household: Household, tabled: tuple[int, ...], stamp: Stamp, beside: tuple[Beside, ...]
) -> None:
    """Rules 1, 2, 3 and 31: what the writer may read all of, and their desk may show; absent and
    hidden look the same.
    """
    wrong = [version for version in tabled if not _tableable(household, version, stamp, beside)]
    if wrong:
        raise NotTableable(versions=wrong)


def _tableable(
    household: Household, version: int, stamp: Stamp, beside: tuple[Beside, ...]
) -> bool:
    written = household.writings.at(version)
    if written is None or written.kind is AbuseReported:
        return False
    labels = [part.label for part in household.writings.parts(written)]
    betrays = any(label.concealed or not _BETRAYING.isdisjoint(label.tags) for label in labels)
    return not betrays and reads_whole(household, written, stamp, beside)


def _held(
    household: Household,
    sitting: Sitting,
    command: BringToSitting,
    stamp: Stamp,
    people: list[Person],
) -> Held:
    """Rule 11, today and on the day of the sitting; refused where nobody is left to take up."""
    if not command.subjects:
        raise SubjectsNotNamed
    days = {stamp.today, max(stamp.today, sitting.held_on)}
    persons = not_consenting(household, command.subjects, days, stamp, people)
    if set(persons) == set(command.subjects):
        raise NotConsented(persons=list(persons))
    return held_back(household, command, persons, people) if persons else Held()


def _may_go_before(  # noqa: PLR0913, PLR0917 - what goes, before whom, by whose consent
    household: Household,
    sitting: Sitting,
    command: BringToSitting,
    item: UUID,
    stamp: Stamp,
    people: list[Person],
) -> None:
    """Rule 1: towards all invited so far."""
    _from_no_sitting(household, command.tabled, stamp)
    if command.tabled:
        takes_no_side(stamp, household)
    agencies = {a.agency for a in sitting.attendees.values() if not a.items or item in a.items}
    others = {agency for agency in agencies if agency and agency != stamp.capacity.agency}
    wrong = [
        version
        for version in command.tabled
        if not _covered(household, version, command.subjects, others, stamp, people)
    ]
    if wrong:
        raise NotCoveredByConsent(versions=wrong)


def _from_no_sitting(household: Household, tabled: tuple[int, ...], stamp: Stamp) -> None:
    """Rule 3: what was learned in a 支援会議 goes before no meeting that rests on consent."""
    settings = stamp.profile.settings(stamp.today)
    found = [written for written in household.writings if written.version in tabled]
    learned = [
        written.version
        for written in found
        if any(isinstance(part.label.basis, BySitting) for part in written.parts)
    ]
    if learned and not settings.sitting_information_after_consent:
        raise SittingInformation(versions=learned)


def _covered(  # noqa: PLR0913, PLR0917 - what of whom, to whom, when
    household: Household,
    version: int,
    subjects: tuple[PersonId, ...],
    agencies: set[AgencyId],
    stamp: Stamp,
    people: list[Person],
) -> bool:
    """Whether each person told of consents that each of these agencies knows this category."""
    label = household.label(version)
    return label is not None and all(
        _consents(household, ids_of(person, people), agency, label.category, stamp)
        for person in label.subjects or subjects
        for agency in agencies
    )


def _consents(
    household: Household,
    ids: Collection[PersonId],
    agency: AgencyId,
    category: Category,
    stamp: Stamp,
) -> bool:
    """Whether a consent of this person covers agency × category today, for any purpose: of those
    the writer's agency knows of.
    """
    return any(
        consent.covers(agency, category, purpose, stamp.today)
        for consent in household.consents.of(ids)
        if consent.known_to(stamp.capacity.agency)
        for purpose in consent.purposes
    )


def _is_known(household: Household, command: BringToSitting, item: UUID, stamp: Stamp) -> bool:
    """Whether the writer's agency said it all before; what others brought is not for it to learn,
    and is brought again.
    """
    before = household.planning.items.get(item)
    own = household.sources.brought.get((item, stamp.capacity.agency))
    if command.narrative or before is None or own is None:
        return False
    return all(
        set(command.subjects) <= set(said.subjects) and set(command.tabled) <= set(said.tabled)
        for said in (own, before)
    )
