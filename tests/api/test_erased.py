"""Erased (消去): a name whose key was destroyed by anybody is neither found, compared nor kept."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.duplicates import Candidates
from api.names import Names
from domain.gate import Reader
from domain.ledger import Settings, open_ledger
from domain.ledger.sealer import KeySealer
from projections.sought import sought as tokens
from tests.api.test_names import read as read_names
from tests.api.test_one_case import merge_persons
from tests.api.test_reading import read
from tests.api.test_receipts import services
from tests.api.test_search import sought, taken_in
from tests.api.town import STAFF, Town, who

ALIKE: dict[str, Any] = {"kana": "ケシタ ナマエ", "birth_date": "昭和50年6月7日"}


def destroy(url: str, *persons: str) -> None:
    """By another process, as an erasure is carried out beside the server."""
    with closing(open_ledger(Settings(url))) as ledger:
        assert isinstance(ledger.sealer, KeySealer)
        assert ledger.sealer.ring.destroy(owners=[UUID(each) for each in persons]) == len(persons)


def found(town: Town, said: str, after: str = "") -> list[str]:
    return [each["household"] for each in sought(town, said, after=after)["households"]]


def held(names: Names) -> str:
    """Everything in the memory of an index."""
    index: Any = names._index  # noqa: SLF001
    return f"{index._known} {index._haystack._whole} {index._haystack._texts}"  # noqa: SLF001


def test_a_name_whose_key_was_destroyed_is_found_no_more(town: Town, module_database: str) -> None:
    household, person, _ = taken_in(town, name="消田 生絵", **ALIKE)
    other, _, position = taken_in(town, name="消田 残子", kana="ケシタ ノコリコ")
    assert set(found(town, "消田", position)) == {household, other}
    names = read_names(town)
    assert "ケシタナマエ" in held(names)
    destroy(module_database, person)
    assert found(town, "消田") == [other]
    assert found(town, "ケシタナマエ") == []
    with services(town).tables.fresh() as connection:
        names.find(connection, tokens("消田"), datetime.now(UTC))
    assert "ケシタナマエ" not in held(names)
    assert "ケシタノコリコ" in held(names)
    again = {**ALIKE, "name": "消田 新", "kana": "ケシタ アラタ"}
    path = f"/households/{household}/persons/{person}/identification"
    position = town.post(path, again).json()["position"]
    assert found(town, "消田 新", position) == [household]
    assert found(town, "生絵") == []


def test_candidates_are_shown_without_what_was_destroyed(town: Town, module_database: str) -> None:
    made = [taken_in(town, name=f"同田 {name}", **ALIKE) for name in ("一", "二", "三")]
    (_, one, _), (_, two, _), (_, three, position) = made

    def together() -> list[set[str]]:
        pairs = read(town, "/duplicates", position, "kato")["pairs"]
        alike = [{pair["one"], pair["other"]} for pair in pairs]
        return sorted((p for p in alike if p <= {one, two, three}), key=sorted)

    assert len(together()) == 3
    destroy(module_database, one)
    assert together() == [{two, three}]
    fresh = Candidates()
    reader = Reader(who("kato"), STAFF["kato"], datetime.now(UTC).date(), datetime.now(UTC))
    with services(town).tables.fresh() as connection:
        book = services(town).book
        pairs = fresh.pairs(connection, book, reader=reader, after=None, limit=200)
    assert {UUID(two), UUID(three)} in [{pair.one, pair.other} for pair in pairs]
    assert UUID(one) not in {each for pair in pairs for each in pair[:2]}
    assert merge_persons(town, two, one).status_code == 201
    assert town.get("/duplicates", "kato").status_code == 200


def test_a_protected_place_is_no_part_of_what_the_candidates_show(town: Town) -> None:
    alike = {**ALIKE, "kana": "マモラレ タヒト"}
    (home, person, _), (_, other, _) = (taken_in(town, name="守 人", **alike) for _ in range(2))
    lives = {"place": "residence", "text": "誰も知らない町一丁目"}
    assert town.post(f"/households/{home}/persons/{person}/addresses", lives).status_code == 201
    begun = {"counterparty_names": ["某"], "threat": "dv"}
    path = f"/households/{home}/persons/{person}/concealments"
    position = town.post(path, begun, "mori").json()["position"]
    shown = read(town, "/duplicates", position, "kato")
    assert {person, other} <= shown["people"].keys()
    assert "誰も知らない町" not in str(shown)
    assert "守 人" in str(shown)
