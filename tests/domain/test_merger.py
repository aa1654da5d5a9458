"""統合: two households become one; nothing moves, and nothing that is needed is lost."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.abuse import CheckFacts, check_facts
from domain.basis import NoBasisForSharing
from domain.conditions import HouseholdMerged
from domain.consent import WithdrawConsent, withdraw_consent
from domain.events import Fact, On
from domain.events.addressed import Address, addressed, secretariat
from domain.events.consent import Authority, ConsentGiven, ConsentWithdrawn
from domain.events.intake import AbuseReported
from domain.events.meeting import BroughtToSitting
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    Leaving,
    MemberJoined,
    MemberLeft,
)
from domain.events.person import PersonNoted
from domain.events.referral import LeadAgencyNamed, ReferralMade
from domain.events.support import ParticipationMatched, SupportClosed, SupportReopened
from domain.household import Household
from domain.household.former import Former
from domain.intake import ScreenConsultation, screen_consultation
from domain.labels import ByStatute, Category, Urgent
from domain.lead import NameLead, name_lead
from domain.merger import (
    MergeHouseholds,
    NotAnotherHousehold,
    OtherHouseholdClosed,
    merge_households,
)
from domain.participation import EndParticipation, end_participation
from domain.recorded import fold
from domain.referral import AcceptReferral, accept_referral
from domain.refusals import AlreadyRecorded, HouseholdClosed, RoleNeeded, Unknown
from domain.texts import texts
from domain.values import HouseholdId, Personal, PersonId
from tests.domain.given import (
    CHILD,
    CITY,
    CLINIC,
    CONSENT,
    CONSULTATION,
    COORDINATOR,
    FATHER,
    HOUSEHOLD,
    IDENTITY,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    PROTECTION,
    REFERRAL,
    SCHOOL,
    SECRETARIAT,
    SHAKYO,
    SHARE,
    SITTING,
    STRANGER,
    TODAY,
    after,
    bare,
    capacity,
    fact,
    household,
    joined,
    label,
    on,
    person,
    recorded,
    stamp,
)
from tests.domain.test_sharing import consented, consultation, share, shares, telling

NAMING = stamp(IDENTITY)
SUPPORT = stamp(capacity(SHAKYO, "support"))


def other(*facts: Any) -> Household:
    lead = fact(LeadAgencyNamed, agency=SHAKYO, desk="support")
    return bare(fact(HouseholdOpened), lead, *facts, id=OTHER_HOUSEHOLD)


def merged(source: Household, target: Household | None = None) -> tuple[Household, Household]:
    """The household that goes on, and the one merged into it."""
    target = target or household()
    facts = merge_households(target, source, MergeHouseholds(source=source.id), NAMING)
    there, here = on(source.id, facts, target.id), on(target.id, facts, target.id)
    return after(target, *here), after(source, *there)


def former(*facts: Fact, id: HouseholdId = OTHER_HOUSEHOLD) -> Former:  # noqa: A002
    return fold(Former(id=id), recorded(facts, id))


def test_a_merger_keeps_where_everybody_came_from() -> None:
    hidden = label(STRANGER, hidden_from=(FATHER,))
    source = other(joined(STRANGER, "child", label=hidden), joined(CHILD))
    facts = merge_households(household(), source, MergeHouseholds(source=source.id), NAMING)
    (there,) = on(OTHER_HOUSEHOLD, facts, HOUSEHOLD)
    here, member, *_ = on(HOUSEHOLD, facts, HOUSEHOLD)
    assert there == here
    assert isinstance(here, HouseholdsMerged)
    assert here.persons == (STRANGER,)
    assert isinstance(member, MemberJoined)
    assert (member.person, member.relation, member.since) == (STRANGER, "child", "2020-04-01")
    assert member.label.hidden_from == (FATHER,)
    assert after(source, there).people.merged_into == HOUSEHOLD
    assert after(household(), here, member).people.merged_into is None


def test_whoever_was_involved_stays_involved_when_households_become_one() -> None:
    source = other(joined(STRANGER, "child"))
    facts = merge_households(household(), source, MergeHouseholds(source=source.id), NAMING)
    here = on(HOUSEHOLD, facts, HOUSEHOLD)
    assert after(household(), *here).known >= source.known


def test_who_alone_of_an_agency_knew_of_it_goes_on_alone() -> None:
    closed = label(agency=CITY, desk="women", category="abuse")
    noted = joined(STRANGER, "child", label=closed)
    here, there = merged(other(noted, joined(CHILD, label=closed)))
    assert here.known >= {Address(SHAKYO, None), Address(CITY, "women")} <= there.known
    (told,) = [w for w in here.writings if w.kind is HouseholdsMerged]
    assert told.addresses[1:] == (Address(SHAKYO, None), Address(CITY, "women", alone=True))
    assert not any(to.reaches(capacity(CITY, "welfare"), Category.FAMILY) for to in told.addresses)
    (came,) = [w for w in here.writings if w.kind is MemberJoined and w.version > 5]
    assert came.label.category is Category.ABUSE


def test_who_keeps_the_record_of_a_sitting_that_took_it_up_goes_on_alone_too() -> None:
    item = {"sitting": SITTING, "item": ITEM, "subjects": [CHILD]}
    tabled = fact(BroughtToSitting, **item, secretariat=SECRETARIAT)
    source = other(joined(CHILD), tabled)
    (merged, *_) = merge_households(household(), source, MergeHouseholds(source=source.id), NAMING)
    here = merged.fact if isinstance(merged, On) else merged
    assert isinstance(here, HouseholdsMerged)
    assert here.secretariats == (SECRETARIAT,)
    assert here.desks == ()
    assert CITY not in here.agencies
    to = addressed(here)
    reached = [each for each in to if each.reaches(COORDINATOR, Category.ABUSE)]
    assert reached == [secretariat(SECRETARIAT)]
    assert not any(each.reaches(capacity(CITY), Category.FAMILY) for each in to)


def test_merging_is_the_work_of_the_naming_desk() -> None:
    with pytest.raises(RoleNeeded):
        merge_households(household(), other(), MergeHouseholds(source=OTHER_HOUSEHOLD), stamp())


def test_the_household_merged_is_the_one_named() -> None:
    with pytest.raises(Unknown):
        merge_households(household(), other(), MergeHouseholds(source=HOUSEHOLD), NAMING)


def test_a_household_is_not_merged_with_itself() -> None:
    with pytest.raises(NotAnotherHousehold):
        merge_households(household(), household(), MergeHouseholds(source=HOUSEHOLD), NAMING)


def test_a_household_is_merged_once() -> None:
    gone = other(fact(HouseholdsMerged, source=OTHER_HOUSEHOLD, target=HOUSEHOLD, persons=()))
    with pytest.raises(AlreadyRecorded):
        merge_households(household(), gone, MergeHouseholds(source=gone.id), NAMING)


def test_an_open_case_does_not_vanish_in_a_closed_one() -> None:
    closed = household(fact(SupportClosed, reason="closure-reasons-1"))
    with pytest.raises(OtherHouseholdClosed):
        merge_households(closed, other(), MergeHouseholds(source=OTHER_HOUSEHOLD), NAMING)


def test_both_say_where_the_other_is_and_one_lead_is_left() -> None:
    target, source = merged(other(joined(STRANGER)))
    assert (target.people.merged_from, source.people.merged_into) == ((source.id,), target.id)
    assert target.lead == household().lead
    assert source.lead is None
    with pytest.raises(HouseholdMerged):
        name_lead(source, NameLead(agency=SHAKYO, desk="support"), SUPPORT)


def test_what_was_hidden_about_a_member_stays_hidden_from_them() -> None:
    wall = consultation(CHILD, hidden_from=(MOTHER,))
    target, _ = merged(other(joined(STRANGER), joined(CHILD), wall))
    assert target.hidden_from(CHILD) == {MOTHER}
    newcomer, _ = merged(other(joined(CHILD), wall), bare(fact(HouseholdOpened)))
    assert newcomer.hidden_from(CHILD) == {MOTHER}


@pytest.mark.parametrize(
    "closed",
    [
        {"hidden_from": [MOTHER]},
        {"concealed": True},
        {"category": "abuse"},
        {"tags": ["informant"]},
        {"basis": {"kind": "sitting", "sitting": SITTING, "item": ITEM}},
    ],
    ids=lambda closed: next(iter(closed)),
)
def test_a_merger_is_hidden_from_nobody(closed: dict[str, Any]) -> None:
    """Who reads in one of the households reads on in the other, whatever the label says."""
    with pytest.raises(ValidationError, match="だれにも伏せられません"):
        MergeHouseholds.model_validate({"source": OTHER_HOUSEHOLD, **closed})
    opened = {"source": OTHER_HOUSEHOLD, "hidden_from": [], "concealed": False, "tags": []}
    assert MergeHouseholds.model_validate(opened).tags == ()


def test_a_merger_hides_nobody_who_was_not_hidden_before() -> None:
    """Or it would tell whoever acts for the mother that something is kept from her."""
    wall = consultation(CHILD, hidden_from=(MOTHER,))
    said = []
    for given in ((), (wall,)):
        source = other(joined(CHILD), *given)
        facts = merge_households(
            bare(fact(HouseholdOpened)), source, MergeHouseholds(source=source.id), NAMING
        )
        said.append(
            [each for each in on(HOUSEHOLD, facts, HOUSEHOLD) if type(each) is MemberJoined]
        )
    assert said[0] == said[1]


def test_who_left_unseen_comes_over_and_leaves_unseen() -> None:
    """Or whoever knows that she belonged would see her gone, though 女性 alone knows of it."""
    hidden = label(CHILD, agency=CITY, desk="women", category="abuse")
    fled = {"person": CHILD, "reason": "moved-out", "occurred_on": "2026-03-01"}
    where = {"destination": "港町一丁目", "label": hidden}
    source = other(joined(CHILD), fact(MemberLeft, **fled, **where))
    facts = merge_households(
        household_of(MOTHER), source, MergeHouseholds(source=source.id), NAMING
    )
    merged, came, left = on(HOUSEHOLD, facts, HOUSEHOLD)
    assert isinstance(merged, HouseholdsMerged)
    assert merged.persons == (CHILD,)
    assert isinstance(came, MemberJoined)
    assert isinstance(left, MemberLeft)
    assert (left.label, left.occurred_on) == (hidden, "2026-03-01")
    assert (left.reason, left.destination) == (Leaving.MOVED_OUT, None)


@pytest.mark.parametrize("gone", ["left", "split", "here"])
def test_who_left_as_all_may_know_does_not_come_over(gone: str) -> None:
    source = other(joined(CHILD), fact(MemberLeft, person=CHILD, reason="other"))
    target = household_of(MOTHER)
    if gone == "split":
        parted = {"source": OTHER_HOUSEHOLD, "target": HOUSEHOLD, "persons": (CHILD,)}
        source = other(joined(CHILD), fact(HouseholdSplit, **parted))
    if gone == "here":
        closed = label(CHILD, category="abuse")
        source = other(joined(CHILD), fact(MemberLeft, person=CHILD, reason="other", label=closed))
        target = household_of(CHILD)
    facts = merge_households(target, source, MergeHouseholds(source=source.id), NAMING)
    assert [type(each) for each in on(HOUSEHOLD, facts, HOUSEHOLD)] == [HouseholdsMerged]


def household_of(person: PersonId) -> Household:
    return bare(fact(HouseholdOpened), joined(person))


def test_consents_in_force_are_in_force_where_the_case_goes_on() -> None:
    given = consented(witness="民生委員", label=label(CHILD, hidden_from=(FATHER,)))
    facts = merge_households(
        household(), other(joined(CHILD), given), MergeHouseholds(source=OTHER_HOUSEHOLD), NAMING
    )
    restated = next(f for f in on(HOUSEHOLD, facts, HOUSEHOLD) if isinstance(f, ConsentGiven))
    assert restated == given.model_copy(update={"witness": None})
    target, _ = merged(other(joined(CHILD), given))
    assert share(target, telling(), person()).label.subjects == (CHILD,)
    with pytest.raises(NoBasisForSharing):
        share(target, telling(to_agency=CLINIC), person())


def test_no_personal_words_leave_the_place_they_were_written_in() -> None:
    reason = Personal("本人が自宅で倒れていたため")
    bases: dict[Any, str | None] = {
        ByStatute(article="jido-6", reason=reason): None,
        Urgent(reason=reason, review_due=TODAY): "統合前の世帯の記録のとおり",
    }
    for basis, left in bases.items():
        given = consented(witness="民生委員", label=label(CHILD, basis=basis))
        target, _ = merged(other(joined(CHILD), given))
        ((_, said),) = target.consents.consents[CONSENT].said
        assert [text for _, text in texts(said)] == ([left] if left else [])


def withdrawn(**parts: Any) -> ConsentWithdrawn:
    whole = {"agencies": (SCHOOL,), "categories": ("progress",), "purposes": ("support",)}
    return fact(ConsentWithdrawn, consent=CONSENT, by=CHILD, **{**whole, **parts})


def test_what_was_withdrawn_from_a_consent_stays_withdrawn() -> None:
    target, _ = merged(other(joined(CHILD), consented(), withdrawn()))
    with pytest.raises(NoBasisForSharing):
        share(target, telling(), person())
    assert shares(target, telling(category="family"), person())


@pytest.mark.parametrize(
    "ended",
    [
        [consented(period={"start": "2026-01-01", "end": "2026-03-31"})],
        [consented(categories=("progress",)), withdrawn()],
        [consented(), fact(SupportClosed, reason="x")],
        [
            consented(),
            fact(SupportClosed, reason="x"),
            fact(SupportReopened, cycle=2, after=5, reason="x", agency="centre", desk="general"),
        ],
    ],
)
def test_a_consent_that_opens_nothing_more_does_not_come_over(ended: list[Fact]) -> None:
    target, _ = merged(other(joined(CHILD), *ended))
    assert not target.consents.consents


def test_a_consent_that_begins_later_comes_over() -> None:
    later = consented(period={"start": "2026-05-01", "end": "2026-12-31"})
    assert merged(other(joined(CHILD), later))[0].consents.consents


def test_a_parent_from_whom_it_is_hidden_speaks_for_nobody_in_the_merged_household() -> None:
    by_mother = consented(giver=MOTHER, authority=Authority.PARENT)
    known = person(fact(PersonNoted, birth_year=2015)), person(id=MOTHER)
    open_to_her, _ = merged(other(joined(CHILD), by_mother))
    assert shares(open_to_her, telling(), *known)
    hidden = consultation(CHILD, hidden_from=(MOTHER,))
    target, _ = merged(other(joined(CHILD), by_mother, hidden))
    with pytest.raises(NoBasisForSharing):
        share(target, telling(), *known)


def test_a_withdrawal_reaches_every_household_the_consent_stands_in() -> None:
    given = consented()
    told = share(household(given), telling(), person())
    source = other(joined(CHILD), given, told)
    target, gone = merged(source)
    beside = Former(id=gone.id, said=gone)
    facts = withdraw_consent(target, person(), beside, WithdrawConsent(), stamp(), consent=CONSENT)
    (here,), (there,) = on(HOUSEHOLD, facts, HOUSEHOLD), on(gone.id, facts, HOUSEHOLD)
    assert here == there
    assert isinstance(here, ConsentWithdrawn)
    assert here.holders == (SCHOOL,)
    back = withdraw_consent(
        gone,
        person(),
        Former(id=target.id, said=target),
        WithdrawConsent(),
        stamp(),
        consent=CONSENT,
    )
    assert on(HOUSEHOLD, back, gone.id) == on(gone.id, back, gone.id)
    for household_ in (target, gone):
        with pytest.raises(Unknown):
            withdraw_consent(household_, person(), WithdrawConsent(), stamp(), consent=CONSENT)


def test_a_consent_of_the_merged_household_alone_is_withdrawn_there_alone() -> None:
    target, gone = merged(other(joined(STRANGER)), household(consented()))
    beside = Former(id=gone.id, said=gone)
    (only,) = withdraw_consent(
        target, person(), beside, WithdrawConsent(), stamp(), consent=CONSENT
    )
    assert isinstance(only, ConsentWithdrawn)


def test_the_earlier_household_reads_as_it_did() -> None:
    opened = fact(HouseholdOpened, area="north")
    assert former().version == 0
    assert former(opened).household == bare(opened, id=OTHER_HOUSEHOLD)


def asked() -> ReferralMade:
    return fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=SHAKYO,
        purpose="support",
        categories=(),
        answer_due="2026-04-15",
    )


def test_what_was_asked_before_the_merger_is_answered_after_it() -> None:
    target, source = merged(other(joined(STRANGER), asked()))
    (answered,) = accept_referral(source, target, AcceptReferral(), SUPPORT, referral=REFERRAL)
    assert answered.referral == REFERRAL
    closed = after(target, fact(SupportClosed, reason="x"))
    for kept in ([], [other()], [closed]):
        with pytest.raises(HouseholdClosed):
            accept_referral(source, *kept, AcceptReferral(), SUPPORT, referral=REFERRAL)


def test_a_case_merged_twice_is_where_the_last_merger_put_it() -> None:
    third = bare(*(fact(HouseholdOpened),), id=HouseholdId(SHARE))
    second, source = merged(other(joined(STRANGER), asked()), third)
    first, second = merged(second)
    assert accept_referral(source, second, first, AcceptReferral(), SUPPORT, referral=REFERRAL)


def test_what_was_begun_before_the_merger_is_ended_there() -> None:
    report = fact(AbuseReported, report=SHARE, kind="elder", victim=STRANGER)
    matched = fact(
        ParticipationMatched,
        participation=CONSENT,
        person=STRANGER,
        resource=SHARE,
        kind="participation-kinds-1",
    )
    _, source = merged(other(joined(STRANGER), consultation(STRANGER), report, matched))
    screen = ScreenConsultation(result="answered")
    assert screen_consultation(source, screen, stamp(), consultation=CONSULTATION)
    check = CheckFacts.model_validate({"finding": "findings-1", "seen_in_person": True})
    assert check_facts(source, check, stamp(), report=SHARE)
    end = EndParticipation(reason="participation-end-reasons-1")
    assert end_participation(source, end, stamp(), participation=CONSENT)
    ended = after(source, fact(SupportClosed, reason="x"))
    with pytest.raises(HouseholdClosed):
        end_participation(ended, end, stamp(), participation=CONSENT)
    with pytest.raises(Unknown):
        screen_consultation(source, screen, stamp(PROTECTION), consultation=CONSULTATION)
