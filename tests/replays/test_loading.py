"""Loading a city: through the decisions, in order, exactly once."""

import json
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from api.profiles import load_profile
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.ledger import Ledger, Settings, open_ledger
from replays.loading import AnotherHistory, NotLoadable, RefusedWhileLoading, load
from replays.loading.lines import every_line, read_manifest
from replays.synthesis import synthesize
from replays.synthesis.writing import MANIFEST
from tests.replays.lived import lived

PROFILE = load_profile("ashiya")
Opening = Callable[[], Ledger]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("city")
    synthesize(PROFILE, 260, 7, directory, lambda _: None)
    return directory


@pytest.fixture
def opening(make_database: Callable[..., str]) -> Opening:
    return partial(open_ledger, Settings(make_database(demonstration=True)))


def _nothing(*_: int) -> None: ...


def _head(opening: Opening) -> int:
    with closing(opening()) as ledger:
        return ledger.head()


def test_a_city_is_loaded_once_however_often_it_is_asked_for(city: Path, opening: Opening) -> None:
    first = load(opening, PROFILE, city, _nothing)

    assert first > read_manifest(city)["commands"]
    assert load(opening, PROFILE, city, _nothing) == 0


def test_a_load_that_was_broken_off_goes_on(city: Path, opening: Opening) -> None:
    def broken_off(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(opening, PROFILE, city, broken_off)
    before = _head(opening)
    rest = load(opening, PROFILE, city, _nothing)

    assert before
    assert rest
    assert _head(opening) == before + rest


def _all_facts(ledger: Ledger) -> list[tuple[object, ...]]:
    return [
        (told.stream, told.version, told.recorded_at, told.author, told.kind, told.fact.occurred_on)
        for told in ledger.read(0, ledger.head())
    ]


@pytest.mark.parametrize(("hands", "broken_off"), [(2, False), (2, True), (4, True)])
def test_what_is_corrected_reads_as_if_decided_one_by_one(
    tmp_path: Path,
    opening: Opening,
    monkeypatch: pytest.MonkeyPatch,
    hands: int,
    *,
    broken_off: bool,
) -> None:
    """By however many, and also where a load that was broken off goes on between a record and
    its correction.
    """
    monkeypatch.setattr("replays.loading.HANDS", hands)
    decided = lived(tmp_path / "city", 260)

    def stop(done: int, _: int) -> None:
        if done and broken_off:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        load(opening, PROFILE, tmp_path / "city", stop)
    load(opening, PROFILE, tmp_path / "city", _nothing)

    with closing(opening()) as ledger:
        assert len(ledger.of_kinds([FactCorrected, MisfiledRecordWithdrawn], ledger.head())) > 10
        assert _all_facts(ledger) == _all_facts(decided)


def test_facts_are_recorded_when_the_city_says(city: Path, opening: Opening) -> None:
    load(opening, PROFILE, city, _nothing)
    told = [json.loads(line) for line in every_line(city, read_manifest(city))]
    moments = {line["id"]: line["at"] for line in told}
    with closing(opening()) as ledger:
        facts = ledger.read(0, 10_000)

    assert facts
    assert all(
        fact.recorded_at.timestamp() == _seconds(moments[str(fact.command_id)]) for fact in facts
    )


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _altered(city: Path, directory: Path) -> Path:
    """A city whose last file says something nobody could record."""
    for path in city.iterdir():
        (directory / path.name).write_bytes(path.read_bytes())
    manifest = read_manifest(city)
    file = manifest["files"][-1]
    lines = (directory / file["file"]).read_bytes().splitlines(keepends=True)
    line = json.loads(lines[-1])
    line["by"]["role"] = "analyst"
    lines[-1] = json.dumps(line, separators=(",", ":")).encode() + b"\n"
    content = b"".join(lines)
    (directory / file["file"]).write_bytes(content)
    file["sha256"] = sha256(content).hexdigest()
    (directory / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return directory


def test_a_refusal_stops_with_the_line_and_the_code(
    city: Path, tmp_path: Path, opening: Opening
) -> None:
    altered = _altered(city, tmp_path)
    last = read_manifest(city)["commands"]

    with pytest.raises(RefusedWhileLoading, match=rf"{last}番目の行為: Unknown"):
        load(opening, PROFILE, altered, _nothing)


def test_changed_bytes_are_not_loaded(city: Path, tmp_path: Path, opening: Opening) -> None:
    for path in city.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes().replace("相談".encode(), b"soudan"))

    with pytest.raises(NotLoadable):
        load(opening, PROFILE, tmp_path, _nothing)


def test_another_municipality_is_not_loaded(city: Path, opening: Opening) -> None:
    with pytest.raises(NotLoadable):
        load(opening, load_profile("komaki"), city, _nothing)


def test_a_ledger_in_earnest_is_not_loaded(city: Path, make_database: Callable[..., str]) -> None:
    with pytest.raises(NotLoadable):
        load(partial(open_ledger, Settings(make_database())), PROFILE, city, _nothing)


def test_a_ledger_with_other_records_is_not_loaded(
    city: Path, tmp_path: Path, opening: Opening
) -> None:
    synthesize(PROFILE, 20, 8, tmp_path / "other", lambda _: None)
    load(opening, PROFILE, tmp_path / "other", _nothing)

    with pytest.raises(AnotherHistory):
        load(opening, PROFILE, city, _nothing)


def test_a_folder_without_a_city_is_not_loaded(tmp_path: Path, opening: Opening) -> None:
    with pytest.raises(NotLoadable):
        load(opening, PROFILE, tmp_path, _nothing)
