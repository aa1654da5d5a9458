"""会議の記録簿: who was present for which item, from when to when, on which basis."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import Cursor, Limit, ReadDep
from api.past import AsOf, KnownAt, TrueAt
from api.showing import Later, Showing, Shown
from domain.events.sitting import AttendeeInvited, ItemKind, MeetingBasis, SittingWrittenUp
from domain.gate import Item
from domain.values import Code, Personal, Value
from projections.as_of import sitting_as_of, sittings_as_of
from projections.reading import Group
from projections.sittings import SittingView, sitting, sittings

router = APIRouter(prefix="/sittings", tags=["会議の開催"])


class ItemLine(Value):
    """議題。"""

    item: UUID
    kind: ItemKind
    basis: MeetingBasis
    title: str
    household: UUID | None


class PresenceLine(Value):
    """在席: 退席するまで until は空。`name` は職員名簿の氏名か、出席者として書かれた氏名。"""

    item: UUID
    attendee: UUID
    name: str | None
    capacity: str
    since: datetime
    until: datetime | None


class RoomLine(Value):
    """会議室を開いた・閉じた時刻。"""

    at: datetime
    opened: bool


class SittingNow(Value):
    """会議。`body_name` は開催の日の名。`linked` は世帯の記録のうち、この会議によるもの。"""

    sitting: UUID
    body: str
    body_name: str
    held_on: date
    place: str | None
    extraordinary: bool
    cancelled: bool
    write_up_due: date | None
    minutes: tuple[dict[str, Any], ...] | None
    room: tuple[RoomLine, ...]
    items: tuple[ItemLine, ...]
    attendees: tuple[tuple[Shown, ...], ...]
    presences: tuple[PresenceLine, ...]
    papers: tuple[tuple[Shown, ...], ...]
    linked: tuple[tuple[Shown, ...], ...]
    as_of: AsOf | None = None


class Sittings(Value):
    """会議の記録簿。新しい開催から。"""

    sittings: tuple[SittingNow, ...]
    next: str | None
    as_of: AsOf | None = None


@router.get("", summary="会議の記録簿を読む", response_model=Sittings)
def register(  # noqa: PLR0913, PLR0917 - which part, of when
    read: ReadDep,
    body: Code | None = None,
    cursor: Cursor = None,
    limit: Limit = 20,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    before = read.at_point(true_at, known_at).resume(cursor, date.fromisoformat, UUID)
    found = read(read.of(sittings, sittings_as_of), body=body, before=before, limit=limit)
    shown = [_view(view, read.showing) for view in found.sittings]
    page = {"sittings": shown, "next": read.next_cursor(found.more)}
    return read.answer(page, households=_homes(found.sittings))


@router.get("/{sid}", summary="会議を読む", response_model=SittingNow)
def one(sid: UUID, read: ReadDep, true_at: TrueAt = None, known_at: KnownAt = None) -> Response:
    read.at_point(true_at, known_at)
    found = read.found(read.of(sitting, sitting_as_of), sid)
    tag = read.etag(sid, found)
    return read.answer(_view(found, read.showing), tag, households=_homes([found]))


def _homes(views: Iterable[SittingView]) -> list[UUID]:
    """Of whom the reader learns that they are on the agenda."""
    return [item.household for view in views for item in view.items if item.household]


def _view(view: SittingView, showing: Showing) -> dict[str, Any]:
    convened, called = view.convened, _called(view.attendees, showing)
    return {
        "sitting": view.sitting,
        "body": convened.body,
        "body_name": showing.body(convened.body, convened.held_on),
        "held_on": convened.held_on,
        "place": convened.place,
        "extraordinary": convened.extraordinary,
        "cancelled": view.cancelled,
        "write_up_due": convened.write_up_due,
        "minutes": view.written_up and _minutes(view.written_up, showing),
        "room": [{"at": at, "opened": opened} for at, opened in view.room],
        "items": [
            each.model_dump(include={"item", "kind", "basis", "title", "household"})
            for each in view.items
        ],
        "attendees": [showing.items_of(group.items) for group in view.attendees],
        "presences": [
            {**presence._asdict(), "name": called.get(presence.attendee)}
            for presence in view.presences
        ],
        "papers": [showing.items_of(group.items) for group in view.papers],
        "linked": [showing.items_of(group.items) for group in view.linked],
    }


def _called(attendees: Iterable[Group], showing: Showing) -> dict[UUID, Later]:
    """What those are called whose invitation the reader sees, as it says it."""
    found = {}
    for item in (each for group in attendees for each in group.items):
        match item.fact:
            case AttendeeInvited(attendee=attendee, staff=UUID() as staff):
                found[attendee] = showing.staff(staff)
            case AttendeeInvited(attendee=attendee, person=None, name=Personal() as name):
                found[attendee] = showing.text(item, name)
    return found


def _minutes(item: Item, showing: Showing) -> Later | None:
    """会議の記録: what is left of it for this reader."""
    fact = item.fact
    return showing.paragraphs(item, fact.minutes) if isinstance(fact, SittingWrittenUp) else None
