"""撤回の及ぶところ: who read on a consent, which shares it cuts, who still holds what was told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.audit.lines import Agent, Said, agent
from api.audit.open_facts import Facts, only
from api.audit.papers import unreturned
from api.audit.sittings import Act
from api.audit.withdrawal_lines import Why, columns, rows
from api.auditing import Lines
from api.deps import AuditDep
from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
)
from domain.events.referral import ReferralMade
from domain.gate import Consent, Place, Situation, addressed
from domain.labels import ByConsent, Category
from domain.recorded import Recorded
from domain.values import Period, Value
from projections.past import contexts
from projections.resting import Resting, readers_by

router = APIRouter(prefix="/audit", tags=["監査"])
_HANDED: Mapping[type[Fact], tuple[str, Why]] = {
    InformationShared: ("share", Why.SHARED),
    ReferralMade: ("referral", Why.REFERRED),
    InformationRequested: ("request", Why.ASKED),
}
"""What tells another agency of somebody: as it is called, and its id."""


class Given(Act):
    """同意の内容。"""

    person: UUID
    agencies: tuple[str, ...]
    categories: tuple[Category, ...]
    purposes: tuple[str, ...]
    period: Period


class Withdrawn(Act):
    """撤回。`person` がなければ、名寄せを元に戻したときに、だれの同意か分からなくなったもの。"""

    person: UUID | None
    agencies: tuple[str, ...]
    categories: tuple[Category, ...]
    purposes: tuple[str, ...]


class Reader(Value):
    """この同意によって読んだ人。"""

    by: Agent
    reads: int
    records: int
    first: datetime
    last: datetime


class Cut(Act):
    """この同意によって渡したもの(提供・つなぎ・協力依頼)。`cut` は撤回で閉じた区分(本人の別の同意が
    いまも覆うものは除く)、`whole` はその全部であること。
    """

    kind: str
    id: UUID
    to: str
    purpose: str
    categories: tuple[Category, ...]
    cut: tuple[Category, ...]
    whole: bool


class Holder(Value):
    """いまも情報を持っていて、撤回を伝えるべき機関。"""

    agency: str
    why: tuple[Why, ...]


class Reach(Value):
    """撤回の及ぶところ。"""

    household: UUID
    consent: UUID
    given: Given
    withdrawn: tuple[Withdrawn, ...]
    readers: tuple[Reader, ...]
    shares: tuple[Cut, ...]
    to_be_told: tuple[Holder, ...]


@router.get("/withdrawals", summary="同意の撤回の及ぶところを照会する", response_model=Reach)
def withdrawals(audit: AuditDep, household: UUID, consent: UUID) -> Response:
    facts = Facts(audit)
    homes = sorted({h for c in audit.ask(contexts, household, audit.today) for h in c.households})
    told = sorted(
        (recorded for home in homes for recorded in facts.of(home)),
        key=lambda recorded: recorded.position,
    )
    given = [pair for pair in only(told, ConsentGiven) if pair[1].consent == consent]
    audit.must(given or None)
    cuts = _once(pair for pair in only(told, ConsentWithdrawn) if pair[1].consent == consent)
    state = facts.situations(household)[0]
    stood = _stood(given[0], cuts, state)
    rested = list(_resting_on(told, stood, state))
    places = [(each.stream, each.version) for each, _ in given]
    readers = audit.ask(readers_by, places, homes)
    acts = [each for each, _ in (*given, *cuts, *rested)]
    facts.naming([*(each.author.staff for each in acts), *(each.staff for each in readers)])
    papers = unreturned(audit, facts, homes)
    body = {
        "household": household,
        "consent": consent,
        "given": _given(*given[0], facts),
        "withdrawn": [_withdrawn(each, fact, facts) for each, fact in cuts],
        "readers": [_reader(each, facts.names) for each in readers],
        "shares": [
            {**facts.act(each), **_told(fact), **_closed(fact, stood, state, audit.today)}
            for each, fact in rested
        ],
        "to_be_told": _holders(cuts, rested, readers, papers, given[0][1]),
    }
    table = Lines(columns(Said(audit.profile), audit), list(rows(body)))
    count = sum(each.reads for each in readers)
    return audit.tell(body, table, receipts=count, households=homes, staff=[given[0][1].person])


def _once(
    cuts: Iterable[tuple[Recorded, ConsentWithdrawn]],
) -> list[tuple[Recorded, ConsentWithdrawn]]:
    """As first said: it is written in every household the consent stands in, and once more where
    that becomes part of another. What was withdrawn before is not withdrawn again.
    """
    first: dict[frozenset[tuple[str, Category, str]], tuple[Recorded, ConsentWithdrawn]] = {}
    for cut in cuts:
        fact = cut[1]
        first.setdefault(frozenset(product(fact.agencies, fact.categories, fact.purposes)), cut)
    return list(first.values())


def _stood(
    given: tuple[Recorded, ConsentGiven],
    cuts: Iterable[tuple[Recorded, ConsentWithdrawn]],
    state: Situation,
) -> Consent:
    """The consent as the gate knows it."""
    said, fact = given
    withdrawn = tuple((Place(each.stream, each.version), cut) for each, cut in cuts)
    return Consent(Place(said.stream, said.version), fact, state.who(fact.person), withdrawn)


def _resting_on(
    told: Iterable[Recorded], consent: Consent, state: Situation
) -> Iterator[tuple[Recorded, Any]]:
    """What names it, and what is about that person on a consent of somebody else: each of those it
    is about has given one of their own (rule 4).
    """
    for recorded, fact in only(told, *_HANDED):
        basis = fact.label.basis
        if not isinstance(basis, ByConsent):
            continue
        theirs = consent.person in map(state.who, fact.label.subjects)
        named = basis.consent == consent.given.consent
        if named or (theirs and any(consent.names(*part) for part in _parts(fact))):
            yield recorded, fact


def _parts(fact: Any) -> list[tuple[str, Category, str]]:
    (to,) = addressed(fact)
    return [(to.agency, category, fact.purpose) for category in fact.categories]


def _closed(fact: Any, consent: Consent, state: Situation, today: date) -> dict[str, Any]:
    """The categories that were withdrawn, but those another consent of the same person covers."""
    others = [
        each
        for each in state.consents
        if each.person == consent.person and each.given.consent != consent.given.consent
    ]
    cut = [
        part[1]
        for part in _parts(fact)
        if consent.cuts(*part) and not any(each.covers(*part, today) for each in others)
    ]
    return {"cut": cut, "whole": len(cut) == len(fact.categories)}


def _given(recorded: Recorded, fact: ConsentGiven, facts: Facts) -> dict[str, Any]:
    named = {"person", "agencies", "categories", "purposes", "period"}
    return {**facts.act(recorded), **fact.model_dump(include=named)}


def _withdrawn(recorded: Recorded, fact: ConsentWithdrawn, facts: Facts) -> dict[str, Any]:
    said = fact.model_dump(include={"agencies", "categories", "purposes"})
    return {**facts.act(recorded), "person": fact.by, **said}


def _reader(read: Resting, names: Mapping[UUID, Any]) -> dict[str, Any]:
    return {
        "by": agent(read.staff, read.capacity, names),
        "reads": read.reads,
        "records": read.records,
        "first": read.first,
        "last": read.last,
    }


def _told(fact: Any) -> dict[str, Any]:
    (to,) = addressed(fact)
    kind, _ = _HANDED[type(fact)]
    told = {"purpose": fact.purpose, "categories": fact.categories}
    return {"kind": kind, "id": getattr(fact, kind), "to": to.agency, **told}


def _holders(
    cuts: Iterable[tuple[Recorded, ConsentWithdrawn]],
    rested: Iterable[tuple[Recorded, Any]],
    readers: Iterable[Resting],
    papers: Iterable[str],
    given: ConsentGiven,
) -> list[dict[str, Any]]:
    """Of the agencies the consent named; what they learned otherwise is no matter of it."""
    held: dict[str, dict[Why, None]] = {}
    for _, fact in rested:
        (to,) = addressed(fact)
        held.setdefault(to.agency, {})[_HANDED[type(fact)][1]] = None
    for why, agencies in (
        (Why.READ, [each.capacity.agency for each in readers]),
        (Why.PAPER, papers),
        (Why.NAMED, [agency for _, fact in cuts for agency in fact.holders]),
    ):
        for agency in agencies:
            if agency in given.agencies:
                held.setdefault(agency, {})[why] = None
    return [{"agency": agency, "why": list(why)} for agency, why in sorted(held.items())]
