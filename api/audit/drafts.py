"""開示の下書きと通知: paragraph by paragraph, what may go out and why the rest may not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.audit.lines import At, at
from api.audit.open_facts import only
from api.auditing import Audit, Lines
from api.deps import AuditDep, DisclosureDep
from api.showing import Later
from domain.events.intake import AbuseReported, ProtectionTaken
from domain.events.rights import (
    DisclosureDecided,
    DisclosureOutcome,
    DisclosureRequested,
    Requester,
)
from domain.gate import FRAME_ONLY, Item, Shown, Situation, item_of, shown
from domain.gate.releasing import (
    STATUTES,
    Asking,
    Ground,
    concerns,
    grounds,
    narratives,
    of_paragraph,
)
from domain.notices import notice
from domain.recorded import Recorded, effective
from domain.refusals import Refused
from domain.values import Value
from projections.book import one_with
from projections.past import Context, contexts
from projections.people import people

router = APIRouter(tags=["開示・訂正・利用停止"])
_ONE = "/households/{hid}/disclosure-requests/{rid}"


class NotDecidedYet(Refused):
    """この開示請求は、まだ決定されていません。"""


class DraftLine(Value):
    """記録の一段落（`field` が空なら記録そのもの）。`text` は監査を始めていて、出せるときだけ。"""

    fact: At
    kind: str
    occurred_on: str
    agency: str
    field: str | None
    release: bool
    grounds: tuple[Ground, ...]
    statutes: tuple[str, ...]
    mentioned: tuple[UUID, ...]
    text: str | None


class ChildSafety(Value):
    """法定代理人の請求で確かめること。`findings` は、開示が子を害するおそれを示す記録。"""

    needed: bool
    findings: tuple[str, ...]


class Draft(Value):
    """開示の下書き。`suggested` は案であり、決めるのは人です。"""

    request: UUID
    person: UUID
    requester: Requester
    child_safety: ChildSafety
    suggested: DisclosureOutcome
    lines: tuple[DraftLine, ...]
    withheld_from_sittings: int


class Notice(Value):
    """請求者への通知文。"""

    notice: str


@router.get(f"{_ONE}/draft", summary="開示の下書きを作る", response_model=Draft)
def draft(hid: UUID, rid: UUID, audit: DisclosureDep) -> Response:
    homes = audit.ask(contexts, hid, audit.today)
    history = effective(audit.services.ledger.history(hid))
    asked = (fact for _, fact in only(history, DisclosureRequested) if fact.request == rid)
    request = audit.must(next(asked, None))
    by_another = request.requester is Requester.REPRESENTATIVE
    whose = audit.ask(people, [request.person])[request.person]
    asking = Asking(whose.ids, audit.today, by_another)
    case = Case(audit, homes[0], asking, audit.ask(one_with, request.person), rid)
    lines = [line for recorded in case.about() for line in case.lines(recorded)]
    findings = sorted(set(case.findings())) if by_another else []
    body = {
        "request": rid,
        "person": request.person,
        "requester": request.requester,
        "child_safety": {"needed": by_another, "findings": findings},
        "suggested": _suggested(lines, findings),
        "lines": lines,
        "withheld_from_sittings": sum(Ground.SITTING in line["grounds"] for line in lines),
    }
    return audit.tell(body, Lines({}, []), staff=[request.person])


@router.get(f"{_ONE}/notice", summary="開示の決定を通知する文を作る", response_model=Notice)
def decided(hid: UUID, rid: UUID, audit: DisclosureDep) -> Response:
    history = effective(audit.services.ledger.history(hid))
    asked = (fact for _, fact in only(history, DisclosureRequested) if fact.request == rid)
    audit.must(next(asked, None))
    outcomes = [fact.outcome for _, fact in only(history, DisclosureDecided) if fact.request == rid]
    if not outcomes:
        raise NotDecidedYet
    return audit.tell({"notice": notice(outcomes[-1])}, Lines({}, []))


@router.get(
    "/audit/notices/neither",
    summary="存否応答拒否の通知文を作る（記録がない人からの請求にも同じ文）",
    response_model=Notice,
    tags=["監査"],
)
def neither(audit: AuditDep) -> Response:
    text = {"notice": notice(DisclosureOutcome.NEITHER)}
    return audit.tell(text, Lines({"通知": lambda row: row["notice"]}, [text]))


@dataclass(frozen=True, slots=True)
class Case:
    """What the ledger holds of the person, behind today's walls and concealments; `ever` are all
    the ids under which something of theirs may stand.
    """

    audit: Audit
    context: Context
    asking: Asking
    ever: tuple[UUID, ...]
    request: UUID

    @property
    def situation(self) -> Situation:
        return self.context.situation

    def about(self) -> Iterator[Recorded]:
        """The person's own record, and all of the case in which they are a subject."""
        for stream in (*sorted(self.context.households), *sorted(self.ever)):
            for recorded in effective(self.audit.services.ledger.history(stream)):
                asks = getattr(recorded.fact, "request", None) == self.request
                if not asks and concerns(item_of(recorded), self.asking, self.situation):
                    yield recorded

    def lines(self, recorded: Recorded) -> Iterator[dict[str, Any]]:
        item = item_of(recorded)
        seen = shown(self.audit.reader, item, self.situation)
        yield self._line(item, None, grounds(item, self.asking, self.situation), (), None)
        for field, number, paragraph in narratives(recorded.fact):
            why = of_paragraph(item, field, paragraph, self.asking, self.situation)
            others = tuple(p for p in paragraph.mentioned if p not in self.asking.persons)
            path = f"{field}.{number}"
            text = None if why else self._text(seen, path, paragraph.text)
            yield self._line(item, path, why, others, text)

    def _text(self, seen: Shown | None, path: str, text: Any) -> Later | None:
        """Inside an audit case, as far as the gate opens it to the officer."""
        if seen is None or seen.grant.rule in FRAME_ONLY or path in seen.withheld:
            return None
        item = seen.item._replace(grant=seen.grant, withheld=seen.withheld)
        return self.audit.showing.text(item, text)

    def _line(
        self,
        item: Item,
        field: str | None,
        why: tuple[Ground, ...],
        mentioned: tuple[UUID, ...],
        text: Later | None,
    ) -> dict[str, Any]:
        return {
            "fact": at(item.place),
            "kind": type(item.fact).__name__,
            "occurred_on": item.fact.occurred_on,
            "agency": item.fact.label.agency,
            "field": field,
            "release": not why,
            "grounds": why,
            "statutes": tuple(dict.fromkeys(STATUTES[each] for each in why)),
            "mentioned": mentioned,
            "text": text,
        }

    def findings(self) -> Iterator[str]:
        """Why disclosing to a representative may harm the child (78条1項1号)."""
        persons = self.asking.persons
        if any(person in self.situation.protected for person in persons):
            yield "concealment"
        for recorded in self.about():
            fact = recorded.fact
            if isinstance(fact, AbuseReported):
                yield "abuse-reported"
            if isinstance(fact, ProtectionTaken):
                yield "protection-taken"
            why = grounds(item_of(recorded), self.asking, self.situation)
            if Ground.HIDDEN in why or Ground.HARMS_REQUESTER in why:
                yield str(Ground.HIDDEN if Ground.HIDDEN in why else Ground.HARMS_REQUESTER)


def _suggested(lines: Iterable[Mapping[str, Any]], findings: list[str]) -> DisclosureOutcome:
    """To a representative whom the record gives reason to fear, not even that there is one."""
    released = [line["release"] for line in lines]
    if findings:
        return DisclosureOutcome.NEITHER
    if not any(released):
        return DisclosureOutcome.REFUSED
    return DisclosureOutcome.FULL if all(released) else DisclosureOutcome.PARTIAL
