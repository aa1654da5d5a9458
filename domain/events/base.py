"""What every fact has: the day it happened and its label. Who recorded it, and when, is in the
envelope.
"""

from typing import NamedTuple
from uuid import UUID

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
