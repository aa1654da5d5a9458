"""真実: what is so in the city and when it became known, kept by who invents it.

From the acts alone, as their inventor means them; of facts, streams and versions nothing is known
here. So whoever reads the ledger can be checked against it.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from replays.synthesis.diary import Body, Line

TRUTH = "truth.jsonl"
_DAY = timedelta(days=1)
_CONTACTS = {"MakeContact": "contact", "AttemptOutreach": "attempted"}
_TURNS = {"CloseSupport": "closed", "SuspendSupport": "suspended"}


class Row(NamedTuple):
    """What is so of something, from a day until another."""

    said: tuple[tuple[str, Any], ...]
    since: date
    until: date | None


class Thing(NamedTuple):
    """Of what a row is said: `key` within its household."""

    table: str
    household: str
    key: str


class Truth:
    """Of the households of one diary."""

    def __init__(self) -> None:
        self._known: dict[Thing, dict[Row, date]] = {}
        self._told: list[Body] = []
        self._members: dict[str, dict[str, Row]] = {}
        self._turns: dict[str, list[tuple[date, str, int]]] = {}

    def hear(self, lines: Iterable[Line]) -> None:
        for line in lines:
            act, body, home = line.told["act"], line.told["body"], line.told["streams"][0][1]
            if line.meant:
                self._otherwise(line, home)
            elif act in _CONTACTS:
                said = {"kind": _CONTACTS[act], "method": body["method"]}
                self._once("contacts", home, _new(line, "outreach"), said, line)
            elif act == "ReceiveConsultation":
                self._consulted(line, home)
            else:
                self._went_on(line, act, body, home)

    def _went_on(self, line: Line, act: str, body: Body, home: str) -> None:
        match act:
            case "TakeIn":
                self._turn(line, home, "open")
                persons = [key for _, key, _ in line.told["streams"][1:]]
                for person, told in zip(persons, body["persons"], strict=True):
                    self._joins(line, home, person, told["relation"])
                self._consulted(line, home)
            case "NotePerson":
                person = _new(line, "person")
                self._joins(line, home, person, body["relation"], body["since"])
            case "LeaveHousehold":
                self._leaves(line, home, line.told["path"]["person"])
            case "SplitHousehold":
                self._parted(line, body, home)
            case "MergeHouseholds":
                self._merged(line, body["source"], home)
            case "ReopenSupport":
                self._turn(line, home, "open", cycle=1)
            case _ if act in _TURNS:
                self._turn(line, home, _TURNS[act])

    def _consulted(self, line: Line, home: str) -> None:
        body = line.told["body"]
        said = {"route": body["route"], "fields": sorted(set(body["fields"]))}
        self._once("consultations", home, _new(line, "consultation"), said, line)

    def _parted(self, line: Line, body: Body, home: str) -> None:
        new = _new(line, "household")
        self._turn(line, new, "open")
        for person in body["persons"]:
            before = self._members[home][person]
            since = max(before.since, line.at.date())
            self._leaves(line, home, person)
            self._joins(line, new, person, dict(before.said)["relation"], since.isoformat())

    def _merged(self, line: Line, source: str, home: str) -> None:
        """Whoever is not there yet comes along, since when they belonged if anybody knows."""
        for person, row in list(self._members[source].items()):
            self._leaves(line, source, person)
            if row.until is None:
                self._joins(line, home, person, dict(row.said)["relation"])
        self._turn(line, source, "merged")

    def _joins(
        self, line: Line, home: str, person: str, relation: str, since: str = "unknown"
    ) -> None:
        day = _first(line) if since == "unknown" else date.fromisoformat(since)
        row = Row((("relation", relation),), day, None)
        self._belongs(line, home, person, row)

    def _leaves(self, line: Line, home: str, person: str) -> None:
        row = self._members[home][person]
        if row.until is None:
            self._belongs(line, home, person, row._replace(until=_first(line)))

    def _belongs(self, line: Line, home: str, person: str, row: Row) -> None:
        self._members.setdefault(home, {})[person] = row
        self._so(line, Thing("members", home, person), [row])

    def _turn(self, line: Line, home: str, state: str, *, cycle: int = 0) -> None:
        turns = self._turns.setdefault(home, [])
        turns.append((_first(line), state, (turns[-1][2] if turns else 1) + cycle))
        ends = [day for day, *_ in turns[1:]]
        rows = [
            Row((("cycle", number), ("state", state)), day, until)
            for (day, state, number), until in zip(turns, [*ends, None], strict=True)
        ]
        self._so(line, Thing("households", home, home), rows)

    def _once(self, table: str, home: str, key: str, said: Body, line: Line) -> None:
        day = _first(line)
        row = Row(tuple((name, _plain(value)) for name, value in said.items()), day, day + _DAY)
        self._so(line, Thing(table, home, key), [row])

    def _otherwise(self, line: Line, home: str) -> None:
        """A correction, as its author means it."""
        table, key, now = line.meant or ("", "", None)
        thing = Thing(table, home, key)
        rows = list(self._known[thing])
        if now is None:
            self._so(line, thing, [])
        elif "occurred_on" in now:
            day = date.fromisoformat(now["occurred_on"])
            self._so(line, thing, [rows[0]._replace(since=day, until=day + _DAY)])
        elif "since" in now:
            day = _earliest(now["since"])
            row = self._members[home][key]._replace(since=day)
            self._belongs(line, home, key, row)
        else:
            said = tuple((name, now.get(name, value)) for name, value in rows[0].said)
            self._so(line, thing, [rows[0]._replace(said=said)])

    def _so(self, line: Line, thing: Thing, rows: list[Row]) -> None:
        """From this line on; what nobody held for a day was never held."""
        day, known = line.at.date(), self._known.setdefault(thing, {})
        now = [row for row in rows if row.until is None or row.since < row.until]
        for row in [row for row in known if row not in now]:
            self._tell(thing, row, known.pop(row), day)
        for row in now:
            known.setdefault(row, day)

    def _tell(self, thing: Thing, row: Row, known_from: date, known_to: date | None) -> None:
        if known_from == known_to:
            return
        days = {"true_from": row.since, "true_to": row.until}
        days |= {"known_from": known_from, "known_to": known_to}
        told = {name: day.isoformat() if day else None for name, day in days.items()}
        self._told.append({**thing._asdict(), **dict(row.said), **told})

    def rows(self) -> Iterator[Body]:
        for thing, rows in self._known.items():
            for row, known in rows.items():
                self._tell(thing, row, known, None)
        yield from self._told


def _new(line: Line, name: str) -> str:
    return str(uuid5(UUID(line.told["id"]), name))


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _first(line: Line) -> date:
    """The first day on which it can have been so; the day it was written down if nobody knows."""
    stated = line.told["body"].get("occurred_on")
    return line.at.date() if stated in {None, "unknown"} else _earliest(stated)


def _earliest(stated: str) -> date:
    return date.fromisoformat(stated + "2000-01-01"[len(stated) :])


class TruthFile:
    """One line for each row, diary by diary."""

    def __init__(self, directory: Path) -> None:
        self._file = (directory / TRUTH).open("w", encoding="utf-8", newline="\n")
        self._digest = sha256()
        self._lines = self._bytes = 0

    def hear(self, lines: Iterable[Line]) -> None:
        truth = Truth()
        truth.hear(lines)
        for row in truth.rows():
            text = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
            self._file.write(text)
            self._digest.update(text.encode())
            self._lines += 1
            self._bytes += len(text.encode())

    def close(self) -> dict[str, Any]:
        """What the manifest says of it."""
        self._file.close()
        told = {"file": TRUTH, "lines": self._lines, "bytes": self._bytes}
        return {**told, "sha256": self._digest.hexdigest()}
