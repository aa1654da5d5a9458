"""会議・決定・支援プラン: what was brought to a sitting, and what came of it."""

from datetime import date
from typing import NamedTuple

from replays.extracts.tables.kept import Codes, Id


class Sittings(NamedTuple):
    """会議の開催(行為、開催日): planned, held or cancelled."""

    sitting: Id
    body: str
    state: str
    extraordinary: bool


class Items(NamedTuple):
    """会議の議題(行為、開催日): on which basis, about which household, how many were present."""

    sitting: Id
    item: Id
    body: str
    state: str
    kind: str
    basis: str
    household: Id | None
    present: int


class Decisions(NamedTuple):
    """会議決定(行為)。"""

    household: Id
    decision: Id
    sitting: Id
    item: Id
    kind: str
    plan: Id | None


class Judgements(NamedTuple):
    """多機関協働の該当性(行為)。"""

    household: Id
    fields: Codes
    issues: Codes
    by_rule: bool
    eligible: bool


class Plans(NamedTuple):
    """支援プラン(状態): drafted, decided or ended; `replaces` tells a 再プラン."""

    household: Id
    plan: Id
    state: str
    persons: int
    replaces: Id | None
    starts_on: date | None
    review_on: date | None
    ratify_by: date | None


class Reviews(NamedTuple):
    """プランの評価(行為)。"""

    household: Id
    plan: Id
    sitting: Id
    item: Id
    stage: str
    outcome: str
    review_on: date | None
