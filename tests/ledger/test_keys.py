"""Keys are kept apart, committed before they are used, and wrapped anew while work goes on."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.events.person import PersonNoted
from domain.ledger import (
    KeysUnavailable,
    Ledger,
    NotMigrated,
    Settings,
    UnsafeSettings,
    migrate,
    migrate_keys,
    open_ledger,
)
from domain.ledger.datastore import conninfo
from domain.ledger.failures import BrokenSeal
from domain.ledger.keys import SEALER, FileKeys, KeyRing, drop_idle, rotate, status
from domain.ledger.keys.recent import Recent
from domain.ledger.keys.store import Wrapped
from domain.ledger.request import Request
from domain.ledger.sealer import KeySealer
from domain.ledger.server import beside
from domain.texts import texts
from tests.conftest import MakeDatabase
from tests.ledger.given import LABEL, Visit, known, new, stamp, text, visit

NOTE = Visit(note=text("玄関で話した"))
NOTED = PersonNoted(occurred_on="2026", label=LABEL, nickname=text("はなちゃん"))


@pytest.fixture
def settings(bare_database: MakeDatabase, tmp_path: Path) -> Settings:
    """A ledger of its own, whose keys may come to harm."""
    found = Settings(bare_database(), keys=tmp_path)
    migrate_keys(found, migrate(found.url))
    return found


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with closing(open_ledger(settings)) as opened:
        yield opened


def ring_of(ledger: Ledger) -> KeyRing:
    assert isinstance(ledger.sealer, KeySealer)
    return ledger.sealer.ring


def run_out(ledger: Ledger) -> None:
    """As if every key of the stock had been used."""
    ring_of(ledger).stock._keys.clear()  # noqa: SLF001


def kept(settings: Settings) -> int:
    with psycopg.connect(settings.keys_at) as connection:
        row = connection.execute("SELECT count(*) FROM keys.keys").fetchone()
        assert row
        return int(row[0])


def words(ledger: Ledger) -> list[str]:
    """All that is in the log, opened."""
    opener = ledger.sealer.opener()
    return [
        opener.open(text, recorded.stream, recorded.version, ())
        for recorded in ledger.read(0, 10_000)
        for _, text in texts(recorded.fact)
    ]


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_a_key_is_committed_before_it_is_used(settings: Settings, ledger: Ledger) -> None:
    """Whoever is killed in between leaves keys that nobody has used."""
    ring, before = ring_of(ledger), kept(settings)
    used = {ring.fresh().id for _ in range(300)}
    with psycopg.connect(settings.keys_at) as connection:
        query = "SELECT count(*) FROM keys.keys WHERE id = ANY (%s)"
        assert connection.execute(query, (list(used),)).fetchone() == (300,)
    assert kept(settings) >= before + 200
    with closing(open_ledger(settings)) as after_a_crash:
        assert ring_of(after_a_crash).fresh().id not in used


def test_a_write_costs_no_second_commit(settings: Settings, ledger: Ledger) -> None:
    ledger.record(visit, NOTE, stamp(), new())
    before = kept(settings)
    for _ in range(20):
        ledger.record(visit, NOTE, stamp(), new())
    assert kept(settings) == before


def test_keys_are_fetched_many_at_once(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        ledger.record(visit, NOTE, stamp(), new())
    with closing(open_ledger(settings)) as reading:
        ring, fetch = ring_of(reading), ring_of(reading).store.fetch
        asked: list[Sequence[int]] = []

        def fetched(ids: Sequence[int]) -> list[Wrapped]:
            asked.append(ids)
            return fetch(ids)

        monkeypatch.setattr(ring.store, "fetch", fetched)
        found = [text for fact in reading.read(0, 100) for _, text in texts(fact.fact)]
        reading.sealer.opener().prepare(found)
        assert words(reading) == ["玄関で話した"] * 30
        assert [len(ids) for ids in asked] == [30]


def test_what_is_at_hand_is_bounded_in_number_and_in_time() -> None:
    recent: Recent[int, str] = Recent(2)
    for number in range(3):
        recent.put(number, "key")
    assert [recent.get(number) for number in range(3)] == [None, "key", "key"]
    assert Recent[int, str](2, seconds=0).get(1) is None
    short: Recent[int, str] = Recent(2, seconds=0)
    short.put(1, "key")
    assert short.get(1) is None


@pytest.fixture
def impatient(settings: Settings) -> Iterator[Ledger]:
    with closing(open_ledger(replace(settings, timeout=0.5))) as opened:
        yield opened


def test_with_the_keys_out_of_reach_nothing_is_written_and_nothing_shown(
    settings: Settings, impatient: Ledger
) -> None:
    ledger, home = impatient, new()
    ledger.record(visit, NOTE, stamp(), home)
    (recorded,) = ledger.history(home.id)
    with psycopg.connect(settings.url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {_name(settings)} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (_name(settings),),
        )
        run_out(ledger)
        with pytest.raises(KeysUnavailable):
            ledger.record(visit, NOTE, stamp(), known(home.id))
        ((_, sealed),) = texts(recorded.fact)
        with pytest.raises(KeysUnavailable):
            ledger.sealer.opener().open(sealed, home.id, 1, ())
        admin.execute(f"ALTER DATABASE {_name(settings)} ALLOW_CONNECTIONS true")
    assert ledger.head() == 1
    ledger.record(visit, NOTE, stamp(), known(home.id))
    assert words(ledger) == ["玄関で話した"] * 2


def _name(settings: Settings) -> str:
    return beside(settings.url, "_keys").split("dbname=")[1].split()[0]


def test_a_missing_key_file_is_never_replaced(settings: Settings, tmp_path: Path) -> None:
    """All that it wrapped would be lost without a word."""
    (path,) = tmp_path.glob("*/*.key")
    hidden = path.rename(tmp_path / "hidden")
    migrate_keys(settings, UUID(path.parent.name))
    with pytest.raises(KeysUnavailable):
        open_ledger(settings)
    hidden.rename(path)
    open_ledger(settings).close()


@pytest.mark.parametrize("harm", ["chmod", "text"])
def test_a_key_file_others_could_read_or_that_holds_no_key_is_refused(
    settings: Settings, tmp_path: Path, harm: str
) -> None:
    (path,) = tmp_path.glob("*/*.key")
    if harm == "chmod":
        path.chmod(0o640)
    else:
        path.write_text("nothing\n")
    with pytest.raises(UnsafeSettings):
        open_ledger(settings)


def test_another_key_file_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    open_ledger(settings).close()
    (path,) = tmp_path.glob("*/*.key")
    path.write_text("00" * 32)
    with pytest.raises(BrokenSeal):
        open_ledger(settings)


def test_a_key_file_is_for_one_account_alone(settings: Settings, tmp_path: Path) -> None:
    assert settings.keys == tmp_path
    (path,) = tmp_path.glob("*/*.key")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(UnsafeSettings):
        FileKeys(tmp_path, UUID(path.parent.name)).wrap("../1", [b""])


def test_the_keys_of_another_ledger_are_refused(
    settings: Settings, bare_database: MakeDatabase, tmp_path: Path
) -> None:
    elsewhere = Settings(bare_database(), keys=tmp_path, keys_url=settings.keys_at)
    tenant = migrate(elsewhere.url)
    with pytest.raises(UnsafeSettings, match="another ledger"):
        migrate_keys(elsewhere, tenant)
    with pytest.raises(UnsafeSettings, match="another ledger"):
        open_ledger(elsewhere)


def test_a_ledger_without_its_keys_is_not_migrated(
    bare_database: MakeDatabase, tmp_path: Path
) -> None:
    bare = Settings(bare_database(), keys=tmp_path)
    tenant = migrate(bare.url)
    with pytest.raises(NotMigrated):
        open_ledger(bare)
    migrate_keys(bare, tenant)
    migrate_keys(bare, tenant)
    open_ledger(bare).close()


def test_every_key_is_wrapped_anew_while_writing_goes_on(ledger: Ledger) -> None:
    ring, over = ring_of(ledger), Event()

    def write() -> None:
        while not over.is_set():
            ledger.record(visit, NOTE, stamp(), new())

    writing = [Thread(target=write) for _ in range(3)]
    for thread in writing:
        thread.start()
    for _ in range(3):
        now = rotate(ring.store, ring.service, nothing)
        assert set(now.wrapped) == {now.current}
        drop_idle(ring.store, ring.service)
    over.set()
    for thread in writing:
        thread.join()
    assert status(ring.store, ring.service).current == "4"
    assert ring.service.names() == ["4"]
    assert set(words(ledger)) == {"玄関で話した"}
    assert len(words(ledger)) == ledger.head()


def test_a_rotation_that_was_broken_off_goes_on(settings: Settings, ledger: Ledger) -> None:
    ring = ring_of(ledger)
    while kept(settings) < 3000:
        ring.fresh()
    ledger.record(visit, NOTE, stamp(), new())

    class BrokenOff(Exception):
        pass

    def breaks_off(done: int, _total: int) -> None:
        if done >= 1000:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        rotate(ring.store, ring.service, breaks_off)
    assert set(status(ring.store, ring.service).wrapped) == {"1", "2"}
    with closing(open_ledger(settings)) as meanwhile:
        assert words(meanwhile) == ["玄関で話した"]
    assert set(rotate(ring.store, ring.service, nothing).wrapped) == {"2"}
    assert drop_idle(ring.store, ring.service) == ["1"]
    with closing(open_ledger(settings)) as afterwards:
        assert words(afterwards) == ["玄関で話した"]


def test_a_rotation_broken_off_at_its_first_step_leaves_nothing_behind(ledger: Ledger) -> None:
    ring = ring_of(ledger)
    ring.service.rotate()  # the file is there, and nobody was told
    assert rotate(ring.store, ring.service, nothing).current == "2"
    assert ring.service.names() == ["1", "2"]


def test_who_lays_in_keys_turns_to_the_key_in_use(settings: Settings, ledger: Ledger) -> None:
    ring = ring_of(ledger)
    with closing(open_ledger(settings)) as other:
        rotate(ring_of(other).store, ring_of(other).service, nothing)
    run_out(ledger)
    assert ring.get(ring.fresh().id)
    assert set(status(ring.store, ring.service).wrapped) == {"2"}


def test_a_key_wrapped_anew_between_two_steps_is_looked_up_again(ledger: Ledger) -> None:
    ring, key = ring_of(ledger), ring_of(ledger).fresh()
    before = ring.store.fetch([key.id])
    rotate(ring.store, ring.service, nothing)
    drop_idle(ring.store, ring.service)
    assert ring._unwrapped(before) == [key]  # noqa: SLF001 - as if it had been read before


def test_what_is_at_hand_is_not_asked_for_again(ledger: Ledger) -> None:
    ring, key = ring_of(ledger), ring_of(ledger).fresh().id
    ring.prepare([key])
    ring.store.close()
    ring.prepare([key])
    assert ring.get(key)


def test_what_would_have_to_be_asked_for_is_not_decided_at_once(ledger: Ledger) -> None:
    """Whoever must not wait is told so instead."""
    staff, home = new(), new()
    ledger.record(visit, NOTE, stamp(), staff)
    by = ledger.recall(staff)
    request = Request(visit, NOTE, stamp(), (home,))
    assert ledger.likely(request, by=by)
    run_out(ledger)
    assert ledger.likely(request, by=by) is None
    assert not ledger.mapper.at_hand([(home.id, NOTED)])
    ledger.mapper.ready([(home.id, NOTED)])
    assert ledger.mapper.at_hand([(home.id, NOTED)])


def test_a_store_without_a_key_encryption_key_is_not_migrated(settings: Settings) -> None:
    with psycopg.connect(settings.keys_at) as owner:
        owner.execute("DELETE FROM keys.current")
    with pytest.raises(NotMigrated):
        open_ledger(settings)


def test_whoever_may_not_make_a_database_is_told_to_have_it_made(settings: Settings) -> None:
    role = f"poor_{uuid4().hex[:8]}"
    with psycopg.connect(settings.url, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN")
        owner.execute(f"DROP DATABASE {_name(settings)} WITH (FORCE)")
        with pytest.raises(UnsafeSettings, match="SETAI_KEYS_URL"):
            migrate_keys(replace(settings, url=make_conninfo(settings.url, user=role)), uuid4())
        owner.execute(f"DROP ROLE {role}")


def test_a_ledger_from_before_there_were_seals_is_refused(
    settings: Settings, ledger: Ledger
) -> None:
    with psycopg.connect(settings.url) as owner:
        owner.execute("ALTER TABLE ledger.meta DISABLE TRIGGER keep_for_ever")
        owner.execute("DELETE FROM ledger.meta WHERE key = 'tenant'")
    with pytest.raises(NotMigrated):
        open_ledger(settings)
    ledger.record(visit, NOTE, stamp(), new())
    with pytest.raises(UnsafeSettings, match="not sealed"):
        migrate(settings.url)


@pytest.mark.parametrize("role", ["setai_api", "setai_projector", "setai_owner", SEALER])
def test_only_the_sealer_reads_keys_and_nobody_changes_them(settings: Settings, role: str) -> None:
    with psycopg.connect(conninfo(settings.keys_at, role), autocommit=True) as running:
        if role == SEALER:
            running.execute("SELECT * FROM keys.keys")
        elif role != "setai_owner":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                running.execute("SELECT * FROM keys.keys")
        if role != "setai_owner":
            for act in ("DELETE FROM keys.keys", "UPDATE keys.keys SET kek = '1'"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    running.execute(act)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                running.execute("INSERT INTO keys.keys VALUES (1, '1', '')")


def test_six_rings_never_hand_out_one_key_twice(ledger: Ledger) -> None:
    ring = ring_of(ledger)
    handed: list[int] = []
    threads = [
        Thread(target=lambda: handed.extend(ring.fresh().id for _ in range(500))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(handed)) == len(handed) == 3000
    assert ring.of(owner := uuid4()) == ring.of(owner)
