"""手がかり (前提): what tells where to look for the mother, and who may not know of it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import InformationShared, LabelTightened
from domain.events.meeting import PersonsHeldBack, PlanEvaluated
from domain.events.membership import HouseholdOpened
from domain.events.person import ConcealmentStarted
from domain.events.referral import LeadAgencyNamed, ReferralMade
from domain.events.support import (
    ContactMade,
    GuardianAppointed,
    ParticipationMatched,
    SupportClosed,
)
from domain.gate import Item, Reader, Situation, item_of, situation_of, walled
from domain.labels import Label, Tag
from domain.stamp import Stamp
from domain.values import StaffId
from tests.domain.deliberated import PLAN, brought, decided
from tests.domain.given import (
    CENTRE,
    CLINIC,
    FATHER,
    ITEM,
    MOTHER,
    REFERRAL,
    SCHOOL,
    SHAKYO,
    SHARE,
    SITTING,
    TANAKA,
    TODAY,
    fact,
    joined,
    label,
    recorded,
    stamp,
)

OURS, FIRST = label(MOTHER), 6
"""`FIRST` is the version of the first fact after the household was opened."""
SENT = {"purpose": "support", "categories": ["progress"]}
AT = {"sitting": SITTING, "item": ITEM}
LAW = {"kind": "statute", "article": "kojin-69-1"}
THEIRS = {"agency": SHAKYO, "desk": "support"}


def contact(**labelled: Any) -> ContactMade:
    about = {"outreach": UUID(int=112), "method": "visit", "met_person": True, "consented": True}
    return fact(ContactMade, label=label(MOTHER, **labelled), **about)


def referred(to: str, labelled: Label = OURS) -> ReferralMade:
    about = {"referral": REFERRAL, "to_agency": to, "answer_due": TODAY}
    return fact(ReferralMade, label=labelled, **about, **SENT)


def shared(to: str, *facts: int, **labelled: Any) -> InformationShared:
    told = label(MOTHER, basis=LAW, **labelled)
    return fact(InformationShared, label=told, share=SHARE, to_agency=to, facts=facts, **SENT)


def guardian(**fields: Any) -> GuardianAppointed:
    usual = {"person": MOTHER, "kind": "guardian", "guardian": "某", "agency": SHAKYO}
    return fact(GuardianAppointed, **{"label": OURS, **usual, **fields})


def of_plan() -> PlanEvaluated:
    return fact(PlanEvaluated, label=OURS, plan=PLAN, stage="final", outcome="close", **AT)


def matched() -> ParticipationMatched:
    about = {"participation": UUID(int=111), "resource": UUID(int=5), "kind": "x"}
    return fact(ParticipationMatched, label=OURS, person=MOTHER, **about)


def stricter() -> LabelTightened:
    return fact(LabelTightened, label=label(MOTHER, **THEIRS), of=FIRST, conceal=False)


TELLING: dict[str, tuple[Fact, ...]] = {
    "who was asked to stand by her": (referred(SHAKYO),),
    "her school": (referred(SCHOOL),),
    "her doctor": (shared(CLINIC),),
    "somebody who helps": (contact(tags=[Tag.PARTNER_AGENCY]),),
    "where she goes by day": (matched(),),
    "her guardian": (guardian(),),
    "that a sitting took her up": (brought(ITEM, MOTHER, label=OURS),),
    "what it decided": (decided(label=OURS),),
    "who was held back from it": (fact(PersonsHeldBack, label=OURS, persons=[FATHER], **AT),),
    "an evaluation of it": (of_plan(),),
    "an ending that rests on it": (fact(SupportClosed, label=OURS, reason="x", **AT),),
    "what others passed on": (shared(CENTRE, FIRST + 1, **THEIRS), contact(**THEIRS)),
    "that others made it stricter": (contact(), stricter()),
}
"""The last one tells where to look for the mother."""


@dataclass
class Case:
    """父・母 of the centre's case; 田中 acts for the father, from whom the mother is protected."""

    facts: tuple[Fact, ...]
    protected: bool = True

    @property
    def told(self) -> tuple[Fact, ...]:
        lead = fact(LeadAgencyNamed, agency=CENTRE, desk="general")
        acts = guardian(person=FATHER, agency=None, staff=TANAKA, label=label(FATHER))
        return fact(HouseholdOpened), lead, joined(MOTHER), joined(FATHER), acts, *self.facts

    @property
    def last(self) -> int:
        return len(self.told)

    @property
    def items(self) -> list[Item]:
        against = {"counterparties": [FATHER], "threat": "dv", "until": "2027-03-31"}
        begun = fact(ConcealmentStarted, label=OURS, concealment=UUID(int=113), **against)
        every = recorded(self.told) + (recorded([begun], MOTHER) if self.protected else [])
        return [item_of(each) for each in every]

    @property
    def situation(self) -> Situation:
        return situation_of(self.items)

    def by(self, staff: StaffId) -> tuple[Reader, Stamp]:
        """As the edge makes the stamp, of what the gate says."""
        given = stamp(staff=staff)
        reader = Reader(staff, given.capacity, TODAY)
        return reader, replace(given, walled=walled(reader, self.items, self.situation))
