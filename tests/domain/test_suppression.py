"""Suppression: what is shown of a table never tells a number below k, by itself or set off."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from domain.suppression import (
    Bounds,
    Counts,
    Path,
    Shown,
    bounds,
    may_follow,
    rests,
    suppressed,
)

K = 10


def tree(*leaves: tuple[Path, int]) -> dict[Path, int]:
    found: dict[Path, int] = {(): 0}
    for path, number in leaves:
        for depth in range(len(path) + 1):
            found[path[:depth]] = found.get(path[:depth], 0) + number
    return found


def flat(**parts: int) -> dict[Path, int]:
    return tree(*(((name,), number) for name, number in parts.items()))


def test_a_whole_below_k_is_hidden_with_all_its_parts() -> None:
    assert suppressed(flat(east=4, west=5), K) == {(): None}


def test_nobody_at_all_is_told_as_nobody() -> None:
    assert suppressed(flat(), K) == {(): 0}
    shown = suppressed(flat(east=30, west=0), K)
    assert shown == {(): 30, ("east",): 30}


def test_a_single_small_part_takes_the_smallest_other_with_it() -> None:
    shown = suppressed(flat(east=3, west=40, north=12), K)
    assert shown == {(): 55, ("east",): None, ("west",): 40, ("north",): None}
    assert bounds(shown) == {("east",): Bounds(1, 14), ("north",): Bounds(1, 14)}


def test_what_is_hidden_is_told_together_and_is_never_few() -> None:
    assert rests(suppressed(flat(east=3, west=40, north=12), K)) == {(): 15}
    assert rests(suppressed(flat(east=30, west=40), K)) == {}
    assert rests({(): None}) == {}


def test_small_parts_that_add_up_to_less_than_k_take_another_with_them() -> None:
    shown = suppressed(flat(east=3, west=4, north=12, south=50), K)
    assert [path for path, number in shown.items() if number is None] == [
        ("east",),
        ("north",),
        ("west",),
    ]


def test_where_all_parts_together_betray_them_none_is_told() -> None:
    assert suppressed(flat(east=5, west=5), K) == {(): 10}
    assert bounds(suppressed(flat(east=5, west=5), K)) == {}


def test_of_what_is_hidden_no_parts_are_told() -> None:
    shown = suppressed(
        tree(
            (("east", "one"), 6), (("west", "one"), 20), (("west", "two"), 12), (("north", "x"), 30)
        ),
        K,
    )
    assert shown == {
        (): 68,
        ("east",): None,
        ("north",): None,
        ("west",): 32,
        ("west", "one"): 20,
        ("west", "two"): 12,
    }


def test_without_complements_a_small_part_is_told_by_the_others() -> None:
    shown = suppressed(flat(east=3, west=40), K, complement=False)
    assert bounds(shown) == {("east",): Bounds(3, 3)}


_TREES = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 25), max_size=9
).map(lambda leaves: tree(*leaves.items()))


@given(_TREES, st.integers(0, 12))
def test_nothing_shown_is_below_k_and_nothing_hidden_can_be_worked_out(
    counts: Counts, k: int
) -> None:
    shown = suppressed(counts, k)
    assert all(number is None or number == 0 or number >= k for number in shown.values())
    assert all(number is None or number == counts[path] for path, number in shown.items())
    for path, (least, most) in bounds(shown).items():
        assert least <= counts[path] <= most
        assert Bounds(least, most).protect(k)


_FEW = st.dictionaries(
    st.tuples(st.sampled_from("ab")) | st.tuples(st.sampled_from("cd"), st.sampled_from("xy")),
    st.integers(0, 5),
    max_size=4,
).map(lambda leaves: tree(*leaves.items()))


@given(_FEW, st.integers(2, 5))
def test_the_bounds_are_exactly_what_trying_out_every_table_finds(counts: Counts, k: int) -> None:
    shown = suppressed(counts, k, complement=False)
    for path, found in bounds(shown).items():
        siblings = [
            p for p in shown if p[:-1] == path[:-1] and len(p) == len(path) and shown[p] is None
        ]
        known = sum(shown[p] or 0 for p in shown if p[:-1] == path[:-1] and len(p) == len(path))
        total = (shown[path[:-1]] or 0) - known
        possible = [
            tried[siblings.index(path)]
            for tried in product(range(1, total + 1), repeat=len(siblings))
            if sum(tried) == total
        ]
        assert found == Bounds(min(possible), max(possible))


def told(**parts: int) -> Shown:
    return suppressed(flat(**parts), K)


def test_a_version_that_changes_nothing_or_much_may_follow() -> None:
    first = told(east=30, west=40)
    assert may_follow(first, first, K)
    assert may_follow(first, told(east=30, west=50), K)
    assert may_follow(told(east=30, west=40), told(east=30, west=40, north=15), K)


def test_a_version_that_changes_a_little_may_not_follow() -> None:
    first = told(east=30, west=40)
    assert not may_follow(first, told(east=31, west=40), K)
    assert not may_follow(first, told(east=41, west=31), K)
    assert not may_follow(first, told(east=39, west=49), K)


def test_a_version_that_hides_other_parts_may_not_follow() -> None:
    first = told(east=3, west=12, north=40)
    assert not may_follow(first, told(east=13, west=12, north=40), K)
    assert not may_follow(told(east=5, west=5), told(east=15, west=15), K)


def test_a_little_more_among_hidden_parts_may_not_follow() -> None:
    first = told(east=3, west=12, north=40)
    assert not may_follow(first, told(east=5, west=12, north=50), K)
    assert may_follow(first, told(east=5, west=20, north=50), K)


@given(_TREES, _TREES, st.integers(1, 12))
def test_the_difference_of_two_versions_is_as_safe_as_a_table(
    earlier: Counts, more: Counts, k: int
) -> None:
    """With what came late as the truth that somebody wants to find."""
    later = {p: earlier.get(p, 0) + more.get(p, 0) for p in earlier.keys() | more.keys()}
    before, after = suppressed(earlier, k), suppressed(later, k)
    if not may_follow(before, after, k):
        return
    for path in before.keys() & after.keys():
        if before[path] is not None and after[path] is not None:
            difference = later[path] - earlier.get(path, 0)
            assert difference == 0 or difference >= k
