"""The year of reads: mostly work, a thousandth of it improper, the truth told apart from it."""

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from api.profiles import load_profile
from replays.synthesis import synthesize
from replays.synthesis.reading_habits.planting import KINDS

Lines = list[dict[str, Any]]
HOUSEHOLDS = 6000


@cache
def _read() -> tuple[Lines, Lines, Lines]:
    with TemporaryDirectory() as directory:
        out = Path(directory) / "city"
        manifest = synthesize(load_profile("ashiya"), HOUSEHOLDS, 7, out, lambda _: None)
        names = [file["file"] for file in manifest["read"]]
        assert names == ["reads.jsonl", "reads-truth.jsonl", "staff-homes.jsonl"]
        reads, truth, homes = (
            [json.loads(line) for line in (out / name).read_text("utf-8").splitlines()]
            for name in names
        )
        return reads, truth, homes


def _place(line: dict[str, Any]) -> tuple[str, int]:
    return line["day"], line["version"]


def test_a_city_is_read_five_times_as_often_as_it_has_households() -> None:
    assert len(_read()[0]) == 5 * HOUSEHOLDS


def test_one_read_in_a_thousand_is_improper_and_every_kind_occurs() -> None:
    truth = _read()[1]

    assert len(truth) == 5 * HOUSEHOLDS // 1000
    assert {line["kind"] for line in truth} == {kind for kind, _, _ in KINDS}


def test_the_reads_do_not_say_which_of_them_are_improper() -> None:
    reads, truth, _ = _read()
    improper = {_place(line) for line in truth}

    assert improper <= {_place(line) for line in reads}
    assert {tuple(line) for line in reads} == {tuple(reads[0])}
    assert not {"kind", "episode"} & set(reads[0])


def test_reads_stand_in_the_order_of_the_book() -> None:
    reads = _read()[0]
    days = Counter(line["day"] for line in reads)

    assert all(earlier["at"] <= later["at"] for earlier, later in pairwise(reads))
    assert {_place(line) for line in reads} == {
        (day, version) for day, last in days.items() for version in range(1, last + 1)
    }


def test_ordinary_work_reads_at_night_widely_and_without_having_been_there_before() -> None:
    reads, truth, _ = _read()
    improper = {_place(line) for line in truth}
    ordinary = [line for line in reads if _place(line) not in improper]

    assert any(line["at"][11:13] in {"22", "23"} for line in ordinary)
    assert any(line["role"] == "privacy" for line in ordinary)
    assert sum(line["outcome"] == "refused" for line in ordinary) > 10 * len(truth)


@pytest.mark.parametrize("households", [1, 3, 40])
def test_the_smallest_town_is_read_too(tmp_path: Path, households: int) -> None:
    out = tmp_path / "town"
    read = synthesize(load_profile("koshu"), households, 7, out, lambda _: None)["read"]

    assert read[0]["lines"] == 5 * households
    assert 0 < read[1]["lines"] < read[0]["lines"]
