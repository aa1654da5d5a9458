"""Cases for the gate: whole histories, chapter by chapter, each with steps left out or out of turn.

Every chapter is a story in itself (a つなぎ and its return, a consent and its withdrawal, a meeting
with its room); what is random is who, about whom, on which basis, which steps are missing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from domain.gate.past import found_to_be
from domain.values import Role
from tests.domain import gated as g
from tests.laws.gate_chapters import (
    again,
    concealment,
    consent,
    disclosure,
    guardian,
    identity,
    member,
    merged,
    misfiled,
    note,
    on_consent,
    other,
    referral,
    request,
    share,
    taken_for_one,
    tightened,
    use_suspended,
    written,
)
from tests.laws.gate_chapters_desks import to_one_desk
from tests.laws.gate_chapters_met import (
    audit,
    conflict,
    emergency,
    place_in_danger,
    sitting,
    stood_by,
)
from tests.laws.gate_chapters_parts import in_parts
from tests.laws.gate_teller import (
    APART,
    APART_SITTING,
    DESKS,
    STAFF,
    Teller,
)

Chapter = Callable[[Teller], None]
CHAPTERS: tuple[Chapter, ...] = (
    *(member, member, identity, identity, concealment, written, written, written, note),
    *(in_parts, in_parts),
    *(to_one_desk, referral, referral, share, share, share, request, consent, consent, again),
    *(
        tightened,
        guardian,
        misfiled,
        misfiled,
        merged,
        taken_for_one,
        use_suspended,
        emergency,
        emergency,
        place_in_danger,
        place_in_danger,
        place_in_danger,
        audit,
        audit,
        stood_by,
        conflict,
        conflict,
        disclosure,
        other,
    ),
    *(sitting, sitting, sitting, on_consent, on_consent, on_consent),
)


def history(any_: Random) -> g.World:
    teller = Teller(any_, g.World(apart=frozenset({APART, APART_SITTING})))
    written(teller)
    for _ in range(any_.randint(1, 12)):
        teller.one(*CHAPTERS)(teller)
    if teller.rarely(0.25):
        teller.world.same = {g.FATHER: g.CHILD}
    teller.world.same |= found_to_be(teller.world.items)
    return teller.world


def readers(any_: Random) -> list[Any]:
    """Those who may be in the story, in one capacity or another, on one day or another."""
    found = []
    for agency, desk in DESKS:
        role = any_.choice((*(Role.COUNSELLOR,) * 9, *(Role.COORDINATOR,) * 3, *Role))
        when = any_.choice((g.TODAY, g.TODAY, g.TODAY, date(2026, 4, 11), date(2027, 4, 1)))
        found.append(g.reader(agency, desk, role, any_.choice(STAFF), when))
    at = g.NOON + timedelta(hours=any_.choice((0, 1, 3)))
    found.append(g.reader("hoken", "chiku", staff=g.NURSE, at=at))
    found.append(g.reader("hoken", any_.choice(("chiku", "boshi")), staff=g.CHIEF))
    found += [g.OWN, g.HOKEN, g.SECRETARY, g.PROTECTION, g.IDENTITY, g.PRIVACY]
    besides = (g.capacity(*any_.choice(DESKS)),)
    return [replace(each, others=besides) if any_.random() < 0.2 else each for each in found]
