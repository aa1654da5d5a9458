"""渡すとき: the streams beside the household that a つなぎ, a share or a 協力依頼 rests on."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from api.linked import as_one, found
from api.writing import Write
from domain.household import Household
from domain.labels import BySitting
from domain.ledger import Recall, Stream
from domain.passing import Pass, concerned
from domain.sitting import Sitting


async def streams(
    write: Write, hid: UUID, command: Pass, facts: Iterable[int] = ()
) -> tuple[Stream, ...]:
    """The household, the persons concerned (withdrawing must not overtake) with those who spoke for
    them or sat in, and the sitting.
    """

    def find(recall: Recall) -> tuple[Stream, ...]:
        household = Stream(Household, hid)
        whose = _concerned(recall, household, command, facts)
        if not isinstance(command.basis, BySitting):
            return (household, *as_one(recall, whose))
        sitting = Stream(Sitting, command.basis.sitting)
        attendees = cast("Sitting", recall([sitting])[0]).attendees.values()
        present = [each.person for each in attendees if each.person]
        return (household, *as_one(recall, [*whose, *present]), sitting)

    return await found(write, find)


def _concerned(
    recall: Recall, stream: Stream, command: Pass, facts: Iterable[int]
) -> Iterable[UUID]:
    """Under all their ids, and whoever gave a consent for one of them."""
    household = cast("Household", recall([stream])[0])
    known = {each.id for each in as_one(recall, concerned(household, command, facts))}
    consents = household.consents.consents.values()
    return [*known, *(each.giver for each in consents if each.person in known)]
