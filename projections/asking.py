"""Asking (頼みごと): the shape of every task, whoever asks for what."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from domain.events import Fact
from domain.events.consent import LabelTightened
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
    },
    ("(agency, due) WHERE done IS NOT TRUE",),
)
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

STAYS = ANSWERS | {"follow-up-participation", "seek-consent", "review-plan", "ratify-plan"}
"""What is still to be done where it was asked for, once the household became part of another."""

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


def tightened(fact: LabelTightened) -> Row:
    """What asks of somebody may have become what they may not read."""
    return Row(TASKS, f"tightened:{fact.of}", told=False)


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
