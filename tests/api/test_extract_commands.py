"""`setai extract` and `setai ask`: written down before there is a file, and for nobody else."""

import ast
import csv
import json
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from typer.testing import CliRunner

from api.commands import app
from domain.events.viewing import SERVER, RecordsShown
from domain.ledger import AUDITOR, Settings, open_receipts
from replays.extracts.manifest import MANIFEST, README
from tests.api.audit.desk import audit
from tests.api.test_receipts import taken_in
from tests.api.town import Town


class Desk:
    """The analyst's machine."""

    def __init__(self, database: str, book: str) -> None:
        self.given = {"SETAI_DATABASE_URL": database, "SETAI_RECEIPTS_URL": book}
        self._book = book

    def run(self, *words: str, **given: str) -> Any:
        return CliRunner().invoke(app, list(words), env={**self.given, "COLUMNS": "200", **given})

    def extract(self, out: Path, *words: str, **given: str) -> Any:
        return self.run("extract", "--out", str(out), "--for", "evaluation", *words, **given)

    def written(self) -> list[RecordsShown]:
        """What the 閲覧簿 says of extracts."""
        book = open_receipts(Settings(self._book), role=AUDITOR)
        try:
            facts: list[Any] = [book.mapper.decode(row).fact for row in book.page(0, 10_000)]
        finally:
            book.close()
        return [f for f in facts if isinstance(f, RecordsShown) and f.view == "extract"]


@pytest.fixture
def desk(town: Town, module_database: str, module_book: str) -> Desk:
    taken_in(town)
    return Desk(module_database, module_book)


def test_who_extracted_for_what_work_is_written_down(desk: Desk, tmp_path: Path) -> None:
    done = desk.extract(tmp_path / "out", "--by", "ines")
    assert done.exit_code == 0, done.output
    receipt = desk.written()[-1]
    told = {name: receipt.asked[name] for name in ("for", "form", "by")}
    assert told == {"for": "evaluation", "form": "parquet", "by": "ines"}
    assert receipt.asked["operator"]
    assert receipt.purpose == "statistics"
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert (manifest["position"], manifest["use"]) == (receipt.position, "事業の評価")
    assert "事業の評価" in (tmp_path / "out" / README).read_text("utf-8")


def test_the_privacy_officer_finds_who_sat_at_the_machine(
    desk: Desk, town: Town, tmp_path: Path
) -> None:
    assert desk.extract(tmp_path / "out", "--by", "ines").exit_code == 0
    deadline = monotonic() + 30
    found: list[Any] = []
    while not found and monotonic() < deadline:
        reads = audit(town, f"reads?staff={SERVER.staff}&limit=200")["reads"]
        found = [read for read in reads if read["view"] == "extract"]
    receipt = found[0]["receipt"]
    told = audit(town, f"receipts/{receipt['stream']}/{receipt['version']}")
    assert (told["asked"]["by"], told["asked"]["for"]) == ("ines", "evaluation")
    assert told["asked"]["operator"]
    manual = Path("docs/privacy-officer.md").read_text("utf-8")
    assert str(SERVER.staff) in manual


def test_without_the_line_in_the_book_there_is_no_file(desk: Desk, tmp_path: Path) -> None:
    nowhere = {"SETAI_RECEIPTS_URL": "postgresql:///no_such_book?host=/nowhere"}
    assert desk.extract(tmp_path / "out", **nowhere).exit_code == 1
    assert not list(tmp_path.iterdir())


def test_the_line_is_there_before_anything_is_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    before = len(desk.written())
    monkeypatch.setattr("replays.extracts._tell", broken_off)
    assert desk.extract(tmp_path / "out").exit_code != 0
    assert not list(tmp_path.iterdir())
    assert len(desk.written()) == before + 1


def test_the_work_it_is_for_must_be_named(desk: Desk, tmp_path: Path) -> None:
    before = len(desk.written())
    assert desk.run("extract", "--out", str(tmp_path / "out")).exit_code == 2
    full = tmp_path / "full"
    full.mkdir()
    (full / "file").touch()
    assert "空ではありません" in desk.extract(full).output
    assert len(desk.written()) == before


def test_nobody_else_at_the_machine_can_read_it(desk: Desk, tmp_path: Path) -> None:
    desk.extract(tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_it_is_asked_in_sql(desk: Desk, tmp_path: Path) -> None:
    desk.extract(tmp_path / "out", "--format", "duckdb")
    asked = ("ask", "--extract", str(tmp_path / "out"))
    query = "SELECT count(*) AS households, any_value(municipality) AS place FROM households"
    shown = desk.run(*asked, query)
    assert shown.exit_code == 0, shown.output
    assert "ashiya" in shown.stdout
    rows = list(csv.DictReader(StringIO(desk.run(*asked, query, "--csv").stdout)))
    assert int(rows[0]["households"]) >= 1
    day = "SELECT DATE '2026-03-31' AS day, count(*) AS households FROM households"
    [told] = json.loads(desk.run(*asked, day, "--json").stdout)
    assert told == {"day": "2026-03-31", "households": int(rows[0]["households"])}
    failed = desk.run("ask", "--extract", str(tmp_path), query)
    assert (failed.exit_code, "書き出しのフォルダーではありません" in failed.output) == (1, True)


@pytest.mark.parametrize("form", ["parquet", "duckdb"])
def test_a_question_carries_no_row_away_and_reads_nothing_else(
    desk: Desk, tmp_path: Path, form: str
) -> None:
    """Neither to another folder or machine, nor into the extract itself."""
    out, away = tmp_path / "out", tmp_path / "away.csv"
    desk.extract(out, "--format", form)
    away.write_text("1", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    for wrong in (
        "SELECT nothing",
        "DROP VIEW households",
        f"COPY (SELECT 1) TO '{tmp_path}/more.csv'",
        f"COPY (SELECT 1) TO '{out}/more.csv'",
        "COPY (SELECT 1) TO 's3://elsewhere/more.csv'",
        f"FROM read_csv('{away}')",
        "SELECT 1; SET enable_external_access = true",
        "INSTALL httpfs",
        "",
    ):
        failed = desk.run("ask", "--extract", str(out), wrong)
        assert (failed.exit_code, failed.stdout) == (1, ""), wrong
        assert any(ord(char) > 0x3000 for char in failed.output)
    assert sorted(tmp_path.rglob("*")) == before
    assert desk.run("ask", "--extract", str(out), "FROM households LIMIT 1").exit_code == 0


def test_no_route_makes_an_extract() -> None:
    """Rows leave by the command alone, into a folder of who gave it."""
    makers = set()
    for file in Path("api").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = {name.name for name in getattr(node, "names", ())}
            module = getattr(node, "module", "") or ""
            if module.startswith("replays.extracts") and names & {"extract", "ask"}:
                makers.add(file.name)
    assert makers == {"extract_commands.py"}
