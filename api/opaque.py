"""Opaque tokens (符): a place in the log, where a list goes on, and what somebody was shown.

No number can be read from them, for numbers would tell how much there is that one may not see.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json

from api.problems import BadHeader, Problem
from domain.gate import Item, Reader
from domain.ledger import ForgedToken, TokenKey

_LONGEST = 1024
_ETAG = re.compile(r'^(?:W/)?"([A-Za-z0-9_-]{1,64})"$')
_POSITION, _CURSOR, _SHOWN, _WRITTEN = b"position", b"cursor", b"shown", b"written"
_PSEUDONYM, _NUMBER = b"pseudonym", b"number"
_NUMBERS, _NUMBERS_HELD = 1 << 31, 1 << 16
_WHOLE = frozenset({str, UUID, int, bool, type(None)})
_BLOCK = 32
"""Cursors are filled up to multiples of it: their length tells no digits."""


class BadCursor(Problem):
    """続きの指定 (after・cursor) が正しくありません。前の応答の値をそのまま送ってください。"""


class Opaque:
    """Under the key of one municipality's servers."""

    def __init__(self, key: TokenKey) -> None:
        self._key = key
        self._number = lru_cache(_NUMBERS_HELD)(
            lambda stream, version: key.number(version, _NUMBER, stream.bytes)
        )

    def position(self, position: int) -> str:
        """A position is passed on among colleagues, so it is nobody's own."""
        return self._key.seal(_bytes(position), _POSITION)

    def position_of(self, token: str) -> int:
        return int.from_bytes(self._open(token, _POSITION), "big")

    def cursor(self, last: object, reader: UUID, path: str) -> str | None:
        """The sort key of the last row shown; none when there are no more."""
        if last is None:
            return None
        plain = to_json(last if isinstance(last, tuple) else (last,))
        filled = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)
        return self._key.seal(filled, _CURSOR, reader.bytes, path.encode())

    def cursor_of(
        self, token: str, reader: UUID, path: str, *kinds: Callable[[Any], Any]
    ) -> tuple[Any, ...]:
        """The sort key again, each part as its kind; BadCursor when it was not given out here."""
        parts = from_json(self._open(token, _CURSOR, reader.bytes, path.encode()))
        try:
            return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
        except ValueError as older:  # from before an update that sorts the list otherwise
            raise BadCursor from older

    def shown(
        self, stream: UUID, reader: Reader, view: object, written: Callable[[Item], bytes]
    ) -> str:
        """The tag of what this reader is shown: what they are not shown does not change it, nor by
        which facts it came to be shown. `written` is each record as it is served.
        """
        records: list[bytes] = []
        frame = to_json(_apart(view, lambda item: records.append(written(item))))
        return self._key.digest(frame, _SHOWN, *_whose(stream, reader), *records)

    def number(self, stream: UUID, version: int) -> int:
        """記録の番号: which fact of the stream it is, and nothing of how many there are. What a
        client made up, and no fact can be, is told back as it was.
        """
        return self._number(stream, version) if 0 <= version < _NUMBERS else version

    def version_of(self, stream: UUID, number: int) -> int:
        """The version again; of a number that was never given out, one that is not there."""
        given_out = 0 <= number < _NUMBERS
        return self._key.place_of(number, _NUMBER, stream.bytes) if given_out else number

    def pseudonym(self, stream: UUID, reader: UUID) -> str:
        """仮名: one reader meets the same household under the same name, another under another."""
        return "p" + self._key.digest(stream.bytes, _PSEUDONYM, reader.bytes)

    def written(self, stream: UUID, reader: Reader, position: int) -> str:
        """The tag of a write's answer: what its writer is shown up to that position."""
        return self._key.seal(_bytes(position), _WRITTEN, *_whose(stream, reader))

    def written_at(self, tag: str, stream: UUID, reader: Reader) -> int | None:
        """The position that the tag of a write's answer stands for; None for any other tag."""
        try:
            return int.from_bytes(self._key.open(tag, _WRITTEN, *_whose(stream, reader)), "big")
        except ForgedToken:
            return None

    def _open(self, token: str, *use: bytes) -> bytes:
        if len(token) > _LONGEST:
            raise BadCursor
        try:
            return self._key.open(token, *use)
        except ForgedToken as forged:
            raise BadCursor from forged


def tag_in(text: str) -> str:
    """The tag of an If-Match, without its quotes; one that was never given out matches nothing."""
    found = _ETAG.match(text.strip())
    if not found:
        raise BadHeader('If-Match には、読んだときの ETag をそのまま送ってください。例: "AAAAAw"')
    return found[1]


def _apart(view: Any, take: Callable[[Item], None]) -> Any:
    """A view without its records, which are taken in order, and nothing of what decided on them:
    its reader may not know of that.
    """
    kind: Any = type(view)
    if kind in _WHOLE:
        return view
    if kind is Item:
        return take(view)
    if isinstance(view, dict):
        return {key: _apart(value, take) for key, value in view.items()}
    if isinstance(view, tuple | list):
        return [_apart(each, take) for each in view]
    return [_apart(getattr(view, name), take) for name in _names(kind)] or view


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """What a part of a view consists of; nothing where it is whole."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _bytes(position: int) -> bytes:
    return position.to_bytes(8, "big")


def _whose(stream: UUID, reader: Reader) -> tuple[bytes, ...]:
    capacity = reader.capacity
    held = f"{capacity.agency}\n{capacity.desk}\n{capacity.role}"
    return stream.bytes, reader.staff.bytes, held.encode()
