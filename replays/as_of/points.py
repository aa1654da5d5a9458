"""Points of the two clocks as somebody types them: 2025-04-01, 令和7年4月1日, or a moment."""

from datetime import date, datetime, time

from pydantic import TypeAdapter

from domain.clocks import Point
from domain.ledger import Ledger
from domain.values import JST, Day

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_FIRST = datetime(1900, 1, 1, tzinfo=JST)
_END = time(23, 59, 59, 999999, JST)


class BadPoint(Exception):
    """この時点では組み立てられません。"""


def point_of(ledger: Ledger, now: datetime, true_at: str | None, known_at: str | None) -> Point:
    """The one left out follows the other; neither is today as known now."""
    moment = _moment(known_at, now) if known_at is not None else now
    known = moment.astimezone(JST).date()
    day = _day(true_at) if true_at is not None else known
    if day > known and known_at is None:
        raise BadPoint("--true-at は、今日か、それより前の日にしてください。")
    if day > known:
        raise BadPoint("--true-at は、--known-at と同じ日か、それより前の日にしてください。")
    return Point(day, ledger.head() if moment == now else ledger.position_at(moment))


def _moment(text: str, now: datetime) -> datetime:
    moment = _stated(text)
    if isinstance(moment, datetime):
        if moment > now:
            raise BadPoint("--known-at は、いまより前にしてください。")
        return max(moment, _FIRST)
    if moment > now.astimezone(JST).date():
        raise BadPoint("--known-at は、今日か、それより前の日にしてください。")
    return max(min(datetime.combine(moment, _END), now), _FIRST)


def _stated(text: str) -> datetime | date:
    if "T" not in text.strip()[1:]:
        return _day(text)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadPoint(f"日時として読めません: {text}") from None
    if moment.tzinfo is None:
        raise BadPoint("時刻には時差を付けてください。例: 2025-04-01T09:00:00+09:00")
    return moment


def _day(text: str) -> date:
    try:
        return _DAY.validate_python(text)
    except ValueError:
        raise BadPoint(f"日付として読めません: {text}（例: 2025-04-01、令和7年4月1日）") from None
