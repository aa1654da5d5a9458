"""渡すとき: the streams beside the household that a つなぎ, a share or a 協力依頼 rests on."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from api.writing import Write
from domain.household import Household
from domain.labels import BySitting
from domain.ledger import Stream
from domain.passing import Pass, concerned
from domain.person import Person
from domain.sitting import Sitting


async def streams(
    write: Write, hid: UUID, command: Pass, facts: Iterable[int] = ()
) -> tuple[Stream, ...]:
    """The household, the persons concerned (withdrawing must not overtake), and the sitting."""
    household = Stream(Household, hid)
    persons = concerned(cast("Household", await write.recall(household)), command, facts)
    beside = [Stream(Person, person, new=True) for person in persons]
    if isinstance(command.basis, BySitting):
        beside.append(Stream(Sitting, command.basis.sitting))
    return (household, *beside)
