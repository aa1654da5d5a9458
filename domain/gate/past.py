"""そのとき (監査の問い五): why could, or could not, this reader see this then? The same gate over
what was recorded up to a position of the log.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.rights import MisfiledRecordWithdrawn
from domain.gate.deciding import may_read
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.spoken import Item, item_of
from domain.gate.telling import situation_of
from domain.gate.verdict import Place, Verdict
from domain.recorded import Recorded, effective

History = Sequence[Recorded]
NEVER_SEEN: frozenset[Place] = frozenset()


def explained(
    reader: Reader,
    place: Place,
    histories: Iterable[History],
    position: int,
    used: frozenset[Place] = NEVER_SEEN,
) -> Verdict | None:
    """The verdict of that time with the facts that decided; None where nothing stood there yet.

    `histories` are those of the household, of its people and of the sittings that take it up.
    """
    stood = stood_then(place, histories, position, used)
    return may_read(reader, *stood) if stood else None


def stood_then(
    place: Place,
    histories: Iterable[History],
    position: int,
    used: frozenset[Place] = NEVER_SEEN,
) -> tuple[Item, Situation] | None:
    """The fact as it read then, and all that the gate knew."""
    items = items_at(histories, position)
    item = next((item for item in items if item.place == place), None)
    return item and (item, situation_of(items, found_to_be(items), used))


def items_at(histories: Iterable[History], position: int) -> list[Item]:
    """What stood in these streams then, corrected as it was then, what was misfiled included."""
    found: list[Item] = []
    for history in histories:
        known = [recorded for recorded in history if recorded.position <= position]
        misfiled = [r for r in known if isinstance(r.fact, MisfiledRecordWithdrawn)]
        rest = [r for r in known if not isinstance(r.fact, MisfiledRecordWithdrawn)]
        found += map(item_of, (*effective(rest), *misfiled))
    return found


def found_to_be(items: Iterable[Item]) -> dict[UUID, UUID]:
    """名寄せ as it stood: each absorbed person's survivor, the last of a chain."""
    to: dict[UUID, UUID] = {}
    for item in sorted(items, key=lambda item: item.place):
        match item.fact:
            case PersonsMerged(absorbed=absorbed, survivor=survivor) if absorbed == item.stream:
                to[absorbed] = survivor
            case PersonsUnmerged(absorbed=absorbed) if absorbed == item.stream:
                to.pop(absorbed, None)
    return {person: _last(person, to) for person in to}


def _last(person: UUID, to: dict[UUID, UUID]) -> UUID:
    seen = {person}
    while person in to and to[person] not in seen:
        person = to[person]
        seen.add(person)
    return person
