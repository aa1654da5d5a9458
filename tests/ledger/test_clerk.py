"""An event loop writes what is handed in on it in groups, and loses and doubles nothing by that."""

import asyncio
import random
from uuid import UUID

import psycopg
import pytest

from domain.ledger import Ledger, LedgerUnavailable, OutcomeUnknown
from domain.ledger.batch import Answer, Unit
from tests.ledger.given import handed_in, new, stamp, unit
from tests.ledger.proxy import Proxy


def position(answer: Answer | BaseException) -> int | None:
    assert isinstance(answer, Answer), answer
    return answer.kept[0].position


def test_what_is_handed_in_at_once_is_written_at_once(ledger: Ledger) -> None:
    answers = asyncio.run(handed_in(ledger, *(unit(stamp()) for _ in range(5))))
    assert [position(answer) for answer in answers] == [1, 2, 3, 4, 5]
    assert (
        len({answer.kept[0].recorded_at for answer in answers if isinstance(answer, Answer)}) == 1
    )


def test_the_second_of_two_on_one_stream_is_overtaken(ledger: Ledger) -> None:
    home = new()
    one, other = asyncio.run(handed_in(ledger, unit(stamp(), home=home), unit(stamp(), home=home)))
    assert position(one) == ledger.head() == 1
    assert isinstance(other, Answer)
    assert other.overtaken


def test_what_does_not_go_out_in_one_piece_arrives_whole(ledger: Ledger) -> None:
    long = [unit(stamp(), note="長" * 200_000) for _ in range(10)]
    answers = asyncio.run(handed_in(ledger, *long))
    assert [position(answer) for answer in answers] == list(range(1, 11))


def test_one_bad_command_of_a_group_leaves_the_others_recorded(ledger: Ledger) -> None:
    units = [unit(stamp()), unit(stamp(), "\0"), unit(stamp())]
    first, refused, last = asyncio.run(handed_in(ledger, *units))
    assert isinstance(refused, psycopg.DataError)
    assert [position(first), position(last)] == [1, 2]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_connection_is_cleared_up_by_the_command_id(
    far: Ledger, ledger: Ledger, proxy: Proxy, moment: str
) -> None:
    setattr(proxy, moment, 1)
    [answer] = asyncio.run(handed_in(far, unit(stamp())))
    assert proxy.cuts == 1
    assert position(answer) == ledger.head() == 2


@pytest.mark.parametrize(("moment", "there"), [("before", 1), ("after", 2)])
def test_what_cannot_be_cleared_up_is_unknown_and_can_be_asked_again(
    far: Ledger, ledger: Ledger, proxy: Proxy, moment: str, there: int
) -> None:
    same = unit(stamp())
    setattr(proxy, moment, 2)
    [unknown] = asyncio.run(handed_in(far, same))
    assert isinstance(unknown, OutcomeUnknown)
    assert ledger.head() == there
    [answer] = asyncio.run(handed_in(far, same))
    assert position(answer) == ledger.head() == 2


def test_random_cuts_lose_and_double_nothing(
    far: Ledger, ledger: Ledger, proxy: Proxy, nightly: int
) -> None:
    chance, told = random.Random(8), list[UUID]()

    async def insisted(one: Unit) -> None:
        while True:
            try:
                await far.log.hand_in(one)
                break
            except (OutcomeUnknown, LedgerUnavailable):
                continue
        told.append(one.facts[0].stream)

    async def handed() -> None:
        async with far.log.attended():
            for _ in range(10 * nightly):
                setattr(proxy, chance.choice(["before", "after"]), chance.choice([0, 1, 2]))
                await asyncio.gather(*(insisted(unit(stamp())) for _ in range(4)))
                proxy.before = proxy.after = 0

    asyncio.run(handed())
    recorded = [fact.stream for fact in ledger.read(1, 10_000)]
    assert sorted(recorded) == sorted(told)
    assert len(told) == 40 * nightly
    assert proxy.cuts


def test_a_connection_that_died_while_nothing_was_written_is_not_felt(
    ledger: Ledger, database_url: str
) -> None:
    async def handed() -> list[Answer]:
        async with ledger.log.attended():
            first = await ledger.log.hand_in(unit(stamp()))
            with psycopg.connect(database_url, autocommit=True) as admin:
                admin.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE '%ledger.append%'"
                    " AND pid <> pg_backend_pid()"
                )
            return [first, await ledger.log.hand_in(unit(stamp()))]

    assert [position(answer) for answer in asyncio.run(handed())] == [1, 2]


def test_an_answer_is_none_until_it_is_committed(ledger: Ledger, database_url: str) -> None:
    """The server answers before it commits, and a commit may fail."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION public.too_late() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'too late' USING ERRCODE = 'data_exception'; END $$"
        )
        owner.execute(
            "CREATE CONSTRAINT TRIGGER too_late AFTER INSERT ON ledger.facts DEFERRABLE"
            " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.too_late()"
        )
        try:
            [failed] = asyncio.run(handed_in(ledger, unit(stamp())))
        finally:
            owner.execute("DROP TRIGGER too_late ON ledger.facts")
            owner.execute("DROP FUNCTION public.too_late")
    assert isinstance(failed, psycopg.DataError)
    assert not ledger.head()


def test_who_gives_up_waiting_disturbs_nobody(ledger: Ledger) -> None:
    async def handed() -> Answer:
        async with ledger.log.attended():
            impatient = asyncio.ensure_future(ledger.log.hand_in(unit(stamp())))
            patient = asyncio.ensure_future(ledger.log.hand_in(unit(stamp())))
            await asyncio.sleep(0)
            impatient.cancel()
            return await patient

    assert position(asyncio.run(handed())) == ledger.head() == 2


def test_who_still_waits_when_the_loop_stops_writing_is_told(ledger: Ledger) -> None:
    """What was sent may have been recorded; what stood in line behind it was not."""
    home = new()

    async def handed() -> list[Answer | BaseException]:
        async with ledger.log.attended():
            both = asyncio.gather(
                *(ledger.log.hand_in(unit(stamp(), home=home)) for _ in range(2)),
                return_exceptions=True,
            )
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        return await both

    assert [type(told) for told in asyncio.run(handed())] == [OutcomeUnknown, LedgerUnavailable]


def test_on_a_loop_that_does_not_write_a_thread_does(ledger: Ledger) -> None:
    assert position(asyncio.run(ledger.log.hand_in(unit(stamp())))) == 1
