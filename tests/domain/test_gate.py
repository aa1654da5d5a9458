"""Default deny: what a desk wrote, what its office is for, and what stands in everybody's way."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events import Fact
from domain.events.consent import ConsentWithdrawn, LabelLoosened, LabelTightened, ShareReviewed
from domain.events.intake import AbuseReported, ConsultationReceived, NoteDropped, NoteKept
from domain.events.meeting import AssessmentRecorded, RoleAssigned
from domain.events.membership import HouseholdOpened, HouseholdsMerged, HouseholdSplit
from domain.events.oversight import AuditCaseOpened
from domain.events.person import CareNeeded, ConcealmentEnded
from domain.events.publication import StatisticsPublished
from domain.events.referral import ReferralAccepted
from domain.events.resource import CommunityIssueRaised
from domain.events.rights import (
    DisclosureDecided,
    DisclosureRequested,
    MisfiledRecordWithdrawn,
    UseSuspended,
)
from domain.events.staff import StaffRegistered
from domain.events.support import (
    ContactMade,
    FileAttached,
    GuardianAppointed,
    GuardianshipEnded,
    ShelterProvided,
    SupportClosed,
    SupportReopened,
)
from domain.gate import (
    FRAME_ONLY,
    REASONS,
    WITHHELD,
    Address,
    Place,
    Situation,
    acts_against,
    addressed,
    may_read,
    shown,
    thread,
)
from domain.labels import ByConsent, ByStatute, Category, Tag, Urgent
from domain.values import Personal, Role
from tests.domain.gated import (
    CHIEF,
    CHILD,
    CONSENT,
    FATHER,
    HOKEN,
    HOME,
    MOTHER,
    OWN,
    PRIVACY,
    PROTECTION,
    SHARE,
    TANAKA,
    TODAY,
    World,
    address,
    concealed,
    consented,
    contact,
    fact,
    identified,
    joined,
    label,
    reader,
    referred,
    shared,
)

KANRI = reader(desk="kanri")
SCHOOL = reader("gakko", "kyomu")


def one(told: Fact, stream: UUID = HOME) -> tuple[World, Place]:
    world = World()
    return world, world.tell(told, stream)


def test_an_agency_reads_what_it_wrote_and_no_other_does() -> None:
    world, written = one(contact())
    assert world.ask(OWN, written) == ("own-desk", ())
    assert world.ask(KANRI, written) == ("own-agency", ())
    assert world.ask(HOKEN, written) == ("no-basis", ())
    assert world.ask(reader("hoken", "sodan"), written) == ("no-basis", ())


@pytest.mark.parametrize("category", [Category.HEALTH, Category.ABUSE])
def test_health_and_abuse_do_not_cross_the_desks_of_one_agency(category: Category) -> None:
    world, written = one(contact(label(category)))
    assert world.opens(OWN, written)
    assert world.ask(KANRI, written) == ("no-basis", ())


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.IDENTITY, Role.ANALYST, Role.ADMINISTRATOR])
def test_another_desk_reads_only_for_the_sake_of_a_case(role: Role) -> None:
    world, written = one(contact())
    found = world.shown(reader(desk="kanri", role=role), written)
    assert found is None or found.grant.rule == "privacy-metadata"


def test_an_answer_is_read_by_those_who_asked() -> None:
    world, asked = one(referred())
    answer = world.tell(
        fact(
            ReferralAccepted,
            label(agency="hoken", desk="chiku"),
            referral=UUID(int=5),
            recorded_by="receiver",
        )
    )
    assert world.ask(OWN, answer) == ("thread", (asked,))
    assert world.ask(SCHOOL, answer) == ("no-basis", ())


def test_whom_a_fact_speaks_to_learns_of_it_but_not_what_it_says() -> None:
    closed = fact(
        SupportClosed,
        None,
        reason="solved",
        wish="もう大丈夫",
        successor_agency="hoken",
        narrative=({"text": "経過", "label": label()},),
    )
    world, place = one(closed)
    found = world.shown(HOKEN, place)
    assert found is not None
    assert found.grant.rule in FRAME_ONLY
    assert found.withheld == ("narrative.0", "wish")
    assert isinstance(found.item.fact, SupportClosed)
    assert (found.item.fact.wish, found.item.fact.narrative) == (WITHHELD, ())
    assert found.item.fact.reason == "solved"


def test_health_sent_to_a_desk_reaches_that_desk_alone() -> None:
    world, sent = one(referred(label(Category.HEALTH), to_desk="chiku"))
    assert world.ask(HOKEN, sent) == ("addressed", ())
    assert world.ask(reader("hoken", "boshi"), sent) == ("no-basis", ())


def test_a_note_is_read_by_its_author_alone() -> None:
    world, note = one(fact(NoteKept, None, note=uuid4(), text="メモ", label_by="2026-04-04"))
    assert world.ask(OWN, note) == ("author", ())
    assert world.ask(reader(staff=CHIEF), note) == ("author-only", ())
    assert world.ask(PRIVACY, note) == ("author-only", ())
    moved = reader("hoken", "chiku")
    assert world.ask(moved, note) == ("author-only", ())
    dropped = world.tell(fact(NoteDropped, None, note=uuid4()))
    assert world.ask(OWN, dropped) == ("author", ())
    assert world.ask(reader(staff=CHIEF), dropped) == ("author-only", ())


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST])
def test_who_keeps_or_counts_reads_no_word_about_anybody(role: Role) -> None:
    world, written = one(contact())
    assert world.ask(reader(role=role), written) == ("no-personal-text", ())


def test_colleagues_and_community_issues_are_open_to_all() -> None:
    colleague = fact(StaffRegistered, None, issuer="i", subject="s", name="田中")
    raised = fact(
        CommunityIssueRaised, label(Category.ORGANISATION), themes=("transport",), text="バスがない"
    )
    counts = {"year": 2025, "table": "t", "closing": "2026-04-01", "k": 10, "cells": ()}
    published = fact(StatisticsPublished, None, **counts, known="now")
    for told in (colleague, raised, published):
        world, place = one(told)
        for role in (Role.COUNSELLOR, Role.ADMINISTRATOR, Role.ANALYST):
            assert world.ask(reader("kikaku", "joho", role), place) == ("open", ())


# 支援措置


def test_a_concealed_address_is_read_by_the_protection_desk_alone() -> None:
    world, where = one(address(), MOTHER)
    assert world.opens(OWN, where)
    begun = world.tell(concealed(), MOTHER)
    assert world.ask(OWN, where) == ("concealed-location", (begun,))
    assert world.ask(PRIVACY, where) == ("concealed-location", (begun,))
    assert world.ask(PROTECTION, where) == ("protection", ())


@pytest.mark.parametrize("subjects", [(), (MOTHER,)])
def test_what_betrays_a_concealed_place_is_withheld(subjects: tuple[UUID, ...]) -> None:
    world, located = one(contact(label(tags=(Tag.LOCATION,), subjects=subjects)))
    assert world.opens(OWN, located)
    begun = world.tell(concealed(), MOTHER)
    assert world.ask(OWN, located) == ("concealed-location", (begun,))
    assert world.ask(PROTECTION, located) == ("protection", (begun,))


def test_a_place_of_somebody_else_is_not_withheld() -> None:
    world, located = one(contact(label(tags=(Tag.LOCATION,), subjects=(FATHER,))))
    world.tell(concealed(), MOTHER)
    assert world.opens(OWN, located)


def test_what_stands_in_the_file_of_a_protected_person_is_about_that_person() -> None:
    """Whomever else its label names; and of somebody else's file nobody thinks so."""
    labelled = label(Category.HEALTH, tags=(Tag.LOCATION,), subjects=(FATHER,))
    needed = fact(CareNeeded, labelled, kinds=("interpreter",))
    world, hers = one(needed, MOTHER)
    his = world.tell(needed.model_copy(update={"label": label(tags=(Tag.LOCATION,))}), FATHER)
    begun = world.tell(concealed(), MOTHER)
    assert world.ask(OWN, hers) == ("concealed-location", (begun,))
    assert world.opens(OWN, his)


def test_a_record_made_secret_is_withheld_whoever_is_concealed() -> None:
    world, secret = one(contact(label(concealed=True)))
    assert world.ask(OWN, secret) == ("concealed-location", ())
    assert world.ask(PROTECTION, secret) == ("protection", ())


def test_a_place_told_in_a_room_is_nobodys_to_read() -> None:
    basis = {"kind": "sitting", "sitting": uuid4(), "item": uuid4()}
    world, secret = one(contact(label(concealed=True, basis=basis)))
    assert world.ask(PROTECTION, secret) == ("concealed-location", ())


def test_a_person_found_to_be_another_is_protected_like_the_other() -> None:
    world, where = one(address(), FATHER)
    world.tell(concealed(), MOTHER)
    assert world.opens(OWN, where)
    world.same = {FATHER: MOTHER}
    assert not world.opens(OWN, where)


def test_the_end_of_a_protection_is_named_where_it_opened_a_place() -> None:
    world, where = one(address(), MOTHER)
    visit = world.tell(contact())
    begun = world.tell(concealed(), MOTHER)
    assert world.ask(OWN, where) == ("concealed-location", (begun,))
    reason = {"concealment": UUID(int=79), "reason": "asked", "proposed_by": CHIEF}
    over = world.tell(fact(ConcealmentEnded, None, **reason), MOTHER)
    assert world.ask(OWN, where) == ("own-desk", (over,))
    assert world.ask(OWN, visit) == ("own-desk", ())
    assert world.ask(HOKEN, where) == ("no-basis", ())
    located = world.tell(contact(label(tags=(Tag.LOCATION,))))
    assert world.ask(PROTECTION, located) == ("no-basis", (over,))
    world.tell(fact(ConcealmentEnded, None, **reason), MOTHER)
    assert world.ask(OWN, where) == ("own-desk", ())


def test_fields_that_tell_a_place_are_withheld_under_concealment() -> None:
    shelter = fact(ShelterProvided, None, person=MOTHER, nights=2, yen=0, place="ひみつの宿")
    area = fact(HouseholdOpened, None, area="north")
    for told, name in ((shelter, "place"), (area, "area")):
        world, place = one(told)
        before = world.shown(OWN, place)
        assert before is not None
        assert before.withheld == ()
        world.tell(concealed(), MOTHER)
        found = world.shown(OWN, place)
        assert found is not None
        assert found.withheld == (name,)
        assert getattr(found.item.fact, name) is None
        seen = world.shown(reader(role=Role.PROTECTION), place)
        assert seen is not None
        assert seen.withheld == ()


# 見せない人


def guarding(person: UUID, **given: Any) -> GuardianAppointed:
    return fact(GuardianAppointed, None, person=person, kind="guardian", guardian="某", **given)


def test_the_procedure_about_somebody_goes_on_when_use_is_suspended() -> None:
    stopping = {"person": MOTHER, "reason": "目的外"}
    world, stopped = one(fact(UseSuspended, label(subjects=(MOTHER,)), **stopping))
    world.tell(fact(UseSuspended, None, **stopping))
    assert world.ask(PRIVACY, stopped) == ("office-privacy", ())


def test_who_acts_for_somebody_themselves_reads_nothing_hidden_from_them() -> None:
    world, hidden = one(contact(label(hidden_from=(FATHER,))))
    acting = world.tell(guarding(FATHER, staff=TANAKA))
    assert world.ask(OWN, hidden) == ("wall", (acting,))
    assert world.opens(reader(staff=CHIEF), hidden)


def test_who_acts_for_somebody_reads_nothing_hidden_from_them() -> None:
    world, hidden = one(contact(label(hidden_from=(FATHER,))))
    assert world.opens(OWN, hidden)
    acting = world.tell(guarding(FATHER, agency="shakyo", desk="sodan"))
    assert world.ask(OWN, hidden) == ("wall", (acting,))
    assert world.opens(KANRI, hidden)


@pytest.mark.parametrize(
    ("given", "walled"),
    [
        ({"agency": "shakyo"}, True),
        ({"agency": "shakyo", "desk": "kanri"}, False),
        ({"agency": "hoken"}, False),
        ({"agency": "shakyo", "staff": OWN.staff}, True),
        ({"agency": "shakyo", "staff": CHIEF}, False),
        ({}, False),
    ],
)
def test_an_agency_a_desk_or_one_person_may_act_for_somebody(
    given: dict[str, Any], *, walled: bool
) -> None:
    world, hidden = one(contact(label(hidden_from=(FATHER,))))
    world.tell(guarding(FATHER, **given))
    world.tell(guarding(CHILD, agency="shakyo"))
    assert world.opens(OWN, hidden) is not walled


def test_who_acted_for_somebody_reads_again_when_the_task_is_over() -> None:
    world, hidden = one(contact(label(hidden_from=(FATHER,))))
    acting = world.tell(guarding(FATHER, agency="shakyo"))
    assert world.ask(OWN, hidden) == ("wall", (acting,))
    over = {"of": acting.version, "person": FATHER, "reason": "resigned"}
    ended = world.tell(fact(GuardianshipEnded, None, **over))
    assert world.ask(OWN, hidden) == ("own-desk", (ended,))
    assert world.ask(HOKEN, hidden) == ("no-basis", ())
    world.tell(guarding(FATHER, agency="shakyo"))
    assert not world.opens(OWN, hidden)
    world.tell(fact(GuardianshipEnded, None, **{**over, "of": 99}))
    assert not world.opens(OWN, hidden)


def test_a_place_is_never_told_to_those_who_act_for_the_counterparty() -> None:
    world, where = one(address(), MOTHER)
    begun = world.tell(concealed(FATHER), MOTHER)
    acting = world.tell(guarding(FATHER, agency="city"))
    assert world.ask(PROTECTION, where) == ("wall", (acting, begun))


def test_to_those_who_act_for_the_counterparty_nobody_is_concealed() -> None:
    world = World()
    world.tell(concealed(FATHER), MOTHER)
    assert not acts_against(OWN, MOTHER, world.situation())
    world.tell(guarding(FATHER, agency="shakyo"))
    world.tell(guarding(CHILD, agency="hoken"))
    assert acts_against(OWN, MOTHER, world.situation())
    assert not acts_against(OWN, CHILD, world.situation())
    assert not acts_against(HOKEN, MOTHER, world.situation())


def test_hiding_it_later_is_named_as_what_closed_it() -> None:
    world, written = one(contact())
    acting = world.tell(guarding(FATHER, agency="shakyo", desk="sodan"))
    assert world.ask(OWN, written) == ("own-desk", ())
    tightened = world.tell(fact(LabelTightened, None, of=1, hide_from=(FATHER,)))
    assert world.ask(OWN, written) == ("wall", (acting, tightened))


def test_a_stricter_label_closes_the_fact_and_its_paragraphs() -> None:
    world, written = one(contact(None, label(), label(Category.HEALTH)))
    tightened = world.tell(fact(LabelTightened, None, of=1, category=Category.ABUSE))
    assert world.ask(KANRI, written) == ("no-basis", (tightened,))
    found = world.shown(OWN, written)
    assert found is not None
    assert isinstance(found.item.fact, ContactMade)
    assert {p.label.category for p in found.item.fact.narrative} == {Category.ABUSE}
    assert found.item.fact.label.category is Category.ABUSE
    secret = world.tell(fact(LabelTightened, None, of=1, conceal=True))
    assert world.ask(OWN, written) == ("concealed-location", (secret,))
    world.tell(fact(LabelTightened, None, of=1, category=Category.HEALTH))
    assert world.ask(OWN, written) == ("concealed-location", (secret,))


def test_each_narrative_of_a_fact_is_asked_about() -> None:
    said = [{"text": "話", "label": each} for each in (label(), label(Category.HEALTH))]
    about = {"assessment": SHARE, "persons": (MOTHER,), "fields": ("child",), "issues": ("school",)}
    told = fact(AssessmentRecorded, None, **about, wishes=said[:1], narrative=said)
    world, written = one(told)
    found = world.shown(KANRI, written)
    assert found is not None
    assert found.withheld == ("narrative.1",)


def test_the_reason_of_a_basis_is_left_out_of_a_frame_and_noted() -> None:
    because = ByStatute(article="ppa-69-1", reason=Personal("命に関わるため急いで伝えた"))
    world, written = one(contact(label(basis=because)))
    found = world.shown(PRIVACY, written)
    assert found is not None
    assert found.item.fact.label.basis == because.model_copy(update={"reason": WITHHELD})
    assert "label.basis.reason" in found.withheld


def test_nothing_is_withheld_that_was_not_told() -> None:
    world, written = one(fact(AbuseReported, None, report=uuid4(), kind="child"))
    found = world.shown(KANRI, written)
    assert found is not None
    assert found.withheld == ()


def test_a_paragraph_is_shown_under_the_label_that_is_stricter_now() -> None:
    world, written = one(contact())
    world.tell(fact(LabelTightened, None, of=1, category=Category.FINANCE))
    found = world.shown(OWN, written)
    assert found is not None
    assert isinstance(found.item.fact, ContactMade)
    assert [p.label.category for p in found.item.fact.narrative] == [Category.FINANCE]


def test_what_was_concealed_from_the_first_stays_so_under_a_stricter_label() -> None:
    world, written = one(contact(label(concealed=True)))
    world.tell(fact(LabelTightened, None, of=1, hide_from=(FATHER,)))
    assert world.ask(OWN, written) == ("concealed-location", ())


def test_what_two_people_took_back_is_named_as_what_opened_it() -> None:
    world, written = one(contact())
    first = world.tell(fact(LabelTightened, None, of=1, category=Category.ABUSE))
    other = world.tell(fact(LabelTightened, None, of=1, conceal=True))
    assert world.ask(KANRI, written) == ("concealed-location", (other,))
    why = {"of": 1, "proposal": SHARE, "proposed_by": CHIEF, "reason": "危険が去った"}
    back = world.tell(fact(LabelLoosened, None, tightening=other.version, **why))
    assert world.ask(KANRI, written) == ("no-basis", (first,))
    assert world.ask(OWN, written) == ("own-desk", (back,))
    opened = world.tell(fact(LabelLoosened, None, tightening=first.version, **why))
    assert world.ask(KANRI, written) == ("own-agency", (back, opened)[::-1])


# 通報者・誤記録


def test_the_informant_stays_with_the_desk_that_was_told() -> None:
    report = fact(
        AbuseReported,
        None,
        report=uuid4(),
        kind="child",
        reporter="隣の人",
        reporter_relation="隣人",
        received_how="電話",
    )
    told = fact(
        ConsultationReceived,
        None,
        consultation=uuid4(),
        route="walk-in",
        window="sodan",
        fields=(),
        issues=(),
        consulter="neighbour",
        urgency="soon",
        informant="隣の人",
    )
    for each in (report, told):
        world, place = one(each)
        whole, part = world.shown(OWN, place), world.shown(KANRI, place)
        assert whole is not None
        assert whole.withheld == ()
        assert part is not None
        assert "隣の人" not in part.item.fact.model_dump_json()
        assert set(part.withheld) <= {
            "reporter", "reporter_relation", "received_how", "informant"
        }  # fmt: skip
    world, words = one(contact(None, label(tags=(Tag.INFORMANT,))))
    seen = world.shown(KANRI, words)
    assert seen is not None
    assert seen.withheld == ("narrative.0",)
    world, all_of_it = one(contact(label(tags=(Tag.INFORMANT,))))
    assert world.ask(KANRI, all_of_it) == ("informant", ())


def test_what_was_misfiled_is_closed_to_its_own_desk() -> None:
    world, wrong = one(contact())
    withdrawn = world.tell(fact(MisfiledRecordWithdrawn, None, facts=(1,), reason="別の世帯"))
    assert world.ask(OWN, wrong) == ("misfiled", (withdrawn,))
    assert world.ask(PRIVACY, wrong) == ("misfiled", (withdrawn,))


def test_a_file_of_what_may_not_be_used_is_not_used_either() -> None:
    world, visit = one(contact())
    file = {"kind": "form", "title": "写し", "media_type": "application/pdf", "size": 1}
    of = world.items[-1].fact.outreach  # type: ignore[attr-defined]
    scan = fact(FileAttached, None, attachment=UUID(int=0x99), **file, content="JVBERi0=", to=of)
    attached = world.tell(scan)
    assert world.ask(OWN, attached) == ("own-desk", ())
    suspension = {"person": MOTHER, "facts": (visit.version,), "reason": "目的外"}
    stopped = world.tell(fact(UseSuspended, None, **suspension))
    assert world.ask(OWN, visit) == ("use-suspended", (stopped,))
    assert world.ask(OWN, attached) == ("use-suspended", (stopped, visit))


def test_what_may_not_be_used_is_closed_to_all_but_audit() -> None:
    """個情法100条: the procedure itself goes on, and what is recorded afterwards is used."""
    world, named = one(contact(label(subjects=(FATHER,))))
    hers, his = (world.tell(contact(label(subjects=(each,)))) for each in (MOTHER, FATHER))
    stopping = {"person": MOTHER, "reason": "目的外"}
    first = world.tell(fact(UseSuspended, None, **stopping, facts=(named.version,)))
    assert world.ask(OWN, named) == ("use-suspended", (first,))
    assert world.opens(OWN, hers)
    everything = world.tell(fact(UseSuspended, None, **stopping))
    later = world.tell(contact(label(subjects=(MOTHER,))))
    assert world.ask(OWN, hers) == ("use-suspended", (everything,))
    assert world.ask(PRIVACY, hers) == ("use-suspended", (everything,))
    assert world.ask(PRIVACY, first) == ("office-privacy", ())
    assert world.opens(OWN, his)
    assert world.opens(OWN, later)
    office = label(Category.ORGANISATION, "city", "joho")
    case = world.tell(fact(AuditCaseOpened, office, case=UUID(int=12), reason="点検"))
    assert world.ask(PRIVACY, hers) == ("privacy-audit", (case,))


def test_all_about_somebody_is_stopped_in_what_had_become_part_of_the_household() -> None:
    """And in nothing that became part of it afterwards; the positions of the log tell which."""
    first, second, third = (UUID(int=each) for each in (0x51, 0x52, 0x53))
    world = World()
    hers = {each: world.tell(contact(label(subjects=(MOTHER,))), each) for each in (first, second)}
    for source, target in ((first, second), (second, HOME)):
        world.tell(fact(HouseholdsMerged, None, source=source, target=target, persons=()), target)
    elsewhere = world.tell(contact(label(subjects=(MOTHER,))), third)
    stopping = {"person": MOTHER, "reason": "目的外"}
    stopped = world.tell(fact(UseSuspended, None, **stopping))
    world.tell(fact(HouseholdsMerged, None, source=third, target=HOME, persons=()))
    for place in hers.values():
        assert world.ask(OWN, place) == ("use-suspended", (stopped,))
    assert world.opens(OWN, elsewhere)


# 職務


def test_offices_open_what_they_are_there_for() -> None:
    requested = fact(
        DisclosureRequested,
        None,
        request=uuid4(),
        person=MOTHER,
        requester="person",
        scope="全部",
        decide_by="2026-05-01",
    )
    cases = [
        (requested, PRIVACY, "office-privacy"),
        (identified(MOTHER), reader("city", "juki", Role.IDENTITY), "office-identity"),
        (concealed(), PROTECTION, "protection"),
    ]
    for told, by, rule in cases:
        world, place = one(told, MOTHER)
        assert world.ask(by, place) == (rule, ())
        assert not world.opens(reader("city", "soumu"), place)


def test_who_asked_for_disclosure_stays_with_the_office_and_the_desk_that_took_it() -> None:
    taken = label(agency="city", desk="madoguchi", subjects=(MOTHER,))
    given = {"request": SHARE, "person": MOTHER, "requester": "representative", "scope": "全部"}
    asked = fact(DisclosureRequested, taken, **given, decide_by="2026-05-01")
    decided = {"request": SHARE, "outcome": "neither", "child_safety_checked": True}
    for told in (asked, fact(DisclosureDecided, taken, **decided)):
        world, place = one(told)
        assert world.ask(reader("city", "madoguchi"), place) == ("own-desk", ())
        assert world.ask(PRIVACY, place) == ("office-privacy", ())
        for other in (OWN, reader("city", "hogo"), reader("city", "juki", Role.PROTECTION)):
            assert world.ask(other, place) == ("no-basis", ())


def test_the_privacy_officer_sees_who_recorded_what_and_no_word_of_it() -> None:
    urgent = Urgent(reason=Personal("今夜の身の危険"), review_due=TODAY)
    for told in (contact(label(basis=urgent)), identified(MOTHER), consented(witness="立会人")):
        world, place = one(told)
        found = world.shown(PRIVACY, place)
        assert found is not None
        assert found.grant.rule == "privacy-metadata"
        text = found.item.fact.model_dump_json()
        assert not any(word in text for word in ("話", "芦屋", "アシヤ", "立会人", "今夜"))
        assert found.withheld


def test_the_reason_of_a_share_without_consent_is_seen_by_the_privacy_officer() -> None:
    urgent = Urgent(reason=Personal("今夜の身の危険"), review_due=TODAY)
    world, place = one(shared(label(basis=urgent)))
    found = world.shown(PRIVACY, place)
    assert found is not None
    assert "今夜" in found.item.fact.model_dump_json()


# 見せる部分


def test_a_paragraph_stricter_than_its_fact_is_left_out_and_named() -> None:
    world, met = one(contact(None, label(), label(Category.HEALTH)))
    whole, part = world.shown(OWN, met), world.shown(KANRI, met)
    assert whole is not None
    assert part is not None
    assert (whole.item, whole.withheld) == (world.at(met), ())
    assert part.withheld == ("narrative.1",)
    assert isinstance(part.item.fact, ContactMade)
    assert len(part.item.fact.narrative) == 1


def test_what_may_not_be_read_is_not_there() -> None:
    world, written = one(contact())
    assert world.shown(HOKEN, written) is None


def test_whom_a_fact_is_addressed_to() -> None:
    role = fact(
        RoleAssigned,
        None,
        role=uuid4(),
        decision=uuid4(),
        agency="gakko",
        desk="kyomu",
        task="見守り",
    )
    withdrawn = fact(
        ConsentWithdrawn,
        None,
        consent=uuid4(),
        by=MOTHER,
        agencies=("hoken",),
        categories=(Category.CONSULTATION,),
        purposes=("support",),
        holders=("hoken", "gakko"),
    )
    assert addressed(role) == (Address("gakko", "kyomu"),)
    assert addressed(withdrawn) == (Address("hoken", None), Address("gakko", None))
    assert addressed(contact()) == ()
    assert addressed(fact(SupportClosed, None, reason="solved")) == ()


def test_a_thread_is_named_for_what_is_asked_and_answered() -> None:
    reviewed = fact(ShareReviewed, None, share=SHARE, proper=True)
    assert thread(reviewed) == f"share:{SHARE}"
    assert thread(contact()) is None


def test_every_reason_is_a_plain_sentence() -> None:
    assert all(reason.endswith("。") for reason in REASONS.values())
    assert REASONS.keys() >= FRAME_ONLY


def test_without_any_facts_there_is_no_way_in_but_ones_own() -> None:
    world = World()
    place = world.tell(joined(MOTHER))
    for by, rule in ((OWN, "own-desk"), (HOKEN, "no-basis")):
        assert may_read(by, world.at(place), Situation()).rule == rule
    assert shown(HOKEN, world.at(place), Situation()) is None


def test_a_person_may_be_taken_for_protected() -> None:
    world = World()
    where = world.tell(address(), MOTHER)
    assert may_read(OWN, world.at(where), world.situation()).rule == "own-desk"
    guarded = world.situation().guarding(MOTHER)
    assert guarded.concealed == {MOTHER}
    assert may_read(OWN, world.at(where), guarded).rule == "concealed-location"


# 統合


def test_whoever_was_involved_learns_where_the_case_is_kept_and_nothing_else() -> None:
    both = {"persons": (MOTHER, FATHER)}
    world, merged = one(
        fact(
            HouseholdsMerged,
            None,
            source=HOME,
            target=uuid4(),
            agencies=("hoken", "kyotaku"),
            **both,
        )
    )
    for person in (MOTHER, FATHER):
        world.tell(joined(person))
    by_law = label(basis=ByStatute(article="apc-6"), subjects=(MOTHER,))
    for told, persons in ((None, ()), (shared(by_law), (MOTHER,))):
        if told:
            world.tell(told)
        seen = world.shown(HOKEN, merged)
        assert seen is not None
        assert isinstance(seen.item.fact, HouseholdsMerged)
        assert (seen.item.fact.persons, seen.item.fact.agencies) == (persons, ("hoken",))
        assert seen.withheld == ("persons", "agencies")
    world.tell(shared(label(basis=ByStatute(article="apc-6"), subjects=(FATHER,))))
    seen = world.shown(HOKEN, merged)
    assert seen is not None
    assert seen.withheld == ("agencies",)
    whole = world.shown(OWN, merged)
    assert whole is not None
    assert whole.withheld == ()
    assert world.shown(SCHOOL, merged) is None
    split = world.tell(fact(HouseholdSplit, None, source=HOME, target=uuid4(), **both))
    found = world.shown(HOKEN, split)
    assert found is not None
    assert found.withheld == ()


def test_a_consent_said_again_where_households_became_one_ends_with_the_case() -> None:
    target, person = UUID(int=0x50), label(subjects=(MOTHER,))
    by_consent = label(basis=ByConsent(consent=CONSENT), subjects=(MOTHER,))
    world, told = one(contact(person))
    consent = world.tell(consented())
    share = world.tell(shared(by_consent, told.version))
    merging = {"source": HOME, "target": target, "persons": (MOTHER,)}
    for stream in (HOME, target):
        world.tell(fact(HouseholdsMerged, None, **merging), stream)
    world.tell(consented(), target)
    assert world.ask(HOKEN, told) == ("consent", (share, consent))
    again = {"cycle": 2, "after": 1, "reason": "asked", "agency": "shakyo", "desk": "sodan"}
    reopened = world.tell(fact(SupportReopened, None, **again), target)
    assert world.ask(HOKEN, told)[0] == "expired"
    assert reopened in world.ask(HOKEN, told)[1]


def test_members_of_one_household_are_not_told_with_another() -> None:
    world, hers = one(joined(MOTHER))
    his = world.tell(joined(FATHER), UUID(int=0x50))
    world.tell(shared(label(basis=ByStatute(article="apc-6"))))
    assert world.opens(HOKEN, hers)
    assert not world.opens(HOKEN, his)


def test_a_desk_that_alone_knew_of_it_learns_alone_where_the_case_is_kept() -> None:
    women, welfare = reader("city", "women"), reader("city", "welfare")
    desks = [{"agency": "city", "desk": "women"}, {"agency": "hoken", "desk": "chiku"}]
    both = {"source": HOME, "target": uuid4(), "persons": (), "agencies": ("kyotaku",)}
    world = World()
    merged = world.tell(fact(HouseholdsMerged, None, **both, desks=desks), role=Role.IDENTITY)
    assert not world.opens(welfare, merged)
    assert world.ask(women, merged)[0] == "addressed"
    seen = world.shown(women, merged)
    assert seen is not None
    assert isinstance(seen.item.fact, HouseholdsMerged)
    assert [each.desk for each in seen.item.fact.desks] == ["women"]
    assert seen.withheld == ("agencies", "desks")


@pytest.mark.parametrize("office", [Role.IDENTITY, Role.PRIVACY, Role.PROTECTION])
def test_what_an_office_records_of_a_case_is_for_no_desk_beside_it(office: Role) -> None:
    world = World()
    told = world.tell(contact(), role=office)
    assert world.ask(OWN, told)[0] == "own-desk"
    assert world.ask(KANRI, told) == ("no-basis", ())


def test_who_wrote_that_somebody_belongs_reads_it_where_the_case_goes_on() -> None:
    world, hers = one(joined(MOTHER))
    target, city = UUID(int=0x50), label(Category.FAMILY, "city", "juki", subjects=(MOTHER,))
    again = world.tell(joined(MOTHER).model_copy(update={"label": city}), target)
    other = world.tell(
        joined(FATHER).model_copy(
            update={"label": city.model_copy(update={"subjects": (FATHER,)})}
        ),
        target,
    )
    assert world.ask(OWN, again) == ("own-agency", (hers,))
    assert world.ask(OWN, other) == ("no-basis", ())
    assert world.ask(HOKEN, again) == ("no-basis", ())
