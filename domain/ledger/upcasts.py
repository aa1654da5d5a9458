"""Upcasts (旧形式の読み替え): how shapes stored by earlier releases are read today.

A stored name maps to a function of its decoded JSON that answers today's name and today's JSON.
"""

from collections.abc import Callable
from typing import Any

Upcast = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]

UPCASTS: dict[str, Upcast] = {}
