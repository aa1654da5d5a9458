"""統合・名寄せの前後の、そのときの姿: what stood together then is protected as it is today."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from tests.api.test_sides import conceal, does, taken_in
from tests.api.town import Town, who

VIEWS = (
    "?known_at={at}",
    "/timeline?known_at={at}",
    "/difference?from_known_at={at}",
    "/difference?from_true_at=2020-01-01&known_at={at}",
)
PLACE = "港町三丁目"


def now() -> str:
    return quote(datetime.now(UTC).isoformat())


def past(town: Town, home: str, at: str, position: str, staff: str = "tanaka") -> str:
    """All that is told of a household as it stood then."""
    paths = (f"{home}{view.format(at=at)}&after={position}" for view in VIEWS)
    return "".join(town.get(path, staff).text for path in paths)


def taken_for_one(town: Town, one: str, other: str) -> str:
    """A moment at which they were; they are two again."""
    does(town, f"/persons/{one}/merger", {"absorbed": other}, "kato")
    meanwhile = now()
    back = {"absorbed": other, "reason": "別の人だった。"}
    does(town, f"/persons/{one}/merger/cancellation", back, "kato")
    return meanwhile


@pytest.mark.parametrize("survivor", ["hers", "other"])
@pytest.mark.parametrize("against", ["支援措置", "ラベル"])
def test_who_was_taken_for_a_member_then_is_protected_by_what_is_known_of_them_today(
    town: Town, survivor: str, against: str
) -> None:
    home, mother = taken_in(town, f"母{survivor}{against}")
    other, woman = taken_in(town, f"よく似た人{survivor}{against}")
    joined = {"nickname": "その夫", "relation": "unknown"}
    husband = does(town, f"{other}/persons", joined)["ids"]["person"]
    hidden = [husband] if against == "ラベル" else []
    lives = {"place": "residence", "text": PLACE, "hidden_from": hidden}
    does(town, f"{other}/persons/{woman}/addresses", lives)
    pair = (mother, woman) if survivor == "hers" else (woman, mother)
    meanwhile = taken_for_one(town, *pair)
    position = does(town, f"{home}/notes", {"text": "確認"})["position"]
    assert PLACE in past(town, home, meanwhile, position)
    if against == "支援措置":
        position = conceal(town, other, woman, husband)
    else:
        guardian = {"person": husband, "kind": "guardian", "guardian": "某", "agency": "centre"}
        begun = does(town, f"{other}/guardianships", {**guardian, "staff": str(who("tanaka"))})
        position = str(begun["position"])
    assert PLACE not in town.get(f"{other}?after={position}").text
    for each in (home, other):
        assert PLACE not in past(town, each, meanwhile, position)


def test_what_came_over_is_used_no_more_once_the_use_of_all_about_them_is_stopped(
    town: Town,
) -> None:
    """And is in no past either; what others of the family said is."""
    home, mother = taken_in(town, "利用を止める母")
    kept, aunt = taken_in(town, "利用を止める母のおば")
    said = {"route": "visit", "consulter": "self"}
    words = "夜は眠れない。"
    does(town, f"{home}/consultations", {**said, "person": mother, "narrative": words})
    does(town, f"{kept}/consultations", {**said, "person": aunt, "narrative": "よく食べる。"})
    first = now()
    does(town, f"{kept}/merger", {"source": home.rpartition("/")[2]}, "kato")
    meanwhile = now()
    stop = {"person": mother, "reason": "同意なく集めたため。"}
    position = does(town, f"{kept}/use-suspensions", stop, "ito")["position"]
    for each, at in ((home, first), (home, meanwhile), (kept, meanwhile)):
        assert words not in town.get(f"{each}?after={position}").text
        assert words not in past(town, each, at, position)
    assert "よく食べる。" in past(town, kept, meanwhile, position)
