"""一度きり: a protected place opened in an emergency is shown to one request, however fast others
follow.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.test_access_ends import Case
from tests.api.town import DatedTown

PLACE = "隣の市の港町3番地"
Asking = Callable[[Callable[[int], bool], int], Iterable[bool]]


def in_turn(ask: Callable[[int], bool], times: int) -> Iterable[bool]:
    return map(ask, range(times))


def at_once(ask: Callable[[int], bool], times: int) -> Iterable[bool]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(ask, range(times)))


def opened(case: Case) -> None:
    """The mother is protected; sato looks for her, and a second person approves."""
    living = {"place": "residence", "text": PLACE}
    case.records(f"/persons/{case.mother}/addresses", living)
    case.records(f"/persons/{case.mother}/concealments", {"threat": "dv"}, "mori")
    looking = {"reason": "今夜の安否を確かめるため。", "person": case.mother, "location": True}
    access = case.records("/emergency-accesses", looking, "sato")["id"]
    case.records(f"/emergency-accesses/{access}/approval", {}, "endo")


@pytest.mark.parametrize("asking", [in_turn, at_once])
def test_a_protected_place_is_shown_to_one_request_alone(dated: DatedTown, asking: Asking) -> None:
    case = Case(dated)
    opened(case)
    path = f"{case.path}?after={case.position}"

    def ask(_: int) -> bool:
        answered = dated.get(path, "sato")
        assert answered.status_code in (200, 503)
        return PLACE in answered.text

    assert sum(asking(ask, 6)) == 1
    assert dated.get(path, "sato").status_code == 200
    assert PLACE not in dated.get(path, "sato").text
