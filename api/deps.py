"""What a route may ask for: to write one decision, or to read as somebody appointed today."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request
from fastapi.dependencies.models import Dependant
from starlette.concurrency import run_in_threadpool

from api.auditing import Audit, Sifting
from api.callers import Caller, Listing, Read
from api.counting import Counting
from api.doubled import doubled
from api.headers import Purpose, bearer_in
from api.mistakes import twice
from api.problems import Invalid, NotSignedIn
from api.services import Services
from api.writing import Write
from domain.values import StaffId

NumberPath = Annotated[int, Path(ge=0, le=2**31 - 1, description="記録の番号")]
Cursor = Annotated[str | None, Query(description="前の応答の next")]
Limit = Annotated[int, Query(ge=1, le=200, description="一度に読む件数")]
Form = Annotated[
    Literal["json", "csv"],
    Query(alias="format", description="csv なら表計算の表（Accept: text/csv でもよい）"),
]
After = Annotated[str | None, Query(description="この Setai-Position まで反映されてから読む")]


def seen_before(request: Request) -> StaffId | None:
    """Whose token it is, if that costs no more than a look-up."""
    token = bearer_in(request.headers)
    services: Services = request.app.state.services
    return None if token is None else services.tokens.seen(token)


async def signed_in(request: Request) -> StaffId:
    """A token never seen before is verified in a thread, for that may wait."""
    if staff := seen_before(request):
        return staff
    token = bearer_in(request.headers)
    if token is None:
        raise NotSignedIn
    services: Services = request.app.state.services
    return await run_in_threadpool(services.tokens.verify, token)


SignedIn = Annotated[StaffId, Depends(signed_in)]


async def _writing(request: Request) -> Write:
    staff = await signed_in(request)
    if name := doubled(await request.body()):
        raise Invalid(errors=[twice(name)])
    return Write(request, staff)


async def _calling(request: Request) -> Caller:
    return Caller(request, await signed_in(request))


async def _listing(request: Request, after: After = None) -> Listing:
    return Listing(request, await signed_in(request), after)


async def _reading(request: Request, after: After = None) -> Read:
    return Read(request, await signed_in(request), after)


def _auditing(request: Request, staff: SignedIn, after: After = None, form: Form = "json") -> Audit:
    return Audit(request, staff, after, form).admit(Purpose.AUDIT)


def _sifting(request: Request, staff: SignedIn, after: After = None, form: Form = "json") -> Audit:
    return Sifting(request, staff, after, form).admit(Purpose.AUDIT)


def _disclosing(request: Request, staff: SignedIn, after: After = None) -> Audit:
    return Audit(request, staff, after, None).admit(Purpose.DISCLOSURE)


def _counting(request: Request, staff: SignedIn, after: After = None) -> Counting:
    return Counting(request, staff, after).admit()


WriteDep = Annotated[Write, Depends(_writing)]
CallerDep = Annotated[Caller, Depends(_calling)]
ListingDep = Annotated[Listing, Depends(_listing)]
ReadDep = Annotated[Read, Depends(_reading)]
AuditDep = Annotated[Audit, Depends(_auditing)]
SiftingDep = Annotated[Audit, Depends(_sifting)]
DisclosureDep = Annotated[Audit, Depends(_disclosing)]
CountingDep = Annotated[Counting, Depends(_counting)]


_READERS = {_listing: Listing, _reading: Read}


def reader_of(dependant: Dependant) -> type[Listing] | None:
    """As whom the route is asked to read."""
    return next(
        (_READERS[each.call] for each in dependant.dependencies if each.call in _READERS), None
    )


def signs_in(dependant: Dependant) -> bool:
    return _asks(dependant, _writing, _calling, _listing, *_PERSONAL)


def writes(dependant: Dependant) -> bool:
    return _asks(dependant, _writing)


def reads_personal_text(dependant: Dependant) -> bool:
    return _asks(dependant, *_PERSONAL)


_PERSONAL = (_reading, _auditing, _sifting, _disclosing, _counting)


def _asks(dependant: Dependant, *calls: object) -> bool:
    return any(each.call in calls for each in dependant.dependencies)
