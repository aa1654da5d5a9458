"""Applying (反映): a page of facts becomes rows, for each projection all of them or none."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection

from domain.ledger import Recorded
from projections import places
from projections.history import as_it_reads, rewrites
from projections.page import Followed, Page, Read, telling
from projections.places import Aside
from projections.projection import Projection
from projections.table import LIVE, Cell, Cells, Site, forget, write

_NO_END = 2**62


class Untellable(Exception):
    """A projection cannot make rows of a fact."""

    def __init__(self, recorded: Recorded, reason: str) -> None:
        super().__init__(reason)
        self.recorded = recorded
        self.reason = reason


class Standstill(Exception):
    """A projection that must not leave anything out has met a fact it cannot tell."""

    def __init__(self, name: str, position: int, reason: str) -> None:
        super().__init__(f"{name} at {position}: {reason}")
        self.name = name
        self.position = position


class Applying:
    """One page for one projection, whose tables may be those still under construction."""

    def __init__(
        self,
        connection: Connection[Any],
        projection: Projection,
        log: Followed,
        site: Site = LIVE,
    ) -> None:
        self.connection = connection
        self.projection = projection
        self.log = log
        self.site = site
        self.name = projection.name + site.suffix
        self.aside: dict[UUID, int] = {}

    def apply(self, page: Page) -> None:
        """Write the rows of the page; Standstill (before any is written) or a stream put aside."""
        self._put_unknown_aside(page)
        try:
            self._write(page)
        except Untellable as fact:
            self._put_aside(fact.recorded, fact.reason)
            self.apply(page)

    def apply_one_by_one(self, page: Page) -> None:
        """The same with a savepoint for each fact: the database has refused them together."""
        self._put_unknown_aside(page)
        for read in page.reads:
            recorded = read.recorded
            try:
                with self.connection.transaction():
                    self._write(Page([read], [], recorded.position))
            except Untellable as fact:
                self._put_aside(recorded, fact.reason)
            except psycopg.DataError as refused:
                self._put_aside(recorded, f"{type(refused).__name__}: {refused}")

    def _put_unknown_aside(self, page: Page) -> None:
        for fact in page.unknown:
            if fact.stream not in self.aside:
                self._aside(
                    Aside(self.name, fact.stream, fact.version, fact.position or 0, str(fact))
                )

    def _put_aside(self, recorded: Recorded, reason: str) -> None:
        stream, version, position = recorded.stream, recorded.version, recorded.position
        self._aside(Aside(self.name, stream, version, position, reason))

    def _aside(self, stream: Aside) -> None:
        if self.projection.stops:
            raise Standstill(self.name, stream.position, stream.reason)
        self.aside[stream.stream] = stream.position
        places.put_aside(self.connection, stream)

    def _write(self, page: Page) -> None:
        told = page.reads
        if self.aside:
            told = [read for read in told if self._goes_on(read.recorded)]
        again = {read.recorded.stream for read in told if rewrites(read.recorded.fact)}
        if again:
            told = [read for read in told if read.recorded.stream not in again]
        cells = self._cells(told)
        for stream in again:
            last = min(page.last, self.aside.get(stream, _NO_END) - 1)
            self._add(cells, self._history(stream, last))
        if again:
            forget(self.connection, self.projection.tables, list(again), self.site)
        write(self.connection, cells, self.site)

    def _goes_on(self, recorded: Recorded) -> bool:
        """What a stream put aside said before is still told."""
        return recorded.position < self.aside.get(recorded.stream, _NO_END)

    def _history(self, stream: UUID, until: int) -> list[Read]:
        """What the stream says as it reads at the end of the page."""
        history = self.log.history(stream, until=until)
        return [telling(recorded) for recorded in as_it_reads(history)]

    def _cells(self, reads: Iterable[Read]) -> Cells:
        cells: Cells = {table: {} for table in self.projection.tables}
        self._add(cells, reads)
        return cells

    def _add(self, cells: Cells, reads: Iterable[Read]) -> None:
        rows = self.projection.rows
        for read in reads:
            recorded = read.recorded
            try:
                said = rows(recorded)
                for table, key, columns, told in said:
                    place = (recorded.stream, key)
                    cell = cells[table].get(place)
                    if cell is None:
                        cell = cells[table][place] = Cell()
                    if columns:
                        cell.add(columns)
                    if told:
                        cell.told.append(read.text)
            except Exception as failed:
                raise Untellable(recorded, f"{type(failed).__name__}: {failed}") from failed


Way = Callable[[Applying, Page], None]
"""All at once, or one by one."""


def tell(applying: Applying, page: Page, way: Way) -> tuple[int, Standstill | None]:
    """Where the projection stands then, and what it stands still at, if it does."""
    try:
        if way is Applying.apply:
            way(applying, page)
        else:
            with applying.connection.transaction():
                way(applying, page)
    except Standstill as stopped:
        way(applying, page.until(stopped.position - 1))
        return stopped.position - 1, stopped
    return page.last, None
