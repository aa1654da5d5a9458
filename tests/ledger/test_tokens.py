"""Tokens: nothing can be read from them, none can be made up, and they outlive the servers."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from domain.ledger import ForgedToken, TokenKey, WrongTokenKey

KEY = TokenKey(bytes(range(32)))


def test_a_token_opens_under_its_key_for_its_use_alone() -> None:
    token = KEY.seal(b"seven", b"use", b"reader")
    assert KEY.open(token, b"use", b"reader") == b"seven"
    for use in ((b"use",), (b"user", b"eader"), (b"other", b"reader"), ()):
        with pytest.raises(ForgedToken):
            KEY.open(token, *use)
    with pytest.raises(ForgedToken):
        TokenKey(bytes(32)).open(token, b"use", b"reader")


def test_no_token_can_be_made_up() -> None:
    token = KEY.seal(b"seven", b"use")
    forged = [token[:n] for n in range(len(token))]
    forged += [f"{token}A", f"{token}=", f"{token}!", f" {token}", "é" * 30, "\ud800" * 30]
    for at in range(len(token)):
        forged += [f"{token[:at]}{other}{token[at + 1 :]}" for other in "Aa_" if other != token[at]]
    for each in forged:
        with pytest.raises(ForgedToken):
            KEY.open(each, b"use")


def test_tokens_of_numbers_in_a_row_tell_neither_number_nor_order() -> None:
    numbers = [number.to_bytes(8, "big") for number in range(200)]
    tokens = [KEY.seal(number, b"use") for number in numbers]
    assert len(set(tokens)) == len(tokens)
    assert {len(token) for token in tokens} == {32}
    assert sum(a < b for a, b in pairwise(tokens)) in range(60, 140)


def test_the_same_is_said_alike_so_that_a_request_sent_again_is_answered_alike() -> None:
    assert KEY.seal(b"seven", b"use") == KEY.seal(b"seven", b"use")
    assert KEY.digest(b"seven", b"use") == KEY.digest(b"seven", b"use")


def test_a_digest_takes_the_key_and_the_use() -> None:
    others = (
        KEY.digest(b"eight", b"use"),
        KEY.digest(b"seven", b"us", b"e"),
        KEY.digest(b"useseven"),
        TokenKey(bytes(32)).digest(b"seven", b"use"),
    )
    assert KEY.digest(b"seven", b"use") not in others


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    file = tmp_path / "new" / "token.key"
    with ThreadPoolExecutor(8) as threads:
        made = [threads.submit(TokenKey.kept_in, file) for _ in range(8)]
        tokens = {each.result().seal(b"seven", b"use") for each in made}
    assert len(tokens) == 1
    assert TokenKey.kept_in(file).open(tokens.pop(), b"use") == b"seven"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_key_that_is_cut_or_open_to_others_is_refused(tmp_path: Path) -> None:
    cut, opened = tmp_path / "cut", tmp_path / "opened"
    cut.write_bytes(bytes(31))
    cut.chmod(0o600)
    opened.write_bytes(bytes(32))
    opened.chmod(0o604)
    for file in (cut, opened):
        with pytest.raises(WrongTokenKey):
            TokenKey.kept_in(file)


def test_numbers_in_a_row_tell_neither_place_nor_order_and_lead_back() -> None:
    places = [*range(300), 2**31 - 1]
    numbers = [KEY.number(place, b"use", b"stream") for place in places]
    assert [KEY.place_of(number, b"use", b"stream") for number in numbers] == places
    assert all(0 <= number < 2**31 for number in numbers)
    assert sum(number < 10_000 for number in numbers) < 3
    assert sum(a < b for a, b in pairwise(numbers)) in range(100, 200)


def test_each_stream_has_numbers_of_its_own() -> None:
    one, other = ([KEY.number(n, b"use", of) for n in range(300)] for of in (b"one", b"other"))
    assert sum(a == b for a, b in zip(one, other, strict=True)) == 0
    assert len({b - a for a, b in zip(one, other, strict=True)}) > 290
