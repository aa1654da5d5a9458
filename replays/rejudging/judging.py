"""判断し直す: one command as kept, put to the decisions of today under a profile."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from domain.ledger import Asked, Request, Stream
from domain.profile import Profile
from domain.refusals import Refused, Unknown
from domain.stamp import Shown, ShownAs, Stamp, TakenUp
from domain.values import OFFICES, Author, PersonId
from replays.rejudging.known import STATES, commands, decisions
from replays.rejudging.past import Past, Unreadable
from replays.rejudging.unread import TextNeeded, unread

OF_THE_MOMENT = frozenset({"Overtaken", "StaleView", "CommandIdReused", "NotADemonstration"})
"""Refused for what others did at that moment, which no rule decides."""


class Judged(NamedTuple):
    """`was` and `now` are codes of refusals, None where it was or would be allowed.

    `doubt` says why it could not be judged: moment, recused, kept, decision, fields, text,
    unreadable, or what went wrong.
    """

    id: UUID
    command: str
    at: datetime
    stream: UUID | None
    position: int
    was: str | None
    now: str | None
    doubt: str | None = None

    @property
    def changed(self) -> bool:
        return self.doubt is None and self.was != self.now


class _Doubt(Exception):
    """Why it cannot be judged."""


def judge(asked: Asked, past: Past, profile: Profile) -> Judged:
    clear = asked.clear or {}
    streams = clear.get("streams") or [None]
    stream = UUID(streams[0]) if streams[0] else None
    at = datetime.fromisoformat(clear["at"]) if "at" in clear else asked.at
    told = (asked.id, asked.type, at, stream, asked.position, asked.code)
    try:
        return Judged(*told, _outcome(asked, clear, past, profile))
    except _Doubt as doubt:
        return Judged(*told, None, str(doubt))


def _outcome(asked: Asked, clear: Mapping[str, Any], past: Past, profile: Profile) -> str | None:
    """The code of the refusal it would meet; None when it would be allowed."""
    if asked.code in OF_THE_MOMENT:
        raise _Doubt("moment")
    if "states" not in clear:
        raise _Doubt("kept")
    try:
        now = _decided(asked, clear, past, profile)
    except TextNeeded:
        raise _Doubt("recused" if _may_be_recused(asked, clear) else "text") from None
    except Unreadable:
        raise _Doubt("unreadable") from None
    except ValidationError:
        raise _Doubt("fields") from None
    except (AttributeError, LookupError, TypeError, ValueError) as failed:
        raise _Doubt(type(failed).__name__) from failed
    if now != asked.code and _may_be_recused(asked, clear):
        raise _Doubt("recused")
    return now


def _decided(asked: Asked, clear: Mapping[str, Any], past: Past, profile: Profile) -> str | None:
    try:
        request = _request(asked, clear, profile)
        request.decided([past.state(stream) for stream in request.streams])
    except Refused as refused:
        return type(refused).__name__
    return None


def _may_be_recused(asked: Asked, clear: Mapping[str, Any]) -> bool:
    """利益相反: to an officer who acted for one of a case nothing of it was there (see `Request`);
    who acted for whom stands in other streams than those that are kept with what was asked.
    """
    author = Author.model_validate(clear["by"])
    return asked.code == Unknown.__name__ and author.capacity.role in OFFICES


def _persons(clear: Mapping[str, Any], name: str) -> frozenset[PersonId]:
    return frozenset(PersonId(UUID(each)) for each in clear.get(name, ()))


def _shown(clear: Mapping[str, Any]) -> Shown:
    as_what = {
        PersonId(UUID(each)): ShownAs(*said) for each, said in clear.get("belong", {}).items()
    }
    return {each: as_what.get(each) for each in _persons(clear, "shown")}


def _taken_up(sitting: str, item: str, household: str | None) -> TakenUp:
    return TakenUp(UUID(sitting), UUID(item), UUID(household) if household else None)


def _request(asked: Asked, clear: Mapping[str, Any], profile: Profile) -> Request:
    decide, kind = decisions().get(clear["decision"]), commands().get(asked.type)
    if decide is None or kind is None:
        raise _Doubt("decision")
    path = {
        name: UUID(value) if isinstance(value, str) else value
        for name, value in clear["path"].items()
    }
    streams = tuple(
        Stream(STATES[name], UUID(stream), new)
        for stream, (name, new) in zip(clear["streams"], clear["states"], strict=True)
    )
    author = Author.model_validate(clear["by"])
    sides, shown = _persons(clear, "sides"), _shown(clear)
    walled = frozenset((UUID(stream), version) for stream, version in clear.get("walled", ()))
    at = datetime.fromisoformat(clear["at"])
    agenda = frozenset(starmap(_taken_up, clear.get("agenda", ())))
    stamp = Stamp(author, at, asked.id, profile, sides, walled, shown, agenda)
    command = kind.model_validate(unread(clear["fields"], accepted=asked.code is None))
    return Request(partial(decide, **path) if path else decide, command, stamp, streams)
