"""物語の種: one household in which every kind of secret is told once, each in words of its own."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.api.crawl.people import Acts

WORDS = ("かなりあ", "金糸雀", "カナリヤ", "canary")
SUPPORTER = "clinic"
"""An agency that stands by the mother alone: its name tells where to look for her."""


@dataclass
class Tale:
    """`canaries` tells for each unique string what kind of thing it was told in."""

    acts: Acts
    chance: Random
    canaries: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    receipts: list[tuple[str, int]] = field(default_factory=list)

    def canary(self, kind: str) -> str:
        number = f"{self.chance.getrandbits(48):012x}"
        text = f"{self.chance.choice(WORDS)}-{number}"
        self.canaries[text] = kind
        return text

    def born(self, kind: str) -> str:
        """A day so long ago that nothing else is of it."""
        day = date(1901, 1, 1) + timedelta(days=self.chance.randrange(9000))
        self.canaries[day.isoformat()] = kind
        return day.isoformat()

    @property
    def path(self) -> str:
        return f"/households/{self.ids['household']}"

    @property
    def homes(self) -> list[str]:
        return [each for name, each in self.ids.items() if name.startswith("household")]

    @property
    def persons(self) -> list[str]:
        return [self.ids[name] for name in ("mother", "father", "child")]

    def does(self, path: str, body: Any, staff: str = "tanaka", fact: str = "") -> dict[str, Any]:
        """Something is recorded of the household; `fact` is what it is called from now on."""
        told = self.acts(f"{self.path}{path}", body, staff)
        if fact:
            self.facts[fact] = told["fact"]
            self.ids[fact] = told["id"]
        return told

    def told(self, kind: str, staff: str = "tanaka", **more: Any) -> dict[str, Any]:
        """A consultation whose narrative is a canary."""
        body = {"route": "visit", "consulter": "self", "person": self.ids["mother"]}
        narrative = [{"text": self.canary(kind)}]
        return self.does(
            "/consultations", {**body, "narrative": narrative, **more}, staff, fact=kind
        )

    def asks_the_desk_for_women(self) -> None:
        """By law, about the mother alone: of nobody else do they learn who lives there."""
        law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための相談。"}
        about = {"subjects": [self.ids["mother"]], "categories": ["consultation"], "enclosed": []}
        to = {"to_agency": "city", "to_desk": "women", "category": "abuse", "purpose": "referral"}
        self.does("/referrals", {**about, **to, "basis": law})

    def reviewed(self, path: str) -> None:
        """点検, by the privacy officer, whose words of it are theirs."""
        self.does(f"{path}/review", {"proper": True, "narrative": self.canary("review")}, "ito")
