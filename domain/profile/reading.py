"""読み込み: the municipality's tables over the nation's become a profile, or what is wrong."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from domain.profile.checks import Problem, problems
from domain.profile.municipality import Profile
from domain.profile.wrong import Path, Wrong, WrongProfile, in_words, key_of

BY_NAME = frozenset({"codes", "notices"})
"""Merged list by list; any other table of the municipality replaces the nation's as a whole."""


class Source(NamedTuple):
    """設定ファイル: its name, for the messages, and what is written in it."""

    file: str
    tables: Mapping[str, Any]


def merged(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """自治体のファイルが優先する。`codes` と `notices` は一覧ごとに、他は表ごとに置き換える。"""
    tables = {**base, **own}
    for name in BY_NAME & base.keys() & own.keys():
        parts = (base[name], own[name])
        if all(isinstance(part, Mapping) for part in parts):
            tables[name] = {**parts[0], **parts[1]}
    return tables


def read_profile(
    own: Source, base: Source | None = None, facts: Collection[str] | None = None
) -> Profile:
    """The profile, or WrongProfile; `facts` are the names of facts a KPI may count, if known."""
    data = merged(own.tables, base.tables if base else {})

    def file_of(path: Path) -> str:
        from_base = base and _written(base.tables, path) and not _written(own.tables, path)
        return base.file if base and from_base else own.file

    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        lines = [in_words(file_of, data, each, Profile) for each in error.errors()]
        raise WrongProfile(lines) from None
    if found := list(problems(profile, facts)):
        raise WrongProfile([_as_line(file_of(each.path), data, each) for each in found])
    return profile


def _as_line(file: str, data: Mapping[str, Any], problem: Problem) -> Wrong:
    return Wrong(file, key_of(data, problem.path), problem.says, ", ".join(problem.allowed))


def _written(tables: Mapping[str, Any], path: Path) -> bool:
    """Is this in the file? What nobody has written is missing in the municipality's own."""
    table, *rest = path
    if table not in BY_NAME or not rest or not isinstance(tables.get(str(table)), Mapping):
        return table in tables
    return rest[0] in tables[str(table)]
