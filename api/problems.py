"""Problems (RFC 9457): how a refusal, a mistake or a failure reads on the wire."""

import json
from collections.abc import Mapping
from typing import ClassVar

from fastapi import Response

from domain.ledger import (
    BrokenSeal,
    CommandIdReused,
    KeysUnavailable,
    LedgerUnavailable,
    NotADemonstration,
    OutcomeUnknown,
    ReceiptsUnavailable,
    StaleView,
)
from domain.refusals import (
    Refused,
    RoleNeeded,
    Unknown,
    UnknownAgency,
    UnknownBody,
    UnknownCode,
)
from domain.values import Role
from projections.sentences.words import ROLES

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = {"Retry-After": "5"}


class Problem(Exception):
    """この要求は受け付けられません。"""

    status: ClassVar[int] = 400
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, detail: str | None = None, **members: object) -> None:
        super().__init__(type(self).__name__)
        self.detail = detail
        self.members = members


class Malformed(Problem):
    """本文を JSON として読めません。圧縮せず、UTF-8 の JSON で送ってください。"""


class NotHttp(Problem):
    """要求を読めません。URL は短くし、日本語はパーセント符号化 (%E9%AB%98 など) してください。"""


class BadHeader(Problem):
    """ヘッダーの値が正しくありません。"""


class PurposeNeeded(Problem):
    """閲覧の目的を Setai-Purpose ヘッダーで示してください。"""


class NotSignedIn(Problem):
    """認証が必要です。有効なトークンを Authorization ヘッダーで送ってください。"""

    status = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="setai"'}


class NotAppointed(Problem):
    """今日有効な任命がありません。係長または管理者に確かめてください。"""

    status = 403


class NotYourCapacity(Problem):
    """Setai-Capacity の任命は、今日のあなたの任命にありません。GET /me の ID を送ってください。"""

    status = 403


class CapacityNeeded(Problem):
    """有効な任命が複数あります。どの立場で行うかを Setai-Capacity ヘッダーで選んでください。"""

    status = 403


class MethodNotAllowed(Problem):
    """この URL では使えない操作です。"""

    status = 405


class TooLarge(Problem):
    """送られた内容が大きすぎます。"""

    status = 413


class TooManyAtOnce(Problem):
    """同じトークンの要求が、同時に多すぎます。前の答えを待ってから送り直してください。"""

    status = 429
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class NotJson(Problem):
    """本文は application/json で送ってください。"""

    status = 415


class Invalid(Problem):
    """入力に誤りがあります。errors に挙げた項目を直してください。"""

    status = 422


class Unexpected(Problem):
    """思いがけない誤りが起きました。続くときは、管理者に時刻を知らせてください。"""

    status = 500


class IssuerUnavailable(Problem):
    """認証基盤に接続できません。しばらくしてから、もう一度送ってください。"""

    status = 503
    headers = _RETRY_AFTER


class PutAside(Problem):
    """この世帯には、まだ読み取れない記録があるため、見せられません。システムの担当者に知らせてください。"""

    status = 503


class NotYetShown(Problem):
    """新しい記録が、まだ一覧に反映されていません。少し待って、もう一度読んでください。"""

    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


STATUS: dict[type[Exception], int] = {
    Refused: 409,
    RoleNeeded: 403,
    Unknown: 404,
    StaleView: 412,
    NotADemonstration: 400,
    CommandIdReused: 409,
    UnknownCode: 422,
    UnknownAgency: 422,
    UnknownBody: 422,
    OutcomeUnknown: 503,
    LedgerUnavailable: 503,
    ReceiptsUnavailable: 503,
    BrokenSeal: 500,
}
"""Each refusal answers as its nearest ancestor does."""
UNAVAILABLE = (OutcomeUnknown, LedgerUnavailable, KeysUnavailable, ReceiptsUnavailable)


def status_of(kind: type[Exception]) -> int:
    if issubclass(kind, Problem):
        return kind.status
    return next(STATUS[ancestor] for ancestor in kind.__mro__ if ancestor in STATUS)


def title_of(kind: type[Exception]) -> str:
    return " ".join((kind.__doc__ or "").split())


def document(error: Exception) -> dict[str, object]:
    """The problem document; absent and hidden read the same, so Unknown says no more."""
    kind = type(error)
    base = {
        "type": f"/problems/{kind.__name__}",
        "title": title_of(kind),
        "status": status_of(kind),
    }
    match error:
        case Unknown():
            return base
        case Refused(details=details):
            return {**details, **base, **_detail(_explained(details))}
        case Problem(detail=detail, members=members):
            return {**members, **base, **_detail(detail)}
        case _:
            return base


def _detail(text: str | None) -> dict[str, object]:
    return {"detail": text} if text else {}


def _explained(details: Mapping[str, object]) -> str | None:
    match details:
        case {"allowed": [*codes]}:
            return f"選べる値: {', '.join(map(str, codes))}"
        case {"roles": [*roles]}:
            return f"必要な役割: {', '.join(ROLES[Role(str(role))] for role in roles)}"
        case _:
            return None


def answer(error: Exception) -> Response:
    body = document(error)
    headers = dict(error.headers) if isinstance(error, Problem) else {}
    if isinstance(error, UNAVAILABLE):
        headers |= _RETRY_AFTER
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(
        text.encode("utf-8", "replace"), status_of(type(error)), headers, media_type=MEDIA_TYPE
    )


def known(kind: type[Exception] = Refused) -> dict[str, type[Exception]]:
    """Every problem there can be, by its code."""
    found = {kind.__name__: kind}
    for sub in kind.__subclasses__():
        found |= known(sub)
    return found


def catalogue() -> dict[str, type[Exception]]:
    failures = {kind.__name__: kind for kind in (*UNAVAILABLE, BrokenSeal)}
    return dict(sorted((known() | known(Problem) | failures).items()))
