"""Given facts, asked of the gate: each is told in its place, the situation is what they say."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from domain.events import Fact
from domain.events.consent import ConsentGiven, ConsentWithdrawn, InformationShared
from domain.events.meeting import AssessmentRecorded, BroughtToSitting, MeetingDecided
from domain.events.membership import MemberJoined
from domain.events.person import AddressRecorded, ConcealmentStarted, PersonIdentified
from domain.events.referral import ReferralMade
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceRecorded,
    RoomOpened,
    SittingConvened,
)
from domain.events.support import ContactMade
from domain.gate import Grant, Item, Place, Reader, Shown, Situation, may_read, shown, situation_of
from domain.labels import Category, Label, Paragraph
from domain.values import AgencyId, Author, Capacity, DeskId, DeskRef, Personal, Role, StaffId

F = TypeVar("F", bound=Fact)
HOME, SITTING, ITEM, OTHER_ITEM, REFERRAL, CONSENT, SHARE, SEAT, DECISION, ROLE, ACCESS, CASE = (
    UUID(int=number) for number in range(1, 13)
)
MOTHER, FATHER, CHILD = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
TANAKA, NURSE, CHAIR, CHIEF, OFFICER = (StaffId(UUID(int=0x100 + n)) for n in range(5))
TODAY = date(2026, 4, 10)
NOON = datetime(2026, 4, 10, 3, tzinfo=UTC)
_ONE_MORE = count(0x7700)
"""No visit and no assessment goes on with another."""


def capacity(agency: str, desk: str, role: Role = Role.COUNSELLOR) -> Capacity:
    return Capacity(agency=agency, desk=desk, role=role)


def reader(  # noqa: PLR0913, PLR0917 - who, as what, when
    agency: str = "shakyo",
    desk: str = "sodan",
    role: Role = Role.COUNSELLOR,
    staff: StaffId = TANAKA,
    today: date = TODAY,
    at: datetime = NOON,
) -> Reader:
    return Reader(staff, capacity(agency, desk, role), today, at)


OWN = reader()
HOKEN = reader("hoken", "chiku", staff=NURSE)
SECRETARY = reader("city", "layered", Role.COORDINATOR, CHAIR)
PROTECTION = reader("city", "juki", Role.PROTECTION, CHAIR)
IDENTITY = reader("city", "juki", Role.IDENTITY, CHAIR)
PRIVACY = reader("city", "joho", Role.PRIVACY, OFFICER)


def label(
    category: Category = Category.CONSULTATION,
    agency: str = "shakyo",
    desk: str = "sodan",
    **more: Any,
) -> Label:
    return Label(agency=agency, desk=desk, category=category, **more)


def fact(kind: type[F], /, labelled: Label | None = None, **given: Any) -> F:
    return kind.model_validate({"occurred_on": "2026-04-01", "label": labelled or label(), **given})


@dataclass
class World:
    """`used` are the accesses whose one view was had; `same` whom persons were found to be. What
    stands `apart` is no part of the case: of it the gate learns who acts for whom, and no more.
    """

    items: list[Item] = field(default_factory=list)
    used: frozenset[Place] = frozenset()
    same: dict[UUID, UUID] = field(default_factory=dict)
    apart: frozenset[UUID] = frozenset()

    def tell(
        self,
        fact: Fact,
        stream: UUID = HOME,
        by: StaffId = TANAKA,
        role: Role = Role.COUNSELLOR,
    ) -> Place:
        version = 1 + sum(item.stream == stream for item in self.items)
        author = Author(staff=by, capacity=capacity(fact.label.agency, fact.label.desk, role))
        self.items.append(Item(stream, version, author, fact, version, len(self.items)))
        return Place(stream, version)

    def at(self, place: Place) -> Item:
        return next(item for item in self.items if item.place == place)

    def situation(self, *, without: Place | None = None) -> Situation:
        told = [item for item in self.items if item.place != without]
        here = [item for item in told if item.stream not in self.apart]
        apart = [item for item in told if item.stream in self.apart]
        return situation_of(here, self.same, self.used, apart)

    def ask(self, by: Reader, place: Place) -> tuple[str, tuple[Place, ...]]:
        """The rule and its facts, granted or denied."""
        verdict = may_read(by, self.at(place), self.situation())
        return verdict.rule, verdict.facts

    def told(self) -> str:
        """Everything, for whoever looks at a law that failed."""
        return "\n".join(
            f"{i.stream.int:x}.{i.version} {type(i.fact).__name__} {i.fact}" for i in self.items
        )

    def opens(self, by: Reader, place: Place) -> bool:
        return isinstance(may_read(by, self.at(place), self.situation()), Grant)

    def shown(self, by: Reader, place: Place) -> Shown | None:
        return shown(by, self.at(place), self.situation())


def contact(given: Label | None = None, *parts: Label, **more: Any) -> ContactMade:
    whole = given or label()
    return fact(
        ContactMade,
        whole,
        outreach=UUID(int=next(_ONE_MORE)),
        method="visit",
        met_person=True,
        consented=True,
        narrative=tuple(Paragraph(text=Personal("話"), label=p) for p in parts or (whole,)),
        **more,
    )


def assessed(given: Label | None = None, *parts: Label) -> AssessmentRecorded:
    """What a desk may have heard anywhere."""
    whole = given or label()
    said = tuple(Paragraph(text=Personal("話"), label=p) for p in parts or (whole,))
    about: dict[str, Any] = {"assessment": UUID(int=next(_ONE_MORE)), "persons": whole.subjects}
    return fact(AssessmentRecorded, whole, **about, fields=(), issues=(), narrative=said)


def joined(person: UUID) -> MemberJoined:
    labelled = label(Category.FAMILY, subjects=(person,))
    given = {"relation": "self", "membership": "registered", "since": "2020-04-01"}
    return fact(MemberJoined, labelled, person=person, **given)


def identified(person: UUID) -> PersonIdentified:
    labelled = label(Category.IDENTITY, subjects=(person,))
    return fact(PersonIdentified, labelled, name="芦屋花子", kana="アシヤハナコ")


def address() -> AddressRecorded:
    period = {"start": "2026-04-01"}
    where = {"place": "residence", "text": "ひみつの町1-2-3", "period": period}
    return fact(AddressRecorded, label(Category.IDENTITY), address=UUID(int=78), **where)


def concealed(*against: UUID) -> ConcealmentStarted:
    given = {"counterparties": against, "threat": "dv", "until": "2027-03-31"}
    return fact(ConcealmentStarted, label(Category.ABUSE), concealment=UUID(int=79), **given)


def referred(labelled: Label | None = None, **given: Any) -> ReferralMade:
    usual: dict[str, Any] = {
        "referral": REFERRAL,
        "to_agency": "hoken",
        "purpose": "support",
        "categories": (Category.CONSULTATION,),
        "answer_due": "2026-04-15",
    }
    return fact(ReferralMade, labelled, **{**usual, **given})


def shared(labelled: Label, *versions: int, **given: Any) -> InformationShared:
    usual: dict[str, Any] = {
        "share": SHARE,
        "to_agency": "hoken",
        "purpose": "support",
        "categories": (Category.CONSULTATION,),
        "facts": versions,
    }
    return fact(InformationShared, labelled, **{**usual, **given})


def consented(person: UUID = MOTHER, consent: UUID = CONSENT, **given: Any) -> ConsentGiven:
    usual: dict[str, Any] = {
        "consent": consent,
        "person": person,
        "giver": person,
        "authority": "self",
        "able": True,
        "method": "written",
        "text_version": "v1",
        "agencies": ("hoken",),
        "categories": (Category.CONSULTATION,),
        "purposes": ("support",),
        "period": {"start": "2026-04-01", "end": "2027-03-31"},
    }
    return fact(ConsentGiven, None, **{**usual, **given})


def withdrawn(consent: UUID = CONSENT, **given: Any) -> ConsentWithdrawn:
    usual: dict[str, Any] = {
        "consent": consent,
        "by": MOTHER,
        "agencies": ("hoken",),
        "categories": (Category.CONSULTATION,),
        "purposes": ("support",),
    }
    return fact(ConsentWithdrawn, None, **{**usual, **given})


CITY = label(Category.ORGANISATION, "city", "layered")
LAYERED = DeskRef(agency=AgencyId("city"), desk=DeskId("layered"))
CHIKU = DeskRef(agency=AgencyId("hoken"), desk=DeskId("chiku"))


@dataclass
class Room:
    """会議: convened by the city, with one item about the household and a nurse of hoken."""

    world: World
    basis: str = "support"

    def __post_init__(self) -> None:
        convened = fact(SittingConvened, CITY, body="shien", held_on=TODAY, secretariat=LAYERED)
        self.convened = self.world.tell(convened, SITTING)
        self.item = self.add(ITEM)

    def add(self, item: UUID, household: UUID | None = HOME) -> Place:
        given = {"kind": "case", "basis": self.basis, "title": "議題", "household": household}
        return self.world.tell(fact(AgendaItemAdded, CITY, item=item, **given), SITTING)

    def tell(self, kind: type[F], /, **given: Any) -> Place:
        return self.world.tell(fact(kind, CITY, **given), SITTING)

    def invite(self, seat: UUID = SEAT, **given: Any) -> Place:
        usual = {"kind": "staff", "staff": NURSE, "agency": "hoken", "capacity": "保健師"}
        return self.tell(AttendeeInvited, attendee=seat, **{**usual, **given})

    def bind(self, seat: UUID = SEAT, **given: Any) -> Place:
        return self.tell(DutyNotified, attendee=seat, text_version="duty-1", **given)

    def attend(self, seat: UUID = SEAT, item: UUID = ITEM) -> Place:
        return self.tell(PresenceRecorded, attendee=seat, item=item, capacity="保健師")

    def open(self) -> Place:
        return self.tell(RoomOpened)

    def bring(self, *versions: int, **given: Any) -> Place:
        usual: dict[str, Any] = {"sitting": SITTING, "item": ITEM, "subjects": (MOTHER,)}
        labelled = given.pop("labelled", None) or learned()
        brought = fact(BroughtToSitting, labelled, tabled=versions, **{**usual, **given})
        return self.world.tell(brought)

    def decide(self, **given: Any) -> Place:
        usual: dict[str, Any] = {
            "decision": DECISION,
            "sitting": SITTING,
            "item": ITEM,
            "kind": "roles",
            "rested_on": 1,
        }
        labelled = learned(agency="city", desk="layered")
        return self.world.tell(fact(MeetingDecided, labelled, **{**usual, **given}))


def learned(category: Category = Category.PROGRESS, **more: Any) -> Label:
    """A label on what was learned in the 支援会議."""
    basis = {"kind": "sitting", "sitting": SITTING, "item": ITEM}
    return label(category, **{"basis": basis, **more})
