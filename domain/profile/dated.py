"""期間つきの設定: all of a profile has dates, so that old papers keep old names."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Annotated, Generic, TypeVar

from pydantic import ConfigDict, Field, StrictBool, StringConstraints

from domain.values import Code, Value

Day = Annotated[date, Field(strict=True)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Flag = StrictBool
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]


class Dated(Value):
    """`from` の日から `until` の日まで（両日を含む）。書かなければ、初めから・定めのない間。"""

    model_config = ConfigDict(populate_by_name=True)

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def first(self) -> date:
        return self.since or date.min

    @property
    def last(self) -> date:
        return self.until or date.max


class Named(Dated):
    """符号 (id) と名称をもつもの: the id stays, the name may change with the date."""

    id: Code
    name: Text


D = TypeVar("D", bound=Dated)


class History(Generic[D]):
    """One thing through time: which of its entries holds on a day, found without searching long."""

    __slots__ = ("_spans", "entries")

    def __init__(self, entries: Iterable[D]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.first)
        self._spans = [(entry.first, entry.last, entry) for entry in reversed(self.entries)]

    def __iter__(self) -> Iterator[D]:
        return iter(self.entries)

    def on(self, day: date) -> D | None:
        for first, last, entry in self._spans:
            if first <= day <= last:
                return entry
        return None

    def near(self, day: date) -> D:
        """The entry that holds on the day, else the last one begun before it, else the first."""
        begun = [entry for entry in self.entries if entry.first <= day]
        return self.on(day) or (begun or self.entries)[-1 if begun else 0]

    def covers(self, span: Dated) -> bool:
        """Does one entry or another hold on every day of the span?"""
        day = span.first
        for entry in self.entries:
            if entry.holds(day):
                if span.last <= entry.last:
                    return True
                day = entry.last + timedelta(days=1)
        return False

    def overlaps(self) -> bool:
        pairs = zip(self.entries, self.entries[1:], strict=False)
        return any(later.first <= earlier.last for earlier, later in pairs)


def histories(entries: Iterable[tuple[str, D]]) -> dict[str, History[D]]:
    """The entries of each id, gathered."""
    found: dict[str, list[D]] = {}
    for key, entry in entries:
        found.setdefault(key, []).append(entry)
    return {key: History(group) for key, group in found.items()}
