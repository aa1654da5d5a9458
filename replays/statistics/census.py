"""集計の元帳 (Census): what can be counted of the log, gathered in one pass.

Codes, dates and ids alone are kept: no key is needed, and no text can get into a number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.ledger import Ledger, Recorded
from domain.profile import Kpi, Profile
from domain.values import JST, Personal, earliest, latest

_PAGE = 5_000
KEPT: Mapping[str, tuple[str, ...]] = {
    "HouseholdOpened": ("area", "household_type"),
    "MemberJoined": ("person", "membership"),
    "MemberLeft": ("person",),
    "HouseholdSplit": ("source", "target", "persons"),
    "HouseholdsMerged": ("source", "target", "persons"),
    "PersonNoted": ("sex", "birth_year"),
    "PersonIdentified": ("sex", "birth_year"),
    "PersonsMerged": ("absorbed", "survivor"),
    "PersonsUnmerged": ("absorbed", "survivor"),
    "ConcealmentStarted": ("concealment",),
    "ConcealmentEnded": ("concealment",),
    "ConsultationReceived": ("consultation", "route", "fields", "consulter", "urgency"),
    "ConsultationScreened": ("consultation", "result", "next_step"),
    "ReferralMade": ("referral", "to_agency"),
    "ReferralAccepted": ("referral",),
    "ReferralReturned": ("referral",),
    "EligibilityJudged": ("eligible",),
    "SittingConvened": ("body", "held_on"),
    "AgendaItemAdded": ("item", "basis", "kind"),
    "PresenceRecorded": ("item",),
    "SittingCancelled": (),
    "BroughtToSitting": ("sitting", "item"),
    "MeetingDecided": ("decision", "kind"),
    "CaseStudied": ("sitting", "item"),
    "PlanDecided": ("plan", "replaces"),
    "PlanNotReached": ("reason",),
    "OutreachAttempted": ("outreach", "person", "method"),
    "ContactMade": ("outreach", "person", "method", "met_person", "consented"),
    "EntryServiceUsed": ("person", "service"),
    "ParticipationMatched": ("participation", "person", "resource", "kind"),
    "ParticipationStarted": ("participation",),
    "ParticipationFollowedUp": ("participation", "settled"),
    "ParticipationEnded": ("participation", "reason"),
    "GuardianAppointed": ("person", "kind"),
    "SupportClosed": ("reason",),
    "SupportSuspended": ("reason",),
    "SupportReopened": ("reason", "cycle"),
    "ResourceRegistered": ("kind", "area", "newly_created"),
    "ResourceRetired": (),
}
"""Of each kind of fact that is counted, the codes, days and ids that counting asks for."""
_CORRECTIONS = ("FactCorrected", "MisfiledRecordWithdrawn")
_OF_LABEL = "label."


class Place(NamedTuple):
    """記録の所在: one fact."""

    stream: UUID
    version: int


class Entry(NamedTuple):
    """数えられる記録: `agency` is whose record it is; `said` are its codes, days and ids."""

    place: Place
    position: int
    recorded_on: date
    occurred: str
    kind: str
    agency: str
    said: Mapping[str, Any]

    @property
    def stream(self) -> UUID:
        return self.place.stream

    @property
    def day(self) -> date:
        """The day it counts on; where none is told, the possible one nearest its recording."""
        return max(earliest(self.occurred), min(self.recorded_on, latest(self.occurred)))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.said[name]
        except KeyError:
            raise AttributeError(name) from None


class Correction(NamedTuple):
    """訂正・取下げ: from this position on, the fact at that place reads so, or is gone."""

    position: int
    of: Place
    entry: Entry | None


class NotACode(TypeError):
    """A target asks for what may be words about somebody; only codes, days and ids are counted."""


class Census:
    """Grows with the log; the same census answers for every period and every closing day."""

    def __init__(self, profile: Profile) -> None:
        self.entries: dict[Place, Entry] = {}
        self.corrections: list[Correction] = []
        self.position = 0
        self._kept = _with_targets(profile.kpis)

    @property
    def kinds(self) -> frozenset[str]:
        """What it asks the log for; the rest need not even be decoded."""
        return frozenset((*self._kept, *_CORRECTIONS))

    @property
    def households(self) -> list[UUID]:
        """All whose record was ever opened."""
        return [each.stream for each in self.entries.values() if each.kind == "HouseholdOpened"]

    def follow(self, ledger: Ledger, progress: Callable[[int], None] = lambda _: None) -> None:
        """One pass over what is new in the log."""
        decode, kinds = ledger.mapper.decode, self.kinds
        while rows := ledger.page(self.position, _PAGE):
            for row in rows:
                if row[2] in kinds:
                    self.hear(decode(row))
            self.position = rows[-1][4]
            progress(self.position)

    def hear(self, recorded: Recorded) -> None:
        match recorded.fact:
            case FactCorrected(of=of, replacement=replacement) if of < recorded.version:
                place = Place(recorded.stream, of)
                self._correct(recorded, place, self._corrected(place, replacement))
            case MisfiledRecordWithdrawn(facts=facts):
                for of in facts:
                    if of < recorded.version:
                        self._correct(recorded, Place(recorded.stream, of), None)
            case _ if (kind := recorded.kind.__name__) in self._kept:
                place = Place(recorded.stream, recorded.version)
                on = recorded.recorded_at.astimezone(JST).date()
                self.entries[place] = self._entry(place, recorded.position, on, kind, recorded.fact)
            case _:
                pass

    def _corrected(self, place: Place, fact: Fact | None) -> Entry | None:
        """It stays where it was recorded, and on the day it was."""
        first = self.entries.get(place)
        if fact is None or first is None:
            return None
        kind = type(fact).__name__
        return self._entry(place, first.position, first.recorded_on, kind, fact)

    def _correct(self, recorded: Recorded, place: Place, entry: Entry | None) -> None:
        if place in self.entries:
            self.corrections.append(Correction(recorded.position, place, entry))

    def _entry(self, place: Place, position: int, on: date, kind: str, fact: Fact) -> Entry:
        said = {name: _code(fact, name) for name in self._kept.get(kind, ())}
        return Entry(place, position, on, fact.occurred_on, kind, fact.label.agency, said)

    def as_of(self, position: int) -> Iterator[Entry]:
        """In the order of the log, as they read when the log stood there."""
        told = self._told(position)
        for place, entry in self.entries.items():
            if entry.position <= position and (now := told.get(place, entry)):
                yield now

    def readings(self, places: Iterable[Place], position: int) -> dict[Place, Entry | None]:
        """How some facts read then; None of what was not known, or taken back."""
        told, entries = self._told(position), self.entries
        return {
            place: told.get(place, entries[place]) if entries[place].position <= position else None
            for place in places
        }

    def _told(self, position: int) -> dict[Place, Entry | None]:
        return {each.of: each.entry for each in self.corrections if each.position <= position}


def _with_targets(kpis: tuple[Kpi, ...]) -> Mapping[str, tuple[str, ...]]:
    """What the targets of the municipality ask for besides."""
    kept = {kind: dict.fromkeys(names) for kind, names in KEPT.items()}
    for kpi in kpis:
        for kind in kpi.facts:
            asked = [each.field for each in kpi.where if not each.field.startswith(_OF_LABEL)]
            kept.setdefault(kind, {}).update(dict.fromkeys(asked))
            if kpi.of == "person":
                kept[kind]["person"] = None
    return {kind: tuple(names) for kind, names in kept.items()}


def _code(fact: Fact, name: str) -> Any:
    value = getattr(fact, name, None)
    if isinstance(value, Personal) or (name == "narrative" and value is not None):
        raise NotACode(f"{type(fact).__name__}.{name}")
    return value


def census_of(
    ledger: Ledger, profile: Profile, progress: Callable[[int], None] = lambda _: None
) -> Census:
    found = Census(profile)
    found.follow(ledger, progress)
    return found


def end_of(day: date) -> datetime:
    """The last moment of a Japanese day: what was recorded until then was known at its end."""
    return datetime.combine(day, time.max, JST)
