"""偶然 (乱数): the same fate for the same key on every machine and in every year."""

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Rests on `Random.random` alone, the one method whose answers Python promises to keep."""

    __slots__ = ("_roll",)

    def __init__(self, *key: object) -> None:
        digest = sha256("\n".join(map(str, key)).encode()).digest()
        self._roll = Random(int.from_bytes(digest, "big")).random  # noqa: S311 - no secret here

    def happens(self, probability: float) -> bool:
        return self._roll() < probability

    def between(self, least: int, most: int) -> int:
        """Both ends included."""
        return least + int(self._roll() * (most - least + 1))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._roll() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """So many different ones, in the order given."""
        left = list(choices)
        while len(left) > count:
            left.pop(int(self._roll() * len(left)))
        return left

    def weighed(self, table: Sequence[tuple[T, int]]) -> T:
        """One of the table, each as likely as its weight."""
        rest = self._roll() * sum(weight for _, weight in table)
        for choice, weight in table:
            rest -= weight
            if rest < 0:
                return choice
        return table[-1][0]
