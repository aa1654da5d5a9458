"""Labels at hand (手元のラベル): the facts of a household carry the same few labels over and over;
each is read once and looked up by its bytes from then on.

Measured: of 11 µs that reading a fact takes, 4 were reading its labels; a rebuild, a fold and a
look at the past do little else.
"""

from collections.abc import Callable
from functools import cache
from itertools import count
from secrets import token_hex
from typing import Any

from pydantic_core import SchemaValidator
from pydantic_core.core_schema import ValidationInfo, with_info_plain_validator_function

from domain.labels import Label
from domain.values import READ, Value

_LABEL, _LAST_OF_IT, _END = b'"label":', b'"controller":"', b'"}'
_OURS = token_hex(16)
"""Nothing that was stored bears it: no stored text passes for the name of a label."""

Read = Callable[..., Any]
Context = dict[str, Any]


class Labels:
    """`most` are kept. While a fact is read a name stands in the place of each of its labels; what
    cannot be read so is read as it is stored, and refused only then.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._numbers = count()  # no name is given twice
        self._names: dict[bytes, bytes] = {}
        self._of: dict[str, Label] = {}
        self._context = {**READ, "labels": self._of}

    def read(self, kind: type[Value], stored: bytes) -> Any:
        """ValueError where it is not of that kind, or not as this version stores it."""
        try:
            return _reader(kind)(self._named(stored), context=self._context)
        except ValueError:
            return kind.__pydantic_validator__.validate_json(stored, context=READ)

    def _named(self, stored: bytes) -> bytes:
        """Inside a string JSON has no bare quotation mark: what is found here is never text."""
        first, *others = stored.split(_LABEL)
        parts = [first]
        for other in others:
            ended = other.index(_END, other.index(_LAST_OF_IT) + len(_LAST_OF_IT)) + len(_END)
            label = other[:ended]
            parts += (_LABEL, self._names.get(label) or self._name(label), other[ended:])
        return b"".join(parts)

    def _name(self, stored: bytes) -> bytes:
        label = Label.__pydantic_validator__.validate_json(stored, context=READ)
        if len(self._names) >= self._most:
            self._names.clear()
            self._of.clear()
        name = f"{_OURS}.{next(self._numbers)}"
        self._names[stored] = given = b'"%b"' % name.encode()
        self._of[name] = label  # last: another thread may forget all just now
        return given


@cache
def _reader(kind: type[Value]) -> Read:
    """Reads a kind of fact whose labels are names; pydantic would take its own reader of the parts
    for ours, but for the last argument.
    """
    schema = _with_names(kind.__pydantic_core_schema__)
    return SchemaValidator(schema, None, _use_prebuilt=False).validate_json


def _with_names(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_with_names(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("cls") is Label:
        kept = {"ref": schema["ref"]} if "ref" in schema else {}
        return {**with_info_plain_validator_function(_at_hand), **kept}
    return {name: _with_names(part) for name, part in schema.items()}


def _at_hand(name: Any, info: ValidationInfo[Context]) -> Label:
    of: dict[str, Label] = info.context["labels"]
    label = of.get(name) if isinstance(name, str) else None
    if label is None:
        raise ValueError("no label at hand")
    return label
