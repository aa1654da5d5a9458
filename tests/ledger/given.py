"""A small stream of visits: enough of a domain to see what the ledger does with one."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar, cast
from uuid import UUID, uuid4

from domain.events.base import Fact, On
from domain.events.rights import FactCorrected
from domain.events.support import ContactMade, OutreachAttempted
from domain.labels import Category, Label, Paragraph
from domain.ledger import ClearSealer, Ledger, Request, Stream
from domain.ledger.batch import Answer, Unit
from domain.ledger.mapper import FactMapper
from domain.profile import Profile
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Author, Capacity, Command, Personal, Role, StaffId

TANAKA = Author(
    staff=StaffId(UUID("00000000-0000-4000-8000-00000000aaaa")),
    capacity=Capacity(agency="city", desk="welfare", role=Role.COUNSELLOR),
)
LABEL = Label(agency="city", desk="welfare", category=Category.PROGRESS)
NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
NO_PROFILE = cast("Profile", None)


class TooManyVisits(Refused):
    """これ以上は訪問できません。"""


class Visit(Command):
    method: str = "home"
    note: Personal | None = None
    times: int = 1
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Visits:
    kind: ClassVar[str] = "household"

    id: UUID
    version: int = 0
    methods: tuple[str, ...] = ()

    def evolve(self, recorded: Recorded) -> "Visits":
        fact = recorded.fact
        seen = (fact.method,) if isinstance(fact, OutreachAttempted | ContactMade) else ()
        return replace(self, version=recorded.version, methods=(*self.methods, *seen)[-100:])

    def known_to(self, _capacity: Capacity) -> bool:
        return "hidden" not in self.methods


def visit(
    visits: Visits, command: Visit, stamp: Stamp, *, referral: int | None = None
) -> list[Fact | On]:
    """`referral` is what a path may name."""
    del referral
    if visits.version + command.times > command.most:
        raise TooManyVisits
    return [attempt(stamp, command, str(number)) for number in range(command.times)]


def visit_after(visits: Visits, _rested: Visits, command: Visit, stamp: Stamp) -> list[Fact | On]:
    """Rests on a second stream without writing to it."""
    return visit(visits, command, stamp)


def visit_both(visits: Visits, other: Visits, command: Visit, stamp: Stamp) -> Sequence[Fact | On]:
    return [*visit(visits, command, stamp), On(other.id, attempt(stamp, command, "other"))]


def nothing(_visits: Visits, _command: Visit, _stamp: Stamp) -> list[Fact | On]:
    return []


def correct_the_first(_visits: Visits, _command: Visit, _stamp: Stamp) -> list[Fact | On]:
    return [FactCorrected(occurred_on="2026-04-01", label=LABEL, of=1, reason=text("誤記"))]


def attempt(stamp: Stamp, command: Visit, name: str = "") -> OutreachAttempted:
    narrative = (Paragraph(text=command.note, label=LABEL),) if command.note else ()
    return OutreachAttempted(
        occurred_on="2026-04-01",
        label=LABEL,
        outreach=stamp.new_id(name),
        method=command.method,
        narrative=narrative,
    )


def stamp(command_id: UUID | None = None, at: datetime = NOON) -> Stamp:
    return Stamp(author=TANAKA, at=at, command_id=command_id or uuid4(), profile=NO_PROFILE)


def new(stream: UUID | None = None) -> Stream:
    return Stream(Visits, stream or uuid4(), new=True)


def known(stream: UUID) -> Stream:
    return Stream(Visits, stream)


def visited(ledger: Ledger, times: int, home: UUID | None = None) -> UUID:
    """A home, this one or a new one, after that many visits recorded one by one."""
    stream = known(home) if home else new()
    for _ in range(times):
        ledger.record(visit, Visit(), stamp(), stream)
    return stream.id


def text(given: str) -> Personal:
    """Personal text as a command holds it."""
    return Personal(given)


def unit(at: Stamp, method: str = "home", *, home: Stream | None = None, note: str = "") -> Unit:
    """One visit, to a new home where none is named, ready to be written."""
    home = home or new()
    said = Personal(note) if note else None
    command = Visit.model_construct(method=method, note=said, times=1, most=1000)
    request = Request(nothing, command, at, (home,))
    states = [Visits(home.id)]
    mapper = FactMapper(ClearSealer())
    decided: list[tuple[UUID, Fact]] = [(home.id, attempt(at, Visit(note=said)))]
    return request.unit(states, decided, mapper, request.keeping(ClearSealer(), None))[0]


async def handed_in(ledger: Ledger, *units: Unit) -> list[Answer | BaseException]:
    """All at once, by an event loop that writes itself."""
    async with ledger.log.attended():
        return await gather(*map(ledger.log.hand_in, units), return_exceptions=True)
