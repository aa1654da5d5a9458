"""渡した情報: what another agency holds from this household, and what it was passed on."""

from collections.abc import Collection
from typing import NamedTuple, Protocol

from domain.events.consent import InformationRequested, InformationShared
from domain.events.referral import ReferralMade
from domain.labels import Basis, ByConsent, Category
from domain.values import AgencyId, DeskId, PersonId, StaffId


class Grant(NamedTuple):
    """渡したもの: `versions` are the facts handed over and the one that says so, `told`; `desk` is
    the one that was named, if one was.
    """

    agency: AgencyId
    desk: DeskId | None
    told: int
    versions: frozenset[int]
    basis: Basis
    subjects: tuple[PersonId, ...]
    categories: tuple[Category, ...]
    purpose: str

    def rests_on(self, ids: Collection[PersonId]) -> bool:
        """Whether the consent of this person, under whichever id, opened it."""
        return isinstance(self.basis, ByConsent) and not set(ids).isdisjoint(self.subjects)


class Handing(Protocol):
    """渡したこと as its review asks: who did it, from which desk to which."""

    @property
    def sharer(self) -> StaffId: ...

    @property
    def sharing_desk(self) -> tuple[AgencyId, DeskId]: ...

    @property
    def to(self) -> tuple[AgencyId, DeskId | None]: ...

    @property
    def grant(self) -> Grant: ...

    @property
    def reviewed(self) -> bool: ...


def granted(version: int, fact: InformationShared | ReferralMade | InformationRequested) -> Grant:
    """To ask about somebody is to tell of them."""
    desk: DeskId | None = None
    match fact:
        case InformationShared():
            to, facts = fact.to_agency, fact.facts
        case ReferralMade():
            to, desk, facts = fact.to_agency, fact.to_desk, fact.enclosed
        case InformationRequested():
            to, facts = fact.of_agency, ()
    return Grant(
        agency=to,
        desk=desk,
        told=version,
        versions=frozenset((version, *facts)),
        basis=fact.label.basis,
        subjects=fact.label.subjects,
        categories=fact.categories,
        purpose=fact.purpose,
    )
