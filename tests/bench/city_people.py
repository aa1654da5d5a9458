"""Names, homes and posts in an invented city, as the edge would digest them for the rules."""

import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from domain.unusual import Digest
from domain.unusual.gathered import Features, StaffFeatures
from domain.values import Period, StaffId
from replays.synthesis.diary import Line

_KEY = b"only for measuring"
_MEETS = frozenset({"TakeIn", "NotePerson"})


def digest(kind: str, text: str) -> Digest:
    return Digest(hmac.digest(_KEY, f"{kind}\0{text}".encode(), sha256).hex()[:24])


class People:
    """Members of households, as far as somebody wrote their names and addresses down."""

    def __init__(self) -> None:
        self._members: dict[UUID, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._addresses: dict[str, set[str]] = defaultdict(set)

    def hear(self, act: str, body: dict[str, Any], persons: list[str]) -> None:
        match act:
            case "TakeIn":
                for person, draft in zip(persons, body["persons"], strict=True):
                    self._named(person, draft.get("kana"))
            case "IdentifyPerson":
                self._named(persons[0], body.get("kana"))
            case "RecordAddress":
                self._addresses[persons[0]].add(body["text"])

    def _named(self, person: str, kana: str | None) -> None:
        self._names[person] |= {kana} if kana else set()

    def join(self, household: UUID, act: str, body: dict[str, Any], persons: list[str]) -> None:
        if act in _MEETS:
            self._members[household].update(persons)
        elif act == "SplitHousehold":
            self._members[household].update(body["persons"])

    def features(self, household: UUID) -> Features:
        members = self._members[household]
        names = [name for member in members for name in self._names[member]]
        texts = [text for member in members for text in self._addresses[member]]
        return Features(
            surnames=frozenset(digest("surname", name.split()[0]) for name in names),
            names=frozenset(digest("name", name) for name in names),
            blocks=frozenset(digest("block", _block(text)) for text in texts),
            dwellings=frozenset(digest("dwelling", text) for text in texts),
        )


class Personnel:
    """人事: who was appointed where, and — from a list of its own — where they live."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._kana: dict[StaffId, str] = {}
        self._posts: dict[str, tuple[StaffId, str, Period]] = {}
        for line in lines:
            told = line.told
            stream = told["streams"][0][1]
            self._hear(told["act"], told["body"], stream, told)

    def _hear(self, act: str, body: dict[str, Any], stream: str, told: dict[str, Any]) -> None:
        if act in {"AppointFirst", "RegisterStaff"}:
            self._kana[StaffId(UUID(stream))] = body["kana"]
        if act == "AppointFirst":
            self._appoint(stream, stream, body["agency"], body["start"])
        elif act == "Appoint":
            key = str(uuid5(UUID(told["id"]), "appointment"))
            self._appoint(key, stream, body["agency"], body["period"]["start"])
        elif act == "EndAppointment":
            key = told["path"]["appointment"]
            staff, agency, period = self._posts[key]
            ended = Period(start=period.start, end=date.fromisoformat(body["last_day"]))
            self._posts[key] = (staff, agency, ended)

    def _appoint(self, key: str, staff: str, agency: str, start: str) -> None:
        period = Period(start=date.fromisoformat(start))
        self._posts[key] = (StaffId(UUID(staff)), agency, period)

    def features(self, homes: Mapping[UUID, str]) -> dict[StaffId, StaffFeatures]:
        return {staff: self._of(staff, homes.get(staff)) for staff in self._kana}

    def _of(self, staff: StaffId, home: str | None) -> StaffFeatures:
        kana = self._kana[staff]
        return StaffFeatures(
            surname=digest("surname", kana.split()[0]),
            name=digest("name", kana),
            block=digest("block", _block(home)) if home else None,
            dwelling=digest("dwelling", home) if home else None,
            posts=tuple(
                (agency, period) for one, agency, period in self._posts.values() if one == staff
            ),
        )


def _block(text: str) -> str:
    return re.sub(r"番.*$", "", text)
