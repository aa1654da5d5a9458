"""Sentences (経過の文): one plain Japanese sentence for each fact, composed when it is read.

The narrative is not repeated in the sentence: its paragraphs stand below it, each with its label.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.oversight import EmergencyAccessOpened
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.sitting import AttendeeInvited
from domain.events.support import SupportReopened
from domain.gate import Item
from domain.labels import Label, Paragraph
from domain.values import Personal, Value
from projections.sentences.care import CARE
from projections.sentences.household import HOUSEHOLD
from projections.sentences.intake import INTAKE
from projections.sentences.meeting import MEETING
from projections.sentences.oversight import OVERSIGHT
from projections.sentences.person import PERSON
from projections.sentences.rights import RIGHTS
from projections.sentences.sharing import SHARING
from projections.sentences.sitting import SITTING
from projections.sentences.words import Words

__all__ = ["SENTENCES", "Segment", "Words", "colleagues", "segments", "sentence"]

SENTENCES: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    **HOUSEHOLD,
    **INTAKE,
    **SHARING,
    **MEETING,
    **CARE,
    **RIGHTS,
    **OVERSIGHT,
    **PERSON,
    **SITTING,
}


def sentence(item: Item, words: Words) -> str:
    """What happened, in one sentence; `words` opens what is sealed and knows the names of codes."""
    return SENTENCES[type(item.fact)](item.fact, words)


def colleagues(fact: Fact) -> tuple[UUID, ...]:
    """Whom of the staff its sentence names: they must be known by name before it is said."""
    match fact:
        case WorkHandedOver():
            return (fact.from_staff, fact.to_staff)
        case (
            LeadAgencyNamed(staff=UUID() as staff)
            | SupportReopened(staff=UUID() as staff)
            | EmergencyAccessOpened(staff=staff)
            | AttendeeInvited(staff=UUID() as staff)
        ):
            return (staff,)
        case _:
            return ()


class Segment(NamedTuple):
    """A personal string of a fact where it stands, with the label that is its own or its fact's."""

    path: str
    text: Personal
    label: Label


def segments(item: Item) -> list[Segment]:
    """All that has to be opened before it can be shown."""
    return list(_within("", item.fact, item.fact.label))


def _within(path: str, value: object, label: Label) -> Iterable[Segment]:
    match value:
        case Personal():
            yield Segment(path, value, label)
        case Label():
            return
        case Paragraph():
            yield Segment(f"{path}.text", value.text, value.label)
        case Value():
            for name in type(value).model_fields:
                yield from _within(f"{path}.{name}".lstrip("."), getattr(value, name), label)
        case tuple():
            for place, part in enumerate(value):
                yield from _within(f"{path}.{place}", part, label)
