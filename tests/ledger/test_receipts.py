"""The 閲覧簿: dense, in order, without conflicts; no receipt, no word."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import cast
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.events.viewing import SERVER, IndexBuilt, RecordsShown, days_book
from domain.ledger import (
    KeysUnavailable,
    Ledger,
    LedgerUnavailable,
    NotReceipted,
    Receipt,
    Receipts,
    ReceiptsUnavailable,
    Settings,
    digest_of,
    listening,
    open_receipts,
)
from domain.ledger.book import Line, Lines
from domain.values import JST
from tests.conftest import MakeDatabase
from tests.ledger.proxy import Proxy
from tests.reading import SATO, TANAKA, item, page, refused, shown

READERS = 16


def today(receipt: Receipt) -> date:
    return receipt.at.astimezone(JST).date()


def test_a_receipt_says_where_its_line_is(receipts: Receipts, followed: Receipts) -> None:
    viewing = page()
    receipt = receipts.commit(TANAKA, viewing)
    (recorded,) = followed.history(receipt.stream)
    assert receipt.stream == days_book(TANAKA.staff, today(receipt))
    assert (receipt.version, receipt.position, receipts.written) == (1, 1, 1)
    assert (recorded.version, recorded.position, recorded.recorded_at) == (1, 1, receipt.at)
    assert recorded.author == TANAKA
    assert vars(recorded.fact) == vars(viewing)
    assert followed.history(receipt.stream, until=0) == []


def test_sixteen_panels_of_one_staff_member_never_conflict(
    receipts: Receipts, book_url: str, followed: Receipts, nightly: int
) -> None:
    """In two processes' worth of applications: the group orders one, the lock both."""
    each, start = 25 * nightly, Barrier(READERS)
    with closing(open_receipts(Settings(book_url))) as other:

        def read(reader: int) -> list[Receipt]:
            start.wait()
            return [(receipts, other)[reader % 2].commit(TANAKA, page()) for _ in range(each)]

        with ThreadPoolExecutor(READERS) as readers:
            done = [receipt for some in readers.map(read, range(READERS)) for receipt in some]
    assert sorted(receipt.version for receipt in done) == list(range(1, READERS * each + 1))
    rows = followed.page(0, READERS * each + 1)
    assert [row[4] for row in rows] == list(range(1, READERS * each + 1))
    moments = [row[5] for row in rows]
    assert moments == sorted(moments)
    assert {(r.stream, r.version, r.position) for r in done} == {(x[0], x[1], x[4]) for x in rows}


def test_each_staff_member_has_a_stream_of_their_own(receipts: Receipts) -> None:
    with ThreadPoolExecutor(READERS) as readers:
        authors = [TANAKA, SATO] * 20
        done = list(readers.map(lambda author: receipts.commit(author, page(1)), authors))
    for author in (TANAKA, SATO):
        of = days_book(author.staff, today(done[0]))
        versions = sorted(receipt.version for receipt in done if receipt.stream == of)
        assert versions == list(range(1, 21))


def test_the_day_is_the_japanese_one(receipts: Receipts) -> None:
    late = datetime(2026, 4, 1, 15, 30, tzinfo=UTC)
    assert receipts.commit(TANAKA, page(1), late).stream == days_book(
        TANAKA.staff, date(2026, 4, 2)
    )


def test_the_database_dates_what_it_writes(receipts: Receipts) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert datetime.now(UTC) - receipts.commit(TANAKA, page(1), long_ago).at < timedelta(minutes=5)


def test_a_demonstration_is_given_the_time_which_never_goes_back(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    book = make_book(make_database(demonstration=True), demonstration=True)
    noon = datetime(2025, 4, 1, 3, tzinfo=UTC)
    with closing(open_receipts(Settings(book))) as receipts:
        assert receipts.commit(TANAKA, page(1), noon).at == noon
        assert receipts.commit(TANAKA, page(1), noon - timedelta(days=1)).at == noon


def test_a_receipt_opens_what_it_names_and_nothing_else(receipts: Receipts) -> None:
    home, other = uuid4(), uuid4()
    receipt = receipts.commit(TANAKA, shown(item(home, 3, words=5), households=[home]))
    receipt.prepare(["封"])
    assert receipt.open("封", home, 5) == "封"
    assert receipt.open_all([("name", "封"), ("kana", "印")], home, 5) == ["封", "印"]
    for stream, words in ((home, 3), (home, 4), (other, 5), (other, 1)):
        with pytest.raises(NotReceipted):
            receipt.open("封", stream, words)
        with pytest.raises(NotReceipted):
            receipt.open_all([("name", "封")], stream, words)


def test_a_refusal_opens_nothing(receipts: Receipts) -> None:
    home = uuid4()
    with pytest.raises(NotReceipted):
        receipts.commit(TANAKA, refused(home)).open("封", home, 1)


def test_whoever_keeps_what_was_opened_may_ask_whose_key_was_destroyed(receipts: Receipts) -> None:
    assert receipts.destroyed(7) == (7, frozenset())


def test_an_index_is_made_of_as_many_persons_as_it_says(receipts: Receipts) -> None:
    receipt = receipts.commit(SERVER, IndexBuilt(view="names", position=1, persons=2))
    first, second, third = (uuid4() for _ in range(3))
    assert [receipt.open("名", each, 1) for each in (first, second, first)] == ["名"] * 3
    with pytest.raises(NotReceipted):
        receipt.open("名", third, 1)


def test_the_words_of_a_search_are_sealed(
    ledger: Ledger, book_url: str, followed: Receipts
) -> None:
    viewing = RecordsShown.model_validate({**shown().model_dump(), "sought": "やまだ"})
    with closing(open_receipts(Settings(book_url), sealer=ledger.sealer)) as receipts:
        receipts.commit(TANAKA, viewing)
    (row,) = followed.page(0, 9)
    assert "やまだ".encode() not in row[3]
    kept = cast("RecordsShown", followed.mapper.decode(row).fact)
    assert kept.sought
    assert ledger.sealer.opener().open(kept.sought, row[0], 0, ()) == "やまだ"


def test_without_keys_the_words_of_a_search_are_not_kept(book_url: str) -> None:
    viewing = RecordsShown.model_validate({**shown().model_dump(), "sought": "やまだ"})
    with (
        closing(open_receipts(Settings(book_url))) as receipts,
        pytest.raises(KeysUnavailable),
    ):
        receipts.commit(TANAKA, viewing)


def test_a_digest_is_of_the_items_in_their_order(ledger: Ledger, book_url: str) -> None:
    with closing(open_receipts(Settings(book_url), sealer=ledger.sealer)) as receipts:
        digests = {
            receipts.digest_of(items)
            for items in ([b"a", b"b"], [b"b", b"a"], [b"ab"], [b"a", b"b", b""], [])
        }
        assert len(digests) == 5
        assert receipts.digest_of([b"a", b"b"]) == digest_of(ledger.sealer, [b"a", b"b"])


def test_no_receipt_while_the_book_is_out_of_reach(book_url: str, followed: Receipts) -> None:
    """Whether its answer or the line itself was lost: what is not known to be written is not."""
    proxy = Proxy(book_url, marker=b"RecordsShown")
    with closing(open_receipts(Settings(proxy.url, timeout=5))) as far:
        far.commit(TANAKA, page(1))
        for moment, there in (("before", 1), ("after", 2)):
            setattr(proxy, moment, 1)
            with pytest.raises(ReceiptsUnavailable):
                far.commit(TANAKA, page(1))
            assert followed.head() == there
        assert far.commit(TANAKA, page(1)).version == 3
    proxy.close()


def test_without_its_database_there_is_no_receipt(receipts: Receipts, book_url: str) -> None:
    receipts.commit(TANAKA, page(1))
    receipts.datastore.timeout = 0.5
    receipts.datastore.pool.timeout = 0.5
    name = conninfo_to_dict(book_url)["dbname"]
    with psycopg.connect(book_url, autocommit=True, dbname="postgres") as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            with ThreadPoolExecutor(4) as readers:
                reading = [readers.submit(receipts.commit, TANAKA, page(1)) for _ in range(4)]
            assert {type(each.exception()) for each in reading} == {ReceiptsUnavailable}
            with pytest.raises(ReceiptsUnavailable):
                receipts.head()
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable):
        open_receipts(Settings(f"postgresql:///setai?host={tmp_path}", timeout=0.3))


def test_a_line_the_database_refuses_leaves_the_others_alone(receipts: Receipts) -> None:
    good = Line(uuid4(), None, "RecordsShown", b"{}")
    bad = good._replace(topic="\0")
    kept, wrong, last = receipts.recorder._write(  # noqa: SLF001
        [Lines((good,)), Lines((bad,)), Lines((good,))]
    )
    assert isinstance(wrong, psycopg.DataError)
    assert not isinstance(kept, Exception)
    assert not isinstance(last, Exception)
    assert [each.version for each in (*kept, *last)] == [1, 2]


def test_who_follows_the_book_hears_of_a_line_at_once(
    receipts: Receipts, followed: Receipts
) -> None:
    with listening(followed.datastore) as bell:
        receipts.commit(TANAKA, page(1))
        assert bell.wait(5)


def test_the_environment_has_no_say_in_how_it_is_kept(
    book_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSISTENCE_MODULE", "eventsourcing.sqlite")
    monkeypatch.setenv("RECEIPTS_IS_SNAPSHOTTING_ENABLED", "y")
    with closing(open_receipts(Settings(book_url))) as receipts:
        assert receipts.commit(TANAKA, page(1)).version == 1
        assert receipts.snapshots is None


def test_a_connection_the_server_hung_up_on_is_not_handed_out(
    receipts: Receipts, server_url: str
) -> None:
    """Else the first reader after a restart would be told that nothing can be shown."""
    receipts.commit(TANAKA, page(1))
    with receipts.datastore.session() as connection:
        process = connection.info.backend_pid
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 10000)", (process,))
    assert receipts.commit(TANAKA, page(1)).version == 2
    with receipts.datastore.session() as connection:
        assert connection.info.backend_pid != process
