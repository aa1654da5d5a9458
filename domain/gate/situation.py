"""The situation (状況): all the gate must know besides the item, told by the facts alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.addressed import Address
from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.meeting import RoleAssigned, RoleEnded
from domain.gate.meetings import Meeting
from domain.gate.oneness import Oneness
from domain.gate.oversight import Access, AuditCase
from domain.gate.pointing import Begun, pointees, spoken_of
from domain.gate.reader import Reader
from domain.gate.spoken import Item
from domain.gate.suspending import Suspension
from domain.gate.verdict import Denial, Grant, Place
from domain.labels import Basis, Category, Label
from domain.values import AgencyId, DeskId, StaffId


class Consent(NamedTuple):
    """本人同意 with all that withdrawals took away; a new cycle lets it lapse (rule 25)."""

    place: Place
    given: ConsentGiven
    person: UUID
    withdrawn: tuple[tuple[Place, ConsentWithdrawn], ...] = ()
    lapsed: tuple[Place, ...] = ()

    @property
    def version(self) -> int:
        return self.place.version

    def names(self, agency: AgencyId, category: Category, purpose: str) -> bool:
        """Whether it was given for this."""
        given = self.given
        return (
            agency in given.agencies and category in given.categories and purpose in given.purposes
        )

    def cuts(self, agency: AgencyId, category: Category, purpose: str) -> tuple[Place, ...]:
        """The withdrawals that took this away."""
        return tuple(
            place
            for place, cut in self.withdrawn
            if agency in cut.agencies and category in cut.categories and purpose in cut.purposes
        )

    def covers(self, agency: AgencyId, category: Category, purpose: str, day: date) -> bool:
        return (
            not self.lapsed
            and self.given.period.covers(day)
            and self.names(agency, category, purpose)
            and not self.cuts(agency, category, purpose)
        )

    def stands(
        self, agency: AgencyId, categories: Iterable[Category], purposes: Iterable[str], day: date
    ) -> Grant | Denial | None:
        """Whether anything of it is left for the agency in one of these categories for one of these
        purposes; why not any longer; None where it was not given for any, or not yet.
        """
        wanted = [(agency, each, purpose) for purpose in purposes for each in categories]
        named = [each for each in wanted if self.names(*each)]
        if not named or day < self.given.period.start:
            return None
        if any(self.covers(*each, day) for each in named):
            return Grant("consent", (self.place,))
        cut = sorted({place for each in named for place in self.cuts(*each)})
        return Denial("withdrawn" if cut else "expired", (self.place, *cut, *self.lapsed))


class Handed(NamedTuple):
    """渡したもの: what a つなぎ, 情報提供 or 協力依頼 handed over, to whom, on which basis."""

    place: Place
    kind: type[Fact]
    label: Label
    to: Address
    versions: frozenset[int]
    categories: tuple[Category, ...]
    purpose: str
    subjects: tuple[UUID, ...]
    ended: tuple[tuple[Place, str], ...] = ()

    @property
    def basis(self) -> Basis:
        return self.label.basis


class Tabled(NamedTuple):
    """付議: what was brought before one item of a sitting."""

    place: Place
    sitting: UUID
    item: UUID
    subjects: frozenset[UUID]
    versions: frozenset[int]


class Protection(NamedTuple):
    """支援措置 in force; `kept_from` are the 相手方 and whoever was taken for them then."""

    place: Place
    counterparties: frozenset[UUID]
    kept_from: frozenset[UUID]


class Acting(NamedTuple):
    """Who acts for a person: a desk, a whole agency, or one member of staff."""

    place: Place
    person: UUID
    agency: AgencyId | None
    desk: DeskId | None
    staff: StaffId | None

    def is_(self, reader: Reader) -> bool:
        if self.staff is not None:
            return self.staff == reader.staff
        return any(
            self.agency == held.agency and self.desk in {None, held.desk} for held in reader.held
        )


class Change(NamedTuple):
    """A label made stricter; `kept_from` are those it is hidden from and who was taken for them."""

    place: Place
    category: Category | None
    hide_from: tuple[UUID, ...]
    kept_from: frozenset[UUID]
    conceal: bool


def relabelled(label: Label, changes: tuple[Change, ...]) -> Label:
    """A label as these changes leave it."""
    for change in changes:
        hidden = tuple(dict.fromkeys((*label.hidden_from, *change.hide_from)))
        kept = {"hidden_from": hidden, "concealed": label.concealed or change.conceal}
        label = label.model_copy(update={"category": change.category or label.category, **kept})
    return label


@dataclass(frozen=True, slots=True)
class Situation:
    """Persons go by whom they were found to be (`who`); `unread`: something could not be told."""

    handed: tuple[Handed, ...] = ()
    consents: tuple[Consent, ...] = ()
    belong: Mapping[tuple[UUID, UUID], Item] = field(default_factory=dict)
    parties: Mapping[tuple[UUID, str], tuple[tuple[Address, Place], ...]] = field(
        default_factory=dict
    )
    tabled: tuple[Tabled, ...] = ()
    roles: tuple[tuple[Place, RoleAssigned], ...] = ()
    role_ends: tuple[tuple[Place, RoleEnded], ...] = ()
    decisions: Mapping[UUID, tuple[Place, UUID, UUID]] = field(default_factory=dict)
    meetings: Mapping[UUID, Meeting] = field(default_factory=dict)
    protected: Mapping[UUID, tuple[Protection, ...]] = field(default_factory=dict)
    lifted: Mapping[UUID, tuple[tuple[Place, Protection], ...]] = field(default_factory=dict)
    acting: tuple[Acting, ...] = ()
    retired: tuple[tuple[Place, Acting], ...] = ()
    changes: Mapping[Place, tuple[Change, ...]] = field(default_factory=dict)
    loosened: Mapping[Place, tuple[tuple[Place, Change], ...]] = field(default_factory=dict)
    misfiled: Mapping[Place, tuple[Place, ...]] = field(default_factory=dict)
    suspensions: tuple[Suspension, ...] = ()
    accesses: tuple[Access, ...] = ()
    audits: tuple[AuditCase, ...] = ()
    used: frozenset[Place] = frozenset()
    one: Oneness = field(default_factory=Oneness)
    at: Mapping[Place, Item] = field(default_factory=dict)
    begun: Begun = field(default_factory=dict)
    unread: bool = False

    @property
    def concealed(self) -> frozenset[UUID]:
        """Everybody whose place is protected, by whom they were found to be."""
        return frozenset(self.protected)

    def is_counterparty_of_all(self, person: UUID) -> bool:
        """Whether everybody who is protected is protected from this person, who is not."""
        who, every = self.who(person), self.protected.values()
        from_them = [any(who in each.counterparties for each in standing) for standing in every]
        return who not in self.protected and all(from_them)

    def beside(self, others: Iterable["Situation"]) -> "Situation":
        """The same, behind the walls of these, too."""
        protected, belong, one = dict(self.protected), dict(self.belong), self.one
        acting = dict.fromkeys(self.acting)
        for each in others:
            for person, standing in each.protected.items():
                protected[person] = tuple(dict.fromkeys((*protected.get(person, ()), *standing)))
            belong |= each.belong
            one = one.beside(each.one)
            acting |= dict.fromkeys(each.acting)
        return replace(self, protected=protected, belong=belong, one=one, acting=tuple(acting))

    def guarding(self, person: UUID) -> "Situation":
        """The same, as if this person's place were protected."""
        guarded = {person: (Protection(Place(person, 0), frozenset(), frozenset()),)}
        return replace(self, protected={**guarded, **self.protected})

    def unlifted(self, person: UUID, protection: Protection) -> "Situation":
        """The same, had this protection not been ended."""
        standing = (*self.protected.get(person, ()), protection)
        return replace(self, protected={**self.protected, person: standing})

    def unretired(self, acting: Acting) -> "Situation":
        """The same, did they still act for the person."""
        return replace(self, acting=(*self.acting, acting))

    def labelling(self, place: Place, changes: tuple[Change, ...]) -> "Situation":
        """The same, had that label these changes."""
        return replace(self, changes={**self.changes, place: changes})

    def who(self, person: UUID) -> UUID:
        """Whom a person was found to be (名寄せ)."""
        return self.one.who(person)

    def pointees(self, item: Item) -> tuple[Item, ...]:
        return pointees(item, self.at, self.begun)

    def spoken_of(self, item: Item) -> list[Item]:
        """Of which earlier records it speaks, and of which those do, in order."""
        return spoken_of(item, self.at, self.begun)

    def label(self, place: Place, label: Label) -> Label:
        """The label as it reads now: as written, and every change since."""
        return relabelled(label, self.changes.get(place, ()))

    def against(self, persons: Iterable[UUID], theirs: frozenset[UUID]) -> tuple[Place, ...]:
        """The 支援措置 of these persons from any of those."""
        standing = self.protections(persons)
        return tuple(p.place for p in standing if not theirs.isdisjoint(p.kept_from))

    def protections(self, persons: Iterable[UUID]) -> tuple[Protection, ...]:
        """The 支援措置 in force of these persons."""
        return tuple(p for person in persons for p in self.protected.get(person, ()))
