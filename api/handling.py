"""Errors, once: from what was raised to the problem document."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api import mistakes, problems
from domain.ledger import BrokenSeal
from domain.refusals import Refused, Unknown


async def on_problem(_: Request, error: Exception) -> Response:
    return problems.answer(error)


async def on_invalid(request: Request, error: Exception) -> Response:
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    if any(each["type"] == "json_invalid" for each in errors):
        return problems.answer(problems.Malformed())
    return problems.answer(problems.Invalid(errors=mistakes.in_words(errors, _body_of(request))))


def _body_of(request: Request) -> type[BaseModel] | None:
    """The command that the route expects."""
    field = getattr(request.scope.get("route"), "body_field", None)
    kind = field.field_info.annotation if field else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


async def on_nesting(_: Request, __: Exception) -> Response:
    return problems.answer(problems.Malformed("入れ子が深すぎます。"))


_OF_STATUS: dict[int, type[Exception]] = {
    401: problems.NotSignedIn,
    404: Unknown,
    405: problems.MethodNotAllowed,
    413: problems.TooLarge,
    415: problems.NotJson,
}


async def on_http(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    kind = _OF_STATUS.get(status)
    response = problems.answer(kind() if kind else problems.Malformed(_unread(error.__cause__)))
    allow = (getattr(error, "headers", None) or {}).get("Allow")
    if allow:
        response.headers["Allow"] = allow
    return response


def _unread(cause: BaseException | None) -> str | None:
    """Why the framework could not read a body, as far as there is something to do about it."""
    if isinstance(cause, UnicodeDecodeError):
        return "UTF-8 の文字ではありません。圧縮や、Shift_JIS などの文字コードを確かめてください。"
    return "数の桁が多すぎます。" if isinstance(cause, ValueError) else None


def install(app: FastAPI) -> None:
    for kind in (Refused, problems.Problem, *problems.UNAVAILABLE, BrokenSeal):
        app.add_exception_handler(kind, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RecursionError, on_nesting)
