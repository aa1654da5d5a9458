"""健康状態: is it alive, is it ready, and what is behind."""

from collections.abc import Iterable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from api.services import Services
from domain.ledger import Receipts, ReceiptsUnavailable
from domain.values import Value
from projections import comparisons, places
from projections.every import READS

router = APIRouter(tags=["この API"])
_MOST_BEHIND = 10_000


class Compared(Value):
    """台帳との突き合わせの最後の結果。`streams` の世帯などのうち `differing` が台帳と違う。"""

    at: datetime
    streams: int
    differing: int


class Following(Value):
    """読み取り用の表。`behind` は未反映の出来事の数、`aside` は隔離した世帯などの数。

    `building` は作り直している途中の表で、まだだれも読まない。
    `compared` は突き合わせの最後の結果で、作り直してからまだ突き合わせていなければ null。
    """

    name: str
    behind: int
    aside: int
    moved_at: datetime
    error: bool
    building: bool
    compared: Compared | None


class Health(Value):
    """台帳と、読み取り用の表の遅れ。

    `status` は、遅れ・隔離・誤りがあれば behind、台帳と違う表があれば differs、なければ ok。
    `search` は名前でさがせるか。
    """

    status: str
    search: bool
    following: tuple[Following, ...]


@router.get("/health", summary="動いているか、何が遅れているかを見る")
def health(request: Request) -> Health:
    following = _following(request.app.state.services)
    searches = request.app.state.names.ready
    return Health(status=_status(following), search=searches, following=following)


def _status(following: Iterable[Following]) -> str:
    used = [each for each in following if not each.building]
    if any(each.compared and each.compared.differing for each in used):
        return "differs"
    behind = any(each.behind or each.aside or each.error for each in used)
    return "behind" if behind else "ok"


@router.get(
    "/ready",
    summary="要求を受けられるかを見る",
    responses={503: {"description": "まだ受けられない"}},
)
def ready(request: Request, response: Response) -> Health:
    following = _following(request.app.state.services)
    used = [each for each in following if not each.building]
    late = not used or any(each.behind > _MOST_BEHIND for each in used)
    response.status_code = 503 if late else 200
    searches = request.app.state.names.ready
    return Health(status="late" if late else "ok", search=searches, following=following)


def _following(services: Services) -> tuple[Following, ...]:
    head = services.ledger.head()
    of_the_book = dict.fromkeys((read.name for read in READS), _end_of_the_book(services.book))
    found = services.tables.read(lambda connection: places.health(connection, head, of_the_book))
    last = services.tables.read(comparisons.last)
    return tuple(_follows(each, last.get(each.name)) for each in found)


def _end_of_the_book(book: Receipts) -> int:
    """What is recorded is taken in while the 閲覧簿 cannot be reached, so that is no bad health."""
    try:
        return book.head()
    except ReceiptsUnavailable:
        return book.written


def _follows(found: places.Health, last: comparisons.Compared | None) -> Following:
    return Following(
        name=found.name,
        behind=found.behind,
        aside=len(found.aside),
        moved_at=found.moved_at,
        error=found.error is not None,
        building=found.building,
        compared=last and Compared(at=last.at, streams=last.streams, differing=last.differing),
    )
