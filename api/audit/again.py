"""もう一度: what a receipt names is read again from the ledger, and its digest taken again."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from api.auditing import Audit
from api.headers import Purpose
from api.receipts import served
from domain.events.consent import LabelLoosened, LabelTightened
from domain.events.rights import FactCorrected
from domain.events.viewing import (
    SERVER,
    BookRead,
    IndexBuilt,
    ItemShown,
    ReadRefused,
    RecordsShown,
    Viewing,
)
from domain.gate import FRAME_ONLY, Item, Situation, item_of, shown, shown_again, situation_of
from domain.recorded import Recorded
from domain.values import Role
from projections.book import Line
from projections.page import light
from projections.past import Context, contexts

_SAID: Mapping[bool | None, str] = {
    True: "控えの要約と一致しました。そのとき見せたとおりです。",
    False: "控えの要約と一致しません。記録か控えが、そのときと違っています。",
    None: "数や表などの答えの控えです。要約は答えそのものから作るので、記録からは示し直せず、"
    "比べられません（書き換えられたということではありません）。",
}
_NOTHING: Mapping[type[Viewing], str] = {
    ReadRefused: "断られた照会の控えです。何も見せていません。",
    BookRead: "閲覧簿を調べた控えです。世帯の記録は見せていません。",
    IndexBuilt: "サーバーが索引を作った控えです。だれにも見せていません。",
}


class Again(NamedTuple):
    """`same` is None where there is nothing to compare; `says` tells which, and why."""

    same: bool | None
    says: str
    found: list[Item]


def shown_then(line: Line, audit: Audit) -> Again:
    """What this line of the 閲覧簿 says was shown, and whether it still is what was served."""
    viewing = line.viewing
    if not isinstance(viewing, RecordsShown):
        return Again(None, _NOTHING[type(viewing)], [])
    matches, found = Log(audit).again(viewing, line.at)
    same = None if not matches and _is_of_an_answer(line, viewing) else matches
    return Again(same, _SAID[same], found)


def _is_of_an_answer(line: Line, viewing: RecordsShown) -> bool:
    """Counts and commands show no record: their digest, if any, is of the numbers as they left."""
    by = line.author
    counted = by.capacity.role is Role.ANALYST and viewing.purpose == Purpose.STATISTICS
    return not viewing.items and (by == SERVER or counted)


class Log:
    """What a receipt names, read again from the ledger."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._histories: dict[UUID, dict[int, Recorded]] = {}

    def again(self, viewing: RecordsShown, at: datetime) -> tuple[bool, list[Item]]:
        """Whether the digest is the same; and what was served.

        The receipt says where the log stood at least: a label that was made stricter while the
        answer was prepared may have been read or not.
        """
        first = [self._item(item) for item in viewing.items]
        if None in first:
            return False, []
        items = [item for item in first if item]
        for position in (viewing.position, *self._changes(viewing, at)):
            found = list(self._shown(items, viewing.items, position))
            if self._audit.services.book.digest_of(map(served, found)) == viewing.digest:
                return True, found
        return False, found

    def _history(self, stream: UUID) -> dict[int, Recorded]:
        if stream not in self._histories:
            history = self._audit.services.ledger.history(stream)
            self._histories[stream] = {recorded.version: recorded for recorded in history}
        return self._histories[stream]

    def _item(self, item: ItemShown) -> Item | None:
        """The fact by the text that stood for it: its own, or that of a correction."""
        history = self._history(item.stream)
        if item.version not in history or item.words not in history:
            return None
        fact, author = history[item.version].fact, history[item.version].author
        if item.words != item.version:
            correction = history[item.words].fact
            if not isinstance(correction, FactCorrected) or correction.replacement is None:
                return None
            fact = correction.replacement
        at = history[item.version].position
        return Item(item.stream, item.version, author, light(fact), item.words, at)

    def _changes(self, viewing: RecordsShown, at: datetime) -> list[int]:
        told = (r for item in viewing.items for r in self._history(item.stream).values())
        later = {
            r.position
            for r in told
            if isinstance(r.fact, LabelTightened | LabelLoosened)
            and r.position > viewing.position
            and r.recorded_at <= at
        }
        return sorted(later)

    def _shown(
        self, items: Iterable[Item], named: Iterable[ItemShown], position: int
    ) -> Iterator[Item]:
        for item, name in zip(items, named, strict=True):
            labels = self._labels(item.stream, position)
            yield shown_again(item, name.rule, name.withheld, labels)

    def _labels(self, stream: UUID, position: int) -> Situation:
        known = (r for r in self._history(stream).values() if r.position <= position)
        tightened = (r for r in known if isinstance(r.fact, LabelTightened | LabelLoosened))
        return situation_of(map(item_of, tightened))


def open_to_officer(items: Iterable[Item], viewing: RecordsShown, audit: Audit) -> Iterator[Item]:
    """In an audit case of the office, of that very household, and never what today's walls and
    concealments withhold.
    """
    known: dict[UUID, list[Context]] = {}

    def of(stream: UUID) -> list[Context]:
        if stream not in known:
            known[stream] = audit.ask(contexts, stream, audit.today)
        return known[stream]

    for item in items:
        found = [each for stream in (item.stream, *viewing.households) for each in of(stream)]
        for context in found:
            if item.stream not in context.streams:
                continue
            left = shown(audit.reader, item, context.situation)
            if left and left.grant.rule not in FRAME_ONLY:
                yield left.item._replace(grant=left.grant, withheld=left.withheld)
                break
