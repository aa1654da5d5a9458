"""相談受付とつなぎの数え方。"""

from collections.abc import Iterator

from domain.values import Period
from replays.statistics.counting import Hit, Measure, Way
from replays.statistics.view import View

_DAY = (
    "相談などが起きた日で数える。日が分からない記録は、あり得る日のうち記帳日に最も近い日とする。"
)


def new_consultations(view: View, period: Period) -> Iterator[Hit]:
    for household, entry in view.first_consultations.items():
        if period.covers(entry.day):
            codes = {
                "fields": tuple(entry.fields),
                "routes": (entry.route,),
            }
            yield Hit(household, (entry.place,), codes)


def consultations(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "ConsultationReceived"):
        codes = {"fields": tuple(entry.fields), "routes": (entry.route,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def reopenings(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "SupportReopened"):
        codes = {"reopening-reasons": (entry.reason,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def screenings(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "ConsultationScreened"):
        codes = {"screening-results": (entry.result,)}
        yield Hit(view.household(entry.stream), (entry.place,), codes)


def referrals(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "ReferralMade"):
        yield Hit(view.household(entry.stream), (entry.place,), {"agencies": (entry.to_agency,)})


def accepted(view: View, period: Period) -> Iterator[Hit]:
    yield from _answered(view, period, "ReferralAccepted")


def returned(view: View, period: Period) -> Iterator[Hit]:
    yield from _answered(view, period, "ReferralReturned")


def _answered(view: View, period: Period, kind: str) -> Iterator[Hit]:
    made = {entry.referral: entry for entry in view.of("ReferralMade")}
    for entry in view.within(period, kind):
        asked = made.get(entry.referral)
        places = (entry.place, asked.place) if asked else (entry.place,)
        codes = {"agencies": (asked.to_agency,)} if asked else {}
        yield Hit(view.household(entry.stream), places, codes)


MEASURES = (
    Measure(
        "new-consultations",
        "新規相談受付",
        "世帯",
        Way.DISTINCT,
        "世帯ごとに初めての相談受付（ConsultationReceived）が期間にあるものを1と数える（実）。"
        "統合した世帯は1世帯とし、早いほうの受付による。再開と2度目からの相談は含まない。"
        "分野は複数に当たるとき、それぞれに数える（内訳の計は総数を超えうる）。" + _DAY,
        new_consultations,
        {"fields": "fields", "routes": "routes"},
    ),
    Measure(
        "consultations",
        "相談受付",
        "件",
        Way.TOTAL,
        "期間に起きた相談受付（ConsultationReceived）をすべて数える（延）。新規・継続中・再開後を分けない。"
        "取り消した記録と、別の世帯の誤記録は数えない。" + _DAY,
        consultations,
        {"fields": "fields", "routes": "routes"},
    ),
    Measure(
        "reopenings",
        "再開",
        "件",
        Way.TOTAL,
        "期間に支援を再開した記録（SupportReopened）を数える（延）。新規相談受付には含まない。",
        reopenings,
        {"reopening-reasons": "reopening-reasons"},
    ),
    Measure(
        "screenings",
        "スクリーニング",
        "件",
        Way.TOTAL,
        "期間に出したスクリーニング結果（ConsultationScreened）を数える（延）。",
        screenings,
        {"screening-results": "screening-results"},
    ),
    Measure(
        "referrals",
        "つなぎ（依頼）",
        "件",
        Way.TOTAL,
        "期間に依頼したつなぎ（ReferralMade）を、つなぎ先の機関ごとに数える（延）。取り下げたものも含む。",
        referrals,
        {"agencies": "agencies"},
    ),
    Measure(
        "referred-households",
        "つなぎのあった世帯",
        "世帯",
        Way.DISTINCT,
        "期間につなぎ（ReferralMade）を依頼した世帯を数える（実）。統合した世帯は1世帯とする。",
        referrals,
        {"agencies": "agencies"},
    ),
    Measure(
        "referrals-accepted",
        "つなぎの受理",
        "件",
        Way.TOTAL,
        "期間に受理されたつなぎ（ReferralAccepted）を、つなぎ先の機関ごとに数える（延）。"
        "依頼が期間の前でも、受理が期間にあれば数える。",
        accepted,
        {"agencies": "agencies"},
    ),
    Measure(
        "referrals-returned",
        "つなぎの返戻",
        "件",
        Way.TOTAL,
        "期間に返戻されたつなぎ（ReferralReturned）を、つなぎ先の機関ごとに数える（延）。",
        returned,
        {"agencies": "agencies"},
    ),
)
