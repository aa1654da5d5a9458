"""Request headers, read by hand: as validated parameters they would cost more than the command."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from api.opaque import tag_in
from api.problems import BadHeader, PurposeNeeded

_DEMO_YEARS = range(1990, 2200)


class Purpose(StrEnum):
    """閲覧の目的。"""

    CONSULTATION = "consultation"  # 相談
    PLANNING = "planning"  # 支援計画
    MEETING = "meeting"  # 会議
    AUDIT = "audit"  # 監査
    DISCLOSURE = "disclosure"  # 開示
    STATISTICS = "statistics"  # 統計


def uuid_in(headers: Mapping[str, str], name: str) -> UUID | None:
    text = headers.get(name.lower())
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise BadHeader(f"{name} は UUID で送ってください。") from None


def seen_in(headers: Mapping[str, str]) -> str | None:
    """The tag of what the writer saw; none when anything will do."""
    tag = headers.get("if-match")
    return None if tag is None or tag == "*" else tag_in(tag)


def clock_in(headers: Mapping[str, str]) -> datetime | None:
    text = headers.get("setai-demo-clock")
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or given.tzinfo is None or given.year not in _DEMO_YEARS:
        raise BadHeader("Setai-Demo-Clock は 2025-04-01T09:00:00+09:00 のような日時です。")
    return given


def purpose_in(headers: Mapping[str, str]) -> Purpose:
    try:
        return Purpose(headers.get("setai-purpose", ""))
    except ValueError:
        allowed = [str(purpose) for purpose in Purpose]
        raise PurposeNeeded(f"選べる値: {', '.join(allowed)}", allowed=allowed) from None


def bearer_in(headers: Mapping[str, str]) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
