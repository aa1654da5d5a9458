"""気になる閲覧を確かめる: by the privacy office, never by whoever read."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.alerts import LookIntoAlert, OwnReads, look_into_alert
from domain.events.oversight import Finding, UnusualReadLookedInto
from domain.events.staff import Appointed, StaffRegistered
from domain.gate import Denial, Grant, Item, Reader, Situation, may_read
from domain.household import Household
from domain.labels import Category
from domain.refusals import InTheFuture, RoleNeeded, Unknown
from domain.staff import Staff
from domain.values import Author, Capacity, DeskId, Role, StaffId
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


def appointed(capacity: Capacity, start: str = "2020-04-01", end: str | None = None) -> Appointed:
    period = {"start": start, "end": end}
    return fact(Appointed, appointment=uuid4(), **dict(capacity), period=period)


READER = after(Staff(id=SATO), REGISTERED, appointed(COUNSELLOR))
LOOKS = after(Staff(id=TANAKA), REGISTERED, appointed(PRIVACY))
OFFICER = stamp(PRIVACY)
HOME = Household(id=HOUSEHOLD)


def looked(**given: Any) -> LookIntoAlert:
    return act(LookIntoAlert, **{"day": TODAY.isoformat(), "finding": "improper", **given})


def test_it_is_kept_with_whoever_read() -> None:
    (told,) = look_into_alert(READER, LOOKS, HOME, looked(household=HOUSEHOLD), OFFICER)
    assert (told.day, told.household, told.finding) == (TODAY, HOUSEHOLD, Finding.IMPROPER)
    assert told.label.category is Category.ORGANISATION
    assert after(READER, told).appointments == READER.appointments


def test_a_burst_names_no_household() -> None:
    (told,) = look_into_alert(READER, LOOKS, looked(finding="work"), OFFICER)
    assert told.household is None


def test_it_rests_on_the_very_household() -> None:
    another = Household(id=uuid4())
    for households in ((), (another,), (HOME, another)):
        with pytest.raises(Unknown):
            look_into_alert(READER, LOOKS, *households, looked(household=HOUSEHOLD), OFFICER)
    with pytest.raises(Unknown):
        look_into_alert(READER, LOOKS, HOME, looked(), OFFICER)


def test_the_privacy_office_alone_says_so() -> None:
    with pytest.raises(RoleNeeded):
        look_into_alert(READER, LOOKS, looked(), stamp(COUNSELLOR))


@pytest.mark.parametrize("about", [HOUSEHOLD, None])
def test_nobody_says_so_of_their_own_reads(about: UUID | None) -> None:
    homes = [HOME] if about else []
    with pytest.raises(OwnReads):
        look_into_alert(LOOKS, LOOKS, *homes, looked(household=about), OFFICER)


COLLEAGUE = Capacity(agency=PRIVACY.agency, desk=PRIVACY.desk, role=Role.COUNSELLOR)
ELSEWHERE = Capacity(agency=PRIVACY.agency, desk=DeskId("elsewhere"), role=Role.COUNSELLOR)
YESTERDAY = (TODAY - timedelta(1)).isoformat()


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        ([appointed(COLLEAGUE)], True),
        ([appointed(COLLEAGUE, end=YESTERDAY), appointed(ELSEWHERE)], True),
        ([appointed(ELSEWHERE), appointed(COLLEAGUE, start=TODAY.isoformat())], True),
        ([appointed(COLLEAGUE, start="2019-04-01", end="2020-03-31")], False),
        ([appointed(ELSEWHERE)], False),
        ([appointed(COUNSELLOR)], False),
    ],
)
@pytest.mark.parametrize("about", [HOUSEHOLD, None])
def test_nor_of_the_reads_of_a_colleague_at_their_desk(
    held: list[Appointed], about: UUID | None, *, refused: bool
) -> None:
    """On the day of the reads, or now; the agency is too large to be a desk."""
    colleague, homes = after(Staff(id=SATO), REGISTERED, *held), [HOME] if about else []
    act_of = looked(household=about, day=YESTERDAY)
    if refused:
        with pytest.raises(OwnReads):
            look_into_alert(colleague, LOOKS, *homes, act_of, OFFICER)
    else:
        assert look_into_alert(colleague, LOOKS, *homes, act_of, OFFICER)


def test_nor_at_any_other_desk_of_theirs() -> None:
    """Whichever capacity they act in."""
    both = after(Staff(id=TANAKA), REGISTERED, appointed(PRIVACY), appointed(COUNSELLOR))
    with pytest.raises(OwnReads):
        look_into_alert(READER, both, looked(), OFFICER)


def test_nothing_is_known_of_reads_to_come() -> None:
    with pytest.raises(InTheFuture):
        look_into_alert(READER, LOOKS, looked(day=(TODAY + timedelta(1)).isoformat()), OFFICER)


@pytest.mark.parametrize(
    ("who", "capacity"), [(SUZUKI, COUNSELLOR), (SATO, COUNSELLOR), (TANAKA, PRIVACY)]
)
def test_what_was_found_is_for_the_privacy_office_alone(who: StaffId, capacity: Capacity) -> None:
    """Not for colleagues, as the register of the staff is."""
    office = label(agency=PRIVACY.agency, desk=PRIVACY.desk, category=Category.ORGANISATION)
    told = fact(UnusualReadLookedInto, day=TODAY, finding="improper", label=office)
    author = Author(staff=TANAKA, capacity=PRIVACY)
    answer = may_read(
        Reader(who, capacity, TODAY, NOON), Item(SATO, 2, author, told, 2, 2), Situation()
    )
    assert isinstance(answer, Grant if capacity is PRIVACY else Denial)
