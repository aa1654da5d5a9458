"""One name in all its spellings comes to the same letters."""

import unicodedata

import jaconv
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.spelling import VARIANTS, letters, variants, whole, words

KANA = st.text(
    "アカサタナハマヤラワガザバパイキシチニヒミリウクスツヌフムユルエケセテネヘメレオコソトノホモヨロヲンー",
    min_size=1,
    max_size=8,
)
NAMES = st.text(
    st.characters(categories=["L", "N", "M", "Zs", "P"]) | st.sampled_from("々ゝゞヾー髙﨑゙"),
    max_size=12,
)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("齋藤", "斉藤"),
        ("濵田", "浜田"),
        ("德永", "徳永"),
        ("神田", "神田"),
        ("葛\U000e0100西", "葛西"),
        ("佐々木", "佐佐木"),
        ("ｻﾄｳ", "サトウ"),
        ("さとう", "サトウ"),
        ("サトー", "サトウ"),
        ("オーノ", "オオノ"),
        ("ケーコ", "ケイコ"),
        ("キョウコ", "キヨウコ"),
        ("みすゞ", "ミスズ"),
        ("ヱツ", "エツ"),
        ("カヲル", "カオル"),
        ("ＮＧＵＹＥＮ", "Nguyễn"),
    ],
)
def test_spellings_of_one_name(written: str, other: str) -> None:
    assert words(written) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("オノ", "オオノ"), ("ユコ", "ユウコ"), ("坂本", "阪本"), ("太田", "大田")]
)
def test_names_that_are_not_the_same(one: str, other: str) -> None:
    assert words(one) != words(other)


@pytest.mark.parametrize("written", ["松尾　修", "松尾・修", "松尾 修", "松尾,修"])
def test_a_name_is_called_by_its_parts_and_as_a_whole(written: str) -> None:
    assert letters(written) == ("松尾", "修", "松尾修")


@pytest.mark.parametrize("written", ["々", "ヾ ゝ", "・"])
def test_a_mark_that_repeats_nothing_is_no_name(written: str) -> None:
    assert (words(written), letters(written), whole(written)) == ((), (), "")


def test_no_vowel_is_drawn_from_one_name_into_the_next() -> None:
    assert letters("マツオ オサム") == ("マツオ", "オサム", "マツオウサム")


@given(NAMES)
@example("Ð Й")
@example("々")
@example("0ゞ")
@example("佐 々")
@example("\u011a\u05c5")
def test_plain_letters_are_plain(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)
    assert whole(whole(text)) == whole(text)


@given(KANA)
def test_width_and_script_make_no_difference(text: str) -> None:
    assert whole(jaconv.z2h(text)) == whole(jaconv.kata2hira(text)) == whole(text)


@given(NAMES)
def test_how_the_letters_are_encoded_makes_no_difference(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


def test_each_variant_stands_in_one_group_of_single_characters() -> None:
    usual = set(VARIANTS.values())
    assert not usual & VARIANTS.keys()
    assert {"髙", "﨑", "𠮷", "邉", "濵", "德", "栁"} <= VARIANTS.keys()
    assert all(len(each) == 1 for pair in VARIANTS.items() for each in pair)
    assert all(unicodedata.normalize("NFKC", each) == each for each in VARIANTS)


def test_a_table_of_variants_says_which_character_stands_for_the_others() -> None:
    assert variants("# 一行に一組\n高髙\n\n辺邊邉\n") == {"髙": "高", "邊": "辺", "邉": "辺"}
