"""What needs nobody signed in: the page of this API and the meaning of its problem codes."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import docs, problems
from domain.refusals import Unknown
from domain.values import Value

router = APIRouter(tags=["この API"])
_HTML_POLICY = {"content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'"}


@router.get("/", include_in_schema=False)
def front() -> Response:
    return RedirectResponse("/docs")


@router.get("/docs", include_in_schema=False)
def documentation(request: Request) -> Response:
    return HTMLResponse(docs.page(request.app.openapi()), headers=_HTML_POLICY)


@router.get("/docs/style.css", include_in_schema=False)
def style() -> Response:
    return Response(docs.STYLE, media_type="text/css")


class Meaning(Value):
    """断り・誤りの意味。"""

    code: str
    title: str
    status: int


@router.get("/problems/{code}", summary="断り・誤りのコードの意味")
def explain(code: str) -> Meaning:
    kind = problems.catalogue().get(code)
    if kind is None:
        raise Unknown
    return Meaning(code=code, title=problems.title_of(kind), status=problems.status_of(kind))
