"""くらべる: one household at two points of both clocks; what was learned, changed, corrected."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.callers import Read
from api.deps import ReadDep
from api.difference_words import of_record, of_state
from api.households import knowing
from api.past import AsOf, KnownAt, Past, TrueAt, past_of
from api.showing import Later, Opened, Shown
from domain.gate import Item
from domain.values import JST, Value
from projections.as_of import items_as_of
from projections.as_of.difference import (
    Difference,
    DifferenceKind,
    Side,
    State,
    differences,
    seen,
    states,
)
from projections.case_view import view_of
from projections.sentences.words import day

router = APIRouter(prefix="/households/{hid}", tags=["ケースを読む"])


class At(Value):
    """どの日のことを、いつまでの記録で。"""

    true_at: date
    known_at: datetime


class Changed(Value):
    """変わったこと: `what` は何が、`key` はそのID。状態のコードと、文。"""

    what: str
    key: str
    before: str | None
    after: str | None
    says: str


class RecordLine(Value):
    """記録の違い: happened は起きた、learned は前のことが分かった、corrected は訂正、taken-back は
    取消し、not-yet はくらべた先ではまだないもの。
    """

    kind: DifferenceKind
    recorded_at: datetime
    says: str
    before: Shown | None
    after: Shown | None


class Differences(Value):
    """二つの時点の違い。`since` から `until` へ。"""

    household: UUID
    since: At
    until: At
    changes: tuple[Changed, ...]
    records: tuple[RecordLine, ...]
    as_of: AsOf


FromTrue = Annotated[TrueAt, Query(description="もとの時点: いつの日のことか")]
FromKnown = Annotated[
    KnownAt,
    Query(description="もとの時点: いつまでに記録されたことか（どちらもなければきのう）"),
]


@router.get("/difference", summary="二つの時点のケースをくらべる", response_model=Differences)
def difference(  # noqa: PLR0913, PLR0917 - two points of two clocks
    hid: UUID,
    read: ReadDep,
    from_true_at: FromTrue = None,
    from_known_at: FromKnown = None,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    since = from_known_at or (None if from_true_at else read.today - timedelta(1))
    first = past_of(read.ledger, read.at, from_true_at, since)
    last = read.at_point(true_at, known_at or read.at).past
    assert first is not None  # noqa: S101 - one clock was named
    assert last is not None  # noqa: S101
    one, other = _side(read, hid, first), _side(read, hid, last)
    read.found(lambda *_, **__: one.seen or other.seen or None)
    for side in (one, other):
        if side.view:
            knowing(side.view, read.showing)
    body = {
        "household": hid,
        "since": first.said,
        "until": last.said,
        "changes": [_changed(each, read) for each in states(one.view, other.view)],
        "records": [_record(each, read) for each in differences(one, other)],
    }
    return read.answer(body)


def _side(read: Read, household: UUID, past: Past) -> Side:
    case, told = read(partial(items_as_of, histories=past.histories), household)
    view = view_of(case, household, read.reader) if case.opened(household) else None
    return Side(past.histories.point, seen(told), view)


def _changed(state: State, read: Read) -> dict[str, Any]:
    return {
        "what": state.thing.what,
        "key": state.thing.key,
        "before": state.before,
        "after": state.after,
        "says": Later(lambda opened: of_state(state, opened.words_of(read.day))),
    }


def _record(found: Difference, read: Read) -> dict[str, Any]:
    showing = read.showing
    written = day(found.recorded_at.astimezone(JST).date())
    before, after = (each and showing.item(each) for each in (found.before, found.after))

    def says(opened: Opened) -> str:
        return of_record(
            found.kind, _said(found.before, opened), _said(found.after, opened), written
        )

    return {
        "kind": found.kind,
        "recorded_at": found.recorded_at,
        "says": Later(says),
        "before": before,
        "after": after,
    }


def _said(item: Item | None, opened: Opened) -> str | None:
    return str(opened.item(item)["said"]) if item else None
