"""The HTTP edge: its routes, its errors, and how much may go on at once."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, FastAPI

from api import (
    abuse,
    appointment,
    assessment,
    attachments,
    audit,
    caseload,
    certificate,
    city,
    closure,
    concealment,
    consent,
    convening,
    correction,
    difference,
    disclosure,
    disclosures,
    duplicates,
    emergency,
    emergency_access,
    handling,
    health,
    households,
    identity,
    incidents,
    intake,
    knowledge,
    labelling,
    lead,
    me,
    meeting,
    membership,
    municipality,
    notes,
    outreach,
    pages,
    participation,
    plan,
    publications,
    referral,
    resources,
    sharing,
    sittings,
    statistics,
    tasks,
    tracing,
)
from api.audit.watching import Watch
from api.edge import Edge
from api.names import Names
from api.openapi import Examples, describe
from api.routing import Signposts
from api.services import Services

ROUTERS = (
    households.router,
    difference.router,
    knowledge.router,
    caseload.router,
    tasks.router,
    disclosures.router,
    certificate.router,
    duplicates.router,
    sittings.router,
    intake.router,
    membership.router,
    identity.router,
    concealment.router,
    notes.router,
    abuse.router,
    referral.router,
    lead.router,
    consent.router,
    sharing.router,
    labelling.router,
    correction.router,
    assessment.router,
    meeting.router,
    plan.router,
    outreach.router,
    participation.router,
    emergency.router,
    emergency_access.router,
    closure.router,
    attachments.router,
    disclosure.router,
    incidents.router,
    convening.router,
    appointment.router,
    resources.router,
    *audit.ROUTERS,
    statistics.router,
    city.router,
    tracing.router,
    publications.router,
    me.router,
    municipality.router,
    health.router,
    pages.router,
)
_UNTOLD = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
_ALONE: dict[str, Any] = {"docs_url": None, "redoc_url": None, "telemetry": _UNTOLD}
"""Our page needs no internet; no exporter is told of requests, whatever the environment says."""
_DEMONSTRATION = {"setai-demonstration": "true"}


def create_app(
    services: Services,
    *,
    extra: Sequence[APIRouter] = (),
    examples: Callable[[], Examples] = dict,
    threads: int = 32,
) -> FastAPI:
    """`extra` are routes of a demonstration; `threads`: requests worked on at the same time."""
    names = Names(services.tables, services.book)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        names.start()
        async with services.ledger.log.attended():
            yield
        names.close()

    app = FastAPI(title="世帯支援台帳", lifespan=lifespan, redirect_slashes=False, **_ALONE)
    app.state.services = services
    app.state.candidates = duplicates.Candidates()
    app.state.watch = Watch(services.homes)
    app.state.names = names
    handling.install(app)
    for router in (*ROUTERS, *extra):
        # Flat: an included router is matched twice per request (measured: 0.1 ms).
        app.router.routes.extend(router.routes)
    app.router.middleware_stack = Signposts(app.router)
    app.openapi = describe(app, examples)  # type: ignore[method-assign]
    headers = _DEMONSTRATION if services.ledger.demonstration else {}
    app.add_middleware(Edge, headers=headers, at_once=max(1, threads // 2))
    return app
