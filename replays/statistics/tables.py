"""公表する表の目録: a fixed catalogue; each table divides people or households into parts, once.

No two of them count the same in different units, and none counts what stood at the end of a year:
such numbers could be set off against each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.profile import Profile
from domain.suppression import Counts, Path
from domain.values import Period
from replays.statistics.census import Entry
from replays.statistics.outreach import STAGES, reached_out
from replays.statistics.periods import last_of, year_of
from replays.statistics.view import WITHHELD, View

UNKNOWN, SEVERAL = "unknown", "several"
_DECADE = 10
SIZES = {"one": "1人", "two": "2人", "three-four": "3〜4人", "five-over": "5人以上"}
_UP_TO = ((1, "one"), (2, "two"), (4, "three-four"))
SEXES = {"female": "女", "male": "男", "other": "その他", "unknown": "不明"}
QUARTERS = {"q1": "4〜6月", "q2": "7〜9月", "q3": "10〜12月", "q4": "1〜3月"}
Places = Callable[[View, Period], Iterable[Path]]


class Table(NamedTuple):
    """表: `parts` are the names of its divisions from the outside in, `rule` how it is counted."""

    id: str
    title: str
    unit: str
    parts: tuple[str, ...]
    rule: str
    places: Places


def newcomers(view: View, period: Period) -> dict[UUID, Entry]:
    """Everybody of a newly consulted household, once, with its first consultation."""
    found: dict[UUID, Entry] = {}
    for household, first in view.first_consultations.items():
        if period.covers(first.day):
            for person in view.members.get(household, ()):
                found.setdefault(person, first)
    return found


def by_person(view: View, period: Period) -> Iterable[Path]:
    identities = _identities(view)
    for person, first in newcomers(view, period).items():
        household = view.household(first.stream)
        sex, decade = identities.get(person, (UNKNOWN, UNKNOWN))
        size = _size(len(view.members[household]))
        yield view.area(household), size, sex, decade


def by_route(view: View, period: Period) -> Iterable[Path]:
    return ((first.route,) for first in newcomers(view, period).values())


def by_field(view: View, period: Period) -> Iterable[Path]:
    for first in newcomers(view, period).values():
        fields = dict.fromkeys(first.fields)
        yield (next(iter(fields)),) if len(fields) == 1 else (SEVERAL if fields else UNKNOWN,)


def by_quarter(view: View, period: Period) -> Iterable[Path]:
    for first in newcomers(view, period).values():
        yield (f"q{(first.day.month - 4) % 12 // 3 + 1}",)


def by_reason(view: View, period: Period) -> Iterable[Path]:
    """Each household once, by how it ended last, in whichever order that was recorded."""
    ended: dict[UUID, Path] = {}
    for entry in view.until(last_of(period), "SupportClosed"):
        if period.covers(entry.day):
            ended[view.household(entry.stream)] = (entry.reason,)
    return ended.values()


def by_stage(view: View, period: Period) -> Iterable[Path]:
    return (hit.codes["outreach-stages"] for hit in reached_out(view, period))


def _size(members: int) -> str:
    return next((name for most, name in _UP_TO if members <= most), "five-over")


def _identities(view: View) -> dict[UUID, tuple[str, str]]:
    """Sex and the decade of birth, as last recorded under any id of the person."""
    found: dict[UUID, tuple[str, str]] = {}
    told = sorted(view.of("PersonNoted", "PersonIdentified"), key=lambda entry: entry.position)
    for entry in told:
        person = view.person(entry.stream)
        sex, decade = found.get(person, (UNKNOWN, UNKNOWN))
        year = entry.birth_year
        known = f"b{year - year % _DECADE}" if year else decade
        found[person] = (str(entry.sex) if entry.sex != UNKNOWN else sex, known)
    return found


_NEW = (
    "年度に初めて相談を受け付けた世帯の世帯員を、名寄せ後の1人につき1人と数える（実）。"
    "統合した世帯は1世帯とし、再開と2度目からの相談は含まない。"
)
TABLES = (
    Table(
        "new-people",
        "新規相談の世帯の人",
        "人",
        ("圏域", "世帯の人数", "性別", "生年"),
        _NEW + "支援措置のある世帯と圏域の分からない世帯は、圏域を示さない。",
        by_person,
    ),
    Table("new-people-by-route", "新規相談の世帯の人（経路）", "人", ("経路",), _NEW, by_route),
    Table(
        "new-people-by-field",
        "新規相談の世帯の人（分野）",
        "人",
        ("分野",),
        _NEW + "2つ以上の分野に当たる相談は「複数の分野」とする。",
        by_field,
    ),
    Table("new-people-by-quarter", "新規相談の世帯の人（時期）", "人", ("時期",), _NEW, by_quarter),
    Table(
        "closed-by-reason",
        "終結した世帯",
        "世帯",
        ("事由",),
        "年度に終結した世帯を、年度の最後の終結の事由で1世帯と数える（実）。",
        by_reason,
    ),
    Table(
        "outreach-by-stage",
        "アウトリーチの対象者",
        "人",
        ("段階",),
        "年度にアウトリーチの相手となった人を、いちばん進んだ段階で1人と数える（実）。",
        by_stage,
    ),
)


def counted(view: View, year: int) -> dict[str, Counts]:
    """Every table of a fiscal year, with nothing hidden yet."""
    period = year_of(year)
    return {table.id: _tree(table.places(view, period)) for table in TABLES}


def _tree(places: Iterable[Path]) -> Counts:
    """Each place counts in itself and in all that it is part of."""
    found: Counter[Path] = Counter({(): 0})
    for place in places:
        found.update(place[:depth] for depth in range(len(place) + 1))
    return found


_LISTS: Mapping[str, str] = {
    "圏域": "areas",
    "経路": "routes",
    "分野": "fields",
    "事由": "closure-reasons",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "世帯の人数": SIZES,
    "性別": SEXES,
    "時期": QUARTERS,
    "段階": STAGES,
    "分野": {SEVERAL: "複数の分野", UNKNOWN: "不明"},
    "圏域": {WITHHELD: "示さない（支援措置・不明）"},
}


def label(part: str, code: str, profile: Profile, year: int) -> str:
    """What a part is called."""
    if part == "生年":
        return "不明" if code == UNKNOWN else f"{code[1:]}年代生まれ"
    if told := _WORDS.get(part, {}).get(code):
        return told
    return profile.label(_LISTS[part], code, last_of(year_of(year)))
