"""見本の応答: an answer of the shape a read promises, made from its schema."""

from collections.abc import Mapping
from typing import Any

_ID = "3f2b7c1e-5d4a-4c8b-9e6f-0a1b2c3d4e5f"
_FORMATS = {
    "uuid": _ID,
    "date": "2025-06-01",
    "date-time": "2025-06-01T10:00:00+09:00",
    "uri-reference": "/problems/Unknown",
}
_NAMES: Mapping[str, Any] = {
    "said": "相談を受け付けました（来所、緊急度: 通常）。",
    "fact": "ConsultationReceived",
    "occurred_on": "2025-06-01",
    "agency": "houkatsu",
    "desk": "consultation",
    "title": "今後の関わりについて",
    "name": "見本 はなこ",
    "kana": "みほん はなこ",
    "status": "ok",
    "next": None,
}
_PLAIN: Mapping[str, Any] = {
    "string": "見本",
    "integer": 1,
    "number": 1,
    "boolean": False,
    "null": None,
}


def sample(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "") -> Any:
    """Lists and maps have one entry, optional parts are there, choices take the first."""
    found = _resolved(schema, schemas)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in found:
            return sample(found[several][0], schemas, name)
    if "const" in found or "enum" in found:
        return found.get("const", found.get("enum", [None])[0])
    match found.get("type"):
        case "object":
            return _object(found, schemas)
        case "array":
            return [sample(found.get("items", {}), schemas)]
        case kind:
            return _value(found, str(kind), name)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema


def _object(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    fields = schema.get("properties", {})
    if fields:
        return {key: sample(each, schemas, key) for key, each in fields.items()}
    inner = schema.get("additionalProperties")
    return {_ID: sample(inner, schemas)} if isinstance(inner, Mapping) else {}


def _value(schema: Mapping[str, Any], kind: str, name: str) -> Any:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if kind == "string":
        return _NAMES.get(name, "code" if "pattern" in schema else _PLAIN[kind])
    return _PLAIN.get(kind)
