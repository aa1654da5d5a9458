"""資料 (papers): which agencies still hold what was given out on the strength of consent."""

from collections.abc import Iterable
from uuid import UUID

from api.audit.open_facts import Facts, only
from api.auditing import Audit
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    MeetingBasis,
    PaperGivenOut,
    PaperTakenBack,
)
from domain.recorded import Recorded
from projections.past import contexts


def unreturned(audit: Audit, facts: Facts, homes: Iterable[UUID]) -> list[str]:
    """Of the consent-based items (重層的支援会議) that took up these households."""
    wanted = list(homes)
    found = [context for home in wanted for context in audit.ask(contexts, home, audit.today)]
    sittings = {sitting for context in found for sitting in context.sittings}
    return [agency for each in sittings for agency in _of_sitting(facts.of(each), wanted)]


def _of_sitting(own: list[Recorded], homes: list[UUID]) -> list[str]:
    items = {
        fact.item
        for _, fact in only(own, AgendaItemAdded)
        if fact.household in homes and fact.basis is MeetingBasis.LAYERED
    }
    agencies = {fact.attendee: fact.agency for _, fact in only(own, AttendeeInvited)}
    back = {(fact.paper, fact.attendee) for _, fact in only(own, PaperTakenBack)}
    held = (
        agencies.get(attendee)
        for _, paper in only(own, PaperGivenOut)
        if paper.item in items
        for attendee in paper.attendees
        if (paper.paper, attendee) not in back
    )
    return [agency for agency in held if agency]
