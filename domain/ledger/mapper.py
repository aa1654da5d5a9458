"""The mapper: a fact to the bytes that are its evidence, and back; stored under its class name."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent
from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from domain.events import CATALOGUE, Fact
from domain.events.addressed import Address, usual_writer
from domain.ledger.failures import BrokenSeal, UnknownFact
from domain.ledger.labels_at_hand import Labels
from domain.ledger.sealing import Context, Sealer
from domain.ledger.seals import in_place
from domain.ledger.upcasts import UPCASTS, Upcast
from domain.recorded import Recorded, Skimmed
from domain.values import OFFICES, AgencyId, Author, DeskId, Value

_AUTHOR = b'{"author":'
_FACT = b',"fact":'
_AGENCY = b',"label":{"agency":"'
_DESK = b'","desk":"'
_CATEGORY = b'"category":"'
_HIDING = b'"hidden_from":["'
_LEARNED = b'"kind":"sitting"'
_INFORMANT = b'"informant"'
_ID = len(str(UUID(int=0)))
_MOST_AUTHORS = 10_000

Row = tuple[Any, ...]
Skims = Mapping[type[Fact], str | None]


class FactMapper(Mapper[UUID]):
    """The library's seam, without its transcoder: pydantic writes and reads the bytes.

    The author comes first and holds no free text, so that its bytes are looked up, not parsed.
    No cipher or compressor over the whole: the body must stay readable to SQL, personal text is
    sealed string by string.
    """

    def __init__(
        self,
        sealer: Sealer,
        catalogue: Mapping[str, type[Fact]] = CATALOGUE,
        upcasts: Mapping[str, Upcast] = UPCASTS,
        *,
        numbered: bool = True,
    ) -> None:
        """`numbered`: whether a fact's version is known when it is sealed."""
        self.ready, self.at_hand = sealer.ready, sealer.at_hand
        self._context, self._checks = sealer.context, sealer.seals
        self._numbered = numbered
        self._kinds, self._labels = catalogue, Labels()
        self._upcasts = upcasts
        self._authors: dict[bytes, Author] = {}
        self._writers: dict[tuple[type[Fact], bytes], Address] = {}
        self._author = TypeAdapter(Author).validate_json

    def envelope(self, author: Author) -> bytes:
        """The bytes in front of every fact of one command."""
        return _AUTHOR + to_bytes(author) + _FACT

    def encode(self, envelope: bytes, stream: UUID, version: int, fact: Fact) -> bytes:
        """The bytes that are kept of a fact in its place, its personal text sealed for it."""
        context = self._context(stream, version if self._numbered else 0, fact)
        return envelope + to_bytes(fact, context) + b"}"

    def decode(self, row: tuple[Any, ...]) -> Recorded:
        """A stored row as a recorded fact; UnknownFact for what this version cannot read."""
        stream, version, topic, state, position, recorded_at, command_id = row
        try:
            cut = state.index(_FACT)
            author, fact = self._authored(state[len(_AUTHOR) : cut]), state[cut + len(_FACT) : -1]
            if topic in self._upcasts:
                topic, fact = self._today(topic, fact)
            read = self._labels.read(self._kinds[topic], fact)
        except (KeyError, ValueError) as unreadable:
            raise UnknownFact(topic, stream, version, position) from unreadable
        if self._checks and not in_place(read, version if self._numbered else 0):
            raise UnknownFact(topic, stream, version, position) from BrokenSeal()
        return Recorded(stream, version, position, recorded_at, command_id, author, read)

    def reader(self, stream: UUID, skims: Skims) -> Callable[[Row], Recorded]:
        """Reads the rows of one stream for a state, facts of the kinds it skims only in part.

        A fact that hides something from somebody is read all the same, and so is one that only its
        desk may know of for another reason than its category, or one that does not begin as
        `encode` begins. Inside a string JSON has no bare quotation mark: what is found here is
        never text.
        """
        kinds = {
            kind.__name__: (kind, f',"{key}":"'.encode() if key else b"")
            for kind, key in skims.items()
            if kind.__name__ not in self._upcasts
        }

        def whole(row: Row) -> Recorded:
            return self.decode((stream, *row[:5], None))

        def read(row: Row) -> Recorded:
            topic, state = row[1], row[2]
            if topic not in kinds or _HIDING in state or _LEARNED in state or _INFORMANT in state:
                return whole(row)
            try:
                return self._skimmed(row, whole, *kinds[row[1]])
            except ValueError:
                return whole(row)

        return read

    def _skimmed(
        self, row: Row, whole: Callable[[Row], Recorded], kind: type[Fact], key: bytes
    ) -> Skimmed:
        """ValueError where it is not stored as this version stores it, or is no case work."""
        state = row[2]
        cut = state.index(_FACT)
        label = state.index(_AGENCY, cut)
        category = state.index(_CATEGORY, label) + len(_CATEGORY)
        ended = state.index(b'"', category) + 1
        author = self._authored(state[len(_AUTHOR) : cut])
        if author.capacity.role in OFFICES:
            raise ValueError(author)
        of = None
        if key:
            place = state.index(key, ended) + len(key)
            of = UUID(state[place : place + _ID].decode())
        told = kind, state[label:ended]
        writer = self._writers.get(told) or self._writer(*told)
        return Skimmed(row[0], row[4], author, kind, writer, of, row, whole)

    def _writer(self, kind: type[Fact], label: bytes) -> Address:
        """Of a label, as far as it is skimmed; the same few are told again and again."""
        agency, ended = _told(label, _AGENCY, 0)
        desk, ended = _told(label, _DESK, ended)
        category, _ = _told(label, _CATEGORY, ended)
        if len(self._writers) >= _MOST_AUTHORS:
            self._writers.clear()
        writer = usual_writer(kind, AgencyId(agency), DeskId(desk), category)
        self._writers[kind, label] = writer
        return writer

    def _authored(self, stored: bytes) -> Author:
        author = self._authors.get(stored)
        if author is None:
            if len(self._authors) >= _MOST_AUTHORS:
                self._authors.clear()
            author = self._authors[stored] = self._author(stored)
        return author

    def _today(self, topic: str, fact: bytes) -> tuple[str, bytes]:
        name, body = self._upcasts[topic](from_json(fact))
        return name, to_json(body)

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """The library's name for encoding a recorded fact."""
        stream, version, fact = domain_event.stream, domain_event.version, domain_event.fact
        state = self.encode(self.envelope(domain_event.author), stream, version, fact)
        return StoredEvent(stream, version, type(fact).__name__, state)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The library's name for decoding; its rows do not say when a fact was recorded."""
        stored = stored_event
        row = (stored.originator_id, stored.originator_version, stored.topic, stored.state)
        return self.decode((*row, None, None, None))


def to_bytes(value: Value, context: Context = None) -> bytes:
    """JSON as pydantic-core writes it, personal text through the sealer of the context."""
    return value.__pydantic_serializer__.to_json(value, context=context)


def _told(state: bytes, name: bytes, start: int) -> tuple[str, int]:
    """The next text of that name, and where it ends."""
    begun = state.index(name, start) + len(name)
    ended = state.index(b'"', begun)
    return state[begun:ended].decode(), ended
