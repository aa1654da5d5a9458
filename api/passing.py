"""渡すとき: the streams beside the household that a つなぎ, a share or a 協力依頼 rests on."""

from collections.abc import Collection, Container, Iterable
from typing import cast
from uuid import UUID

from api.linked import as_one, found, learned_at
from api.writing import Write
from domain.events import Fact
from domain.household import Household
from domain.labels import BySitting
from domain.ledger import Recall, Stream
from domain.passing import Pass, concerned
from domain.sitting import Sitting


async def streams(
    write: Write,
    hid: UUID,
    command: Pass,
    facts: Collection[int] = (),
    along: Container[type[Fact]] = (),
) -> tuple[Stream, ...]:
    """The household, the persons concerned (withdrawing must not overtake) with those who spoke for
    them or sat in, the sitting, and those where the facts, or what may go along, were learned.
    """

    def find(recall: Recall) -> tuple[Stream, ...]:
        household = Stream(Household, hid)
        whose = _concerned(recall, household, command, facts)
        if not isinstance(command.basis, BySitting):
            return (household, *as_one(recall, whose), *learned_at(recall, hid, facts, along))
        sitting = Stream(Sitting, command.basis.sitting)
        attendees = cast("Sitting", recall([sitting])[0]).attendees.values()
        present = [each.person for each in attendees if each.person]
        there = learned_at(recall, hid, facts, along, besides=sitting.id)
        return (household, *as_one(recall, [*whose, *present]), sitting, *there)

    return await found(write, find)


def _concerned(
    recall: Recall, stream: Stream, command: Pass, facts: Iterable[int]
) -> Iterable[UUID]:
    """Under all their ids, and whoever gave a consent for one of them."""
    household = cast("Household", recall([stream])[0])
    known = {each.id for each in as_one(recall, concerned(household, command, facts))}
    consents = household.consents.consents.values()
    return [*known, *(each.giver for each in consents if each.person in known)]
