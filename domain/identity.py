"""本人: who somebody is, where, how to reach them safely, and 名寄せ.

Whoever absorbed others is not absorbed: so each stream says by itself with whom its person is one,
and taking a 名寄せ back undoes just that.
"""

from typing import ClassVar

from domain.conditions import about_members, known, may_take_in
from domain.events import Fact, On
from domain.events.person import (
    AddressRecorded,
    CareNeeded,
    PersonIdentified,
    PersonsMerged,
    PersonsUnmerged,
    Place,
    SafeContactAgreed,
    VisitRiskNoted,
)
from domain.household import Household
from domain.household.former import Former
from domain.knowing import knows_member
from domain.labels import Category, Label, Tag
from domain.naming import Identity, PersonMergedAway, birth_year, identity_label
from domain.person import Person
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, category_of, stated
from domain.taking_back import unsettle_consents
from domain.values import Code, Period, Personal, PersonId, Role


class AboutPerson(CaseCommand):
    usual_category: ClassVar[Category] = Category.IDENTITY


class IdentifyPerson(Identity, AboutPerson):
    of_the_desk: ClassVar[bool] = True

    name: Personal
    kana: Personal


class RecordAddress(AboutPerson):
    of_the_desk: ClassVar[bool] = True

    place: Place
    text: Personal
    area: Code | None = None
    period: Period | None = None


class AgreeSafeContact(AboutPerson):
    phone: Personal | None = None
    times: Personal | None = None
    voicemail_allowed: bool = False
    sender_name: Personal | None = None
    family_unaware: bool = False


class NoteCareNeed(AboutPerson):
    usual_category: ClassVar[Category] = Category.CONSULTATION

    kinds: tuple[Code, ...]
    narrative: tuple[ParagraphDraft, ...] = ()


class NoteVisitRisk(AboutPerson):
    usual_category: ClassVar[Category] = Category.CONSULTATION

    level: Code
    narrative: tuple[ParagraphDraft, ...] = ()


class MergePersons(AboutPerson):
    """`absorbed` and the person in the path are one."""

    only: ClassVar[tuple[Role, ...]] = (Role.IDENTITY,)
    absorbed: PersonId
    reason: Personal | None = None


class UnmergePersons(AboutPerson):
    only: ClassVar[tuple[Role, ...]] = (Role.IDENTITY,)
    absorbed: PersonId
    reason: Personal


class NotOnePerson(Refused):
    """この二人は同一人として統合できません。記録を確かめてください。"""


class AbsorbedOthers(Refused):
    """この人には、すでにほかの人の記録がまとめられています。この人を残すか、先にそれを元に戻してください。"""


class NotMerged(Refused):
    """この二人は同一人として統合されていません。"""


class ProtectedAsOne(Refused):
    """一人として守ってきた支援措置が、元に戻すと一方に及ばなくなります。支援措置担当に、もう一方にも同じ相手方の支援措置を始めてもらってから、元に戻してください。"""


def identify_person(
    person: Person, household: Household, command: IdentifyPerson, stamp: Stamp
) -> list[PersonIdentified]:
    label = _label(person, household, command, stamp)
    known(stamp, "identification-methods", command.confirmed_by)
    year = birth_year(command, stamp)
    return [stated(PersonIdentified, command, stamp, birth_year=year, label=label)]


def record_address(
    person: Person, household: Household, command: RecordAddress, stamp: Stamp
) -> list[AddressRecorded]:
    """Rule 2: where a concealed person is, is concealed from the moment it is written."""
    label = _label(person, household, command, stamp)
    known(stamp, "areas", command.area)
    tags = tuple(dict.fromkeys((*label.tags, Tag.LOCATION)))
    concealed = label.concealed or person.is_concealed
    return [
        stated(
            AddressRecorded,
            command,
            stamp,
            address=stamp.new_id("address"),
            period=command.period or Period(start=stamp.today),
            label=label.model_copy(update={"tags": tags, "concealed": concealed}),
        )
    ]


def agree_safe_contact(
    person: Person, household: Household, command: AgreeSafeContact, stamp: Stamp
) -> list[SafeContactAgreed]:
    label = _label(person, household, command, stamp)
    return [stated(SafeContactAgreed, command, stamp, label=label)]


def note_care_need(
    person: Person, household: Household, command: NoteCareNeed, stamp: Stamp
) -> list[CareNeeded]:
    label = _label(person, household, command, stamp)
    known(stamp, "care-needs", *command.kinds)
    return [stated(CareNeeded, command, stamp, label=label)]


def note_visit_risk(
    person: Person, household: Household, command: NoteVisitRisk, stamp: Stamp
) -> list[VisitRiskNoted]:
    label = _label(person, household, command, stamp)
    known(stamp, "visit-risks", command.level)
    return [stated(VisitRiskNoted, command, stamp, label=label)]


def merge_persons(
    survivor: Person, absorbed: Person, *rest: *tuple[*tuple[Person, ...], MergePersons, Stamp]
) -> list[Fact | On]:
    """名寄せ: both streams stay, and each says so; nobody becomes one with their own 相手方.

    Beside come those with whom the survivor is one already.
    """
    *others, command, stamp = rest
    stamp.requires(*command.only)
    _named(absorbed, command.absorbed)
    if absorbed.absorbed_by == survivor.id:
        return []
    if survivor.absorbed_by or absorbed.absorbed_by or survivor.id == absorbed.id:
        raise NotOnePerson
    if absorbed.absorbed:
        raise AbsorbedOthers
    if _opposed((survivor, *others), absorbed):
        raise NotOnePerson
    merged = stated(PersonsMerged, command, stamp, survivor=survivor.id)
    return [merged, On(absorbed.id, merged)]


def unmerge_persons(
    survivor: Person,
    absorbed: Person,
    *rest: *tuple[*tuple[Person | Former, ...], UnmergePersons, Stamp],
) -> list[Fact | On]:
    """Rule 23: what protects one has protected both, and what was recorded meanwhile of the one may
    stand with the other. So each is protected from the same before they part, and what was then
    consented to is asked for again.

    Beside come the others with whom the survivor is one, and the households of them all.
    """
    *beside, command, stamp = rest
    others = [each for each in beside if isinstance(each, Person)]
    stamp.requires(*command.only)
    _named(absorbed, command.absorbed)
    if absorbed.absorbed_by != survivor.id:
        raise NotMerged
    unseen = survivor.absorbed - {absorbed.id, *(each.id for each in others)}
    if unseen or _protection(absorbed) != _protection(survivor, *others):
        raise ProtectedAsOne
    unmerged = stated(PersonsUnmerged, command, stamp, survivor=survivor.id)
    homes = [each.household for each in beside if isinstance(each, Former)]
    consents = unsettle_consents(homes, _taken(survivor, absorbed, others), stamp)
    return [unmerged, On(absorbed.id, unmerged), *consents]


def _label(person: Person, household: Household, command: AboutPerson, stamp: Stamp) -> Label:
    """Rule 21: what is written of a protected person is hidden from the 相手方 without asking."""
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    if not knows_member(household, stamp, *person.ids):
        raise Unknown
    if person.absorbed_by:
        raise PersonMergedAway(person=person.absorbed_by)
    label = identity_label(command, stamp, PersonId(person.id)).model_copy(
        update={"category": category_of(command, stamp)}
    )
    hidden = dict.fromkeys((*label.hidden_from, *sorted(person.counterparties)))
    return label.model_copy(update={"hidden_from": tuple(hidden)})


def _opposed(one: tuple[Person, ...], other: Person) -> bool:
    """Whether either is 相手方 of the other; also when a record of the one was not looked at."""
    survivor = one[0]
    unseen = survivor.ids - {person.id for person in one}
    against = frozenset().union(*(person.counterparties for person in one))
    return bool(unseen or other.id in against or survivor.ids & other.counterparties)


def _protection(*ids: Person) -> tuple[bool, frozenset[PersonId]]:
    """Whether they are protected under any of these, and from whom."""
    against = (each.counterparties for each in ids)
    return any(each.is_concealed for each in ids), frozenset().union(*against)


def _taken(survivor: Person, absorbed: Person, others: list[Person]) -> dict[PersonId, float]:
    """Since when what was said of each id may be of one with whom it is parted now."""
    since = {PersonId(each.id): max(each.absorbed_at, absorbed.absorbed_at) for each in others}
    return {**since, **{PersonId(each.id): absorbed.absorbed_at for each in (survivor, absorbed)}}


def _named(person: Person, named: PersonId) -> None:
    if person.id != named:
        raise Unknown
