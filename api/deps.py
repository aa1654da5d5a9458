"""What a route may ask for: to write one decision, or to read as somebody appointed today."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from fastapi.dependencies.models import Dependant
from starlette.concurrency import run_in_threadpool

from api.callers import Caller, Listing, Read
from api.headers import bearer_in
from api.problems import NotSignedIn
from api.services import Services
from api.writing import Write
from domain.values import StaffId

VersionPath = Annotated[int, Path(ge=1, le=2**31 - 1)]
Cursor = Annotated[str | None, Query(description="前の応答の next")]
Limit = Annotated[int, Query(ge=1, le=200, description="一度に読む件数")]
After = Annotated[str | None, Query(description="この Setai-Position まで反映されてから読む")]


async def signed_in(request: Request) -> StaffId:
    """A token seen before costs a look-up; a new one is verified in a thread, for that may wait."""
    token = bearer_in(request.headers)
    if token is None:
        raise NotSignedIn
    services: Services = request.app.state.services
    if staff := services.tokens.seen(token):
        return staff
    return await run_in_threadpool(services.tokens.verify, token)


async def _writing(request: Request) -> Write:
    return Write(request, await signed_in(request))


async def _calling(request: Request) -> Caller:
    return Caller(request, await signed_in(request))


async def _listing(request: Request, after: After = None) -> Listing:
    return Listing(request, await signed_in(request), after)


async def _reading(request: Request, after: After = None) -> Read:
    return Read(request, await signed_in(request), after)


WriteDep = Annotated[Write, Depends(_writing)]
CallerDep = Annotated[Caller, Depends(_calling)]
ListingDep = Annotated[Listing, Depends(_listing)]
ReadDep = Annotated[Read, Depends(_reading)]


def signs_in(dependant: Dependant) -> bool:
    return _asks(dependant, _writing, _calling, _listing, _reading)


def reads_personal_text(dependant: Dependant) -> bool:
    return _asks(dependant, _reading)


def _asks(dependant: Dependant, *calls: object) -> bool:
    return any(each.call in calls for each in dependant.dependencies)
