"""The event catalogue (出来事一覧): every fact the log may hold, by the stream it belongs to."""

from typing import get_args

from domain.events.base import Fact, On
from domain.events.consent import SharingFact
from domain.events.intake import IntakeFact
from domain.events.meeting import MeetingFact
from domain.events.membership import MembershipFact
from domain.events.oversight import OversightFact, UnusualReadLookedInto
from domain.events.person import PersonFact
from domain.events.publication import PublicationFact, StatisticsPublished
from domain.events.referral import ReferralFact
from domain.events.resource import ResourceFact
from domain.events.rights import RightsFact
from domain.events.sitting import SittingFact
from domain.events.staff import StaffFact
from domain.events.support import SupportFact

HouseholdFact = (
    MembershipFact
    | IntakeFact
    | ReferralFact
    | SharingFact
    | MeetingFact
    | SupportFact
    | RightsFact
    | OversightFact
)

STREAMS: dict[str, frozenset[type[Fact]]] = {
    "household": frozenset(get_args(HouseholdFact)),
    "person": frozenset(get_args(PersonFact)),
    "sitting": frozenset(get_args(SittingFact)),
    "staff": frozenset({*get_args(StaffFact), UnusualReadLookedInto}),
    "resource": frozenset(get_args(ResourceFact)),
    "publication": frozenset({StatisticsPublished}),
}
CATALOGUE: dict[str, type[Fact]] = {
    kind.__name__: kind for kinds in STREAMS.values() for kind in kinds
}
KIND_OF: dict[type[Fact], str] = {
    kind: stream for stream, kinds in STREAMS.items() for kind in kinds
}

__all__ = [
    "CATALOGUE",
    "KIND_OF",
    "STREAMS",
    "Fact",
    "HouseholdFact",
    "MeetingFact",
    "MembershipFact",
    "On",
    "OversightFact",
    "PersonFact",
    "PublicationFact",
    "ResourceFact",
    "SittingFact",
    "StaffFact",
]
