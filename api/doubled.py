"""二度書き: JSON lets a name stand twice in one object, and the last wins without a word.

What the first said (whom something is hidden from) would be lost; so it is refused.
"""

import json
from collections.abc import Sequence
from typing import Any


class _Doubled(Exception):
    """A name that stands twice."""


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Doubled(next(name for name in names if names.count(name) > 1))
    return told


def doubled(body: bytes) -> str | None:
    """A name that stands twice in one object; what is no JSON is refused elsewhere."""
    try:
        json.loads(body, object_pairs_hook=_once)
    except _Doubled as found:
        return str(found)
    except (ValueError, RecursionError):
        return None
    return None
