"""見本の答え: what a reading in a story was first answered, kept beside the stories.

`SETAI_GOLDEN=write` hears the answers anew while the stories are tested.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TOKEN = "mihon-no-fu-nakami-wa-yomenai-00"  # noqa: S105 - stands for every token, none of which lasts
DIGEST = "0" * 64
"""Stands for the digest of what was served, which is under a key of each installation."""
NUMBER = 1234567890
"""Stands for the numbers of records, likewise."""
_KEPT = Path(__file__).with_name("answers.json")
_MOST = 2
_MAPS = frozenset({"codes", "people", "records"})
"""Parts whose keys are ids or codes, and not the same in every answer."""
_TOKENS = frozenset({"next", "position", "pseudonym", "went_on_as"})
_NUMBERS = frozenset({"version", "fact", "of", "tightening", "after"})
_LISTED = frozenset({"facts", "tabled", "enclosed", "rested", "versions"})
_SAID = re.compile(r"番号 \d+")
_LONGEST = 120


def kept() -> dict[str, Any]:
    """By the shape of the path."""
    found: dict[str, Any] = json.loads(_KEPT.read_text("utf-8"))
    return found


def keep(heard: Mapping[str, Any]) -> None:
    told = json.dumps(dict(sorted({**kept(), **heard}.items())), ensure_ascii=False, indent=1)
    _KEPT.write_text(told + "\n", "utf-8")


def shortened(answer: Any, name: str = "") -> Any:
    """The first entries of every list and map, no token, and of long texts the beginning."""
    match answer:
        case list():
            return [shortened(each, name if name in _LISTED else "") for each in answer[:_MOST]]
        case dict():
            parts = list(answer.items())[: _MOST if name in _MAPS else None]
            return {key: shortened(value, key) for key, value in parts}
        case str() if name in _TOKENS:
            return TOKEN
        case str() if name == "digest":
            return DIGEST
        case int() if name in _NUMBERS | _LISTED and not isinstance(answer, bool):
            return NUMBER
        case str() if len(answer) > _LONGEST:
            return f"{answer[:_LONGEST]}…"
        case str():
            return _SAID.sub(f"番号 {NUMBER}", answer)
        case _:
            return answer
