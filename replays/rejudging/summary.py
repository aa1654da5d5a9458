"""まとめ: how many commands of each kind would end otherwise, examples, and what stays open."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from replays.rejudging.judging import Judged


class Change(NamedTuple):
    """Commands of one kind that ended one way and would end the other; None is allowed."""

    command: str
    was: str | None
    now: str | None


@dataclass(slots=True)
class Row:
    """Of one kind of command."""

    asked: int = 0
    refused: int = 0
    now_refused: int = 0
    now_allowed: int = 0
    otherwise: int = 0
    """Refused then and now, for another reason."""
    doubts: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        self.asked += 1
        self.refused += judged.was is not None
        if judged.doubt:
            self.doubts[judged.doubt] += 1
        elif judged.changed:
            self.now_refused += judged.was is None
            self.now_allowed += judged.now is None
            self.otherwise += judged.was is not None and judged.now is not None


@dataclass(slots=True)
class Summary:
    """`examples` are the first of each change, so many at most."""

    most: int = 3
    rows: dict[str, Row] = field(default_factory=dict)
    changes: Counter[Change] = field(default_factory=Counter)
    examples: dict[Change, list[Judged]] = field(default_factory=dict)

    def add(self, judged: Judged) -> None:
        self.rows.setdefault(judged.command, Row()).add(judged)
        if judged.changed:
            change = Change(judged.command, judged.was, judged.now)
            self.changes[change] += 1
            examples = self.examples.setdefault(change, [])
            if len(examples) < self.most:
                examples.append(judged)
