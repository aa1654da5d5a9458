"""Who tells a case for the gate (語り手): one random step after the other."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import InformationRequestReviewed, ShareReviewed
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.person import PersonsMerged
from domain.events.referral import ReferralMade, ReferralReviewed
from domain.events.rights import UseSuspended
from domain.events.support import ContactMade
from domain.labels import Category, Label, Tag
from domain.values import Role
from tests.domain import gated as g

ELSEWHERE, APART, APART_SITTING = UUID(int=0x51), UUID(int=0x52), UUID(int=0x53)
"""Another household of the case; one of another case, and a sitting that is about that one."""
PERSONS = (g.MOTHER, g.FATHER, g.CHILD)
DESKS = (
    *(("shakyo", "sodan"), ("shakyo", "kanri"), ("hoken", "chiku"), ("hoken", "boshi")),
    *(("city", "layered"), ("city", "juki"), ("city", "joho"), ("gakko", "kyomu")),
    ("gakko", "chiku"),
)
STAFF = (g.TANAKA, g.NURSE, g.CHAIR, g.CHIEF, g.OFFICER)
CATEGORIES = (Category.CONSULTATION, Category.CONSULTATION, Category.HEALTH, Category.ABUSE)
PURPOSES = ("support", "planning")
ITEMS = (g.ITEM, g.OTHER_ITEM)
FOUND = (HouseholdsMerged, MemberJoined, PersonsMerged)
OF_OFFICES: dict[type[Fact], Role] = {
    **dict.fromkeys(
        (UseSuspended, ReferralReviewed, ShareReviewed, InformationRequestReviewed), Role.PRIVACY
    ),
    **dict.fromkeys((ContactMade, ReferralMade), Role.PROTECTION),
}
STAFF_FILE = UUID(int=0x600)


@dataclass
class Teller:
    """Tells a world, one random step after the other."""

    any: Random
    world: g.World = field(default_factory=g.World)
    things: int = 0

    def one(self, *of: Any) -> Any:
        return self.any.choice(of)

    def rarely(self, chance: float = 0.15) -> bool:
        return self.any.random() < chance

    def few(self, *of: Any) -> tuple[Any, ...]:
        return tuple(self.any.sample(of, self.one(0, 1, 1, 2)))

    def new(self) -> UUID:
        self.things += 1
        return UUID(int=0x1000 + self.things)

    def label(self, agency: str = "", desk: str = "", **more: Any) -> Label:
        if not agency:
            agency, desk = self.one(*DESKS[:4])
        usual: dict[str, Any] = {
            "subjects": self.few(*PERSONS),
            "hidden_from": self.few(*PERSONS) if self.rarely() else (),
            "concealed": self.rarely(0.05),
            "tags": (self.one(Tag.LOCATION, Tag.INFORMANT),) if self.rarely(0.1) else (),
        }
        category = more.pop("category", None) or self.one(*CATEGORIES)
        return g.label(category, agency, desk, **{**usual, **more})

    def basis(self, *kinds: str) -> dict[str, Any]:
        kind = self.one(*(kinds or ("own", "consent", "statute", "urgent", "sitting")))
        more: dict[str, dict[str, Any]] = {
            "consent": {"consent": g.CONSENT},
            "statute": {"article": "apc-6"},
            "urgent": {"reason": "身の危険", "review_due": g.TODAY},
            "sitting": {"sitting": g.SITTING, "item": self.one(*ITEMS)},
        }
        return {"kind": kind, **more.get(kind, {})}

    def tell(self, kind: type[Fact], labelled: Label | None, stream: UUID = g.HOME,
             /, **given: Any) -> None:  # fmt: skip
        """名寄せ tells of any case who is one, and where it goes on; others what is theirs."""
        role = Role.COUNSELLOR
        if self.rarely(0.3):
            role = Role.IDENTITY if kind in FOUND else OF_OFFICES.get(kind, role)
        self.world.tell(g.fact(kind, labelled, **given), stream, self.one(*STAFF), role)

    def last(self, stream: UUID = g.HOME) -> int:
        """The version of what was told there last."""
        return sum(x.stream == stream for x in self.world.items)

    def version(self) -> int:
        """Of something told at home already."""
        return self.any.randint(1, max(1, self.last()))

    def versions(self) -> tuple[int, ...]:
        return tuple({self.version() for _ in range(self.one(1, 2, 4))})
