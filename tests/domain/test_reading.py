"""読めるもの: what a writer may read, part by part, as the gate says; what they may not, is not
theirs to pass on.
"""

from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.consent import InformationShared, LabelTightened
from domain.events.intake import ConsultationReceived
from domain.events.referral import ReferralMade
from domain.events.rights import UseSuspended
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceEnded,
    PresenceRecorded,
    SittingConvened,
)
from domain.events.support import ContactMade, GuardianAppointed
from domain.household import Household
from domain.knowing import readable
from domain.labels import BySitting, ByStatute, Category, OwnRecord, Tag
from domain.passage import Beside
from domain.reading import kept_secret, reads, reads_whole
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.values import Role, StaffId
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSULTATION,
    FATHER,
    HOUSEHOLD,
    ITEM,
    REFERRAL,
    SATO,
    SHAKYO,
    SHARE,
    SITTING,
    TANAKA,
    capacity,
    fact,
    household,
    label,
    paragraph,
    sitting,
    stamp,
)

ROOM = BySitting(sitting=SITTING, item=ITEM)
BY_LAW = ByStatute(article="jido-6")
SEAT = UUID(int=61)
NURSES = stamp(capacity(CENTRE, "nurses"))
SUPPORT = stamp(capacity(SHAKYO, "support"))
OFFICE = {"agency": CENTRE, "desk": "general"}
VERSION = 6
"""Of whatever comes first in a household of three."""


def told(*narrative: Any, **labelled: Any) -> ConsultationReceived:
    """Taken in by the general desk of the centre, unless the label says otherwise."""
    given = {"consultation": CONSULTATION, "route": "visit", "window": "general", "fields": ()}
    asked = {"issues": (), "consulter": "self", "urgency": "routine", "narrative": narrative}
    whole = label(CHILD, **{"category": Category.PROGRESS, **labelled})
    return fact(ConsultationReceived, **given, **asked, label=whole)


def part(**labelled: Any) -> ConsultationReceived:
    """Open but for one paragraph."""
    return told(paragraph("窓口で話した。"), paragraph("もう一つ。", CHILD, **labelled))


def handed(to: str = SHAKYO, basis: Any = BY_LAW, *categories: str) -> InformationShared:
    given = {"share": SHARE, "to_agency": to, "purpose": "support", "facts": (VERSION,)}
    whole = label(CHILD, basis=basis)
    return fact(InformationShared, **given, categories=categories or ("progress",), label=whole)


def room(*more: Fact, staff: StaffId = TANAKA, **seat: Any) -> Sitting:
    """支援会議 about this household: tanaka of the centre was there for the item."""
    who = {"kind": "staff", "agency": CENTRE, "staff": staff, "capacity": "相談員", **seat}
    item = {"item": ITEM, "kind": "case", "basis": "support", "title": "世帯A"}
    return sitting(
        fact(SittingConvened, body="support", held_on="2026-04-01", secretariat=OFFICE),
        fact(AgendaItemAdded, **item, household=HOUSEHOLD),
        fact(AttendeeInvited, attendee=SEAT, **who),
        fact(DutyNotified, attendee=SEAT, text_version="r8"),
        fact(PresenceRecorded, item=ITEM, attendee=SEAT, capacity="相談員"),
        *more,
    )


def whole(given: Household, *beside: Beside, by: Stamp | None = None) -> bool:
    """Asked of both at once: of the record alone it is never less than of all of it."""
    written = given.writings.at(VERSION)
    assert written is not None
    answer = reads_whole(given, written, by or stamp(), beside)
    assert not answer or reads(given, written, by or stamp(), beside)
    return answer


def alone(given: Household, *beside: Beside, by: Stamp | None = None) -> bool:
    """Of the record itself, whatever its paragraphs are."""
    written = given.writings.at(VERSION)
    assert written is not None
    return reads(given, written, by or stamp(), beside)


def test_a_desk_reads_all_that_it_wrote() -> None:
    for labelled in ({}, {"category": "abuse"}, {"tags": (Tag.INFORMANT,)}, {"concealed": True}):
        assert whole(household(part(**labelled)))


@pytest.mark.parametrize(
    "closed", [{"category": "abuse"}, {"tags": (Tag.INFORMANT,)}, {"concealed": True}]
)
def test_another_desk_of_the_agency_reads_but_what_of_it_crosses(closed: dict[str, Any]) -> None:
    given = household(part(**closed))
    assert alone(given, by=NURSES)
    assert not whole(given, by=NURSES)
    assert whole(household(part()), by=NURSES)


def test_what_was_learned_in_a_support_meeting_is_read_by_who_was_there() -> None:
    for learned in (told(basis=ROOM), part(basis=ROOM)):
        given = household(learned)
        assert whole(given, room())
        assert whole(given, room(), by=NURSES)
        assert whole(given, Attended(id=SITTING, said=room()))
        for there in ((), (Attended(id=SITTING),), (room(staff=SATO),)):
            assert not whole(given, *there)


def test_who_left_or_was_not_told_of_the_duty_or_sat_there_for_another_was_not_there() -> None:
    given = household(told(basis=ROOM))
    gone = fact(PresenceEnded, item=ITEM, attendee=SEAT)
    assert not whole(given, room(gone))
    assert not whole(given, room(agency=SHAKYO))
    assert not whole(given, room(kind="person"))
    assert not whole(given, room(kind="outside"))
    other = household(told(basis=BySitting(sitting=SITTING, item=SHARE)))
    assert not whole(other, room())


def test_who_keeps_the_sitting_reads_what_was_learned_there() -> None:
    keeper = stamp(capacity(CENTRE, "general", Role.COORDINATOR), staff=SATO)
    given = household(told(basis=ROOM))
    assert whole(given, room(), by=keeper)
    for other in (capacity(CENTRE, "rights", Role.COORDINATOR), capacity(CENTRE, "general")):
        assert not whole(given, room(), by=stamp(other, staff=SATO))
    layered = fact(AgendaItemAdded, item=SHARE, kind="case", basis="layered", title="題")
    agreed = household(told(basis=BySitting(sitting=SITTING, item=SHARE)))
    assert not whole(agreed, room(layered), by=keeper)


def test_whose_case_was_spoken_of_without_a_name_stays_with_the_desk_that_says_so() -> None:
    at = {"item": SHARE, "kind": "case", "basis": "support", "title": "事例"}
    there = fact(PresenceRecorded, item=SHARE, attendee=SEAT, capacity="相談員")
    nameless = room(fact(AgendaItemAdded, **at), there)
    given = household(told(basis=BySitting(sitting=SITTING, item=SHARE)))
    assert whole(given, nameless)
    assert not whole(given, nameless, by=NURSES)


def test_what_a_desk_did_is_its_own_whoever_of_it_sat_there() -> None:
    seen = {"outreach": SHARE, "method": "visit", "met_person": True, "consented": False}
    own = fact(ContactMade, **seen, label=label(CHILD, basis=ROOM))
    assert whole(household(own))
    assert not whole(household(own), by=NURSES)


def test_what_was_passed_on_is_read_as_far_as_its_categories_were_given() -> None:
    given = household(part(category="health"), handed())
    assert alone(given, by=SUPPORT)
    assert not whole(given, by=SUPPORT)
    both = household(part(category="health"), handed(SHAKYO, BY_LAW, "progress", "health"))
    assert whole(both, by=SUPPORT)
    assert not whole(both, by=stamp(capacity(CITY, "welfare")))


def test_what_was_closed_since_is_read_no_longer() -> None:
    """A label that became stricter holds for every paragraph."""
    given = household(part(), handed())
    written = given.writings.at(VERSION)
    assert written is not None
    assert whole(given, by=SUPPORT)
    for change in ({"category": "abuse"}, {"conceal": True}):
        closed = household(part(), handed(), fact(LabelTightened, of=VERSION, **change))
        assert not whole(closed, by=SUPPORT)
        labels = [each.label for each in closed.writings.parts(written)]
        assert {each.category for each in labels} == {change.get("category", "progress")}
        assert {each.concealed for each in labels} == {"conceal" in change}
        assert readable(closed, written, SUPPORT) is ("category" not in change)


def test_what_was_learned_in_a_support_meeting_goes_on_by_law_alone() -> None:
    assert whole(household(told(basis=ROOM), handed()), by=SUPPORT)
    assert not whole(household(told(basis=ROOM), handed(SHAKYO, OwnRecord())), by=SUPPORT)


def test_the_sittings_it_rests_on_are_those_of_each_part_of_it() -> None:
    """What a decision about these records has to look at: by their numbers, or by their kind."""
    elsewhere = BySitting(sitting=REFERRAL, item=ITEM)
    writings = household(told(basis=ROOM), part(basis=elsewhere), handed()).writings
    assert writings.learned_at((VERSION, VERSION + 2)) == (SITTING,)
    assert writings.learned_at((VERSION + 1,)) == (REFERRAL,)
    assert set(writings.learned_at((), {ConsultationReceived})) == {SITTING, REFERRAL}


def sent(to_desk: str, **labelled: Any) -> ReferralMade:
    given = {"referral": REFERRAL, "to_agency": CENTRE, "to_desk": to_desk, "purpose": "support"}
    more = {"categories": ("progress", "abuse"), "enclosed": (VERSION,), "answer_due": "2026-04-15"}
    return fact(ReferralMade, **given, **more, label=label(CHILD, basis=BY_LAW, **labelled))


def test_what_stays_with_a_desk_is_read_by_the_desk_it_was_sent_to() -> None:
    by = {"agency": SHAKYO, "desk": "support"}
    theirs = told(paragraph("打たれた。", CHILD, category="abuse", **by), **by)
    given = household(theirs, sent("nurses"))
    assert whole(given, by=NURSES)
    assert alone(given)
    assert not whole(given)
    grave = household(theirs, sent("nurses", category="abuse"))
    assert whole(grave, by=NURSES)
    assert not alone(grave)


def test_who_acts_for_whom_a_paragraph_is_hidden_from_does_not_read_it() -> None:
    acting = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": CENTRE}
    given = household(part(hidden_from=(FATHER,)), fact(GuardianAppointed, **acting))
    assert alone(given)
    assert not whole(given)


def test_what_may_not_be_used_is_read_by_nobody() -> None:
    stopped = fact(UseSuspended, person=CHILD, facts=(VERSION,), reason="目的外")
    protecting = stamp(capacity(CENTRE, role=Role.PROTECTION))
    given = household(told(concealed=True), stopped)
    written = given.writings.at(VERSION)
    assert written is not None
    assert not whole(given)
    assert not kept_secret(given, written, protecting)


def test_a_place_kept_secret_is_for_the_protection_desk_whoever_wrote_it() -> None:
    given, protecting = household(told(concealed=True)), stamp(capacity(CITY, role=Role.PROTECTION))
    written = given.writings.at(VERSION)
    assert written is not None
    assert kept_secret(given, written, protecting)
    assert not kept_secret(given, written, stamp())
    usual = household(told())
    assert usual.writings.last is not None
    assert not kept_secret(usual, usual.writings.last, protecting)
