"""記憶: what is written down days later, or not exactly, by people who have much to do."""

from datetime import date, timedelta
from typing import NamedTuple

from replays.synthesis.chance import Chance
from replays.synthesis.diary import Body, Diary, Done
from replays.synthesis.roster import Post

_WRITTEN_LATER = frozenset(
    {"ReceiveConsultation", "MakeContact", "AttemptOutreach", "UseEntryService", "LeaveHousehold"}
)
CONTACTS = frozenset({"MakeContact", "AttemptOutreach"})
_LATE = 0.15
_EXACTNESS = ((len("2025-04-01"), 16), (len("2025-04"), 3), (0, 1))
"""A day, a month, or unknown."""


class Written(NamedTuple):
    """A record that may turn out to be wrong: who wrote it, and where it stands."""

    by: Post
    version: int
    done: Done
    told_on: date


class Memory:
    """By a chance of its own, so that no life goes otherwise for it."""

    def __init__(self, diary: Diary) -> None:
        city = diary.city
        self._diary = diary
        self.chance = Chance(city.profile.id, city.seed, "memory", diary.number)
        self.intake: Written | None = None
        self.contacts: list[Written] = []
        self._begun = diary.today

    def begin(self, body: Body) -> None:
        """A first contact taken down on paper is recorded some days afterwards."""
        self._begun = self._diary.today
        if body.get("from_paper"):
            self._begun -= timedelta(days=self.chance.between(1, 5))
            body["occurred_on"] = self._begun.isoformat()

    def dated(self, act: str, body: Body) -> Body:
        """Never before the household was known."""
        if act not in _WRITTEN_LATER or not self.chance.happens(_LATE):
            return body
        day = max(self._begun, self.earlier(1, 21))
        exact = self.chance.weighed(_EXACTNESS)
        return {**body, "occurred_on": day.isoformat()[:exact] or "unknown"}

    def earlier(self, least: int, most: int) -> date:
        return self._diary.today - timedelta(days=self.chance.between(least, most))

    def keep(self, act: str, by: Post, done: Done) -> None:
        written = Written(by, done.version, done, self._begun)
        if act == "TakeIn":
            self.intake = written
        elif act in CONTACTS:
            self.contacts.append(written)
