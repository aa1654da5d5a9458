"""Telling (状況を組み立てる): the situation as the facts of a household, of its people and of the
sittings that take it up add up to it; of now, or of any moment in the past.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.addressed import Address, addressed
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
)
from domain.events.meeting import BroughtToSitting, MeetingDecided, RoleAssigned, RoleEnded
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.referral import ReferralMade, ReferralReturned, ReferralWithdrawn
from domain.events.rights import MisfiledRecordWithdrawn, UseSuspended
from domain.events.support import SupportReopened
from domain.gate.meetings import meetings
from domain.gate.oneness import Oneness, once
from domain.gate.oversight import accesses, audits
from domain.gate.pointing import begun
from domain.gate.situation import Consent, Handed, Situation, Tabled
from domain.gate.spoken import REVIEWS, Item, thread
from domain.gate.suspending import Suspension
from domain.gate.told import Told
from domain.gate.verdict import Place
from domain.gate.walls import Walls
from domain.values import OFFICES

NOBODY: Mapping[UUID, UUID] = {}
_ENDINGS: Mapping[type[Fact], str] = {ReferralReturned: "returned", ReferralWithdrawn: "withdrawn"}


def situation_of(
    items: Iterable[Item],
    same: Mapping[UUID, UUID] = NOBODY,
    used: frozenset[Place] = frozenset(),
    elsewhere: Iterable[Item] = (),
) -> Situation:
    """Of everything recorded about one household; `same` says whom persons were found to be, `used`
    which accesses to a place have had their one view, `elsewhere` who acts for whom in others.
    """
    here, apart = list(items), list(elsewhere)
    one = Oneness(same, once((*here, *apart)))
    told, walls = _Ways(here, one), Walls((*here, *apart), one)
    return Situation(
        handed=told.handed(),
        consents=told.consents(),
        belong=told.belong(),
        parties=told.parties(),
        tabled=told.tabled(),
        roles=told.roles(),
        decisions=told.decisions(),
        role_ends=told.role_ends(),
        meetings=meetings(told.items),
        protected=walls.protected(),
        lifted=walls.lifted(),
        acting=walls.acting(),
        retired=walls.retired(),
        changes=walls.changes(),
        loosened=walls.loosened(),
        misfiled=told.misfiled(),
        suspensions=told.suspensions(),
        accesses=accesses(told.items),
        audits=audits(told.items),
        used=used,
        one=one,
        at={item.place: item for item in told.items},
        begun=begun(told.items),
    )


class _Ways(Told):
    """By what the ways in are open, or were."""

    def handed(self) -> tuple[Handed, ...]:
        endings: dict[UUID, tuple[tuple[Place, str], ...]] = {}
        for kind, rule in _ENDINGS.items():
            for place, fact in self.of(kind):
                endings[fact.referral] = (*endings.get(fact.referral, ()), (place, rule))
        return tuple(
            self._handed(place, fact, endings)
            for place, fact in self.of(ReferralMade, InformationShared, InformationRequested)
        )

    def _handed(
        self,
        place: Place,
        fact: ReferralMade | InformationShared | InformationRequested,
        endings: Mapping[UUID, tuple[tuple[Place, str], ...]],
    ) -> Handed:
        (to,) = addressed(fact)
        enclosed, ended = tuple[int, ...](), tuple[tuple[Place, str], ...]()
        match fact:
            case ReferralMade():
                enclosed, ended = fact.enclosed, endings.get(fact.referral, ())
            case InformationShared():
                enclosed = fact.facts
        return Handed(
            place,
            type(fact),
            fact.label,
            to,
            frozenset(enclosed),
            fact.categories,
            fact.purpose,
            self.who(*fact.label.subjects),
            ended,
        )

    def consents(self) -> tuple[Consent, ...]:
        """A consent that was said again where households became one stands in each of them."""
        found: dict[tuple[UUID, UUID], Consent] = {}
        for place, fact in self.of(ConsentGiven, ConsentWithdrawn):
            key = place.stream, fact.consent
            if isinstance(fact, ConsentGiven):
                found[key] = Consent(place, fact, self.who(fact.person)[0])
            elif key in found:
                cut = (*found[key].withdrawn, (place, fact))
                found[key] = found[key]._replace(withdrawn=cut)
        return tuple(each._replace(lapsed=self._lapsed(each.place)) for each in found.values())

    def _lapsed(self, given: Place) -> tuple[Place, ...]:
        """Rule 25: the new cycles that began since, here or where the case went on."""
        again = [place for place, _ in self.of(SupportReopened)]
        at, seen, found = given, set[UUID](), list[Place]()
        while at.stream not in seen:
            seen.add(at.stream)
            found += [place for place in again if place.stream == at.stream and place > at]
            at = self._came.get(at.stream, at)
        return tuple(found)

    @cached_property
    def _came(self) -> dict[UUID, Place]:
        """Where each household that became part of another is told of there."""
        merged = self.of(HouseholdsMerged)
        return {fact.source: place for place, fact in merged if place.stream == fact.target}

    def belong(self) -> dict[tuple[UUID, UUID], Item]:
        """Everybody who belongs to each household or ever did, since they first joined."""
        found: dict[tuple[UUID, UUID], Item] = {}
        for item in self.kinds.get(MemberJoined, ()):
            fact: Any = item.fact
            found.setdefault((item.stream, self.who(fact.person)[0]), item)
        return found

    def parties(self) -> dict[tuple[UUID, str], tuple[tuple[Address, Place], ...]]:
        """Who takes part in a thread: its writers, of an office their desk alone, and those it is
        addressed to.
        """
        found: dict[tuple[UUID, str], tuple[tuple[Address, Place], ...]] = {}
        for item in self.items:
            name = thread(item.fact)
            if name and not isinstance(item.fact, REVIEWS):
                label, key = item.fact.label, (item.stream, name)
                office = item.author.capacity.role in OFFICES
                own = Address(label.agency, label.desk, alone=office)
                here = (own, *addressed(item.fact))
                found[key] = (*found.get(key, ()), *((each, item.place) for each in here))
        return found

    def tabled(self) -> tuple[Tabled, ...]:
        return tuple(
            Tabled(
                place,
                fact.sitting,
                fact.item,
                frozenset(self.who(*fact.subjects, *fact.label.subjects)),
                frozenset(fact.tabled),
            )
            for place, fact in self.of(BroughtToSitting)
        )

    def decisions(self) -> dict[UUID, tuple[Place, UUID, UUID]]:
        """Where each decision was made: the fact, its sitting and its item."""
        return {f.decision: (place, f.sitting, f.item) for place, f in self.of(MeetingDecided)}

    def roles(self) -> tuple[tuple[Place, RoleAssigned], ...]:
        return tuple(self.of(RoleAssigned))

    def role_ends(self) -> tuple[tuple[Place, RoleEnded], ...]:
        return tuple(self.of(RoleEnded))

    def suspensions(self) -> tuple[Suspension, ...]:
        return tuple(map(self._suspension, self.kinds.get(UseSuspended, ())))

    def _suspension(self, item: Item) -> Suspension:
        fact: Any = item.fact
        versions, reaches = frozenset(fact.facts), self._part_of(item)
        return Suspension(item.place, self.who(fact.person)[0], versions, item.position, reaches)

    def _part_of(self, item: Item) -> frozenset[UUID]:
        """Its household, and all that had become part of that by then."""
        told = self.kinds.get(HouseholdsMerged, ())
        merged: list[Any] = [each.fact for each in told if each.position < item.position]
        found = {item.stream}
        while more := {each.source for each in merged if each.target in found} - found:
            found |= more
        return frozenset(found)

    def misfiled(self) -> dict[Place, tuple[Place, ...]]:
        found: dict[Place, tuple[Place, ...]] = {}
        for place, fact in self.of(MisfiledRecordWithdrawn):
            for of in (Place(place.stream, version) for version in fact.facts):
                found[of] = (*found.get(of, ()), place)
        return found
