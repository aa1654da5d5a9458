"""The records of a stream as they read then, each by what it is and when, without a word of it."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.clocks import is_late, misfiled
from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.rights import FactCorrected
from domain.labels import BySitting, Tag
from domain.recorded import Recorded
from projections.as_of import Histories, MarkKind
from projections.reading import Group

_UNCOUNTED = frozenset({Tag.INFORMANT})
_KEPT = _UNCOUNTED | {Tag.LOCATION}


@dataclass(frozen=True, slots=True)
class Event:
    """One record: the day it happened, when it was written, what it is, and by which desk; `words`
    is the version by which it reads, that of its last correction where there is one.
    """

    occurred_on: str
    recorded_at: datetime
    stream: UUID
    version: int
    words: int
    fact: str
    agency: str | None
    desk: str | None
    marks: tuple[MarkKind, ...]


def events(histories: Histories, stream: UUID, *, hide: bool) -> Iterator[Event]:
    """What one stream records, without what is kept from anybody; `hide` whose desks are told."""
    corrected, kept = _corrected(histories, stream), withheld(histories.whole(stream))
    for each in histories.then(stream):
        if each.version not in kept:
            label = each.fact.label
            late = (MarkKind.LATE,) if is_late(each.fact, each.recorded_at) else ()
            yield Event(
                each.fact.occurred_on,
                each.recorded_at,
                each.stream,
                each.version,
                each.words or each.version,
                type(each.fact).__name__,
                None if hide else label.agency,
                None if hide else label.desk,
                (*late, *corrected.get(each.version, ())),
            )


def uncounted(history: Sequence[Recorded]) -> frozenset[int]:
    """The same where only numbers are told: who left is no member, wherever they went."""
    return withheld(history, _UNCOUNTED)


def withheld(history: Sequence[Recorded], tags: frozenset[Tag] = _KEPT) -> frozenset[int]:
    """What somebody may not read any more is in no past either: kept from them as it was written,
    by a correction or by a label since; or withdrawn as another household's.
    """
    found = set(misfiled(history))
    for recorded in history:
        match recorded.fact:
            case LabelTightened(of=of):
                found.add(of)
            case FactCorrected(of=of, replacement=replacement) as fact:
                if not _plain(fact, tags) or (replacement and not _plain(replacement, tags)):
                    found.add(of)
            case _:
                pass
        if not _plain(recorded.fact, tags):
            found.add(recorded.version)
    return frozenset(found)


def plain(rows: Iterable[Group], kept: Container[int]) -> list[Group]:
    """The same without what is kept from anybody; a row of which nothing is left is not there."""
    left = (
        row._replace(items=tuple(item for item in row.items if item.version not in kept))
        for row in rows
    )
    return [row for row in left if row.items]


def _plain(fact: Fact, tags: frozenset[Tag]) -> bool:
    """Not what is hidden from somebody, concealed, told by an informant, or said in a 支援会議."""
    label = fact.label
    return not (
        label.concealed
        or label.hidden_from
        or tags.intersection(label.tags)
        or isinstance(label.basis, BySitting)
    )


def _corrected(histories: Histories, stream: UUID) -> dict[int, tuple[MarkKind, ...]]:
    found: dict[int, tuple[MarkKind, ...]] = {}
    for each in _corrections(histories.whole(stream)):
        since = each[1] > histories.point.position
        kind = MarkKind.CORRECTED_SINCE if since else MarkKind.CORRECTED
        found[each[0]] = tuple(dict.fromkeys((*found.get(each[0], ()), kind)))
    return found


def _corrections(history: Iterable[Recorded]) -> Iterator[tuple[int, int]]:
    for recorded in history:
        if isinstance(recorded.fact, FactCorrected):
            yield recorded.fact.of, recorded.position
