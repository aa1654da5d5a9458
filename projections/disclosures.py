"""The register of disclosures (情報提供台帳): what was told or asked, to whom, on which basis."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    ShareReviewed,
)
from domain.events.referral import (
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralReviewed,
    ReferralWithdrawn,
)
from domain.events.support import SupportReopened
from domain.gate import Item, Reader, addressed
from domain.labels import Basis, Category
from domain.ledger import Recorded
from domain.values import AgencyId
from projections.access import Case, cases
from projections.projection import Projection
from projections.reading import Group, fetch, groups, readable
from projections.standing import Consent, consents, covered, ended
from projections.table import Row, Table

DISCLOSURES = Table("disclosures", {"position": "bigint"}, ("(position)",))

_KEYS: Mapping[type[Fact], tuple[str, str]] = {
    InformationShared: ("share", "share"),
    ShareReviewed: ("share", "share"),
    ReferralMade: ("referral", "referral"),
    ReferralAccepted: ("referral", "referral"),
    ReferralReturned: ("referral", "referral"),
    ReferralWithdrawn: ("referral", "referral"),
    ReferralReviewed: ("referral", "referral"),
    InformationRequested: ("request", "request"),
    InformationRequestAnswered: ("request", "request"),
    InformationRequestReviewed: ("request", "request"),
    ConsentGiven: ("consent", "consent"),
    ConsentWithdrawn: ("consent", "consent"),
}
_REVIEWS = (ShareReviewed, ReferralReviewed, InformationRequestReviewed)
_ENTERED = (InformationShared, ReferralMade, InformationRequested)


def rows(recorded: Recorded) -> Iterable[Row]:
    """The position is that of the entry itself; answers and reviews leave it where it stands."""
    fact = recorded.fact
    if isinstance(fact, SupportReopened):
        return (Row(DISCLOSURES, "household"),)
    if type(fact) not in _KEYS:
        return ()
    kind, name = _KEYS[type(fact)]
    columns = {"position": recorded.position} if isinstance(fact, _ENTERED) else {}
    return (Row(DISCLOSURES, f"{kind}:{getattr(fact, name)}", columns),)


PROJECTION = Projection("disclosures", 2, (DISCLOSURES,), rows, stops=True)


class Disclosure(NamedTuple):
    """An entry; `withdrawn` when the consent it rests on no longer covers all of it."""

    position: int
    household: UUID
    kind: str
    occurred_on: str
    to: AgencyId
    purpose: str
    categories: tuple[Category, ...]
    basis: Basis
    reviewed: bool
    withdrawn: bool
    group: Group


class DisclosurePage(NamedTuple):
    """Newest first; `more` is the cursor of the next page, None on the last."""

    entries: list[Disclosure]
    more: int | None


_SELECT = """
    SELECT stream, key, told, position FROM projections.disclosures
    WHERE position < %(before)s
        AND (%(households)s::uuid[] IS NULL OR stream = ANY (%(households)s))
    ORDER BY position DESC LIMIT %(limit)s
"""
_CONSENTS = """
    SELECT stream, key, told FROM projections.disclosures
    WHERE stream = ANY (%s) AND (key = 'household' OR key LIKE 'consent:%%')
"""
_CHUNK, _NEWEST = 200, 2**62


def disclosures(
    connection: Connection[Any],
    *,
    reader: Reader,
    household: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> DisclosurePage:
    """The entries this reader may see: of one household and what became part of it, or of all."""
    households = _with_earlier(connection, household, reader) if household else None
    entries: list[Disclosure] = []
    at = _NEWEST if before is None else before
    while len(entries) <= limit:
        given = {"before": at, "households": households, "limit": _CHUNK}
        found = fetch(connection, _SELECT, given)
        entries += _entries(connection, found, reader)
        if len(found) < _CHUNK:
            break
        at = found[-1][3]
    return DisclosurePage(entries[:limit], entries[limit - 1].position if entries[limit:] else None)


def _with_earlier(connection: Connection[Any], household: UUID, reader: Reader) -> list[UUID]:
    case = cases(connection, [household], reader.today)[household]
    return [household, *case.earlier(household)]


def _entries(
    connection: Connection[Any], found: Sequence[Any], reader: Reader
) -> Iterable[Disclosure]:
    of = cases(connection, list({row[0] for row in found}), reader.today)
    given = _consents(connection, list(of))
    lines = [(row[3], groups([row[:3]])[0]) for row in found]
    yield from entries_of(lines, of, given, reader)


def entries_of(
    lines: Iterable[tuple[int, Group]],
    of: Mapping[UUID, Case],
    given: Mapping[UUID, dict[UUID, Consent]],
    reader: Reader,
) -> Iterable[Disclosure]:
    """The entries of cases as they stand, or stood, with the consents of each."""
    states = {household: case.situation for household, case in of.items()}
    for position, whole in lines:
        for group in readable([whole], reader, states[whole.stream]):
            if entered(group):
                household = group.stream
                yield _entry(position, group, given.get(household, {}), of[household])


def entered(group: Group) -> bool:
    """Whether what is left of a row still says that something was told or asked."""
    return any(isinstance(item.fact, _ENTERED) for item in group.items)


def _consents(
    connection: Connection[Any], households: list[UUID]
) -> dict[UUID, dict[UUID, Consent]]:
    of: dict[UUID, list[Group]] = {}
    for group in groups(fetch(connection, _CONSENTS, (households,))):
        of.setdefault(group.stream, []).append(group)
    return {household: consents(rows) for household, rows in of.items()}


def _entry(position: int, group: Group, given: dict[UUID, Consent], case: Case) -> Disclosure:
    first: Item = next(item for item in group.items if isinstance(item.fact, _ENTERED))
    fact: Any = first.fact
    (to,) = addressed(fact)
    valid = {} if ended(group.stream, case.of) else given
    left = covered(fact, valid, case.ids, case.today)
    return Disclosure(
        position,
        group.stream,
        group.kind,
        fact.occurred_on,
        to.agency,
        fact.purpose,
        fact.categories,
        fact.label.basis,
        any(isinstance(item.fact, _REVIEWS) for item in group.items),
        not left.issuperset(fact.categories),
        group,
    )
