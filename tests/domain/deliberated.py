"""審議 (前提): a child's case before a sitting on both bases, consented, with a plan drafted."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.meeting import BroughtToSitting, MeetingDecided, PlanDrafted
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    PresenceRecorded,
    SittingConvened,
)
from domain.household import Household
from domain.sitting import Sitting
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    HOUSEHOLD,
    ITEM,
    SECRETARIAT,
    SITTING,
    TODAY,
    fact,
    household,
    paragraph,
    sitting,
)

LAYERED_ITEM, TRAINING, PLAN, DECISION = (UUID(int=number) for number in range(71, 75))
NURSE, DOCTOR = UUID(int=61), UUID(int=62)
YEAR = {"start": "2026-01-01", "end": "2026-12-31"}


def consent(person: UUID = CHILD, key: UUID = CONSENT, **fields: Any) -> ConsentGiven:
    scope = {"agencies": [CITY], "categories": ["progress"], "purposes": ["meeting"]}
    given = {"consent": key, "person": person, "giver": person, "authority": "self", "able": True}
    shown = {"method": "written", "text_version": "r8", "period": YEAR}
    return fact(ConsentGiven, **{**scope, **given, **shown, **fields})


def withdrawn(key: UUID = CONSENT, person: UUID = CHILD) -> ConsentWithdrawn:
    scope = {"agencies": [CITY], "categories": ["progress"], "purposes": ["meeting"]}
    return fact(ConsentWithdrawn, consent=key, by=person, **scope)


def item(key: UUID = ITEM, basis: str = "support", **fields: Any) -> AgendaItemAdded:
    about = {"kind": "case", "title": "議題", "household": HOUSEHOLD}
    return fact(AgendaItemAdded, item=key, basis=basis, **{**about, **fields})


def held(*facts: Fact, body: str = "both", held_on: date = TODAY) -> Sitting:
    """A sitting of the body on both bases, at which a nurse of the centre sat in both items."""
    return sitting(
        fact(SittingConvened, body=body, held_on=held_on, secretariat=SECRETARIAT),
        item(),
        item(LAYERED_ITEM, "layered"),
        fact(AttendeeInvited, attendee=NURSE, kind="staff", agency=CENTRE, capacity="保健師"),
        *(
            fact(PresenceRecorded, item=key, attendee=NURSE, capacity="保健師")
            for key in (ITEM, LAYERED_ITEM)
        ),
        *facts,
    )


def brought(key: UUID = ITEM, *subjects: UUID, **fields: Any) -> BroughtToSitting:
    return fact(BroughtToSitting, sitting=SITTING, item=key, subjects=subjects or [CHILD], **fields)


def drafted(*persons: UUID) -> PlanDrafted:
    goals = [paragraph("朝起きる")]
    return fact(PlanDrafted, plan=PLAN, persons=persons or [CHILD], goals=goals, measures=[])


def case(*facts: Fact) -> Household:
    """The child's case, consented, brought to both items and with a plan drafted."""
    return household(consent(), brought(), brought(LAYERED_ITEM), drafted(), *facts)


def decided(**fields: Any) -> MeetingDecided:
    about = {"decision": DECISION, "sitting": SITTING, "item": ITEM, "kind": "roles"}
    return fact(MeetingDecided, **{**about, "rested_on": 5, **fields})
