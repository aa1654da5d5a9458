"""会議の記録簿（監査）: one 支援会議 as it was convened, attended, read, closed and tried at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.audit import register, register_lines
from api.audit.lines import Agent, At
from api.audit.open_facts import Facts, only
from api.audit.reads import ReadLine, line
from api.auditing import Audit, Lines
from api.deps import AuditDep
from domain.events.meeting import BroughtToSitting
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeKind,
    ItemKind,
    MeetingBasis,
    RoomClosed,
    RoomOpened,
    SittingConvened,
)
from domain.recorded import Recorded
from domain.values import Value
from projections.book import Read
from projections.resting import resting_on, tried_after
from projections.sittings import linked

router = APIRouter(prefix="/audit/sittings", tags=["監査"])


class Act(Value):
    """だれが、いつ記録したか。"""

    fact: At
    at: datetime
    by: Agent


class Room(Act):
    """会議室を開いた・閉じた。"""

    opened: bool


class Duty(Act):
    """守秘義務の告知・誓約。"""

    pledged: bool
    text_version: str
    standing_until: date | None


class Attendee(Act):
    """出席者。`capacity` は、その日の資格。"""

    attendee: UUID
    kind: AttendeeKind
    staff: UUID | None
    person: UUID | None
    agency: str | None
    capacity: str
    items: tuple[UUID, ...]
    duties: tuple[Duty, ...]


class Presence(Act):
    """在席: いつから、いつまで。"""

    attendee: UUID
    capacity: str
    until: datetime | None


class Tabled(Act):
    """付議: だれのことを、どの記録とともに。"""

    household: UUID
    subjects: tuple[UUID, ...]
    records: tuple[At, ...]


class HeldBack(Act):
    """控え: 同意がないため、だれを、どの記録とともに。"""

    household: UUID
    persons: tuple[UUID, ...]
    records: tuple[At, ...]


class Returned(Value):
    """資料の回収。"""

    attendee: UUID
    at: datetime


class Paper(Act):
    """番号つきの資料。"""

    paper: UUID
    number: int
    title: str
    to: tuple[UUID, ...]
    returned: tuple[Returned, ...]


class Decided(Act):
    """決定と、それによる役割。"""

    kind: str
    decision: UUID | None
    agency: str | None


class ItemRegister(Act):
    """議題ごとの記録簿。"""

    item: UUID
    kind: ItemKind
    basis: MeetingBasis
    title: str
    household: UUID | None
    present: tuple[Presence, ...]
    tabled: tuple[Tabled, ...]
    held_back: tuple[HeldBack, ...]
    papers: tuple[Paper, ...]
    decided: tuple[Decided, ...]


class SittingRegister(Value):
    """会議の記録簿。`read` は開いている間に読まれたもの、`tried` は閉じた後に断られたもの。"""

    sitting: UUID
    body: str
    body_name: str
    held_on: date
    extraordinary: bool
    convened: Act
    cancelled: Act | None
    written_up: Act | None
    write_up_due: date | None
    room: tuple[Room, ...]
    items: tuple[ItemRegister, ...]
    attendees: tuple[Attendee, ...]
    read: tuple[ReadLine, ...]
    tried: tuple[ReadLine, ...]


@router.get("/{sid}", summary="会議一回の記録簿を照会する", response_model=SittingRegister)
def one(sid: UUID, audit: AuditDep) -> Response:
    facts = Facts(audit)
    own = facts.of(sid)
    audit.must(next((fact for _, fact in only(own, SittingConvened)), None))
    held = Held(sid, own, _of_households(audit, facts, sid))
    reads, tried = _reads(audit, held)
    staff = [recorded.author.staff for recorded in (*own, *held.others)]
    facts.naming([*staff, *(read.staff for read in (*reads, *tried)), *held.seated])
    body = register.told(sid, own, held.others, facts, audit)
    told = {
        **body,
        "read": [line(read, facts.names) for read in reads],
        "tried": [line(read, facts.names) for read in tried],
    }
    table = Lines(
        register_lines.columns(audit), register_lines.rows(body, reads, tried, facts.names)
    )
    count = len(reads) + len(tried)
    return audit.tell(told, table, receipts=count, households=held.homes, staff=[sid])


@dataclass(frozen=True, slots=True)
class Held:
    """One sitting, and what the records of households say of it."""

    sid: UUID
    own: list[Recorded]
    others: list[Recorded]

    @property
    def homes(self) -> list[UUID]:
        of_items = (fact.household for _, fact in only(self.own, AgendaItemAdded))
        of_facts = (each.stream for each, _ in only(self.others, BroughtToSitting))
        return list(dict.fromkeys(home for home in (*of_items, *of_facts) if home))

    @property
    def seated(self) -> list[UUID]:
        staff = (getattr(recorded.fact, "staff", None) for recorded in self.own)
        return [each for each in staff if each]

    def moment(self, kind: type[Any]) -> datetime | None:
        return next((recorded.recorded_at for recorded, _ in only(self.own, kind)), None)


def _of_households(audit: Audit, facts: Facts, sid: UUID) -> list[Recorded]:
    places: Mapping[UUID, set[int]] = {}
    for stream, version in audit.ask(linked, sid):
        places = {**places, stream: places.get(stream, set()) | {version}}
    found = [r for stream, versions in places.items() for r in facts.of(stream)]
    decided = register.decisions(found, sid)
    return [r for r in found if r.version in places[r.stream] or register.follows(r, decided)]


def _reads(audit: Audit, held: Held) -> tuple[list[Read], list[Read]]:
    opened, closed = held.moment(RoomOpened), held.moment(RoomClosed)
    homes, sid = held.homes, held.sid
    reads: list[Read] = []
    tried: list[Read] = []
    if opened:
        span = {"since": opened, "until": closed or audit.at}
        reads = audit.ask(resting_on, sid, homes, **span)
    if closed:
        tried = audit.ask(tried_after, sid, homes, since=closed)
    return reads, tried
