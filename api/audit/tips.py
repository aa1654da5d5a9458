"""通報を受けた機関と、そこから頼まれた機関: from which day on the person may learn that it looked.

Rule 31: that somebody came about them, and when, is told by an agency that looked before they had
ever dealt with it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.events.addressed import addressed
from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.intake import ConsultationReceived, Consulter
from domain.events.membership import HouseholdsMerged
from domain.events.oversight import EmergencyAccessOpened
from domain.events.support import ContactMade
from domain.gate import Situation, item_of
from domain.gate.releasing import Asking, Ground, endangers
from domain.recorded import Recorded
from domain.values import latest

_TO_WHO_KNOWS = ConsentWithdrawn | HouseholdsMerged | EmergencyAccessOpened
"""Spoken to agencies that had to do with them already."""


def told_from(told: Iterable[tuple[Recorded, Situation]], asking: Asking) -> dict[str, date]:
    """Of each agency that somebody told of them, and of each that was turned to since by one of
    these, the first day on which they knew it by what they did themselves; the last of all days
    where they never did.
    """
    tipped: set[str] = set()
    met: dict[str, date] = {}
    for recorded, situation in sorted(told, key=lambda each: each[0].position):
        fact = recorded.fact
        if Ground.INFORMANT in endangers(item_of(recorded), asking, situation):
            tipped.add(fact.label.agency)
        if fact.label.agency in tipped and not isinstance(fact, _TO_WHO_KNOWS):
            tipped.update(to.agency for to in addressed(fact))
        for agency in _met(fact, asking.persons):
            met[agency] = min(met.get(agency, date.max), latest(fact.occurred_on))
    return {agency: met.get(agency, date.max) for agency in tipped}


def _met(fact: Any, persons: frozenset[UUID]) -> Iterator[str]:
    """With whom they spoke, and whom they named."""
    match fact:
        case ConsultationReceived(consulter=Consulter.SELF, person=person):
            came = {person} if person else {*fact.label.subjects}
            if came and came <= persons:
                yield fact.label.agency
        case ContactMade(met_person=True, person=person) if person in persons:
            yield fact.label.agency
        case ConsentGiven(giver=giver) if giver in persons:
            yield from (fact.label.agency, *fact.agencies)
        case _:
            pass
