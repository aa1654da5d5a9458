"""本人への閲覧状況: which agency looked at the person's record, on which day, what for.

No staff, no record, and nothing from which anybody's danger could be read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.audit.lines import PURPOSES, Said, day_of
from api.audit.open_facts import only
from api.audit.reads import all_of, of_person
from api.audit.span import From, To, in_order
from api.audit.tips import told_from
from api.auditing import Audit, Lines
from api.deps import SiftingDep
from domain.events.consent import ConsentGiven
from domain.events.membership import MemberJoined
from domain.events.rights import Requester
from domain.gate import ONCE, Place, Situation, item_of
from domain.gate.releasing import Asking, Ground, concerns, endangers, narratives
from domain.recorded import Recorded, effective
from domain.refusals import Refused
from domain.values import Value
from projections.book import Read, one_with
from projections.conflicts import is_feared
from projections.past import contexts
from projections.people import people

router = APIRouter(prefix="/audit", tags=["監査"])
_MET = frozenset({"room", "secretariat", "sitting-member", "request"})
_CLOSED = _MET | {"protection", ONCE, "privacy-audit", "privacy-metadata"}
"""Rules that tell by themselves what the person must not learn from us."""


class StatementForThePersonAlone(Refused):
    """閲覧状況は、本人だけに渡します。法定代理人・任意代理人からの求めは、開示請求として受け付けてください。子どもの安全などを確かめて決めるためです。"""


class StatementLine(Value):
    """どの機関が、いつ、何のために。"""

    day: date
    agency: str
    agency_name: str
    purpose: str


class Statement(Value):
    """本人に渡す閲覧状況。"""

    person: UUID
    lines: tuple[StatementLine, ...]


class Statements(Value):
    """`statement` は本人に渡すもの、`kept_back` は担当だけが見る、除いた件数（理由ごと）。"""

    statement: Statement
    kept_back: dict[str, int]


@router.get("/statements", summary="本人への閲覧状況を作る", response_model=Statements)
def statements(
    audit: SiftingDep,
    person: UUID,
    requester: Requester,
    since: From = date.min,
    until: To = date.max,
) -> Response:
    """求めたのが本人でなければ作りません（代理人は開示請求へ）。"""
    in_order(since, until)
    if requester is not Requester.PERSON:
        raise StatementForThePersonAlone
    telling = Telling(audit, person)
    span = {"since": since, "until": until}
    reads = all_of(audit, {**of_person(audit, person), **span})
    kept: Counter[str] = Counter()
    lines: dict[tuple[date, str, str], None] = {}
    for read in reads:
        if read.outcome != "shown" or not telling.concerns(read):
            continue
        if why := telling.kept_back(read):
            kept[why] += 1
        else:
            lines[day_of(read.at), read.capacity.agency, read.purpose or ""] = None
    told = [telling.line(*line) for line in sorted(lines)]
    body = {
        "statement": {"person": person, "lines": told},
        "kept_back": dict(sorted(kept.items())),
    }
    columns = {
        "日": lambda line: line["day"],
        "機関": lambda line: line["agency_name"],
        "目的": lambda line: PURPOSES.get(line["purpose"], line["purpose"]),
    }
    return audit.tell(body, Lines(columns, told), receipts=len(reads), staff=[person])


class Telling:
    """What this person may be told of who read about them."""

    def __init__(self, audit: Audit, person: UUID) -> None:
        self._audit = audit
        self.asking = Asking(audit.ask(people, [person])[person].ids, audit.today)
        self._ever = frozenset(audit.ask(one_with, person))
        self._contexts = audit.ask(contexts, person, audit.today)
        self._histories: dict[UUID, dict[int, Recorded]] = {}
        self._agencies = self._known() if self._feared() else None
        self._from = told_from(self._every(), self.asking)

    def concerns(self, read: Read) -> bool:
        """Whether it is about this person; under the id of somebody else, too, with whom they were
        taken for one when it was recorded.
        """
        if read.item is None:
            return False
        recorded = self._history(read.item.stream).get(read.item.version)
        if recorded is None:
            return not self.asking.persons.isdisjoint((read.item.stream, *read.subjects))
        return concerns(item_of(recorded), self.asking, self._situation(read.item.stream))

    def kept_back(self, read: Read) -> str | None:
        """Why a line is left out; None where it may be told."""
        if read.item is None or read.rule in _CLOSED or self._in_confidence(read):
            return "closed-rule"
        if self._agencies is not None and read.capacity.agency not in self._agencies:
            return "counterparty"
        if day_of(read.at) < self._from.get(read.capacity.agency, date.min):
            return str(Ground.INFORMANT)
        recorded = self._history(read.item.stream).get(read.item.version)
        if recorded is None:
            return "withdrawn"
        found = endangers(item_of(recorded), self.asking, self._situation(read.item.stream))
        return str(found[0]) if found else None

    def _in_confidence(self, read: Read) -> bool:
        """Whether it was opened by what was done at an item that binds to secrecy."""
        rested = {Place(*each) for each in read.facts}
        meetings = self._situation(read.item.stream).meetings.values() if read.item else ()
        return any(
            place in rested and meeting.confidential(item)
            for meeting in meetings
            for item, (place, _) in meeting.items.items()
        )

    def line(self, day: date, agency: str, purpose: str) -> dict[str, Any]:
        name = Said(self._audit.profile).named(agency, None, day)
        return {"day": day, "agency": agency, "agency_name": name, "purpose": purpose}

    def _history(self, stream: UUID) -> dict[int, Recorded]:
        if stream not in self._histories:
            history = effective(self._audit.services.ledger.history(stream))
            self._histories[stream] = {recorded.version: recorded for recorded in history}
        return self._histories[stream]

    def _situation(self, stream: UUID) -> Situation:
        """Of the case in which it stands; of any of the person's, where it is the person's own."""
        here = (c.situation for c in self._contexts if stream in c.streams)
        return next(here, None) or self._contexts[0].situation

    def _every(self) -> Iterator[tuple[Recorded, Situation]]:
        for context in self._contexts:
            for stream in context.streams:
                for recorded in self._history(stream).values():
                    yield recorded, context.situation

    def _feared(self) -> bool:
        """Whether somebody is protected from this person, or anything is hidden from them."""
        if self._audit.ask(is_feared, self._ever):
            return True
        return any(not self._ever.isdisjoint(each) for each in self._walls())

    def _walls(self) -> Iterator[Iterable[UUID]]:
        for context in self._contexts:
            for changes in context.situation.changes.values():
                yield from (change.hide_from for change in changes)
        for recorded, _ in self._every():
            if isinstance(recorded.fact, MemberJoined) and recorded.fact.again:
                continue
            yield recorded.fact.label.hidden_from
            yield from (part.label.hidden_from for *_, part in narratives(recorded.fact))

    def _known(self) -> frozenset[str]:
        """The agencies that this person has named: those they know to be there."""
        homes = [home for context in self._contexts for home in context.households]
        told = (recorded for home in homes for recorded in self._history(home).values())
        given = (f for _, f in only(told, ConsentGiven) if f.giver in self.asking.persons)
        return frozenset(agency for fact in given for agency in fact.agencies)
