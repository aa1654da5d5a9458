"""世帯と世帯員: opening a case, who belongs to it, and how households become one or two."""

from typing import Any, ClassVar

from domain.basis import with_a_move
from domain.coming_over import came_over, walls_of
from domain.conditions import CASE_WORK, about_members, known, may_take_in
from domain.events import Fact, On
from domain.events.membership import (
    HouseholdOpened,
    HouseholdSplit,
    Leaving,
    MemberJoined,
    MemberLeft,
    Membership,
)
from domain.events.referral import LeadAgencyNamed
from domain.household import Household
from domain.knowing import known_as_member, known_members, knows_member
from domain.labels import BySitting, Category, OwnRecord, Tag
from domain.naming import PersonDraft, may_be_named, noted, of_household
from domain.person import Person, ids_of
from domain.refusals import AlreadyRecorded, NotAMember, Refused
from domain.siding import stands_beside
from domain.stamp import Stamp
from domain.stating import CaseCommand, SidedCommand, label_of, stated
from domain.values import Code, Occurred, Personal, PersonId, earliest, latest


class OpenHousehold(CaseCommand):
    """台帳を開く: somebody may be in need before anybody is identified."""

    of_the_desk: ClassVar[bool] = True

    area: Code | None = None
    household_type: Code | None = None


class Belonging(CaseCommand):
    """続柄・種別・いつから。"""

    usual_category: ClassVar[Category] = Category.FAMILY
    of_the_desk: ClassVar[bool] = True

    relation: Code
    membership: Membership = Membership.LIVING_TOGETHER
    since: Occurred = "unknown"
    source: Code | None = None


class NotePerson(PersonDraft, Belonging):
    """人の存在を把握し、世帯員とする。"""


class JoinHousehold(Belonging, SidedCommand):
    person: PersonId


class LeaveHousehold(SidedCommand):
    usual_category: ClassVar[Category] = Category.FAMILY
    of_the_desk: ClassVar[bool] = True

    reason: Leaving
    destination: Personal | None = None
    handed_over: bool = False


class SplitHousehold(SidedCommand):
    """`persons` go on as a household of their own. Who stays rests on whom the writer may know and
    is shown, which is waited for whether somebody else belongs or not (rule 32).
    """

    usual_category: ClassVar[Category] = Category.FAMILY
    of_the_desk: ClassVar[bool] = True

    persons: tuple[PersonId, ...]
    area: Code | None = None
    household_type: Code | None = None


class LeftBeforeJoining(Refused):
    """世帯を離れた日が、世帯員となった日より前です。"""


class PartedByOneSide(Refused):
    """この世帯のだれかの後見人等・付添いとして記録されている人・係・機関は、世帯を分けられません。主担当か多機関協働の担当に分けてもらってください。"""


class NobodyStays(Refused):
    """世帯を分けるには、新しい世帯に移る人と、残る人がそれぞれ必要です。"""


def open_household(household: Household, command: OpenHousehold, stamp: Stamp) -> list[Fact]:
    """Rule 17: whoever opens the case leads it until somebody else does."""
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    return opened(household, command, stamp)


def opened(household: Household, command: CaseCommand, stamp: Stamp, **more: object) -> list[Fact]:
    """The household and its first 主担当; AlreadyRecorded when there is a household."""
    if household.version:
        raise AlreadyRecorded
    of_household(command, stamp)
    capacity = stamp.capacity
    lead = {"agency": capacity.agency, "desk": capacity.desk, "staff": stamp.author.staff}
    leading: dict[str, Any] = {**lead, "reason": None, **more}
    return [
        stated(HouseholdOpened, command, stamp, **more),
        stated(LeadAgencyNamed, command, stamp, **leading),
    ]


def note_person(
    household: Household, _person: Person, command: NotePerson, stamp: Stamp
) -> list[Fact | On]:
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    person = PersonId(stamp.new_id("person"))
    about = [On(person, fact) for fact in noted(command, command, stamp, person)]
    return [*about, joins(command, stamp, person)]


def joins(command: Belonging, stamp: Stamp, person: PersonId) -> MemberJoined:
    """InTheFuture when the day has not come; UnknownCode for a 続柄 the municipality lacks."""
    known(stamp, "relations", command.relation)
    known(stamp, "membership-sources", command.source)
    stamp.occurred(command.since)
    label = label_of(command.model_copy(update={"subjects": (person,)}), stamp)
    return stated(MemberJoined, command, stamp, person=person, label=label)


def join_household(
    household: Household, person: Person, command: JoinHousehold, stamp: Stamp
) -> list[MemberJoined]:
    """Somebody known already; joining again says that they came back, or that the 続柄 or 種別 has
    changed: from what the writer may know, so that nobody learns what it was by guessing.
    """
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    may_be_named(household, person, command.person, stamp)
    now = known_as_member(household, stamp, command.person)
    if now and now[:2] == (command.relation, command.membership) and now.left is None:
        raise AlreadyRecorded
    return [joins(command, stamp, command.person)]


def leave_household(
    household: Household,
    *rest: *tuple[*tuple[Person, ...], LeaveHousehold, Stamp],
    person: PersonId,
) -> list[MemberLeft]:
    """Rule 20: earlier compositions stay as they were. Beside come the records of who leaves.

    Who left without the writer's knowing leaves once more: the first record of it stands.
    """
    *people, command, stamp = rest
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    if not knows_member(household, stamp, person):
        raise NotAMember(persons=[person])
    known = known_as_member(household, stamp, person)
    if known and known.left:
        raise NotAMember(persons=[person])
    day = stamp.occurred(command.occurred_on)
    if known and latest(day) < earliest(known.since):
        raise LeftBeforeJoining
    if command.handed_over:
        with_a_move(household, ids_of(person, people), command.basis, stamp)
    label = label_of(command.model_copy(update={"subjects": (person,)}), stamp)
    if command.destination:
        label = label.model_copy(update={"tags": (*label.tags, Tag.LOCATION)})
    return [stated(MemberLeft, command, stamp, person=person, label=label)]


def split_household(
    household: Household, new: Household, command: SplitHousehold, stamp: Stamp
) -> list[Fact | On]:
    """What is hidden from somebody stays so in the new household. Who went there is hidden from all
    the others, whether anything is or not: or it would tell that something is.
    """
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    if stands_beside(household, stamp):
        raise PartedByOneSide
    known = set(known_members(household, stamp))
    if strangers := [p for p in command.persons if p not in known]:
        raise NotAMember(persons=strangers)
    if not command.persons or known == set(command.persons):
        raise NobodyStays
    persons = tuple(dict.fromkeys(command.persons))
    ways = {"source": household.id, "target": new.id, "persons": persons}
    walls = walls_of(household, persons)
    parted = stated(HouseholdSplit, command, stamp, **ways, walls=walls)
    members = [_parts(household, person, command, stamp) for person in persons]
    begun = opened(new, command, stamp)
    return [parted, *(On(new.id, fact) for fact in (*begun, parted, *members))]


def _parts(
    source: Household, person: PersonId, command: SplitHousehold, stamp: Stamp
) -> MemberJoined:
    """Said again by the writer, who may read it; what they may not read stays the record of the
    desk that wrote it, so that those read it who did.
    """
    others = source.people.members.keys() - {*command.persons}
    came = came_over(source, person, command, stamp, others | source.hidden_from(person))
    if known_as_member(source, stamp, person):
        return came
    earlier = source.label(source.people.members[person].version) or came.label
    heard = isinstance(earlier.basis, BySitting)
    kept = {
        "agency": earlier.agency,
        "desk": earlier.desk,
        "tags": earlier.tags,
        "basis": earlier.basis if heard else OwnRecord(),
    }
    return came.model_copy(update={"label": came.label.model_copy(update=kept)})
