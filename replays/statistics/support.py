"""継続中・終結・所要日数の数え方。"""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

from domain.events.meeting import DecisionKind
from domain.values import Period
from replays.statistics.census import Entry
from replays.statistics.counting import Hit, Measure, Way
from replays.statistics.view import View

_ENDED = ("SupportClosed", "SupportSuspended")
_MERGED = "HouseholdsMerged"
_COURSE = ("HouseholdOpened", "SupportReopened", *_ENDED)
_COORDINATED = ("EligibilityJudged", "PlanDecided", "MeetingDecided", "SupportReopened", *_ENDED)


def closed(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "SupportClosed"):
        codes = {"closure-reasons": (entry.reason,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def suspended(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "SupportSuspended"):
        codes = {"suspension-reasons": (entry.reason,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def supported(view: View, period: Period) -> Iterator[Hit]:
    """Open on the last day: opened or reopened, and not ended since."""
    for stream, entry in _last(view, period, _COURSE).items():
        if entry.kind not in _ENDED:
            yield Hit(view.household(stream), (entry.place,))


def _last(view: View, period: Period, kinds: tuple[str, ...]) -> dict[UUID, Entry]:
    """What happened last to each household; one that was part of another by then is not its own."""
    gone = {entry.source for entry in view.until(_end(period), _MERGED)}
    happened = view.until(_end(period), *kinds)
    return {entry.stream: entry for entry in happened if entry.stream not in gone}


def _end(period: Period) -> date:
    return period.end or date.max


def continuing(view: View, period: Period) -> Iterator[Hit]:
    """多機関協働 goes on: taken up or planned, and neither ended nor handed back since. What was of
    one household becomes that of the one it is part of from then on.
    """
    found: dict[UUID, Entry] = {}
    for entry in view.until(_end(period), *_COORDINATED, _MERGED):
        if entry.kind == _MERGED:
            if begun := found.pop(entry.source, None):
                found.setdefault(entry.target, begun)
        elif _takes_up(entry):
            found.setdefault(entry.stream, entry)
        elif _lets_go(entry):
            found.pop(entry.stream, None)
    for household, entry in found.items():
        yield Hit(view.household(household), (entry.place,))


def _takes_up(entry: Entry) -> bool:
    return entry.kind == "PlanDecided" or bool(entry.said.get("eligible"))


def _lets_go(entry: Entry) -> bool:
    return entry.kind != "MeetingDecided" or entry.said["kind"] == DecisionKind.RETURNED


def to_screening(view: View, period: Period) -> Iterator[Hit]:
    received = {entry.consultation: entry for entry in view.of("ConsultationReceived")}
    for entry in view.within(period, "ConsultationScreened"):
        if first := received.get(entry.consultation):
            yield _from(first, entry, view)


def to_answer(view: View, period: Period) -> Iterator[Hit]:
    made = {entry.referral: entry for entry in view.of("ReferralMade")}
    for entry in view.within(period, "ReferralAccepted", "ReferralReturned"):
        if first := made.get(entry.referral):
            yield _from(first, entry, view)


def to_plan(view: View, period: Period) -> Iterator[Hit]:
    yield from _since_the_cycle_began(view, period, "PlanDecided")


def to_closure(view: View, period: Period) -> Iterator[Hit]:
    yield from _since_the_cycle_began(view, period, "SupportClosed")


def _since_the_cycle_began(view: View, period: Period, kind: str) -> Iterator[Hit]:
    """From the first consultation, or from the reopening, to the first of that kind after it."""
    begun: dict[UUID, Entry] = {}
    met: set[UUID] = set()
    for entry in view.until(_end(period), "ConsultationReceived", "SupportReopened", kind):
        household = view.household(entry.stream)
        reopened = entry.kind == "SupportReopened"
        if reopened or (entry.kind != kind and household not in met):
            met.add(household)
            begun[household] = entry
        elif entry.kind == kind:
            first = begun.pop(household, None)
            if first and period.covers(entry.day):
                yield _from(first, entry, view)


def _from(first: Entry, last: Entry, view: View) -> Hit:
    days = max(0, (last.day - first.day).days)
    return Hit(view.household(last.stream), (first.place, last.place), days=days)


_BEGUN = "初めの相談受付（再開した世帯は再開）の日から"
_SHOWN = "期間に終わったものだけを数え、日付の前後が逆のものは0日とする。"


def _days(
    name: str, what: str, rule: str, hits: Callable[..., Iterator[Hit]]
) -> tuple[Measure, ...]:
    return (
        Measure(f"days-{name}", f"{what}（平均）", "日", Way.MEAN, rule + _SHOWN, hits),
        Measure(f"days-{name}-median", f"{what}（中央値）", "日", Way.MEDIAN, rule + _SHOWN, hits),
    )


MEASURES = (
    Measure(
        "supported",
        "支援中の世帯（期末）",
        "世帯",
        Way.DISTINCT,
        "期間の最後の日に、台帳を開いた又は再開した後、終結・中断していない世帯を数える（実）。"
        "統合された世帯は統合先と合わせて1世帯とし、統合の日からは統合先の状態による。",
        supported,
    ),
    Measure(
        "continuing",
        "多機関協働の継続中（期末）",
        "世帯",
        Way.DISTINCT,
        "期間の最後の日に、多機関協働の対象と判断され、又はプランが決定しており、その後に終結・中断・再開・"
        "包括に戻す決定・対象外の判断がない世帯を数える（実）。",
        continuing,
    ),
    Measure(
        "closed",
        "終結",
        "件",
        Way.TOTAL,
        "期間に終結した記録（SupportClosed）を事由ごとに数える（延）。再開後の2度目の終結も数える。",
        closed,
        {"closure-reasons": "closure-reasons"},
    ),
    Measure(
        "suspended",
        "中断",
        "件",
        Way.TOTAL,
        "期間に中断した記録（SupportSuspended）を事由ごとに数える（延）。",
        suspended,
        {"suspension-reasons": "suspension-reasons"},
    ),
    *_days(
        "to-screening",
        "相談受付からスクリーニングまで",
        "相談受付の日から、その相談のスクリーニングの日までの日数。",
        to_screening,
    ),
    *_days(
        "to-answer",
        "つなぎの依頼から回答まで",
        "つなぎを依頼した日から、受理又は返戻の日までの日数。取り下げと未回答は含まない。",
        to_answer,
    ),
    *_days(
        "to-plan",
        "相談受付からプラン決定まで",
        _BEGUN + "、その期で初めてのプラン決定の日までの日数。",
        to_plan,
    ),
    *_days(
        "to-closure",
        "相談受付から終結まで",
        _BEGUN + "、その期の終結の日までの日数。",
        to_closure,
    ),
)
