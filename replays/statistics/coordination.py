"""多機関協働と会議の数え方。"""

from collections.abc import Iterator

from domain.events.meeting import DecisionKind
from domain.events.sitting import MeetingBasis
from domain.values import Period
from replays.statistics.counting import Hit, Measure, Way
from replays.statistics.view import View

_HELD = "開催日（held_on）が期間にあり、取りやめでなく、出席の記録がある会議による。"


def taken_up(view: View, period: Period) -> Iterator[Hit]:
    """The first judgement of each household that it is one for 多機関協働."""
    seen = set()
    for entry in view.until(period.end or period.start, "EligibilityJudged"):
        household = view.household(entry.stream)
        if entry.eligible and household not in seen:
            seen.add(household)
            if period.covers(entry.day):
                yield Hit(household, (entry.place,))


def support_sittings(view: View, period: Period) -> Iterator[Hit]:
    yield from _sittings(MeetingBasis.SUPPORT, view, period)


def layered_sittings(view: View, period: Period) -> Iterator[Hit]:
    yield from _sittings(MeetingBasis.LAYERED, view, period)


def _sittings(basis: MeetingBasis, view: View, period: Period) -> Iterator[Hit]:
    places = {
        sitting: [convened.place]
        for sitting, convened in view.sittings.items()
        if period.covers(convened.held_on)
    }
    held = set()
    for entry in view.of("AgendaItemAdded"):
        if entry.basis == basis and entry.stream in places:
            places[entry.stream].append(entry.place)
            held.add(entry.stream)
    for sitting, found in places.items():
        if sitting in held:
            codes = {"bodies": (view.sittings[sitting].body,)}
            yield Hit(sitting, tuple(found), codes)


def support_cases(view: View, period: Period) -> Iterator[Hit]:
    yield from _cases(MeetingBasis.SUPPORT, view, period)


def layered_cases(view: View, period: Period) -> Iterator[Hit]:
    yield from _cases(MeetingBasis.LAYERED, view, period)


def _cases(basis: MeetingBasis, view: View, period: Period) -> Iterator[Hit]:
    """One household at one item once, however many agencies brought it there."""
    seen = set()
    for entry in view.of("BroughtToSitting"):
        convened = view.sittings.get(entry.sitting)
        if convened is None or not period.covers(convened.held_on):
            continue
        household = view.household(entry.stream)
        if view.bases.get(entry.item) == basis and (entry.item, household) not in seen:
            seen.add((entry.item, household))
            yield Hit(household, (entry.place, convened.place), {"bodies": (convened.body,)})


def handed_back(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "MeetingDecided"):
        if entry.said["kind"] == DecisionKind.RETURNED:
            yield Hit(view.household(entry.stream), (entry.place,))


def new_plans(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "PlanDecided"):
        if entry.replaces is None:
            yield Hit(view.household(entry.stream), (entry.place,))


def renewed_plans(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "PlanDecided"):
        if entry.replaces is not None:
            yield Hit(view.household(entry.stream), (entry.place,))


def plans_not_reached(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "PlanNotReached"):
        codes = {"plan-not-reached-reasons": (entry.reason,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def case_studies(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "CaseStudied"):
        yield Hit(view.household(entry.stream), (entry.place,))


MEASURES = (
    Measure(
        "multi-agency-new",
        "多機関協働の新規受付",
        "世帯",
        Way.DISTINCT,
        "多機関協働の対象と初めて判断した（EligibilityJudged）日が期間にある世帯を数える（実）。"
        "統合した世帯は1世帯とし、再開後の2度目の判断は含まない。",
        taken_up,
    ),
    Measure(
        "support-sittings",
        "支援会議の開催",
        "回",
        Way.DISTINCT,
        _HELD + "支援会議（社会福祉法106条の6）を根拠とする議題が1つ以上ある会議を1回とする。",
        support_sittings,
        {"bodies": "bodies"},
    ),
    Measure(
        "support-cases",
        "支援会議の検討ケース（延）",
        "件",
        Way.TOTAL,
        _HELD + "支援会議の議題に付した世帯（BroughtToSitting）を、議題ごとに1件と数える（延）。",
        support_cases,
    ),
    Measure(
        "support-case-households",
        "支援会議の検討ケース（実）",
        "世帯",
        Way.DISTINCT,
        _HELD + "支援会議の議題に付した世帯を数える（実）。統合した世帯は1世帯とする。",
        support_cases,
    ),
    Measure(
        "layered-sittings",
        "重層的支援会議の開催",
        "回",
        Way.DISTINCT,
        _HELD + "重層的支援会議を根拠とする議題が1つ以上ある会議を1回とする。"
        "両方の根拠の議題がある会議は、支援会議と重層的支援会議のそれぞれに数える。",
        layered_sittings,
        {"bodies": "bodies"},
    ),
    Measure(
        "layered-cases",
        "重層的支援会議の検討ケース（延）",
        "件",
        Way.TOTAL,
        _HELD + "重層的支援会議の議題に付した世帯を、議題ごとに1件と数える（延）。",
        layered_cases,
    ),
    Measure(
        "layered-case-households",
        "重層的支援会議の検討ケース（実）",
        "世帯",
        Way.DISTINCT,
        _HELD + "重層的支援会議の議題に付した世帯を数える（実）。統合した世帯は1世帯とする。",
        layered_cases,
    ),
    Measure(
        "plans-new",
        "プラン決定（新規）",
        "件",
        Way.TOTAL,
        "期間に決定したプラン（PlanDecided）のうち、前のプランを置き換えないものを数える（延）。",
        new_plans,
    ),
    Measure(
        "plans-renewed",
        "プラン決定（再プラン）",
        "件",
        Way.TOTAL,
        "期間に決定したプラン（PlanDecided）のうち、前のプランを置き換えるものを数える（延）。",
        renewed_plans,
    ),
    Measure(
        "plans-not-reached",
        "プランに至らなかった",
        "件",
        Way.TOTAL,
        "期間にプランに至らなかったと記録したもの（PlanNotReached）を数える（延）。",
        plans_not_reached,
        {"plan-not-reached-reasons": "plan-not-reached-reasons"},
    ),
    Measure(
        "handed-back",
        "包括に戻した",
        "件",
        Way.TOTAL,
        "期間の会議決定（MeetingDecided）のうち、包括的相談支援に戻すものを数える（延）。",
        handed_back,
    ),
    Measure(
        "case-studies",
        "事例検討",
        "件",
        Way.TOTAL,
        "期間に行った事例検討（CaseStudied）を数える（延）。",
        case_studies,
    ),
)
