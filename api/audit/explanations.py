"""なぜ見えたか・見えなかったか: the same gate, over what was recorded by then."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.audit.lines import TIME, At, Said, day_of, reason, written
from api.audit.open_facts import Facts
from api.auditing import Audit, Lines
from api.deps import AuditDep
from api.past import Known, moment_of
from api.sheet import Columns
from domain.gate import (
    FRAME_ONLY,
    Denial,
    Grant,
    Place,
    Reader,
    Situation,
    items_at,
    may_read,
    shown,
    situation_of,
    stood_then,
)
from domain.gate.past import found_to_be
from domain.recorded import Recorded, fold
from domain.staff import Staff
from domain.values import Capacity, Role, StaffId, Value
from projections.past import Context, as_it_stood, contexts, taken_up_by_then
from projections.resting import looked_at

router = APIRouter(prefix="/audit", tags=["監査"])


class Deciding(Value):
    """決め手となった記録。`fact` は支援経過の文の種類。いまも秘匿されているものは示さない。"""

    stream: UUID
    version: int
    fact: str | None
    occurred_on: str | None
    recorded_at: datetime | None


class Explanation(Value):
    """その立場で見えたか。`withheld` は、見えた場合でも見せない部分。"""

    capacity: Capacity | None
    granted: bool
    rule: str
    reason: str | None
    facts: tuple[Deciding, ...]
    withheld: tuple[str, ...]


class Explanations(Value):
    """その時点の任命それぞれについての説明。任命がなければ一つだけ。"""

    staff: UUID
    item: At
    at: datetime
    fact: str | None
    answers: tuple[Explanation, ...]


When = Annotated[
    Known, Query(description="いつの時点で（時差つきの日時。日だけなら、その日の終わり）")
]
Version = Annotated[int, Query(ge=0, le=2**31 - 1, description="記録の番号")]


@router.get(
    "/explanations", summary="見えた理由・見えなかった理由を説明する", response_model=Explanations
)
def explanations(  # noqa: PLR0913, PLR0917 - who, what and when
    audit: AuditDep,
    staff: UUID,
    stream: UUID,
    version: Version,
    at: When,
    capacity: UUID | None = None,
) -> Response:
    place = Place(stream, audit.opaque.version_of(stream, version))
    moment = moment_of(at, audit.at)
    then = Then(audit, place, moment)
    audit.must(then.whole or None)
    held = then.capacities(staff, capacity)
    answers: list[dict[str, Any]] = [then.explained(StaffId(staff), each) for each in held]
    answers = answers or [_said(None, Denial("not-appointed"), [], ())]
    body = {
        "staff": staff,
        "item": place,
        "at": moment,
        "fact": then.kind,
        "answers": answers,
    }
    cases = (*then.contexts, *(case for each in held for case in then.cases(each)))
    homes = sorted({case.household for case in cases if case.household})
    table = Lines(_columns(Said(audit.profile), body), answers)
    return audit.tell(body, table, households=homes, staff=[staff])


@dataclass
class Then:
    """One fact, and all that decided who could read it at that moment."""

    audit: Audit
    place: Place
    moment: datetime

    @cached_property
    def position(self) -> int:
        return self.audit.services.ledger.position_at(self.moment)

    @cached_property
    def whole(self) -> list[Recorded]:
        """All of the stream, whatever was known then."""
        return self.audit.services.ledger.history(self.place.stream)

    @cached_property
    def contexts(self) -> list[Context]:
        return self.audit.ask(contexts, self.place.stream, self.audit.today)

    @property
    def kind(self) -> str | None:
        return next((code(r) for r in self.whole if r.version == self.place.version), None)

    def history(self, stream: UUID) -> list[Recorded]:
        return self.audit.services.ledger.history(stream, until=self.position)

    def capacities(self, staff: UUID, chosen: UUID | None) -> list[Capacity]:
        """All that were held that day, as far as it was recorded by then."""
        return [each for key, each in self._held(staff).items() if chosen in {None, key}]

    def _held(self, staff: UUID) -> Mapping[UUID, Capacity]:
        return fold(Staff(staff), self.history(staff)).capacities(day_of(self.moment))

    def explained(self, staff: StaffId, capacity: Capacity) -> dict[str, Any]:
        """By the case through which it could be read, if by any."""
        others = tuple(each for each in self._held(staff).values() if each != capacity)
        reader = Reader(staff, capacity, day_of(self.moment), self.moment, others)
        found = [self._verdict(reader, context) for context in self.cases(capacity)]
        verdict, withheld = min(found, key=lambda each: _narrow(each[0]))
        return _said(capacity, verdict, list(self._told(verdict.facts)), withheld)

    def cases(self, capacity: Capacity) -> Iterator[Context]:
        """What a sitting recorded is read as its own; but the officer is shown it again, too, by
        each case that it took up (see again.py).
        """
        for context in self.contexts:
            yield context
            if capacity.role is Role.PRIVACY:
                yield from context.around

    def _verdict(self, reader: Reader, context: Context) -> tuple[Grant | Denial, tuple[str, ...]]:
        used = self.audit.ask(looked_at, context.households, self.moment)
        histories = as_it_stood(context, self.history)
        stood = stood_then(self.place, histories, self.position, used)
        if stood is None:
            return Denial("not-recorded"), ()
        item, alone = stood
        situation = alone.beside(self._walls(context))
        left = shown(reader, item, situation)
        return may_read(reader, item, situation), left.withheld if left else ()

    def _walls(self, context: Context) -> Iterable[Situation]:
        """Those of the cases that a sitting took up."""
        for histories in taken_up_by_then(context, self.history) if context.around else ():
            items = items_at(histories, self.position)
            yield situation_of(items, found_to_be(items))

    def _told(self, facts: Iterable[Place]) -> Iterable[dict[str, Any]]:
        """As far as the officer may know of them today: concealments of today hold for the past."""
        recused = self.audit.recused
        for place in (each for each in facts if not recused.closes(None, (each.stream,))):
            number = self.audit.opaque.number(*place)
            told = {"stream": place.stream, "version": number}
            nothing = {"fact": None, "occurred_on": None, "recorded_at": None}
            yield {**told, **(self._about(place) or nothing)}

    def _about(self, place: Place) -> dict[str, Any] | None:
        history = self.audit.services.ledger.history(place.stream)
        recorded = next((r for r in history if r.version == place.version), None)
        if recorded is None or not self._open(recorded):
            return None
        day, moment = recorded.fact.occurred_on, recorded.recorded_at
        return {"fact": code(recorded), "occurred_on": day, "recorded_at": moment}

    def _open(self, recorded: Recorded) -> bool:
        return Facts(self.audit).open(recorded)


def _narrow(verdict: Grant | Denial) -> int:
    """What opens the record comes first; then what shows that it is there, and best what tells why
    no more of it; the first of those that refuse says what stood before it.
    """
    if isinstance(verdict, Denial):
        return 3
    if verdict.rule not in FRAME_ONLY:
        return 0
    return 1 if verdict.facts else 2


def code(recorded: Recorded) -> str:
    return type(recorded.fact).__name__


def _said(
    capacity: Capacity | None,
    verdict: Grant | Denial,
    facts: list[dict[str, Any]],
    withheld: tuple[str, ...],
) -> dict[str, Any]:
    return {
        "capacity": capacity,
        "granted": isinstance(verdict, Grant),
        "rule": verdict.rule,
        "reason": reason(verdict.rule),
        "facts": facts,
        "withheld": withheld,
    }


def _columns(said: Said, body: Mapping[str, Any]) -> Columns:
    def held(tell: Callable[[Capacity], str]) -> Callable[[dict[str, Any]], str | None]:
        return lambda answer: tell(answer["capacity"]) if answer["capacity"] else None

    return {
        TIME: lambda _: body["at"],
        "職員ID": lambda _: body["staff"],
        "記録": lambda _: body["item"],
        "機関・係": held(lambda capacity: said.agency(capacity, body["at"])),
        "役割": held(said.role),
        "見えた": lambda answer: answer["granted"],
        "規則": lambda answer: answer["rule"],
        "理由": lambda answer: answer["reason"],
        "根拠の記録": lambda answer: written((f["stream"], f["version"]) for f in answer["facts"]),
        "見せない部分": lambda answer: answer["withheld"],
    }
