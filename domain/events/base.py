"""What every fact has: the day it happened and its label. Who recorded it, and when, is in the
envelope.
"""

from typing import Annotated, NamedTuple
from uuid import UUID

from pydantic import PlainSerializer
from pydantic_core.core_schema import SerializationInfo

from domain.labels import Label
from domain.values import Occurred, Value


class Fact(Value):
    """出来事: something that happened, in the past tense; stored under its class name."""

    occurred_on: Occurred
    label: Label


class On(NamedTuple):
    """A fact for a stream other than the first one a decision was given."""

    stream: UUID
    fact: Fact


def _numbered(version: int, info: SerializationInfo) -> int:
    number = (info.context or {}).get("number")
    return int(number(version)) if number else version


FactNumber = Annotated[int, PlainSerializer(_numbered, return_type=int)]
"""記録の番号: which fact of the same stream is meant. Inside it is the version; outside it would
tell how many there are (rule 32), so the edge passes what to call each as context.
"""


def _inside(version: int, info: SerializationInfo) -> int | None:
    return None if (info.context or {}).get("number") else version


PinnedVersion = Annotated[int, PlainSerializer(_inside, return_type=int | None)]
"""拠った版: how far a stream had come. It is not told outside: whoever knew the records before it
would learn of one they may not see (rule 32).
"""
