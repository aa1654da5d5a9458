"""Random facts of every shape in the catalogue, for laws and the golden log."""

import types
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID, uuid5

from hypothesis import strategies as st
from pydantic import BaseModel

from domain.events import CATALOGUE, STREAMS, Fact
from domain.events.rights import FactCorrected
from domain.recorded import Recorded
from domain.values import Author, Capacity, Moment, Period, Personal, Role, StaffId

_POOL = [uuid5(UUID(int=0), str(n)) for n in range(6)]
_CODES = st.sampled_from(["kyotaku", "sodan", "shakyo", "hoken"])
_DAYS = st.dates(date(2023, 4, 1), date(2027, 3, 31))
_FIRST = datetime(2025, 4, 1, tzinfo=UTC)

ids = st.sampled_from(_POOL)
"""A small pool, so that facts of one history speak of the same things."""


def _periods() -> st.SearchStrategy[Period]:
    return st.builds(
        lambda start, days: Period(start=start, end=start + timedelta(days) if days else None),
        _DAYS,
        st.integers(0, 400),
    )


def _plain(kind: Any) -> st.SearchStrategy[Any] | None:
    simple: dict[Any, st.SearchStrategy[Any]] = {
        UUID: ids,
        bool: st.booleans(),
        int: st.integers(1, 40),
        date: _DAYS,
        Moment: _DAYS.map(lambda day: datetime.combine(day, time(9), UTC)),
        Period: _periods(),
        Personal: st.sampled_from(["ひみつの話", "芦屋花子", "０９０"]).map(Personal),
        str: _CODES,
        type(None): st.none(),
    }
    return simple.get(kind)


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Anything the annotation allows, from small pools."""
    if (simple := _plain(kind)) is not None:
        return simple
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return of_type(args[0])
    if origin in (Union, types.UnionType):
        return st.one_of([of_type(arg) for arg in args])
    if origin is tuple:
        return st.lists(of_type(args[0]), min_size=1, max_size=2).map(tuple)
    if origin is Literal:
        return st.just(args[0])
    if hasattr(kind, "__supertype__"):
        return of_type(kind.__supertype__)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return model(kind)


@cache
def model(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    if kind is FactCorrected:
        return _corrections()
    return st.fixed_dictionaries(
        {
            name: _DAYS.map(date.isoformat) if name in {"occurred_on", "since", "on"}
            else of_type(field.annotation)
            for name, field in kind.model_fields.items()
        }
    ).map(lambda given: kind(**given))  # fmt: skip


def _corrections() -> st.SearchStrategy[FactCorrected]:
    replacements = model(CATALOGUE["ConsultationReceived"]) | st.none()
    names = FactCorrected.model_fields.keys() - {"replacement", "replacement_kind", "occurred_on"}
    return st.builds(
        lambda replacement, given: FactCorrected(
            occurred_on="2025-06-01",
            replacement=replacement,
            replacement_kind=type(replacement).__name__ if replacement else None,
            **given,
        ),
        replacements,
        st.fixed_dictionaries(
            {n: of_type(FactCorrected.model_fields[n].annotation) for n in names}
        ),
    )


@cache
def any_fact(stream: str) -> st.SearchStrategy[Fact]:
    kinds = sorted(STREAMS[stream], key=lambda kind: kind.__name__)
    return st.sampled_from(kinds).flatmap(model)


AUTHOR = Author(
    staff=StaffId(_POOL[0]), capacity=Capacity(agency="shakyo", desk="sodan", role=Role.COUNSELLOR)
)


def recorded(stream: UUID, facts: list[Fact]) -> list[Recorded]:
    """The facts in their places, an hour apart."""
    return [
        Recorded(stream, n, n, _FIRST + timedelta(hours=n), None, AUTHOR, fact)
        for n, fact in enumerate(facts, 1)
    ]


def histories(stream: str, max_size: int = 25) -> st.SearchStrategy[list[Recorded]]:
    """Any sequence at all of facts of one stream: folding must survive each."""
    facts = st.lists(any_fact(stream), min_size=1, max_size=max_size)
    return facts.map(lambda some: recorded(_POOL[0], some))
