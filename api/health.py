"""健康状態: is it alive, is it ready, and what is behind."""

from datetime import datetime

from fastapi import APIRouter, Request, Response

from api.services import Services
from domain.values import Value
from projections import places
from projections.every import READS

router = APIRouter(tags=["この API"])
_MOST_BEHIND = 10_000


class Following(Value):
    """読み取り用の表。`behind` は未反映の出来事の数、`aside` は隔離した世帯などの数。

    `building` は作り直している途中の表で、まだだれも読まない。
    """

    name: str
    behind: int
    aside: int
    moved_at: datetime
    error: bool
    building: bool


class Health(Value):
    """台帳と、読み取り用の表の遅れ。"""

    status: str
    following: tuple[Following, ...]


@router.get("/health", summary="動いているか、何が遅れているかを見る")
def health(request: Request) -> Health:
    following = _following(request.app.state.services)
    behind = any(each.behind or each.aside or each.error for each in following if not each.building)
    return Health(status="behind" if behind else "ok", following=following)


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
    return Health(status="late" if late else "ok", following=following)


def _following(services: Services) -> tuple[Following, ...]:
    head = services.ledger.head()
    of_the_book = dict.fromkeys((read.name for read in READS), services.book.written)
    found = services.tables.read(lambda connection: places.health(connection, head, of_the_book))
    return tuple(
        Following(
            name=each.name,
            behind=each.behind,
            aside=len(each.aside),
            moved_at=each.moved_at,
            error=each.error is not None,
            building=each.building,
        )
        for each in found
    )
