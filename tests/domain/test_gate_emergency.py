"""緊急閲覧と監査: for how long, for whom, of what; and a protected place once, on two people."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events.intake import NoteKept
from domain.events.membership import MemberLeft
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
)
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.sitting import PaperGivenOut
from domain.events.support import ContactMade, GuardianAppointed
from domain.gate import Place
from domain.labels import Category, Tag
from domain.values import Role
from tests.domain.gated import (
    ACCESS,
    CASE,
    CHIEF,
    CHILD,
    FATHER,
    HOKEN,
    MOTHER,
    NOON,
    NURSE,
    OFFICER,
    OTHER_ITEM,
    OWN,
    PRIVACY,
    Room,
    World,
    address,
    assessed,
    concealed,
    contact,
    fact,
    identified,
    joined,
    label,
    learned,
    reader,
)

HOURS = timedelta(hours=3)
LATER = reader("hoken", "chiku", staff=NURSE, at=NOON + HOURS)
LAST = reader("hoken", "chiku", staff=NURSE, at=NOON + HOURS - timedelta(seconds=1))
LEARNED: dict[str, Any] = learned().basis.model_dump()
OFFICE = label(Category.ORGANISATION, "city", "joho")


def opened(world: World, access: UUID = ACCESS, **given: Any) -> Place:
    usual: dict[str, Any] = {
        "access": access,
        "staff": NURSE,
        "agency": "hoken",
        "desk": "chiku",
        "reason": "窓を割る音がして、子どもの声がする。",
        "until": NOON + HOURS,
        "review_due": "2026-04-17",
    }
    labelled = label(Category.PROGRESS, "hoken", "chiku")
    told = fact(EmergencyAccessOpened, labelled, **{**usual, **given})
    return world.tell(told, by=NURSE)


def reviewed(world: World) -> Place:
    told = fact(EmergencyAccessReviewed, OFFICE, access=ACCESS, proper=True)
    return world.tell(told, by=OFFICER)


def test_it_opens_the_record_for_three_hours() -> None:
    world = World()
    told = world.tell(contact(label(Category.ABUSE)))
    assert not world.opens(HOKEN, told)
    begun = opened(world)
    assert world.ask(HOKEN, told) == ("break-glass", (begun,))
    assert world.opens(LAST, told)
    assert world.ask(LATER, told) == ("access-over", (begun,))


def test_who_does_not_say_when_finds_it_over() -> None:
    world = World()
    told = world.tell(contact())
    opened(world)
    timeless = type(HOKEN)(HOKEN.staff, HOKEN.capacity, HOKEN.today)
    assert not world.opens(timeless, told)


OF_OTHERS = [
    reader("hoken", "chiku", staff=CHIEF),
    reader("hoken", "boshi", staff=NURSE),
    reader("gakko", "chiku", staff=NURSE),
    reader("hoken", "chiku", Role.IDENTITY, NURSE),
]


@pytest.mark.parametrize("by", OF_OTHERS)
def test_it_is_for_whoever_opened_it_as_what_they_were(by: Any) -> None:
    world = World()
    told = world.tell(contact())
    opened(world)
    assert not world.opens(by, told)


def test_it_is_open_whatever_another_opened_before() -> None:
    world = World()
    told = world.tell(contact())
    opened(world, CASE, staff=CHIEF)
    begun = opened(world)
    assert world.ask(HOKEN, told) == ("break-glass", (begun,))


def test_a_duty_manager_prolongs_it() -> None:
    world = World()
    told = world.tell(contact())
    begun = opened(world)
    renewed = world.tell(
        fact(EmergencyAccessRenewed, None, access=ACCESS, until=NOON + 2 * HOURS), by=CHIEF
    )
    assert world.ask(HOKEN, told) == ("break-glass", (begun,))
    assert world.ask(LATER, told) == ("break-glass", (begun, renewed))
    much_later = reader("hoken", "chiku", staff=NURSE, at=NOON + 2 * HOURS)
    assert world.ask(much_later, told) == ("access-over", (begun, renewed))


def test_a_review_ends_it() -> None:
    world = World()
    told = world.tell(contact())
    begun = opened(world)
    looked_at = reviewed(world)
    reviewed(world)
    assert world.ask(HOKEN, told) == ("access-over", (begun, looked_at))


def test_what_is_about_one_person_stays_with_that_person() -> None:
    world = World()
    hers, his = world.tell(joined(MOTHER)), world.tell(joined(FATHER))
    named, other = world.tell(identified(MOTHER), MOTHER), world.tell(identified(FATHER), FATHER)
    about = world.tell(contact(label(subjects=(MOTHER,))))
    not_about = world.tell(contact(label(subjects=(FATHER,))))
    nobody = world.tell(contact())
    opened(world, person=MOTHER)
    assert all(world.opens(HOKEN, place) for place in (hers, named, about, nobody))
    assert not any(world.opens(HOKEN, place) for place in (his, other, not_about))


def test_what_says_who_somebody_is_or_that_they_belong_is_about_that_person() -> None:
    """Even where its label names nobody."""
    world = World()
    hers, his = (
        (
            world.tell(joined(each).model_copy(update={"label": label()})),
            world.tell(fact(MemberLeft, None, person=each, reason="died")),
            world.tell(identified(each).model_copy(update={"label": label()}), each),
        )
        for each in (MOTHER, FATHER)
    )
    opened(world, person=MOTHER)
    assert all(world.opens(HOKEN, place) for place in hers)
    assert not any(world.opens(HOKEN, place) for place in his)


def test_opened_for_nobody_by_name_it_is_for_all_of_the_household() -> None:
    world = World()
    hers, named = world.tell(joined(MOTHER)), world.tell(identified(MOTHER), MOTHER)
    about = world.tell(contact(label(subjects=(FATHER,))))
    opened(world)
    assert all(world.opens(HOKEN, place) for place in (hers, named, about))


def test_it_opens_neither_the_informant_nor_what_was_learned_in_a_room() -> None:
    world = World()
    informant = world.tell(contact(label(tags=(Tag.INFORMANT,))))
    heard = world.tell(assessed(learned()))
    opened(world)
    assert world.ask(HOKEN, informant) == ("informant", ())
    assert world.ask(HOKEN, heard) == ("no-basis", ())


def test_it_opens_nothing_that_a_sitting_recorded_of_itself() -> None:
    world = World()
    room = Room(world)
    family = room.invite(kind="person", staff=None, agency=None, person=MOTHER)
    opened(world)
    for place in (room.convened, room.item, family):
        assert world.ask(HOKEN, place) == ("no-basis", ())


# 秘匿された居場所


def placed() -> tuple[World, Place, Place]:
    world = World()
    world.tell(joined(MOTHER))
    where = world.tell(address(), MOTHER)
    return world, where, world.tell(concealed(FATHER), MOTHER)


def approved(world: World, by: UUID = CHIEF) -> Place:
    told = fact(EmergencyAccessApproved, label(agency="hoken", desk="chiku"), access=ACCESS)
    return world.tell(told, by=by)  # type: ignore[arg-type]


def test_a_protected_place_takes_a_second_person() -> None:
    world, where, begun = placed()
    access = opened(world, person=MOTHER, location=True)
    assert world.ask(HOKEN, where) == ("not-approved", (begun, access))
    approved(world, NURSE)
    assert world.ask(HOKEN, where) == ("not-approved", (begun, access))
    second = approved(world)
    approved(world)
    assert world.ask(HOKEN, where) == ("break-glass-location", (access, second))
    assert world.ask(LATER, where) == ("access-over", (begun, access))


@pytest.mark.parametrize("by", OF_OTHERS)
def test_a_protected_place_is_seen_by_whoever_opened_it_as_what_they_were(by: Any) -> None:
    world, where, begun = placed()
    opened(world, person=MOTHER, location=True)
    approved(world)
    assert world.opens(HOKEN, where)
    assert world.ask(by, where) == ("concealed-location", (begun,))


def test_a_protected_place_is_seen_by_the_access_that_was_approved() -> None:
    world, where, _ = placed()
    opened(world, CASE, person=MOTHER, location=True)
    access = opened(world, person=MOTHER, location=True)
    second = approved(world)
    assert world.ask(HOKEN, where) == ("break-glass-location", (access, second))


def test_a_protected_place_is_seen_once() -> None:
    world, where, begun = placed()
    access = opened(world, person=MOTHER, location=True)
    approved(world)
    told = world.tell(contact())
    world.used = frozenset({access})
    assert world.ask(HOKEN, where) == ("used-up", (begun, access))
    assert world.opens(HOKEN, told)


@pytest.mark.parametrize(
    "given",
    [{"person": MOTHER}, {"location": True}, {"person": FATHER, "location": True}],
)
def test_a_place_is_opened_for_one_person_by_name(given: dict[str, Any]) -> None:
    world, where, begun = placed()
    opened(world, **given)
    approved(world)
    assert world.ask(HOKEN, where) == ("concealed-location", (begun,))


def test_what_would_betray_two_people_is_opened_for_neither() -> None:
    world, _, _ = placed()
    world.tell(concealed(), FATHER)
    both = world.tell(contact(label(tags=(Tag.LOCATION,), subjects=(MOTHER, FATHER))))
    hers = world.tell(contact(label(concealed=True, subjects=(MOTHER,))))
    child = world.tell(contact(label(concealed=True, subjects=(MOTHER, CHILD))))
    opened(world, person=MOTHER, location=True)
    approved(world)
    assert world.opens(HOKEN, hers)
    assert world.opens(HOKEN, child)
    assert not world.opens(HOKEN, both)


def test_no_urgency_opens_it_to_those_who_act_for_the_counterparty() -> None:
    world, where, _ = placed()
    opened(world, person=MOTHER, location=True)
    approved(world)
    assert world.opens(HOKEN, where)
    acting = fact(
        GuardianAppointed, None, person=FATHER, kind="guardian", guardian="某", agency="hoken"
    )
    world.tell(acting)
    assert world.ask(HOKEN, where)[0] == "wall"


def test_approvals_and_renewals_of_nothing_open_nothing() -> None:
    world = World()
    told = world.tell(contact())
    approved(world)
    world.tell(fact(AuditCaseClosed, OFFICE, case=CASE))
    assert not world.opens(HOKEN, told)
    assert world.ask(PRIVACY, told)[0] == "privacy-metadata"


# 監査


def audited(world: World, **labelled: Any) -> Place:
    office = OFFICE.model_copy(update=labelled)
    return world.tell(fact(AuditCaseOpened, office, case=CASE, reason="苦情を受けた点検のため"))


def test_the_content_is_open_inside_an_audit_case() -> None:
    world = World()
    told = world.tell(contact(label(Category.ABUSE)))
    heard = world.tell(assessed(learned()))
    case = audited(world)
    assert world.ask(PRIVACY, heard) == ("privacy-metadata", ())
    item = Room(world).item
    for place, facts in ((told, (case,)), (heard, (case, item))):
        assert world.ask(PRIVACY, place) == ("privacy-audit", facts)
        found = world.shown(PRIVACY, place)
        assert found is not None
        assert found.withheld == ()
    closed = world.tell(fact(AuditCaseClosed, OFFICE, case=CASE))
    assert world.ask(PRIVACY, told) == ("privacy-metadata", (case, closed))
    assert not world.opens(OWN, heard)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY])
def test_an_audit_case_is_open_to_no_other_role_of_its_office(role: Role) -> None:
    world = World()
    told = world.tell(contact())
    audited(world)
    assert not world.opens(reader("city", "joho", role, OFFICER), told)


def test_an_audit_case_opens_what_was_brought_and_the_sitting_as_a_whole() -> None:
    world = World()
    room = Room(world)
    brought = room.bring(labelled=label())
    case = audited(world)
    for place in (brought, room.convened):
        assert world.ask(PRIVACY, place) == ("privacy-audit", (case,))


def test_an_audit_case_of_another_office_opens_nothing() -> None:
    world = World()
    told = world.tell(contact())
    audited(world, agency="kikaku")
    assert world.ask(PRIVACY, told) == ("privacy-metadata", ())
    own = world.tell(fact(AuditCaseOpened, OFFICE, case=ACCESS, reason="別の点検のため"))
    assert world.ask(PRIVACY, told) == ("privacy-audit", (own,))


def test_what_was_misfiled_is_open_to_audit_alone() -> None:
    world = World()
    wrong = world.tell(contact())
    withdrawn = world.tell(fact(MisfiledRecordWithdrawn, None, facts=(1,), reason="別の世帯"))
    case = audited(world)
    assert world.ask(PRIVACY, wrong) == ("privacy-audit", (case,))
    closed = world.tell(fact(AuditCaseClosed, OFFICE, case=CASE))
    assert world.ask(PRIVACY, wrong) == ("misfiled", (withdrawn, case, closed))
    assert world.ask(OWN, wrong) == ("misfiled", (withdrawn,))


def test_an_audit_case_that_is_open_needs_no_other() -> None:
    world = World()
    audited(world)
    other = world.tell(fact(AuditCaseOpened, OFFICE, case=ACCESS, reason="別の点検のため"))
    world.tell(fact(MisfiledRecordWithdrawn, None, facts=(other.version,), reason="別の世帯"))
    assert world.ask(PRIVACY, other) == ("privacy-audit", ())


def test_whom_an_audit_looks_into_is_told_to_its_office_alone() -> None:
    world = World()
    case = audited(world)
    opened(world)
    assert world.opens(PRIVACY, case)
    for by in (reader("city", "joho"), reader("city", "layered"), HOKEN):
        assert world.ask(by, case) == ("no-basis", ())


def test_of_a_sitting_an_audit_case_opens_what_concerns_the_household() -> None:
    world = World()
    room = Room(world)
    about = world.tell(assessed(learned()))
    others = world.tell(assessed(learned(basis={**LEARNED, "item": OTHER_ITEM})))
    paper = {"paper": UUID(int=99), "number": 1, "title": "資料", "attendees": ()}
    theirs = room.tell(PaperGivenOut, item=OTHER_ITEM, **paper)
    case = audited(world)
    assert world.ask(PRIVACY, about) == ("privacy-audit", (case, room.item))
    for place in (others, theirs):
        assert world.ask(PRIVACY, place) == ("privacy-metadata", ())


def test_an_audit_case_opens_no_protected_place() -> None:
    world, where, begun = placed()
    audited(world)
    assert world.ask(PRIVACY, where) == ("concealed-location", (begun,))


def test_what_was_misfiled_is_open_to_audit_no_further_than_it_would_be_anyway() -> None:
    """Deny wins: neither a place, nor a note, nor who reported comes open by being misfiled."""
    told = {
        "concealed-location": contact(label(tags=(Tag.LOCATION,))),
        "informant": contact(label(tags=(Tag.INFORMANT,))),
        "author-only": fact(NoteKept, None, note=ACCESS, text="メモ", label_by="2026-04-04"),
    }
    for rule, each in told.items():
        world = World()
        wrong = world.tell(each)
        begun = world.tell(concealed(), MOTHER)
        gone = world.tell(fact(MisfiledRecordWithdrawn, None, facts=(1,), reason="別の世帯"))
        audited(world)
        why = (begun,) if rule == "concealed-location" else ()
        assert world.ask(PRIVACY, wrong) == (rule, why)
        assert world.ask(OWN, wrong) == ("misfiled", (gone,))


# 訂正


def corrected(world: World, *parts: Any) -> Place:
    mended = contact(None, *parts)
    return world.tell(
        fact(
            FactCorrected,
            None,
            of=1,
            reason="聞きちがい",
            replacement_kind="ContactMade",
            replacement=mended.model_dump(),
        )
    )


def test_what_a_correction_puts_in_place_is_read_as_what_it_replaces() -> None:
    world = World()
    world.tell(contact())
    place = corrected(world, label(), label(Category.HEALTH))
    found = world.shown(reader(desk="kanri"), place)
    assert found is not None
    assert found.withheld == ("replacement.narrative.1",)
    assert isinstance(found.item.fact, FactCorrected)
    assert isinstance(found.item.fact.replacement, ContactMade)
    assert len(found.item.fact.replacement.narrative) == 1
    begun = opened(world, uuid4())
    assert begun


def test_what_may_not_be_read_is_not_told_by_its_correction() -> None:
    world = World()
    world.tell(contact())
    mended = contact(label(Category.HEALTH)).model_dump()
    told = fact(
        FactCorrected, None, of=1, reason="訂正", replacement_kind="ContactMade", replacement=mended
    )
    place = world.tell(told)
    void = world.tell(fact(FactCorrected, None, of=1, reason="取消し"))
    found, nothing = (world.shown(reader(desk="kanri"), each) for each in (place, void))
    assert found is not None
    assert found.withheld == ("replacement",)
    assert nothing is not None
    assert nothing.withheld == ()
