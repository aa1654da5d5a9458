"""最初の管理者: appointed once by whoever runs the server, for nobody is there yet to do it."""

from datetime import datetime
from uuid import UUID

from domain.appointment import AppointFirst, appoint_first
from domain.ledger import Ledger, Outcome, Stream
from domain.profile import Profile
from domain.staff import Staff, staff_id
from domain.stamp import Stamp
from domain.values import Author, Capacity, Role

_COMMAND = UUID("0f3b6a0e-6f8c-5c56-9a53-9c1c0a3a4b11")
"""The same for every first appointment, so that the ledger takes one and no other."""


def appoint_administrator(
    ledger: Ledger, profile: Profile, command: AppointFirst, at: datetime
) -> Outcome:
    """CommandIdReused when somebody else is the first administrator already."""
    staff = staff_id(command.issuer, command.subject)
    capacity = Capacity(agency=command.agency, desk=command.desk, role=Role.ADMINISTRATOR)
    stamp = Stamp(Author(staff=staff, capacity=capacity), at, _COMMAND, profile)
    return ledger.record(appoint_first, command, stamp, Stream(Staff, staff, new=True))
