"""アウトリーチと参加支援の数え方。"""

from collections.abc import Iterator
from uuid import UUID

from domain.values import Period
from replays.statistics.census import Entry, Place
from replays.statistics.counting import Hit, Measure, Way
from replays.statistics.view import View

NOT_MET, BEFORE_CONSENT, AFTER_CONSENT = "not-met", "before-consent", "after-consent"
STAGES = {NOT_MET: "本人未接触", BEFORE_CONSENT: "同意前", AFTER_CONSENT: "同意後"}
_REACHED = (NOT_MET, BEFORE_CONSENT, AFTER_CONSENT)
_OUTREACH = ("OutreachAttempted", "ContactMade")
_SOMEBODY = "名寄せ後の1人を1と数え、人を特定していない記録は世帯ごとに1人とする。"


def reached_out(view: View, period: Period) -> Iterator[Hit]:
    """Each person once, at the furthest stage reached within the period."""
    places: dict[UUID, list[Place]] = {}
    furthest: dict[UUID, int] = {}
    for entry in view.within(period, *_OUTREACH):
        person = view.somebody(entry)
        places.setdefault(person, []).append(entry.place)
        furthest[person] = max(furthest.get(person, 0), _REACHED.index(_stage(entry)))
    for person, found in places.items():
        yield Hit(person, tuple(found), {"outreach-stages": (_REACHED[furthest[person]],)})


def _stage(entry: Entry) -> str:
    if entry.kind == "OutreachAttempted" or not entry.met_person:
        return NOT_MET
    return AFTER_CONSENT if entry.consented else BEFORE_CONSENT


def attempts(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, *_OUTREACH):
        codes = {"outreach-methods": (entry.method,), "outreach-stages": (_stage(entry),)}
        yield Hit(view.somebody(entry), (entry.place,), codes)


def entry_services(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "EntryServiceUsed"):
        yield Hit(view.somebody(entry), (entry.place,), {"entry-services": (entry.service,)})


def matched(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "ParticipationMatched"):
        codes = {"participation-kinds": (entry.said["kind"],)}
        yield Hit(view.person(entry.person), (entry.place,), codes)


def hosts(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "ParticipationMatched"):
        yield Hit(entry.resource, (entry.place,))


def started(view: View, period: Period) -> Iterator[Hit]:
    yield from _of_participation(view, period, "ParticipationStarted")


def followed_up(view: View, period: Period) -> Iterator[Hit]:
    yield from _of_participation(view, period, "ParticipationFollowedUp")


def settled(view: View, period: Period) -> Iterator[Hit]:
    for hit in _of_participation(view, period, "ParticipationEnded"):
        if hit.codes["participation-end-reasons"] == ("settled",):
            yield hit


def ended(view: View, period: Period) -> Iterator[Hit]:
    yield from _of_participation(view, period, "ParticipationEnded")


def _of_participation(view: View, period: Period, kind: str) -> Iterator[Hit]:
    for entry in view.within(period, kind):
        if match := view.matched.get(entry.participation):
            codes = {"participation-kinds": (match.said["kind"],)}
            if kind == "ParticipationEnded":
                codes["participation-end-reasons"] = (entry.reason,)
            yield Hit(view.person(match.person), (entry.place, match.place), codes)


def guardians(view: View, period: Period) -> Iterator[Hit]:
    for entry in view.within(period, "GuardianAppointed"):
        yield Hit(view.person(entry.person), (entry.place,))


MEASURES = (
    Measure(
        "outreach-people",
        "アウトリーチの対象者",
        "人",
        Way.DISTINCT,
        "期間にアウトリーチを試みた（OutreachAttempted）又は接触した（ContactMade）相手を数える（実）。"
        "段階は、その人が期間の中でいちばん進んだところ（本人未接触・同意前・同意後）とする。"
        + _SOMEBODY,
        reached_out,
        {"outreach-stages": "outreach-stages"},
    ),
    Measure(
        "outreach",
        "アウトリーチの支援回数",
        "回",
        Way.TOTAL,
        "期間のアウトリーチの試みと接触をすべて数える（延）。段階は、その回のもの。",
        attempts,
        {"outreach-methods": "outreach-methods", "outreach-stages": "outreach-stages"},
    ),
    Measure(
        "entry-services",
        "きっかけ事業の利用",
        "件",
        Way.TOTAL,
        "期間のきっかけ事業の利用（EntryServiceUsed）をすべて数える（延）。",
        entry_services,
        {"entry-services": "entry-services"},
    ),
    Measure(
        "participation-matched",
        "参加支援のマッチング",
        "件",
        Way.TOTAL,
        "期間に受入先とマッチングした記録（ParticipationMatched）を種別ごとに数える（延）。",
        matched,
        {"participation-kinds": "participation-kinds"},
    ),
    Measure(
        "participation-hosts",
        "参加支援の受入先",
        "か所",
        Way.DISTINCT,
        "期間にマッチングした受入先（社会資源）を数える（実）。",
        hosts,
    ),
    Measure(
        "participation-started",
        "参加が始まった人",
        "人",
        Way.DISTINCT,
        "期間に参加が始まった（ParticipationStarted）人を数える（実）。" + _SOMEBODY,
        started,
        {"participation-kinds": "participation-kinds"},
    ),
    Measure(
        "participation-follow-ups",
        "定着支援",
        "回",
        Way.TOTAL,
        "期間の定着支援（ParticipationFollowedUp）をすべて数える（延）。",
        followed_up,
        {"participation-kinds": "participation-kinds"},
    ),
    Measure(
        "participation-settled",
        "定着して終えた人",
        "人",
        Way.DISTINCT,
        "期間に「定着した」で終えた（ParticipationEnded）人を数える（実）。",
        settled,
    ),
    Measure(
        "participation-ended",
        "参加支援の終了",
        "件",
        Way.TOTAL,
        "期間に終えた参加支援（ParticipationEnded）を事由ごとに数える（延）。",
        ended,
        {"participation-end-reasons": "participation-end-reasons"},
    ),
    Measure(
        "guardians",
        "後見人等の受任",
        "件",
        Way.TOTAL,
        "期間に後見人等が受任した記録（GuardianAppointed）を数える（延）。",
        guardians,
    ),
)
