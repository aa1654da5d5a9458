"""命令行の枠 (the frame): what typer itself says around our words, in Japanese.

typer has these texts in English and no translations to choose from: its headings can be set, its
commands and groups can be put in the place of its own, and whatever it finds wrong with what was
typed passes through the outermost group.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "引数"
rich_utils.OPTIONS_PANEL_TITLE = "指定"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.ERRORS_PANEL_TITLE = "誤り"
rich_utils.ABORTED_TEXT = "やめました。"
rich_utils.DEFAULT_STRING = "[なければ {}]"
rich_utils.REQUIRED_LONG_STRING = "[必須]"
rich_utils.RICH_HELP = "使い方は [blue]{command_path} {help_option}[/] で見られます。"
_USAGE, _HELP = "使い方: ", "使い方を示して終わる"
_HELP_ALONE = "NoArgsIsHelpError"
"""How typer itself tells it: nothing was typed, and the help is shown already."""
_OPTIONS, _COMMAND = "[指定]...", "命令 [引数]..."

_QUOTED = re.compile(r"\s*'([^']*)'\s*")
_ELSE = "命令の書き方が正しくありません。"
_OF = "Invalid value for (.+?): "
_SAID = [
    (re.compile(english, re.DOTALL), japanese)
    for english, japanese in (
        (r"Missing \w+ ([^.]+)\. Choose from:\s+(.+)", r"\1 を書いてください。選べる値: \2"),
        (r"Missing \w+ ([^.]+)\.", r"\1 を書いてください。"),
        (r"Missing command\.", "命令を書いてください。"),
        (r"No such command (.+)\. Did you mean (.+)\?", r"\1 という命令はありません。近いもの: \2"),
        (r"No such command (.+)\.", r"\1 という命令はありません。"),
        (
            r"No such option: (\S+) \(Possible options: (.+)\)",
            r"\1 という指定はありません。近いもの: \2",
        ),
        (r"No such option: (.+)", r"\1 という指定はありません。"),
        (r"Got unexpected extra argument\(s\) \((.+)\)", r"余分なものがあります: \1"),
        (r"Option (.+) does not take a value\.", r"\1 に値は付けられません。"),
        (r"Option (.+) requires .+\.", r"\1 の後に値を書いてください。"),
        (
            _OF + r"Input should be a valid UUID.*",
            r"\1 を読めません（例: 01234567-89ab-cdef-0123-456789abcdef）。",
        ),
        (_OF + r"Input should be a valid integer.*", r"\1 は整数で書いてください。"),
        (_OF + r".* greater than or equal to (\S+)", r"\1 は \2 以上にしてください。"),
        (_OF + r".* less than or equal to (\S+)", r"\1 は \2 以下にしてください。"),
        (
            _OF + r"Value error, (.+) is not one of (.+)\.",
            r"\1 に \2 は選べません。選べる値: \3",
        ),
        (_OF + r"(.*[ぁ-ん].*)", r"\1: \2"),
        (_OF + r".*", r"\1 の値が正しくありません。"),
        (r"Invalid value: (.*)", r"\1"),
    )
]
"""What typer says of what was typed; what a command says itself stays as it is."""


class Wrong(typer.BadParameter):
    """What was typed cannot be understood; said in Japanese, and without a word before it."""

    def format_message(self) -> str:
        return self.message


def in_japanese(said: str) -> str:
    for english, japanese in _SAID:
        if found := english.fullmatch(said):
            plain = " ".join(found.expand(japanese).split())
            return _QUOTED.sub(r"「\1」", plain.replace("', '", "'、'"))
    return _ELSE


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Wrong:
        raise
    except typer.TyperException as wrong:
        if type(wrong).__name__ == _HELP_ALONE:
            raise
        context = getattr(wrong, "ctx", None)
        raise Wrong(in_japanese(wrong.format_message()), context) from None


def _usage(command: Any, context: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, prefix=_USAGE)


def _helping(option: Any) -> Any:
    if option:
        option.help = _HELP
    return option


class _Command(TyperCommand):
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _helping(super().get_help_option(ctx))


class _Group(TyperGroup):
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _helping(super().get_help_option(ctx))

    def make_context(self, *args: Any, **named: Any) -> Any:
        with _told():
            return super().make_context(*args, **named)

    def invoke(self, ctx: Any) -> Any:
        with _told():
            return super().invoke(ctx)


class Commands(typer.Typer):
    """Commands that say all they say in Japanese."""

    def __init__(self, **named: Any) -> None:
        named |= {"options_metavar": _OPTIONS, "subcommand_metavar": _COMMAND}
        super().__init__(cls=_Group, **named)

    def command(self, name: str | None = None, **named: Any) -> Callable[..., Any]:
        return super().command(name, cls=_Command, options_metavar=_OPTIONS, **named)
