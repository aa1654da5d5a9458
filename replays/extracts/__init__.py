"""歴史表: one pass over the log gives tables of codes, days and pseudonyms, for whoever counts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from domain.ledger import Ledger
from domain.ledger.garbage import uncollected
from domain.values import JST
from replays.extracts import contact, household, meeting, place, sharing
from replays.extracts.concealed import concealed_persons, conceals
from replays.extracts.intervals import Intervals
from replays.extracts.manifest import write_manifest
from replays.extracts.pseudonyms import Pseudonyms
from replays.extracts.tips import as_tips
from replays.extracts.writing import Aside, Form, Tables, lay_out

__all__ = ["FOLLOWING", "USES", "Commission", "Form", "NotEmpty", "Use", "extract"]
Progress = Callable[[int, int], None]
"""How many facts of how many are told."""
FOLLOWING = (
    *household.FOLLOWING,
    *contact.FOLLOWING,
    *sharing.FOLLOWING,
    *meeting.FOLLOWING,
    *place.FOLLOWING,
)
_EVERY = 2000


class NotEmpty(Exception):
    """書き出すフォルダーが空ではありません。新しいフォルダーの名前を指定してください。"""


class Use(StrEnum):
    """書き出しを使う仕事。"""

    EVALUATION = "evaluation"
    PLANNING = "planning"
    REPORT = "report"
    CHECK = "check"


USES = {
    Use.EVALUATION: "事業の評価",
    Use.PLANNING: "計画づくり",
    Use.REPORT: "報告の準備",
    Use.CHECK: "数の検算・点検",
}


@dataclass(frozen=True)
class Commission:
    """書き出しの依頼: of which municipality, in which form, by whom, when, and for what work."""

    municipality: str
    form: Form
    made_by: str
    made_at: datetime
    use: Use


def extract(
    ledger: Ledger,
    directory: Path,
    commission: Commission,
    progress: Progress,
    begins: Callable[[int], None] = lambda _until: None,
) -> tuple[int, Tables]:
    """Up to which position it was told, and how many rows each table has.

    `directory` is there when everything is in it, and not before; `begins` is told how far it will
    reach before anything is read.
    """
    with _whole(directory) as unfinished:
        begins(until := ledger.head())
        aside = Aside(unfinished / "aside", Pseudonyms())
        _tell(ledger, until, aside, progress)
        aside.close()
        lay_out(aside, unfinished, commission.municipality, commission.form)
        last = ledger.page(until - 1, 1) if until else []
        told = {
            "municipality": commission.municipality,
            "demonstration": ledger.demonstration,
            "position": until,
            "recorded_at": last[0][5].astimezone(JST) if last else None,
            "made_by": commission.made_by,
            "made_at": commission.made_at,
            "use": USES[commission.use],
        }
        write_manifest(unfinished, told, aside.rows, commission.form)
    return until, aside.rows


def _tell(ledger: Ledger, until: int, aside: Aside, progress: Progress) -> None:
    intervals, persons = Intervals(FOLLOWING), concealed_persons(ledger, until)
    done = shown = 0
    progress(done, until)
    with uncollected():
        for history in ledger.streams(until):
            hidden = conceals(history, persons)
            for interval in intervals.of(as_tips(history)):
                aside.add(interval, concealed=hidden)
            done += len(history)
            if done - shown >= _EVERY:
                progress(shown := done, until)
    progress(until, until)


@contextmanager
def _whole(directory: Path) -> Iterator[Path]:
    """A folder of its own beside it, for nobody else to read, that takes its name in the end."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise NotEmpty(f"{directory}: {NotEmpty.__doc__}")
    directory.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        yield unfinished
        os.replace(unfinished, directory)  # noqa: PTH105 - over an empty folder too
    except BaseException:
        rmtree(unfinished, ignore_errors=True)
        raise
