"""相談受付・メモ・通報 as decisions ask: what is still open, and whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.events.intake import (
    AbuseReported,
    ConsultationReceived,
    ConsultationScreened,
    FactsChecked,
    IntakeFact,
    NoteDropped,
    NoteKept,
    NoteLabelled,
    ProtectionTaken,
)
from domain.recorded import Recorded, Skimmed
from domain.values import AgencyId, DeskId, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class Consultation:
    """相談受付: `version` is where it is recorded, `screened` where its result is; 0 where that is
    not known (any more).
    """

    agency: AgencyId
    fields: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    version: int = 0
    result: str | None = None
    screened: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """メモ: `version` is where it is recorded; 0 where that is not known any more."""

    keeper: StaffId
    version: int = 0
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """通報: the desk that received it, and where that is recorded."""

    agency: AgencyId
    desk: DeskId
    victim: PersonId | None
    version: int


@dataclass(frozen=True, slots=True)
class Intake:
    consultations: Mapping[UUID, Consultation] = field(default_factory=dict)
    notes: Mapping[UUID, Note] = field(default_factory=dict)
    reports: Mapping[UUID, Report] = field(default_factory=dict)

    def evolve(self, recorded: Recorded, fact: IntakeFact) -> "Intake":
        match fact:
            case ConsultationReceived():
                agency, version = fact.label.agency, recorded.version
                received = Consultation(agency, fact.fields, fact.issues, version)
                return replace(
                    self, consultations={**self.consultations, fact.consultation: received}
                )
            case ConsultationScreened():
                unknown = Consultation(fact.label.agency)
                received = self.consultations.get(fact.consultation, unknown)
                screened = replace(received, result=fact.result, screened=recorded.version)
                return replace(
                    self, consultations={**self.consultations, fact.consultation: screened}
                )
            case NoteKept():
                kept = Note(recorded.author.staff, recorded.version)
                return replace(self, notes={**self.notes, fact.note: kept})
            case NoteLabelled() | NoteDropped():
                note = self.notes.get(fact.note, Note(recorded.author.staff))
                settled = replace(note, settled=True)
                return replace(self, notes={**self.notes, fact.note: settled})
            case AbuseReported():
                label, version = fact.label, recorded.version
                report = Report(label.agency, label.desk, fact.victim, version)
                return replace(self, reports={**self.reports, fact.report: report})
            case FactsChecked() | ProtectionTaken():
                return self

    def skim(self, run: Sequence[Skimmed]) -> "Intake":
        """Of a memo is asked which it is and who keeps it, of no other such fact anything."""
        kept = {each.key: Note(each.author.staff, each.version) for each in run if each.key}
        return replace(self, notes={**self.notes, **kept}) if kept else self

    def anew(self) -> "Intake":
        """Rule 25: what was screened in an earlier cycle decides nothing in the new one."""
        waiting = {key: c for key, c in self.consultations.items() if c.result is None}
        return replace(self, consultations=waiting)

    @property
    def results(self) -> tuple[int, ...]:
        """Where the screening results of this cycle are recorded."""
        return tuple(c.screened for c in self.consultations.values() if c.result)
