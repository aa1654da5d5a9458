"""命令行の枠: whoever types a command wrongly, or asks how to use it, is told so in Japanese."""

import re
from collections.abc import Iterator

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from api.commands import app
from api.frame import in_japanese

HOME = "01234567-89ab-cdef-0123-456789abcdef"
WIDE = {"COLUMNS": "220"}
ENGLISH = re.compile(
    r"Usage|OPTIONS|COMMAND|ARGS|Options|Arguments|Commands|Error|Try |Show |exit|default"
    r"|required|Missing|Invalid|No such|Got |does not|requires|Input|valid|Did you|Choose|Possible"
)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and every group of commands, as it is typed."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), get_command(app))]
    while waiting:
        path, command = waiting.pop()
        yield path
        inside = getattr(command, "commands", {})
        waiting += [((*path, name), each) for name, each in inside.items()]


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_how_to_use_a_command_is_told_in_japanese(path: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, [*path, "--help"], env=WIDE, prog_name="setai")
    assert told.exit_code == 0
    assert " ".join(["使い方: setai", *path, "[指定]..."]) in told.output
    assert "使い方を示して終わる" in told.output
    assert not ENGLISH.findall(told.output)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("as-of household", "「世帯のID」を書いてください。"),
        ("as-of household 山田", f"「世帯のID」を読めません（例: {HOME}）。"),
        ("extract --out x", "「--for」を書いてください。選べる値: evaluation, planning, report"),
        (
            "extract --out x --for 報告",
            "「--for」に「報告」は選べません。選べる値:「evaluation」",
        ),
        ("synthesize --out x --households 0", "「--households」は 1 以上にしてください。"),
        ("rejudge --examples 1001", "「--examples」は 1000 以下にしてください。"),
        ("synthesize --out x --households 千", "「--households」は整数で書いてください。"),
        ("as-of city --tru-at 2025-04-01", "--tru-at という指定はありません。近いもの: --true-at"),
        ("as-of city --何か", "--何か という指定はありません。"),
        ("as-of city --true-at", "「--true-at」の後に値を書いてください。"),
        ("as-of city --demo=3", "「--demo」に値は付けられません。"),
        ("as-of city 芦屋 甲州", "余分なものがあります: 芦屋 甲州"),
        ("as-off", "「as-off」という命令はありません。近いもの:「as-of」"),
        ("statistics 何か", "「何か」という命令はありません。"),
        (
            "statistics trace x --period 2024 --closing 昨日",
            "「--closing」: 日付として読めません: 昨日",
        ),
        (f"as-of difference {HOME}", "│ --from-true-at か --from-known-at を示してください。"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_japanese(typed: str, said: str) -> None:
    told = CliRunner().invoke(app, typed.split(), env=WIDE)
    assert told.exit_code == 2
    assert said in told.output
    assert "誤り" in told.output
    assert not ENGLISH.findall(told.output)


@pytest.mark.parametrize("said", ["Something typer never said.", "Invalid value for 'x': Oh."])
def test_what_typer_never_said_before_is_no_english_either(said: str) -> None:
    assert "正しくありません" in in_japanese(said)


def test_typing_nothing_shows_how_to_use_it() -> None:
    told = CliRunner().invoke(app, ["keys"], env=WIDE)
    assert (told.exit_code, "鍵の状態を表示する" in told.output) == (2, True)
    assert "誤り" not in told.output
