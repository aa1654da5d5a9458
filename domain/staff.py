"""The staff member (職員) as identity asks: which appointments, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, cast
from uuid import UUID, uuid5

from domain.events import StaffFact
from domain.events.oversight import UnusualReadLookedInto
from domain.events.staff import Appointed, AppointmentEnded, StaffRegistered
from domain.recorded import Recorded
from domain.values import Capacity, Period, StaffId

_SUBJECTS = UUID("5b1f7a52-7e0c-5d5e-9d5b-2d6f1c0a6e11")


def staff_id(issuer: str, subject: str) -> StaffId:
    """One stream per identity: whoever the issuer calls `subject` is this staff member, however
    often asked.
    """
    return StaffId(uuid5(_SUBJECTS, f"{issuer}\n{subject}"))


@dataclass(frozen=True, slots=True)
class Appointment:
    capacity: Capacity
    period: Period


@dataclass(frozen=True, slots=True)
class Staff:
    kind: ClassVar[str] = "staff"

    id: UUID
    version: int = 0
    appointments: Mapping[UUID, Appointment] = field(default_factory=dict)

    def evolve(self, recorded: Recorded) -> "Staff":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("StaffFact | UnusualReadLookedInto", recorded.fact)
        changed = {**self.appointments, **self._changed(fact)}
        return replace(self, version=recorded.version, appointments=changed)

    def _changed(self, fact: StaffFact | UnusualReadLookedInto) -> dict[UUID, Appointment]:
        match fact:
            case StaffRegistered() | UnusualReadLookedInto():
                return {}
            case Appointed():
                capacity = Capacity(agency=fact.agency, desk=fact.desk, role=fact.role)
                return {fact.appointment: Appointment(capacity, fact.period)}
            case AppointmentEnded():
                return self._ended(fact.appointment, fact.last_day)

    def _ended(self, key: UUID, last_day: date) -> dict[UUID, Appointment]:
        if key not in self.appointments:
            return {}
        held = self.appointments[key]
        # An appointment ended before it began covers no day.
        period = Period.model_construct(start=held.period.start, end=last_day)
        return {key: replace(held, period=period)}

    def capacities(self, day: date) -> dict[UUID, Capacity]:
        """The capacities held on that day, by appointment."""
        return {
            key: held.capacity for key, held in self.appointments.items() if held.period.covers(day)
        }
