"""入力の誤り: what pydantic found, in words to act on, never repeating what was typed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel

from domain.values import Personal

_FIELD = re.compile(r"^[a-z][a-z0-9_]{0,63}$", re.IGNORECASE)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
_MOST = 50
Path = tuple[str | int, ...]

SAYS = {
    "missing": "必要な項目がありません。",
    "extra_forbidden": "この場所に書けない項目です。",
    "string_type": "文字列ではありません。",
    "string_too_short": "空か、短すぎます。書くことがなければ、項目ごと省いてください。",
    "string_too_long": "長すぎます。",
    "string_pattern_mismatch": "書き方が決まりと違います。",
    "string_unicode": "文字として正しくない符号が含まれています。",
    "enum": "選べない値です。",
    "literal_error": "選べない値です。",
    "union_tag_invalid": "種別が選べない値です。",
    "union_tag_not_found": "種別の項目がありません。",
    "bool_type": "true か false ではありません。",
    "bool_parsing": "true か false ではありません。",
    "int_type": "整数ではありません。",
    "int_parsing": "整数ではありません。",
    "int_from_float": "整数ではありません。",
    "int_parsing_size": "数が大きすぎます。",
    "greater_than_equal": "小さすぎます。",
    "greater_than": "小さすぎます。",
    "less_than_equal": "大きすぎます。",
    "less_than": "大きすぎます。",
    "uuid_type": "ID の形ではありません。",
    "uuid_parsing": "ID の形ではありません。",
    "date_type": "日付ではありません。",
    "date_parsing": "日付として読めません。",
    "date_from_datetime_parsing": "日付として読めません。",
    "date_from_datetime_inexact": "日付だけを書いてください。",
    "datetime_parsing": "日時として読めません。",
    "datetime_from_date_parsing": "日時として読めません。",
    "timezone_aware": "時差 (+09:00 など) を付けてください。",
    "tuple_type": "並び ([ ]) ではありません。",
    "list_type": "並び ([ ]) ではありません。",
    "too_short": "要素が足りません。",
    "too_long": "要素が多すぎます。",
    "model_type": "項目の組 ({ }) ではありません。",
    "model_attributes_type": "項目の組 ({ }) ではありません。",
    "dict_type": "項目の組 ({ }) ではありません。",
    "finite_number": "有限の数ではありません。",
    "recursion_loop": "入れ子が深すぎます。",
}
_UUID = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx の形"
_DAY = "2025-04-01、令和7年4月1日 など"
_ALLOWED = {
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
}
_OF_TEXT = {"too_short": "string_too_short", "too_long": "string_too_long"}
_CODES = "半角の英小文字・数字・ハイフンのコード(一覧は GET /profile)"
_BOUNDS = {
    "ge": "{} 以上",
    "gt": "{} より大きい数",
    "le": "{} 以下",
    "lt": "{} より小さい数",
    "min_length": "{} 以上の長さ",
    "max_length": "{} 以下の長さ",
    "expected": "{}",
    "expected_tags": "{}",
    "discriminator": "{} を書く",
    "pattern": _CODES,
}


def in_words(errors: Sequence[Any], body: type[BaseModel] | None) -> list[dict[str, str]]:
    return [_entry(error, body) for error in errors[:_MOST]]


def _entry(error: Mapping[str, Any], body: type[BaseModel] | None) -> dict[str, str]:
    path = tuple(error["loc"])
    entry = {"field": field_name(path), "says": _says(error)}
    if error["type"] == "extra_forbidden" and body and path[0] == "body":
        allowed = ", ".join(_fields_at(body, path[1:-1]))
    else:
        allowed = _ALLOWED.get(error["type"]) or _bound(error.get("ctx") or {})
    return {**entry, "allowed": allowed} if allowed else entry


def _says(error: Mapping[str, Any]) -> str:
    """Our own validators speak Japanese already; whatever else was not foreseen is not repeated."""
    text = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    kind = error["type"]
    if kind in ("value_error", "assertion_error") and _JAPANESE.search(text):
        return text
    if kind in _OF_TEXT and isinstance(error.get("input"), str):
        kind = _OF_TEXT[kind]
    return SAYS.get(kind, "この値は使えません。")


def twice(name: str) -> dict[str, str]:
    """For a name that stands twice in one object, wherever that is in the body."""
    says = "一つの { } の中に、同じ名前の項目が二つあります。一つにまとめてください。"
    return {"field": _safe(name), "says": says}


def stray(name: str, names: Sequence[str]) -> dict[str, str]:
    """For what the address asks and the route does not know."""
    says = "この URL にない問い (?名前=値) です。名前を確かめてください。"
    entry = {"field": field_name(("query", name)), "says": says}
    return {**entry, "allowed": ", ".join(names) or "なし"}


def asked_twice(name: str) -> dict[str, str]:
    """For what the address asks more than once."""
    says = "URL に同じ名前の問い (?名前=値) が二つ以上あります。一つだけにしてください。"
    return {"field": field_name(("query", name)), "says": says}


def of_code(command: BaseModel, refused: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where in the command a code stands that the municipality does not have."""
    code, codes = refused["code"], str(refused["list"])
    found = list(_standing(code, command, ("body",)))
    alike = [path for path in found if _alike(str(path[-1]), codes) or _alike(str(path[-2]), codes)]
    allowed = ", ".join(map(str, refused["allowed"]))
    says = "この自治体の設定にないコードです。"
    fields = dict.fromkeys(map(field_name, alike or found))
    return [{"field": field, "says": says, "allowed": allowed} for field in fields]


def of_absent(command: BaseModel, refused: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where in the command an agency, a desk or a body stands that the municipality does not
    have.
    """
    found = (path for code in refused.values() for path in _standing(code, command, ("body",)))
    absent = "ない会議体です" if "body" in refused else "ないか、機関と係の組が違います"
    says = f"この自治体の設定に{absent}。一覧は GET /profile にあります。"
    return [{"field": field, "says": says} for field in dict.fromkeys(map(field_name, found))]


def _alike(field: str, codes: str) -> bool:
    return field.rstrip("s") == codes.replace("-", "_").rstrip("s")


def _standing(code: str, part: Any, path: Path) -> Iterator[Path]:
    """The places of a code among the fields; a text about somebody is none."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _standing(code, getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for place, each in enumerate(part):
            yield from _standing(code, each, (*path, place))
    elif part == code and not isinstance(part, Personal | StrEnum):
        yield path


def field_name(path: Path) -> str:
    """The way to the field; what cannot be a field of ours may be personal and is left out."""
    parts = [str(part) if isinstance(part, int) else _safe(part) for part in path]
    return ".".join(parts)


def _safe(part: str) -> str:
    return part if _FIELD.match(part) or part in ("Idempotency-Key", "If-Match") else "?"


def _bound(context: Mapping[str, Any]) -> str:
    found = (words.format(context[key]) for key, words in _BOUNDS.items() if key in context)
    return next(found, "").replace(" or ", ", ").replace("'", "")


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """The fields a body may have at that place; none named when the place has several shapes."""
    for part in path:
        if isinstance(part, int):
            continue
        if part not in model.model_fields:
            return []
        models = _models(model.model_fields[part].annotation)
        if len(models) != 1:
            return []
        model = models[0]
    return sorted(model.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
