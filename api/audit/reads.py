"""だれが見たか: who saw a household, a person or a fact, and what somebody saw; who was refused."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.audit import views
from api.audit.lines import (
    OUTCOMES,
    PURPOSES,
    TIME,
    Agent,
    At,
    Said,
    agent,
    at,
    ats,
    reason,
    words_at,
)
from api.audit.span import From, To, in_order
from api.auditing import Audit, Lines
from api.deps import Cursor, Limit, SiftingDep
from api.problems import Problem
from api.sheet import Columns
from domain.events import KIND_OF
from domain.values import Value
from projections.book import Read, one_with, who_saw
from replays.extracts import USES, Use

router = APIRouter(prefix="/audit", tags=["監査"])
_MOST = 20_000
_CHUNK = 1000


class AskAboutOne(Problem):
    """household・person・stream と version・staff のうち、どれか一つを指定してください。"""


class TooManyLines(Problem):
    """表にするには件数が多すぎます。from と to で期間を短くしてください。"""


class ReadLine(Value):
    """閲覧の一行。`rule` と `facts` は、見せた（断った）規則と、それを決めた記録。
    `words` は、その文がある記録（訂正されたときは訂正の記録）。`asked` は、命令を打った人と仕事。
    """

    receipt: At
    at: datetime
    by: Agent
    purpose: str | None
    view: str
    outcome: str
    household: UUID | None
    item: At | None
    words: At | None
    subjects: tuple[UUID, ...]
    rule: str | None
    reason: str | None
    facts: tuple[At, ...]
    withheld: tuple[str, ...]
    asked: dict[str, str]


class Reads(Value):
    """だれが、いつ、どの資格で、なぜ、どの根拠で見たか。新しいものから。"""

    reads: tuple[ReadLine, ...]
    next: str | None


Version = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="記録の番号")]


@router.get("/reads", summary="だれが見たかを照会する", response_model=Reads)
def reads(  # noqa: PLR0913, PLR0917 - each may be asked by itself
    request: Request,
    audit: SiftingDep,
    household: UUID | None = None,
    person: UUID | None = None,
    stream: UUID | None = None,
    version: Version = None,
    staff: UUID | None = None,
    since: From = date.min,
    until: To = date.max,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Response:
    if stream and version is not None:
        version = audit.opaque.version_of(stream, version)
    in_order(since, until)
    about = _about(household, person, staff, (stream, version))
    if person:
        about |= of_person(audit, person)
    before = audit.resume(cursor, int, int)
    span = {"since": since, "until": until}
    if audit.as_sheet:
        found, more = all_of(audit, {**about, **span}), None
    else:
        found = _page(audit, {**about, **span}, before, limit + 1)
        more = (found[limit - 1].position, found[limit - 1].line) if found[limit:] else None
        found = found[:limit]
    names = audit.names(read.staff for read in found)
    body = {"reads": [line(read, names) for read in found], "next": audit.next_cursor(more)}
    asked = [each for each in (person, staff) if each]
    of = [household] if household else []
    table = _sheet(found, _columns(names, Said(audit.profile), views.names(request.app.routes)))
    return audit.tell(body, table, receipts=len(found), sought=of, staff=asked)


def of_person(audit: Audit, person: UUID) -> dict[str, Any]:
    """What was read under every id of theirs; of an id that is no person's, as if it were not there
    at all: the reads of a household would seem to be somebody's.
    """
    history = audit.services.ledger.history(person)
    if all(KIND_OF[type(recorded.fact)] != "person" for recorded in history):
        return {"person": None, "nobody": person}
    return {"person": person, "also": audit.ask(one_with, person)}


def _about(
    household: UUID | None,
    person: UUID | None,
    staff: UUID | None,
    fact: tuple[UUID | None, int | None],
) -> dict[str, Any]:
    given = {"household": household, "person": person, "staff": staff}
    if None not in fact:
        given["fact"] = fact  # type: ignore[assignment]
    asked = {name: value for name, value in given.items() if value is not None}
    if len(asked) != 1 or fact.count(None) == 1:
        raise AskAboutOne
    return asked


def all_of(audit: Audit, about: Mapping[str, Any]) -> list[Read]:
    found: list[Read] = []
    before: tuple[int, int] | None = None
    while len(found) <= _MOST:
        page = _page(audit, about, before, _CHUNK)
        found += page
        if len(page) < _CHUNK:
            return found
        before = page[-1].position, page[-1].line
    raise TooManyLines


def _page(
    audit: Audit, about: Mapping[str, Any], before: tuple[int, int] | None, limit: int
) -> list[Read]:
    return audit.ask(who_saw, **about, before=before, limit=limit, recused=audit.recused)


def line(read: Read, names: Mapping[UUID, Any]) -> dict[str, Any]:
    return {
        "receipt": at(read.receipt),
        "at": read.at,
        "by": agent(read.staff, read.capacity, names),
        "purpose": read.purpose,
        "view": read.view,
        "outcome": read.outcome,
        "household": read.household,
        "item": at(read.item),
        "words": words_at(read.item, read.words),
        "subjects": read.subjects,
        "rule": read.rule,
        "reason": reason(read.rule),
        "facts": ats(read.facts),
        "withheld": read.withheld,
        "asked": read.asked,
    }


def _sheet(found: list[Read], columns: Columns) -> Lines:
    """One line per subject."""
    rows = [(read, subject) for read in found for subject in read.subjects or (None,)]
    return Lines(columns, rows)


def _columns(names: Mapping[UUID, Any], said: Said, called: Mapping[str, str]) -> Columns:
    def of(tell: Callable[[Read], Any]) -> Callable[[tuple[Read, UUID | None]], Any]:
        return lambda row: tell(row[0])

    return {
        TIME: of(lambda read: read.at),
        "職員": of(lambda read: names.get(read.staff)),
        "職員ID": of(lambda read: read.staff),
        "機関・係": of(lambda read: said.agency(read.capacity, read.at)),
        "役割": of(lambda read: said.role(read.capacity)),
        "目的": of(lambda read: PURPOSES.get(read.purpose or "", read.purpose)),
        "画面": of(lambda read: called.get(read.view, read.view)),
        "結果": of(lambda read: OUTCOMES[read.outcome]),
        "世帯": of(lambda read: read.household),
        "対象者": lambda row: row[1],
        "記録": of(lambda read: ats(_items(read))),
        "規則": of(lambda read: read.rule),
        "根拠": of(lambda read: reason(read.rule)),
        "根拠の記録": of(lambda read: ats(read.facts)),
        "見せなかった部分": of(lambda read: read.withheld),
        "控え": of(lambda read: ats([read.receipt])),
        "端末の利用者": of(lambda read: read.asked.get("operator")),
        "書き出した人": of(lambda read: read.asked.get("by")),
        "使う仕事": of(lambda read: _use(read.asked.get("for"))),
    }


def _use(code: str | None) -> str | None:
    return USES[Use(code)] if code in set(Use) else code


def _items(read: Read) -> Iterator[tuple[UUID, int]]:
    if read.item:
        yield read.item
