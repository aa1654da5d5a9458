"""閲覧の控え: one line of the 閲覧簿 as it was written, and the very view that was served again."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.audit import views
from api.audit.again import open_to_officer, shown_then
from api.audit.lines import (
    OUTCOMES,
    PURPOSES,
    TIME,
    Agent,
    At,
    Said,
    agent,
    at,
    ats,
    reason,
)
from api.auditing import Audit, Lines
from api.deps import AuditDep, NumberPath
from api.sheet import Columns
from api.showing import Shown as ShownFact
from domain.events.viewing import (
    NAMED,
    Asking,
    BookRead,
    ItemShown,
    ReadRefused,
    RecordsShown,
    Viewing,
)
from domain.gate import Place
from domain.values import Value
from projections import book
from projections.book import Line
from projections.reads import OUTCOME_OF

router = APIRouter(prefix="/audit/receipts", tags=["監査"])


class ReceiptItem(Value):
    """示した記録の一つ。`words` は、その文がある記録（訂正されたときは訂正の記録）。"""

    item: At
    words: At
    rule: str
    reason: str | None
    facts: tuple[At, ...]
    withheld: tuple[str, ...]
    subjects: tuple[UUID, ...]


class ReceiptView(Value):
    """控えの一行。`sought` は検索の言葉があったこと（言葉そのものは封じてある）。"""

    receipt: At
    at: datetime
    by: Agent
    outcome: str
    purpose: str | None
    view: str
    asked: dict[str, str]
    households: tuple[UUID, ...]
    subjects: tuple[UUID, ...]
    sought: bool
    position: str
    digest: str | None
    rule: str | None
    items: tuple[ReceiptItem, ...]


class ServedAgain(Value):
    """そのとき見せたもの。`same` は要約が一致したこと（比べられない控えでは空）、`says` はその文。
    中身は、監査を始めた世帯のものだけ示す。
    """

    receipt: At
    same: bool | None
    says: str
    items: tuple[ShownFact, ...]
    left_out: int


@router.get("/{stream}/{version}", summary="閲覧の控えを読む", response_model=ReceiptView)
def one(stream: UUID, version: NumberPath, request: Request, audit: AuditDep) -> Response:
    _, line = _kept(stream, version, audit)
    names = audit.names([line.author.staff])
    body = _body(line, names, audit)
    called = views.names(request.app.routes)
    columns = _columns(line, names, Said(audit.profile), called)
    table = Lines(columns, list(_rows(line)))
    return audit.tell(body, table, receipts=1, staff=[line.author.staff], **_about(line, audit))


@router.get(
    "/{stream}/{version}/view",
    summary="そのとき見せたものを、もう一度示して比べる",
    response_model=ServedAgain,
)
def view(stream: UUID, version: NumberPath, audit: AuditDep) -> Response:
    whole, line = _kept(stream, version, audit)
    again, viewing = shown_then(whole, audit), line.viewing
    told = viewing if isinstance(viewing, RecordsShown) else None
    named = {(i.stream, i.version, i.words) for i in _records(told)} if told else set()
    items = [item for item in again.found if (item.stream, item.version, item.words) in named]
    open_to = list(open_to_officer(items, told, audit)) if told else []
    body = {
        "receipt": at(line.receipt),
        "same": again.same,
        "says": again.says,
        "items": audit.showing.items_of(open_to),
        "left_out": len(items) - len(open_to),
    }
    table, staff = Lines(_COMPARED, [body]), [line.author.staff]
    return audit.tell(body, table, receipts=1, staff=staff, **_about(line, audit))


_COMPARED: Columns = {
    "控え": lambda row: row["receipt"],
    "同じ": lambda row: "比べられません" if row["same"] is None else row["same"],
    "説明": lambda row: row["says"],
}


def _records(viewing: RecordsShown) -> Iterator[ItemShown]:
    """Without the names of colleagues: these stand in what is shown again."""
    return (item for item in viewing.items if item.rule != NAMED)


def _kept(stream: UUID, number: int, audit: Audit) -> tuple[Line, Line]:
    """As it was written, and what of it is this officer's to know. In their turn the numbers of a
    day would tell how many of them are not.
    """
    place = book.Place(stream, audit.opaque.version_of(stream, number))
    whole: Line = audit.must(audit.ask(book.receipt, place))
    return whole, audit.must(whole.without(audit.recused))


def _body(line: Line, names: Mapping[UUID, Any], audit: Audit) -> dict[str, Any]:
    viewing, author = line.viewing, line.author
    records = viewing if isinstance(viewing, RecordsShown) else None
    return {
        "receipt": at(line.receipt),
        "at": line.at,
        "by": agent(author.staff, author.capacity, names),
        "outcome": OUTCOME_OF[type(viewing).__name__],
        "purpose": viewing.purpose if isinstance(viewing, Asking) else None,
        "view": viewing.view,
        "asked": viewing.asked if isinstance(viewing, Asking) else {},
        "households": _homes(viewing),
        "subjects": records.subjects if records else (),
        "sought": bool(records and records.sought),
        "position": audit.opaque.position(viewing.position),
        "digest": records.digest if records else None,
        "rule": viewing.rule if isinstance(viewing, ReadRefused) else None,
        "items": [_told(item) for item in records.items] if records else [],
    }


def _about(line: Line, audit: Audit) -> dict[str, tuple[UUID, ...]]:
    """The households it tells of; what the officer asked themselves tells them of none."""
    own = line.author.staff == audit.staff and not isinstance(line.viewing, RecordsShown)
    return {"sought" if own else "households": _homes(line.viewing)}


def _homes(viewing: Viewing) -> tuple[UUID, ...]:
    return viewing.households if isinstance(viewing, RecordsShown | ReadRefused | BookRead) else ()


def _told(item: ItemShown) -> dict[str, Any]:
    return {
        "item": at((item.stream, item.version)),
        "words": at((item.stream, item.words)),
        "rule": item.rule,
        "reason": reason(item.rule),
        "facts": ats(item.facts),
        "withheld": item.withheld,
        "subjects": item.subjects,
    }


def _rows(line: Line) -> Iterator[tuple[ItemShown | None, UUID | None]]:
    """One line per subject of each fact shown."""
    items = line.viewing.items if isinstance(line.viewing, RecordsShown) else ()
    for item in items:
        for subject in item.subjects or (None,):
            yield item, subject
    if not items:
        yield None, None


def _columns(
    line: Line, names: Mapping[UUID, Any], said: Said, called: Mapping[str, str]
) -> Columns:
    author, viewing = line.author, line.viewing
    purpose = viewing.purpose if isinstance(viewing, Asking) else ""
    asked = viewing.asked if isinstance(viewing, Asking) else {}
    refused = viewing.rule if isinstance(viewing, ReadRefused) else None

    def rule(row: Any) -> str | None:
        return row[0].rule if row[0] else refused

    def of(tell: Callable[[ItemShown], Any]) -> Callable[[Any], Any]:
        return lambda row: row[0] and tell(row[0])

    return {
        TIME: lambda _: line.at,
        "職員": lambda _: names.get(author.staff),
        "職員ID": lambda _: author.staff,
        "機関・係": lambda _: said.agency(author.capacity, line.at),
        "役割": lambda _: said.role(author.capacity),
        "目的": lambda _: PURPOSES.get(purpose, purpose),
        "画面": lambda _: called.get(viewing.view, viewing.view),
        "尋ねたこと": lambda _: [f"{name}: {value}" for name, value in asked.items()],
        "世帯": lambda _: _homes(viewing),
        "結果": lambda _: OUTCOMES[OUTCOME_OF[type(viewing).__name__]],
        "記録": of(lambda item: at(Place(item.stream, item.version))),
        "対象者": lambda row: row[1],
        "規則": rule,
        "根拠": lambda row: reason(rule(row)),
        "根拠の記録": of(lambda item: ats(item.facts)),
        "見せなかった部分": of(lambda item: item.withheld),
    }
