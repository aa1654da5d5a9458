"""閲覧の記録: the 閲覧簿 line by line; who saw what, why, and who was refused (see book.py)."""

import json
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from domain.events.viewing import (
    NAMED,
    SERVER,
    Asking,
    BookRead,
    ItemShown,
    ReadRefused,
    RecordsShown,
    Viewing,
)
from domain.ledger import Recorded
from domain.values import Author
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
    "named": "jsonb",
    "asked": "jsonb",
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
        "USING gin (named jsonb_path_ops)",
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
_HOMES = frozenset({"hid", "household"})
_PERSONS = frozenset({"person", "pid", "staff"})
"""By which names a request asks for a household, and by which for somebody."""
_COMMANDED = ("operator", "by", "for")
Columns = dict[str, Any]


def rows(recorded: Recorded) -> Iterable[Row]:
    """One row per receipt, and one per receipt × household × item: `subjects` are persons, `named`
    whatever else was asked for by its id, `asked` who sat at the machine.
    """
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
    who |= {"subjects": _EMPTY, "asked": _commanded(recorded.author, viewing)}
    for line, what in enumerate(_lines(viewing)):
        key = f"{recorded.version}:{line}"
        yield Row(READS, key, {**who, **what, "line": line}, told=False)


PROJECTION = Projection("reads", 6, (RECEIPTS, READS), rows, stops=True)


def _lines(viewing: Viewing) -> Iterable[Columns]:
    match viewing:
        case RecordsShown():
            yield from _shown(viewing)
        case ReadRefused():
            asked = {**_asked(viewing, ()), "rule": viewing.rule}
            homes = viewing.households or tuple(_ids(viewing.asked, _HOMES))
            for household in homes or (None,):
                yield {"household": household, **asked}
        case BookRead():
            for household in viewing.households or (None,):
                yield {"household": household, **_asked(viewing, viewing.staff)}


def _asked(viewing: Asking, about: Iterable[UUID]) -> Columns:
    """Whose records, or whose reading, was asked about; and what else was asked for."""
    others = tuple(_ids(viewing.asked, viewing.asked.keys() - _PERSONS - _HOMES))
    subjects = dict.fromkeys((*about, *_ids(viewing.asked, _PERSONS)))
    return {
        "subjects": _json(each for each in subjects if each not in others),
        "named": _json(others),
    }


def _commanded(author: Author, viewing: Viewing) -> str | None:
    """Who sat at the machine, and what for, where it was asked by a command."""
    if author != SERVER or not isinstance(viewing, Asking):
        return None
    return json.dumps({name: viewing.asked[name] for name in _COMMANDED if name in viewing.asked})


def _shown(viewing: RecordsShown) -> Iterable[Columns]:
    """A household or person of whom no item was shown still stood in the list; an answer that named
    nobody, a count or an empty list, was read all the same. What colleagues are called is nobody's
    record, and would only tell of those who stand aside that something was shown.
    """
    items = [item for item in viewing.items if item.rule != NAMED]
    only = viewing.households[0] if len(viewing.households) == 1 else None
    told: set[UUID | None] = set()
    for item in items:
        household = item.stream if item.stream in viewing.households else only
        told |= {household, item.stream, *item.subjects}
        yield {"household": household, **_item(item)}
    for household in viewing.households:
        if household not in told:
            yield {"household": household}
    for subject in viewing.subjects:
        if subject not in told:
            yield {"household": only, "subjects": _json((subject,))}
    if not (items or viewing.households or viewing.subjects):
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


def _ids(asked: Mapping[str, str], names: Container[str]) -> Iterable[UUID]:
    """Whatever was asked for by id under these names, though nothing of it was shown."""
    for name, said in asked.items():
        with suppress(ValueError):
            if name in names:
                yield UUID(said)
