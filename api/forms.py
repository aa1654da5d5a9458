"""出す形: what a command writes for machines instead of tables for people, one at a time."""

import typer


def only_one(**chosen: object) -> None:
    """Before anything is read or written down: whoever asked for two would miss one of them."""
    asked = [f"--{name}" for name, given in chosen.items() if given]
    if len(asked) > 1:
        raise typer.BadParameter(f"{' と '.join(asked)} は、どちらか一つにしてください。")
