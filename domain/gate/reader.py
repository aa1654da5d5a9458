"""The reader (閲覧者): who reads, in which capacity, when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.values import Capacity, StaffId

_AFTER_ALL = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reader:
    """A staff member in a capacity held today; there is no reader without an appointment.

    Whoever does not say at which moment finds whatever is open for hours alone run out.
    """

    staff: StaffId
    capacity: Capacity
    today: date
    at: datetime = _AFTER_ALL
    others: tuple[Capacity, ...] = ()
    """What else they hold today. It opens nothing; the walls ask for it, as a person acts for
    somebody, and not a desk.
    """

    @property
    def held(self) -> tuple[Capacity, ...]:
        return self.capacity, *self.others
