"""控えの行: a line of a city's files as the ledger takes it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.correction import History
from domain.household import Household
from domain.ledger.request import Request, Stream
from domain.person import Person
from domain.profile import Profile
from domain.recorded import State
from domain.resource import Resource
from domain.sitting import Sitting
from domain.staff import Staff
from domain.stamp import Shown, Stamp
from domain.values import Author, PersonId
from replays.acts import ACTS
from replays.synthesis.diary import RETOLD
from replays.synthesis.writing import FORMAT, MANIFEST
from replays.synthesis.writing import read_manifest as written

_KINDS: dict[str, type[State]] = {
    kind.kind: kind for kind in (Household, Person, Sitting, Staff, Resource)
} | {"history": History}
_AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PART = b'{"part":'
Manifest = dict[str, Any]


class NotLoadable(Exception):
    """この控えは読み込めません。"""


def read_manifest(directory: Path) -> Manifest:
    """NotLoadable when there is none, or when a file is not what it says."""
    try:
        manifest = written(directory)
    except (OSError, ValueError) as error:
        raise NotLoadable(f"{directory / MANIFEST} が読めません。") from error
    if manifest.get("format") != FORMAT:
        raise NotLoadable(f"形式 {manifest.get('format')} の控えは読めません。")
    for file in manifest["files"]:
        if sha256((directory / file["file"]).read_bytes()).hexdigest() != file["sha256"]:
            raise NotLoadable(f"{file['file']} の内容が {MANIFEST} と違います。")
    return manifest


def every_line(directory: Path, manifest: Manifest) -> Iterator[bytes]:
    for file in manifest["files"]:
        with (directory / file["file"]).open("rb") as lines:
            yield from lines


def part_of(line: bytes) -> int:
    """Which part of the city it belongs to, told without parsing it."""
    return _number(line) % RETOLD


def is_retold(line: bytes) -> bool:
    """Whether something in its streams will be corrected."""
    return _number(line) >= RETOLD


def _number(line: bytes) -> int:
    return int(line[len(_PART) : line.index(b",")])


def command_id(line: bytes) -> UUID:
    return UUID(json.loads(line)["id"])


def request_of(line: bytes, profile: Profile) -> Request:
    told = json.loads(line)
    act, by = ACTS[told["act"]], told["by"]
    author = _author(by["staff"], by["agency"], by["desk"], by["role"])
    stamp = Stamp(author, datetime.fromisoformat(told["at"]), UUID(told["id"]), profile)
    streams = tuple(Stream(_KINDS[kind], UUID(key), new) for kind, key, new in told["streams"])
    path = {
        name: value if isinstance(value, int) else UUID(value)
        for name, value in told["path"].items()
    }
    decide = partial(act.decide, **path) if path else act.decide
    command = act.command.model_validate(told["body"])
    return Request(decide, command, stamp, streams, shown=partial(_named, line))


def _named(line: bytes) -> Shown:
    """Whom the invented caseworkers name they have been shown: there is nobody who looked."""
    return dict.fromkeys(PersonId(UUID(found)) for found in _AN_ID.findall(line.decode()))


@lru_cache(maxsize=4096)
def _author(staff: str, agency: str, desk: str, role: str) -> Author:
    capacity = {"agency": agency, "desk": desk, "role": role}
    return Author.model_validate({"staff": staff, "capacity": capacity})
