"""A small office for the rules to look at: who works where, who lives where, who had what to do."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from domain.unusual import (
    Alert,
    Digest,
    End,
    Outcome,
    ReadLine,
    ReceiptRef,
    Tie,
    watched,
)
from domain.unusual.gathered import Features, Gathered, StaffFeatures
from domain.values import JST, Period, Role, StaffId

HOME, OTHER = uuid4(), uuid4()
TANAKA, SATO, SUZUKI = (StaffId(uuid4()) for _ in range(3))
MONDAY = datetime(2026, 4, 13, 10, 0, tzinfo=JST)
ALWAYS = Period(start=date(2024, 4, 1))
LONG_AGO = date(2025, 4, 1)


def mark(text: str) -> Digest:
    return Digest(f"digest of {text}")


def staff(surname: str = "", block: str = "", agency: str = "shakyo") -> StaffFeatures:
    return StaffFeatures(
        surname=mark(surname) if surname else None,
        name=mark(f"{surname} name") if surname else None,
        block=mark(block) if block else None,
        dwelling=mark(f"{block}-1") if block else None,
        posts=((agency, ALWAYS),),
    )


def family(surname: str, block: str = "", name: str = "") -> Features:
    return Features(
        surnames=frozenset({mark(surname)}),
        names=frozenset({mark(name)} if name else ()),
        blocks=frozenset({mark(block)} if block else ()),
        dwellings=frozenset({mark(f"{block}-1")} if block else ()),
    )


def is_open(at: datetime) -> bool:
    local = at.astimezone(JST)
    return local.weekday() < 5 and (8, 30) <= (local.hour, local.minute) < (17, 15)


def office(**given: Any) -> Gathered:
    tables = {"opening": is_open, "tied": {}, "households": {}, "staff": {}, "taken_in": {}}
    return Gathered(**{**tables, **given})


def tie(**given: Any) -> Tie:
    return Tie(**{"agency": "shakyo", "desk": "sodan", "staff": None, "since": LONG_AGO, **given})


def over(days_ago: int, end: End, **given: Any) -> Tie:
    return tie(until=MONDAY.date() - timedelta(days=days_ago), end=end, **given)


def read(at: datetime = MONDAY, household: UUID | None = HOME, **given: Any) -> ReadLine:
    """Tanaka of the 相談 desk opens a household, unless said otherwise."""
    who = given.get("staff", TANAKA)
    line = {
        "staff": who,
        "agency": "shakyo",
        "desk": "sodan",
        "role": Role.COUNSELLOR,
        "at": at,
        "household": household,
        "persons": (),
        "purpose": "consultation",
        "view": "case",
        "outcome": Outcome.SHOWN,
        "receipt": ReceiptRef(uuid5(who, at.isoformat()), 1),
    }
    return ReadLine(**{**line, **given})


def later(**delta: int) -> datetime:
    return MONDAY + timedelta(**delta)


EVENING = later(hours=8, minutes=30)
NIGHT = later(hours=12, minutes=30)


def alerts(reads: Iterable[ReadLine], known: Gathered | None = None) -> list[Alert]:
    found = watched(sorted(reads, key=lambda line: line.at), known or office())
    return [alert for day in found for alert in day.alerts]


def rules(reads: Iterable[ReadLine], known: Gathered | None = None) -> set[str]:
    """The rules that speak in the last alert."""
    found = alerts(reads, known)
    return {each.rule for each in found[-1].marks} if found else set()
