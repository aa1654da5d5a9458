"""会議が知っていたこと: the case as it was known when a sitting decided, pinned for good."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from psycopg import Connection

from api.callers import Read
from api.deps import ReadDep
from api.households import CaseNow, case_body, knowing
from api.past import AsOf, Past
from domain.gate import Grant, Reader, may_read
from domain.recorded import effective
from domain.values import Value
from projections.access import cases
from projections.as_of import Histories, case_as_of
from projections.as_of.folding import row_item
from projections.as_of.pin import Pin, known, pin_of

router = APIRouter(prefix="/households/{hid}", tags=["付議・会議決定"])


class Knowledge(Value):
    """決定が拠った記録: `digest` は決定の直前までのすべての記録の鍵つきの要約で、あとから何が
    加わっても変わらない。`case` はそのときのケースの、見せる部分。
    """

    decision: UUID
    decided_on: date
    digest: str
    case: CaseNow | None
    as_of: AsOf


@router.get(
    "/meeting-decisions/{did}/knowledge",
    summary="会議が決定のときに知っていたことを読む",
    response_model=Knowledge,
)
def knowledge(hid: UUID, did: UUID, read: ReadDep) -> Response:
    pin = _pinned(read, hid, did)
    recorded = pin.decided
    histories = Histories(read.ledger.shelved, pin.point)
    read.past = Past(pin.point.true_at, recorded.recorded_at, histories)
    found = read(read.of(case_as_of, case_as_of), hid)
    decided = f"{did}:{pin.point.position}".encode()
    body = {
        "decision": did,
        "decided_on": pin.fact.occurred_on,
        "digest": read.services.book.digest_of([decided, *known(pin, read.ledger.histories)]),
        "case": found and case_body(found, knowing(found, read.showing)),
    }
    return read.answer(body)


def _pinned(read: Read, household: UUID, decision: UUID) -> Pin:
    """Of a decision that the reader may read today; else as if there were none."""
    pin = pin_of(effective(read.ledger.history(household)), decision)

    def readable(connection: Connection[Any], *, reader: Reader) -> Pin | None:
        case = cases(connection, [household], reader.today)[household]
        verdict = pin and may_read(reader, row_item(pin.decided), case.situation)
        return pin if isinstance(verdict, Grant) else None

    return read.found(readable)
