"""Rule 1 read slowly from the bare log: on which recorded basis did this leave, if on any?

It shares no code with the decision: facts, labels and the municipality's lists are all it knows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
)
from domain.events.intake import AbuseReported, NoteKept
from domain.events.membership import HouseholdsMerged, HouseholdSplit, MemberJoined
from domain.events.referral import ReferralMade
from domain.events.support import SupportReopened
from domain.labels import (
    Basis,
    ByConsent,
    BySitting,
    ByStatute,
    Category,
    Label,
    OwnRecord,
    Tag,
    Urgent,
)
from domain.recorded import Recorded
from domain.values import JST, PersonId
from tests.laws.meetings import heard_together
from tests.laws.reading import (
    as_read,
    belonging,
    concealments,
    is_minor,
    one_with,
    tightened,
    told_in,
)

Passed = InformationShared | ReferralMade | InformationRequested
_GRAVE = {Category.HEALTH, Category.ABUSE}
_INSIDE = {"city", "school"}
"""The agencies of the small town that are the municipality's own."""


class Piece(NamedTuple):
    """One thing that left: its label, whom it is about, and the fact it was, if it was one."""

    label: Label
    persons: tuple[PersonId, ...]
    fact: Recorded | None = None


@dataclass
class Telling:
    """A fact that says something was told, and all that was in the log before it."""

    said: Recorded
    before: Sequence[Recorded]

    def __post_init__(self) -> None:
        assert isinstance(self.said.fact, Passed)
        self.fact: Passed = self.said.fact
        self.today = self.said.recorded_at.astimezone(JST).date()
        self.home = list(as_read([r for r in self.before if r.stream == self.said.stream]))

    @property
    def to(self) -> str:
        of = self.fact
        return of.of_agency if isinstance(of, InformationRequested) else of.to_agency

    @property
    def versions(self) -> tuple[int, ...]:
        match self.fact:
            case InformationShared(facts=versions) | ReferralMade(enclosed=versions):
                return versions
            case _:
                return ()

    def pieces(self) -> list[Piece]:
        enclosed = [r for r in self.home if r.version in self.versions]
        assert {r.version for r in enclosed} == set(self.versions)
        whole = [Piece(tightened(self.home, r), r.fact.label.subjects, r) for r in enclosed]
        inside = [paragraph for r in enclosed for paragraph in told_in(r.fact)]
        told = [*inside, *told_in(self.fact)]
        return [*whole, *(Piece(p.label, p.principals or p.label.subjects) for p in told)]

    def has_content(self) -> bool:
        said = isinstance(self.fact, InformationShared) and bool(self.fact.categories)
        return said or bool(self.pieces())

    def people(self) -> set[PersonId]:
        """Everybody it is about; what names nobody is about all who belong to the household."""
        named = {p for piece in self.pieces() for p in piece.persons} | {*self.fact.label.subjects}
        nameless = not all(piece.persons for piece in self.pieces())
        return named | set(belonging(self.home) if nameless or not named else ())

    def categories(self) -> set[Category]:
        return {p.label.category for p in self.pieces()} | set(self.fact.categories)


def valid_basis(telling: Telling) -> bool:
    """Whether what left was covered: agency × category × purpose × date, for everybody."""
    basis: Basis = telling.fact.label.basis
    match basis:
        case OwnRecord():
            own = telling.to == telling.said.author.capacity.agency
            return own and _GRAVE.isdisjoint(telling.categories())
        case ByConsent():
            return all(
                agreed(telling, person, category)
                for person in telling.people()
                for category in telling.categories()
            )
        case BySitting():
            return heard_together(telling.said, telling.to, telling.before, basis)
        case ByStatute(article=article, reason=reason):
            return lawful(telling, article, reason)
        case Urgent(reason=reason, review_due=due):
            soon = telling.today <= due <= telling.today + timedelta(days=9)
            return soon and enough(reason)


def enough(reason: str | None) -> bool:
    return reason is not None and len(reason.replace(" ", "")) >= 10


def lawful(telling: Telling, article: str, reason: str | None) -> bool:
    """個情法69条 is for public bodies, 27条 for private ones; 106条の6第3項 only asks."""
    inside = telling.said.author.capacity.agency in _INSIDE
    asks = isinstance(telling.fact, InformationRequested)
    return {
        "kojin-69-1": True,
        "kojin-69-2": inside and enough(reason),
        "kojin-27-1": not inside and enough(reason),
        "jido-6": True,
        "shafuku-106-6-3": asks,
    }.get(article, False)


def agreed(telling: Telling, person: PersonId, category: Category) -> bool:
    """A consent of this very person, given in this cycle, not withdrawn, in force on its days."""
    since = max((r.version for r in telling.home if isinstance(r.fact, SupportReopened)), default=0)
    given = [r for r in telling.home if isinstance(r.fact, ConsentGiven) and r.version > since]
    return any(_covers(telling, each.fact, person, category) for each in given)


def _covers(telling: Telling, given: Fact, person: PersonId, category: Category) -> bool:
    assert isinstance(given, ConsentGiven)
    scope = (telling.to, category, telling.fact.purpose)
    return (
        given.person in one_with(telling.before, person)
        and _within(given, scope)
        and all(given.period.covers(day) for day in _days(telling))
        and not any(
            isinstance(r.fact, ConsentWithdrawn)
            and r.fact.consent == given.consent
            and _within(r.fact, scope)
            for r in telling.home
        )
        and _speaks(telling, given)
    )


def _within(given: ConsentGiven | ConsentWithdrawn, scope: tuple[str, Category, str]) -> bool:
    to, category, purpose = scope
    return to in given.agencies and category in given.categories and purpose in given.purposes


def _days(telling: Telling) -> list[date]:
    """The day it is recorded, and, where it is known, the day or month it happened."""
    year, *rest = telling.fact.occurred_on.split("-")
    month, day = ([int(part) for part in rest] + [1])[:2] if rest else (0, 0)
    return [telling.today, *([date(int(year), month, day)] if rest else [])]


def _speaks(telling: Telling, given: ConsentGiven) -> bool:
    """Rule 4: oneself; the parent of a minor; nobody from whom something is hidden, no 相手方."""
    if given.giver == given.person:
        return True
    whole = one_with(telling.before, given.person)
    protected = [c for each in whole for c in concealments(telling.before, each)]
    against = {p for c in protected for p in c.counterparties}
    labels = [
        (label, persons)
        for r in telling.home
        if not (isinstance(r.fact, MemberJoined) and r.fact.again)
        for label, persons, _ in (
            Piece(tightened(telling.home, r), r.fact.label.subjects),
            *(Piece(p.label, p.principals or p.label.subjects) for p in told_in(r.fact)),
        )
    ]
    walls = [label for label, about in labels if not whole.isdisjoint(about) or not about]
    moves = [r.fact for r in telling.home if isinstance(r.fact, HouseholdsMerged | HouseholdSplit)]
    came = [wall for move in moves for wall in move.walls if wall.person in whole]
    hidden = [*(wall.hidden_from for wall in walls), *(wall.hidden_from for wall in came)]
    barred = against.union(*hidden)
    child = any(is_minor(telling.before, each, telling.today) for each in whole)
    speaker = one_with(telling.before, given.giver)
    return speaker.isdisjoint(barred) and (child or given.authority != "parent")


def everybody(telling: Telling, persons: Iterable[UUID]) -> set[UUID]:
    return {each for person in persons for each in one_with(telling.before, person)}


def must_stay(telling: Telling) -> list[str]:
    """What nobody may pass on, on any basis (rules 2, 3, 21, 31)."""
    wrong = []
    for label, persons, fact in telling.pieces():
        about = everybody(telling, persons or tuple(telling.people()))
        concealed = any(concealments(telling.before, person) for person in about)
        if Tag.INFORMANT in label.tags or (fact and isinstance(fact.fact, AbuseReported)):
            wrong.append("通報者")
        if label.concealed or (Tag.LOCATION in label.tags and concealed):
            wrong.append("居場所")
        if fact and isinstance(fact.fact, NoteKept):
            wrong.append("メモ")
        own_basis = isinstance(telling.fact.label.basis, ByStatute | Urgent)
        same = telling.fact.label.basis == label.basis
        if isinstance(label.basis, BySitting) and not (own_basis or same):
            wrong.append("支援会議で知ったこと")
        hearers = everybody(telling, telling.people())
        if isinstance(telling.fact.label.basis, ByConsent) and hearers & {*label.hidden_from}:
            wrong.append("知らせてはならない人")
    return wrong
