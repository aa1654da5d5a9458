"""指し示す先: of which earlier records one speaks, and whether it answers one of them."""

from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    ShareReviewed,
)
from domain.events.referral import (
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralReviewed,
    ReferralWithdrawn,
)
from tests.laws.gate_oracle import OF_A_CASE, Log, Told

NUMBERED = ("of", "facts", "enclosed", "tabled", "tightening", "rested")
IDENTIFIED = (
    *("referral", "share", "request", "consent", "consultation", "report", "outreach", "note"),
    *("plan", "replaces", "participation", "decision", "role", "predecessor", "attachment", "to"),
    *("assessment", "access", "case", "hold", "incident", "proposal", "concealment", "address"),
)
THREADS: dict[str, tuple[type[Fact], ...]] = {
    "referral": (
        *(ReferralMade, ReferralAccepted, ReferralReturned, ReferralWithdrawn, ReferralReviewed),
    ),
    "share": (InformationShared, ShareReviewed),
    "request": (InformationRequested, InformationRequestAnswered, InformationRequestReviewed),
    "consent": (ConsentGiven, ConsentWithdrawn),
}


def earlier(log: Log, told: Told) -> list[Told]:
    """Of what was told before in the same file it speaks: by number, or by the id of a thing, which
    stands for the first that was told of it.
    """
    if not isinstance(told.fact, OF_A_CASE):
        return []
    here = [t for t in log.told if t.stream == told.stream and t.version < told.version]
    spoken = set(_given(told, NUMBERED))
    found = {t.version: t for t in here if t.version in spoken}
    for key in _given(told, IDENTIFIED):
        first = [t for t in here if key in _given(t, IDENTIFIED)]
        found |= {t.version: t for t in first[:1]}
    return list(found.values())


def _given(told: Told, names: tuple[str, ...]) -> list[Any]:
    found = []
    for name in names:
        value = getattr(told.fact, name, None)
        found += list(value) if isinstance(value, tuple) else [value]
    return [each for each in found if isinstance(each, UUID | int)]


def in_one_thread(one: Told, other: Told) -> bool:
    """Whether it answers or ends what that asked or gave; スクリーニング does neither."""
    for name, kinds in THREADS.items():
        both = isinstance(one.fact, kinds) and isinstance(other.fact, kinds)
        if both and getattr(one.fact, name) == getattr(other.fact, name):
            return True
    return False
