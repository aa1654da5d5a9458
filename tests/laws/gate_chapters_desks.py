"""一つの係へ: what goes to one desk of an agency that has others, and is for that desk alone."""

from domain.events import consent as c
from domain.events import referral as r
from domain.labels import ByStatute, Category
from tests.domain import gated as g
from tests.laws.gate_teller import PERSONS, Teller


def to_one_desk(t: Teller) -> None:
    """Somebody is known, and a つなぎ by law about them goes there; closed from the first, or made
    so; seldom it names nobody.
    """
    person, key = t.one(*PERSONS), t.new()
    told = t.world.tell(g.contact(t.label("shakyo", "sodan", subjects=(person,))))
    t.world.tell(g.joined(person))
    t.world.tell(g.identified(person), person)
    category = t.one(Category.CONSULTATION, Category.HEALTH, Category.ABUSE)
    labelled = g.label(
        category,
        *t.one(("shakyo", "sodan"), ("shakyo", "sodan"), ("hoken", "boshi")),
        basis=ByStatute(article="apc-6"),
        subjects=t.one((person,), (person,), ()),
    )
    given = {"to_agency": "hoken", "to_desk": t.one("chiku", "boshi", None)}
    taken = dict.fromkeys((category, Category.CONSULTATION, t.one(category, Category.HEALTH)))
    given |= {"purpose": "support", "categories": tuple(taken)}
    sent = t.world.tell(
        g.fact(r.ReferralMade, labelled, referral=key, **given,
               enclosed=t.one((), (told.version,)), answer_due="2026-04-15")
    )  # fmt: skip
    if t.rarely(0.3):
        stricter = g.fact(c.LabelTightened, None, of=sent.version, category=Category.ABUSE)
        t.world.tell(stricter)
