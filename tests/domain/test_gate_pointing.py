"""指し示す先: whatever speaks of a record that somebody may not read tells them no more than that
record does; and every field of the catalogue that may speak of one is known.
"""

import ast
from inspect import getsource
from typing import Any

import pytest

from domain.events import CATALOGUE, KIND_OF, Fact
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.meeting import PlanDecided, PlanDrafted
from domain.events.rights import UseSuspended
from domain.events.support import (
    FileAttached,
    ParticipationMatched,
    ParticipationStarted,
    SupportClosed,
)
from domain.gate import may_read, situation_of
from domain.gate.pointing import pointing
from tests.domain.gated import (
    FATHER,
    MOTHER,
    REFERRAL,
    ROLE,
    SECRETARY,
    SITTING,
    World,
    contact,
    fact,
    label,
)
from tests.domain.test_gate_telltale import OURS, SCHOOL, guarding, protected

LOOSER = {"proposal": ROLE, "tightening": 1, "reason": "見せてよい"}
NUMBERS = {
    *("CorrectionRequested.of", "FactCorrected.of", "FactCorrected.rested", "GuardianshipEnded.of"),
    *("LabelTightened.of", "LooseningProposed.of", "LooseningProposed.tightening"),
    *("LabelLoosened.of", "LabelLoosened.tightening", "MisfiledRecordWithdrawn.facts"),
    *("BroughtToSitting.tabled", "PersonsHeldBack.tabled", "ReferralMade.enclosed"),
    *("InformationShared.facts", "UseSuspended.facts"),
}
"""It stands behind the walls of those records."""
THINGS = {
    *("referral", "share", "request", "consent", "consultation", "report", "outreach", "note"),
    *("plan", "replaces", "participation", "decision", "role", "predecessor", "attachment", "to"),
    *("assessment", "access", "case", "hold", "incident", "proposal", "concealment", "address"),
}
"""It stands behind the walls of the record that began the thing of that id."""
TOLD = {
    **dict.fromkeys(("SupportReopened.after",), "In which cycle a case is every reader is told."),
    **dict.fromkeys(
        ("SupportClosed.evaluated_plan", "SupportSuspended.evaluated_plan"),
        "That a case rests or was closed is told to whoever reads that.",
    ),
    "proposed_by": "A colleague.",
    "item": "The item of a sitting is of several people; the sitting has walls of its own.",
    "MeetingDecided.rested_on": "How far the file had come, which is never told outside.",
    "FactCorrected.replacement": "It is read as what it replaces would be.",
}
"""What is told of it all the same, and why."""
ELSEWHERE = {"sitting", "household", "source", "target", "belongs_to", "resource"}
"""Another file, which is asked about by itself."""


@pytest.mark.parametrize(
    "speaks",
    [
        (LabelTightened, {"category": "health"}),
        (LooseningProposed, LOOSER),
        (LabelLoosened, {**LOOSER, "proposed_by": SECRETARY.staff}),
    ],
    ids=lambda speaks: speaks[0].__name__,
)
def test_what_speaks_of_their_own_record_is_theirs_unless_that_was_another(
    speaks: tuple[Any, Any],
) -> None:
    world, deciding = protected()
    ours = world.tell(contact(label(**OURS)))
    kind, said = speaks
    speaking = world.tell(fact(kind, label(**OURS), of=ours.version, **said))
    assert world.opens(SCHOOL, speaking)
    retold = [i._replace(words=9) if i.place == ours else i for i in world.items]
    for items in (retold, [item for item in world.items if item.place != ours]):
        verdict = may_read(SCHOOL, world.at(speaking), situation_of(items))
        assert (verdict.rule, verdict.facts) == ("wall", deciding)


def test_what_goes_on_with_a_record_tells_no_more_than_that() -> None:
    """They wrote both; where she goes by day they are told by neither."""
    world, deciding = protected()
    name = {"participation": ROLE}
    place = {"person": MOTHER, "resource": SITTING, "kind": "work"}
    matched = world.tell(fact(ParticipationMatched, label(**OURS), **name, **place))
    began = world.tell(fact(ParticipationStarted, label(**OURS), **name))
    assert world.ask(SCHOOL, matched) == ("wall", deciding)
    assert world.ask(SCHOOL, began) == ("wall", (*deciding, matched))
    file = {"kind": "form", "title": "契約書", "media_type": "application/pdf", "size": 1}
    scan = fact(
        FileAttached, label(**OURS), attachment=REFERRAL, **file, content="JVBERi0=", to=ROLE
    )
    attached = world.tell(scan)
    assert world.ask(SCHOOL, attached) == ("wall", (*deciding, matched))
    named = world.tell(fact(UseSuspended, label(**OURS), person=MOTHER, facts=(attached.version,),
                            reason="目的外"))  # fmt: skip
    assert world.ask(SCHOOL, named) == ("wall", (*deciding, matched, attached))


def test_what_goes_on_with_a_hidden_record_is_hidden_from_the_same() -> None:
    """However late that was made stricter; who reads the one reads the other."""
    world = World()
    plan = {"plan": ROLE, "persons": (MOTHER,), "goals": (), "measures": ()}
    acting, deciding = world.tell(guarding()), world.tell(fact(PlanDrafted, label(**OURS), **plan))
    dated = {"starts_on": "2026-04-01", "review_on": "2026-10-01"}
    place = world.tell(fact(PlanDecided, label(**OURS), plan=ROLE, **dated))
    closed = fact(SupportClosed, label(**OURS), reason="solved", evaluated_plan=ROLE)
    ended = world.tell(closed)
    assert world.opens(SCHOOL, place)
    hiding = world.tell(fact(LabelTightened, label(**OURS), of=deciding.version,
                             hide_from=(FATHER,)))  # fmt: skip
    assert world.ask(SCHOOL, deciding) == ("wall", (acting, hiding))
    assert world.ask(SCHOOL, place) == ("wall", (acting, hiding, deciding))
    assert world.opens(SCHOOL, ended)
    others = World(world.items[1:])
    assert others.opens(SCHOOL, deciding)
    assert others.opens(SCHOOL, place)


def _written(kind: type[Fact]) -> set[str]:
    """As the catalogue is written: the fields that may name a record, and no person."""
    (written,) = ast.parse(getsource(kind)).body
    assert isinstance(written, ast.ClassDef)
    typed = (each for each in written.body if isinstance(each, ast.AnnAssign))
    marks = {"UUID", "FactNumber", "PinnedVersion", "Fact", *("SittingId", "HouseholdId")}
    marks.add("ResourceId")
    return {
        ast.unparse(each.target)
        for each in typed
        if marks & {at.id for at in ast.walk(each.annotation) if isinstance(at, ast.Name)}
    }


@pytest.mark.parametrize(
    "kind", [k for _, k in sorted(CATALOGUE.items()) if KIND_OF[k] in {"household", "person"}]
)
def test_of_every_field_that_may_speak_of_a_record_it_is_decided_what_it_tells(
    kind: type[Fact],
) -> None:
    """A fact that is added later is behind the walls of what it names, or somebody said why not."""
    for name in _written(kind):
        full = f"{kind.__name__}.{name}"
        walled = full in NUMBERS or (name in THINGS and full not in TOLD)
        told = bool({full, name} & {*TOLD, *ELSEWHERE})
        assert walled is not told, f"{full} is not decided about"
        assert (name in pointing(kind)) is walled, full
