"""職員の住所: a house is the same however it is written; a table nobody can read is refused."""

from pathlib import Path

import pytest

from api.homes import Homes, Spot, WrongHomes, spot
from domain.staff import staff_id

ISSUER = "https://id.example"


@pytest.mark.parametrize(
    "written",
    [
        "中町1-2-3",
        "中町一丁目2番3号",
        "試験市中町１丁目２－３",
        "東京都試験市中町1丁目2番地3 中町荘201",
    ],
)
def test_a_house_stands_where_it_stands(written: str) -> None:
    assert spot(written) == Spot("中町1-2", "中町1-2-3")


def test_where_there_is_no_chome_the_lot_is_the_block() -> None:
    assert spot("大字上於曽1085番地1") == Spot("大字上於曽1085", "大字上於曽1085-1")


@pytest.mark.parametrize("written", ["", "住所不定", "中町"])
def test_without_a_number_nobody_is_a_neighbour(written: str) -> None:
    assert spot(written) is None


def test_the_table_names_whom_the_issuer_names(tmp_path: Path) -> None:
    table = tmp_path / "homes.csv"
    table.write_text("subject,address\nsato,中町1-2-3\nkato,不明\n", encoding="utf-8-sig")
    homes = Homes.handed_in(str(table), ISSUER)
    assert homes() == {staff_id(ISSUER, "sato"): Spot("中町1-2", "中町1-2-3")}


def test_nobodys_home_is_known_without_a_table() -> None:
    assert Homes.handed_in(None, ISSUER)() == {}


@pytest.mark.parametrize(
    "content", [None, b"name,address\n", "subject,address\n中".encode("cp932")]
)
def test_a_table_that_cannot_be_read_is_refused_at_once(
    tmp_path: Path, content: bytes | None
) -> None:
    table = tmp_path / "homes.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(WrongHomes):
        Homes.handed_in(str(table), ISSUER)
