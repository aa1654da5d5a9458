"""Default deny: each way in, and what is withheld whoever asks."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from domain.events import Fact
from domain.events.consent import ConsentGiven, ConsentWithdrawn, InformationShared, ShareReviewed
from domain.events.intake import AbuseReported, ConsultationReceived, NoteKept
from domain.events.meeting import RoleAssigned
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
)
from domain.events.person import AddressRecorded, ConcealmentStarted, PersonIdentified
from domain.events.referral import ReferralAccepted, ReferralMade
from domain.events.resource import CommunityIssueRaised
from domain.events.staff import StaffRegistered
from domain.events.support import ContactMade, ShelterProvided, SupportClosed
from domain.gate import (
    Address,
    Grant,
    Item,
    Reader,
    Situation,
    addressed,
    may_read,
    parties,
    shown,
    thread,
)
from domain.labels import Category, Label, Paragraph, Tag
from domain.values import Author, Capacity, Period, Personal, Role, StaffId

F = TypeVar("F", bound=Fact)
HOUSEHOLD, PERSON, THING = uuid4(), uuid4(), uuid4()
TANAKA, SATO = StaffId(uuid4()), StaffId(uuid4())
NOTHING = Situation()


def reader(
    agency: str = "shakyo",
    desk: str = "sodan",
    role: Role = Role.COUNSELLOR,
    staff: StaffId = TANAKA,
) -> Reader:
    return Reader(staff, Capacity(agency=agency, desk=desk, role=role), date(2026, 4, 10))


HOKEN = reader("hoken", "chiku")
PROTECTION = reader("shimin", "juki", Role.PROTECTION)


def label(category: Category = Category.CONSULTATION, **more: Any) -> Label:
    return Label(agency="shakyo", desk="sodan", category=category, **more)


def fact(kind: type[F], /, **given: Any) -> F:
    return kind(**{"occurred_on": "2026-04-01", **given})


def item(of: Fact, version: int = 1, stream: UUID = HOUSEHOLD) -> Item:
    capacity = Capacity(agency=of.label.agency, desk=of.label.desk, role=Role.COUNSELLOR)
    return Item(stream, version, Author(staff=TANAKA, capacity=capacity), of)


def contact(given: Label | None = None, *parts: Label) -> ContactMade:
    return fact(
        ContactMade,
        label=given or label(),
        outreach=THING,
        method="visit",
        met_person=True,
        consented=True,
        narrative=tuple(Paragraph(text=Personal("話"), label=part) for part in parts),
    )


def made(category: Category = Category.CONSULTATION, desk: str | None = None) -> ReferralMade:
    return fact(
        ReferralMade,
        label=label(category),
        referral=THING,
        to_agency="hoken",
        to_desk=desk,
        purpose="support",
        categories=(Category.CONSULTATION,),
        answer_due=date(2026, 4, 15),
    )


def address() -> Item:
    recorded = fact(
        AddressRecorded,
        label=label(Category.IDENTITY),
        address=THING,
        place="residence",
        text="ひみつの町1-2-3",
        period={"start": "2026-04-01"},
    )
    return item(recorded, stream=PERSON)


def granted(*versions: int, **more: Any) -> Situation:
    categories = frozenset({Category.CONSULTATION})
    grant = Grant(HOUSEHOLD, Address("hoken", None), frozenset(versions), categories)
    return Situation((_with(grant, more),))


def _with(grant: Grant, more: dict[str, Any]) -> Grant:
    fields = {name: getattr(grant, name) for name in Grant.__slots__}
    return Grant(**{**fields, **more})


def test_an_agency_reads_what_it_wrote_and_no_other_does() -> None:
    assert may_read(reader(desk="kanri"), item(contact()), NOTHING)
    assert not may_read(HOKEN, item(contact()), NOTHING)


@pytest.mark.parametrize("category", [Category.HEALTH, Category.ABUSE])
def test_health_and_abuse_do_not_cross_the_desks_of_one_agency(category: Category) -> None:
    written = item(contact(label(category)))
    assert may_read(reader(), written, NOTHING)
    assert not may_read(reader(desk="kanri"), written, NOTHING)


def test_whom_a_fact_speaks_to_may_read_it() -> None:
    assert may_read(HOKEN, item(made()), NOTHING)
    assert not may_read(reader("gakko", "kyomu"), item(made()), NOTHING)


def test_health_sent_to_a_desk_reaches_that_desk_alone() -> None:
    sent = item(made(Category.HEALTH, desk="chiku"))
    assert may_read(HOKEN, sent, NOTHING)
    assert not may_read(reader("hoken", "boshi"), sent, NOTHING)


def test_an_answer_is_read_by_those_who_asked() -> None:
    answer = fact(
        ReferralAccepted,
        label=label().model_copy(update={"agency": "hoken", "desk": "chiku"}),
        referral=THING,
        recorded_by="receiver",
    )
    assert not may_read(reader(), item(answer, 2), NOTHING)
    both = parties([item(made()), item(answer, 2)])
    assert both == {Address("shakyo", "sodan"), Address("hoken", "chiku"), Address("hoken", None)}
    situation = Situation(parties={(HOUSEHOLD, f"referral:{THING}"): both})
    assert may_read(reader(), item(answer, 2), situation)


def test_what_was_handed_over_is_read_in_its_categories() -> None:
    assert may_read(HOKEN, item(contact(), 4), granted(4))
    assert not may_read(HOKEN, item(contact(), 5), granted(4))
    assert not may_read(HOKEN, item(contact(label(Category.FINANCE)), 4), granted(4))
    assert not may_read(HOKEN, item(contact(), 4, stream=uuid4()), granted(4))
    assert not may_read(reader("gakko", "kyomu"), item(contact(), 4), granted(4))


def test_who_is_referred_is_known_to_the_receiver() -> None:
    named = fact(
        PersonIdentified,
        label=label(Category.IDENTITY),
        name="芦屋花子",
        kana="アシヤハナコ",
    )
    joined = fact(
        MemberJoined,
        label=label(Category.FAMILY),
        person=PERSON,
        relation="self",
        membership="registered",
        since="2026-04-01",
    )
    theirs = granted(persons=frozenset({PERSON}))
    for each in (item(named, stream=PERSON), item(joined)):
        assert may_read(HOKEN, each, theirs)
        assert not may_read(HOKEN, each, granted(4))


def test_an_address_goes_along_only_with_the_category_identity() -> None:
    persons = frozenset({PERSON})
    assert not may_read(HOKEN, address(), granted(persons=persons))
    identity = frozenset({Category.IDENTITY})
    assert may_read(HOKEN, address(), granted(persons=persons, categories=identity))


def test_who_is_given_a_case_knows_the_consents_that_name_the_agency() -> None:
    grants = (Grant(HOUSEHOLD, Address("hoken", None), persons=frozenset({PERSON})),)
    consent = fact(
        ConsentGiven, label=label(), consent=THING, person=PERSON, giver=PERSON, authority="self",
        able=True, method="written", text_version="v1", agencies=("hoken",),
        categories=("progress",), purposes=("support",), period=Period(start=date(2026, 4, 1)),
    )  # fmt: skip
    assert may_read(HOKEN, item(consent), Situation(grants))
    assert not may_read(HOKEN, item(consent), NOTHING)
    unnamed = consent.model_copy(update={"agencies": ("school",)})
    assert not may_read(HOKEN, item(unnamed), Situation(grants))


def test_who_is_given_a_case_knows_that_the_household_split() -> None:
    grants = (Grant(HOUSEHOLD, Address("hoken", None), persons=frozenset({PERSON})),)
    for persons, known in (((PERSON,), True), ((uuid4(),), False)):
        split = fact(
            HouseholdSplit, label=label(), source=HOUSEHOLD, target=uuid4(), persons=persons
        )
        assert may_read(HOKEN, item(split), Situation(grants)) is known
    split = fact(
        HouseholdSplit, label=label(), source=HOUSEHOLD, target=uuid4(), persons=(PERSON, THING)
    )
    seen = shown(HOKEN, item(split), Situation(grants))
    assert seen is not None
    assert seen.fact == split.model_copy(update={"persons": (PERSON,)})


def test_whoever_was_involved_learns_where_the_case_is_kept_and_nothing_else() -> None:
    merged = item(
        fact(
            HouseholdsMerged,
            label=label(),
            source=HOUSEHOLD,
            target=uuid4(),
            persons=(PERSON, THING),
            agencies=("hoken", "kyotaku"),
        )
    )
    grants = (Grant(HOUSEHOLD, Address("hoken", None), persons=frozenset({PERSON})),)
    for situation, persons in ((NOTHING, ()), (Situation(grants), (PERSON,))):
        seen = shown(HOKEN, merged, situation)
        assert seen is not None
        assert isinstance(seen.fact, HouseholdsMerged)
        assert (seen.fact.persons, seen.fact.agencies) == (persons, ("hoken",))
    assert shown(reader(), merged, NOTHING) == merged
    assert shown(reader("gakko", "kyoto"), merged, NOTHING) is None


def test_a_note_is_read_by_its_author_alone() -> None:
    note = item(fact(NoteKept, label=label(), note=THING, text="メモ", label_by="2026-04-04"))
    assert may_read(reader(), note, NOTHING)
    assert not may_read(reader(staff=SATO), note, NOTHING)


def test_a_concealed_address_is_read_by_the_protection_desk_alone() -> None:
    concealed = Situation(concealed=frozenset({PERSON}))
    assert may_read(reader(), address(), NOTHING)
    assert not may_read(reader(), address(), concealed)
    assert may_read(PROTECTION, address(), concealed)


@pytest.mark.parametrize("subjects", [(), (PERSON,)])
def test_what_betrays_a_concealed_place_is_withheld(subjects: tuple[UUID, ...]) -> None:
    located = item(contact(label(tags=(Tag.LOCATION,), subjects=subjects)))
    concealed = Situation(concealed=frozenset({PERSON}))
    assert may_read(reader(), located, NOTHING)
    assert not may_read(reader(), located, concealed)
    assert may_read(PROTECTION, located, concealed)


def test_a_place_of_somebody_else_is_not_withheld() -> None:
    located = item(contact(label(tags=(Tag.LOCATION,), subjects=(uuid4(),))))
    assert may_read(reader(), located, Situation(concealed=frozenset({PERSON})))


def test_a_record_made_secret_is_withheld_whoever_is_concealed() -> None:
    secret = item(contact(label(concealed=True)))
    assert not may_read(reader(), secret, NOTHING)
    assert may_read(PROTECTION, secret, NOTHING)


def test_a_paragraph_stricter_than_its_fact_is_left_out() -> None:
    met = contact(None, label(), label(Category.HEALTH))
    assert shown(reader(), item(met), NOTHING) == item(met)
    part = shown(reader(desk="kanri"), item(met), NOTHING)
    assert part is not None
    assert isinstance(part.fact, ContactMade)
    assert len(part.fact.narrative) == 1


def test_what_may_not_be_read_is_not_there() -> None:
    assert shown(HOKEN, item(contact()), NOTHING) is None


def test_the_informant_stays_with_the_desk_that_was_told() -> None:
    report = fact(
        AbuseReported,
        label=label(),
        report=THING,
        kind="child",
        reporter="隣の人",
        reporter_relation="隣人",
        received_how="電話",
    )
    told = fact(
        ConsultationReceived,
        label=label(),
        consultation=THING,
        route="walk-in",
        window="sodan",
        fields=(),
        issues=(),
        consulter="neighbour",
        urgency="soon",
        informant="隣の人",
    )
    for each in (report, told):
        assert shown(reader(), item(each), NOTHING) == item(each)
        seen = shown(reader(desk="kanri"), item(each), NOTHING)
        assert seen is not None
        assert "隣の人" not in seen.fact.model_dump_json()
    words = item(contact(None, label(tags=(Tag.INFORMANT,))))
    seen = shown(reader(desk="kanri"), words, NOTHING)
    assert seen is not None
    assert "話" not in seen.fact.model_dump_json()


def test_fields_that_tell_a_place_are_withheld_under_concealment() -> None:
    shelter = item(
        fact(
            ShelterProvided,
            label=label(),
            person=PERSON,
            nights=2,
            yen=0,
            place="ひみつの宿",
        )
    )
    area = item(fact(HouseholdOpened, label=label(), area="north"))
    concealed = Situation(concealed=frozenset({PERSON}))
    for each in (shelter, area):
        assert shown(reader(), each, NOTHING) == each
        seen = shown(reader(), each, concealed)
        assert seen is not None
        assert not {"ひみつの宿", "north"} & set(map(str, dict(seen.fact).values()))


def test_offices_open_what_they_are_there_for() -> None:
    share = item(
        fact(
            InformationShared,
            label=label(),
            share=THING,
            to_agency="gakko",
            purpose="support",
            categories=(Category.CONSULTATION,),
        )
    )
    protected = item(
        fact(
            ConcealmentStarted,
            label=label(Category.ABUSE),
            concealment=THING,
            threat="dv",
            until="2027-03-31",
        ),
        stream=PERSON,
    )
    cases = [
        (share, Role.PRIVACY),
        (address(), Role.IDENTITY),
        (protected, Role.PROTECTION),
    ]
    for each, role in cases:
        assert may_read(reader("kikaku", "joho", role), each, NOTHING)
        assert not may_read(reader("kikaku", "joho", Role.ANALYST), each, NOTHING)


def test_colleagues_are_known_to_all() -> None:
    colleague = item(fact(StaffRegistered, label=label(), issuer="i", subject="s", name="田中"))
    for role in (Role.COUNSELLOR, Role.ADMINISTRATOR, Role.ANALYST):
        assert may_read(reader("kikaku", "joho", role), colleague, NOTHING)


def test_a_community_issue_is_open_to_all() -> None:
    raised = fact(
        CommunityIssueRaised,
        label=label(Category.ORGANISATION),
        themes=("transport",),
        text="バスがない",
    )
    assert may_read(HOKEN, item(raised), NOTHING)


def test_whom_a_fact_is_addressed_to() -> None:
    role = fact(
        RoleAssigned,
        label=label(),
        role=THING,
        decision=THING,
        agency="gakko",
        desk="kyomu",
        task="見守り",
    )
    withdrawn = fact(
        ConsentWithdrawn,
        label=label(),
        consent=THING,
        by=PERSON,
        agencies=("hoken",),
        categories=(Category.CONSULTATION,),
        purposes=("support",),
        holders=("hoken", "gakko"),
    )
    assert addressed(role) == (Address("gakko", "kyomu"),)
    assert addressed(withdrawn) == (Address("hoken", None), Address("gakko", None))
    assert addressed(contact()) == ()


def test_a_thread_is_named_for_what_is_asked_and_answered() -> None:
    reviewed = fact(ShareReviewed, label=label(), share=THING, proper=True)
    assert thread(reviewed) == f"share:{THING}"
    assert thread(contact()) is None


def test_nobody_is_addressed_where_no_successor_is_named() -> None:
    closed = fact(SupportClosed, label=label(), reason="solved")
    assert addressed(closed) == ()
