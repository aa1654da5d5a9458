"""Chapters (章) of meetings and of danger: the room, what is decided, 緊急閲覧 and 監査."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events import consent as c
from domain.events import meeting as m
from domain.events import oversight as o
from domain.events import person as p
from domain.events import referral as r
from domain.events import sitting as s
from domain.events import support as u
from domain.gate import Place
from domain.labels import Category, Label, Tag
from tests.domain import gated as g
from tests.laws.gate_chapters import sent_on
from tests.laws.gate_teller import (
    APART,
    APART_SITTING,
    CATEGORIES,
    DESKS,
    ELSEWHERE,
    ITEMS,
    PERSONS,
    Teller,
)

OTHER_SITTING = UUID(int=0x21)


def emergency(t: Teller) -> None:
    key, who = t.new(), t.one(g.NURSE, g.TANAKA)
    agency, desk = {g.NURSE: ("hoken", "chiku"), g.TANAKA: ("shakyo", "kanri")}[who]
    until = g.NOON + timedelta(hours=t.one(-1, 0, 3))
    person = t.one(None, *PERSONS)
    given = {"staff": who, "agency": agency, "desk": desk, "person": person, "until": until}
    owner = t.one({}, {"owner_agency": "gakko", "owner_desk": "kyomu"})
    labelled = g.label(Category.PROGRESS, agency, desk)
    place = {"location": person is not None and t.rarely(0.6)}
    t.tell(o.EmergencyAccessOpened, labelled, access=key, **given, **owner, **place,
           reason="窓", review_due=g.TODAY)  # fmt: skip
    used = Place(g.HOME, sum(x.stream == g.HOME for x in t.world.items))
    if t.rarely(0.6):
        second = g.fact(o.EmergencyAccessApproved, labelled, access=key)
        t.world.tell(second, by=t.one(who, g.CHIEF))
        t.world.used |= {used} if t.rarely(0.3) else set()
    if t.rarely(0.3):
        t.tell(o.EmergencyAccessRenewed, labelled, access=key, until=g.NOON + timedelta(hours=2))
    if t.rarely(0.2):
        t.tell(o.EmergencyAccessReviewed, labelled, access=key, proper=True)


def place_in_danger(t: Teller) -> None:
    """緊急閲覧 of a protected place: with the second person or without, seen before or not."""
    person, key = t.one(*PERSONS[:2]), t.new()
    concealing = {"counterparties": (g.CHILD,), "threat": "dv", "until": "2026-04-05"}
    guarded = g.label(Category.ABUSE, "city", "juki", subjects=(person,))
    where = {
        "address": t.new(),
        "place": "residence",
        "text": "町",
        "period": {"start": "2026-04-01"},
    }
    t.tell(p.AddressRecorded, g.label(Category.IDENTITY, subjects=(person,)), person, **where)
    t.tell(p.ConcealmentStarted, guarded, person, concealment=key, **concealing)
    until = g.NOON + timedelta(hours=t.one(0, 3, 3))
    who = {"staff": g.NURSE, "agency": "hoken", "desk": "chiku", "person": person}
    labelled = g.label(Category.PROGRESS, "hoken", "chiku")
    t.tell(o.EmergencyAccessOpened, labelled, access=key, **who, location=not t.rarely(),
           until=until, reason="窓", review_due=g.TODAY)  # fmt: skip
    opened = Place(g.HOME, sum(x.stream == g.HOME for x in t.world.items))
    if not t.rarely(0.25):
        second = g.fact(o.EmergencyAccessApproved, labelled, access=key)
        t.world.tell(second, by=t.one(g.NURSE, g.CHIEF, g.CHIEF))
    t.world.used |= {opened} if t.rarely(0.4) else set()


def stood_by(t: Teller) -> None:
    """Somebody is protected from whom an agency acts for; it writes of them, and so do others."""
    person, against = t.any.sample(PERSONS, 2)
    agency, desk = t.one(*DESKS[:4])
    guarded = g.label(Category.ABUSE, "city", "juki", subjects=(person,))
    concealing = {"counterparties": (against,), "threat": "dv", "until": "2026-04-05"}
    t.tell(p.ConcealmentStarted, guarded, person, concealment=t.new(), **concealing)
    acting = {"person": against, "kind": "guardian", "guardian": "某", "agency": agency}
    t.tell(u.GuardianAppointed, t.label(), **acting)
    for kind, given in t.any.sample(_of(t, person), 3):
        author = t.one((agency, desk), (agency, desk), DESKS[0], DESKS[7])
        about = t.one((), (person,), (person,), PERSONS, (against,))
        tags = t.one((), (Tag.PARTNER_AGENCY,))
        t.tell(kind, g.label(t.one(*CATEGORIES), *author, subjects=about, tags=tags), **given)
    care = g.label(Category.PROGRESS, *t.one((agency, desk), DESKS[0]), subjects=())
    t.tell(p.CareNeeded, care, person, kinds=("interpreter",))
    sent_on(t, (agency, desk), person)


def conflict(t: Teller) -> None:
    """An officer of the city acts for a 相手方, or for who is protected from them; or did."""
    person, against = t.any.sample(PERSONS, 2)
    guarded, key = g.label(Category.ABUSE, "city", "juki", subjects=(person,)), t.new()
    concealing = {"counterparties": (against,), "threat": "dv", "until": "2026-04-05"}
    t.tell(p.ConcealmentStarted, guarded, person, concealment=key, **concealing)
    task = {"person": t.one(against, against, person), "kind": "guardian", "guardian": "某"}
    who = t.one({"desk": "juki"}, {"desk": "joho"}, {"staff": t.one(g.CHAIR, g.OFFICER)}, {})
    where = t.one(g.HOME, g.HOME, ELSEWHERE, APART)
    t.tell(u.GuardianAppointed, t.label(), where, **task, agency="city", **who)
    if t.rarely(0.3):
        ended = {"of": t.last(where), "person": task["person"], "reason": "resigned"}
        t.tell(u.GuardianshipEnded, t.label(), t.one(where, where, g.HOME, APART), **ended)
    if t.rarely(0.3):
        by_two = {"concealment": key, "reason": "moved", "proposed_by": g.CHIEF}
        t.tell(p.ConcealmentEnded, guarded, person, **by_two)


def _of(t: Teller, person: UUID) -> list[tuple[type[Fact], dict[str, Any]]]:
    """What may be told of somebody, naming an agency or a place, or none."""
    whom, category = t.one(*(each for each, _ in DESKS)), Category.CONSULTATION
    passed = {"purpose": "support", "categories": (category,)}
    measure = {"service": "visit", "agency": whom, "content": "通い"}
    return [
        (r.ReferralMade, {"referral": t.new(), "to_agency": whom, **passed, "answer_due": g.TODAY}),
        (c.InformationShared, {"share": t.new(), "to_agency": whom, **passed}),
        (r.LeadAgencyNamed, {"agency": whom, "desk": "chiku"}),
        (m.PlanDrafted, {"plan": t.new(), "persons": (person,), "goals": (),
                         "measures": (measure,)}),
        (u.ParticipationMatched, {"participation": t.new(), "person": person,
                                  "resource": t.new(), "kind": "work"}),
        (u.ParticipationStarted, {"participation": t.new()}),
        (u.ShelterProvided, {"person": person, "nights": 1, "yen": 0}),
    ]  # fmt: skip


def audit(t: Teller) -> None:
    key, labelled = t.new(), g.label(Category.ORGANISATION, *t.one(("city", "joho"), ("k", "x")))
    t.tell(o.AuditCaseOpened, labelled, case=key, reason="点検")
    if t.rarely(0.3):
        t.tell(o.AuditCaseClosed, labelled, case=key)


def sitting(t: Teller) -> None:
    if any(x.stream == g.SITTING for x in t.world.items):
        return
    kept = t.one(None, g.CHIKU, *(g.LAYERED,) * 4)
    given = {"body": "shien", "held_on": g.TODAY, "secretariat": kept}
    t.tell(s.SittingConvened, g.CITY, g.SITTING, **given)
    for item in ITEMS:
        basis = t.one("support", "support", "layered")
        home = t.one(*(g.HOME,) * 5, ELSEWHERE, None)
        about = {"item": item, "kind": "case", "title": "議題", "household": home}
        if not t.rarely(0.05):
            t.tell(s.AgendaItemAdded, g.CITY, g.SITTING, basis=basis, **about)
    invited = [_seat(t, number) for number in t.any.sample(range(3), t.one(1, 2, 3))]
    if t.rarely(0.2):
        t.tell(s.AttendeeInvited, g.CITY, g.SITTING, attendee=t.new(), kind="person",
               person=t.one(*PERSONS), capacity="本人", items=t.few(*ITEMS))  # fmt: skip
    if t.rarely(0.1):
        apart = {"attendee": t.new(), "staff": t.one(g.NURSE, g.TANAKA), "agency": "shakyo"}
        t.tell(s.AttendeeInvited, g.CITY, APART_SITTING, **apart, kind="staff", capacity="後見人",
               person=t.one(*PERSONS))  # fmt: skip
    if not t.rarely():
        t.tell(s.RoomOpened, g.CITY, g.SITTING)
    free = _tabled(t, invited)
    if free and t.rarely(0.8):
        _agreed(t, *free)
    if t.rarely(0.25):
        t.tell(s.RoomClosed, g.CITY, t.one(g.SITTING, g.SITTING, g.SITTING, OTHER_SITTING))


def _seat(t: Teller, number: int) -> UUID:
    seat = UUID(int=0x700 + number)
    staff, agency = ((g.NURSE, "hoken"), (g.TANAKA, "shakyo"), (g.CHIEF, "hoken"))[number]
    who = {"staff": staff, "agency": agency, "capacity": "構成員"}
    kind = t.one("staff", "outside")
    if t.rarely(0.1):
        who["person"] = t.one(*PERSONS)
        kind = t.one(kind, "person")
    t.tell(s.AttendeeInvited, g.CITY, g.SITTING, attendee=seat, kind=kind,
           items=t.few(*ITEMS), **who)  # fmt: skip
    if not t.rarely():
        until = t.one(None, None, g.TODAY, date(2026, 4, 9))
        duty = {"attendee": seat, "pledged": not t.rarely(0.3), "standing_until": until}
        t.tell(s.DutyNotified, g.CITY, g.SITTING, **duty, text_version="duty-1")
    for item in ITEMS:
        if not t.rarely(0.3):
            t.tell(s.PresenceRecorded, g.CITY, g.SITTING, item=item, attendee=seat, capacity="員")
        if t.rarely(0.25):
            left = t.one(g.SITTING, g.SITTING, g.SITTING, OTHER_SITTING)
            t.tell(s.PresenceEnded, g.CITY, left, item=item, attendee=seat)
    return seat


def _tabled(t: Teller, invited: list[UUID]) -> list[UUID]:
    """The items that nothing was brought for come back."""
    taken = t.any.sample(ITEMS, t.one(1, 2))
    for item in taken:
        at: dict[str, Any] = {"sitting": g.SITTING, "item": item}
        heard = {"kind": "sitting", **at}
        labelled = t.label(basis=t.one(heard, heard, {"kind": "own"}))
        for _ in range(t.one(1, 1, 1, 2)):
            _brought(t, labelled, at)
        if t.rarely(0.3):
            t.tell(m.PersonsHeldBack, t.label(basis=t.one(heard, {"kind": "own"})), **at,
                   persons=t.few(*PERSONS))  # fmt: skip
        if t.rarely(0.4):
            t.tell(m.CaseStudied, t.label(basis=heard), **at)
        if t.rarely(0.4):
            paper = {"paper": t.new(), "number": 1, "item": item, "title": "経過"}
            t.tell(s.PaperGivenOut, g.CITY, g.SITTING, **paper, attendees=invited)
        if not t.rarely(0.4):
            _decided(t, at, heard)
        if t.rarely(0.1):
            _brought(t, labelled, at)
    return [item for item in ITEMS if item not in taken]


def _brought(t: Teller, labelled: Label, at: dict[str, Any]) -> None:
    """One more desk may bring more to the same item, or the same desk later."""
    labelled = t.one(labelled, labelled, t.label(basis=labelled.basis))
    t.tell(m.BroughtToSitting, labelled, **at, subjects=t.few(*PERSONS), tabled=t.versions())


def _agreed(t: Teller, *items: UUID) -> None:
    """A record brought on the consent of whom it is about; and what became of that."""
    person, category, key = t.one(*PERSONS), t.one(*CATEGORIES), t.new()
    told = t.world.tell(g.contact(g.label(category, "shakyo", "sodan", subjects=(person,))))
    at: dict[str, Any] = {"sitting": g.SITTING, "item": t.one(*items)}
    labelled = g.label(category, "shakyo", "sodan", subjects=(person,))
    t.tell(m.BroughtToSitting, labelled, **at, subjects=(person,), tabled=(told.version,))
    given = {"agencies": ("hoken", "city"), "categories": (category,)}
    over = {"start": "2026-04-01", "end": t.one("2027-03-31", "2026-04-09")}
    t.world.tell(g.consented(person, key, **given, period=over))
    if t.rarely(0.5):
        t.world.tell(g.withdrawn(key, **given))


def _decided(t: Teller, at: dict[str, Any], heard: dict[str, Any]) -> None:
    key, basis = t.new(), t.one(heard, {"kind": "own"})
    city = t.label("city", "layered", basis=basis, category=Category.PROGRESS)
    t.tell(m.MeetingDecided, city, decision=key, kind="roles", rested_on=1, **at)
    held: list[UUID] = []
    for _ in range(t.one(1, 2, 3)):
        agency, desk = t.one(*DESKS[:4])
        role: dict[str, Any] = {"agency": agency, "desk": t.one(None, desk), "task": "見守り"}
        until = t.one(None, date(2026, 4, 9), date(2026, 4, 9), g.TODAY)
        told, before = t.new(), t.one(None, *held)
        role |= {"role": told, "decision": key, "predecessor": before}
        t.tell(m.RoleAssigned, city, until=until, **role)
        held = [each for each in (*held, told) if each != before]
        if t.one(None, told):
            over = {"role": told, "decision": key, "agency": agency, "desk": role["desk"]}
            t.tell(m.RoleEnded, city, **over)
