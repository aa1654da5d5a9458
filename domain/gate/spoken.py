"""What is said of one thing (つなぎ, 協力依頼 …), and by whom: told from the fact itself."""

from collections.abc import Mapping
from typing import NamedTuple
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
from domain.gate.verdict import Grant, Place
from domain.recorded import Recorded
from domain.values import Author


class Item(NamedTuple):
    """A fact as a read model keeps it, sealed where it is personal.

    `words` is the version whose text stands here: its own, or that of the correction which
    replaced it; `position` is where it was recorded in the log, before or after what was told
    elsewhere. What was let through the gate says by which grant, and what was held back.
    """

    stream: UUID
    version: int
    author: Author
    fact: Fact
    words: int
    position: int
    grant: Grant | None = None
    withheld: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.stream, self.version)


def item_of(r: Recorded) -> Item:
    return Item(r.stream, r.version, r.author, r.fact, r.words or r.version, r.position)


_THREADS: Mapping[type[Fact], tuple[str, str]] = {
    ReferralMade: ("referral", "referral"),
    ReferralAccepted: ("referral", "referral"),
    ReferralReturned: ("referral", "referral"),
    ReferralWithdrawn: ("referral", "referral"),
    ReferralReviewed: ("referral", "referral"),
    InformationShared: ("share", "share"),
    ShareReviewed: ("share", "share"),
    InformationRequested: ("request", "request"),
    InformationRequestAnswered: ("request", "request"),
    InformationRequestReviewed: ("request", "request"),
    ConsentGiven: ("consent", "consent"),
    ConsentWithdrawn: ("consent", "consent"),
}

REVIEWS = (ReferralReviewed, ShareReviewed, InformationRequestReviewed)
"""点検: whoever looks at it afterwards neither asks nor answers."""


def thread(fact: Fact) -> str | None:
    """つなぎ, 協力依頼 …: what is asked and answered belongs to all who ask and answer."""
    if type(fact) not in _THREADS:
        return None
    kind, name = _THREADS[type(fact)]
    return f"{kind}:{getattr(fact, name)}"
