"""壁・秘匿・誤記録・利用停止: what closes a record before any way in, and by which facts."""

from itertools import takewhile
from typing import Any, get_args
from uuid import UUID

from domain.events import Fact
from domain.events.consent import (
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    LabelLoosened,
    LabelTightened,
    LooseningProposed,
    ShareReviewed,
)
from domain.events.intake import ConsultationScreened
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.oversight import OversightFact
from domain.events.person import AddressRecorded, CareNeeded, SafeContactAgreed, VisitRiskNoted
from domain.events.referral import (
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralReviewed,
    ReferralWithdrawn,
)
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn, RightsFact, UseSuspended
from domain.events.sitting import AgendaItemAdded, AttendeeInvited, DutyNotified, SittingFact
from domain.events.support import FileAttached, GuardianAppointed, GuardianshipEnded
from domain.labels import Tag
from tests.laws.gate_oracle import OF_A_CASE, Asker, Log, Places, Told, places
from tests.laws.gate_oracle_spoken import earlier, in_one_thread


def tasks(log: Log, by: Asker) -> list[Any]:
    """The asker as a guardian, or as who comes to a meeting for somebody."""
    ended = log.all(GuardianshipEnded)
    over = {(t.stream, t.fact.of) for t in ended if t.fact.of < t.version}
    guardians = [t for t in log.all(GuardianAppointed) if t[:2] not in over]
    seated = log.all(AttendeeInvited, lambda a: a.person is not None)
    return [t for t in (*guardians, *seated) if _is(by, t.fact, getattr(t.fact, "desk", None))]


def _is(by: Asker, named: Any, desk: str | None) -> bool:
    if named.staff is not None:
        return bool(named.staff == by.staff)
    desks = ((by.agency, by.desk), *by.elsewhere)
    return any(named.agency == agency and desk in {None, at} for agency, at in desks)


def whose(log: Log, task: Any) -> frozenset[UUID]:
    """For whom somebody acts by that: for each who may have been meant."""
    return log.meant([task.fact.person], task)


def feared(log: Log, begun: Any) -> frozenset[UUID]:
    """From whom that protects: from each who may have been meant."""
    return log.meant(begun.fact.counterparties, begun)


def betrays(log: Log, told: Told) -> frozenset[UUID] | None:
    """Whose place it tells that must not be told; None where there is nothing of the kind."""
    label, hidden = log.label(told), log.concealed()
    whose = log.about(told)
    if isinstance(told.fact, AddressRecorded):
        whose = frozenset({log.who(told.stream)})
    if isinstance(told.fact, AddressRecorded) or Tag.LOCATION in label.tags or label.concealed:
        at_risk = hidden & whose if whose else hidden
        if at_risk or label.concealed:
            return at_risk
    return None


def leads_to(log: Log, told: Told) -> frozenset[UUID]:
    """Rule 2: where the others of a household live or go to school, the protected are not far; but
    not by the place of those they are protected from.
    """
    whose = set(log.about(told))
    if isinstance(told.fact, AddressRecorded):
        whose.add(log.who(told.stream))
    elif Tag.LOCATION not in log.label(told).tags:
        return frozenset()
    return frozenset(
        person
        for person in log.concealed()
        for begun in log.concealments(person)
        if whose - log.whos(begun.fact.counterparties)
    )


NAMES_AN_AGENCY = (
    *("agency", "to_agency", "of_agency", "owner_agency", "keeper_agency", "successor_agency"),
    *("agencies", "holders", "offices"),
)
WAS_WRONG = (FactCorrected, MisfiledRecordWithdrawn)
LABELLED = (LabelTightened, LabelLoosened, LooseningProposed)
TAKEN_UP_AT = ("sitting", "role")
NAMES_A_PERSON = ("person", "persons", "subjects", "giver", "by", "victim", "absorbed", "survivor")


def supporters(told: Told) -> set[str]:
    """Every agency that has a hand in it, and every place it says somebody goes to or was spoken
    of.
    """
    found = {told.fact.label.agency}
    for name in NAMES_AN_AGENCY:
        given = getattr(told.fact, name, None) or ()
        found |= {given} if isinstance(given, str) else set(given)
    for parts in ("measures", "desks", "secretariats"):
        found |= {each.agency for each in getattr(told.fact, parts, ())}
    if keeper := getattr(told.fact, "secretariat", None):
        found.add(keeper.agency)
    named = {getattr(told.fact, where, None) for where in ("resource", *TAKEN_UP_AT)}
    return found | {str(each) for each in named if each}


def of_another(log: Log, by: Asker, told: Told) -> Any:
    """What went to another agency, where this says what became of it."""
    for name, answers in ANSWERS.items():
        if isinstance(told.fact, answers):
            key = getattr(told.fact, name)
            made = [t for t in log.all(ASKING[name]) if getattr(t.fact, name) == key]
            here = [t for t in made if t.stream == told.stream and went_to(t) != by.agency]
            return here[0] if here else None
    return None


ANSWERS: dict[str, tuple[type[Fact], ...]] = {
    "referral": (
        *(ReferralAccepted, ReferralReturned, ReferralWithdrawn, ReferralReviewed),
        ConsultationScreened,
    ),
    "share": (ShareReviewed,),
    "request": (InformationRequestAnswered, InformationRequestReviewed),
}
ASKING: dict[str, type[Any]] = {
    "referral": ReferralMade,
    "share": InformationShared,
    "request": InformationRequested,
}


def went_to(told: Told) -> str | None:
    return getattr(told.fact, "to_agency", None) or getattr(told.fact, "of_agency", None)


def names_another(log: Log, by: Asker, told: Told) -> bool:
    gone = isinstance(told.fact, LABELLED) and not any(
        (t.stream, t.version) == (told.stream, told.fact.of) for t in log.told
    )
    speaks_of = gone or isinstance(told.fact, WAS_WRONG)
    return (
        speaks_of or supporters(told) != {by.agency} or Tag.PARTNER_AGENCY in log.label(told).tags
    )


def stands_by(log: Log, by: Asker, told: Told) -> frozenset[UUID]:
    """手がかり: of which protected persons it says who supports them, if that is news to the asker.

    What says of nobody in particular who supports them may say so of each.
    """
    if isinstance(told.fact, SafeContactAgreed | CareNeeded | VisitRiskNoted):
        return log.concealed() & {log.who(told.stream)}
    asking = None if names_another(log, by, told) else of_another(log, by, told)
    ours = not names_another(log, by, told) and asking is None
    if ours or not isinstance(told.fact, (*OF_A_CASE, *get_args(SittingFact))):
        return frozenset()
    if isinstance(told.fact, get_args(SittingFact)):
        return taken_up(log, told)
    if any(getattr(told.fact, where, None) for where in TAKEN_UP_AT):
        return log.concealed()
    whom = set(log.about(told)) | log.whos(asking.fact.label.subjects if asking else ())
    for name in NAMES_A_PERSON:
        given = getattr(told.fact, name, None) or ()
        whom |= log.whos([given] if isinstance(given, UUID) else given)
    return log.concealed() & whom if whom else log.concealed()


def items_of(log: Log, told: Told) -> list[UUID | None]:
    """Of a seat, and of what somebody in it was told, those it is for, or else all."""
    at: Any = told.fact
    if isinstance(at, DutyNotified):
        seats = log.all(AttendeeInvited, lambda a: a.attendee == told.fact.attendee)  # type: ignore[attr-defined]
        at = next((t.fact for t in reversed(seats) if t.stream == told.stream), at)
    if not isinstance(at, AttendeeInvited):
        return [getattr(at, "item", None)]
    every: list[Any] = [t.fact for t in log.all(AgendaItemAdded) if t.stream == told.stream]
    return list(at.items) or [each.item for each in every]


def added(log: Log, told: Told, item: UUID | None) -> Any:
    found = log.all(AgendaItemAdded, lambda a: a.item == item)
    return next((t for t in reversed(found) if t.stream == told.stream), None)


def taken_up(log: Log, told: Told) -> frozenset[UUID]:
    """The protected of the households it was recorded for, where it was for no other."""
    found = []
    for item in items_of(log, told):
        at = added(log, told, item)
        found.append(log.belonging(at.fact.household) & log.concealed() if at else frozenset())
    return frozenset().union(*found) if all(found) else frozenset()


def walled(log: Log, by: Asker, told: Told) -> Places:
    """What is in the way of it, and of whatever it speaks of; who stands by is told otherwise by
    what answers.
    """
    found = on_the_other_side(log, by, told, stands_by(log, by, told))
    for each in earlier(log, told):
        asks = in_one_thread(told, each)
        off = on_the_other_side(log, by, each, frozenset()) if asks else walled(log, by, each)
        found |= off | {each[:2]} if off else off
    return found


def on_the_other_side(log: Log, by: Asker, told: Told, hint: frozenset[UUID]) -> Places:
    """The other side of what is hidden, or of a place that is, or of what would betray it: each
    fact that says who acts for whom, from whom it is hidden, who is protected from whom.
    """
    place = betrays(log, told) or frozenset()
    place |= leads_to(log, told)
    ours = frozenset[UUID]().union(*(whose(log, t) for t in tasks(log, by)))
    theirs = set(log.meant(told.fact.label.hidden_from, told) & ours)
    tighter = list(log.tightened(told))
    for each in tighter:
        theirs |= log.meant(each.fact.hide_from, each) & ours
    begun = [t for person in place | hint for t in log.concealments(person)]
    for each in begun:
        theirs |= feared(log, each) & ours
    if not theirs:
        return frozenset()
    faced = [t for t in begun if feared(log, t) & theirs]
    acting = [t for t in tasks(log, by) if whose(log, t) & theirs]
    hiding = [t for t in tighter if log.meant(t.fact.hide_from, t) & theirs]
    if any(log.who(t.stream) not in hint for t in faced):
        hiding += concealing(log, told)
    told_of = any(log.who(t.stream) in hint for t in faced)
    if told_of and not names_another(log, by, told) and (asking := of_another(log, by, told)):
        faced.append(asking)
    met = at_table(log, told, hint, theirs) if hint else frozenset()
    return places([*faced, *acting, *hiding]) | met


def conflict_of_interest(log: Log, by: Asker) -> Places:
    """An office that reaches every case is not for who acts for one of this one; that of the
    protected, for who acts for somebody they are protected from.
    """
    mine = tasks(log, by)
    if by.role in {"privacy", "identity"}:
        return places(mine)
    found = set[Any]()
    for begun in (t for person in log.concealed() for t in log.concealments(person)):
        others = feared(log, begun)
        acting = [t for t in mine if by.role == "protection" and whose(log, t) & others]
        found |= places([begun, *acting]) if acting else set()
    return frozenset(found)


def concealing(log: Log, told: Told) -> list[Any]:
    return [t for t in log.tightened(told) if t.fact.conceal]


def at_table(log: Log, told: Told, whom: frozenset[UUID], theirs: set[UUID]) -> Places:
    """Of what a sitting recorded: which items it is about, and who lives there. An item that takes
    up nobody who is protected from these counts by whoever else is.
    """
    found = set[tuple[UUID, int]]()
    for item in items_of(log, told) if isinstance(told.fact, get_args(SittingFact)) else ():
        at = added(log, told, item)
        found.add(at[:2])
        living = {p: joined(log, at.fact.household, p) for p in whom}
        here = {p: place for p, place in living.items() if place is not None}
        begun = {p: list(log.concealments(p)) for p in here}
        faced = [p for p in here if any(feared(log, t) & theirs for t in begun[p])]
        found |= {here[p] for p in faced or here}
        found |= set() if faced else {t[:2] for p in here for t in begun[p]}
    return frozenset(found)


def joined(log: Log, household: UUID, person: UUID) -> tuple[UUID, int] | None:
    """Where it was first told that somebody belongs there."""
    told = [t for t in log.all(MemberJoined) if t.stream == household]
    theirs = [t[:2] for t in told if log.who(t.fact.person) == person]
    return min(theirs, default=None)


def misfiled(log: Log, told: Told) -> Places:
    gone = log.all(MisfiledRecordWithdrawn, lambda each: told.version in each.facts)
    return places(t for t in gone if t.stream == told.stream and t.version > told.version)


def suspended(log: Log, told: Told) -> Places:
    """利用停止: of what is named, or of everything about the person until then, in what had become
    part of the household, too; the procedure itself and its oversight go on.
    """
    found = []
    goes_on = isinstance(told.fact, get_args(RightsFact | OversightFact))
    for stop in () if goes_on else log.all(UseSuspended):
        about = log.who(stop.fact.person) in log.whos(told.fact.label.subjects)
        if stop.stream != told.stream:
            over = about and not stop.fact.facts and _had_gone_over(log, told, stop)
            found += [stop] if over else []
            continue
        until_then = told.version < stop.version and not stop.fact.facts
        if told.version in stop.fact.facts or (until_then and about):
            found.append(stop)
        elif isinstance(told.fact, FileAttached):
            of = [t for t in earlier(log, told) if t.version in stop.fact.facts]
            found += [stop, *of] if of else []
    return places(found)


def _had_gone_over(log: Log, told: Told, stop: Told) -> bool:
    """Whether it was told before, in a household that was part of that one by then."""
    before = list(takewhile(lambda each: each[:2] != stop[:2], log.told))
    gone = [t.fact for t in before if isinstance(t.fact, HouseholdsMerged)]
    at = {told.stream}
    for _ in gone:
        at |= {fact.target for fact in gone if fact.source in at}
    return stop.stream in at and any(each[:2] == told[:2] for each in before)
