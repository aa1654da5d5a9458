"""しるし: what was written down late, and what was corrected, in a view of the past."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.clocks import is_late
from domain.events.rights import FactCorrected
from domain.gate import Grant, Item, Reader, Situation, may_read
from projections.as_of.folding import row_item
from projections.as_of.histories import Histories


class MarkKind(StrEnum):
    """しるしの種類。"""

    LATE = "late"  # 起きた日より後の日に書かれた
    CORRECTED = "corrected"  # この時点までに訂正されている
    CORRECTED_SINCE = "corrected-since"  # この時点より後に訂正・取消しされた


class Mark(NamedTuple):
    """しるし: of which record; when it was written, or corrected."""

    stream: UUID
    version: int
    kind: MarkKind
    at: datetime


def marks(histories: Histories, shown: Iterable[Item], reader: Reader) -> list[Mark]:
    """Of what is shown, and of nothing else; of corrections that the reader may know of."""
    return [mark for item in shown for mark in _of(histories, item, reader)]


def _of(histories: Histories, item: Item, reader: Reader) -> Iterator[Mark]:
    whole = {recorded.version: recorded for recorded in histories.whole(item.stream)}
    place = item.stream, item.version
    if is_late(item.fact, whole[item.version].recorded_at):
        yield Mark(*place, MarkKind.LATE, whole[item.version].recorded_at)
    for each in whole.values():
        if isinstance(each.fact, FactCorrected) and each.fact.of == item.version:
            gate = histories.gates.get(item.stream, Situation())
            if isinstance(may_read(reader, row_item(each), gate), Grant):
                since = each.position > histories.point.position
                kind = MarkKind.CORRECTED_SINCE if since else MarkKind.CORRECTED
                yield Mark(*place, kind, each.recorded_at)
