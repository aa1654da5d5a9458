"""つながり: the streams of one person or one case, for a decision that must look at all of them."""

from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import suppress
from typing import TypeVar, cast
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from api.writing import Write
from domain.events import Fact
from domain.household import Household
from domain.household.former import Former
from domain.ledger import Recall, Stream
from domain.person import Person
from domain.recorded import State
from domain.refusals import Unknown
from domain.sitting import Attended

T = TypeVar("T")


async def found(write: Write, find: Callable[[Recall], T]) -> T:
    """For a route that must look around before it can name the streams, in one thread."""

    def look() -> T:
        _ = write.author  # nobody without an appointment learns what is there
        return find(write.ledger.states.current)

    return await run_in_threadpool(look)


async def records_of(
    write: Write, hid: UUID, persons: Callable[[Household], Iterable[UUID]]
) -> tuple[Stream, ...]:
    """The records of those a household's case is about, for a decision that asks whether they have
    consented: under whichever id. Of what is no household there are none; the decision says so.
    """

    def find(recall: Recall) -> tuple[Stream, ...]:
        with suppress(Unknown):
            (household,) = recall([Stream(Household, hid)])
            return as_one(recall, persons(cast("Household", household)))
        return ()

    return await found(write, find)


def as_one(recall: Recall, persons: Iterable[UUID]) -> tuple[Stream, ...]:
    """The record of each person under every id that a 名寄せ found to be theirs."""
    known: dict[UUID, Stream] = {}
    while new := [Stream(Person, each, new=True, found=True) for each in dict.fromkeys(persons)]:
        known |= {stream.id: stream for stream in new}
        try:
            states = cast("list[Person]", recall(new))
        except Unknown:  # one is no person; the decision says so
            break
        persons = sorted({each for state in states for each in state.ids} - known.keys())
    return tuple(known.values())


async def seen_as_one(write: Write, persons: Iterable[UUID]) -> tuple[Stream, ...]:
    """As `as_one`, from what was seen a moment ago: the log refuses what rests on it if one of
    these records has changed since. In a thread only where one was never seen.
    """

    def recall(streams: Sequence[Stream]) -> list[State]:
        states = write.ledger.states.likely([each._replace(new=False) for each in streams])
        if states is None:
            raise LookupError
        return states

    sought = tuple(persons)
    try:
        return as_one(recall, sought)
    except LookupError:
        return await found(write, lambda recall: as_one(recall, sought))


async def deciding(
    write: Write, hid: UUID, *, of: Callable[[Household], Iterable[UUID]] | None = None
) -> tuple[Stream, ...]:
    """The sittings where a household's case was decided about, for a decision that asks who took
    part in that: all of them, unless it is about some.
    """

    def find(recall: Recall) -> tuple[Stream, ...]:
        household = _known(recall, hid)
        sittings = of(household) if of else (at.sitting for at in household.sources.items.values())
        return tuple(Stream(Attended, each, found=True) for each in dict.fromkeys(sittings))

    return await found(write, find)


async def former_of(write: Write, hid: UUID) -> tuple[Stream, ...]:
    """All that became one with a household, for a decision that asks whose part in it is known."""
    return await found(write, lambda recall: merged_with(recall, hid))


def learned_at(
    recall: Recall,
    hid: UUID,
    versions: Container[int],
    kinds: Container[type[Fact]] = (),
    *,
    besides: UUID | None = None,
) -> tuple[Stream, ...]:
    """The sittings where these records of a household were learned, for a decision that asks who
    was there (rule 3); `besides` the one that it rests on anyhow.
    """
    (household,) = cast("list[Household]", recall([Stream(Household, hid)]))
    at = household.writings.learned_at(versions, kinds)
    return tuple(Stream(Attended, each, new=True, found=True) for each in at if each != besides)


def kept_in(recall: Recall, household: UUID) -> tuple[Stream, ...]:
    """Where the case of a household merged away went, and on from there."""
    way = [household]
    for at in way:
        into = _known(recall, at).people.merged_into
        way += [into] if into else []
    return tuple(Stream(Household, each, found=True) for each in way[1:])


def merged_with(recall: Recall, household: UUID) -> tuple[Stream, ...]:
    """All that became one with it, earlier or later."""
    known = [household]
    for at in known:
        people = _known(recall, at).people
        linked = (*people.merged_from, *([people.merged_into] if people.merged_into else ()))
        known += [each for each in linked if each not in known]
    return tuple(Stream(Former, each, found=True) for each in known[1:])


def _known(recall: Recall, household: UUID) -> Household:
    (state,) = recall([Stream(Former, household)])
    return cast("Former", state).household
