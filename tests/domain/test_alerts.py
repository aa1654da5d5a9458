"""気になる閲覧を確かめる: by the privacy office, never by whoever read."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.alerts import LookIntoAlert, OwnReads, look_into_alert
from domain.events.oversight import Finding, UnusualReadLookedInto
from domain.events.staff import StaffRegistered
from domain.gate import Denial, Grant, Item, Reader, Situation, may_read
from domain.household import Household
from domain.labels import Category
from domain.refusals import InTheFuture, RoleNeeded, Unknown
from domain.staff import Staff
from domain.values import Author, Capacity, StaffId
from tests.domain.given import (
    COUNSELLOR,
    HOUSEHOLD,
    NOON,
    PRIVACY,
    SATO,
    SUZUKI,
    TANAKA,
    TODAY,
    act,
    after,
    fact,
    label,
    stamp,
)

REGISTERED = fact(StaffRegistered, issuer="https://id.example", subject="sato", name="佐藤")
READER = after(Staff(id=SATO), REGISTERED)
OFFICER = stamp(PRIVACY)
HOME = Household(id=HOUSEHOLD)


def looked(**given: Any) -> LookIntoAlert:
    return act(LookIntoAlert, **{"day": TODAY.isoformat(), "finding": "improper", **given})


def test_it_is_kept_with_whoever_read() -> None:
    (told,) = look_into_alert(READER, HOME, looked(household=HOUSEHOLD), OFFICER)
    assert (told.day, told.household, told.finding) == (TODAY, HOUSEHOLD, Finding.IMPROPER)
    assert told.label.category is Category.ORGANISATION
    assert after(READER, told).appointments == READER.appointments


def test_a_burst_names_no_household() -> None:
    (told,) = look_into_alert(READER, looked(finding="work"), OFFICER)
    assert told.household is None


def test_it_rests_on_the_very_household() -> None:
    another = Household(id=uuid4())
    for households in ((), (another,), (HOME, another)):
        with pytest.raises(Unknown):
            look_into_alert(READER, *households, looked(household=HOUSEHOLD), OFFICER)
    with pytest.raises(Unknown):
        look_into_alert(READER, HOME, looked(), OFFICER)


def test_the_privacy_office_alone_says_so() -> None:
    with pytest.raises(RoleNeeded):
        look_into_alert(READER, looked(), stamp(COUNSELLOR))


def test_nobody_says_so_of_their_own_reads() -> None:
    with pytest.raises(OwnReads):
        look_into_alert(READER, looked(), stamp(PRIVACY, SATO))


def test_nothing_is_known_of_reads_to_come() -> None:
    with pytest.raises(InTheFuture):
        look_into_alert(READER, looked(day=(TODAY + timedelta(1)).isoformat()), OFFICER)


@pytest.mark.parametrize(
    ("who", "capacity"), [(SUZUKI, COUNSELLOR), (SATO, COUNSELLOR), (TANAKA, PRIVACY)]
)
def test_what_was_found_is_for_the_privacy_office_alone(who: StaffId, capacity: Capacity) -> None:
    """Not for colleagues, as the register of the staff is."""
    office = label(agency=PRIVACY.agency, desk=PRIVACY.desk, category=Category.ORGANISATION)
    told = fact(UnusualReadLookedInto, day=TODAY, finding="improper", label=office)
    author = Author(staff=TANAKA, capacity=PRIVACY)
    answer = may_read(
        Reader(who, capacity, TODAY, NOON), Item(SATO, 2, author, told, 2), Situation()
    )
    assert isinstance(answer, Grant if capacity is PRIVACY else Denial)
