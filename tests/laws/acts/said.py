"""What commands say besides what they are for: day, subjects, category, basis, walls, tags."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.labels import Category, Tag
from tests.laws.town import Town

CATEGORIES = (
    Category.CONSULTATION,
    Category.CONSULTATION,
    Category.PROGRESS,
    Category.FAMILY,
    Category.HEALTH,
    Category.ABUSE,
)
PURPOSES = ("support", "support", "referral", "meeting")
AGENCIES = ("shakyo", "shakyo", "city", "clinic", "school", "centre")
_ARTICLES = ("kojin-69-1", "kojin-69-2", "kojin-27-1", "jido-6", "shafuku-106-6-3", "unheard-of")
_REASONS = ("急ぐ", "命の危険が迫っているため、すぐに伝える", None)


def day(town: Town) -> str | None:
    """Today mostly; late entries of every precision; seldom a day that has not come."""
    today = town.at.date()
    back = today - timedelta(days=town.chance.randrange(60))
    ahead = today + timedelta(days=20)
    late = [back.isoformat(), back.strftime("%Y-%m"), str(back.year), "unknown"]
    return None if town.seldom(0.7) else town.either(town.one(late), ahead.isoformat())


def about(town: Town, household: UUID, **more: Any) -> dict[str, Any]:
    """The label of an act where it differs from the desk's usual one."""
    members = [*town.state(household).people.members]
    said: dict[str, Any] = {"occurred_on": day(town), "subjects": town.some(members)}
    if town.seldom(0.4):
        said["category"] = town.one(CATEGORIES)
    if town.seldom():
        said["hidden_from"] = town.some(members, 1, 1)
    if town.seldom():
        said["concealed"] = True
    if town.seldom():
        said["tags"] = town.some(list(Tag), 1, 1)
    if town.seldom():
        said["basis"] = basis(town, household)
    return {**said, **more}


def basis(town: Town, household: UUID) -> dict[str, Any]:
    kinds = (consent, consent, sitting, sitting, statute, urgent)
    return town.one(kinds)(town, household)


def consent(town: Town, household: UUID) -> dict[str, Any]:
    return {"kind": "consent", "consent": town.thing(town.state(household).consents.consents)}


def sitting(town: Town, household: UUID) -> dict[str, Any]:
    """An item of one of the last sittings, mostly one about this household."""
    if not town.sittings:
        return {"kind": "own"}
    chosen = town.one(town.sittings[-2:])
    items = town.sitting(chosen).items
    own = [key for key, item in items.items() if item.household == household]
    return {"kind": "sitting", "sitting": chosen, "item": town.thing(own or items)}


def statute(town: Town, _: UUID) -> dict[str, Any]:
    return {"kind": "statute", "article": town.one(_ARTICLES), "reason": town.one(_REASONS)}


def urgent(town: Town, _: UUID) -> dict[str, Any]:
    due = town.at.date() + timedelta(days=town.chance.randrange(-2, 12))
    reason = town.one(_REASONS) or "急"
    return {"kind": "urgent", "reason": reason, "review_due": due}


def versions(town: Town, household: UUID, most: int = 2) -> list[int]:
    """Facts of the household, seldom one that it does not have."""
    last = town.state(household).version
    return town.some(range(1, last + 1), most) if not town.seldom() else [last + 3]


def words(town: Town, household: UUID) -> list[dict[str, Any]]:
    """A narrative: about everybody, about somebody, under labels of its own."""
    if town.seldom(0.3):
        return []
    told: dict[str, Any] = {"text": "朝は起きられず、学校に行っていない。"}
    if town.seldom(0.3):
        told["principals"] = town.some(town.state(household).people.members, 1, 1)
    if town.seldom(0.15):
        told["category"] = town.one(CATEGORIES)
    if town.seldom():
        told["tags"] = town.some(list(Tag), 1, 1)
    return [told]
