"""書き出し: month by month in the order of recording, with a manifest that names every byte."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import IO, Any

from replays.synthesis.diary import Line

FORMAT = 1
MANIFEST = "manifest.json"
_KEY_WIDTH = 19


def _key(line: Line) -> str:
    """Sorts by moment, then by whose line it is, then by its place there."""
    return f"{line.at.isoformat(timespec='seconds')}\t{line.number + 10:09d}\t{line.place:06d}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


class Months:
    """Lines as they come, put aside by month, so that no more than a month is in memory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._aside = directory / "unsorted"
        self._aside.mkdir(parents=True)
        self._open = ExitStack()
        self._files: dict[str, IO[str]] = {}

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            month = line.at.strftime("%Y-%m")
            if month not in self._files:
                file = (self._aside / month).open("w", encoding="utf-8", newline="\n")
                self._files[month] = self._open.enter_context(file)
            self._files[month].write(f"{_key(line)}\t{_json(line.told)}\n")

    def sorted(self) -> Iterator[dict[str, Any]]:
        """Each month in order, written; what the manifest says of it."""
        self._open.close()
        for month in sorted(self._files):
            lines = (self._aside / month).read_text("utf-8").splitlines(keepends=True)
            lines.sort()
            content = "".join(line.split("\t", 3)[3] for line in lines).encode()
            name = f"commands-{month}.jsonl"
            (self._directory / name).write_bytes(content)
            digest = sha256(content).hexdigest()
            yield {"file": name, "commands": len(lines), "bytes": len(content), "sha256": digest}
        rmtree(self._aside)


def read_manifest(directory: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((directory / MANIFEST).read_text("utf-8"))
    return manifest


def write_manifest(directory: Path, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (directory / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
