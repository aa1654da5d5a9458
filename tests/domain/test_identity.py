"""本人: who somebody is and where, written so that it can be protected apart."""

from datetime import date
from typing import Any

import pytest

from domain.events.person import ConcealmentStarted, PersonsMerged, Place
from domain.household import Household
from domain.identity import (
    AgreeSafeContact,
    IdentifyPerson,
    MergePersons,
    NoteCareNeed,
    NoteVisitRisk,
    NotMerged,
    NotOnePerson,
    ProtectedAsOne,
    RecordAddress,
    UnmergePersons,
    agree_safe_contact,
    identify_person,
    merge_persons,
    note_care_need,
    note_visit_risk,
    record_address,
    unmerge_persons,
)
from domain.labels import Category, Tag
from domain.naming import Identity, PersonMergedAway
from domain.person import Person
from domain.refusals import InTheFuture, RoleNeeded, Unknown, UnknownCode
from domain.values import Sealed
from tests.domain.given import (
    CHILD,
    FATHER,
    HOUSEHOLD,
    IDENTITY,
    MOTHER,
    SHARE,
    STRANGER,
    after,
    fact,
    household,
    on,
    person,
    stamp,
)

NAMING = stamp(IDENTITY)


def hidden_from(*persons: Any) -> ConcealmentStarted:
    given = {"concealment": SHARE, "threat": "dv", "until": "2027-03-31"}
    return fact(ConcealmentStarted, counterparties=persons, **given)


def identifying(**fields: Any) -> IdentifyPerson:
    return IdentifyPerson.model_validate({"name": "芦屋太郎", "kana": "あしやたろう", **fields})


def test_a_person_is_identified_with_the_year_of_birth_in_the_clear() -> None:
    command = identifying(birth_date="令和元年5月1日", sex="male", phones=["090"])
    (identified,) = identify_person(person(), household(), command, stamp())
    assert (identified.birth_date, identified.birth_year) == ("2019-05-01", 2019)
    assert identified.label.category is Category.IDENTITY
    assert identified.label.subjects == (CHILD,)
    known = person(identified)
    assert known.identified
    assert known.is_minor(date(2036, 12, 31))
    assert not known.is_minor(date(2037, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"birth_date": "令和9年1月1日"}, InTheFuture),
        ({"confirmed_by": "moon"}, UnknownCode),
    ],
)
def test_an_identity_is_possible(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        identify_person(person(), household(), identifying(**wrong), stamp())


def test_somebody_of_another_household_is_not_there() -> None:
    with pytest.raises(Unknown):
        identify_person(person(id=STRANGER), household(), identifying(), stamp())
    with pytest.raises(Unknown):
        identify_person(person(), Household(id=HOUSEHOLD), identifying(), stamp())


def test_a_person_found_to_be_another_is_written_of_there() -> None:
    merged = person(fact(PersonsMerged, absorbed=CHILD, survivor=MOTHER))
    with pytest.raises(PersonMergedAway):
        identify_person(merged, household(), identifying(), stamp())


def living(**fields: Any) -> RecordAddress:
    return RecordAddress.model_validate({"place": "residence", "text": "大原町1-2", **fields})


def test_an_address_is_marked_as_a_place_and_dated() -> None:
    (recorded,) = record_address(person(), household(), living(area="north"), stamp())
    assert (recorded.place, recorded.period.start) == (Place.RESIDENCE, date(2026, 4, 1))
    assert recorded.label.tags == (Tag.LOCATION,)
    assert not recorded.label.concealed
    (earlier,) = record_address(
        person(), household(), living(period={"start": "2020-01-01"}), stamp()
    )
    assert earlier.period.start == date(2020, 1, 1)
    with pytest.raises(UnknownCode):
        record_address(person(), household(), living(area="moon"), stamp())


def test_where_a_concealed_person_is_is_concealed_from_the_moment_it_is_written() -> None:
    protected = person(hidden_from(FATHER))
    (recorded,) = record_address(protected, household(), living(place="school"), stamp())
    assert recorded.label.concealed
    assert recorded.label.hidden_from == (FATHER,)
    (other,) = record_address(person(), household(), living(concealed=True), stamp())
    assert other.label.concealed


def test_how_to_reach_somebody_safely_is_hidden_from_the_counterparty() -> None:
    command = AgreeSafeContact.model_validate({"times": "平日の昼", "family_unaware": True})
    (agreed,) = agree_safe_contact(person(hidden_from(FATHER)), household(), command, stamp())
    assert agreed.label.hidden_from == (FATHER,)


def test_care_and_risk_are_of_the_lists() -> None:
    care = NoteCareNeed.model_validate({"kinds": ["care-needs-1"], "narrative": "手話"})
    (needed,) = note_care_need(person(), household(), care, stamp())
    assert needed.narrative[0].principals == (CHILD,)
    assert needed.label.category is Category.CONSULTATION
    (noted,) = note_visit_risk(person(), household(), NoteVisitRisk(level="visit-risks-1"), stamp())
    assert noted.level == "visit-risks-1"
    with pytest.raises(UnknownCode):
        note_care_need(person(), household(), NoteCareNeed(kinds=("moon",)), stamp())
    with pytest.raises(UnknownCode):
        note_visit_risk(person(), household(), NoteVisitRisk(level="moon"), stamp())


MERGE = MergePersons(absorbed=STRANGER)


def test_two_records_of_one_person_say_so_on_both() -> None:
    facts = merge_persons(person(), person(id=STRANGER), MERGE, NAMING)
    survivor = after(person(), *on(CHILD, facts, CHILD))
    absorbed = after(person(id=STRANGER), *on(STRANGER, facts, CHILD))
    assert survivor.absorbed == {STRANGER}
    assert absorbed.absorbed_by == CHILD
    assert merge_persons(survivor, absorbed, MERGE, NAMING) == []
    command = UnmergePersons.model_validate({"absorbed": STRANGER, "reason": "別人だった"})
    back = unmerge_persons(survivor, absorbed, command, NAMING)
    assert after(absorbed, *on(STRANGER, back, CHILD)).absorbed_by is None
    assert after(survivor, *on(CHILD, back, CHILD)).absorbed == frozenset()
    with pytest.raises(NotMerged):
        unmerge_persons(person(), person(id=STRANGER), command, NAMING)


def test_who_was_protected_as_one_person_is_parted_when_each_is_protected() -> None:
    """Rule 23: or a 支援措置 would end for one of them by what no two people decided."""
    merged = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    more = fact(PersonsMerged, absorbed=MOTHER, survivor=CHILD)
    command = UnmergePersons.model_validate({"absorbed": STRANGER, "reason": "別人だった"})
    open_, other = person(merged, id=STRANGER), person(more, id=MOTHER)
    kept = person(merged, hidden_from(FATHER), id=STRANGER)
    for survivor, absorbed in (
        (person(merged, hidden_from(FATHER)), open_),
        (person(merged), kept),
        (person(merged, hidden_from()), kept),
    ):
        with pytest.raises(ProtectedAsOne):
            unmerge_persons(survivor, absorbed, command, NAMING)
    assert unmerge_persons(person(merged, hidden_from(FATHER)), kept, command, NAMING)
    three, protected = person(merged, more), person(more, hidden_from(FATHER), id=MOTHER)
    with pytest.raises(ProtectedAsOne):
        unmerge_persons(three, open_, protected, command, NAMING)
    with pytest.raises(ProtectedAsOne):
        unmerge_persons(three, open_, command, NAMING)
    assert unmerge_persons(three, kept, protected, command, NAMING)
    assert unmerge_persons(three, open_, other, command, NAMING)


def test_nobody_is_one_with_their_own_counterparty() -> None:
    stranger = person(id=STRANGER)
    child = person(hidden_from(STRANGER))
    with pytest.raises(NotOnePerson):
        merge_persons(child, stranger, MERGE, NAMING)
    with pytest.raises(NotOnePerson):
        merge_persons(stranger, child, MergePersons(absorbed=CHILD), NAMING)


def test_who_is_already_somebody_else_is_not_merged_again() -> None:
    gone = person(fact(PersonsMerged, absorbed=STRANGER, survivor=MOTHER), id=STRANGER)
    for survivor, absorbed in ((person(), gone), (gone, person())):
        with pytest.raises(NotOnePerson):
            merge_persons(survivor, absorbed, MergePersons(absorbed=_id(absorbed)), NAMING)
    with pytest.raises(NotOnePerson):
        merge_persons(person(), person(), MergePersons(absorbed=CHILD), NAMING)


def _id(state: Person) -> Any:
    return state.id


def test_naming_is_the_work_of_its_desk_and_about_the_person_named() -> None:
    with pytest.raises(RoleNeeded):
        merge_persons(person(), person(id=STRANGER), MERGE, stamp())
    with pytest.raises(Unknown):
        merge_persons(person(), person(id=MOTHER), MERGE, NAMING)


def test_a_birth_date_that_is_sealed_is_not_looked_at_again() -> None:
    sealed = Sealed("封1.1.birth_date.7.abc")
    assert Identity(birth_date=sealed).birth_date is sealed
