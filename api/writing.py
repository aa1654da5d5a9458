"""Writing (記録する): a route hands over its decision and is answered where it now stands."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid4

from fastapi import Request as HttpRequest
from fastapi import Response
from pydantic_core import to_json
from starlette.concurrency import run_in_threadpool

from api.bearer import author
from api.callers import Caller
from api.headers import seen_in, uuid_in
from api.mistakes import of_absent, of_code
from api.problems import Problem
from api.seen import Seen
from domain.events import Fact
from domain.gate import Place, Reader
from domain.household import Household
from domain.ledger import Decision, Outcome, Request, Stream, always, nothing
from domain.recorded import State
from domain.refusals import Refused, UnknownAgency, UnknownBody, UnknownCode
from domain.staff import Staff
from domain.stamp import Shown, Stamp, id_of
from domain.values import OFFICES, Author, Command, PersonId, StaffId
from projections.case_view import known_people
from projections.conflicts import sides_of
from projections.walled import walled_from

_PLACES = {
    "household": "/households/{}",
    "sitting": "/sittings/{}",
    "staff": "/staff/{}",
    "resource": "/resources/{}",
    "publication": "/statistics/publications",
    "person": "/households",
}
Asked = Callable[[Author], Request]
Tells = Callable[[Sequence[Fact]], dict[str, object]]


class Write(Caller):
    """Called by a route with its decision; answers 201, or 200 when nothing had to change.

    The usual decision takes less time than waking a thread would, and rests on what was seen a
    moment ago: it is made at once, and no thread waits while the log takes it in. The log refuses
    to do so if the household or the writer's appointment has changed since. Then, and whenever the
    answer might be a refusal, both are read again and the decision is made in a thread.
    """

    def __init__(self, request: HttpRequest, staff: StaffId) -> None:
        super().__init__(request, staff)
        self.command_id = uuid_in(self.headers, "Idempotency-Key") or uuid4()
        self._seen = seen_in(self.headers)

    def versions(self, stream: UUID, numbers: Iterable[int]) -> tuple[int, ...]:
        """Which facts of the stream its client means."""
        return tuple(self.opaque.version_of(stream, number) for number in numbers)

    def version(self, stream: UUID, number: int) -> int:
        return self.opaque.version_of(stream, number)

    def new_id(self, name: str) -> UUID:
        """As `Stamp.new_id`: the id of what the command will bring about."""
        return id_of(self.command_id, name)

    async def recall(self, stream: Stream) -> State:
        """What a stream adds up to, for a route that must look before it can name the others."""

        def recalled() -> State:
            _ = self.author  # nobody without an appointment learns whether it is there
            return self.ledger.recall(stream)

        return await run_in_threadpool(recalled)

    async def __call__(  # noqa: PLR0913 - what is asked, and what becomes of the answer
        self,
        decide: Decision,
        command: Command,
        *streams: Stream,
        brings: Sequence[str] = (),
        made: UUID | None = None,
        at_length: bool = False,
        tells: Tells | None = None,
    ) -> Response:
        """`brings` names what the decision brings about, the thing itself first.

        `made` is the thing when the command names it; `at_length` says that deciding takes time;
        `tells` says what of the facts the writer has to be told at once.
        """
        about = _about(streams)
        if self.ledger.demonstration:
            await run_in_threadpool(lambda: self.at)

        def asked(by: Author) -> Request:
            sides = self._sides() if command.asks_sides else frozenset()
            walled = self._walled(streams) if sides else frozenset()
            stamp = Stamp(by, self.at, self.command_id, self.profile, sides, walled)
            hidden = self._recused if by.capacity.role in OFFICES else nothing
            seen = self._unchanged(about)
            shown = partial(self._shown, about)
            return Request(decide, command, stamp, streams, seen, hidden, shown)

        looks = at_length or self._seen or command.asks_sides
        outcome = None if looks else await self._at_once(asked)
        if outcome is None:
            outcome = await run_in_threadpool(self._now, asked, about.id)
        ids = {name: self.new_id(name) for name in brings}
        thing = made or next(iter(ids.values()), streams[0].id)
        at = outcome.position
        if at is None:
            at = await run_in_threadpool(self.ledger.head)
        told = tells(await self._facts(outcome)) if tells else {}
        return self._written(outcome, at, about, {"id": thing, "ids": ids, **told})

    async def _facts(self, outcome: Outcome) -> list[Fact]:
        """What the command has brought about, now or when it was first sent."""
        if outcome.position is None:
            return []
        of = self.ledger.of_command
        found = await run_in_threadpool(of, self.command_id, outcome.position)
        return [recorded.fact for recorded in found]

    def _unchanged(self, about: Stream) -> Callable[[], bool]:
        """Whether what the writer saw (If-Match) still holds; it is read, and so takes a thread."""
        seen = self._seen and Seen(self.services, about, self.reader, self._seen)
        return seen.still_shown if seen else always

    def _recused(self) -> Container[UUID]:
        """利益相反: with all that was recorded by now, or not at all; this takes a thread."""
        self.services.wait_until_shown()
        return self.recusal().streams

    def _sides(self) -> frozenset[PersonId]:
        """For whom the writer acts, with all that was recorded by now; this takes a thread."""
        self.services.wait_until_shown()
        reader = self.reader
        return self.services.tables.read(lambda connection: sides_of(connection, reader))

    def _walled(self, streams: Iterable[Stream]) -> frozenset[Place]:
        """What of these cases they may not read for that, so that to write it is not there."""
        homes = {each.id for each in streams if each.state.kind == Household.kind}
        histories, reader = self.ledger.shelved(homes), self.reader
        return self.services.tables.read(
            lambda connection: walled_from(connection, reader, histories)
        )

    async def _at_once(self, asked: Asked) -> Outcome | None:
        """None where a thread has to look, and decide on what it sees."""
        known = self.ledger.states.likely([Stream(Staff, self.staff)])
        if not known:
            return None
        staff = cast("Staff", known[0])
        try:
            by = author(staff, self.today, self.chosen)
        except Problem:
            return None
        if by.capacity.role in OFFICES:
            return None
        outcome = await self.ledger.hand_in(asked(by), by=staff)
        if outcome:
            self._author = by
        return outcome

    def _now(self, asked: Asked, stream: UUID) -> Outcome:
        request = asked(self.author)
        try:
            return self.ledger.record_now(request)
        except Refused as refused:
            refused.details = dict(self._named(stream, refused.details))
            if isinstance(refused, UnknownCode):
                refused.details["errors"] = of_code(request.command, refused.details)
            if isinstance(refused, UnknownAgency | UnknownBody):
                refused.details["errors"] = of_absent(request.command, refused.details)
            raise

    def _shown(self, about: Stream) -> Shown:
        """Whom of the household the writer is shown, and as what, by all that was recorded by
        now.
        """
        if about.state is not Household:
            return {}
        self.services.wait_until_shown()
        reader, read = self.reader, self.services.tables.read
        return read(lambda connection: known_people(connection, about.id, reader=reader))

    def _named(self, stream: UUID, details: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
        """A refusal names facts as its reader does."""
        for name, given in details.items():
            if name == "version":
                yield name, self.opaque.number(stream, given)
            elif name == "versions":
                yield name, [self.opaque.number(stream, version) for version in given]
            else:
                yield name, given

    def _written(
        self, outcome: Outcome, at: int, about: Stream, ids: dict[str, object]
    ) -> Response:
        """`fact` is how later records refer to the last one of this household, if there is one.

        The tag asks for the capacity alone: `reader` would look the writer up once more.
        """
        position = None if outcome.position is None else self.opaque.position(at)
        by = Reader(self.author.staff, self.author.capacity, self.today, self.at)
        headers = {
            "Location": _PLACES[about.state.kind].format(about.id),
            "ETag": f'"{self.opaque.written(about.id, by, at)}"',
        }
        if position:
            headers["Setai-Position"] = position
        if outcome.repeated:
            headers["Setai-Repeated"] = "true"
        version = outcome.versions.get(about.id)
        fact = None if version is None else self.opaque.number(about.id, version)
        body = to_json({**ids, "fact": fact, "position": position})
        return Response(body, 201 if position else 200, headers, media_type="application/json")


def _about(streams: Sequence[Stream]) -> Stream:
    """Where the writer is told that it stands: with the household, but for what staff did."""
    first, *rest = streams
    if first.state is Staff:
        return first
    return next((stream for stream in (first, *rest) if stream.state is Household), first)
