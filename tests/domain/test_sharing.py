"""情報提供: nothing about a person reaches another agency without a basis that covers it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.basis import (
    NoBasisForSharing,
    ReasonNeeded,
    ReviewNotInTime,
    SittingDoesNotCover,
    StatuteDoesNotFit,
)
from domain.events import Fact
from domain.events.consent import (
    Authority,
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
    LabelTightened,
    Method,
)
from domain.events.intake import AbuseReported, ConsultationReceived, FactsChecked, NoteKept
from domain.events.membership import HouseholdOpened, MemberLeft
from domain.events.person import ConcealmentStarted, PersonNoted, PersonsMerged
from domain.events.referral import ReferralMade, ReferralReturned
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    ItemKind,
    MeetingBasis,
    PresenceRecorded,
    SittingCancelled,
    SittingConvened,
)
from domain.events.support import GuardianAppointed, SupportClosed
from domain.household import Household
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, Tag, Urgent
from domain.passage import Beside
from domain.passing import (
    AnswerDuePast,
    ConcealedPlace,
    HiddenFromHearer,
    InformantStays,
    PurposeForReading,
    SittingInformation,
    concerned,
)
from domain.person import Person
from domain.refusals import (
    AlreadyRecorded,
    HouseholdClosed,
    InTheFuture,
    NotAMember,
    Unknown,
    UnknownAgency,
    UnknownCode,
)
from domain.sharing import (
    AnswerInformationRequest,
    NothingToShare,
    RequestInformation,
    SharedWithOneself,
    ShareInformation,
    answer_information_request,
    request_information,
    share_information,
)
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.values import Personal, PersonId
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CLINIC,
    CONSENT,
    CONSULTATION,
    COORDINATOR,
    FATHER,
    HOUSEHOLD,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    REFERRAL,
    SATO,
    SCHOOL,
    SHAKYO,
    SHARE,
    SITTING,
    STRANGER,
    TANAKA,
    bare,
    capacity,
    fact,
    household,
    joined,
    label,
    paragraph,
    person,
    settled,
    showing,
    siding,
    sitting,
    stamp,
)

BY_CONSENT = ByConsent(consent=CONSENT)
BY_SITTING = BySitting(sitting=SITTING, item=ITEM)
CITYS = showing(stamp(COORDINATOR), CHILD)
BY_LAW = ByStatute(article="jido-6")
DANGER = Urgent(reason=Personal("包丁を持って待ち伏せしている"), review_due=date(2026, 4, 8))


def consented(person: PersonId = CHILD, **fields: Any) -> ConsentGiven:
    given: dict[str, Any] = {
        "consent": CONSENT,
        "person": person,
        "giver": person,
        "authority": Authority.SELF,
        "able": True,
        "method": Method.WRITTEN,
        "text_version": "r8",
        "agencies": (SCHOOL,),
        "categories": (Category.PROGRESS, Category.FAMILY, Category.CONSULTATION),
        "purposes": ("support",),
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
    }
    return fact(ConsentGiven, **{**given, **fields})


def sharing(**fields: Any) -> ShareInformation:
    given = {"to_agency": SCHOOL, "purpose": "support", "subjects": [CHILD]}
    return ShareInformation.model_validate({**given, **fields})


def telling(**fields: Any) -> ShareInformation:
    return sharing(narrative="朝、起きられない", **fields)


def share(
    given: Household, command: ShareInformation, *beside: Beside, by: Stamp | None = None
) -> InformationShared:
    (shared,) = shares(given, command, *beside, by=by)
    return shared


def shares(
    given: Household, command: ShareInformation, *beside: Beside, by: Stamp | None = None
) -> list[InformationShared]:
    return share_information(given, *beside, command, by or stamp())


def consultation(*subjects: PersonId, **labelled: Any) -> ConsultationReceived:
    """Version 6 of a household, written where its label says."""
    given = {"category": Category.CONSULTATION, **labelled}
    return fact(
        ConsultationReceived,
        consultation=CONSULTATION,
        route="visit",
        window="general",
        fields=(),
        issues=(),
        consulter="self",
        urgency="routine",
        label=label(*subjects, **given),
    )


def meeting(*more: Fact, **item: Any) -> Sitting:
    """支援会議 of today about this household: tanaka of 包括, and 社協, bound to secrecy."""
    added = {"item": ITEM, "kind": ItemKind.CASE, "basis": MeetingBasis.SUPPORT, "title": "世帯A"}
    return sitting(
        fact(SittingConvened, body="support", held_on="2026-04-01"),
        fact(AgendaItemAdded, **{**added, "household": HOUSEHOLD, **item}),
        *attends(SATO, CENTRE, AttendeeKind.STAFF, staff=TANAKA),
        *attends(TANAKA, SHAKYO, AttendeeKind.STAFF),
        *more,
    )


def attends(
    attendee: Any, agency: str | None, kind: AttendeeKind, *, told: bool = True, **who: Any
) -> list[Fact]:
    invited = {"attendee": attendee, "kind": kind, "agency": agency, "capacity": "構成員", **who}
    duty = fact(DutyNotified, attendee=attendee, text_version="r8")
    there = fact(PresenceRecorded, item=ITEM, attendee=attendee, capacity="構成員")
    return [fact(AttendeeInvited, **invited), *([duty] if told else []), there]


# 本人同意


def test_without_a_basis_nothing_is_shared() -> None:
    with pytest.raises(NoBasisForSharing):
        share(household(), telling())


def test_a_consent_in_force_is_found_and_named_in_the_label() -> None:
    shared = share(household(consented()), telling())
    assert shared.label.basis == BY_CONSENT
    assert (shared.label.subjects, shared.categories) == ((CHILD,), (Category.PROGRESS,))
    assert shared.narrative[0].label.basis == BY_CONSENT


def test_a_consent_may_be_named() -> None:
    assert share(household(consented()), telling(basis=BY_CONSENT)).label.basis == BY_CONSENT


@pytest.mark.parametrize(
    "other",
    [
        {"agencies": (CLINIC,)},
        {"categories": (Category.HEALTH,)},
        {"purposes": ("meeting",)},
        {"period": {"start": "2026-04-02", "end": "2026-12-31"}},
        {"period": {"start": "2026-01-01", "end": "2026-03-31"}},
        {"person": MOTHER, "giver": MOTHER},
    ],
)
def test_consent_covers_person_agency_category_purpose_and_date(other: Any) -> None:
    for basis in (None, BY_CONSENT):
        with pytest.raises(NoBasisForSharing):
            share(household(consented(**other)), telling(basis=basis))


def test_a_consent_is_in_force_on_the_day_it_was_told_and_on_the_day_it_is_written() -> None:
    late = consented(period={"start": "2026-03-20", "end": "2026-12-31"})
    assert shares(household(late), telling(occurred_on="2026-03-20"))
    for day in ("2026-03-19", "2026-03", "unknown"):
        with pytest.raises(NoBasisForSharing):
            share(household(late), telling(occurred_on=day))
    with pytest.raises(InTheFuture):
        share(household(late), telling(occurred_on="2026-04-02"))


def test_a_consent_nobody_gave_is_no_basis() -> None:
    with pytest.raises(NoBasisForSharing):
        share(household(), telling(basis=BY_CONSENT))


def test_every_subject_needs_a_consent_of_their_own() -> None:
    both = telling(subjects=[CHILD, MOTHER], basis=BY_CONSENT)
    with pytest.raises(NoBasisForSharing) as refused:
        share(household(consented()), both)
    assert refused.value.details["person"] == MOTHER
    hers = consented(MOTHER, consent=SHARE)
    assert share(household(consented(), hers), both).label.subjects == (CHILD, MOTHER)


def test_what_names_nobody_is_about_everybody() -> None:
    with pytest.raises(NoBasisForSharing):
        share(household(consented()), telling(subjects=[]))
    shared = share(household(), telling(subjects=[], basis=BY_LAW))
    assert shared.label.subjects == (FATHER, MOTHER, CHILD)


def test_whose_consent_is_missing_is_said_of_those_the_writer_knows_of() -> None:
    """Rule 32: a refusal names nobody who, for all the writer knows, does not belong."""
    nameless = telling(subjects=[], basis=BY_CONSENT)
    for by, whose in ((stamp(), {"person": FATHER}), (CITYS, {})):
        with pytest.raises(NoBasisForSharing) as refused:
            share(household(consented(agencies=(SCHOOL, CITY))), nameless, by=by)
        assert refused.value.details == {**whose, "category": Category.PROGRESS}


def test_what_names_nobody_goes_by_consent_where_the_writer_knows_everybody() -> None:
    """Who is not named in the record could withdraw, and it would stay open (rule 5)."""
    both: dict[str, Any] = {"agencies": (SCHOOL, CITY)}
    others = (
        consented(FATHER, consent=SHARE, **both),
        consented(MOTHER, consent=REFERRAL, **both),
    )
    given = household(consented(**both), *others)
    nameless = telling(subjects=[], basis=BY_CONSENT)
    assert share(given, nameless).label.subjects == (FATHER, MOTHER, CHILD)
    for basis in (nameless.basis, None):
        with pytest.raises(NoBasisForSharing):
            share(given, telling(subjects=[], basis=basis), by=CITYS)
    assert share(given, telling(basis=BY_CONSENT), by=CITYS).label.subjects == (CHILD,)


def test_who_is_known_by_one_id_is_known_by_all() -> None:
    """名寄せ: whom others know by another id is the child whom the writer knows."""
    one = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    hers = consented(agencies=(SCHOOL, CITY))
    given = bare(fact(HouseholdOpened), joined(CHILD), joined(STRANGER), hers)
    records = person(one), person(one, id=STRANGER)
    nameless = telling(subjects=[], basis=BY_CONSENT)
    assert share(given, nameless, *records, by=CITYS).label.subjects == (CHILD,)
    with pytest.raises(NoBasisForSharing):
        share(given, nameless, person(), person(id=STRANGER), by=CITYS)


@pytest.mark.parametrize("basis", [BY_CONSENT, None])
def test_what_the_writer_does_not_know_of_is_no_consent(basis: Any) -> None:
    """Rule 32: neither what goes through nor what stands in the record tells of it."""
    elsewhere = consented(label=label(agency=CITY, desk="welfare"))
    unseen = consented(label=label(agency=CENTRE, desk="general", hidden_from=[FATHER]))
    beside = siding(stamp(), FATHER)
    assert share(household(unseen), telling(basis=basis)).label.basis == BY_CONSENT
    for given, by in ((elsewhere, stamp()), (unseen, beside)):
        with pytest.raises(NoBasisForSharing):
            share(household(given), telling(basis=basis), by=by)


def test_a_consent_named_is_one_of_those_it_is_about() -> None:
    """Whatever else would cover it: the record says on whose word it rests."""
    both = household(consented(), consented(MOTHER, consent=SHARE))
    with pytest.raises(NoBasisForSharing) as refused:
        share(both, telling(basis=ByConsent(consent=SHARE)))
    assert refused.value.details == {"consent": SHARE}


def test_of_several_consents_the_one_that_covers_is_found() -> None:
    hers = consented(MOTHER, consent=SHARE)
    elsewhere = consented(consent=REFERRAL, agencies=(CLINIC,))
    shared = share(household(hers, elsewhere, consented()), telling())
    assert shared.label.basis == BY_CONSENT


def test_nobody_consents_for_a_household_in_which_nobody_is_known() -> None:
    with pytest.raises(NoBasisForSharing):
        share(bare(fact(HouseholdOpened)), telling(subjects=[]))


def test_releasing_a_paragraph_needs_every_principal() -> None:
    about_both = sharing(narrative=[{"text": "母と話した", "principals": [CHILD, MOTHER]}])
    with pytest.raises(NoBasisForSharing):
        share(household(consented()), about_both)


def test_a_withdrawn_consent_opens_nothing() -> None:
    gone = fact(
        ConsentWithdrawn,
        consent=CONSENT,
        by=CHILD,
        agencies=(SCHOOL,),
        categories=(Category.PROGRESS,),
        purposes=("support",),
    )
    with pytest.raises(NoBasisForSharing):
        share(household(consented(), gone), telling())


def by_mother() -> ConsentGiven:
    return consented(giver=MOTHER, authority=Authority.PARENT)


def child(year: int, *facts: Fact) -> Person:
    return person(fact(PersonNoted, birth_year=year), *facts)


def test_a_parents_consent_holds_while_the_child_is_a_minor() -> None:
    mother = person(id=MOTHER)
    assert shares(household(by_mother()), telling(), child(2009), mother)
    for beside in ([child(2008), mother], [], [mother], [child(2009)]):
        with pytest.raises(NoBasisForSharing):
            share(household(by_mother()), telling(), *beside)


def test_of_two_records_of_one_child_neither_alone_makes_them_a_minor() -> None:
    one = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    mother, younger = person(id=MOTHER), child(2015, one)
    for year, holds in ((2009, True), (1990, False), (None, True)):
        other = person(fact(PersonNoted, birth_year=year), one, id=STRANGER)
        if holds:
            assert shares(household(by_mother()), telling(), younger, other, mother)
        else:
            with pytest.raises(NoBasisForSharing):
                share(household(by_mother()), telling(), younger, other, mother)


def test_a_guardians_consent_does_not_end_with_childhood() -> None:
    theirs = consented(giver=MOTHER, authority=Authority.GUARDIAN)
    assert shares(household(theirs), telling(), child(1950), person(id=MOTHER))


def hidden_from(*persons: PersonId) -> ConcealmentStarted:
    given = {"concealment": SHARE, "threat": "dv", "until": "2027-03-31"}
    return fact(ConcealmentStarted, counterparties=persons, **given)


def protected(id: PersonId, *facts: Fact) -> Person:  # noqa: A002
    return person(hidden_from(FATHER), *facts, id=id)


def test_a_parent_who_became_the_counterparty_no_longer_speaks_for_the_child() -> None:
    mother = person(id=MOTHER)
    assert shares(household(by_mother()), telling(), child(2015), mother)
    with pytest.raises(NoBasisForSharing):
        share(household(by_mother()), telling(), child(2015, hidden_from(MOTHER)), mother)
    wall = fact(
        MemberLeft, person=FATHER, reason="other", label=label(CHILD, hidden_from=(MOTHER,))
    )
    with pytest.raises(NoBasisForSharing):
        share(household(by_mother(), wall), telling(), child(2015), mother)


def test_several_consents_together_cover_what_is_shared() -> None:
    one, other = Category.PROGRESS, Category.FINANCE
    both = sharing(categories=[other], narrative=[{"text": "話", "category": one}])
    narrow = consented(categories=(one,)), consented(consent=SHARE, categories=(other,))
    with pytest.raises(NoBasisForSharing):
        share(household(narrow[0]), both)
    assert set(share(household(*narrow), both).categories) == {one, other}


# 支援会議


def between(to: str = SHAKYO, **fields: Any) -> ShareInformation:
    return telling(to_agency=to, basis=BY_SITTING, **fields)


def test_in_a_support_meeting_members_tell_each_other_without_consent() -> None:
    shared = share(household(), between(), meeting())
    assert shared.label.basis == BY_SITTING


@pytest.mark.parametrize(
    "beside",
    [
        (),
        (person(),),
        (sitting(),),
        (meeting(basis=MeetingBasis.LAYERED),),
        (meeting(household=OTHER_HOUSEHOLD),),
        (meeting(item=SHARE),),
        (meeting(fact(SittingCancelled, reason="大雨")),),
    ],
)
def test_the_sitting_is_a_support_meeting_about_this_household(beside: Any) -> None:
    with pytest.raises(SittingDoesNotCover):
        share(household(), between(), *beside)


def test_the_sitting_is_the_one_named() -> None:
    other = telling(to_agency=SHAKYO, basis=BySitting(sitting=OTHER_HOUSEHOLD, item=ITEM))
    with pytest.raises(SittingDoesNotCover):
        share(household(), other, meeting())


def test_both_agencies_were_there_for_that_item_and_bound_to_secrecy() -> None:
    outsider = attends(CONSENT, CLINIC, AttendeeKind.OUTSIDE)
    silent = attends(CONSENT, CLINIC, AttendeeKind.STAFF, told=False)
    pledged = fact(DutyNotified, attendee=CONSENT, pledged=True, text_version="r8")
    for more in ([], outsider, silent, [outsider[0], pledged]):
        with pytest.raises(SittingDoesNotCover):
            share(household(), between(CLINIC), meeting(*more))
    with pytest.raises(SittingDoesNotCover):
        share(household(), between(), meeting(), by=CITYS)
    assert shares(household(), between(CLINIC), meeting(*outsider, pledged))


def test_the_family_sitting_in_represents_no_agency() -> None:
    family = attends(CONSENT, CLINIC, AttendeeKind.PERSON, person=FATHER)
    with pytest.raises(SittingDoesNotCover):
        share(household(), between(CLINIC), meeting(*family))


def test_what_was_not_put_to_the_sitting_is_not_shared_on_its_basis() -> None:
    with pytest.raises(SittingDoesNotCover):
        share(household(), between(occurred_on="2026-03-31"), meeting())
    later = stamp(at=datetime(2026, 4, 3, 3, tzinfo=UTC))
    with pytest.raises(SittingDoesNotCover):
        share(household(), between(), meeting(), by=later)
    assert shares(household(), between(occurred_on="2026-04-01"), meeting(), by=later)
    after = household(at=later.at)
    with pytest.raises(SittingDoesNotCover):
        share(after, between(occurred_on="2026-04-01", facts=[5]), meeting(), by=later)
    assert shares(household(), between(occurred_on="2026-04-01", facts=[5]), meeting(), by=later)


def test_a_town_may_count_the_time_between_sittings() -> None:
    wide = settled(sharing_between_sittings=True)
    later = stamp(at=datetime(2026, 4, 3, 3, tzinfo=UTC), profile=wide)
    assert shares(household(), between(), meeting(), by=later)


def learned() -> Household:
    return household(consented(), consultation(CHILD, basis=BY_SITTING))


def there() -> Attended:
    return Attended(id=SITTING, said=meeting())


@pytest.mark.parametrize("basis", [None, BY_CONSENT])
def test_what_was_learned_in_a_support_meeting_needs_a_basis_of_its_own(
    basis: Basis | None,
) -> None:
    with pytest.raises(SittingInformation):
        share(learned(), sharing(facts=[7], basis=basis), there())


def test_a_statute_is_a_basis_of_its_own_and_so_is_the_same_item() -> None:
    assert shares(learned(), sharing(facts=[7], basis=BY_LAW), there())
    assert shares(learned(), sharing(facts=[7], basis=DANGER), there())
    assert shares(learned(), sharing(to_agency=SHAKYO, facts=[7], basis=BY_SITTING), meeting())
    other = BySitting(sitting=SITTING, item=SHARE)
    with pytest.raises(SittingInformation):
        share(learned(), sharing(to_agency=SHAKYO, facts=[7], basis=other), meeting())


def test_a_town_may_let_consent_carry_what_a_meeting_learned() -> None:
    wide = settled(sitting_information_after_consent=True)
    assert shares(learned(), sharing(facts=[7]), there(), by=stamp(profile=wide))


def test_a_paragraph_from_a_meeting_is_held_back_too() -> None:
    told = [{"text": "会議で聞いた", "basis": BY_SITTING.model_dump(mode="json")}]
    with pytest.raises(SittingInformation):
        share(household(consented()), sharing(narrative=told))
    with pytest.raises(SittingInformation):
        share(household(), sharing(narrative=told))


# 法令・急迫


def test_a_statute_of_the_list_opens_what_it_opens() -> None:
    assert share(household(), telling(basis=BY_LAW)).label.basis == BY_LAW
    with pytest.raises(UnknownCode):
        share(household(), telling(basis=ByStatute(article="moon-1")))


def test_public_and_private_bodies_rest_on_their_own_articles() -> None:
    why = Personal("本人の利益のために必要である")
    public, private = (ByStatute(article=a, reason=why) for a in ("kojin-69-2", "kojin-27-1"))
    assert shares(household(), telling(basis=private))
    assert shares(household(), telling(basis=public), by=CITYS)
    with pytest.raises(StatuteDoesNotFit):
        share(household(), telling(basis=public))
    with pytest.raises(StatuteDoesNotFit):
        share(household(), telling(basis=private), by=CITYS)


def test_an_article_without_marks_is_for_everybody() -> None:
    assert shares(household(), telling(basis=ByStatute(article="kojin-69-1")))


def test_the_article_of_the_support_meeting_needs_the_meeting() -> None:
    with pytest.raises(StatuteDoesNotFit):
        share(household(), telling(basis=ByStatute(article="shafuku-106-6-3")))


@pytest.mark.parametrize("reason", [None, Personal("必要　必要　だから")])
def test_an_article_with_a_reason_needs_a_reason_of_substance(reason: Personal | None) -> None:
    with pytest.raises(ReasonNeeded):
        share(household(), telling(basis=ByStatute(article="kojin-27-1", reason=reason)))


def test_urgent_danger_needs_a_reason_and_a_review_within_the_working_days() -> None:
    assert share(household(), telling(basis=DANGER)).label.basis == DANGER
    for day in (date(2026, 3, 31), date(2026, 4, 9)):
        with pytest.raises(ReviewNotInTime):
            share(household(), telling(basis=DANGER.model_copy(update={"review_due": day})))
    with pytest.raises(ReasonNeeded):
        share(household(), telling(basis=DANGER.model_copy(update={"reason": Personal("危ない")})))


# 何が渡るか


def test_what_is_enclosed_brings_its_subjects_and_categories() -> None:
    given = household(consented(), consultation(CHILD, MOTHER))
    with pytest.raises(NoBasisForSharing) as refused:
        share(given, sharing(subjects=[], facts=[7]))
    assert refused.value.details["person"] == MOTHER
    with pytest.raises(NoBasisForSharing) as refused:
        share(given, sharing(subjects=[], facts=[7], basis=BY_CONSENT))
    assert refused.value.details["person"] == MOTHER
    shared = share(given, sharing(subjects=[], facts=[7, 7], basis=BY_LAW))
    assert (shared.facts, shared.label.subjects) == ((7,), (CHILD, MOTHER))
    assert shared.categories == (Category.CONSULTATION,)


def test_the_record_of_a_share_is_as_narrow_as_what_was_shared() -> None:
    command = sharing(categories=["family", "health"], basis=BY_LAW, narrative="通院している")
    shared = share(household(), command)
    assert shared.label.category is Category.HEALTH
    assert shared.narrative[0].label.category is Category.HEALTH


def test_a_paragraph_in_a_fact_counts_as_much_as_the_fact() -> None:
    about_mother = paragraph("母の病気", MOTHER, category=Category.HEALTH)
    mixed = consultation(CHILD).model_copy(update={"narrative": (about_mother,)})
    with pytest.raises(NoBasisForSharing):
        share(household(consented(), mixed), sharing(facts=[7]))


@pytest.mark.parametrize("version", [0, 8])
def test_a_fact_that_is_not_there_is_unknown(version: int) -> None:
    with pytest.raises(Unknown):
        share(household(), sharing(facts=[version], basis=BY_LAW))


def test_a_fact_the_sharer_may_not_read_is_not_there() -> None:
    theirs = consultation(CHILD, agency=SHAKYO, desk="support")
    other_desk = consultation(CHILD, desk="nurses", category=Category.HEALTH)
    memo = fact(NoteKept, note=SHARE, text="内緒", label_by="2026-04-04")
    for unreadable in (theirs, other_desk, memo):
        with pytest.raises(Unknown):
            share(household(unreadable), sharing(facts=[6], basis=BY_LAW))


def test_another_desks_ordinary_record_is_the_agencys() -> None:
    assert shares(household(consultation(CHILD, desk="nurses")), sharing(facts=[6], basis=BY_LAW))


def passed(basis: Basis | None, **fields: Any) -> InformationShared:
    """社協 passed its consultation (version 6) on to the centre."""
    given = {"share": SHARE, "to_agency": CENTRE, "purpose": "support", "facts": (6,)}
    whole = label(CHILD, agency=SHAKYO, desk="support", basis=basis)
    whole_fields = {**given, "categories": (Category.CONSULTATION,), "label": whole, **fields}
    return fact(InformationShared, **whole_fields)


THEIRS = consultation(CHILD, agency=SHAKYO, desk="support")


def test_what_was_passed_on_may_be_passed_on_while_its_basis_holds() -> None:
    agreed = consented(agencies=(CENTRE,))
    hers = consented(MOTHER, consent=REFERRAL)
    onward = sharing(facts=[6], basis=BY_LAW)
    assert shares(household(THEIRS, hers, agreed, passed(BY_CONSENT)), onward)
    assert shares(household(THEIRS, passed(BY_LAW)), onward)
    for given in (
        household(THEIRS, passed(BY_CONSENT)),
        household(THEIRS, passed(BY_SITTING)),
        household(THEIRS, passed(BY_LAW, to_agency=CITY)),
        household(THEIRS, passed(BY_LAW, facts=())),
    ):
        with pytest.raises(Unknown):
            share(given, onward)


def test_what_was_closed_since_it_was_passed_on_is_not_passed_on() -> None:
    closed = fact(LabelTightened, of=6, category=Category.ABUSE)
    with pytest.raises(Unknown):
        share(household(THEIRS, passed(BY_LAW), closed), sharing(facts=[6], basis=BY_LAW))


@pytest.mark.parametrize(
    "closed", [{"category": "abuse"}, {"tags": (Tag.INFORMANT,)}, {"concealed": True}]
)
def test_nobody_passes_on_what_they_may_read_but_in_part(closed: dict[str, Any]) -> None:
    """Nor are they told which part it is: their own desk is, and what to do."""
    told = paragraph("窓口では話せないこと。", CHILD, desk="nurses", **closed)
    theirs = consultation(CHILD, desk="nurses").model_copy(update={"narrative": (told,)})
    with pytest.raises(Unknown):
        share(household(theirs), sharing(facts=[6], basis=BY_LAW))
    if "category" in closed:
        nurses = stamp(capacity(CENTRE, "nurses"))
        assert shares(household(theirs), sharing(facts=[6], basis=BY_LAW), by=nurses)


def test_who_was_not_there_passes_on_nothing_that_was_learned_there() -> None:
    told = paragraph("会議で聞いたこと。", CHILD, basis=BY_SITTING)
    heard = consultation(CHILD).model_copy(update={"narrative": (told,)})
    command = sharing(facts=[6], basis=BY_LAW)
    for beside in ((), (Attended(id=SITTING),)):
        with pytest.raises(Unknown):
            share(household(heard), command, *beside)
    with pytest.raises(Unknown):
        share(household(heard), command, there(), by=stamp(staff=SATO))
    assert shares(household(heard), command, there())


def test_as_what_a_share_is_recorded_its_basis_covers() -> None:
    """Or whoever is told could not read that they were, by whom and what for."""
    known = household(consented(), consultation(CHILD))
    told = sharing(facts=[7], category="family")
    assert share(known, told).categories == (Category.FAMILY, Category.CONSULTATION)
    with pytest.raises(NoBasisForSharing) as refused:
        share(known, sharing(facts=[7], category="health"))
    assert refused.value.details["category"] == Category.HEALTH


def test_what_came_with_a_referral_goes_when_it_is_returned() -> None:
    referred = fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=CENTRE,
        purpose="support",
        categories=(Category.CONSULTATION,),
        enclosed=(6,),
        answer_due="2026-04-15",
        label=label(CHILD, agency=SHAKYO, desk="support", basis=BY_LAW),
    )
    returned = fact(
        ReferralReturned, referral=REFERRAL, recorded_by="receiver", reason="担当が違う"
    )
    assert shares(household(THEIRS, referred), sharing(facts=[6], basis=BY_LAW))
    with pytest.raises(Unknown):
        share(household(THEIRS, referred, returned), sharing(facts=[6], basis=BY_LAW))


def test_whoever_reported_abuse_stays_with_the_desk() -> None:
    report = fact(AbuseReported, report=SHARE, kind="child", victim=CHILD, label=label(CHILD))
    tip = consultation(CHILD, tags=(Tag.INFORMANT,))
    for given in (report, tip):
        with pytest.raises(InformantStays):
            share(household(given), sharing(facts=[6], basis=BY_LAW))
    told = [{"text": "隣の人が", "tags": ["informant"]}]
    with pytest.raises(InformantStays):
        share(household(), sharing(narrative=told, basis=BY_LAW))
    other_desk = stamp(capacity(CENTRE, "nurses"))
    for given in (report, tip):
        with pytest.raises(Unknown):
            share(household(given), sharing(facts=[6], basis=BY_LAW), by=other_desk)


def test_a_concealed_place_is_never_enclosed() -> None:
    hidden = consultation(CHILD, concealed=True)
    for beside in ([], [child(2015)]):
        with pytest.raises(ConcealedPlace):
            share(household(hidden), sharing(facts=[6], basis=BY_LAW), *beside)


def test_nothing_is_passed_on_or_asked_for_unseen() -> None:
    """Neither its receiver nor the privacy officer could read that it was."""
    given = household(consultation(CHILD))
    for mark, refused in (
        ({"concealed": True}, ConcealedPlace),
        ({"tags": ["informant"]}, InformantStays),
    ):
        with pytest.raises(refused):
            share(given, sharing(facts=[6], basis=BY_LAW, **mark), child(2015))
        with pytest.raises(refused):
            request(child(2015), basis=ByStatute(article="shafuku-106-6-3"), **mark)


def test_words_that_tell_a_place_are_about_everybody_whom_the_enclosed_is_about() -> None:
    told = [{"text": "駅の近くで会う。", "tags": ["location"]}]
    command = sharing(facts=[6], narrative=told, subjects=[MOTHER], basis=BY_LAW)
    home, mother = household(consultation(CHILD)), person(id=MOTHER)
    assert shares(home, command, mother, child(2015))
    with pytest.raises(ConcealedPlace):
        share(home, command, mother, child(2015, hidden_from(FATHER)))


def test_a_place_goes_only_where_nobody_it_is_about_is_concealed() -> None:
    place = consultation(CHILD, tags=(Tag.LOCATION,))
    command = sharing(facts=[6], basis=BY_LAW)
    assert shares(household(place), command, child(2015))
    for beside in ([], [child(2015, hidden_from(FATHER))]):
        with pytest.raises(ConcealedPlace):
            share(household(place), command, *beside)
    one = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    with pytest.raises(ConcealedPlace):
        share(household(place), command, child(2015, one), protected(STRANGER, one))
    hers = consultation(MOTHER, tags=(Tag.LOCATION,))
    with pytest.raises(ConcealedPlace):
        share(household(hers), command, child(2015), protected(MOTHER))
    nobody = consultation(tags=(Tag.LOCATION,))
    everybody = [child(2015), person(id=MOTHER)]
    with pytest.raises(ConcealedPlace):
        share(household(nobody), sharing(facts=[6], basis=BY_LAW), *everybody)
    assert shares(household(nobody), command, *everybody, person(id=FATHER))
    with pytest.raises(ConcealedPlace):
        share(
            bare(consultation(tags=(Tag.LOCATION,))), sharing(facts=[1], basis=BY_LAW, subjects=[])
        )


def test_who_acts_for_one_of_them_passes_on_no_place_of_anybody() -> None:
    """Whether it is refused would tell them who is protected."""
    told = sharing(narrative=[{"text": "駅の近くで会う。", "tags": ["location"]}], basis=BY_LAW)
    acting = fact(GuardianAppointed, person=FATHER, kind="guardian", guardian="某", agency=CENTRE)
    assert shares(household(), told, child(2015))
    for beside in ((child(2015),), (child(2015, hidden_from(FATHER)),)):
        with pytest.raises(ConcealedPlace):
            share(household(acting), told, *beside)


def test_nobody_consents_to_the_passing_on_of_what_is_hidden_from_them() -> None:
    secret = consultation(CHILD, hidden_from=(CHILD,))
    with pytest.raises(HiddenFromHearer):
        share(household(consented(), secret), sharing(facts=[7]))
    shared = share(household(consented(), secret), sharing(facts=[7], basis=BY_LAW))
    assert shared.label.hidden_from == (CHILD,)


def test_whoever_consents_is_looked_at_where_something_is_hidden_from_somebody() -> None:
    """Default deny: by an id that was not looked at they may be whom it is hidden from."""
    secret = household(consented(), consultation(CHILD, hidden_from=(FATHER,)))
    assert shares(secret, sharing(facts=[7]), person())
    one = fact(PersonsMerged, absorbed=CHILD, survivor=FATHER)
    for beside in ((), (person(one),), (person(one), person(one, id=FATHER))):
        with pytest.raises(HiddenFromHearer):
            share(secret, sharing(facts=[7]), *beside)


def test_from_whom_a_word_is_hidden_the_record_of_it_is() -> None:
    told = [{"text": "父には言わないで", "hidden_from": [FATHER]}]
    command = sharing(narrative=told, hidden_from=[MOTHER], basis=BY_LAW)
    assert share(household(), command).label.hidden_from == (MOTHER, FATHER)


def test_nothing_is_said_in_front_of_whom_it_is_hidden_from() -> None:
    secret = household(consultation(CHILD, hidden_from=(FATHER,)))
    command = sharing(to_agency=SHAKYO, facts=[6], basis=BY_SITTING)
    father = attends(CONSENT, None, AttendeeKind.PERSON, person=FATHER)
    with pytest.raises(HiddenFromHearer):
        share(secret, command, meeting(*father))
    assert shares(secret, command, meeting())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"to_agency": "moon"}, UnknownAgency),
        ({"to_agency": CENTRE}, SharedWithOneself),
        ({"purpose": "moon"}, UnknownCode),
        ({"purpose": "audit"}, PurposeForReading),
        ({"subjects": [STRANGER]}, NotAMember),
        ({"narrative": ()}, NothingToShare),
    ],
)
def test_a_share_names_a_receiver_a_purpose_and_something(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        share(household(consented()), sharing(**{"narrative": "話", **wrong}))


def test_that_something_was_told_may_be_recorded_by_its_category_alone() -> None:
    by_category = sharing(subjects=[], categories=["family"], basis=BY_LAW)
    urgent = sharing(subjects=[], categories=["family"], basis=DANGER)
    assert share(household(), urgent).label.subjects == (FATHER, MOTHER, CHILD)
    shared = share(household(), by_category)
    assert (shared.label.subjects, shared.categories) == (
        (FATHER, MOTHER, CHILD),
        (Category.FAMILY,),
    )


def test_a_closed_household_shares_nothing() -> None:
    with pytest.raises(HouseholdClosed):
        share(household(fact(SupportClosed, reason="x")), telling(basis=BY_LAW))


def test_the_route_asks_whose_records_the_decision_rests_on() -> None:
    given = household(consultation(MOTHER))
    command = sharing(facts=[6], narrative="話")
    assert concerned(given, command, [6, 99]) == (CHILD, MOTHER)
    hers = sharing(narrative=[{"text": "母と話した", "principals": [MOTHER]}])
    assert concerned(given, hers, []) == (CHILD, MOTHER)
    nameless = sharing(facts=[6], subjects=[], narrative="話")
    assert concerned(given, nameless, [6]) == (MOTHER, FATHER, CHILD)
    everybody = (FATHER, MOTHER, CHILD)
    assert concerned(given, sharing(subjects=[], narrative="話"), []) == everybody
    assert concerned(given, sharing(subjects=[]), []) == everybody


# 協力依頼


def requesting(**fields: Any) -> RequestInformation:
    given = {"of_agency": CLINIC, "purpose": "support", "subjects": [CHILD]}
    return RequestInformation.model_validate({**given, "categories": ["consultation"], **fields})


def request(*beside: Beside, by: Stamp | None = None, **fields: Any) -> InformationRequested:
    (asked,) = request_information(household(), *beside, requesting(**fields), by or stamp())
    return asked


def test_to_ask_about_somebody_needs_a_basis_too() -> None:
    with pytest.raises(NoBasisForSharing):
        request()
    asked = request(basis=ByStatute(article="shafuku-106-6-3"), narrative="通院の様子")
    assert asked.answer_due == date(2026, 4, 15)
    assert asked.categories == (Category.CONSULTATION,)


def test_a_sitting_may_ask_who_was_not_there() -> None:
    later = stamp(at=datetime(2026, 4, 3, 3, tzinfo=UTC))
    assert request(meeting(), by=later, basis=BY_SITTING).label.basis == BY_SITTING
    with pytest.raises(SittingDoesNotCover):
        request(meeting(), by=CITYS, basis=BY_SITTING)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"of_agency": "moon"}, UnknownAgency),
        ({"of_agency": CENTRE}, SharedWithOneself),
        ({"answer_due": "2026-03-31"}, AnswerDuePast),
    ],
)
def test_a_request_names_who_is_asked_and_until_when(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        request(basis=BY_LAW, **wrong)


def test_a_request_is_answered_once() -> None:
    asked = request(basis=BY_LAW)
    answer = AnswerInformationRequest(cooperated=True)

    def answers(given: Household, by: Stamp) -> Any:
        return answer_information_request(given, answer, by, request=asked.request)

    given = household(asked)
    (answered,) = answers(given, stamp())
    with pytest.raises(AlreadyRecorded):
        answers(household(asked, answered), stamp())
    with pytest.raises(Unknown):
        answers(given, stamp(COORDINATOR))
    with pytest.raises(Unknown):
        answers(household(), stamp())
    closed = asked.model_copy(update={"label": label(CHILD, category=Category.ABUSE)})
    (told,) = answers(household(closed), stamp())
    assert told.label.category is Category.ABUSE


def test_a_checked_fact_goes_without_the_informant() -> None:
    checked = fact(
        FactsChecked,
        report=SHARE,
        seen_in_person=True,
        finding="findings-1",
        label=label(CHILD, category=Category.ABUSE, hidden_from=(FATHER, MOTHER)),
    )
    shared = share(household(checked), sharing(facts=[6], basis=BY_LAW))
    assert shared.label.category is Category.ABUSE
    assert shared.label.hidden_from == (FATHER, MOTHER)
