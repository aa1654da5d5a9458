"""Sending (送る): thousands of rows on their way to the database, while others are being read."""

from collections.abc import Sequence
from dataclasses import dataclass
from select import select
from typing import Any
from uuid import UUID

from psycopg import Connection, adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format

from domain.ledger.arrays import array

_uuids = array(2950, lambda given: given.bytes)
_texts = array(25, bytes)


@dataclass(frozen=True, slots=True)
class Uuids:
    """uuid[], none of them NULL."""

    of: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Texts:
    """text[], each in UTF-8 as it was stored."""

    of: Sequence[bytes]


class _UuidsDumper(Dumper):
    format, oid = Format.BINARY, 2951

    def dump(self, obj: Uuids) -> bytes:
        return _uuids(obj.of)


class _TextsDumper(Dumper):
    format, oid = Format.BINARY, 1009

    def dump(self, obj: Texts) -> bytes:
        return _texts(obj.of)


adapters.register_dumper(Uuids, _UuidsDumper)
adapters.register_dumper(Texts, _TextsDumper)


def sent(connection: Connection[Any]) -> None:
    """Wait until the server has all that it was asked in a pipeline, and can work on it.

    The driver keeps what the socket does not take at once until it waits for the answers: whoever
    reads meanwhile would have it work only afterwards. What it answers meanwhile is taken in: it
    takes nothing more while it waits to be rid of that.
    """
    server = connection.pgconn
    while server.flush():
        answering, _, _ = select((server.socket,), (server.socket,), ())
        if answering:
            server.consume_input()
