"""Arrays (配列) in PostgreSQL's own binary format: the driver asks each element of a list how it is
written; where all are known to be alike, that is most of the work.
"""

from collections.abc import Callable, Sequence
from struct import Struct
from typing import Any

_EMPTY = Struct("!iii").pack
_HEAD = Struct("!iiiii").pack
_SIZE = Struct("!i").pack
_NULL = _SIZE(-1)

Encode = Callable[[Any], bytes]


def array(kind: int, encode: Encode) -> Encode:
    """Encodes a column: the array's head, then each length with its bytes."""

    def encoded(column: Sequence[Any]) -> bytes:
        if not column:
            return _EMPTY(0, 0, kind)
        parts = [_HEAD(1, 1, kind, len(column), 1)]
        for given in column:
            if given is None:
                parts.append(_NULL)
            else:
                item = encode(given)
                parts += (_SIZE(len(item)), item)
        return b"".join(parts)

    return encoded
