"""同意の終わり: a consent taken back ends in every household it stands in.

Where two were taken for one (名寄せ), either of them may have said what was recorded of the one
meanwhile. Nobody consents for another: so when they are parted such a consent opens nothing more,
and whoever took it asks again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from uuid import UUID

from domain.conditions import as_closed_as
from domain.events import On
from domain.events.consent import ConsentWithdrawn
from domain.household import Household
from domain.household.consents import Consent
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import PersonId

PARTS = ("agencies", "categories", "purposes")
Parts = Mapping[str, tuple[Any, ...]]
"""What of a consent is meant, by the names of `PARTS`."""


def taken_back(  # noqa: PLR0913, PLR0917 - which, where, whose, by whom, and how it is said
    homes: Sequence[Household],
    consent: UUID,
    parts: Parts,
    ids: Collection[PersonId],
    by: PersonId | None,
    command: CaseCommand,
    stamp: Stamp,
) -> ConsentWithdrawn:
    """As closed as the consent is in any of these households; and who still holds what was told."""
    whose = homes[0].consents.consents[consent].person
    about = command.model_copy(update={"subjects": command.subjects or (whose,)})
    for each in homes:
        about = as_closed_as(each, about, consent)
    cut = set(product(*(parts[name] for name in PARTS)))
    holders = frozenset().union(*(each.holders(ids, cut) for each in homes))
    said = {"consent": consent, "by": by, "holders": tuple(sorted(holders))}
    return stated(ConsentWithdrawn, about, stamp, **said, **parts)


def unsettle_consents(
    homes: Sequence[Household], taken: Mapping[PersonId, float], stamp: Stamp
) -> Iterator[On]:
    """What was said by, or of, either of two that are parted now, since they were `taken` for one,
    wherever they ever belonged: a place in the log for each id of theirs.
    """
    for consent in dict.fromkeys(key for home in homes for key in home.consents.consents):
        standing = [home for home in homes if consent in home.consents.consents]
        said = [home.consents.consents[consent] for home in standing]
        if _meanwhile(said, taken) and any(each.will_stand(stamp.today) for each in said):
            whole = {name: tuple(sorted(getattr(said[0], name))) for name in PARTS}
            ended = taken_back(standing, consent, whole, taken, None, CaseCommand(), stamp)
            yield from (On(home.id, ended) for home in standing)


def _meanwhile(said: Sequence[Consent], taken: Mapping[PersonId, float]) -> bool:
    """By when it was first said: it is said again where households become one."""
    named = {said[0].person, said[0].giver} & taken.keys()
    return any(min(each.at for each in said) >= taken[person] for person in named)
