"""自治体の設定の読み込み: profile files are read here; the domain judges what they say."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from domain.events import CATALOGUE
from domain.profile import Profile, Source, Wrong, WrongProfile, read_profile

SUFFIX = ".toml"
_SHARED = "national"
_SHIPPED = files("domain") / "profiles"


def shipped_profiles() -> tuple[str, ...]:
    """The municipalities that come with the product."""
    names = (entry.name.removesuffix(SUFFIX) for entry in _SHIPPED.iterdir())
    return tuple(sorted(name for name in names if name != _SHARED))


def load_profile(name: str) -> Profile:
    """By the name of a shipped municipality, or by the path of a file ending in .toml."""
    own = _source(_file(name), name)
    base = own.tables.get("extends")
    if base is None:
        return read_profile(own, facts=CATALOGUE)
    if base != _SHARED:
        raise WrongProfile([Wrong(own.file, "extends", "重ねる下書きがありません。", _SHARED)])
    return read_profile(own, _source(_file(_SHARED), _SHARED), CATALOGUE)


def _file(name: str) -> Traversable:
    if name.endswith(SUFFIX):
        return Path(name)
    return _SHIPPED / f"{name}{SUFFIX}"


def _source(file: Traversable, name: str) -> Source:
    """Not TOML, not UTF-8, not there: each is a wrong profile too, not a crash."""
    shown = name if name.endswith(SUFFIX) else file.name
    try:
        return Source(shown, tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        wrong = Wrong(shown, "（全体）", f"TOML として読めません（{error}）。")
    except UnicodeDecodeError:
        wrong = Wrong(shown, "（全体）", "文字コードが UTF-8 ではありません。", "UTF-8 の TOML")
    except OSError:
        allowed = f"{', '.join(shipped_profiles())}、または .toml ファイルの場所"
        wrong = Wrong(shown, "（全体）", "設定ファイルが読めません。", allowed)
    raise WrongProfile([wrong])
