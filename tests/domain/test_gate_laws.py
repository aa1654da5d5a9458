"""Whatever was recorded: deny wins, and a verdict names exactly the facts that decided it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    LabelTightened,
)
from domain.events.meeting import BroughtToSitting, CaseStudied, MeetingDecided, RoleAssigned
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
)
from domain.events.person import ConcealmentEnded, ConcealmentStarted
from domain.events.referral import ReferralAccepted, ReferralMade, ReferralReturned
from domain.events.rights import MisfiledRecordWithdrawn
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingConvened,
)
from domain.events.support import GuardianAppointed, SupportReopened
from domain.gate import FRAME_ONLY, Grant, Place, Reader, Verdict, may_read
from domain.labels import Category, Label, Tag
from domain.values import Role
from tests.by_night import BY_NIGHT
from tests.domain import gated as g
from tests.domain.test_gate_emergency import HOURS

Maker = Callable[[st.DrawFn], tuple[UUID, Fact, UUID]]
"""Where it is told, what, and by whom."""
PERSONS = (g.MOTHER, g.FATHER)
SEATS = (g.SEAT, UUID(int=0x200))
ITEMS = (g.ITEM, g.OTHER_ITEM)
BASES: list[dict[str, Any]] = [
    {"kind": "own"},
    {"kind": "consent", "consent": g.CONSENT},
    {"kind": "statute", "article": "apc-6"},
    {"kind": "urgent", "reason": "身の危険", "review_due": g.TODAY},
    *({"kind": "sitting", "sitting": g.SITTING, "item": item} for item in ITEMS),
]
ENDINGS = (
    ReferralReturned,
    ConcealmentEnded,
    EmergencyAccessReviewed,
    AuditCaseClosed,
    MisfiledRecordWithdrawn,
    LabelTightened,
    PresenceEnded,
    RoomClosed,
    SupportReopened,
    ConsentWithdrawn,
    ConcealmentStarted,
    GuardianAppointed,
)
"""What closes something: taken away, it may open another way before the one that was named."""
BARRIERS = {"wall", "informant", "author-only", "no-personal-text"}
READERS = st.sampled_from(
    [
        g.OWN,
        g.HOKEN,
        g.SECRETARY,
        g.PROTECTION,
        g.PRIVACY,
        g.reader(desk="kanri"),
        replace(g.reader(desk="kanri"), others=(g.HOKEN.capacity,)),
        g.reader("hoken", "boshi", staff=g.CHIEF),
        g.reader("hoken", "chiku", staff=g.NURSE, at=g.NOON + HOURS),
        g.reader("city", "juki", Role.ANALYST),
    ]
)


def _label(draw: st.DrawFn, agency: str = "shakyo", desk: str = "sodan") -> Label:
    few = st.lists(st.sampled_from(PERSONS), max_size=1, unique=True)
    return g.label(
        draw(st.sampled_from([Category.CONSULTATION, Category.HEALTH])),
        agency,
        desk,
        basis=draw(st.sampled_from(BASES)),
        subjects=tuple(draw(few)),
        hidden_from=tuple(draw(few)) if draw(st.integers(0, 4)) == 0 else (),
        tags=draw(st.sampled_from([(), (), (), (Tag.LOCATION,), (Tag.INFORMANT,)])),
    )


def _version(draw: st.DrawFn) -> int:
    return draw(st.integers(1, 8))


def _written(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    return g.HOME, g.contact(_label(draw)), g.TANAKA


def _handed(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    to = {"to_agency": draw(st.sampled_from(["hoken", "shakyo"]))}
    both = (Category.CONSULTATION, Category.HEALTH)
    if draw(st.booleans()):
        told: Fact = g.shared(_label(draw), _version(draw), categories=both, **to)
    else:
        told = g.referred(_label(draw), enclosed=(_version(draw),), categories=both, **to)
    return g.HOME, told, g.TANAKA


def _consent(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    both = (Category.CONSULTATION, Category.HEALTH)
    person = draw(st.sampled_from(PERSONS))
    consent = g.CONSENT if person == g.MOTHER else UUID(int=0x300)
    if draw(st.booleans()):
        return g.HOME, g.consented(person, consent, categories=both), g.TANAKA
    return g.HOME, g.withdrawn(consent, categories=both), g.TANAKA


def _around(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    """What else is told in the household."""
    person, version = draw(st.sampled_from(PERSONS)), _version(draw)
    guardian = {"kind": "guardian", "guardian": "某", "agency": "hoken"}
    asked = {"request": g.SHARE, "of_agency": "hoken", "purpose": "support", "answer_due": g.TODAY}
    again = {"cycle": 2, "after": 1, "reason": "asked", "agency": "shakyo", "desk": "sodan"}
    seen = {"recorded_by": "receiver"}
    return g.HOME, draw(
        st.sampled_from(
            [
                g.joined(person),
                g.fact(GuardianAppointed, None, person=person, **guardian),
                g.fact(LabelTightened, None, of=version, category=Category.ABUSE),
                g.fact(LabelTightened, None, of=version, hide_from=(person,)),
                g.fact(LabelTightened, None, of=version, conceal=True),
                g.fact(MisfiledRecordWithdrawn, None, facts=(version,), reason="別"),
                g.fact(InformationRequested, _label(draw), categories=(), **asked),
                g.fact(SupportReopened, None, **again),
                g.fact(ReferralAccepted, g.label(agency="hoken", desk="chiku"),
                       referral=g.REFERRAL, **seen),
                g.fact(ReferralReturned, g.label(agency="hoken", desk="chiku"),
                       referral=g.REFERRAL, reason="担当外", **seen),
            ]
        )
    ), g.TANAKA  # fmt: skip


def _person(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    person = draw(st.sampled_from(PERSONS))
    against = draw(st.sampled_from([(), (g.FATHER,)]))
    ended = {"concealment": UUID(int=79), "reason": "asked", "proposed_by": g.CHIEF}
    ending = g.fact(ConcealmentEnded, None, **ended)
    told = [g.identified(person), g.address(), g.concealed(*against), ending]
    return person, draw(st.sampled_from(told)), g.TANAKA


def _sitting(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    seat, item = draw(st.sampled_from(SEATS)), draw(st.sampled_from(ITEMS))
    who = {g.SEAT: (g.NURSE, "hoken", "outside")}.get(seat, (g.TANAKA, "shakyo", "staff"))
    here = {"attendee": seat, "item": item}
    basis = "support" if item == g.ITEM else "layered"
    seated = {"attendee": seat, "staff": who[0], "agency": who[1], "capacity": "構成員"}
    about = {"item": item, "kind": "case", "title": "議題", "household": g.HOME}
    told = [
        g.fact(SittingConvened, g.CITY, body="shien", held_on=g.TODAY),
        g.fact(AgendaItemAdded, g.CITY, basis=basis, **about),
        g.fact(AttendeeInvited, g.CITY, kind=who[2], **seated),
        g.fact(DutyNotified, g.CITY, attendee=seat, pledged=True, text_version="duty-1"),
        g.fact(PresenceRecorded, g.CITY, capacity="構成員", **here),
        g.fact(PresenceEnded, g.CITY, **here),
        g.fact(RoomOpened, g.CITY),
        g.fact(RoomClosed, g.CITY),
    ]
    return g.SITTING, draw(st.sampled_from(told)), g.CHAIR


def _met(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    """What a sitting takes up and brings about."""
    item = draw(st.sampled_from(ITEMS))
    here: dict[str, Any] = {"sitting": g.SITTING, "item": item}
    basis = {"kind": "sitting", **here}
    city = g.label(Category.PROGRESS, "city", "layered", basis=basis)
    subjects = (draw(st.sampled_from(PERSONS)),)
    brought = {**here, "subjects": subjects, "tabled": (_version(draw),)}
    role = {"role": g.ROLE, "decision": g.DECISION, "agency": "hoken", "task": "見守り"}
    told: list[Fact] = [
        g.fact(BroughtToSitting, g.label(basis=basis), **brought),
        g.fact(CaseStudied, g.label(basis=basis), **here),
        g.fact(MeetingDecided, city, decision=g.DECISION, kind="roles", rested_on=1, **here),
        g.fact(RoleAssigned, city, **role),
    ]
    return g.HOME, draw(st.sampled_from(told)), g.CHAIR


def _overseen(draw: st.DrawFn) -> tuple[UUID, Fact, UUID]:
    office = g.label(Category.ORGANISATION, "city", "joho")
    here, until = {"access": g.ACCESS}, g.NOON + HOURS
    who = {"staff": g.NURSE, "agency": "hoken", "desk": "chiku", "until": until}
    about = {"person": draw(st.sampled_from([None, *PERSONS])), "location": draw(st.booleans())}
    why = {"reason": "窓を割る音がした。", "review_due": g.TODAY}
    told: list[tuple[Fact, UUID]] = [
        (g.fact(EmergencyAccessOpened, None, **here, **who, **about, **why), g.NURSE),
        (g.fact(EmergencyAccessApproved, None, **here), g.CHIEF),
        (g.fact(EmergencyAccessRenewed, None, **here, until=until + HOURS), g.CHIEF),
        (g.fact(EmergencyAccessReviewed, office, **here, proper=True), g.OFFICER),
        (g.fact(AuditCaseOpened, office, case=g.CASE, reason="点検"), g.OFFICER),
        (g.fact(AuditCaseClosed, office, case=g.CASE), g.OFFICER),
    ]
    fact, by = draw(st.sampled_from(told))
    return g.HOME, fact, by


MAKERS: tuple[Maker, ...] = (
    *(_written, _handed, _consent, _around, _person, _overseen),
    *(_sitting, _sitting, _sitting, _met),
)


ONCE: dict[type[Fact], str] = {
    ConsentGiven: "consent",
    ReferralMade: "referral",
    EmergencyAccessOpened: "access",
    AuditCaseOpened: "case",
    MeetingDecided: "decision",
    ConcealmentStarted: "concealment",
    AttendeeInvited: "attendee",
    AgendaItemAdded: "item",
    SittingConvened: "body",
}
"""What brings a thing about, by the thing's id: nothing comes about twice."""


@st.composite
def worlds(draw: st.DrawFn) -> g.World:
    world, there = g.World(), set[object]()
    world.tell(g.contact(_label(draw)))
    for make in draw(st.lists(st.sampled_from(MAKERS), max_size=30)):
        stream, fact, by = make(draw)
        thing = (stream, type(fact), getattr(fact, ONCE.get(type(fact), ""), len(world.items)))
        if thing not in there:
            there.add(thing)
            world.tell(fact, stream, by)  # type: ignore[arg-type]
    return world


def verdict(world: g.World, by: Reader, place: Place, *, without: Place | None = None) -> Verdict:
    return may_read(by, world.at(place), world.situation(without=without))


def asked(draw: st.DataObject, world: g.World) -> Place:
    return draw.draw(st.sampled_from([item.place for item in world.items]))


@settings(max_examples=5000 if BY_NIGHT else 300)
@given(worlds(), READERS, st.data())
def test_a_verdict_names_exactly_the_facts_that_decided_it(
    world: g.World, by: Reader, data: st.DataObject
) -> None:
    place = asked(data, world)
    found = verdict(world, by, place)
    event(found.rule)
    note(world.told())
    assert len(set(found.facts)) == len(found.facts)
    for item in world.items:
        without = verdict(world, by, place, without=item.place)
        if item.place in found.facts:
            assert without != found
        elif item.place == place:
            continue  # without what is asked for there is nothing to ask
        elif not _content(found):
            assert not _content(without)
        elif not isinstance(item.fact, ENDINGS):
            assert without == found
        else:
            assert isinstance(without, Grant)


def _content(verdict: Verdict) -> bool:
    return isinstance(verdict, Grant) and verdict.rule not in FRAME_ONLY


@settings(max_examples=5000 if BY_NIGHT else 300)
@given(worlds(), READERS, st.data())
def test_what_a_grant_names_is_all_it_needs(
    world: g.World, by: Reader, data: st.DataObject
) -> None:
    place = asked(data, world)
    found = verdict(world, by, place)
    if not isinstance(found, Grant):
        return
    note(f"{found}\n{world.told()}")
    alone = g.World([item for item in world.items if item.place in {place, *found.facts}])
    if found.rule in FRAME_ONLY:  # what ended, and would have opened more, is no part of it
        assert isinstance(verdict(alone, by, place), Grant)
        return
    assert verdict(alone, by, place).rule == found.rule
    for named in found.facts:
        without = verdict(alone, by, place, without=named)
        assert not (isinstance(without, Grant) and set(without.facts) == set(found.facts))


@settings(max_examples=5000 if BY_NIGHT else 300)
@given(worlds(), READERS, st.data())
def test_deny_wins(world: g.World, by: Reader, data: st.DataObject) -> None:
    """Nothing recorded afterwards opens what a wall, a desk or an office keeps closed."""
    place = asked(data, world)
    found = verdict(world, by, place)
    if found.rule not in BARRIERS:
        return
    more = data.draw(worlds())
    for item in more.items:
        if not isinstance(item.fact, ConcealmentEnded):
            world.tell(item.fact, item.stream, item.author.staff)
    assert not isinstance(verdict(world, by, place), Grant)


@given(worlds(), READERS)
def test_what_is_shown_is_never_more_than_was_written(world: g.World, by: Reader) -> None:
    for item in world.items:
        found = world.shown(by, item.place)
        if found is not None and found.grant.rule in FRAME_ONLY:
            assert "話" not in found.item.fact.model_dump_json()
