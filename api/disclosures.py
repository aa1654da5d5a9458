"""情報提供台帳: what was told, referred or asked, to whom and on which basis."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.callers import Read
from api.deps import Cursor, Limit, ReadDep
from api.past import AsOf, KnownAt, TrueAt
from api.showing import Shown
from domain.labels import Basis, Category
from domain.values import Value
from projections.as_of import disclosures_as_of
from projections.disclosures import Disclosure, disclosures

router = APIRouter(tags=["情報提供・協力依頼"])


class DisclosureLine(Value):
    """台帳の一行。`withdrawn` は根拠とした同意がもう全部には及ばないこと。"""

    household: UUID
    kind: str
    occurred_on: str
    to: str
    purpose: str
    categories: tuple[Category, ...]
    basis: Basis
    reviewed: bool
    withdrawn: bool
    records: tuple[Shown, ...]


class Register(Value):
    """情報提供台帳。新しいものから。"""

    entries: tuple[DisclosureLine, ...]
    next: str | None
    as_of: AsOf | None = None


@router.get("/disclosures", summary="情報提供台帳を読む", response_model=Register)
def register(
    read: ReadDep,
    cursor: Cursor = None,
    limit: Limit = 50,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    return _page(read.at_point(true_at, known_at), None, cursor, limit)


@router.get(
    "/households/{hid}/disclosures", summary="この世帯の情報提供台帳を読む", response_model=Register
)
def of_household(  # noqa: PLR0913, PLR0917 - which part, of when
    hid: UUID,
    read: ReadDep,
    cursor: Cursor = None,
    limit: Limit = 50,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    return _page(read.at_point(true_at, known_at), hid, cursor, limit)


def _page(read: Read, household: UUID | None, cursor: str | None, limit: int) -> Response:
    before = read.resume(cursor, int)
    entered = read.of(disclosures, disclosures_as_of)
    found = read(entered, household=household, before=before and before[0], limit=limit)
    entries = [_line(entry, read) for entry in found.entries]
    households = [entry.household for entry in found.entries]
    body = {"entries": entries, "next": read.next_cursor(found.more)}
    return read.answer(body, households=households)


def _line(entry: Disclosure, read: Read) -> dict[str, Any]:
    line = entry._asdict()
    group = line.pop("group")
    line.pop("position")
    basis = line["basis"]
    made = next(item for item in group.items if item.fact.label.basis == basis)
    records = read.showing.items_of(group.items)
    return {**line, "basis": read.showing.part(made, basis), "records": records}
