"""会議室: opened once, on the day; closed for good; then the minutes, each on its item's basis."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.convening.agenda import CONFIDENTIAL
from domain.convening.attendance import NotYetHeld
from domain.convening.charge import SittingCommand, body_of, in_charge, running
from domain.events.sitting import RoomClosed, RoomOpened, SittingCancelled, SittingWrittenUp
from domain.labels import BySitting
from domain.refusals import Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, stated
from domain.values import PlainText


class OpenRoom(SittingCommand): ...


class CloseRoom(SittingCommand): ...


class Minute(ParagraphDraft):
    """会議記録の段落: what was said on an item carries that item's basis."""

    item: UUID | None = None


class WriteUpSitting(SittingCommand):
    minutes: Annotated[tuple[Minute, ...], Field(min_length=1)]


class CancelSitting(SittingCommand):
    reason: PlainText


class NotTheDay(Refused):
    """会議室を開けるのは、会議の当日だけです。"""


class NoItems(Refused):
    """議題がまだありません。先に議題を立ててください。"""


class RoomOpensOnce(Refused):
    """会議室はすでに開かれました。閉じた会議室をもう一度開くことはできません。"""


class RoomIsNotOpen(Refused):
    """会議室は開いていません。"""


class RoomStillOpen(Refused):
    """会議室がまだ開いています。閉じてから記録を作成してください。"""


class NobodyWasPresent(Refused):
    """出席の記録がありません。だれがどの議題に出席したかを先に記録してください。"""


class WasHeld(Refused):
    """すでに開かれた会議は、取りやめにできません。"""


def open_room(sitting: Sitting, command: OpenRoom, stamp: Stamp) -> list[RoomOpened]:
    running(sitting, stamp)
    if sitting.room_was_open:
        raise RoomOpensOnce
    if stamp.today != sitting.held_on:
        raise NotTheDay(held_on=sitting.held_on)
    if not sitting.items:
        raise NoItems
    return [stated(RoomOpened, command, stamp)]


def close_room(sitting: Sitting, command: CloseRoom, stamp: Stamp) -> list[RoomClosed]:
    running(sitting, stamp)
    if not sitting.room_open:
        raise RoomIsNotOpen
    return [stated(RoomClosed, command, stamp)]


def write_up_sitting(
    sitting: Sitting, command: WriteUpSitting, stamp: Stamp
) -> list[SittingWrittenUp]:
    running(sitting, stamp)
    if stamp.today < sitting.held_on:
        raise NotYetHeld(held_on=sitting.held_on)
    if sitting.room_open:
        raise RoomStillOpen
    if not sitting.presence:
        raise NobodyWasPresent
    on_bases = tuple(_on_its_basis(minute, sitting) for minute in command.minutes)
    command = command.model_copy(update={"minutes": on_bases})
    return [stated(SittingWrittenUp, command, stamp)]


def _on_its_basis(minute: Minute, sitting: Sitting) -> Minute:
    """Rule 3: what was learned in a confidential item stays with those present for it."""
    if minute.item is None:
        return minute
    if minute.item not in sitting.items:
        raise Unknown
    if sitting.items[minute.item].basis not in CONFIDENTIAL:
        return minute
    basis = BySitting(sitting=sitting.id, item=minute.item)
    return minute.model_copy(update={"basis": basis})


def cancel_sitting(
    sitting: Sitting, command: CancelSitting, stamp: Stamp
) -> list[SittingCancelled]:
    in_charge(body_of(sitting, stamp), stamp)
    if sitting.cancelled:
        return []
    if sitting.room_was_open or sitting.presence or sitting.written_up:
        raise WasHeld
    return [stated(SittingCancelled, command, stamp)]
