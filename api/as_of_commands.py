"""The command line for the two clocks: `setai as-of`. It holds no key, so it shows no word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console

from api.as_of_printing import Answer, show
from api.desks import NoAgency, there_is
from api.forms import only_one
from api.frame import Commands
from api.keyless import Demo, Given, OfProfile, Town, Url, Where, opened, written_down
from api.naming import Then, naming, naming_both
from api.progress import failing, progress
from api.said import spoken
from domain.clocks import Point
from domain.values import JST
from replays.as_of import (
    BadPoint,
    HomeLine,
    Totals,
    difference,
    household,
    municipality,
    point_of,
    sitting,
    totals,
)

_EVERY, _NOT_TOLD, _TOGETHER = "(すべて)", "示さない", "その他(小さい区分を合わせて)"
_LINE = tuple(field.name for field in fields(HomeLine))
console = Console(stderr=True)
as_of = Commands(
    help="ある日の姿を、ある日までの記録で組み立て直す（コードと日付だけ）", no_args_is_help=True
)
TrueAt = Annotated[str | None, typer.Option(help="いつの日のことか（2025-04-01、令和7年4月1日）")]
KnownAt = Annotated[str | None, typer.Option(help="いつまでに記録されたことか（日か日時）")]
Json = Annotated[bool, typer.Option("--json", help="JSON で出す")]
Csv = Annotated[bool, typer.Option("--csv", help="表計算の表で出す")]
Key = Annotated[
    UUID, typer.Argument(metavar="世帯のID", help="`setai as-of city --csv` の household の列")
]


class NotThere(Exception):
    """その時点に、この世帯の台帳はありません。"""


class NoSitting(Exception):
    """その時点に、この会議の記録はありません。"""


def add_to(app: typer.Typer) -> None:
    app.add_typer(as_of, name="as-of")


@as_of.command("household", help="一つの世帯")
def one(  # noqa: PLR0913 - each is an option of its own
    key: Key,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with _asked(Where(url, profile, town, demo)) as given:
        point = _point(given, true_at, known_at)
        found = household(given.ledger, key, point)
        written_down(given, "as-of-household", {"point": _said(point)}, households=(key,))
        if found is None:
            raise NotThere
        plain = asdict(found)
        parts = {name: plain.pop(name) for name in ("events", "members", "plans")}
        whole = {name: value for name, value in plain.items() if name != "point"}
        tables = {
            "世帯": [{**_clocks(point), **whole}],
            "世帯員": parts["members"],
            "プラン": parts["plans"],
            "支援経過": parts["events"],
        }
        answer = Answer({**plain, **parts}, tables)
        _shown(given, point, answer, as_json=as_json, as_csv=as_csv)


@as_of.command("sitting", help="一つの会議")
def meeting(  # noqa: PLR0913 - each is an option of its own
    key: Annotated[UUID, typer.Argument(metavar="会議のID", help="会議の番号")],
    true_at: TrueAt = None,
    known_at: KnownAt = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with _asked(Where(url, profile, town, demo)) as given:
        point = _point(given, true_at, known_at)
        found = sitting(given.ledger, key, point)
        written_down(given, "as-of-sitting", {"point": _said(point), "sitting": str(key)})
        if found is None:
            raise NoSitting
        plain = asdict(found)
        parts = {name: plain.pop(name) for name in ("items", "events")}
        whole = {name: value for name, value in plain.items() if name != "point"}
        tables = {
            "会議": [{**_clocks(point), **whole}],
            "議題": parts["items"],
            "会議の経過": parts["events"],
        }
        answer = Answer({**plain, **parts}, tables)
        _shown(given, point, answer, as_json=as_json, as_csv=as_csv)


@as_of.command("city", help="市町村全体、または一つの機関・係の担当")
def city(  # noqa: PLR0913, PLR0917 - each is an option of its own
    true_at: TrueAt = None,
    known_at: KnownAt = None,
    agency: Annotated[str | None, typer.Option(help="この機関が主担当の世帯だけ")] = None,
    desk: Annotated[str | None, typer.Option(help="この係が主担当の世帯だけ")] = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with _asked(Where(url, profile, town, demo)) as given:
        point = _point(given, true_at, known_at)
        asked = {"point": _said(point), "agency": agency or "", "desk": desk or ""}
        with progress(console, "記録", given.ledger.head()) as done:
            every = municipality(given.ledger, point, done)
            lines = [line for line in every if _chosen(line, agency, desk)]
        if not lines:
            there_is(given.profile, agency, desk)
        written_down(given, "as-of-city", asked)
        plain = [asdict(line) for line in lines]
        today = given.profile.settings(datetime.now(JST).date())
        whole = totals(lines, today.suppress_below)
        told = {"point": asdict(point), "totals": asdict(whole), "households": plain}
        answer = Answer(told, {"世帯": plain} if as_csv else _counted(whole), _LINE)
        _shown(given, point, answer, as_json=as_json, as_csv=as_csv)


@as_of.command("difference", help="一つの世帯の、二つの時点の違い")
def two(  # noqa: PLR0913, PLR0917 - each is an option of its own
    key: Key,
    from_true_at: TrueAt = None,
    from_known_at: KnownAt = None,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    if from_true_at is None and from_known_at is None:
        raise typer.BadParameter("--from-true-at か --from-known-at を示してください。")
    only_one(json=as_json, csv=as_csv)
    with _asked(Where(url, profile, town, demo)) as given:
        since = _point(given, from_true_at, from_known_at)
        until = _point(given, true_at, known_at)
        found = difference(given.ledger, key, since, until)
        asked = {"since": _said(since), "until": _said(until)}
        written_down(given, "as-of-difference", asked, households=(key,))
        if found is None:
            raise NotThere
        names = ("what", "before", "after")
        changed = [dict(zip(names, each, strict=True)) for each in found.states]
        records = [{"kind": kind, **asdict(event)} for kind, event in found.records]
        plain = {"changes": changed, "records": records}
        tables = {"変わったこと": changed, "記録の違い": records}
        then = [Then(p.true_at, a) for p, a in zip((since, until), found.leads, strict=True)]
        named = naming_both(given.profile, *then)
        show(Answer(plain, tables), named, as_json=as_json, as_csv=as_csv)


@contextmanager
def _asked(where: Where) -> Iterator[Given]:
    with (
        spoken(console),
        failing(console, BadPoint),
        failing(console, NotThere),
        failing(console, NoSitting),
        failing(console, NoAgency),
        opened(where) as given,
    ):
        yield given


def _shown(given: Given, point: Point, answer: Answer, *, as_json: bool, as_csv: bool) -> None:
    named = naming(given.profile, point.true_at)
    show(answer, named, as_json=as_json, as_csv=as_csv)


def _point(given: Given, true_at: str | None, known_at: str | None) -> Point:
    return point_of(given.ledger, datetime.now(UTC).astimezone(JST), true_at, known_at)


def _clocks(point: Point) -> dict[str, Any]:
    return {"true_at": point.true_at, "position": point.position}


def _said(point: Point) -> str:
    return f"{point.true_at}/{point.position}"


def _chosen(line: HomeLine, agency: str | None, desk: str | None) -> bool:
    return agency in {None, line.agency} and desk in {None, line.desk}


def _counted(whole: Totals) -> dict[str, list[dict[str, Any]]]:
    """What a person reads of a whole municipality; each household is in its list."""
    parts = [
        {"status": status.status, "agency": agency, "households": number}
        for status in whole.by_status
        for agency, number in (
            (_EVERY, status.households),
            *((lead.agency or _NOT_TOLD, lead.households) for lead in status.leads),
            *(((_TOGETHER, status.others),) if status.others and status.leads else ()),
        )
    ]
    sums = {name: value for name, value in asdict(whole).items() if name != "by_status"}
    return {"合計": [sums], **({"状態と主担当ごと": parts} if parts else {})}
