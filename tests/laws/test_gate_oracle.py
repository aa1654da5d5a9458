"""The gate against a second opinion: in every case the same answer, by a rule that holds, naming
exactly the facts that decided.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from domain.events.consent import ConsentGiven, ConsentWithdrawn, LabelLoosened, LabelTightened
from domain.events.person import ConcealmentEnded, ConcealmentStarted
from domain.events.referral import ReferralReturned, ReferralWithdrawn
from domain.events.rights import MisfiledRecordWithdrawn, UseSuspended
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.gate import FRAME_ONLY, REASONS, Denial, Grant, Item, Reader, Verdict, may_read
from tests.domain.gated import World
from tests.laws.gate_cases import history, readers
from tests.laws.gate_oracle import Answer, Asker, Log, Told
from tests.laws.gate_oracle_answer import answer

EVERY_RUN, NIGHTLY = 5_000, 100_000
CLOSING = (
    GuardianAppointed,
    ConcealmentStarted,
    ConsentWithdrawn,
    ReferralReturned,
    ReferralWithdrawn,
)
ENDING = (ConcealmentEnded, GuardianshipEnded)
SPARED = {
    ConcealmentStarted,
    ConcealmentEnded,
    GuardianshipEnded,
    LabelLoosened,
    LabelTightened,
    MisfiledRecordWithdrawn,
    UseSuspended,
}
"""What stands in the way of others, or does so no longer."""
OF_ONE_HISTORY, OF_ONE_VERDICT, LOOK_FOR_MORE = 25, 2, 10
FOR_AUDIT_ALONE = {"misfiled", "use-suspended"}
"""What else closes it to audit is all one to everybody else."""
UNSEEN = {"case-closed"}
"""The privacy officer then still sees that it was recorded."""


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

    def asked(self, log: Log) -> Answer:
        by, capacity = self.reader, self.reader.capacity
        who = (by.staff, capacity.agency, capacity.desk, str(capacity.role))
        return answer(log, Asker(*who, by.today, by.at), self.told)

    def keeping(self, places: Collection[tuple[object, int]]) -> Log:
        """Those alone, what is asked for, and what closes; of what ended that, each end without
        which it were open all the same.
        """
        kept = {*places, self.item.place}
        kept |= {t[:2] for t in self.log.told if isinstance(t.fact, CLOSING)}
        ends = [t[:2] for t in self.log.told if isinstance(t.fact, ENDING)]
        kept |= {end for end in ends if self.holds(without(self.log, end))}
        return replace(self.log, told=[t for t in self.log.told if t[:2] in kept])

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
        told = [Told(i.stream, i.version, i.author.staff, i.fact) for i in world.items]
        log, situation = Log(told, world.same, world.used), world.situation()
        asked = [
            Case(seed, world, log, reader, item, may_read(reader, item, situation))
            for reader in readers(any_)
            for item in world.items
        ]
        some = mixed(any_.sample(asked, len(asked)))[: min(OF_ONE_HISTORY, count)]
        yield from some
        count -= len(some)
        seed += 1


def mixed(asked: list[Case]) -> list[Case]:
    """A few of each verdict first: most readers have nothing to do with most records."""
    seen = Counter[str]()
    first: list[Case] = []
    for case in asked:
        seen[case.verdict.rule] += 1
        if seen[case.verdict.rule] <= OF_ONE_VERDICT:
            first.append(case)
    return first + asked


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
    """A grant holds on the facts it names alone, and on none fewer; what else stands in the way of
    others, and what the item itself says as well, may be among them.
    """
    named, rule = case.keeping(case.verdict.facts), case.verdict.rule
    kinds = {t[:2]: type(t.fact) for t in named.told}
    spared = {*SPARED, type(case.item.fact), *((ConsentGiven,) if case.log.same else ())}
    return case.holds(named) and not any(
        rule in case.asked(without(named, place)).opens
        for place in case.verdict.facts
        if kinds[place] not in spared
    )


def names_what_closed(case: Case) -> bool:
    """Whatever alone keeps it closed is named."""
    named = {*case.verdict.facts, case.item.place}
    others = (told[:2] for told in case.log.told if told[:2] not in named)
    return not any(case.asked(without(case.log, place)).opens for place in others)


def test_the_gate_and_the_second_opinion_agree(nightly: int) -> None:
    rules = Counter[str]()
    for number, case in enumerate(cases(NIGHTLY if nightly > 1 else EVERY_RUN)):
        rules[case.verdict.rule] += 1
        assert agrees(case.verdict, second := case.asked(case.log)), f"{case}\n{second}"
        if isinstance(case.verdict, Grant) and case.verdict.facts:
            assert names_what_decided(case), str(case)
        closed = isinstance(case.verdict, Denial) and case.verdict.rule not in FOR_AUDIT_ALONE
        if number % LOOK_FOR_MORE == 0 and closed:
            assert names_what_closed(case), str(case)
    assert rules.keys() >= REASONS.keys() - UNSEEN
