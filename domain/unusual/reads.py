"""閲覧の一行: what the 閲覧簿 says of one household in one read; no word about anybody."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.unusual.thresholds import LISTS
from domain.values import JST, AgencyId, Capacity, DeskId, Role, StaffId


class ReceiptRef(NamedTuple):
    """控えの所在."""

    stream: UUID
    version: int


class Outcome(StrEnum):
    SHOWN = "shown"
    REFUSED = "refused"


class ReadLine(NamedTuple):
    """A receipt that names several households is a line for each; a search that found none is one
    line without a household.
    """

    staff: StaffId
    agency: AgencyId
    desk: DeskId
    role: Role
    at: datetime
    household: UUID | None
    persons: tuple[UUID, ...]
    purpose: str
    view: str
    outcome: Outcome
    receipt: ReceiptRef

    @property
    def day(self) -> date:
        return self.at.astimezone(JST).date()

    @property
    def capacity(self) -> Capacity:
        return Capacity(agency=self.agency, desk=self.desk, role=self.role)

    @property
    def opens(self) -> bool:
        """Whether a household was opened, not merely listed among others."""
        return self.household is not None and self.view not in LISTS
