"""漏えい等."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.events.rights import IncidentOpened
from domain.household import Household
from domain.incidents import (
    NotifyPerson,
    OpenIncident,
    PersonNotConcerned,
    ReportIncident,
    notify_person,
    open_incident,
    report_incident,
)
from domain.refusals import NotAMember, RoleNeeded, Unknown, UnknownCode
from tests.domain.given import CHILD, FATHER, PRIVACY, STRANGER, act, fact, household, stamp

KEY = UUID(int=131)
OFFICER = stamp(PRIVACY)


def opening(**fields: Any) -> OpenIncident:
    return act(OpenIncident, **{"kind": "incident-kinds-1", "persons": [CHILD], **fields})


def opened() -> Household:
    about = {"kind": "incident-kinds-1", "persons": [CHILD], "report_due": "2026-04-04"}
    return household(fact(IncidentOpened, incident=KEY, **about))


def test_an_incident_is_opened_with_its_first_report_due() -> None:
    [told] = open_incident(household(), opening(), OFFICER)
    assert told.report_due == date(2026, 4, 4)
    with pytest.raises(RoleNeeded):
        open_incident(household(), opening(), stamp())
    with pytest.raises(NotAMember):
        open_incident(household(), opening(persons=[STRANGER]), OFFICER)
    with pytest.raises(UnknownCode):
        open_incident(household(), opening(kind="none"), OFFICER)


def test_an_incident_is_reported() -> None:
    command = ReportIncident(to="incident-recipients-1")
    assert report_incident(opened(), command, OFFICER, incident=KEY)
    with pytest.raises(Unknown):
        report_incident(household(), command, OFFICER, incident=KEY)


def test_each_person_concerned_is_told() -> None:
    command = act(NotifyPerson, person=CHILD, method="notification-methods-1")
    assert notify_person(opened(), command, OFFICER, incident=KEY)
    other = command.model_copy(update={"person": FATHER})
    with pytest.raises(PersonNotConcerned):
        notify_person(opened(), other, OFFICER, incident=KEY)
