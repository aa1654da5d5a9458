"""設定の誤り: the file, the key and what is allowed there, for whoever keeps the file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails


class Wrong(NamedTuple):
    """誤り一つ。"""

    file: str
    key: str
    says: str
    allowed: str = ""

    def __str__(self) -> str:
        advice = f" 書けるもの: {self.allowed}" if self.allowed else ""
        return f"{self.file}: {self.key}: {self.says}{advice}"


class WrongProfile(Exception):
    """自治体の設定ファイルに誤りがあります。"""

    def __init__(self, lines: Sequence[Wrong]) -> None:
        super().__init__("\n".join([str(self.__doc__), *map(str, lines)]))
        self.lines = tuple(lines)


Path = tuple[str | int, ...]
_DAY = "2024-04-01 のような日付（引用符なし）"
_SAYS: dict[str, tuple[str, str]] = {
    "missing": ("必要な項目がありません。", ""),
    "extra_forbidden": ("この場所に書けない項目です。", ""),
    "string_pattern_mismatch": (
        "符号として使えない文字があります。",
        "半角の英小文字・数字・ハイフン、64文字まで",
    ),
    "string_type": ("文字ではありません。", "引用符で囲んだ文字"),
    "string_too_short": ("空です。", "1文字以上"),
    "string_too_long": ("長すぎます。", "10000文字まで"),
    "date_type": ("日付ではありません。", _DAY),
    "int_type": ("整数ではありません。", "引用符のない整数"),
    "greater_than_equal": ("小さすぎます。", ""),
    "bool_type": ("真偽ではありません。", "true, false"),
    "enum": ("選べない値です。", ""),
    "tuple_type": ("並びではありません。", "[ ] で囲んだ並び"),
    "too_short": ("空です。", "1つ以上"),
    "model_type": ("表ではありません。", "{ 項目 = 値 } の表"),
    "dict_type": ("表ではありません。", "[ ] で始まる表"),
}


def in_words(file_of: Callable[[Path], str], data: Mapping[str, Any], error: ErrorDetails,
             model: type[BaseModel]) -> Wrong:  # fmt: skip
    """One pydantic error as the line the keeper of the file reads."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    says, allowed = _SAYS.get(error["type"], ("読めない値です。", ""))
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            allowed = ", ".join(_fields_at(model, path[:-1]))
        case "enum":
            allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        case "greater_than_equal":
            allowed = f"{context['ge']} 以上の整数"
    return Wrong(file_of(path), key_of(data, path), says, allowed)


def key_of(data: Any, path: Path) -> str:
    """The way to the value: rows by their id if they have one, else counted from 1."""
    key = ""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, Sequence) else None
            key += f"[{_name_of(data) or f'{part + 1}番目'}]"
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
            key += f".{part}" if key else part
    return key


def _name_of(row: Any) -> str | None:
    names = ("id", "code", "version")
    return next((str(row[n]) for n in names if isinstance(row, Mapping) and n in row), None)


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    here: Any = model
    for part in path:
        if isinstance(part, int):
            here = get_args(here)[0]
        elif get_origin(here) is None:
            here = _plain(_annotations(here)[part])
        else:
            here = get_args(here)[1]
    return list(_annotations(here))


def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _plain(annotation: Any) -> Any:
    """Without `| None`."""
    options = [option for option in get_args(annotation) if option is not type(None)]
    is_optional = type(None) in get_args(annotation)
    return options[0] if is_optional else annotation
