"""Who saw what: the log of reads in tables, exactly once, beside those of the ledger."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.events.viewing import SERVER, BookRead, IndexBuilt, RecordsShown, Viewing
from domain.ledger import (
    PROJECTOR,
    RECEIPTS,
    Receipts,
    Settings,
    open_datastore,
    open_ledger,
    open_receipts,
)
from domain.ledger.book import Line
from domain.ledger.datastore import Datastore
from domain.values import JST, Author, Sealed
from projections import places
from projections.book import Place, Read, reads_of, receipt, who_saw
from projections.conflicts import Recused
from projections.every import READS
from projections.rebuild import Rebuild
from projections.resting import resting_on, tried_after
from projections.runner import Runner
from tests.conftest import empty
from tests.projections.given import tables
from tests.projections.test_runner import until, working
from tests.reading import SATO, TANAKA, item, page, refused, shown

EVERY = {"since": datetime.min.replace(tzinfo=UTC)}
NOTHING = Recused(UUID(int=0), frozenset(), frozenset())
EVER = {"since": date.min, "until": date.max, "recused": NOTHING}


@pytest.fixture
def url(module_database: str, module_book: str) -> str:
    """A database without a read model, a 閲覧簿 without a line."""
    empty(module_book, RECEIPTS)
    with psycopg.connect(module_database) as connection:
        for table in tables(connection):
            connection.execute(f"DROP TABLE projections.{table}")
    return module_database


@pytest.fixture
def book(url: str, module_book: str) -> Iterator[Receipts]:
    """The 閲覧簿 as a server has it, once it was emptied."""
    with (
        closing(open_ledger(Settings(url))) as ledger,
        closing(open_receipts(Settings(module_book), sealer=ledger.sealer)) as opened,
    ):
        yield opened


@pytest.fixture
def followed(url: str, module_book: str) -> Iterator[Receipts]:
    assert url
    with closing(open_receipts(Settings(module_book), role=PROJECTOR)) as opened:
        yield opened


@pytest.fixture
def datastore(url: str) -> Iterator[Datastore]:
    with closing(open_datastore(Settings(url), PROJECTOR)) as opened:
        yield opened


@pytest.fixture
def runner(datastore: Datastore, followed: Receipts) -> Runner:
    runner = Runner(datastore, followed, READS, bell=followed.datastore, poll=0.5)
    runner.prepare()
    return runner


@pytest.fixture
def seen(book: Receipts, runner: Runner, url: str) -> Callable[..., list[Read]]:
    """Commits what was read, carries it into the tables, and asks them."""

    def ask(author: Author, *viewings: Viewing, **about: Any) -> list[Read]:
        for viewing in viewings:
            book.commit(author, viewing)
        runner.catch_up()
        with psycopg.connect(url) as connection:
            return who_saw(connection, **{**EVER, **about})

    return ask


Seen = Callable[..., list[Read]]


def test_each_item_says_who_saw_it_and_why(seen: Seen) -> None:
    home, child = uuid4(), uuid4()
    told = item(home, 3, words=5, subjects=[child]).model_copy(update={"withheld": ("place",)})
    (read,) = seen(TANAKA, shown(told, households=[home], subjects=[child]), household=home)
    assert (read.staff, read.capacity) == (TANAKA.staff, TANAKA.capacity)
    assert (read.purpose, read.view, read.outcome) == ("consultation", "case", "shown")
    assert (read.household, read.item, read.words) == (home, Place(home, 3), 5)
    assert (read.rule, read.facts, read.withheld) == ("own-desk", (Place(home, 1),), ("place",))
    assert read.subjects == (child,)
    assert read.receipt.version == read.position == 1


def test_a_person_was_seen_where_an_item_is_about_them(seen: Seen) -> None:
    home, child, father = uuid4(), uuid4(), uuid4()
    viewing = shown(
        item(home, 1, subjects=[child]),
        item(home, 2, subjects=[father]),
        item(child, 4),
        households=[home],
        subjects=[child, father],
    )
    found = seen(TANAKA, viewing, person=child)
    assert [read.item for read in found] == [Place(child, 4), Place(home, 1)]
    assert {read.household for read in found} == {home}


def test_who_stands_in_a_list_was_seen_though_no_item_was(seen: Seen) -> None:
    homes, somebody = [uuid4() for _ in range(3)], uuid4()
    viewing = shown(item(homes[0]), households=homes, subjects=[somebody], view="search")
    (read,) = seen(TANAKA, viewing, household=homes[2])
    assert (read.view, read.item, read.rule) == ("search", None, None)
    (other,) = seen(TANAKA, person=somebody)
    assert (other.household, other.item) == (None, None)


def test_an_item_of_no_household_shown_belongs_to_none(seen: Seen) -> None:
    homes, sitting = [uuid4(), uuid4()], uuid4()
    viewing = shown(item(sitting, 9), households=homes)
    (read,) = seen(TANAKA, viewing, fact=(sitting, 9))
    assert read.household is None
    assert seen(TANAKA, fact=(sitting, 8)) == []


def test_who_was_refused_is_told_with_the_rule(seen: Seen) -> None:
    home, person = uuid4(), uuid4()
    (read,) = seen(SATO, refused(home, rule="wall", person=str(person), kind="x"), household=home)
    assert (read.outcome, read.rule, read.staff) == ("refused", "wall", SATO.staff)
    (same,) = seen(SATO, person=person)
    assert same == read
    (nobodys,) = seen(SATO, refused(rule="absent", person=str(home)), person=home)
    assert (nobodys.household, nobodys.rule) == (None, "absent")


def test_reading_the_book_is_told_of_whom_it_was_read(seen: Seen) -> None:
    home = uuid4()
    asked: dict[str, Any] = {"purpose": "audit", "asked": {}, "request": uuid4(), "position": 1}
    of_home = BookRead(view="audit", households=(home,), receipts=3, **asked)
    of_staff = BookRead(view="audit", staff=(TANAKA.staff,), receipts=3, **asked)
    (read,) = seen(SATO, of_home, household=home)
    assert (read.outcome, read.purpose) == ("book", "audit")
    (read,) = seen(SATO, of_staff, person=TANAKA.staff)
    assert (read.outcome, read.staff, read.household) == ("book", SATO.staff, None)


def test_a_household_or_a_sitting_that_was_asked_for_is_nobody_it_was_about(seen: Seen) -> None:
    home, sitting, person = uuid4(), uuid4(), uuid4()
    refusals = [
        refused(home, hid=str(home), pid=str(person)),
        refused(rule="role-needed", household=str(home)),
        refused(sid=str(sitting), scope="all"),
    ]
    found = seen(SATO, *refusals, household=home)
    assert [(read.rule, read.subjects) for read in found] == [
        ("role-needed", ()),
        ("no-basis", (person,)),
    ]
    (tried,) = seen(SATO, person=sitting)
    assert (tried.household, tried.subjects) == (None, ())


def test_of_nobody_only_who_asked_is_told(seen: Seen) -> None:
    home = uuid4()
    viewings = [shown(item(home), households=[home]), refused(person=str(home))]
    (asked,) = seen(TANAKA, *viewings, nobody=home)
    assert (asked.outcome, asked.item) == ("refused", None)
    assert len(seen(TANAKA, person=home)) == 2


def test_whoever_stands_aside_of_a_sitting_is_told_of_no_attempt_at_it(seen: Seen) -> None:
    sitting = uuid4()
    aside = Recused(uuid4(), frozenset(), frozenset({sitting}))
    attempt = refused(sid=str(sitting))
    assert seen(SATO, attempt, staff=SATO.staff, recused=aside) == []
    assert len(seen(SATO, staff=SATO.staff)) == 1


def test_of_a_command_it_is_told_who_sat_at_the_machine(seen: Seen) -> None:
    asked = {"operator": "root", "by": "ines", "for": "evaluation", "form": "parquet"}
    command = shown(view="extract").model_copy(update={"asked": asked})
    (read,) = seen(SERVER, command, staff=SERVER.staff)
    assert read.asked == {"operator": "root", "by": "ines", "for": "evaluation"}
    (other,) = seen(TANAKA, command, staff=TANAKA.staff)
    assert other.asked == {}


def test_days_are_japanese_and_the_newest_comes_first(seen: Seen, book: Receipts) -> None:
    home = uuid4()
    viewings = [shown(item(home, 1), item(home, 2), households=[home]) for _ in range(3)]
    found = seen(TANAKA, *viewings, household=home)
    assert [(read.position, read.line) for read in found] == [
        (position, line) for position in (3, 2, 1) for line in (1, 0)
    ]
    rest = seen(TANAKA, household=home, before=(2, 1), limit=2)
    assert [(read.position, read.line) for read in rest] == [(2, 0), (1, 1)]
    today = book.commit(SATO, page(1)).at.astimezone(JST).date()
    day = timedelta(days=1)
    assert len(seen(TANAKA, household=home, since=today - day, until=today)) == 6
    assert seen(TANAKA, household=home, since=today + day, until=today + day) == []
    assert seen(TANAKA, household=home, since=today - day, until=today - day) == []


def test_a_day_of_a_staff_member_reads_as_it_was_written(
    book: Receipts, runner: Runner, url: str
) -> None:
    searched = {**shown().model_dump(), "sought": "やまだ", "asked": {"page": "2"}}
    viewings = [page(2), RecordsShown.model_validate(searched), refused(uuid4())]
    done = [book.commit(TANAKA, viewing) for viewing in viewings]
    book.commit(SATO, IndexBuilt(view="names", position=3, persons=9))
    runner.catch_up()
    day = done[0].at.astimezone(JST).date()
    with psycopg.connect(url) as connection:
        lines = reads_of(connection, TANAKA.staff, day)
        kept = [line.viewing.model_copy(update=_unsaid(line.viewing)) for line in lines]
        assert kept == [each.model_copy(update=_unsaid(each)) for each in viewings]
        assert isinstance(lines[1].viewing, RecordsShown)
        assert isinstance(lines[1].viewing.sought, Sealed)
        assert {line.author for line in lines} == {TANAKA}
        assert [line.receipt.version for line in lines] == [1, 2, 3]
        assert reads_of(connection, TANAKA.staff, day, after=2) == lines[2:]
        assert reads_of(connection, TANAKA.staff, day - timedelta(days=1)) == []
        assert receipt(connection, lines[1].receipt) == lines[1]
        assert receipt(connection, Place(lines[1].receipt.stream, 4)) is None
        assert isinstance(reads_of(connection, SATO.staff, day)[0].viewing, IndexBuilt)


def _unsaid(viewing: Viewing) -> dict[str, None]:
    return {"sought": None} if isinstance(viewing, RecordsShown) else {}


def rows(url: str) -> list[Any]:
    columns = "stream, key, staff, household, item, item_version, subjects, rule, at"
    with psycopg.connect(url) as connection:
        query = f"SELECT {columns} FROM projections.reads ORDER BY position, line"  # noqa: S608
        return connection.execute(query).fetchall()


def test_killed_followers_apply_every_line_once_and_at_once(
    book: Receipts, datastore: Datastore, followed: Receipts, url: str, module_book: str
) -> None:
    """Two at a time, one of them killed again and again; then the same as built anew."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.projections.keeper", url, module_book]
    keepers = [subprocess.Popen(command) for _ in range(2)]
    for _ in range(4):
        for _ in range(40):
            book.commit(TANAKA, page(5))
        killed = keepers.pop(0)
        killed.kill()
        killed.wait()
        keepers.append(subprocess.Popen(command))
    until(lambda: position(url) == 160)
    for keeper in keepers:
        keeper.kill()
        keeper.wait()
    live = rows(url)
    Rebuild(datastore, followed, READS[0]).run()
    assert len(live) == 160 * 6
    assert live == rows(url)


def position(url: str) -> int:
    with psycopg.connect(url) as connection:
        try:
            return places.positions(connection).get("reads", 0)
        except psycopg.errors.UndefinedTable:
            return 0


def test_a_line_is_in_the_tables_within_a_second(book: Receipts, runner: Runner, url: str) -> None:
    runner.poll = 30
    with working(runner):
        for done in range(1, 11):
            began = time.monotonic()
            book.commit(TANAKA, page())
            until(partial(lambda wanted: position(url) == wanted, done))
            assert done < 3 or time.monotonic() - began < 1


def test_a_line_that_cannot_be_read_stops_the_table(
    book: Receipts, runner: Runner, url: str
) -> None:
    book.commit(TANAKA, page(1))
    book.recorder.append(Line(UUID(int=9), None, "RecordsShown", b"{}"))
    book.commit(TANAKA, page(1))
    runner.catch_up()
    with psycopg.connect(url) as connection:
        (health,) = places.health(connection, 0, {"reads": 3})
    assert (health.position, health.behind) == (1, 2)
    assert "RecordsShown" in (health.error or "")


def test_the_book_goes_on_where_it_stopped_when_its_server_is_back(
    book: Receipts, runner: Runner, url: str
) -> None:
    kill = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE starts_with(datname, current_database()) AND application_name = %s
    """
    thread = Thread(target=runner.run)
    thread.start()
    with psycopg.connect(url, autocommit=True) as admin:
        for _ in range(3):
            book.commit(TANAKA, page(1))
            admin.execute(kill, (PROJECTOR,))
    until(lambda: position(url) == 3)
    runner.stop()
    thread.join()


def test_the_register_of_a_sitting_names_all_who_read_and_all_who_tried(
    seen: Seen, url: str
) -> None:
    """However long the room stayed open, and however much was read in it."""
    sitting, home = uuid4(), uuid4()
    for author in (TANAKA, SATO):
        told = [item(sitting, version) for version in range(1, 601)]
        seen(author, shown(*told), refused(home), staff=author.staff)
    until = datetime.max.replace(tzinfo=UTC)
    with psycopg.connect(url) as connection:
        read = resting_on(connection, sitting, [], **EVERY, until=until)
        tried = tried_after(connection, sitting, [home], **EVERY)
    assert [each.staff for each in read] == [TANAKA.staff] * 600 + [SATO.staff] * 600
    assert [each.staff for each in tried] == [TANAKA.staff, SATO.staff]
