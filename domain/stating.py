"""Stating (記録): how an act becomes a fact with its label, so that a tired counsellor types only
what is new.
"""

from functools import cache
from typing import Any, ClassVar, TypeVar

from pydantic import field_validator

from domain.events.base import Fact
from domain.labels import (
    Basis,
    BySitting,
    Category,
    Controller,
    Label,
    Narrative,
    OwnRecord,
    Paragraph,
    Tag,
)
from domain.refusals import ReadByNobody
from domain.stamp import Stamp
from domain.values import Command, DeskId, Occurred, Personal, PersonId, Value

F = TypeVar("F", bound=Fact)


class LabelDraft(Value):
    """ラベルの案: what differs from the desk's defaults."""

    category: Category | None = None
    basis: Basis | None = None
    hidden_from: tuple[PersonId, ...] = ()
    concealed: bool = False
    tags: tuple[Tag, ...] = ()
    controller: Controller = Controller.CITY


class ParagraphDraft(LabelDraft):
    """段落の案: a text alone is enough."""

    text: Personal
    told_by: PersonId | None = None
    principals: tuple[PersonId, ...] = ()
    mentioned: tuple[PersonId, ...] = ()


class CaseCommand(Command, LabelDraft):
    """An act about a household or a person: when it happened, about whom, and its label where it
    differs.
    """

    usual_category: ClassVar[Category] = Category.PROGRESS
    of_the_desk: ClassVar[bool] = False
    """Whether it notes down what the desk itself came to know: at a desk for 虐待・DV or 健康 that
    is of the desk's category, as its profile says; what is said to others is of its own.
    """

    occurred_on: Occurred | None = None
    subjects: tuple[PersonId, ...] = ()

    @field_validator(
        "narrative",
        "wishes",
        "memo",
        "needed",
        "goals",
        "minutes",
        mode="before",
        check_fields=False,
        json_schema_input_type=str | tuple[ParagraphDraft, ...],
    )
    @classmethod
    def _paragraphs(cls, given: Any) -> Any:
        if isinstance(given, str):
            return [{"text": given}]
        if isinstance(given, list | tuple):
            return given
        raise ValueError(
            "文字列か並び ([ ]) で書いてください。書くことがなければ、項目ごと省いてください。"
        )


class SidedCommand(CaseCommand):
    """One whose outcome depends on whose side the writer is on."""

    @property
    def asks_sides(self) -> bool:
        return True


def concerned(command: CaseCommand) -> tuple[PersonId, ...]:
    """Whom the act names is whom it is about, unless the writer says otherwise."""
    person = getattr(command, "person", None)
    return (person,) if person else getattr(command, "persons", ())


def category_of(command: CaseCommand, stamp: Stamp) -> Category:
    """As the writer says; or else as the desk does, where that stays with it (rule 1), or the kind
    of act.
    """
    closed = closed_category(stamp) if command.of_the_desk else None
    return command.category or closed or command.usual_category


def closed_category(stamp: Stamp, desk: DeskId | None = None) -> Category | None:
    """虐待・DV or 健康, where the writer's desk, or that one of their agency, is for that."""
    agency, own = stamp.capacity.agency, stamp.capacity.desk
    return stamp.profile.closed_category(agency, desk or own, stamp.today)


def label_of(command: CaseCommand, stamp: Stamp) -> Label:
    """The label of the whole fact, the desk and the kind of act filling what the command leaves
    open.
    """
    return Label(
        agency=stamp.capacity.agency,
        desk=stamp.capacity.desk,
        subjects=command.subjects or concerned(command),
        category=category_of(command, stamp),
        basis=command.basis or OwnRecord(),
        hidden_from=command.hidden_from,
        concealed=command.concealed,
        tags=command.tags,
        controller=command.controller,
    )


def _paragraph(draft: ParagraphDraft, whole: Label) -> Paragraph:
    return Paragraph(
        text=draft.text,
        told_by=draft.told_by,
        principals=draft.principals or whole.subjects,
        mentioned=draft.mentioned,
        label=_label_in(draft, whole),
    )


def _label_in(draft: ParagraphDraft, whole: Label) -> Label:
    """A paragraph may be stricter than its fact, never laxer: what is hidden stays hidden in
    every part.
    """
    hidden, tags = (*whole.hidden_from, *draft.hidden_from), (*whole.tags, *draft.tags)
    if not (draft.category or draft.basis or draft.concealed or hidden or tags):
        return whole
    label = whole.model_copy(
        update={
            "category": draft.category or whole.category,
            "basis": draft.basis or whole.basis,
            "hidden_from": tuple(dict.fromkeys(hidden)),
            "concealed": whole.concealed or draft.concealed,
            "tags": tuple(dict.fromkeys(tags)),
        }
    )
    read_by_somebody(label)
    return label


def read_by_somebody(label: Label) -> None:
    """What is concealed is read by 支援措置担当, who was in no room and received no report."""
    if label.concealed and (Tag.INFORMANT in label.tags or isinstance(label.basis, BySitting)):
        raise ReadByNobody


def paragraphs(drafts: tuple[ParagraphDraft, ...], whole: Label) -> Narrative:
    return tuple(_paragraph(draft, whole) for draft in drafts)


@cache
def _in_common(kind: type[Fact], command: type[CaseCommand]) -> tuple[str, ...]:
    """The fields that both have."""
    return tuple(kind.model_fields.keys() & command.model_fields.keys())


def stated(kind: type[F], command: CaseCommand, stamp: Stamp, /, **more: object) -> F:
    """The fact that a command states: its fields of the same name, its day, its label; `more` wins.

    Raises InTheFuture when the day has not come yet, ReadByNobody for what would be lost.
    """
    label: Any = more.pop("label", None) or label_of(command, stamp)
    if command.concealed:
        read_by_somebody(label)
    fields: dict[str, Any] = {}
    for name in _in_common(kind, type(command)):
        given = getattr(command, name)
        drafted = isinstance(given, tuple) and given and isinstance(given[0], ParagraphDraft)
        fields[name] = paragraphs(given, label) if drafted else given
    fields |= {"occurred_on": stamp.occurred(command.occurred_on), "label": label, **more}
    return kind(**fields)
