"""Attachments (添付書類): the only place where the content of a file is kept for reading."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.support import FileAttached
from domain.gate import FRAME_ONLY, Item, Reader
from domain.ledger import Recorded
from domain.values import Sealed
from projections.access import cases
from projections.projection import Projection
from projections.reading import belongs, fetch, groups, readable
from projections.table import Row, Table

ATTACHMENTS = Table("attachments", {"content": "text"})


def rows(recorded: Recorded) -> Iterable[Row]:
    fact = recorded.fact
    if isinstance(fact, FileAttached):
        yield Row(ATTACHMENTS, str(fact.attachment), {"content": str(fact.content)})


PROJECTION = Projection("attachments", 2, (ATTACHMENTS,), rows)


class Attachment(NamedTuple):
    """The content is sealed, and base64 once it is opened."""

    item: Item
    content: Sealed


_SELECT = """
    SELECT stream, key, told, content FROM projections.attachments WHERE stream = %s AND key = %s
"""


def attachment(
    connection: Connection[Any], household: UUID, file: UUID, *, reader: Reader
) -> Attachment | None:
    """The file as this reader may see it; None when there is none, or it is not theirs: to know
    that it was attached is not to read it.
    """
    state = cases(connection, [household], reader.today)[household].situation
    for *row, content in fetch(connection, _SELECT, (household, str(file))):
        for group in readable(groups([tuple(row)]), reader, state):
            item = group.items[0]
            if item.grant is None or item.grant.rule in FRAME_ONLY:
                return None
            belongs(content, item, "content")
            return Attachment(item, Sealed(content))
    return None
