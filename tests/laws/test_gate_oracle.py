"""The gate against a second opinion: in every case the same answer, by a rule that holds, naming
exactly the facts that decided; of a denial, those that stand in this reader's way.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from domain.events import KIND_OF, Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    LabelLoosened,
    LabelTightened,
)
from domain.events.meeting import BroughtToSitting
from domain.events.membership import MemberJoined
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentStarted,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.events.referral import ReferralReturned, ReferralWithdrawn
from domain.events.sitting import AgendaItemAdded, AttendeeInvited
from domain.events.support import GuardianAppointed, GuardianshipEnded, SupportReopened
from domain.gate import FRAME_ONLY, REASONS, Denial, Grant, Item, Reader, Verdict, may_read
from domain.labels import Label
from domain.values import OFFICES, Role
from tests.domain.gated import World
from tests.laws.gate_cases import history, readers
from tests.laws.gate_oracle import Answer, Asker, Log, Told
from tests.laws.gate_oracle_answer import answer
from tests.laws.gate_oracle_spoken import earlier
from tests.laws.gate_oracle_walls import ANSWERS, ASKING

EVERY_RUN, NIGHTLY = 5_000, 100_000
CLOSING = (
    GuardianAppointed,
    ConcealmentStarted,
    PersonsMerged,
    PersonsUnmerged,
    ConsentWithdrawn,
    LabelTightened,
    ReferralReturned,
    ReferralWithdrawn,
    SupportReopened,
)
ENDING = (ConcealmentEnded, GuardianshipEnded, LabelLoosened)
CHANGING = (*ENDING, LabelTightened)
"""What may close a way to one reader and open it to another: named where it alone does."""
TAKING_UP = (AgendaItemAdded, MemberJoined)
"""Whose household an item is about: without it no end opens what was recorded of the item."""
SENDING = tuple(ASKING.values())
ANSWERING = tuple(kind for kinds in ANSWERS.values() for kind in kinds)
OF_ONE_HISTORY, LOOK_FOR_MORE = 20, 10
UNSEEN = {"case-closed", "unread"}
"""The privacy officer then still sees that it was recorded; here everything can be told."""


class Case(NamedTuple):
    seed: int
    world: World
    log: Log
    reader: Reader
    item: Item
    verdict: Verdict

    @property
    def told(self) -> Told:
        return next(told for told in self.log.told if told[:2] == self.item.place)

    @property
    def kinds(self) -> dict[tuple[object, int], type]:
        return {t[:2]: type(t.fact) for t in self.log.told}

    def asked(self, log: Log, label: Label | None = None) -> Answer:
        """Of the fact as a whole, or as of one under that label."""
        by, capacity = self.reader, self.reader.capacity
        who = (by.staff, capacity.agency, capacity.desk, str(capacity.role))
        elsewhere = tuple((str(each.agency), str(each.desk)) for each in by.others)
        fact = self.told.fact.model_copy(update={"label": label} if label else {})
        return answer(log, Asker(*who, by.today, by.at, elsewhere), self.told._replace(fact=fact))

    def keeping(self, places: Collection[tuple[object, int]], *, seats: bool = False) -> Log:
        """Those alone, what is asked for, and what stands in somebody's way; of what ended such a
        thing, that which opens nothing. Where asked for, also who came to a sitting for somebody:
        such `seats` are the sitting's own, too.
        """
        kept = {*places, self.item.place, *(t[:2] for t in self.spoken_of(self.told))}
        kept |= {t[:2] for t in self.log.told if isinstance(t.fact, CLOSING)}
        kept |= {t[:2] for t in self.log.told if seats and acts(t)}
        ends = [t[:2] for t in self.log.told if isinstance(t.fact, ENDING)]
        kept |= {end for end in ends if self.holds(without(self.log, end))}
        if not kept.isdisjoint(ends):
            kept |= {t[:2] for t in self.log.told if isinstance(t.fact, self.telling)}
        return replace(self.log, told=[t for t in self.log.told if t[:2] in kept])

    def spoken_of(self, told: Told) -> Iterator[Told]:
        """What it speaks of, and what that does."""
        for each in earlier(self.log, told):
            yield each
            yield from self.spoken_of(each)

    @property
    def telling(self) -> tuple[type[Fact], ...]:
        """What makes it tell of another agency, of itself it may not."""
        if KIND_OF[type(self.item.fact)] == "sitting":
            return TAKING_UP
        return SENDING if isinstance(self.item.fact, ANSWERING) else ()

    def holds(self, log: Log) -> bool:
        second = self.asked(log)
        return self.verdict.rule in second.opens | second.frames

    def __str__(self) -> str:
        """For whoever looks at a case that failed."""
        return f"{self.world.told()}\n{self.seed}: {self.item.place} {self.reader} {self.verdict}"


def cases(count: int, seed: int = 0) -> Iterator[Case]:
    """Of each history some, so that many histories are asked."""
    while count > 0:
        any_ = Random(seed)
        world = history(any_)
        told = [_told(item) for item in world.items]
        log, situation = Log(told, world.same, world.used), world.situation()
        asked = [
            Case(seed, world, log, reader, item, may_read(reader, item, situation))
            for reader in readers(any_)
            for item in world.items
            if item.stream not in world.apart
        ]
        some = mixed(any_.sample(asked, len(asked)))[: min(OF_ONE_HISTORY, count)]
        yield from some
        count -= len(some)
        seed += 1


def _told(item: Item) -> Told:
    author = item.author
    return Told(item.stream, item.version, author.staff, item.fact, author.capacity.role.value)


def mixed(asked: list[Case]) -> list[Case]:
    """One of each verdict and kind of explanation first: most readers have nothing to do with most
    records.
    """
    kinds, first = asked[0].kinds, dict[object, Case]()
    for case in asked:
        facts = Counter(kinds[place] for place in case.verdict.facts)
        first.setdefault((case.verdict.rule, frozenset(facts.items())), case)
    return [*first.values(), *asked]


def acts(told: Told) -> bool:
    """Whoever comes to a sitting for somebody."""
    return isinstance(told.fact, AttendeeInvited) and told.fact.person is not None


def agrees(verdict: Verdict, second: Answer) -> bool:
    if not isinstance(verdict, Grant):
        closed = not second.opens and not second.frames
        return closed and verdict.rule in (second.reasons or {"no-basis"})
    if verdict.rule in FRAME_ONLY:
        return not second.opens and verdict.rule in second.frames
    return verdict.rule in second.opens


def without(log: Log, *places: tuple[object, int]) -> Log:
    return replace(log, told=[t for t in log.told if t[:2] not in places])


def names_what_decided(case: Case) -> bool:
    """A grant holds on the facts it names alone, on none fewer, and none of them is the item."""
    places = case.verdict.facts
    return (
        case.item.place not in places
        and case.holds(case.keeping(places))
        and not any(_idle(case, place) for place in places)
    )


def _idle(case: Case, place: tuple[object, int]) -> bool:
    """Whether it decides nothing: it holds without it, and what else of its kind was left standing;
    without a stricter label, no other way is open either, and a 支援措置 may do in its place; by
    one 付議 more, nobody more has to consent.
    """
    kind = case.kinds[place]
    walls = kind in {ConcealmentEnded, LabelLoosened}
    named = case.keeping(case.verdict.facts, seats=walls)
    places = {*case.verdict.facts, case.item.place}
    of_a_kind = (kind, ConcealmentStarted) if kind is LabelTightened else (kind,)
    alike = [t[:2] for t in named.told if type(t.fact) in of_a_kind and t[:2] not in places]
    idle = case.holds(without(named, place, *alike))
    if kind is LabelTightened:
        return idle and case.asked(without(case.log, place)) == case.asked(case.log)
    if idle and kind is BroughtToSitting:
        others = (each for each in case.verdict.facts if case.kinds[each] is ConsentGiven)
        return not any(case.holds(without(named, place, *alike, each)) for each in others)
    return idle


def names_what_stands_in_the_way(case: Case, second: Answer) -> bool:
    """Where not all of it is open: every way that has ended, with what ended it, or what raised the
    first barrier; each change without which alone they could read; and nothing else.
    """
    alone = {t[:2] for t in case.log.told if isinstance(t.fact, CHANGING) and _turns(case, t[:2])}
    return {*case.verdict.facts} == {*second.facts, *alone} - {case.item.place}


def _turns(case: Case, place: tuple[object, int]) -> bool:
    """Whether they could read it, or more or less of it, without this fact."""
    second = case.asked(without(case.log, place))
    if isinstance(case.verdict, Denial):
        return bool(second.opens or second.frames)
    return bool(second.opens) or case.verdict.rule not in second.frames


def names_what_closed(case: Case) -> bool:
    """Whatever alone keeps it closed is named; but of a role whoever was brought, too, and does not
    consent: it is their consent that is missing.
    """
    named = {*case.verdict.facts, case.item.place}
    others = [told for told in case.log.told if told[:2] not in named]
    opened = ((told, case.asked(without(case.log, told[:2])).opens) for told in others)
    return all(
        opens <= {"role"} if isinstance(told.fact, BroughtToSitting) else not opens
        for told, opens in opened
    )


def shows_each_part(case: Case) -> bool:
    """Of what is open, the paragraphs that would be open if each were a record of its own."""
    parts = getattr(case.item.fact, "narrative", ())
    if all(part.label == case.item.fact.label for part in parts):
        return True
    kept = [part for part in parts if case.asked(case.log, part.label).opens]
    left = case.world.shown(case.reader, case.item.place)
    return left is None or len(getattr(left.item.fact, "narrative", ())) == len(kept)


def test_the_gate_and_the_second_opinion_agree(nightly: int) -> None:
    rules, aside = Counter[str](), Counter[Role]()
    for number, case in enumerate(cases(NIGHTLY if nightly > 1 else EVERY_RUN)):
        rules[case.verdict.rule] += 1
        aside[case.reader.capacity.role] += case.verdict.rule == "stands-aside"
        second = case.asked(case.log)
        assert agrees(case.verdict, second), f"{case}\n{second}"
        assert shows_each_part(case), str(case)
        if not second.opens:
            assert names_what_stands_in_the_way(case, second), f"{case}\n{second}"
        elif case.verdict.facts:
            assert names_what_decided(case), str(case)
        if number % LOOK_FOR_MORE == 0 and not second.opens:
            assert names_what_closed(case), str(case)
    assert rules.keys() >= REASONS.keys() - UNSEEN
    assert {role for role in aside if aside[role]} == OFFICES
