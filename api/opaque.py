"""Opaque tokens: a place in the log, where a list goes on, which version was shown."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from pydantic_core import from_json, to_json

from api.problems import BadHeader, Problem

_LARGEST = (1 << 63) - 1
_LONGEST = 1024
_ETAG = re.compile(r'^(?:W/)?"([A-Za-z0-9_-]{1,32})"$')


class BadCursor(Problem):
    """続きの指定 (after・cursor) が正しくありません。前の応答の値をそのまま送ってください。"""

    status = 422


def position_token(position: int) -> str:
    return _encoded(position.to_bytes(8, "big"))


def position_of(token: str) -> int:
    decoded = _decoded(token)
    if len(decoded) != 8:  # noqa: PLR2004 - as many bytes as position_token writes
        raise BadCursor
    return min(int.from_bytes(decoded, "big"), _LARGEST)


def cursor_token(last: object) -> str | None:
    """The sort key of the last row shown; none when there are no more."""
    parts = last if isinstance(last, tuple) else (last,)
    return None if last is None else _encoded(to_json(parts))


def cursor_of(token: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The sort key again, each part as its kind; BadCursor when it was never given out."""
    if token is None:
        return None
    try:
        parts = from_json(_decoded(token))
        return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except (ValueError, TypeError, AttributeError) as wrong:
        raise BadCursor from wrong


def place(part: Any) -> int:
    """A position, as the database can hold it."""
    number = int(part)
    if not 0 <= number <= _LARGEST:
        raise ValueError
    return number


def plain(part: Any) -> str:
    """Text the database can hold."""
    if not isinstance(part, str) or "\0" in part:
        raise ValueError
    return part


def etag(version: int) -> str:
    return f'"{_encoded(version.to_bytes(4, "big"))}"'


def version_of(tag: str) -> int:
    """The version an If-Match names; one that was never given out matches nothing."""
    found = _ETAG.match(tag.strip())
    if not found:
        raise BadHeader('If-Match には、読んだときの ETag をそのまま送ってください。例: "AAAAAw"')
    try:
        return int.from_bytes(_decoded(found[1]), "big")
    except BadCursor:
        return -1


def _encoded(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _decoded(token: str) -> bytes:
    if len(token) > _LONGEST:
        raise BadCursor
    try:
        return urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError as wrong:
        raise BadCursor from wrong
