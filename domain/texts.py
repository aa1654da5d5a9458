"""文のありか: where the personal strings of a value stand, in the order in which it is written.

What a class can hold is looked up once; a walk over all that a fact holds would cost more than
writing it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from domain.values import Personal, Value

Text = tuple[str, Personal]
"""A personal string, after the path to it: `narrative.0.text`."""
Found = list[Text]
Find = Callable[[Any, str, Found], None]
Finders = tuple[tuple[str, Find], ...]
"""The fields of a class that may hold personal text."""


def texts(value: Value) -> Found:
    """Every personal string of a value."""
    found: Found = []
    _walk(value, _finders(type(value)), "", found)
    return found


def holds_text(annotation: Any) -> bool:
    """Whether a field declared so may hold personal text."""
    return _finder(annotation) is not None


def _walk(value: Value, finders: Finders, before: str, found: Found) -> None:
    fields = value.__dict__
    for name, find in finders:
        held = fields[name]
        if held is not None:
            find(held, before + name, found)


def _in_part(value: Value, path: str, found: Found) -> None:
    """By the class it has, not the one that was declared: a basis or a replacement may be any."""
    if finders := _finders(type(value)):
        _walk(value, finders, f"{path}.", found)


def _itself(value: Any, path: str, found: Found) -> None:
    found.append((path, value))


def _in_each(find: Find) -> Find:
    def found_in(values: Any, path: str, found: Found) -> None:
        for place, value in enumerate(values):
            find(value, f"{path}.{place}", found)

    return found_in


@cache
def _finders(kind: type[Value]) -> Finders:
    fields = kind.model_fields.items()
    found = ((name, _finder(field.annotation)) for name, field in fields)
    return tuple((name, find) for name, find in found if find)


def _finder(annotation: Any) -> Find | None:
    arguments = get_args(annotation)
    if arguments[1:] == (Ellipsis,):
        find = _finder(arguments[0])
        return _in_each(find) if find else None
    if arguments:
        return next(filter(None, map(_finder, arguments)), None)
    if not isinstance(annotation, type):
        return None
    if issubclass(annotation, Personal):
        return _itself
    return _in_part if issubclass(annotation, Value) and _finders(annotation) else None
