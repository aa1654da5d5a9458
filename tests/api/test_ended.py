"""Whoever's appointment ended at another server is told nothing here from the next request on."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid4

import pytest

from api.dev_issuer import DEV_ISSUER
from domain.appointment import Appoint, EndAppointment, appoint, end_appointment
from domain.ledger import Decision, Ledger, Settings, Stream, open_ledger
from domain.staff import Staff
from domain.stamp import Stamp
from domain.values import Author, Capacity, Command, Role
from tests.api.town import ADMINISTRATOR, Town, problem, who, written
from tests.domain.given import CENTRE, CITY, PROFILE

HELD = {
    "agency": CENTRE,
    "desk": "general",
    "role": "counsellor",
    "period": {"start": "2020-04-01"},
}
INTAKE = {
    "persons": [{"nickname": "窓口の女性", "relation": "self"}],
    "route": "visit",
    "consulter": "self",
}
NOTE = {"text": "折り返し電話する。"}


@dataclass
class Elsewhere:
    """A second server of the same log, whose writes nobody here has seen."""

    ledger: Ledger

    def record(self, decide: Decision, command: Command, subject: str) -> None:
        capacity = Capacity(agency=CITY, desk="privacy", role=Role.ADMINISTRATOR)
        by = Author(staff=who(ADMINISTRATOR), capacity=capacity)
        stamp = Stamp(by, datetime.now(UTC), uuid4(), PROFILE)
        self.ledger.record(decide, command, stamp, Stream(Staff, who(subject)))

    def end(self, subject: str, appointment: UUID) -> None:
        decide = partial(end_appointment, appointment=appointment)
        self.record(decide, EndAppointment(last_day=date(2020, 5, 1)), subject)


@pytest.fixture
def elsewhere(module_database: str) -> Iterator[Elsewhere]:
    with closing(open_ledger(Settings(module_database))) as ledger:
        yield Elsewhere(ledger)


def appointed(town: Town, subject: str) -> tuple[UUID, str]:
    """Somebody new who has written already, so that this server remembers the appointment; and
    the way to the household they opened.
    """
    told = {"issuer": DEV_ISSUER, "subject": subject, "name": "山口"}
    staff = written(town.post("/staff", told, ADMINISTRATOR))
    appointment = written(town.post(f"/staff/{staff}/appointments", HELD, ADMINISTRATOR))
    household = written(town.post("/intakes", INTAKE, subject))
    return appointment, f"/households/{household}"


def test_the_next_write_is_refused_and_records_nothing(town: Town, elsewhere: Elsewhere) -> None:
    appointment, household = appointed(town, "mizuno")
    elsewhere.end("mizuno", appointment)
    head = elsewhere.ledger.head()
    problem(town.post(f"{household}/notes", NOTE, "mizuno"), 403, "NotAppointed")
    assert elsewhere.ledger.head() == head


def test_the_answer_to_an_earlier_request_is_not_repeated(town: Town, elsewhere: Elsewhere) -> None:
    (appointment, household), key = appointed(town, "kubo"), {"Idempotency-Key": str(uuid4())}
    assert town.post(f"{household}/notes", NOTE, "kubo", **key).status_code == 201
    elsewhere.end("kubo", appointment)
    problem(town.post(f"{household}/notes", NOTE, "kubo", **key), 403, "NotAppointed")


def test_nothing_is_said_of_what_there_is_or_why_it_is_refused(
    town: Town, elsewhere: Elsewhere
) -> None:
    appointment, household = appointed(town, "noda")
    elsewhere.end("noda", appointment)
    for path, body in (
        (f"/households/{uuid4()}/notes", NOTE),
        (f"{household}/lead", {"agency": "centre", "desk": "no-such-desk"}),
        (f"{household}/lead", {"agency": CENTRE, "desk": "general"}),
        (f"{household}/consents/{uuid4()}/withdrawal", {}),
    ):
        problem(town.post(path, body, "noda"), 403, "NotAppointed")


def test_who_is_appointed_again_elsewhere_may_write_here(town: Town, elsewhere: Elsewhere) -> None:
    appointment, household = appointed(town, "hirano")
    elsewhere.end("hirano", appointment)
    problem(town.post(f"{household}/notes", NOTE, "hirano"), 403, "NotAppointed")
    again = Appoint.model_validate({**HELD, "period": {"start": "2020-05-02"}})
    elsewhere.record(appoint, again, "hirano")
    assert town.post(f"{household}/notes", NOTE, "hirano").status_code == 201


def test_a_second_appointment_counts_at_once(town: Town, elsewhere: Elsewhere) -> None:
    _, household = appointed(town, "ueda")
    elsewhere.record(appoint, Appoint.model_validate({**HELD, "role": "chief"}), "ueda")
    problem(town.post(f"{household}/notes", NOTE, "ueda"), 403, "CapacityNeeded")
