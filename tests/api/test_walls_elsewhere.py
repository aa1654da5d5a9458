"""A wall goes with the record: into a household to which they do not belong it is hidden from."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.api.at_work import at_work
from tests.api.test_sides import does, taken_in
from tests.api.town import STAFF, Town, settle, who
from tests.domain.given import CENTRE, capacity

TOLD = {"route": "visit", "consulter": "self"}
PLACE = {"place": "residence", "text": "港町一丁目"}


@pytest.fixture(scope="module")
def city(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """原 is of the desk that writes everything here, and the father's guardian."""
    settled = partial(settle, staff={**STAFF, "hara": capacity(CENTRE, "general")})
    keys = Path(tmp_path_factory.mktemp("keys"))
    with at_work(Town, module_database, module_book, keys, settled) as town:
        yield town


def family(town: Town, name: str) -> tuple[str, str, str]:
    """Mother and father, for whom 原 acts; what is said of her fear is hidden from him."""
    persons = [{"nickname": f"{name}の{each}", "relation": each} for each in ("mother", "father")]
    told = does(town, "/intakes", {"persons": persons, **TOLD})
    home, mother, father = (told["ids"][each] for each in ("household", "person-0", "person-1"))
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": CENTRE}
    does(town, f"/households/{home}/guardianships", {**guardian, "staff": str(who("hara"))})
    return f"/households/{home}", mother, father


def page(town: Town, home: str, position: str) -> str:
    read = (town.get(f"{home}{each}?after={position}", "hara") for each in ("", "/timeline"))
    return "".join(each.text for each in read)


def test_her_own_record_is_hidden_in_every_household_of_hers(city: Town) -> None:
    home, mother, father = family(city, "二つの家")
    fear = {"kinds": ["care-needs-1"], "narrative": "夫を恐れている。", "hidden_from": [father]}
    told = does(city, f"{home}/persons/{mother}/care-needs", fear)
    other, _ = taken_in(city, "祖母")
    joined = does(city, f"{other}/members", {"person": mother, "relation": "child"})
    assert "夫を恐れている。" not in page(city, home, told["position"])
    assert "夫を恐れている。" not in page(city, other, joined["position"])


def test_a_paragraph_of_it_is_hidden_there_too(city: Town) -> None:
    home, mother, father = family(city, "一節")
    said = [{"text": "夫を恐れている。", "hidden_from": [father]}, {"text": "耳が遠い。"}]
    does(
        city, f"{home}/persons/{mother}/care-needs", {"kinds": ["care-needs-1"], "narrative": said}
    )
    other, _ = taken_in(city, "叔母")
    joined = does(city, f"{other}/members", {"person": mother, "relation": "child"})
    read = page(city, other, joined["position"])
    assert "耳が遠い。" in read
    assert "夫を恐れている。" not in read


def test_who_goes_on_alone_is_no_less_hidden(city: Town) -> None:
    home, mother, father = family(city, "分かれた家")
    does(city, f"{home}/persons/{mother}/addresses", {**PLACE, "hidden_from": [father]})
    hides = {**TOLD, "person": mother, "hidden_from": [father], "narrative": "家を出たい。"}
    does(city, f"{home}/consultations", hides)
    parted = does(city, f"{home}/split", {"persons": [mother]})
    new = parted["ids"]["household"]
    read = page(city, f"/households/{new}", parted["position"])
    found = city.get("/households?q=分かれた家", "hara").json()
    assert PLACE["text"] not in read
    assert '"members":[]' in read
    assert new not in str(found["households"])


def test_who_was_found_to_be_her_is_as_hidden(city: Town) -> None:
    """名寄せ: somebody of a household where the father is not."""
    home, mother, father = family(city, "名寄せ")
    does(city, f"{home}/persons/{mother}/addresses", {**PLACE, "hidden_from": [father]})
    other, same = taken_in(city, "同じ人")
    merged = does(city, f"/persons/{same}/merger", {"absorbed": mother}, "kato")
    assert PLACE["text"] not in page(city, other, merged["position"])


@pytest.mark.parametrize("act", ["split", "merger"])
def test_that_something_is_hidden_from_him_is_told_by_no_move(city: Town, act: str) -> None:
    """Where she goes by herself nobody of his side sees her; where his household becomes another's,
    she belongs to it as before: whether he is feared or not.
    """
    seen = [_moved(city, f"{act}の{number}", act, hides=number == 1) for number in range(2)]
    assert seen[0] == seen[1]
    assert seen[0] == (["self", "mother", "father"] if act == "merger" else [])


def _moved(town: Town, name: str, act: str, *, hides: bool) -> list[str]:
    home, mother, father = family(town, name)
    hidden = {"hidden_from": [father]} if hides else {}
    does(town, f"{home}/consultations", {**TOLD, "person": mother, "narrative": "話。", **hidden})
    if act == "split":
        told = does(town, f"{home}/split", {"persons": [mother]})
        there = f"/households/{told['ids']['household']}"
    else:
        there, _ = taken_in(town, f"{name}の祖父")
        told = does(town, f"{there}/merger", {"source": home.rpartition("/")[2]}, "kato")
    read = town.get(f"{there}?after={told['position']}", "hara").json()
    assert "walls" not in str(read) or "'walls': []" in str(read)
    return [each["relation"] for each in read["members"]]
