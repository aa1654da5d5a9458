"""The gate's second opinion (別の目): every way in, counted naively over the list of what was told.

Written from the law and the rules alone. It shares nothing with the gate but the facts themselves:
no state, no index, no order of rules. It answers with every rule that lets somebody in, or with
every reason that keeps them out; the gate must name one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, get_args
from uuid import UUID

from domain.events import Fact, HouseholdFact
from domain.events.consent import LabelLoosened, LabelTightened
from domain.events.membership import MemberJoined
from domain.events.person import (
    AddressRecorded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonFact,
)
from domain.events.rights import MisfiledRecordWithdrawn, RightsFact, UseSuspended
from domain.events.sitting import AgendaItemAdded, AttendeeInvited, SittingFact
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.labels import Category, Label, Tag

F = TypeVar("F", bound=Fact)
OF_A_PERSON: tuple[type[Fact], ...] = get_args(PersonFact)
OF_A_CASE: tuple[type[Fact], ...] = (*OF_A_PERSON, *get_args(HouseholdFact))
CONCEALING = (ConcealmentStarted, ConcealmentExtended, ConcealmentEnded, EndingProposed)
CASEWORK = frozenset({"counsellor", "coordinator", "convener", "chief", "protection"})
"""Who reads for the sake of a case; every other role reads for its own office alone."""
SENSITIVE = frozenset({Category.HEALTH, Category.ABUSE})


class Told(NamedTuple):
    stream: UUID
    version: int
    staff: UUID
    fact: Fact


class Asker(NamedTuple):
    staff: UUID
    agency: str
    desk: str
    role: str
    today: date
    at: datetime

    @property
    def works_on_cases(self) -> bool:
        return self.role in CASEWORK


class Answer(NamedTuple):
    """`opens` lets all of it be read, `frames` only that it is there; else there are `reasons`."""

    opens: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Log:
    """What was told, whom persons were found to be, and which one-time views were had."""

    told: Sequence[Told]
    same: Mapping[UUID, UUID] = field(default_factory=dict)
    used: frozenset[tuple[UUID, int]] = frozenset()

    def all(self, kind: type[F], where: Callable[[F], bool] = lambda _: True) -> list[Any]:
        return [t for t in self.told if isinstance(t.fact, kind) and where(t.fact)]

    def who(self, person: UUID) -> UUID:
        return self.same.get(person, person)

    def whos(self, persons: Sequence[UUID]) -> frozenset[UUID]:
        return frozenset(map(self.who, persons))

    def label(self, told: Told) -> Label:
        """As it was made stricter since, but for what two people took back."""
        label = told.fact.label
        for tighter in self.all(LabelTightened, lambda each: each.of == told.version):
            back = any(
                t.stream == tighter.stream and t.fact.tightening == tighter.version
                for t in self.all(LabelLoosened)
            )
            if (tighter.stream == told.stream and tighter.version > told.version) and not back:
                label = stricter(label, tighter.fact)
        return label

    def about(self, told: Told) -> frozenset[UUID]:
        own = (told.stream,) if isinstance(told.fact, OF_A_PERSON) else ()
        return self.whos((*told.fact.label.subjects, *own))

    def belonging(self, household: UUID) -> frozenset[UUID]:
        joined = self.all(MemberJoined)
        return self.whos([t.fact.person for t in joined if t.stream == household])

    def concealments(self, person: UUID) -> Iterator[ConcealmentStarted]:
        """In force: the end of the term reveals nothing, only a decision does."""
        for begun in self.all(ConcealmentStarted):
            ended = any(
                end.fact.concealment == begun.fact.concealment
                and end.stream == begun.stream
                and end.version > begun.version
                for end in self.all(ConcealmentEnded)
            )
            if self.who(begun.stream) == person and not ended:
                yield begun.fact

    def concealed(self) -> frozenset[UUID]:
        whom = self.whos([t.stream for t in self.all(ConcealmentStarted)])
        return frozenset(person for person in whom if any(self.concealments(person)))


def stricter(label: Label, by: LabelTightened) -> Label:
    return label.model_copy(
        update={
            "category": by.category or label.category,
            "hidden_from": (*label.hidden_from, *by.hide_from),
            "concealed": label.concealed or by.conceal,
        }
    )


# 壁・秘匿・通報者・誤記録: before any way in


def acts_for(log: Log, by: Asker, person: UUID) -> bool:
    """A guardian, or whoever comes to a meeting for somebody."""
    over = {(t.stream, t.fact.of) for t in log.all(GuardianshipEnded)}
    guardians = [
        t.fact for t in log.all(GuardianAppointed)
        if log.who(t.fact.person) == person and t[:2] not in over
    ]  # fmt: skip
    seated = [
        t.fact for t in log.all(AttendeeInvited, lambda a: a.person is not None)
        if log.who(t.fact.person) == person
    ]  # fmt: skip
    return any(_is(by, each, getattr(each, "desk", None)) for each in (*guardians, *seated))


def _is(by: Asker, named: Any, desk: str | None) -> bool:
    if named.staff is not None:
        return bool(named.staff == by.staff)
    return named.agency == by.agency and desk in {None, by.desk}


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


NAMES_AN_AGENCY = (
    *("agency", "to_agency", "of_agency", "owner_agency", "keeper_agency", "successor_agency"),
    *("agencies", "holders", "offices"),
)
NAMES_A_PERSON = ("person", "persons", "subjects", "giver", "by", "victim", "absorbed", "survivor")


def supporters(told: Told) -> set[str]:
    """Every agency that has a hand in it, and every place it says somebody goes to."""
    found = {told.fact.label.agency}
    for name in NAMES_AN_AGENCY:
        given = getattr(told.fact, name, None) or ()
        found |= {given} if isinstance(given, str) else set(given)
    found |= {each.agency for each in getattr(told.fact, "measures", ())}
    return found | {str(getattr(told.fact, "resource", "")) or told.fact.label.agency}


def stands_by(log: Log, by: Asker, told: Told) -> frozenset[UUID]:
    """手がかり: of which protected persons it says who supports them, if that is news to the asker.

    What says of nobody in particular who supports them may say so of each.
    """
    ours = supporters(told) == {by.agency} and Tag.PARTNER_AGENCY not in log.label(told).tags
    if ours or not isinstance(told.fact, (*OF_A_CASE, *get_args(SittingFact))):
        return frozenset()
    if isinstance(told.fact, get_args(SittingFact)):
        return taken_up(log, told)
    whom = set(log.about(told))
    for name in NAMES_A_PERSON:
        given = getattr(told.fact, name, None) or ()
        whom |= log.whos([given] if isinstance(given, UUID) else given)
    return log.concealed() & whom if whom else log.concealed()


def taken_up(log: Log, told: Told) -> frozenset[UUID]:
    """The protected of the households it was recorded for, where it was for no other."""
    at: Any = told.fact
    items = at.items if isinstance(at, AttendeeInvited) else [getattr(at, "item", None)]
    found = []
    for item in items:
        added = [
            t.fact.household
            for t in log.all(AgendaItemAdded, lambda a: a.item == item)  # noqa: B023 - asked at once
            if t.stream == told.stream
        ]
        found.append(log.belonging(added[-1]) & log.concealed() if added else frozenset())
    return frozenset().union(*found) if all(found) else frozenset()


def walled(log: Log, by: Asker, told: Told) -> bool:
    """The other side of what is hidden, or of a place that is, or of what would betray it."""
    against = set(log.whos(log.label(told).hidden_from))
    for person in (betrays(log, told) or frozenset()) | stands_by(log, by, told):
        for concealment in log.concealments(person):
            against |= log.whos(concealment.counterparties)
    return any(acts_for(log, by, person) for person in against)


def misfiled(log: Log, told: Told) -> bool:
    gone = log.all(MisfiledRecordWithdrawn, lambda each: told.version in each.facts)
    return any(t.stream == told.stream and t.version > told.version for t in gone)


def suspended(log: Log, told: Told) -> bool:
    """利用停止: of what is named, or of everything about the person until then."""
    for stop in log.all(UseSuspended):
        if stop.stream != told.stream or isinstance(told.fact, get_args(RightsFact)):
            continue
        until_then = told.version < stop.version and not stop.fact.facts
        about = log.who(stop.fact.person) in log.whos(told.fact.label.subjects)
        if told.version in stop.fact.facts or (until_then and about):
            return True
    return False


def from_a_room(label: Label) -> bool:
    return label.basis.kind == "sitting"


def desk_of(label: Label, by: Asker) -> bool:
    return (label.agency, label.desk) == (by.agency, by.desk)
