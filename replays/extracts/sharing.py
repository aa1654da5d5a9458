"""同意・情報提供・協力依頼: rows of what may be told, and of what was."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationShared,
    ShareReviewed,
)
from domain.events.membership import HouseholdsMerged
from domain.events.support import SupportReopened
from domain.labels import ByStatute
from replays.extracts.intervals import DAY, Facts, Following, Told, by, done, last, lasting, whole
from replays.extracts.tables.kept import Codes, in_order
from replays.extracts.tables.sharing import Consents, Requests, Shares

Parts = set[tuple[str, str, str]]


def _consents(stream: UUID, facts: Facts, day: date) -> Iterator[Consents]:
    """Those that open something that day; a new cycle revives none, a merger takes them along."""
    left: dict[UUID, tuple[ConsentGiven, Parts]] = {}
    for told in facts:
        match told.fact:
            case ConsentGiven() as given:
                parts: Parts = set(product(*_named(given)))
                left[given.consent] = given, parts
            case ConsentWithdrawn() as cut if cut.consent in left:
                left[cut.consent][1].difference_update(product(*_named(cut)))
            case SupportReopened():
                left = {}
            case HouseholdsMerged(source=source) if source == stream:
                return
    for given, parts in left.values():
        if parts and given.period.covers(day):
            yield _consent(stream, given, parts)


def _named(fact: ConsentGiven | ConsentWithdrawn) -> tuple[Codes, Codes, Codes]:
    return fact.agencies, fact.categories, fact.purposes


def _consent(stream: UUID, given: ConsentGiven, parts: Parts) -> Consents:
    agencies, categories, purposes = (in_order(names) for names in zip(*parts, strict=True))
    who = (given.consent, given.person, given.authority, given.method)
    return Consents(stream, *who, agencies, categories, purposes)


def _turns(told: Told) -> Iterator[date]:
    yield told.on
    if isinstance(told.fact, ConsentGiven):
        period = told.fact.period
        yield max(period.start, told.on)
        if period.end and period.end < date.max:
            yield max(period.end + DAY, told.on)


def _share(stream: UUID, facts: Facts) -> Shares | None:
    shared = facts[0].fact
    if not isinstance(shared, InformationShared):
        return None
    basis = shared.label.basis
    reviewed = last(facts, ShareReviewed)
    return Shares(
        stream,
        shared.share,
        shared.to_agency,
        shared.purpose,
        in_order(shared.categories),
        basis.kind,
        basis.article if isinstance(basis, ByStatute) else None,
        reviewed.on if reviewed else None,
        reviewed.fact.proper if reviewed else None,
    )


def _request(stream: UUID, facts: Facts) -> Requests | None:
    asked = facts[0].fact
    if not isinstance(asked, InformationRequested):
        return None
    answered = last(facts, InformationRequestAnswered)
    return Requests(
        stream,
        asked.request,
        asked.of_agency,
        asked.purpose,
        asked.answer_due,
        answered.on if answered else None,
        answered.fact.cooperated if answered else None,
    )


FOLLOWING = (
    Following(
        dict.fromkeys((ConsentGiven, ConsentWithdrawn, SupportReopened, HouseholdsMerged), whole),
        lasting(_consents, _turns),
    ),
    Following(dict.fromkeys((InformationShared, ShareReviewed), by("share")), done(_share)),
    Following(
        dict.fromkeys((InformationRequested, InformationRequestAnswered), by("request")),
        done(_request),
    ),
)
