"""Asking (頼みごと): the shape of every task, whoever asks for what."""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from pydantic_core import from_json, to_json

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.gate import Reader
from domain.labels import DESK_ONLY, BySitting, Label
from domain.ledger import Recorded
from domain.values import DeskId, Role, earliest
from projections.table import Row, Table

TASKS = Table(
    "tasks",
    {
        "kind": "text",
        "agency": "text",
        "desk": "text",
        "role": "text",
        "staff": "uuid",
        "since": "date",
        "due": "date",
        "done": "boolean",
        "version": "bigint",
        "cycle": "boolean",
        "plain": "boolean",
        "last": "bigint",
        "under": "text",
        "barred": "text",
        "again": "boolean",
        "scope": "text",
        "cut": "text",
    },
    (
        "(agency, due) WHERE done IS NOT TRUE",
        "(agency) WHERE again IS TRUE OR barred IS NOT NULL",
        "(stream) WHERE key LIKE 'tightened:%'",
    ),
)
"""`last` is the fact that spoke last; `under` says what keeps some from reading what asks, `barred`
what does from what settles it, `again` that what asks anew is not for all who are asked; `scope` is
whose consent it is, and for what; `cut` is what was taken back of it at once.
"""
ANSWERS = frozenset(
    {
        "answer-referral",
        "chase-referral",
        "answer-request",
        "chase-request",
        "screen-consultation",
        "check-facts",
    }
)
"""What somebody waits for: to be done whatever became of the household."""

HEARD = frozenset({"screen-consultation", "check-facts"})
"""What a contact asks for: it is taken in also where the support has ended (rule 14)."""

STAYS = ANSWERS | {"follow-up-participation", "seek-consent", "review-plan", "ratify-plan"}
"""What is still to be done where it was asked for, once the household became part of another."""

NO_BARS = "[]"
_TIGHTENED = "SELECT FROM projections.tasks l WHERE l.stream = r.stream"
RENEWED = f"""t.scope IS NOT NULL AND EXISTS (SELECT FROM projections.tasks r
        WHERE r.stream = t.stream AND r.agency = t.agency AND r.desk = t.desk AND r.plain
            AND CASE WHEN r.kind IS NULL THEN r.scope::jsonb <@ t.scope::jsonb
                ELSE r.version > t.version AND r.due > t.due
                    AND t.scope::jsonb <@ r.scope::jsonb END
            AND NOT EXISTS ({_TIGHTENED} AND l.key = 'tightened:' || r.version))"""
"""A consent of the same person to as much, told to the same desk since, that lasts longer; or that
the person has died: as far as whoever is asked may read it.
"""
WITHDRAWN = """coalesce((t.scope::jsonb - 0) <@ t.cut::jsonb, FALSE)
        AND NOT EXISTS (SELECT FROM projections.tasks l
            WHERE l.stream = t.stream AND l.key = 'tightened:' || t.last)"""
"""A consent of which nothing is left, as far as whoever is asked may read it. Whose it is comes
first in its scope.
"""
Columns = dict[str, Any]


def month_before(day: date) -> date:
    """One month earlier, or the last day of that month where it has no such day."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def asked(recorded: Recorded, key: str, kind: str, due: date | None, **who: Any) -> Row:
    """A task of the writing desk unless `who` names others; it stands from the day of the fact.

    `plain` are those that whoever is asked may read, whatever is recorded of them or of the case:
    by no others is a list put in order.
    """
    label = recorded.fact.label
    columns = {
        "kind": kind,
        "agency": label.agency,
        "desk": label.desk,
        "since": date.min,
        "due": due,
        "done": False,
        "version": recorded.version,
        "cycle": True,
        "plain": _plain(label, who.get("desk", label.desk)),
        **who,
    }
    return Row(TASKS, key, columns)


def _plain(label: Label, desk: DeskId | None) -> bool:
    held_back = label.hidden_from or label.concealed or label.tags
    heard = isinstance(label.basis, BySitting)
    return not held_back and not heard and (label.category not in DESK_ONLY or desk == label.desk)


def bars(label: Label) -> str | None:
    """What keeps some from reading it whom nothing else keeps from it; None where nothing does."""
    found = [str(each) for each in (*label.hidden_from, *label.tags)]
    found += ["concealed"] if label.concealed else []
    found += [f"heard:{label.basis.item}"] if isinstance(label.basis, BySitting) else []
    found += [f"of:{label.agency}:{label.desk}"] if label.category in DESK_ONLY else []
    return to_json(sorted(found)).decode() if found else None


def is_veiled(said: Mapping[str, Any], tightened: Collection[int]) -> bool:
    """Whether what some of those who are asked may not read settles it, or asks for it anew."""
    barred, under = (set(from_json(said.get(each) or NO_BARS)) for each in ("barred", "under"))
    return bool(said.get("again")) or not barred <= under or said.get("last") in tightened


def is_asked(
    said: Mapping[str, Any], reader: Reader, day: date, *, whole_agency: bool = False
) -> bool:
    """Whether that is to be done by then, by this reader among others."""
    capacity = reader.capacity
    return (
        to_be_done(said, day)
        and said.get("agency") in {None, capacity.agency}
        and (whole_agency or said.get("desk") in {None, capacity.desk})
        and said.get("role") in {None, str(capacity.role)}
        and said.get("staff") in {None, reader.staff}
    )


def is_renewed(
    said: Mapping[str, Any], others: Iterable[Mapping[str, Any]], tightened: Collection[int]
) -> bool:
    """The same of rows at hand."""
    return said.get("kind") is not None and any(
        _makes_needless(each, said)
        and (each["agency"], each["desk"]) == (said["agency"], said["desk"])
        and each["plain"]
        and each["version"] not in tightened
        for each in others
        if _scope(said) and _scope(each)
    )


def is_withdrawn(said: Mapping[str, Any], tightened: Collection[int]) -> bool:
    """The same of a row at hand."""
    scope, cut = said.get("scope"), said.get("cut")
    if not scope or not cut or said["last"] in tightened:
        return False
    _, *parts = from_json(scope)
    return set(parts) <= set(from_json(cut))


def _makes_needless(other: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    if other.get("kind") is None:
        return _scope(other) <= _scope(said)
    later = other["version"] > said["version"] and other["due"] > said["due"]
    return later and _scope(said) <= _scope(other)


def _scope(said: Mapping[str, Any]) -> set[str]:
    return set(from_json(said.get("scope") or NO_BARS))


def to_be_done(said: Mapping[str, Any], day: date) -> bool:
    return not said.get("done") and said.get("kind") is not None and said["since"] <= day


def tightened(fact: LabelTightened) -> Row:
    """What asks of somebody may have become what they may not read."""
    return Row(TASKS, f"tightened:{fact.of}", told=False)


def needless(recorded: Recorded, key: str, scope: Collection[str]) -> Row:
    """Nothing with all of this in its scope is asked for any more; not a task itself."""
    label = recorded.fact.label
    whose = {"agency": label.agency, "desk": label.desk, "plain": _plain(label, label.desk)}
    said = {"version": recorded.version, "scope": to_json(list(scope)).decode()}
    return Row(TASKS, key, {**whose, **said}, told=False)


def settled(key: str) -> Row:
    return Row(TASKS, key, {"done": True})


def office(role: Role) -> Columns:
    """Whoever holds the office, wherever they sit; it outlasts the support itself."""
    return {"agency": None, "desk": None, "role": str(role), "cycle": False}


def day(fact: Fact) -> date:
    return earliest(fact.occurred_on)


def settles(kind: str, name: str) -> Callable[[Recorded, Any], Iterable[Row]]:
    return lambda _recorded, fact: (settled(f"{kind}:{getattr(fact, name)}"),)


Maker = Callable[[Recorded, Any], Iterable[Row]]
"""The rows that a fact asks for or settles."""
