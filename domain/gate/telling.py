"""Telling (状況を組み立てる): the situation as the facts of a household, of its people and of the
sittings that take it up add up to it; of now, or of any moment in the past.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
    LabelLoosened,
    LabelTightened,
)
from domain.events.meeting import BroughtToSitting, MeetingDecided, RoleAssigned
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.person import ConcealmentEnded, ConcealmentStarted
from domain.events.referral import ReferralMade, ReferralReturned, ReferralWithdrawn
from domain.events.rights import MisfiledRecordWithdrawn, UseSuspended
from domain.events.sitting import AttendeeInvited
from domain.events.support import GuardianAppointed, GuardianshipEnded, SupportReopened
from domain.gate.meetings import meetings
from domain.gate.oversight import accesses, audits
from domain.gate.situation import (
    Acting,
    Change,
    Consent,
    Handed,
    Protection,
    Situation,
    Suspension,
    Tabled,
)
from domain.gate.spoken import Address, Item, addressed, thread
from domain.gate.verdict import Place

NOBODY: Mapping[UUID, UUID] = {}
_ENDINGS: Mapping[type[Fact], str] = {ReferralReturned: "returned", ReferralWithdrawn: "withdrawn"}


def situation_of(
    items: Iterable[Item],
    same: Mapping[UUID, UUID] = NOBODY,
    used: frozenset[Place] = frozenset(),
) -> Situation:
    """Of everything recorded about one household; `same` says whom persons were found to be, `used`
    which accesses to a place have had their one view.
    """
    told = _Told(sorted(items, key=lambda item: item.place), same)
    return Situation(
        handed=told.handed(),
        consents=told.consents(),
        belong=told.belong(),
        parties=told.parties(),
        tabled=told.tabled(),
        roles=told.roles(),
        decisions=told.decisions(),
        meetings=meetings(told.items),
        protected=told.protected(),
        lifted=told.lifted(),
        acting=told.acting(),
        retired=told.retired(),
        changes=told.changes(),
        loosened=told.loosened(),
        misfiled=told.misfiled(),
        suspensions=told.suspensions(),
        accesses=accesses(told.items),
        audits=audits(told.items),
        used=used,
        same=same,
    )


class _Told:
    """The facts in order, by kind."""

    def __init__(self, items: list[Item], same: Mapping[UUID, UUID]) -> None:
        self.items, self.same = items, same
        self._kinds: dict[type[Fact], list[Item]] = {}
        for item in items:
            self._kinds.setdefault(type(item.fact), []).append(item)

    def _of(self, *kinds: type[Fact]) -> list[tuple[Place, Any]]:
        found = [(item.place, item.fact) for kind in kinds for item in self._kinds.get(kind, ())]
        return sorted(found, key=lambda each: each[0]) if len(kinds) > 1 else found

    def _who(self, *persons: UUID) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(self.same.get(person, person) for person in persons))

    def handed(self) -> tuple[Handed, ...]:
        endings: dict[UUID, tuple[tuple[Place, str], ...]] = {}
        for kind, rule in _ENDINGS.items():
            for place, fact in self._of(kind):
                endings[fact.referral] = (*endings.get(fact.referral, ()), (place, rule))
        return tuple(
            self._handed(place, fact, endings)
            for place, fact in self._of(ReferralMade, InformationShared, InformationRequested)
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
            fact.label.agency,
            to,
            fact.label.basis,
            frozenset(enclosed),
            fact.categories,
            fact.purpose,
            self._who(*fact.label.subjects),
            ended,
        )

    def consents(self) -> tuple[Consent, ...]:
        """A consent that was said again where households became one stands in each of them."""
        found: dict[tuple[UUID, UUID], Consent] = {}
        for place, fact in self._of(ConsentGiven, ConsentWithdrawn):
            key = place.stream, fact.consent
            if isinstance(fact, ConsentGiven):
                found[key] = Consent(place, fact, self._who(fact.person)[0])
            elif key in found:
                cut = (*found[key].withdrawn, (place, fact))
                found[key] = found[key]._replace(withdrawn=cut)
        return tuple(each._replace(lapsed=self._lapsed(each.place)) for each in found.values())

    def _lapsed(self, given: Place) -> Place | None:
        """Rule 25: the new cycle that began since, here or where the case went on."""
        again = [place for place, _ in self._of(SupportReopened)]
        at, seen = given, set[UUID]()
        while at.stream not in seen:
            seen.add(at.stream)
            for place in again:
                if place.stream == at.stream and place > at:
                    return place
            at = self._came.get(at.stream, at)
        return None

    @cached_property
    def _came(self) -> dict[UUID, Place]:
        """Where each household that became part of another is told of there."""
        merged = self._of(HouseholdsMerged)
        return {fact.source: place for place, fact in merged if place.stream == fact.target}

    def belong(self) -> dict[tuple[UUID, UUID], Item]:
        """Everybody who belongs to each household or ever did, since they first joined."""
        found: dict[tuple[UUID, UUID], Item] = {}
        for item in self._kinds.get(MemberJoined, ()):
            fact: Any = item.fact
            found.setdefault((item.stream, self._who(fact.person)[0]), item)
        return found

    def parties(self) -> dict[tuple[UUID, str], tuple[tuple[Address, Place], ...]]:
        """Who takes part in a thread: its writers and those it is addressed to."""
        found: dict[tuple[UUID, str], tuple[tuple[Address, Place], ...]] = {}
        for item in self.items:
            if name := thread(item.fact):
                label, key = item.fact.label, (item.stream, name)
                here = (Address(label.agency, label.desk), *addressed(item.fact))
                found[key] = (*found.get(key, ()), *((each, item.place) for each in here))
        return found

    def tabled(self) -> tuple[Tabled, ...]:
        return tuple(
            Tabled(
                place,
                fact.sitting,
                fact.item,
                frozenset(self._who(*fact.subjects, *fact.label.subjects)),
                frozenset(fact.tabled),
            )
            for place, fact in self._of(BroughtToSitting)
        )

    def decisions(self) -> dict[UUID, tuple[Place, UUID, UUID]]:
        """Where each decision was made: the fact, its sitting and its item."""
        return {f.decision: (place, f.sitting, f.item) for place, f in self._of(MeetingDecided)}

    def roles(self) -> tuple[tuple[Place, RoleAssigned], ...]:
        return tuple(self._of(RoleAssigned))

    def protected(self) -> dict[UUID, tuple[Protection, ...]]:
        """支援措置 that no human has ended, whatever its term says."""
        return self._protections(lambda ends: not ends)

    def lifted(self) -> dict[UUID, tuple[tuple[Place, Protection], ...]]:
        """支援措置 that stand no longer, and the one fact by which they do not."""
        ended = self._protections(lambda ends: len(ends) == 1)
        return {
            person: tuple((self._ends[each.place][0], each) for each in protections)
            for person, protections in ended.items()
        }

    def _protections(
        self, wanted: Callable[[list[Place]], bool]
    ) -> dict[UUID, tuple[Protection, ...]]:
        found: dict[UUID, tuple[Protection, ...]] = {}
        for place, fact in self._of(ConcealmentStarted):
            if wanted(self._ends[place]):
                (person,) = self._who(place.stream)
                against = frozenset(self._who(*fact.counterparties))
                found[person] = (*found.get(person, ()), Protection(place, against))
        return found

    @cached_property
    def _ends(self) -> dict[Place, list[Place]]:
        ended = self._of(ConcealmentEnded)
        return {
            began: [
                place
                for place, fact in ended
                if (place.stream, fact.concealment) == (began.stream, start.concealment)
            ]
            for began, start in self._of(ConcealmentStarted)
        }

    def acting(self) -> tuple[Acting, ...]:
        """後見人等 until their task is over, and whoever comes to a sitting for a person."""
        return tuple(each for each in self._acting if each.place not in self._over)

    def retired(self) -> tuple[tuple[Place, Acting], ...]:
        """Who acted for somebody, with the one fact by which they do not any longer."""
        over = ((self._over.get(each.place, ()), each) for each in self._acting)
        return tuple((ends[0], each) for ends, each in over if len(ends) == 1)

    @cached_property
    def _acting(self) -> tuple[Acting, ...]:
        return tuple(
            Acting(place, self._who(fact.person)[0], fact.agency, desk, fact.staff)
            for place, fact in self._of(GuardianAppointed, AttendeeInvited)
            if fact.person and (fact.agency or fact.staff)
            for desk in (getattr(fact, "desk", None),)
        )

    @cached_property
    def _over(self) -> dict[Place, list[Place]]:
        found: dict[Place, list[Place]] = {}
        for place, fact in self._of(GuardianshipEnded):
            if fact.of < place.version:
                found.setdefault(Place(place.stream, fact.of), []).append(place)
        return found

    def changes(self) -> dict[Place, tuple[Change, ...]]:
        """Those that two people have not taken back."""
        found: dict[Place, tuple[Change, ...]] = {}
        for of, change in self._changes:
            if change.place not in self._taken_back:
                found[of] = (*found.get(of, ()), change)
        return found

    def loosened(self) -> dict[Place, tuple[tuple[Place, Change], ...]]:
        """Those that were, with the fact that says so."""
        found: dict[Place, tuple[tuple[Place, Change], ...]] = {}
        for of, change in self._changes:
            if back := self._taken_back.get(change.place):
                found[of] = (*found.get(of, ()), (back, change))
        return found

    @cached_property
    def _changes(self) -> list[tuple[Place, Change]]:
        return [
            (
                Place(place.stream, fact.of),
                Change(place, fact.category, fact.hide_from, fact.conceal),
            )
            for place, fact in self._of(LabelTightened)
        ]

    @cached_property
    def _taken_back(self) -> dict[Place, Place]:
        loosened = reversed(self._of(LabelLoosened))
        return {Place(place.stream, fact.tightening): place for place, fact in loosened}

    def suspensions(self) -> tuple[Suspension, ...]:
        return tuple(
            Suspension(place, self._who(fact.person)[0], frozenset(fact.facts))
            for place, fact in self._of(UseSuspended)
        )

    def misfiled(self) -> dict[Place, tuple[Place, ...]]:
        found: dict[Place, tuple[Place, ...]] = {}
        for place, fact in self._of(MisfiledRecordWithdrawn):
            for version in fact.facts:
                of = Place(place.stream, version)
                found[of] = (*found.get(of, ()), place)
        return found
