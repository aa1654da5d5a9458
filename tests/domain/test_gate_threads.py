"""やりとり: an answer belongs to those who ask and answer, and to nobody who looks at it after."""

from typing import Any

import pytest

from domain.events.consent import InformationRequestAnswered, InformationRequested, ShareReviewed
from domain.events.referral import ReferralReturned, ReferralReviewed
from domain.gate import Place, Reader
from domain.labels import ByStatute
from domain.values import Role
from tests.domain.gated import (
    HOKEN,
    NURSE,
    OFFICER,
    OWN,
    PRIVACY,
    PROTECTION,
    REFERRAL,
    SHARE,
    World,
    fact,
    label,
    learned,
    reader,
    referred,
    shared,
)

WELFARE = reader("city", "fukushi", staff=NURSE)
OFFICE = label(agency="city", desk="joho")
REVIEWED = {"proper": False, "narrative": ({"text": "夫も知っている", "label": OFFICE},)}


def _returned(role: Role = Role.COUNSELLOR, *, by: Any = None) -> tuple[World, Place]:
    world, hoken = World(), label(agency="hoken", desk="chiku")
    world.tell(referred(by), role=role)
    answer = {"referral": REFERRAL, "recorded_by": "receiver", "reason": "手いっぱいです"}
    return world, world.tell(fact(ReferralReturned, hoken, **answer))


def test_whoever_reviews_it_makes_no_party_of_the_desks_beside_them() -> None:
    world, answer = _returned()
    reviewed = fact(ReferralReviewed, OFFICE, referral=REFERRAL, **REVIEWED)
    looked_at = world.tell(reviewed, by=OFFICER, role=Role.PRIVACY)
    assert world.ask(OWN, answer)[0] == "thread"
    assert world.ask(WELFARE, answer) == ("no-basis", ())
    assert world.ask(WELFARE, looked_at) == ("no-basis", ())


@pytest.mark.parametrize("party", [OWN, HOKEN])
def test_the_parties_learn_that_it_was_reviewed_and_no_word_of_it(party: Reader) -> None:
    world = World()
    world.tell(shared(label(basis=ByStatute(article="apc-6"))))
    reviewed = fact(ShareReviewed, OFFICE, share=SHARE, **REVIEWED)
    looked_at = world.tell(reviewed, by=OFFICER, role=Role.PRIVACY)
    assert world.ask(party, looked_at) == ("addressed", ())
    seen, theirs = world.shown(party, looked_at), world.shown(PRIVACY, looked_at)
    assert seen
    assert seen.withheld == ("narrative.0",)
    assert theirs
    assert theirs.withheld == ()


def test_an_office_that_asks_is_answered_at_its_own_desk_alone() -> None:
    world, answer = _returned(Role.PROTECTION, by=label(agency="city", desk="juki"))
    assert world.ask(PROTECTION, answer)[0] == "thread"
    assert world.ask(WELFARE, answer) == ("no-basis", ())


def test_an_answer_told_in_a_room_stays_with_who_was_there() -> None:
    """Not even that there was one is told to whoever asked."""
    world = World()
    asked = {"request": REFERRAL, "of_agency": "hoken", "purpose": "support"}
    asked |= {"categories": ("consultation",), "answer_due": "2026-04-15"}
    world.tell(fact(InformationRequested, learned(), **asked))
    answered = {"request": REFERRAL, "cooperated": True}
    theirs = learned(agency="hoken", desk="chiku")
    assert world.ask(OWN, world.tell(fact(InformationRequestAnswered, theirs, **answered))) == (
        "no-basis",
        (),
    )
    outside = label(agency="hoken", desk="chiku")
    told = world.tell(fact(InformationRequestAnswered, outside, **answered))
    assert world.ask(OWN, told)[0] == "thread"
