"""あの時の記録: what streams added up to just before a command, folded along with the log."""

from collections import OrderedDict
from uuid import UUID

from domain.events import KIND_OF
from domain.ledger import Ledger, Stream, UnknownFact
from domain.ledger.states import begin
from domain.recorded import CORRECTIONS, Recorded, State, fold
from domain.refusals import Unknown

MOST = 20_000
"""Streams held at once; one that was let go is read anew."""


class Unreadable(Exception):
    """A stream holds a fact that this version cannot read."""


class Past:
    """The states of so many streams at one position of the log, which only moves on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._states: OrderedDict[UUID, dict[type[State], State]] = OrderedDict()
        self._begun: dict[UUID, str] = {}
        self._broken: set[UUID] = set()
        self._position = 0

    def move(self, recorded: Recorded) -> None:
        """Fold in the next fact; what a correction changes is folded anew when it is asked for."""
        self._position, stream = recorded.position, recorded.stream
        self._begun.setdefault(stream, KIND_OF[recorded.kind])
        if recorded.kind in CORRECTIONS:
            self._states.pop(stream, None)
            return
        known = self._states.get(stream, {})
        for kind, state in known.items():
            known[kind] = fold(state, [recorded])

    def stumble(self, fact: UnknownFact) -> None:
        self._broken.add(fact.stream)

    def state(self, stream: Stream) -> State:
        """Unknown where it is of another kind, as it was when somebody asked."""
        if stream.id in self._broken:
            raise Unreadable
        kind = self._begun.get(stream.id)
        if kind is None:
            return self._keep(stream, begin(stream))
        if kind != stream.state.kind:
            raise Unknown
        known = self._states.get(stream.id, {}).get(stream.state)
        if known is not None:
            self._states.move_to_end(stream.id)
            return known
        history = self._ledger.history(stream.id, until=self._position)
        return self._keep(stream, fold(begin(stream), history))

    def _keep(self, stream: Stream, state: State) -> State:
        self._states.setdefault(stream.id, {})[stream.state] = state
        self._states.move_to_end(stream.id)
        while len(self._states) > MOST:
            self._states.popitem(last=False)
        return state
