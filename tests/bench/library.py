"""The other side: the library as its documentation has it — @event aggregates, its own transcoder,
its recorder, its projection runner — with the same information in the facts.
"""

# ruff: noqa: ARG002, FBT001, PLR0913, PLR0917 - a method's parameters are what its event says

from functools import singledispatchmethod
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier
from pydantic_core import to_json

Said = dict[str, Any]


def environment(url: str, savers: int = 5) -> dict[str, str]:
    where = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(where["dbname"]),
        "POSTGRES_HOST": str(where["host"]),
        "POSTGRES_PORT": str(where.get("port", 5432)),
        "POSTGRES_USER": str(where["user"]),
        "POSTGRES_PASSWORD": str(where.get("password", "")),
        "POSTGRES_POOL_SIZE": str(savers),
    }


class Household(Aggregate):
    """世帯, as the library's user guide would write it."""

    @event("Opened")
    def __init__(self, *, label: Said, author: Said) -> None:
        self.agency = label["agency"]
        self.author = author
        self.attempts = 0
        self.last_contact: str | None = None
        self.services: list[str] = []
        self.notes: list[UUID] = []

    @event("OutreachAttempted")
    def attempt_outreach(
        self,
        outreach: UUID,
        person: UUID,
        method: str,
        occurred_on: str,
        narrative: list[Said],
        label: Said,
        author: Said,
    ) -> None:
        self.attempts += 1

    @event("ContactMade")
    def make_contact(
        self,
        outreach: UUID,
        person: UUID,
        method: str,
        met_person: bool,
        consented: bool,
        occurred_on: str,
        narrative: list[Said],
        label: Said,
        author: Said,
    ) -> None:
        self.last_contact = occurred_on

    @event("EntryServiceUsed")
    def use_entry_service(
        self,
        person: UUID,
        service: str,
        occurred_on: str,
        narrative: list[Said],
        label: Said,
        author: Said,
    ) -> None:
        self.services = [*self.services[-10:], service]

    @event("NoteKept")
    def keep_note(
        self, note: UUID, text: str, label_by: str, occurred_on: str, label: Said, author: Said
    ) -> None:
        self.notes = [*self.notes[-10:], note]


class Households(Application[UUID]):
    name = "households"


class CaseView(PostgresTrackingRecorder):
    """The table that our case view writes, a row per thing and what was told of it."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.check_identifier_length("case_view")
        table = Identifier(datastore.schema, "case_view")
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {0} (stream uuid NOT NULL, key text NOT NULL, "
                "told text NOT NULL DEFAULT '', PRIMARY KEY (stream, key))"
            ).format(table)
        )
        self._tell = SQL(
            "INSERT INTO {0} AS t (stream, key, told) VALUES (%s, %s, %s) "
            "ON CONFLICT (stream, key) DO UPDATE SET told = t.told || excluded.told"
        ).format(table)

    def tell(self, stream: UUID, key: str, told: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._tell, (stream, key, told), prepare=True)


class CaseProjection(Projection[CaseView]):
    name = "case"

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def opened(self, domain_event: Household.Opened, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self._tell(domain_event, "household", tracking)

    @process_event.register
    def attempted(self, domain_event: Household.OutreachAttempted, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self._tell(domain_event, f"outreach:{domain_event.outreach}", tracking)

    @process_event.register
    def met(self, domain_event: Household.ContactMade, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self._tell(domain_event, f"outreach:{domain_event.outreach}", tracking)

    @process_event.register
    def used(self, domain_event: Household.EntryServiceUsed, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self._tell(domain_event, f"entry-service:{domain_event.originator_version}", tracking)

    @process_event.register
    def kept(self, domain_event: Household.NoteKept, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self._tell(domain_event, f"note:{domain_event.note}", tracking)

    def _tell(self, domain_event: Any, key: str, tracking: Tracking) -> None:
        told = to_json(vars(domain_event)).decode()
        self.view.tell(domain_event.originator_id, key, told, tracking)
