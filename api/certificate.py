"""証明: a paper for the person, that there are records of their consultation and support."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.callers import Read
from api.deps import ReadDep
from api.showing import Later, Showing
from domain.events.person import PersonIdentified
from domain.gate import WITHHELD
from domain.gate.certifying import Certified, Line, certified
from domain.gate.releasing import Asking, Ground
from domain.values import Value
from projections.case_view import PersonView
from projections.certified import records_of

router = APIRouter(prefix="/households/{hid}", tags=["証明"])
_SAYS = "次の日に、相談または支援の記録があることを証明します。"
_SAID: Mapping[Certified, str] = {
    Certified.CONSULTED: "本人からの相談を受けました。",
    Certified.MET: "本人と会い、支援を行いました。",
    Certified.PLANNED: "支援プランにもとづく支援を始めました。",
}


class CertifiedLine(Value):
    """証明の一行。"""

    on: str
    what: Certified
    said: str


class Certificate(Value):
    """本人に渡す証明。`name` は本人確認の前は null。居場所・機関・会議のことは載らない。"""

    person: UUID
    name: str | None
    municipality: str
    issued_on: date
    says: str
    lines: tuple[CertifiedLine, ...]


class RecordAt(Value):
    stream: UUID
    version: int


class WithheldLine(Value):
    """証明に載せなかった一行と、その理由（支援会議で知ったことで、その後の固有の根拠がないなど）。"""

    on: str
    what: Certified
    grounds: tuple[Ground, ...]
    facts: tuple[RecordAt, ...]


class Certifying(Value):
    """`certificate` は本人に渡すもの、`withheld` は作る人だけが見る。"""

    certificate: Certificate
    withheld: tuple[WithheldLine, ...]


@router.get(
    "/persons/{pid}/certificate",
    summary="相談・支援の記録があることの証明を作る",
    response_model=Certifying,
)
def certificate(hid: UUID, pid: UUID, read: ReadDep) -> Response:
    found = read.found(records_of, hid, pid)
    lines = certified(found.items, Asking(found.ids, read.today), found.situation)
    read.showing.rests_on(item for line in lines for item in line.items)
    paper = {
        "person": found.person.id,
        "name": _name(found.person, read.showing),
        "municipality": read.profile.name,
        "issued_on": read.today,
        "says": _SAYS,
        "lines": [
            {"on": line.on, "what": line.what, "said": _SAID[line.what]}
            for line in lines
            if not line.grounds
        ],
    }
    body = {
        "certificate": paper,
        "withheld": [_withheld(line, read) for line in lines if line.grounds],
    }
    return read.answer(body)


def _name(person: PersonView, showing: Showing) -> Later | None:
    """As it was identified last, where the reader may read it."""
    items = (item for row in person.rows for item in row.items)
    named = [(item, item.fact.name) for item in items if isinstance(item.fact, PersonIdentified)]
    read = [each for each in named if each[1] != WITHHELD]
    return showing.text(*read[-1]) if read else None


def _withheld(line: Line, read: Read) -> dict[str, Any]:
    places = [item.place for item in line.items]
    facts = [{"stream": at.stream, "version": read.opaque.number(*at)} for at in places]
    return {"on": line.on, "what": line.what, "grounds": line.grounds, "facts": facts}
