"""情報を渡す前に (rules 1, 3, 21, 31): what would leave with a share or a つなぎ, what stays."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from domain.basis import consent_for, has_basis
from domain.events.intake import AbuseReported
from domain.household import Household
from domain.household.written import Part
from domain.knowing import known_members
from domain.labels import (
    ByConsent,
    BySitting,
    ByStatute,
    Category,
    Label,
    Narrative,
    OwnRecord,
    Tag,
    Urgent,
    gravest,
)
from domain.passage import Beside, Passage
from domain.person import Person, ids_of
from domain.reading import reads_whole
from domain.refusals import Refused, Unknown
from domain.siding import stands_beside
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, SidedCommand, label_of, paragraphs
from domain.values import AgencyId, Code, PersonId


class InformantStays(Refused):
    """通報した人が分かる記録は、受けた係の外に出せません。必要な内容だけを、通報者が分からないように書いてください。"""


class ConcealedPlace(Refused):
    """居場所やその手がかりが分かる記録は、この方法では渡せません。支援措置の担当に相談してください。"""


class HiddenFromHearer(Refused):
    """この記録を知らせてはならない人が、同意する人または会議の出席者に含まれています。対象の人を分けるか、別の根拠を記録してください。"""


class SittingInformation(Refused):
    """支援会議で知った情報は、そのままでは渡せません。本人から改めて聞き取るか、固有の根拠を記録してください。"""


class PurposeForReading(Refused):
    """この目的は閲覧のためのもので、提供や同意の目的には使えません。"""


class AnswerDuePast(Refused):
    """回答の期限が過去の日付です。"""


class Pass(SidedCommand):
    """渡すこと: without a basis the consents in force are looked at."""

    usual_category: ClassVar[Category] = Category.PROGRESS
    addressed: ClassVar[bool] = False
    """Whether it tells its receiver that it was recorded, whatever it is about."""

    purpose: Code
    categories: tuple[Category, ...] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


class Ground(NamedTuple):
    """What the decision rests on: the household, and the persons and the sittings beside it."""

    household: Household
    beside: tuple[Beside, ...] = ()
    asking: bool = False


class Parcel(NamedTuple):
    """渡すものの全体: what was weighed, and the label the record of it carries."""

    passage: Passage
    parts: tuple[Part, ...]
    label: Label
    narrative: Narrative


def weigh(
    ground: Ground, command: Pass, stamp: Stamp, to: AgencyId, facts: tuple[int, ...] = ()
) -> Parcel:
    """Everything that would leave; Unknown when the writer may not read all of what is enclosed."""
    household = ground.household
    people = [each for each in ground.beside if isinstance(each, Person)]
    enclosed = [part for version in facts for part in _enclosed(ground, version, stamp)]
    said = *command.categories, *_of_itself(command), *(p.label.category for p in enclosed)
    categories = dict.fromkeys(said)
    whole = label_of(command.model_copy(update={"category": _category(command, categories)}), stamp)
    parts = (*enclosed, *_told(paragraphs(command.narrative, whole)))
    about = _subjects(command, parts, lambda: known_members(household, stamp))
    whose = (*_subjects(command, parts, lambda: household.people.present), *about)
    passage = Passage(
        household=household,
        stamp=stamp,
        to_agency=to,
        purpose=command.purpose,
        basis=command.basis or OwnRecord(),
        subjects=tuple(dict.fromkeys(whose)),
        categories=tuple(dict.fromkeys((*categories, *(p.label.category for p in parts)))),
        occurred_on=stamp.occurred(command.occurred_on),
        facts=facts,
        beside=ground.beside,
        asking=ground.asking,
        unknown=frozenset(whose).difference(*(ids_of(each, people) for each in about)),
    )
    return _labelled(passage, enclosed, whole.model_copy(update={"subjects": about}), command)


def may_leave(parcel: Parcel) -> None:
    """Refuses what nobody may pass on, then what no basis covers."""
    for part in parcel.parts:
        _may_leave(part, parcel.passage)
    has_basis(parcel.passage)


def leaves(parcel: Parcel) -> bool:
    """Whether it may leave, for whoever goes on without it."""
    try:
        may_leave(parcel)
    except Refused:
        return False
    return True


def may_serve(stamp: Stamp, *purposes: str) -> None:
    """Every purpose is in the municipality's list, and one for which information is passed on."""
    for purpose in purposes:
        if stamp.profile.marked("purposes", purpose, "reading-only", stamp.today):
            raise PurposeForReading(purpose=purpose)


def concerned(household: Household, command: Pass, facts: Iterable[int]) -> tuple[PersonId, ...]:
    """Whose consent it takes: the streams of these persons are what the decision rests on."""
    found = [household.writings.at(version) for version in facts]
    parts = [part for written in found if written for part in household.writings.parts(written)]
    parts += [Part(_NOBODY, draft.principals or command.subjects) for draft in command.narrative]
    present = household.people.present
    return _subjects(command, tuple(parts), lambda: present) or present


_NOBODY = Label(agency="none", desk="none", category=Category.ORGANISATION)


def _of_itself(command: Pass) -> tuple[Category, ...]:
    """As which its receiver reads the record of it, unless it is addressed to them (名あて)."""
    return () if command.addressed or command.category is None else (command.category,)


def _enclosed(ground: Ground, version: int, stamp: Stamp) -> tuple[Part, ...]:
    household = ground.household
    written = household.writings.at(version)
    if written is None or not reads_whole(household, written, stamp, ground.beside):
        raise Unknown
    whole, *rest = household.writings.parts(written)
    if written.kind is AbuseReported:
        tagged = whole.label.model_copy(update={"tags": (*whole.label.tags, Tag.INFORMANT)})
        whole = whole._replace(label=tagged)
    return (whole, *rest)


def _category(command: Pass, categories: Collection[Category]) -> Category | None:
    """Of the record itself, unless the writer says: the one read by fewest."""
    return command.category or gravest(categories) or next(iter(command.categories), None)


def _subjects(
    command: Pass, parts: tuple[Part, ...], everybody: Callable[[], tuple[PersonId, ...]]
) -> tuple[PersonId, ...]:
    """Everybody it is about; what names nobody takes the consent of the whole household (rule 4),
    and says that it is about whom the writer knows of: nobody learns, or tells others, by a record
    who else belongs (rule 32).
    """
    named = dict.fromkeys((*command.subjects, *(p for part in parts for p in part.persons)))
    outright = command.categories or isinstance(command.basis, ByStatute | Urgent)
    nameless = any(not part.persons for part in parts) or (outright and not named)
    return tuple(dict.fromkeys((*named, *(everybody() if nameless else ()))))


def _told(narrative: Narrative) -> tuple[Part, ...]:
    return tuple(Part(paragraph.label, paragraph.principals) for paragraph in narrative)


def _labelled(passage: Passage, enclosed: Sequence[Part], whole: Label, command: Pass) -> Parcel:
    """Words that name nobody are about everybody whom, with what is enclosed, it is about. Where
    nobody it is there for could read that it was passed on, the record of it is weighed, too.
    """
    basis = command.basis or consent_for(passage)
    hiding = [part.label.hidden_from for part in enclosed]
    hiding += [draft.hidden_from for draft in command.narrative]
    hidden = dict.fromkeys(person for each in hiding for person in each)
    walls = tuple(dict.fromkeys((*whole.hidden_from, *hidden)))
    label = whole.model_copy(update={"basis": basis, "hidden_from": walls})
    narrative = paragraphs(command.narrative, label)
    unseen = label.concealed or Tag.INFORMANT in label.tags
    parts = (*enclosed, *((Part(label, ()),) if unseen else ()), *_told(narrative))
    return Parcel(replace(passage, basis=basis), parts, label, narrative)


def _may_leave(part: Part, passage: Passage) -> None:
    label = part.label
    if Tag.INFORMANT in label.tags:
        raise InformantStays
    if label.concealed or (Tag.LOCATION in label.tags and _may_be_concealed(part, passage)):
        raise ConcealedPlace
    if not _may_go_on(label, passage):
        raise SittingInformation
    if label.hidden_from and _may_hear(label, passage):
        raise HiddenFromHearer


def _may_hear(label: Label, passage: Passage) -> bool:
    return any(passage.is_kept_from(each, label.hidden_from) for each in passage.hearers)


def _may_be_concealed(part: Part, passage: Passage) -> bool:
    """Rule 2, default deny: a person whose own record was not looked at may be concealed; and to
    whoever acts for one of the household it would tell by being refused who is.
    """
    if stands_beside(passage.household, passage.stamp):
        return True
    people = [passage.records(person) for person in part.persons or passage.subjects]
    return not people or any(
        records is None or any(record.is_concealed for record in records) for records in people
    )


def _may_go_on(label: Label, passage: Passage) -> bool:
    """Rule 3: what was learned in a 支援会議 needs a basis of its own."""
    if not isinstance(label.basis, BySitting):
        return True
    match passage.basis:
        case BySitting():
            return passage.basis == label.basis
        case ByConsent():
            settings = passage.stamp.profile.settings(passage.stamp.today)
            return settings.sitting_information_after_consent
        case ByStatute() | Urgent():
            return True
        case OwnRecord():
            return False
