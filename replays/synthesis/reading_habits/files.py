"""書き出し: the reads as the 閲覧簿 would have them, and apart from them what was improper."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from replays.synthesis.reading_habits import Read, ReadingYear

READS, TRUTH, STAFF_HOMES = "reads.jsonl", "reads-truth.jsonl", "staff-homes.jsonl"


def write_reads(year: ReadingYear, directory: Path) -> list[dict[str, Any]]:
    """Three files; what the manifest says of each."""
    reads = list(year.reads())
    homes = sorted(year.homes.addresses.items())
    return [
        _written(directory / READS, map(told, reads)),
        _written(directory / TRUTH, map(_truth, (read for read in reads if read.kind))),
        _written(directory / STAFF_HOMES, ({"staff": s, "address": at} for s, at in homes)),
    ]


def told(read: Read) -> dict[str, Any]:
    look = read.look
    return {
        "day": read.day,
        "version": read.version,
        "at": look.at.isoformat() + "+09:00",
        **look.who._asdict(),
        "purpose": look.purpose,
        "view": look.view,
        "outcome": "shown" if read.shown else "refused",
        "households": read.households,
        "persons": read.persons,
    }


def _truth(read: Read) -> dict[str, Any]:
    return {
        "day": read.day,
        "version": read.version,
        "kind": read.kind,
        "episode": read.episode,
    }


def _written(path: Path, lines: Iterable[dict[str, Any]]) -> dict[str, Any]:
    digest, size, count = sha256(), 0, 0
    with path.open("wb") as file:
        for content in _encoded(lines):
            digest.update(content)
            size, count = size + file.write(content), count + 1
    return {"file": path.name, "lines": count, "bytes": size, "sha256": digest.hexdigest()}


def _encoded(lines: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for line in lines:
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str)
        yield f"{text}\n".encode()
