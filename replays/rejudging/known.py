"""今の判断: the decisions and commands of this version, by the names under which they are kept."""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import isclass, isfunction
from types import ModuleType
from typing import Any

import domain
from domain.correction.history import History
from domain.household import Household
from domain.household.former import Former
from domain.person import Person
from domain.publication import Publications
from domain.recorded import State
from domain.resource import Resource
from domain.sitting import Attended, Sitting
from domain.staff import Staff
from domain.values import Command

Decide = Callable[..., Any]
_STATES = (Household, Former, History, Person, Sitting, Attended, Staff, Resource, Publications)
STATES: dict[str, type[State]] = {kind.__name__: kind for kind in _STATES}
_ELSEWHERE = ("domain.ledger", "domain.profiles")


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        if not found.name.startswith(_ELSEWHERE):
            yield import_module(found.name)


@cache
def decisions() -> dict[str, Decide | None]:
    """None where two are called the same, so that neither is taken for the other."""
    found: dict[str, Decide | None] = {}
    for module in _modules():
        for name, held in vars(module).items():
            if isfunction(held) and held.__module__ == module.__name__:
                found[name] = None if name in found else held
    return found


@cache
def commands() -> dict[str, type[Command]]:
    return {
        name: held
        for module in _modules()
        for name, held in vars(module).items()
        if isclass(held) and issubclass(held, Command) and held.__module__ == module.__name__
    }
