"""表: the historical tables, one class each; what its columns are called, hold and let out.

Every table also has the five columns of `INTERVALS`; `replays.extracts.intervals` says what they
mean. A table of states (状態) has a row for as long as something was so; one of acts (行為) a row
of a single day for each thing done. Nothing in any of them is a name or a text.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pyarrow as pa

from replays.extracts.tables.contact import Consultations, Outreach, Participations, Referrals
from replays.extracts.tables.household import (
    Closures,
    Departures,
    Households,
    Leads,
    Members,
    Persons,
)
from replays.extracts.tables.kept import Kept
from replays.extracts.tables.meeting import Decisions, Items, Judgements, Plans, Reviews, Sittings
from replays.extracts.tables.place import Activities, Issues, Resources
from replays.extracts.tables.sharing import Consents, Requests, Shares

Row = tuple[Any, ...]
TABLES: Mapping[str, type[Row]] = {
    kind.__name__.lower(): kind
    for kind in (
        Households, Leads, Members, Departures, Persons, Closures,
        Consultations, Referrals, Outreach, Participations,
        Consents, Shares, Requests,
        Sittings, Items, Decisions, Judgements, Plans, Reviews,
        Resources, Activities, Issues,
    )
}  # fmt: skip
INTERVALS = pa.schema(
    [
        pa.field("true_from", pa.date32(), nullable=False),
        pa.field("true_to", pa.date32()),
        pa.field("precision", pa.string(), nullable=False),
        pa.field("known_from", pa.date32(), nullable=False),
        pa.field("known_to", pa.date32()),
    ]
)
_ARROW = {UUID: pa.string(), str: pa.string(), date: pa.date32(), int: pa.int32(), bool: pa.bool_()}


@cache
def columns(table: type[Row]) -> Mapping[str, tuple[Any, Kept | None]]:
    """Of each column what it holds and what becomes of it on its way out."""
    return {name: _read(hint) for name, hint in get_type_hints(table, include_extras=True).items()}


def _read(hint: Any, kept: Kept | None = None) -> tuple[Any, Kept | None]:
    """Below what may be missing and how it is kept."""
    if get_origin(hint) is Annotated:
        inner, kept = get_args(hint)
        return _read(inner, kept)
    if get_origin(hint) in {Union, UnionType}:
        return _read(next(each for each in get_args(hint) if each is not NoneType), kept)
    return hint, kept


@cache
def schema(table: type[Row]) -> pa.Schema:
    """As it is written, the intervals last."""
    fields = [pa.field(name, _arrow(holds)) for name, (holds, _) in columns(table).items()]
    return pa.schema([*fields, *INTERVALS])


def _arrow(holds: Any) -> pa.DataType:
    return pa.list_(pa.string()) if get_origin(holds) is tuple else _ARROW[holds]
