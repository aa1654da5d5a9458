"""The OpenAPI document: what is the same for every operation is said here, once."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.deps import reads_personal_text, signs_in
from api.headers import Purpose
from api.problems import MEDIA_TYPE
from api.samples import ANSWERS, LOCATION, RECEIPT, TAG, TOKEN, WRITTEN

Examples = Mapping[tuple[str, str], Any]
"""By method and path template: the body of a write, the answer of a read."""

DESCRIPTION = """
世帯を単位に、相談の受付から終結までを出来事として記録する台帳です。

- 書き込みは `201` と `Location`・`ETag`・`Setai-Position` を返します。
- `Idempotency-Key` (UUID) を付けると、同じ要求を何度送っても一度だけ記録されます。
- `If-Match` に読んだときの `ETag` を付けると、その後に見えるものが変わっていれば `412` になります。
- `ETag`・`Setai-Position`・`next` は中を読めない符です。受け取ったまま送り返してください。
- 読み取りは `?after=<Setai-Position>` で、書いたものが反映されるのを待てます。
- 本人に関する文を読むときは `Setai-Purpose` で目的を示します。
- 断りと誤りは `application/problem+json` (RFC 9457) です。`type` の末尾がコードです。
- 日付は `2025-04-01` のほか、`令和7年4月1日` のような和暦でも書けます。
"""
_UUID = {"type": "string", "format": "uuid"}
_REFUSALS = {
    "400": "本文かヘッダーの形が正しくない",
    "401": "認証されていない",
    "403": "今日の任命では行えない",
    "404": "該当する記録がない",
    "409": "きまりにより、いまは記録できない",
    "412": "読んだ後に、見えるものが変わった",
    "413": "大きすぎる",
    "415": "JSON ではない",
    "422": "入力に誤りがある",
    "429": "同じトークンからの要求が、同時に多すぎる（前の答えを待って送り直せる）",
    "503": "いまは応じられない（同じ Idempotency-Key で送り直せる）",
}
_OF_READS = ("400", "401", "403", "404", "422", "429", "503")


def _header(name: str, text: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": text, "schema": schema, **more}


_PARAMETERS = {
    "Capacity": _header("Setai-Capacity", "どの任命で行うか（任命が複数あるとき）", _UUID),
    "IdempotencyKey": _header("Idempotency-Key", "この要求の ID。送り直しても一度だけ記録", _UUID),
    "IfMatch": _header(
        "If-Match", "読んだときの ETag", {"type": "string", "pattern": '^"[\\w-]+"$'}
    ),
    "Purpose": _header(
        "Setai-Purpose",
        "閲覧の目的（相談・支援計画・会議・監査・開示・統計）",
        {"type": "string", "enum": [str(purpose) for purpose in Purpose]},
        required=True,
    ),
}
_SCHEMAS = {
    "Written": {
        "title": "記録の結果",
        "type": "object",
        "required": ["id", "ids", "fact", "position"],
        "properties": {
            "id": {**_UUID, "description": "記録されたものの ID"},
            "ids": {
                "type": "object",
                "description": "一度に記録されたものそれぞれの ID",
                "additionalProperties": _UUID,
            },
            "fact": {
                "type": ["integer", "null"],
                "description": "この記録の番号（訂正・提供・つなぎで指すときに使う）。"
                "その世帯などに何も加えなければ null",
            },
            "position": {
                "type": ["string", "null"],
                "description": "記録の位置（読み取りの after に使う）。何も変わらなければ null",
            },
            "held_back": {
                "type": "object",
                "description": "同意がないために重層的支援会議から控えた人、記録の番号、段落の数"
                "（付議と、重層的支援会議にかける決定だけ）",
                "required": ["persons", "facts", "paragraphs"],
                "properties": {
                    "persons": {"type": "array", "items": _UUID},
                    "facts": {"type": "array", "items": {"type": "integer"}},
                    "paragraphs": {"type": "integer"},
                },
            },
        },
    },
    "Problem": {
        "title": "断り・誤り (RFC 9457)",
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        },
    },
}


def _string_header(text: str, example: str) -> dict[str, Any]:
    return {"description": text, "schema": {"type": "string"}, "example": example}


_HEADERS = {
    "Location": _string_header("記録を読める場所", LOCATION),
    "ETag": _string_header("見たもののしるし（If-Match に使う）", TAG),
    "Setai-Position": _string_header("記録の位置", TOKEN),
}
_RECEIPT = _string_header("この閲覧の控えの所在（閲覧簿の流れと版）", RECEIPT)
_TAGGED = {"/households/{hid}", "/sittings/{sid}"}
_REF = {"$ref": "#/components/schemas/Written"}


def _written(code: str, text: str) -> dict[str, Any]:
    content = {"schema": _REF, "example": WRITTEN[code]}
    return {
        "description": text,
        "headers": _HEADERS,
        "content": {"application/json": content},
    }


def describe(app: FastAPI, examples: Callable[[], Examples]) -> Callable[[], dict[str, Any]]:
    """What FastAPI calls for the document; made once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, examples())
        return app.openapi_schema

    return document


def _document(app: FastAPI, examples: Examples) -> dict[str, Any]:
    found = get_openapi(
        title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes
    )
    components = found.setdefault("components", {})
    components.setdefault("schemas", {}).update(_SCHEMAS)
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["parameters"] = _PARAMETERS
    components["responses"] = {f"Problem{code}": _problem(text) for code, text in _REFUSALS.items()}
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    for route, method, operation in _operations(app, found["paths"]):
        _complete(route, method, operation)
        _illustrate(operation, ANSWERS.get(route.path) or examples.get((method, route.path)))
    return found


def _operations(
    app: FastAPI, paths: Mapping[str, Any]
) -> Iterator[tuple[APIRoute, str, dict[str, Any]]]:
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in sorted(route.methods or ()):
                yield route, method, paths[route.path_format][method.lower()]


def _complete(route: APIRoute, method: str, operation: dict[str, Any]) -> None:
    writes = method == "POST"
    names = [
        *(["IdempotencyKey", "IfMatch"] if writes else []),
        *(["Purpose"] if reads_personal_text(route.dependant) else []),
        *(["Capacity"] if signs_in(route.dependant) else []),
    ]
    own = operation.get("parameters", [])
    operation["parameters"] = [*own, *({"$ref": f"#/components/parameters/{n}"} for n in names)]
    responses = operation["responses"]
    responses.pop("422", None)
    if writes:
        responses.pop("200", None)
        responses["201"] = _written("201", "記録した")
        responses["200"] = _written("200", "すでにそうなっている（何も加えない）")
    if reads_personal_text(route.dependant):
        responses["200"]["headers"] = {"Setai-Receipt": _RECEIPT}
    if route.path in _TAGGED and not writes:
        responses["200"]["headers"]["ETag"] = _HEADERS["ETag"]
    if signs_in(route.dependant):
        operation["security"] = [{"bearer": []}]
    for code in _codes(route, writes=writes):
        responses[code] = {"$ref": f"#/components/responses/Problem{code}"}


def _codes(route: APIRoute, *, writes: bool) -> tuple[str, ...]:
    if not signs_in(route.dependant):
        return ("404", "422")
    return tuple(_REFUSALS) if writes else _OF_READS


def _illustrate(operation: dict[str, Any], example: Any) -> None:
    """A write shows what a story sent; a read shows what a story was answered."""
    if example is None:
        return
    holder = operation.get("requestBody") or operation["responses"].get("200", {})
    for content in holder.get("content", {}).values():
        content["example"] = example


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}
