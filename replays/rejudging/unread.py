"""読めない文: a text that the log keeps only sealed; whoever looks into it is told that it cannot
be.
"""

from typing import Any, NoReturn

from domain.ledger.request import REMOVED
from domain.values import Sealed


class TextNeeded(Exception):
    """A decision rests on the very words, which nobody has here."""


def _unread(*_: object, **__: object) -> NoReturn:
    raise TextNeeded


class Unread(Sealed):
    """It is there, and that is all that can be said of it: never equal, long, or found in another.

    A decision that only passes it on is judged like any other.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


_HARMLESS = frozenset({"__doc__", "__getattribute__", "__getnewargs__", "__new__", "__repr__"})
for _name in vars(str).keys() - _HARMLESS:
    setattr(Unread, _name, _unread)


_BORN = Sealed("1900")


def unread(fields: Any, *, accepted: bool = False) -> Any:
    """The fields of a command as kept, each removed text in its place as one that is not read.

    A date of birth that was `accepted` was a day gone by; no decision asks for more of it.
    """
    match fields:
        case str() if fields == REMOVED:
            return Unread(REMOVED)
        case dict():
            return {
                name: _BORN
                if accepted and _is_birth(name, field)
                else unread(field, accepted=accepted)
                for name, field in fields.items()
            }
        case list():
            return [unread(field, accepted=accepted) for field in fields]
        case _:
            return fields


def _is_birth(name: str, field: Any) -> bool:
    return name == "birth_date" and field == REMOVED
