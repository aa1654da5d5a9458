"""そのときの姿を読む: `true_at` and `known_at` of a request, and what its answer says of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BeforeValidator, TypeAdapter

from api.problems import Problem
from domain.clocks import Point
from domain.gate import Item, Reader
from domain.ledger import Ledger
from domain.values import JST, Day, Value
from projections.as_of import Histories, MarkKind, marks

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_FIRST = datetime(1900, 1, 1, tzinfo=JST)
"""Before there were computers nothing was recorded."""
_LAST_MOMENT = time(23, 59, 59, 999999, JST)


class NotKnownYet(Problem):
    """known_at・at は、いまより前にしてください。これから先に何が分かるかは、台帳にありません。"""


class NotSoYet(Problem):
    """true_at は、今日か、それより前の日にしてください。これからのことは、台帳にありません。"""


class TrueAfterKnown(Problem):
    """true_at は、known_at と同じ日か、それより前の日にしてください。"""


def _known(given: Any) -> Any:
    """A day, with its era or without, or a moment; a plus that became a space is a plus again."""
    if not isinstance(given, str):
        return given
    if "T" not in given.strip()[1:]:
        return _DAY.validate_python(given)
    moment = datetime.fromisoformat(given.strip().replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError("時刻には時差を付けてください。例: 2025-04-01T09:00:00+09:00")
    return moment


TrueAt = Annotated[
    Day | None,
    Query(description="いつの日のことか（例: 2025-04-01、令和7年4月1日）。なければ知った日"),
]
Known = Annotated[AwareDatetime | date, BeforeValidator(_known)]
KnownAt = Annotated[
    Known | None,
    Query(description="いつまでに記録されたことか（日、または時差つきの日時）。なければいま"),
]


class MarkLine(Value):
    """しるし。late は起きた日より後の日に書かれたもの、corrected はこの時点までに訂正されたもの、
    corrected-since はこの時点より後に訂正・取消しされたもの。`at` は書かれた・訂正された時刻。
    """

    stream: UUID
    version: int
    kind: MarkKind
    at: datetime


class AsOf(Value):
    """そのときの姿であることと、示した記録のしるし。"""

    true_at: date
    known_at: datetime
    marks: tuple[MarkLine, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What was so on a day, as known at a moment: asked for by one request."""

    true_at: date
    known_at: datetime
    histories: Histories

    @property
    def said(self) -> dict[str, str]:
        return {"true_at": self.true_at.isoformat(), "known_at": self.known_at.isoformat()}

    def told(
        self, shown: Iterable[Item], reader: Reader, number: Callable[[UUID, int], int]
    ) -> dict[str, Any]:
        found = [
            {**mark._asdict(), "version": number(mark.stream, mark.version)}
            for mark in marks(self.histories, shown, reader)
        ]
        return {"true_at": self.true_at, "known_at": self.known_at, "marks": found}


def past_of(
    ledger: Ledger, now: datetime, true_at: date | None, known_at: datetime | date | None
) -> Past | None:
    """None where neither was asked for; else both, the one left out by the other."""
    if true_at is None and known_at is None:
        return None
    moment = moment_of(now if known_at is None else known_at, now)
    day, today = moment.astimezone(JST).date(), now.astimezone(JST).date()
    true_at = true_at or day
    if true_at > today:
        raise NotSoYet
    if true_at > day:
        raise TrueAfterKnown
    position = ledger.head() if moment == now else ledger.position_at(moment)
    return Past(true_at, moment, Histories(ledger.shelved, Point(true_at, position)))


def moment_of(known_at: datetime | date, now: datetime) -> datetime:
    """A day is known at its end, today is known now."""
    if isinstance(known_at, datetime):
        if known_at > now:
            raise NotKnownYet
        return max(known_at, _FIRST)
    if known_at > now.astimezone(JST).date():
        raise NotKnownYet
    return max(min(datetime.combine(known_at, _LAST_MOMENT), now), _FIRST)
