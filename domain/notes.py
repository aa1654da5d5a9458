"""メモ: seen by its keeper alone, and put in order or dropped within a few days."""

from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.conditions import about_members, as_closed_as, labels_of, may_take_in
from domain.events.intake import NoteDropped, NoteKept, NoteLabelled
from domain.household import Household
from domain.labels import OwnRecord
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Personal


class KeepNote(CaseCommand):
    of_the_desk: ClassVar[bool] = True

    text: Personal


class LabelNote(CaseCommand):
    of_the_desk: ClassVar[bool] = True

    narrative: Annotated[tuple[ParagraphDraft, ...], Field(min_length=1)]


class DropNote(CaseCommand):
    """破棄: nothing more to say."""


class NoteSettled(Refused):
    """このメモはすでに整理または破棄されています。"""


def keep_note(household: Household, command: KeepNote, stamp: Stamp) -> list[NoteKept]:
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    label_by = stamp.today + timedelta(days=stamp.profile.settings(stamp.today).note_days)
    return [stated(NoteKept, command, stamp, note=stamp.new_id("note"), label_by=label_by)]


def label_note(
    household: Household, command: LabelNote, stamp: Stamp, *, note: UUID
) -> list[NoteLabelled]:
    _own_note(household, stamp, note)
    about_members(household, command, stamp)
    return [stated(NoteLabelled, _as_kept(household, command, note), stamp, note=note)]


def drop_note(
    household: Household, command: DropNote, stamp: Stamp, *, note: UUID
) -> list[NoteDropped]:
    _own_note(household, stamp, note)
    return [stated(NoteDropped, command, stamp, note=note)]


def _as_kept(household: Household, command: LabelNote, note: UUID) -> LabelNote:
    """The words are those of the memo, and tell the same: what was learned where, of which place,
    by whom.
    """
    closed = as_closed_as(household, command, note)
    kept = next(labels_of(household, note))
    basis = None if isinstance(kept.basis, OwnRecord) else kept.basis
    update = {
        "basis": command.basis or basis,
        "concealed": command.concealed or kept.concealed,
        "tags": tuple(dict.fromkeys((*command.tags, *kept.tags))),
    }
    return closed.model_copy(update=update)


def _own_note(household: Household, stamp: Stamp, note: UUID) -> None:
    """Rule 32: for everybody but its keeper there is no such note."""
    kept = household.intake.notes.get(note)
    if kept is None or kept.keeper != stamp.author.staff:
        raise Unknown
    if kept.settled:
        raise NoteSettled
