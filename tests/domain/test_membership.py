"""世帯と世帯員: who belongs, since when, and where a household came from."""

from typing import Any

import pytest

from domain.basis import HandedOverWithoutBasis, ReasonNeeded
from domain.conditions import HouseholdMerged
from domain.events import On
from domain.events.consent import ConsentGiven
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    Leaving,
    MemberJoined,
    MemberLeft,
    Membership,
)
from domain.events.person import PersonIdentified, PersonNoted, PersonsMerged
from domain.events.referral import LeadAgencyNamed
from domain.events.support import GuardianAppointed, SupportClosed
from domain.household import Household
from domain.labels import ByConsent, ByStatute, Tag, Urgent
from domain.membership import (
    JoinHousehold,
    LeaveHousehold,
    LeftBeforeJoining,
    NobodyStays,
    NotePerson,
    OpenHousehold,
    PartedByOneSide,
    SplitHousehold,
    join_household,
    leave_household,
    note_person,
    open_household,
    split_household,
)
from domain.naming import PersonMergedAway
from domain.person import Person
from domain.refusals import (
    AlreadyRecorded,
    InTheFuture,
    NotAMember,
    RoleNeeded,
    Unknown,
    UnknownCode,
)
from domain.values import Personal
from tests.domain.deliberated import consent
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    FATHER,
    HOUSEHOLD,
    IDENTITY,
    MOTHER,
    OTHER_HOUSEHOLD,
    PROTECTION,
    STRANGER,
    TANAKA,
    TODAY,
    after,
    bare,
    fact,
    household,
    label,
    on,
    person,
    stamp,
)
from tests.domain.test_sharing import consultation

OTHER = stamp(IDENTITY)
URGENT = Urgent(reason=Personal("命の危険が迫っているため"), review_due=TODAY)
HASTY = Urgent(reason=Personal("急ぐ"), review_due=TODAY)


def other(*facts: Any) -> Household:
    return bare(fact(HouseholdOpened), *facts, id=OTHER_HOUSEHOLD)


def noting(**fields: Any) -> NotePerson:
    return NotePerson.model_validate({"relation": "child", **fields})


def test_a_household_may_exist_with_nobody_identified_and_has_a_lead_from_the_start() -> None:
    opened, lead = open_household(bare(), OpenHousehold(area="north"), stamp())
    assert isinstance(opened, HouseholdOpened)
    assert opened.area == "north"
    assert isinstance(lead, LeadAgencyNamed)
    assert (lead.agency, lead.desk, lead.staff) == ("centre", "general", TANAKA)


def test_a_household_is_opened_once() -> None:
    with pytest.raises(AlreadyRecorded):
        open_household(household(), OpenHousehold(), stamp())


def test_the_area_is_one_of_the_municipality() -> None:
    with pytest.raises(UnknownCode):
        open_household(bare(), OpenHousehold(area="moon"), stamp())


def test_whoever_keeps_the_ledger_opens_no_case() -> None:
    with pytest.raises(RoleNeeded):
        open_household(bare(), OpenHousehold(), stamp(IDENTITY))


def test_somebody_known_by_a_nickname_only_becomes_a_member() -> None:
    facts = note_person(household(), Person(id=STRANGER), noting(nickname="ゆうちゃん"), stamp())
    new = stamp().new_id("person")
    (noted,) = on(new, facts, HOUSEHOLD)
    (member,) = on(HOUSEHOLD, facts, HOUSEHOLD)
    assert isinstance(noted, PersonNoted)
    assert isinstance(member, MemberJoined)
    assert (noted.nickname, member.person, member.since) == ("ゆうちゃん", new, "unknown")
    assert noted.label.subjects == member.label.subjects == (new,)


def test_a_japanese_birth_date_is_normalised_and_the_year_kept_in_the_clear() -> None:
    command = noting(name="芦屋花子", kana="あしやはなこ", birth_date="平成20年4月2日")
    (identified, _) = note_person(household(), Person(id=STRANGER), command, stamp())
    assert isinstance(identified, On)
    assert isinstance(identified.fact, PersonIdentified)
    assert (identified.fact.birth_date, identified.fact.birth_year) == ("2008-04-02", 2008)


def test_nickname_and_name_are_both_kept() -> None:
    command = noting(name="芦屋花子", kana="あしやはなこ", nickname="はなちゃん", birth_year=2008)
    facts = note_person(household(), Person(id=STRANGER), command, stamp())
    kinds = [type(fact) for fact in on(stamp().new_id("person"), facts, HOUSEHOLD)]
    assert kinds == [PersonNoted, PersonIdentified]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "花子"},
        {"birth_date": "2008-04-02"},
        {"name": "花", "kana": "はな", "birth_date": "unknown"},
        {"name": "花", "kana": "はな", "birth_date": "きのう"},
    ],
)
def test_a_name_comes_with_its_kana_and_a_birth_date_is_a_date(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="NotePerson"):
        noting(**wrong)


@pytest.mark.parametrize("born", [{"birth_date": "2026-04-02"}, {"birth_year": 2027}])
def test_nobody_is_born_in_the_future(born: dict[str, Any]) -> None:
    command = noting(name="花", kana="はな", **born)
    with pytest.raises(InTheFuture):
        note_person(household(), Person(id=STRANGER), command, stamp())


def test_nobody_joins_in_the_future() -> None:
    with pytest.raises(InTheFuture):
        note_person(household(), Person(id=STRANGER), noting(since="2026-05"), stamp())


def test_a_relation_is_one_of_the_list() -> None:
    with pytest.raises(UnknownCode):
        note_person(household(), Person(id=STRANGER), noting(relation="robot"), stamp())


def test_a_household_merged_away_takes_nothing_in() -> None:
    merged = fact(HouseholdsMerged, source=HOUSEHOLD, target=OTHER_HOUSEHOLD, persons=())
    with pytest.raises(HouseholdMerged):
        note_person(household(merged), Person(id=STRANGER), noting(), stamp())


def test_a_protection_desk_writes_no_case_it_has_nothing_to_do_with() -> None:
    with pytest.raises(Unknown):
        note_person(household(), Person(id=STRANGER), noting(), stamp(PROTECTION))


def joining(**fields: Any) -> JoinHousehold:
    return JoinHousehold.model_validate({"person": STRANGER, "relation": "child", **fields})


def test_a_known_person_joins_dated_and_typed() -> None:
    command = joining(membership="apart", since="2024")
    (member,) = join_household(household(), person(id=STRANGER), command, stamp())
    assert (member.membership, member.since) == (Membership.APART, "2024")


def test_joining_again_says_that_the_kind_of_membership_changed() -> None:
    again = joining(person=CHILD, membership="apart")
    (member,) = join_household(household(), person(), again, stamp())
    assert member.membership is Membership.APART
    with pytest.raises(AlreadyRecorded):
        join_household(household(), person(), joining(person=CHILD, relation="unknown"), stamp())


def test_a_person_the_agency_never_met_is_not_there() -> None:
    never_met = bare_person(agency=CITY)
    with pytest.raises(Unknown):
        join_household(household(), never_met, joining(), stamp())
    with pytest.raises(Unknown):
        join_household(household(), person(id=CHILD), joining(), stamp())


def bare_person(agency: str) -> Person:
    return after(Person(id=STRANGER), fact(PersonNoted, label=label(agency=agency)))


def test_whoever_was_found_to_be_somebody_else_joins_as_that_one() -> None:
    merged = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    with pytest.raises(PersonMergedAway):
        join_household(household(), person(merged, id=STRANGER), joining(), stamp())


def leaving(**fields: Any) -> LeaveHousehold:
    return LeaveHousehold.model_validate({"reason": "moved-out", **fields})


def test_a_member_leaves_and_where_to_is_marked_as_a_place() -> None:
    command = leaving(destination="隣の市")
    (left,) = leave_household(household(), command, stamp(), person=CHILD)
    assert left.label.tags == (Tag.LOCATION,)
    assert left.label.subjects == (CHILD,)
    gone = household(left)
    assert not gone.people.includes(CHILD)
    assert gone.people.ever_included(CHILD)


def test_death_is_recorded_also_where_the_support_has_ended() -> None:
    closed = household(fact(SupportClosed, reason="closure-reasons-1"))
    (left,) = leave_household(closed, leaving(reason=Leaving.DIED), stamp(), person=FATHER)
    assert left.reason is Leaving.DIED
    assert household(left).people.members[FATHER].died


def test_only_a_member_leaves() -> None:
    with pytest.raises(NotAMember):
        leave_household(household(), leaving(), stamp(), person=STRANGER)


def test_nobody_leaves_before_joining() -> None:
    with pytest.raises(LeftBeforeJoining):
        leave_household(household(), leaving(occurred_on="2020-03"), stamp(), person=CHILD)


def consented(**fields: Any) -> ConsentGiven:
    scope = {"agencies": ("school",), "categories": ("family",), "purposes": ("support",)}
    return consent(**{**scope, **fields})


@pytest.mark.parametrize(
    "basis",
    [
        ByConsent(consent=CONSENT),
        ByStatute(article="jido-6"),
        URGENT,
    ],
)
def test_what_is_handed_over_on_moving_rests_on_a_basis(basis: Any) -> None:
    command = leaving(handed_over=True, basis=basis)
    (left,) = leave_household(household(consented()), command, stamp(), person=CHILD)
    assert left.handed_over
    assert left.label.basis == basis


@pytest.mark.parametrize(
    ("basis", "refusal"),
    [
        (None, HandedOverWithoutBasis),
        (ByConsent(consent=HOUSEHOLD), HandedOverWithoutBasis),
        (HASTY, ReasonNeeded),
        (ByStatute(article="moon-1"), UnknownCode),
    ],
)
def test_nothing_is_handed_over_on_moving_without_one(basis: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        leave_household(
            household(consented()), leaving(handed_over=True, basis=basis), stamp(), person=CHILD
        )


def test_a_consent_given_under_another_id_of_who_moves_hands_over() -> None:
    one = {"survivor": CHILD, "absorbed": MOTHER}
    people = [person(fact(PersonsMerged, **one), id=each) for each in (CHILD, MOTHER)]
    command = leaving(handed_over=True, basis=ByConsent(consent=CONSENT))
    assert leave_household(household(consented()), *people, command, stamp(), person=MOTHER)
    with pytest.raises(HandedOverWithoutBasis):
        leave_household(household(consented()), command, stamp(), person=MOTHER)


def test_another_consent_of_theirs_does_not_stand_for_the_one_named() -> None:
    expired = consented(period={"start": "2025-01-01", "end": "2025-12-31"})
    other = consented(consent=HOUSEHOLD)
    command = leaving(handed_over=True, basis=ByConsent(consent=CONSENT))
    with pytest.raises(HandedOverWithoutBasis):
        leave_household(household(expired, other), command, stamp(), person=CHILD)


def test_an_expired_consent_hands_nothing_over() -> None:
    expired = consented(period={"start": "2025-01-01", "end": "2025-12-31"})
    command = leaving(handed_over=True, basis=ByConsent(consent=CONSENT))
    with pytest.raises(HandedOverWithoutBasis):
        leave_household(household(expired), command, stamp(), person=CHILD)


def test_a_split_leaves_the_earlier_composition_and_opens_a_household_with_a_lead() -> None:
    new = Household(id=OTHER_HOUSEHOLD)
    command = SplitHousehold(persons=(MOTHER, CHILD, CHILD))
    facts = split_household(household(), new, command, stamp())
    (parted,) = on(HOUSEHOLD, facts, HOUSEHOLD)
    assert isinstance(parted, HouseholdSplit)
    stayed, begun = after(household(), parted), after(new, *on(OTHER_HOUSEHOLD, facts, HOUSEHOLD))
    assert stayed.people.present == (FATHER,)
    assert stayed.people.ever_included(CHILD)
    assert begun.people.present == (MOTHER, CHILD)
    assert begun.lead is not None


def test_who_goes_is_hidden_from_the_others_and_the_walls_alone_bar_them_from_speaking() -> None:
    """Rule 4 asks what was hidden; the split itself tells nobody whether anything was."""
    command = SplitHousehold(persons=(CHILD,))
    labels = []
    wall = consultation(CHILD, hidden_from=(MOTHER,))
    for given, barred in (((), ()), ((wall,), (MOTHER,))):
        facts = split_household(household(*given), Household(id=OTHER_HOUSEHOLD), command, stamp())
        told = on(OTHER_HOUSEHOLD, facts, HOUSEHOLD)
        labels += [each.label for each in told if isinstance(each, MemberJoined)]
        new = after(Household(id=OTHER_HOUSEHOLD), *told)
        assert new.hidden_from(CHILD) == {*barred}
    assert {*labels[0].hidden_from} == {*labels[1].hidden_from} == {MOTHER, FATHER}


@pytest.mark.parametrize("persons", [(), (FATHER, MOTHER, CHILD)])
def test_in_a_split_somebody_goes_and_somebody_stays(persons: Any) -> None:
    with pytest.raises(NobodyStays):
        split_household(household(), bare(), SplitHousehold(persons=persons), stamp())


def test_who_acts_for_one_of_them_parts_no_household() -> None:
    """What is hidden from the father goes over with her, and so would tell whoever acts for him."""
    hidden = label(CHILD, hidden_from=(FATHER,))
    hiding = fact(MemberLeft, person=MOTHER, reason="other", label=hidden)
    acting = fact(GuardianAppointed, person=FATHER, kind="guardian", guardian="某", agency=CENTRE)
    for given in ((), (hiding,)):
        with pytest.raises(PartedByOneSide):
            split_household(
                household(acting, *given), bare(), SplitHousehold(persons=(CHILD,)), stamp()
            )


def test_only_members_part() -> None:
    with pytest.raises(NotAMember):
        split_household(household(), bare(), SplitHousehold(persons=(STRANGER,)), stamp())


def test_subjects_and_those_it_is_hidden_from_belong_or_belonged() -> None:
    gone = household(fact(MemberLeft, person=FATHER, reason="divorced"))
    command = SplitHousehold(persons=(CHILD,), hidden_from=(FATHER,))
    assert split_household(gone, bare(), command, stamp())
    with pytest.raises(NotAMember):
        open_household(bare(), OpenHousehold(hidden_from=(STRANGER,)), stamp())
