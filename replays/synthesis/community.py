"""地域: places to belong, what is done there, and what the cases say about the town."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.desk_log import Capacity, DeskLog, morning
from replays.synthesis.diary import Line
from replays.synthesis.roster import StaffMember

NUMBER = -1
_KINDS = ("host", "partner", "place", "place")
_NAMES = (
    "ひだまり",
    "みちくさ",
    "こもれび",
    "おむすび",
    "つむぎ",
    "あおぞら",
    "ふくろう",
    "たんぽぽ",
)
_ENDS = {"host": "工房", "partner": "商店", "place": "の家"}
_ISSUES = (
    ("isolation", "外に出るきっかけの少ない人が、気軽に立ち寄れる場が足りない。"),
    ("transport", "坂の上の地区で、買い物と通院の足が足りない。"),
    ("bearers", "見守りの担い手が高齢になり、続けるのが難しくなっている。"),
    ("children", "夕方から夜にかけて、子どもが安心して過ごせる場所が少ない。"),
)


def told(city: City) -> Iterator[Line]:
    log = DeskLog(city, NUMBER)
    chance = Chance(city.profile.id, city.seed, "community")
    worker = city.worker(city.participation, 0)
    by = (worker.holder(city.first), worker.capacity)
    for number, place in enumerate(city.places):
        at = morning(city.first, 8, 40, number % 60)
        on = ("resource", place, True)
        command = city.id(f"place-{number}")
        yield log.line(
            at, "RegisterResource", by, _place(city, number, chance), on, command=command
        )
    yield from _year(city, log, chance)


def _place(city: City, number: int, chance: Chance) -> dict[str, Any]:
    kind = _KINDS[number % len(_KINDS)]
    name = f"{_NAMES[number % len(_NAMES)]}{_ENDS[kind]}{number // len(_NAMES) + 1}"
    area = chance.pick(city.areas)
    return {"kind": kind, "name": name, "area": area, "newly_created": chance.happens(0.2)}


def _year(city: City, log: DeskLog, chance: Chance) -> Iterator[Line]:
    """Month by month: activities, and now and then an issue raised and answered."""
    post = city.worker(city.participation, 0)
    kinds = city.allowed("activity-kinds", "gathering", "children-cafeteria", "event", "project")
    for month in city.calendar.months[1:]:
        day = city.calendar.working(month + timedelta(days=chance.between(3, 20)))
        by = (post.holder(day), post.capacity)
        for place in chance.some(city.places, max(1, len(city.places) // 3)):
            at = morning(day, 16, chance.between(0, 50), chance.between(0, 59))
            activity = {"kind": chance.pick(kinds), "participants": chance.between(3, 40)}
            yield log.line(at, "HoldActivity", by, activity, ("resource", place, False))
        if month.month % 3 == 0:
            yield from _issue(city, log, chance, by, day)


def _issue(
    city: City,
    log: DeskLog,
    chance: Chance,
    by: tuple[StaffMember, Capacity],
    day: Any,
) -> Iterator[Line]:
    theme, text = chance.pick(_ISSUES)
    raised = {"themes": city.allowed("community-themes", theme), "text": text}
    issue = city.id(f"issue-{day}")
    yield log.line(
        morning(day, 16, 55), "RaiseCommunityIssue", by, raised, ("resource", issue, True)
    )
    if chance.happens(0.6):
        answer = {"text": "関係する団体と、できることから始めることとした。"}
        on = ("resource", issue, False)
        yield log.line(morning(day, 17, 5), "AnswerCommunityIssue", by, answer, on)
