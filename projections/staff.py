"""Staff (職員名簿): who holds which appointment, for the lists that let one choose a colleague."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.staff import Appointed, AppointmentEnded, StaffRegistered
from domain.gate import Item, Reader, Situation
from domain.ledger import Recorded
from domain.values import Capacity, Period
from projections.projection import Projection
from projections.reading import Group, fetch, groups, readable
from projections.table import Row, Table

STAFF = Table("staff", {"agency": "text", "desk": "text"}, ("(agency, desk)",))


def rows(recorded: Recorded) -> Iterable[Row]:
    fact = recorded.fact
    match fact:
        case StaffRegistered():
            yield Row(STAFF, "staff")
        case Appointed(appointment=key):
            yield Row(STAFF, f"appointment:{key}", {"agency": fact.agency, "desk": fact.desk})
        case AppointmentEnded(appointment=key):
            yield Row(STAFF, f"appointment:{key}")


PROJECTION = Projection("staff", 2, (STAFF,), rows)


class Appointment(NamedTuple):
    id: UUID
    capacity: Capacity
    period: Period


class Member(NamedTuple):
    """職員: the name is in the registration, sealed."""

    staff: UUID
    registered: Item | None
    appointments: tuple[Appointment, ...]


class StaffPage(NamedTuple):
    """`more` is where the next page begins, None on the last."""

    members: list[Member]
    more: UUID | None


_SELECT = """
    SELECT stream, key, told FROM projections.staff WHERE stream IN (
        SELECT DISTINCT stream FROM projections.staff
        WHERE stream > %(after)s AND (%(agency)s::text IS NULL OR agency = %(agency)s)
            AND (%(desk)s::text IS NULL OR desk = %(desk)s)
        ORDER BY stream LIMIT %(limit)s
    ) ORDER BY stream, key
"""


def staff(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    *,
    reader: Reader,
    agency: str | None = None,
    desk: str | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> StaffPage:
    """The colleagues of an agency or desk, those who left included."""
    given = {"after": after or UUID(int=0), "agency": agency, "desk": desk, "limit": limit}
    of: dict[UUID, list[Group]] = {}
    for group in groups(fetch(connection, _SELECT, given)):
        of.setdefault(group.stream, []).append(group)
    seen = {key: readable(rows, reader, Situation()) for key, rows in of.items()}
    members = [_member(key, rows) for key, rows in seen.items() if rows]
    return StaffPage(members, list(of)[-1] if len(of) == limit else None)


_REGISTERED = """
    SELECT stream, key, told FROM projections.staff WHERE stream = ANY (%s) AND key = 'staff'
"""


_ALL = "SELECT stream, key, told FROM projections.staff ORDER BY stream, key"


def everybody(connection: Connection[Any], *, reader: Reader) -> list[Member]:
    """All colleagues, those who left included, with all their appointments."""
    of: dict[UUID, list[Group]] = {}
    for group in readable(groups(fetch(connection, _ALL, ())), reader, Situation()):
        of.setdefault(group.stream, []).append(group)
    return [_member(key, rows) for key, rows in of.items()]


def registrations(
    connection: Connection[Any], ids: Iterable[UUID], *, reader: Reader
) -> list[Item]:
    """Under which name each of them was registered, sealed."""
    return names_of(registered(connection, ids), reader)


def registered(connection: Connection[Any], ids: Iterable[UUID]) -> list[Group]:
    """The same before anybody's eyes."""
    return groups(fetch(connection, _REGISTERED, (list(ids),)))


def names_of(rows: Iterable[Group], reader: Reader) -> list[Item]:
    return [row.items[0] for row in readable(rows, reader, Situation())]


def _member(staff: UUID, rows: list[Group]) -> Member:
    registered = next((row.items[0] for row in rows if row.key == "staff"), None)
    held = (_appointment(row) for row in rows if row.kind == "appointment")
    return Member(staff, registered, tuple(each for each in held if each))


def _appointment(row: Group) -> Appointment | None:
    held: Appointment | None = None
    for item in row.items:
        match item.fact:
            case Appointed() as fact:
                capacity = Capacity(agency=fact.agency, desk=fact.desk, role=fact.role)
                held = Appointment(fact.appointment, capacity, fact.period)
            case AppointmentEnded(last_day=last) if held:
                ended = Period.model_construct(start=held.period.start, end=last)
                held = held._replace(period=ended)
    return held
