"""変更の名前: a stricter label is named where without it another fact would open the record."""

from domain.events.consent import LabelTightened
from domain.gate import Place
from domain.labels import ByStatute, Category
from tests.domain.gated import HOKEN, REFERRAL, World, contact, fact, label, referred
from tests.domain.test_gate_denials import SECOND, returned

BY_LAW = label(basis=ByStatute(article="apc-6"))


def tightened(world: World, told: Place) -> Place:
    return world.tell(fact(LabelTightened, None, of=told.version, category=Category.HEALTH))


def test_a_stricter_label_under_which_another_referral_opens_it_is_named() -> None:
    world = World()
    told = world.tell(contact())
    for category, key in ((Category.CONSULTATION, REFERRAL), (Category.HEALTH, SECOND)):
        passed = {"referral": key, "categories": (category,), "enclosed": (told.version,)}
        sent = world.tell(referred(BY_LAW, **passed))
    change = tightened(world, told)
    assert world.ask(HOKEN, told) == ("statute", (sent, change))


def test_a_stricter_label_under_which_the_same_referral_opens_it_is_not_named() -> None:
    world = World()
    told = world.tell(contact())
    both = (Category.CONSULTATION, Category.HEALTH)
    sent = world.tell(referred(BY_LAW, categories=both, enclosed=(told.version,)))
    tightened(world, told)
    assert world.ask(HOKEN, told) == ("statute", (sent,))


def test_a_stricter_label_that_leaves_the_same_frame_is_not_named() -> None:
    world = World()
    sent = world.tell(referred(BY_LAW))
    back = world.tell(returned())
    assert world.ask(HOKEN, sent) == ("addressed", (back,))
    tightened(world, sent)
    assert world.ask(HOKEN, sent) == ("addressed", ())
