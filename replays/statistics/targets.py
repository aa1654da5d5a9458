"""成果目標 (KPI) の数え方: written in the profile as data, counted here, and told in Japanese."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.events import CATALOGUE
from domain.profile import Condition, Counted, Counting, Kpi, Profile, Span
from domain.values import Period
from replays.statistics.census import Entry
from replays.statistics.counting import WAYS, Hit, Way
from replays.statistics.view import View

_LABEL = "label."
_FISCAL = 4
_LISTS = {"kind": "participation-kinds", "service": "entry-services", "label.agency": "agencies"}
_FIELDS = {
    "kind": "種別",
    "service": "事業",
    "consulter": "相談者",
    "label.agency": "受付機関",
    "newly_created": "新設",
}
_WORDS = {
    "true": "はい",
    "self": "本人",
    "family": "家族",
    "neighbour": "地域住民",
    "agency": "関係機関",
    "host": "受入先",
    "partner": "協力企業・団体",
    "place": "居場所",
    "activity": "活動",
    "roles": "役割分担",
    "plan-approved": "プラン承認",
}
_UNITS = {
    Counted.PERSON: "同じ人は1人と数える（名寄せ後。人を特定していない記録は世帯ごとに1人）。",
    Counted.HOUSEHOLD: "同じ世帯は1世帯と数える（統合後）。",
    Counted.RESOURCE: "同じ社会資源は1つと数える。",
    Counted.OCCURRENCE: "",
}


def fiscal_year(day: date) -> int:
    return day.year if day.month >= _FISCAL else day.year - 1


def span_of(kpi: Kpi, period: Period, profile: Profile) -> Period:
    """From the first day of the fiscal year, or of the plan, to the last day asked about."""
    last = period.end or period.start
    start = date(fiscal_year(last), _FISCAL, 1)
    if kpi.span is Span.PLAN_PERIOD:
        start = profile.plan.since or start
    return Period(start=start, end=last)


def hits_of(kpi: Kpi, view: View, span: Period) -> Iterator[Hit]:
    for entry in _standing(kpi, view, span) if kpi.standing else view.within(span, *kpi.facts):
        if all(_meets(entry, condition, view) for condition in kpi.where):
            yield Hit(_unit(entry, kpi.of, view), (entry.place,))


def _standing(kpi: Kpi, view: View, span: Period) -> Iterator[Entry]:
    """Registered by the end, and not retired before the beginning."""
    retired = {entry.stream: entry.day for entry in view.of("ResourceRetired")}
    for entry in view.of(*kpi.facts):
        last = retired.get(entry.stream, date.max)
        if entry.day <= (span.end or date.max) and last >= span.start:
            yield entry


def _unit(entry: Entry, of: Counted, view: View) -> object:
    match of:
        case Counted.PERSON:
            match = view.matched.get(entry.said.get("participation"))  # type: ignore[arg-type]
            return view.somebody(match or entry)
        case Counted.HOUSEHOLD:
            return view.household(entry.stream)
        case Counted.RESOURCE:
            return entry.stream
        case Counted.OCCURRENCE:
            return entry.place


def _meets(entry: Entry, condition: Condition, view: View) -> bool:
    value = _value(entry, condition.field, view)
    return str(value).lower() in condition.one_of


def _value(entry: Entry, field: str, view: View) -> object:
    """Of a participation that says no more than its id, what its matching says."""
    if field == f"{_LABEL}agency":
        return entry.agency
    value = entry.said.get(field)
    if value is None and (match := view.matched.get(entry.said.get("participation"))):  # type: ignore[arg-type]
        return match.said.get(field)
    return value


def way_of(kpi: Kpi) -> Way:
    return Way.DISTINCT if kpi.counting is Counting.DISTINCT else Way.TOTAL


def rule_of(kpi: Kpi, profile: Profile, on: date) -> str:
    """数え方: 実か延か、どの出来事か、どの期間か、統合・名寄せの後か。"""
    facts = "・".join(f"「{_told(kind)}」（{kind}）" for kind in kpi.facts)
    where = "、".join(_condition(each, kpi.facts, profile, on) for each in kpi.where)
    narrowed = f"のうち、{where}もの" if where else ""
    when = "年度の初め" if kpi.span is Span.FISCAL_YEAR else "計画期間の初め"
    until = (
        f"{when}より前に終えておらず、期間の最後の日までに登録のある"
        if kpi.standing
        else f"{when}から期間の最後の日までに起きた"
    )
    parts = (
        f"{until}{facts}{narrowed}を数える（{WAYS[way_of(kpi)]}）。",
        _UNITS[kpi.of] if kpi.counting is Counting.DISTINCT else "",
        "新規・再開を分けない。取り消した記録と、別の世帯の誤記録は数えない。",
        f"{kpi.note}。" if kpi.note else "",
    )
    return "".join(parts)


def _told(kind: str) -> str:
    return (CATALOGUE[kind].__doc__ or kind).strip().partition("。")[0]


def _condition(condition: Condition, facts: Sequence[str], profile: Profile, on: date) -> str:
    named = _FIELDS.get(condition.field, condition.field)
    words = "・".join(_word(condition.field, code, facts, profile, on) for code in condition.one_of)
    return f"{named}が{words}の"


def _word(field: str, code: str, facts: Sequence[str], profile: Profile, on: date) -> str:
    codes = _LISTS.get(field)
    resource = any(kind.startswith(("Resource", "Meeting")) for kind in facts)
    if codes and not resource and code in profile.lists[codes]:
        return profile.label(codes, code, on)
    return _WORDS.get(code, code)
