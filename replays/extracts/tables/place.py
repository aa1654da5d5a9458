"""社会資源・地域づくり: where people can go, and what is done there; about nobody."""

from datetime import date
from typing import NamedTuple

from replays.extracts.tables.kept import Codes, Id


class Resources(NamedTuple):
    """社会資源(状態)。"""

    resource: Id
    kind: str
    area: str | None
    operator: str | None
    capacity: int | None
    newly_created: bool


class Activities(NamedTuple):
    """地域の活動(行為): how many came."""

    resource: Id
    activity: Id
    kind: str
    participants: int
    sessions: int


class Issues(NamedTuple):
    """地域課題(行為): raised, and answered on a day."""

    issue: Id
    themes: Codes
    answered_on: date | None
