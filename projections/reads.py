"""閲覧の記録: the 閲覧簿 line by line; who saw what, why, and who was refused (see book.py)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from domain.events.viewing import (
    Asking,
    BookRead,
    ItemShown,
    ReadRefused,
    RecordsShown,
    Viewing,
)
from domain.ledger import Recorded
from projections.projection import Projection
from projections.table import Row, Table

_WHO = {
    "version": "bigint",
    "position": "bigint",
    "at": "timestamptz",
    "staff": "uuid",
    "agency": "text",
    "desk": "text",
    "role": "text",
    "purpose": "text",
    "view": "text",
    "outcome": "text",
}
_WHAT = {
    "line": "bigint",
    "household": "uuid",
    "item": "uuid",
    "item_version": "bigint",
    "words": "bigint",
    "subjects": "jsonb",
    "rule": "text",
    "facts": "jsonb",
    "withheld": "jsonb",
}
RECEIPTS = Table("receipts", {**_WHO, "households": "jsonb"}, ("(position)", "(staff, at)", "(at)"))
READS = Table(
    "reads",
    {**_WHO, **_WHAT},
    (
        "(household, position, line)",
        "(item, item_version, position, line)",
        "USING gin (subjects jsonb_path_ops)",
        "(staff, at)",
    ),
)
OUTCOME_OF = {
    "RecordsShown": "shown",
    "ReadRefused": "refused",
    "BookRead": "book",
    "IndexBuilt": "index",
}
_EMPTY = "[]"
_NAMING = RecordsShown | ReadRefused | BookRead
Columns = dict[str, Any]


def rows(recorded: Recorded) -> Iterable[Row]:
    """One row per receipt, and one per receipt × household × item."""
    viewing, capacity = cast("Viewing", recorded.fact), recorded.author.capacity
    who = {
        "version": recorded.version,
        "position": recorded.position,
        "at": recorded.recorded_at,
        "staff": recorded.author.staff,
        "agency": capacity.agency,
        "desk": capacity.desk,
        "role": str(capacity.role),
        "purpose": viewing.purpose if isinstance(viewing, Asking) else None,
        "view": viewing.view,
        "outcome": OUTCOME_OF[type(viewing).__name__],
    }
    named = viewing.households if isinstance(viewing, _NAMING) else ()
    yield Row(RECEIPTS, f"{recorded.version}", {**who, "households": _json(named)})
    for line, what in enumerate(_lines(viewing)):
        key = f"{recorded.version}:{line}"
        yield Row(READS, key, {"subjects": _EMPTY, **who, **what, "line": line}, told=False)


PROJECTION = Projection("reads", 4, (RECEIPTS, READS), rows, stops=True)


def _lines(viewing: Viewing) -> Iterable[Columns]:
    match viewing:
        case RecordsShown():
            yield from _shown(viewing)
        case ReadRefused():
            ids = _json(_ids(viewing.asked))
            for household in viewing.households or (None,):
                yield {"household": household, "rule": viewing.rule, "subjects": ids}
        case BookRead():
            for household in viewing.households or (None,):
                yield {"household": household, "subjects": _json(_asked_about(viewing))}


def _asked_about(viewing: BookRead) -> Iterable[UUID]:
    """Whose reading or being read was asked about."""
    return dict.fromkeys((*viewing.staff, *_ids(viewing.asked)))


def _shown(viewing: RecordsShown) -> Iterable[Columns]:
    """A household or person of whom no item was shown still stood in the list; an answer that named
    nobody, a count or an empty list, was read all the same.
    """
    only = viewing.households[0] if len(viewing.households) == 1 else None
    told: set[UUID | None] = set()
    for item in viewing.items:
        household = item.stream if item.stream in viewing.households else only
        told |= {household, item.stream, *item.subjects}
        yield {"household": household, **_item(item)}
    for household in viewing.households:
        if household not in told:
            yield {"household": household}
    for subject in viewing.subjects:
        if subject not in told:
            yield {"household": only, "subjects": _json((subject,))}
    if not (viewing.items or viewing.households or viewing.subjects):
        yield {"household": None}


def _item(item: ItemShown) -> Columns:
    return {
        "item": item.stream,
        "item_version": item.version,
        "words": item.words,
        "subjects": _json(item.subjects),
        "rule": item.rule,
        "facts": json.dumps([[str(stream), version] for stream, version in item.facts]),
        "withheld": json.dumps(item.withheld),
    }


def _json(ids: Iterable[UUID]) -> str:
    return json.dumps([str(each) for each in ids])


def _ids(asked: Mapping[str, str]) -> Iterable[UUID]:
    """Whoever was asked for by id, though nothing of them was shown."""
    for said in asked.values():
        try:
            yield UUID(said)
        except ValueError:
            continue
