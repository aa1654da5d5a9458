"""A chapter (章) told in paragraphs: each as the whole is, or stricter in a way of its own."""

from typing import Any

from domain.labels import Category, Label, Tag
from tests.domain import gated as g
from tests.laws.gate_teller import PERSONS, STAFF, Teller


def in_parts(t: Teller) -> None:
    whole = t.label(basis=t.basis("own", "own", "own", "sitting"))
    parts = [_part(t, whole) for _ in range(t.one(1, 2, 3))]
    told = t.one(g.contact, g.assessed)
    t.world.tell(told(whole, *parts), g.HOME, t.one(*STAFF))


def _part(t: Teller, whole: Label) -> Label:
    stricter: dict[str, Any] = t.one(
        {},
        {"category": t.one(Category.HEALTH, Category.ABUSE)},
        {"basis": t.basis("sitting", "consent")},
        {"hidden_from": (*whole.hidden_from, t.one(*PERSONS))},
        {"concealed": True},
        {"tags": (*whole.tags, t.one(Tag.LOCATION, Tag.INFORMANT))},
    )
    return Label.model_validate({**dict(whole), **stricter})
