"""Rule 2: who stands by a protected person, and where they go by day, is not told to whoever acts
for the 相手方; what their own agency knows they know.
"""

import ast
from inspect import getsource
from typing import Any
from uuid import UUID

import pytest

from domain.events import STREAMS, Fact
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.intake import ConsultationScreened
from domain.events.meeting import (
    PersonsHeldBack,
    PlanDrafted,
    PlanEvaluated,
    RoleAssigned,
    RoleEnded,
)
from domain.events.membership import HouseholdsMerged
from domain.events.person import CareNeeded, SafeContactAgreed, VisitRiskNoted
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralAccepted,
    ReferralReturned,
    ReferralWithdrawn,
)
from domain.events.resource import ResourceRegistered
from domain.events.rights import FactCorrected
from domain.events.sitting import AgendaItemAdded, SittingWrittenUp
from domain.events.support import GuardianAppointed, ParticipationMatched, SupportClosed
from domain.gate import Denial, Grant, Place, faces, may_read, situation_of, takes_sides, whom
from domain.gate.telltale import named
from domain.labels import BySitting, ByStatute, Paragraph, Tag
from domain.values import AgencyId, Personal, PersonId
from tests.domain.gated import (
    CHILD,
    DECISION,
    FATHER,
    HOME,
    ITEM,
    MOTHER,
    OTHER_ITEM,
    OWN,
    PRIVACY,
    REFERRAL,
    ROLE,
    SECRETARY,
    SITTING,
    Room,
    World,
    address,
    capacity,
    concealed,
    consented,
    contact,
    fact,
    identified,
    joined,
    label,
    learned,
    reader,
    referred,
    shared,
)

SCHOOL = reader("gakko", "kyomu")
OURS: dict[str, Any] = {"agency": "gakko", "desk": "kyomu", "subjects": (MOTHER,)}
AT_ITEM = {"sitting": SITTING, "item": ITEM}
"""Where others sat, too."""
MEASURE = {"service": "visit", "agency": "hoken", "content": "訪問"}


def guarding(agency: str = "gakko") -> GuardianAppointed:
    given = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": agency}
    return fact(GuardianAppointed, label(subjects=(FATHER,)), **given)


def protected() -> tuple[World, tuple[Place, Place]]:
    """The school acts for the father, from whom the mother is protected."""
    world = World()
    return world, (world.tell(guarding()), world.tell(concealed(FATHER), MOTHER))


def test_what_another_agency_wrote_of_the_protected_person_is_withheld() -> None:
    world = World()
    theirs = world.tell(contact(label(agency="hoken", desk="boshi", subjects=(MOTHER,))))
    passed = label(agency="hoken", desk="boshi", basis=ByStatute(article="apc-6"))
    world.tell(shared(passed, theirs.version, to_agency="gakko"))
    assert world.opens(SCHOOL, theirs)
    acting = world.tell(guarding())
    assert world.opens(SCHOOL, theirs)
    begun = world.tell(concealed(FATHER), MOTHER)
    assert world.ask(SCHOOL, theirs) == ("wall", (acting, begun))
    assert world.ask(OWN, theirs) == ("no-basis", ())


@pytest.mark.parametrize("of", ["their own record", "a paragraph", "a whole record"])
def test_where_the_others_of_the_family_are_leads_to_the_protected(of: str) -> None:
    """The child goes to school where the mother lives; that of the father leads nowhere."""
    for whose, walled in ((CHILD, True), (FATHER, False)):
        world, (acting, begun) = protected()
        ours = label(agency="gakko", desk="kyomu", subjects=(whose,), tags=(Tag.LOCATION,))
        if of == "their own record":
            told = world.tell(address().model_copy(update={"label": ours}), whose)
        elif of == "a whole record":
            told = world.tell(contact(ours))
        else:
            told = world.tell(contact(ours.model_copy(update={"tags": ()}), ours))
            found = world.shown(SCHOOL, told)
            assert found is not None
            assert found.withheld == (("narrative.0",) if walled else ())
            continue
        assert world.ask(SCHOOL, told) == (
            ("wall", (acting, begun)) if walled else ("own-desk", ())
        )


def test_that_another_was_not_taken_up_tells_that_the_others_were() -> None:
    """An item takes up a household: whoever of them it names."""
    world, (acting, begun) = protected()
    his = label(agency="gakko", desk="kyomu", subjects=(FATHER,))
    held = world.tell(fact(PersonsHeldBack, his, persons=(FATHER,), **AT_ITEM))
    assert world.ask(SCHOOL, held) == ("wall", (acting, begun))


def test_a_role_of_one_person_tells_that_the_household_was_taken_up() -> None:
    world, (acting, begun) = protected()
    his = label(agency="gakko", desk="kyomu", subjects=(FATHER,))
    role = {"role": ROLE, "decision": DECISION, "agency": "gakko"}
    given = world.tell(fact(RoleAssigned, his, **role, task="見守り"))
    ended = world.tell(fact(RoleEnded, his, **role))
    assert world.ask(SCHOOL, given) == ("wall", (acting, begun))
    assert world.ask(SCHOOL, ended) == ("wall", (acting, begun, given))


@pytest.mark.parametrize(
    "speaks",
    [
        (LabelTightened, {"category": "health"}),
        (LooseningProposed, {"proposal": ROLE, "tightening": 2, "reason": "見せてよい"}),
        (
            LabelLoosened,
            {
                "proposal": ROLE,
                "tightening": 2,
                "proposed_by": SECRETARY.staff,
                "reason": "見せてよい",
            },
        ),
        (FactCorrected, {"reason": "送り先のまちがい"}),
    ],
    ids=lambda speaks: speaks[0].__name__,
)
def test_what_speaks_of_a_record_tells_of_whom_that_tells(speaks: tuple[Any, Any]) -> None:
    """By its number alone: it may be a つなぎ to another agency, or have been one."""
    world, deciding = protected()
    made = world.tell(referred(label(**OURS)))
    kind, said = speaks
    assert world.ask(SCHOOL, made) == ("wall", deciding)
    speaking = world.tell(fact(kind, label(**OURS), of=made.version, **said))
    assert world.ask(SCHOOL, speaking) == ("wall", (*deciding, made))
    world.items.pop()
    his = fact(kind, label(**{**OURS, "subjects": (FATHER,)}), of=made.version, **said)
    assert world.ask(SCHOOL, world.tell(his)) == ("wall", (*deciding, made))


def test_a_screening_tells_of_the_agency_to_which_it_went_on() -> None:
    world, deciding = protected()
    made = world.tell(referred(label(**OURS)))
    result = {"consultation": ROLE, "result": "referred", "next_step": "referred"}
    screened = fact(ConsultationScreened, label(**OURS), **result, referral=REFERRAL)
    assert world.ask(SCHOOL, world.tell(screened)) == ("wall", (*deciding, made))
    here = {**result, "consultation": DECISION, "next_step": "answered"}
    plain = fact(ConsultationScreened, label(**OURS), **here)
    assert world.opens(SCHOOL, world.tell(plain))


@pytest.mark.parametrize(
    "told",
    [
        referred(label(**OURS)),
        shared(label(**OURS)),
        consented(MOTHER).model_copy(update={"label": label(**OURS)}),
        fact(LeadAgencyNamed, label(**OURS), agency="hoken", desk="chiku"),
        fact(SupportClosed, label(**OURS), reason="solved", successor_agency="hoken"),
        fact(
            PlanDrafted,
            label(**OURS),
            plan=ROLE,
            persons=(MOTHER,),
            goals=(),
            measures=(MEASURE,),
        ),
        fact(
            ParticipationMatched,
            label(**OURS),
            participation=ROLE,
            person=MOTHER,
            resource=DECISION,
            kind="work",
        ),
        contact(label(**OURS, tags=(Tag.PARTNER_AGENCY,))),
        fact(SupportClosed, label(**OURS), reason="solved", **AT_ITEM),
        fact(PersonsHeldBack, label(**OURS), persons=(FATHER,), **AT_ITEM),
        fact(PlanEvaluated, label(**OURS), plan=ROLE, stage="final", outcome="close", **AT_ITEM),
    ],
    ids=lambda told: type(told).__name__,
)
def test_what_their_own_agency_wrote_is_withheld_where_it_names_another(told: Fact) -> None:
    world, deciding = protected()
    place = world.tell(told)
    assert world.ask(SCHOOL, place) == ("wall", deciding)
    assert world.opens(reader("gakko", "kyomu"), world.tell(contact(label(**OURS))))
    nobody = World()
    assert nobody.opens(SCHOOL, nobody.tell(told))


@pytest.mark.parametrize(
    "told",
    [
        fact(SafeContactAgreed, label(**OURS), times="平日の午前"),
        fact(CareNeeded, label(**OURS), kinds=("interpreter",)),
        fact(VisitRiskNoted, label(**OURS), level="two"),
    ],
    ids=lambda told: type(told).__name__,
)
def test_what_she_needs_and_fears_is_nothing_for_whoever_acts_for_whom_she_fears(
    told: Fact,
) -> None:
    world = World()
    before, acting = world.tell(told, MOTHER), world.tell(guarding())
    assert world.opens(SCHOOL, before)
    begun = world.tell(concealed(FATHER), MOTHER)
    for place in (before, world.tell(told, MOTHER)):
        assert world.ask(SCHOOL, place) == ("wall", (acting, begun))
    assert world.opens(SCHOOL, world.tell(told, FATHER))


@pytest.mark.parametrize(("wrote", "labelled"), [("hoken", "gakko"), ("gakko", "hoken")])
def test_what_one_agency_recorded_as_anothers_tells_of_both(wrote: str, labelled: str) -> None:
    world, _ = protected()
    ours = world.at(world.tell(contact(label(**OURS))))
    assert world.opens(SCHOOL, ours.place)
    by = ours.author.model_copy(update={"capacity": capacity(wrote, "kyomu")})
    about = ours.fact.label.model_copy(update={"agency": labelled})
    told = ours.fact.model_copy(update={"label": about})
    verdict = may_read(SCHOOL, ours._replace(author=by, fact=told), world.situation())
    assert verdict.rule == "wall"


def test_what_names_nobody_may_be_about_the_protected_person() -> None:
    world, deciding = protected()
    lead = world.tell(fact(LeadAgencyNamed, None, agency="gakko", desk="kyomu"))
    hide = world.tell(fact(LabelTightened, label(agency="hoken"), of=1, hide_from=(FATHER,)))
    other = world.tell(referred(label(subjects=(CHILD,)), to_agency="gakko"))
    assert world.ask(SCHOOL, lead) == ("wall", deciding)
    assert world.ask(SCHOOL, hide) == ("wall", deciding)
    assert world.opens(SCHOOL, other)


def test_whose_file_it_stands_in_is_whom_it_is_about() -> None:
    world, deciding = protected()
    who = world.tell(identified(MOTHER), MOTHER)
    about_child = label(agency="hoken", desk="chiku", subjects=(CHILD,))
    care = world.tell(fact(CareNeeded, about_child, kinds=("interpreter",)), MOTHER)
    childs = identified(MOTHER).model_copy(update={"label": about_child})
    again = world.tell(childs, MOTHER)
    belongs = world.tell(joined(MOTHER))
    for place in (who, care, again, belongs):
        assert world.ask(SCHOOL, place) == ("wall", deciding)


def test_where_people_may_go_is_told_to_everybody() -> None:
    world, _ = protected()
    place = fact(ResourceRegistered, kind="place", name="みんなの家", operator="hoken")
    assert world.ask(SCHOOL, world.tell(place, SITTING)) == ("open", ())


def test_whoever_acts_for_somebody_else_is_told_as_before() -> None:
    world, _ = protected()
    sent = world.tell(referred(label(subjects=(MOTHER,))))
    world.tell(fact(GuardianAppointed, label(subjects=(CHILD,)), person=CHILD, kind="guardian",
                    guardian="某", agency="hoken"))  # fmt: skip
    assert world.opens(reader("hoken", "chiku"), sent)
    assert world.opens(OWN, sent)


def test_the_office_that_acts_for_them_learns_nothing_by_its_office() -> None:
    world = World()
    sent = world.tell(referred(label(subjects=(MOTHER,))))
    acting, begun = world.tell(guarding("city")), world.tell(concealed(FATHER), MOTHER)
    assert world.ask(PRIVACY, sent) == ("wall", (acting, begun))


def test_an_answer_of_their_own_agency_is_theirs() -> None:
    world, _ = protected()
    world.tell(referred(label(subjects=(MOTHER,)), to_agency="gakko"))
    accepted = fact(ReferralAccepted, label(**OURS), referral=REFERRAL, recorded_by="receiver")
    assert world.opens(SCHOOL, world.tell(accepted))


ANSWERS: tuple[tuple[type[Fact], dict[str, Any]], ...] = (
    (ReferralAccepted, {"recorded_by": "sender", "answered_by": "医院の受付"}),
    (ReferralReturned, {"recorded_by": "sender", "reason": "医院が満床のため。"}),
    (ReferralWithdrawn, {"reason": "医院が遠いため。"}),
)


@pytest.mark.parametrize(("kind", "words"), ANSWERS)
def test_what_became_of_what_went_to_another_agency_tells_of_it(
    kind: type[Fact], words: dict[str, Any]
) -> None:
    """It names nobody; who answered and why says where to look for her all the same."""
    world, deciding = protected()
    sent = world.tell(referred(label(**OURS)))
    answered = fact(kind, label(agency="gakko", desk="kyomu"), referral=REFERRAL, **words)
    assert world.ask(SCHOOL, world.tell(answered)) == ("wall", (*deciding, sent))
    nobody = World()
    for told in (guarding(), referred(label(**OURS))):
        nobody.tell(told)
    assert nobody.opens(SCHOOL, nobody.tell(answered))


def test_what_went_there_is_named_only_where_it_is_what_betrays() -> None:
    world, deciding = protected()
    world.tell(referred(label(**OURS)))
    by_them = label(agency="hoken", desk="chiku", subjects=(MOTHER,))
    told = world.tell(fact(ReferralAccepted, by_them, referral=REFERRAL, recorded_by="receiver"))
    assert world.ask(SCHOOL, told) == ("wall", deciding)
    other = World()
    acting, _ = other.tell(guarding()), other.tell(concealed(CHILD), MOTHER)
    other.tell(referred(label(**OURS)))
    hidden = label(agency="gakko", desk="kyomu", hidden_from=(FATHER,))
    back = other.tell(fact(ReferralWithdrawn, hidden, referral=REFERRAL, reason="本人の希望。"))
    assert other.ask(SCHOOL, back) == ("wall", (acting,))


def test_what_became_of_what_was_sent_for_somebody_else_is_told() -> None:
    world, _ = protected()
    of_child = label(agency="gakko", desk="kyomu", subjects=(CHILD,))
    world.tell(referred(of_child))
    back = {"referral": REFERRAL, "reason": "子の希望。"}
    nameless = label(agency="gakko", desk="kyomu")
    assert world.opens(SCHOOL, world.tell(fact(ReferralWithdrawn, nameless, **back)))


def test_what_a_meeting_decided_tells_who_stands_by() -> None:
    world, deciding = protected()
    room = Room(world)
    room.invite(staff=SCHOOL.staff, agency="gakko")
    room.bind(pledged=True)
    room.attend()
    room.open()
    role = {"role": ROLE, "decision": DECISION, "agency": "hoken", "task": "見守り"}
    decided = room.decide()
    for place, also in (
        (room.bring(labelled=learned(subjects=(MOTHER,))), ()),
        (decided, ()),
        (
            world.tell(fact(RoleAssigned, learned(agency="city", desk="layered"), **role)),
            (decided,),
        ),
    ):
        assert world.ask(SCHOOL, place) == ("wall", (*deciding, *also))


def test_a_paragraph_that_mentions_the_protected_person_is_left_out() -> None:
    world, _ = protected()
    of_child = label(agency="hoken", desk="chiku", subjects=(CHILD,))
    plain = Paragraph(text=Personal("子の話"), label=of_child)
    telling = [
        plain.model_copy(update=update)
        for update in ({"mentioned": (MOTHER,)}, {"told_by": MOTHER}, {"principals": (MOTHER,)})
    ]
    written = contact(of_child).model_copy(update={"narrative": (plain, *telling)})
    told = world.tell(written)
    by_law = label(agency="hoken", desk="chiku", basis=ByStatute(article="apc-6"))
    by_law = by_law.model_copy(update={"subjects": (CHILD,)})
    world.tell(shared(by_law, told.version, to_agency="gakko"))
    found = world.shown(SCHOOL, told)
    assert found is not None
    assert found.withheld == ("narrative.1", "narrative.2", "narrative.3")


def test_in_what_their_own_agency_sent_a_paragraph_may_name_the_protected_person() -> None:
    world, _ = protected()
    of_child = label(**{**OURS, "subjects": (CHILD,)})
    plain = Paragraph(text=Personal("子の話"), label=of_child)
    sent = referred(of_child, narrative=(plain, plain.model_copy(update={"mentioned": (MOTHER,)})))
    found = world.shown(SCHOOL, world.tell(sent))
    assert found is not None
    assert found.withheld == ("narrative.1",)


def test_who_sits_at_the_item_about_them_tells_who_stands_by() -> None:
    world, deciding = protected()
    belongs = world.tell(joined(MOTHER))
    world.tell(joined(CHILD))
    room = Room(world)
    theirs = {"agency": "gakko", "staff": SCHOOL.staff}
    ours = room.invite(UUID(int=0x71), **theirs)
    other = {"kind": "case", "basis": "support", "title": "別の世帯", "household": SITTING}
    room.tell(AgendaItemAdded, item=OTHER_ITEM, **other)
    assert world.ask(SCHOOL, room.item) == ("wall", (*deciding, belongs))
    for place in (room.invite(items=(ITEM,)), room.attend()):
        assert world.ask(SCHOOL, place) == ("wall", (*deciding, room.item, belongs))
    both = room.invite(UUID(int=0x72), items=(ITEM, OTHER_ITEM))
    for place in (ours, room.convened, both, room.attend(item=OTHER_ITEM)):
        assert world.ask(SCHOOL, place)[0] != "wall"
    assert world.ask(SCHOOL, room.attend(item=UUID(int=0x99)))[0] != "wall"


def test_so_does_what_was_told_to_who_sits_there_and_who_was_asked_for_all_of_it() -> None:
    """That somebody was told of their duty says that there is somebody."""
    world, deciding = protected()
    belongs = world.tell(joined(MOTHER))
    room = Room(world)
    ours = room.invite(UUID(int=0x71), agency="gakko", staff=SCHOOL.staff, items=(ITEM,))
    named, every = room.invite(items=(ITEM,)), room.invite(UUID(int=0x72))
    told = (room.bind(), room.bind(UUID(int=0x72)))
    for place in (ours, named, every, *told):
        assert world.ask(SCHOOL, place) == ("wall", (*deciding, room.item, belongs))
    room.add(OTHER_ITEM, SITTING)
    for place in (every, told[1]):
        assert world.ask(SCHOOL, place)[0] == "sitting-member"
    assert world.ask(SCHOOL, told[0])[0] == "wall"


@pytest.mark.parametrize("basis", [{}, {"basis": BySitting(sitting=SITTING, item=ITEM)}])
def test_minutes_that_name_an_agency_stand_behind_the_walls_of_their_item(
    basis: dict[str, Any],
) -> None:
    world, _ = protected()
    world.tell(joined(MOTHER))
    room, task = Room(world), {"person": FATHER, "kind": "guardian", "guardian": "某"}
    room.invite(items=(ITEM,), agency="city", staff=SECRETARY.staff)
    room.bind()
    room.attend()
    names = label(agency="city", desk="layered", tags=(Tag.PARTNER_AGENCY,), **basis)
    plain = names.model_copy(update={"tags": ()})
    minutes = tuple({"text": "話合い", "label": each} for each in (plain, names))
    written = room.tell(SittingWrittenUp, minutes=minutes)
    before, acting = world.shown(SECRETARY, written), {"agency": "city", "desk": "layered"}
    world.tell(fact(GuardianAppointed, label(), **task, **acting))
    after = world.shown(SECRETARY, written)
    assert before is not None
    assert after is not None
    assert (before.withheld, after.withheld) == ((), ("minutes.1",))


def test_a_sitting_stands_behind_the_walls_of_those_it_takes_up() -> None:
    world, deciding = protected()
    belongs = world.tell(joined(MOTHER))
    alone = World()
    room = Room(alone)
    room.invite(UUID(int=0x71), agency="gakko", staff=SCHOOL.staff)
    own, at = alone.situation(), alone.at(room.item)
    assert isinstance(may_read(SCHOOL, at, own), Grant)
    twice = own.beside([world.situation(), world.situation()])
    verdict = may_read(SCHOOL, at, twice)
    assert (verdict.rule, verdict.facts) == ("wall", (*deciding, belongs))


def test_a_sitting_that_was_not_looked_at_opens_to_nobody() -> None:
    world, _ = protected()
    alone = World()
    verdict = may_read(SCHOOL, alone.at(Room(alone).item), world.situation())
    assert (type(verdict), verdict.rule) == (Denial, "no-basis")


def test_who_was_found_to_be_another_is_so_behind_the_walls_of_others_too() -> None:
    world, alone = World(same={CHILD: FATHER}), World()
    acting = world.tell(guarding())
    hidden = contact(label(agency="gakko", hidden_from=(CHILD,)))
    told = alone.at(alone.tell(hidden, SITTING))
    verdict = may_read(SCHOOL, told, alone.situation().beside([world.situation()]))
    assert (verdict.rule, verdict.facts) == ("wall", (acting,))


def test_one_case_may_go_on_where_its_agencies_tell() -> None:
    world, deciding = protected()
    both = {"source": HOME, "target": SITTING, "persons": (MOTHER,), "agencies": ("gakko",)}
    assert world.ask(SCHOOL, world.tell(fact(HouseholdsMerged, None, **both))) == ("wall", deciding)


def test_whoever_acts_for_somebody_takes_sides_and_may_face_the_protected_person() -> None:
    world = World()
    assert not takes_sides(SCHOOL, world.situation())
    world.tell(guarding())
    assert takes_sides(SCHOOL, world.situation())
    assert not faces(SCHOOL, world.situation())
    world.tell(concealed(FATHER), MOTHER)
    assert faces(SCHOOL, world.situation())
    assert not faces(OWN, world.situation())


def test_who_acts_for_them_by_another_household_stands_on_that_side_here_too() -> None:
    world, elsewhere = World(), World()
    elsewhere.tell(guarding(), SITTING)
    theirs = world.tell(contact(label(agency="hoken", desk="boshi", subjects=(MOTHER,))))
    passed = label(agency="hoken", desk="boshi", basis=ByStatute(article="apc-6"))
    world.tell(shared(passed, theirs.version, to_agency="gakko"))
    begun = world.tell(concealed(FATHER), MOTHER)
    alone, both = world.situation(), situation_of(world.items, elsewhere=elsewhere.items)
    assert isinstance(may_read(SCHOOL, world.at(theirs), alone), Grant)
    verdict = may_read(SCHOOL, world.at(theirs), both)
    assert (verdict.rule, verdict.facts) == ("wall", (Place(SITTING, 1), begun))
    assert both.belong == alone.belong


def test_whom_a_fact_names_is_told_of_all_its_parts() -> None:
    given = {"text": "話", "label": label(), "mentioned": (FATHER,), "told_by": CHILD}
    part = Paragraph.model_validate(given)
    told = contact(label(subjects=(MOTHER,))).model_copy(update={"narrative": (part,)})
    assert set(whom(told)) == {MOTHER, FATHER, CHILD}
    assert set(whom(joined(FATHER))) == {FATHER}


@pytest.mark.parametrize(("mark", "kind"), [("AgencyId", AgencyId), ("PersonId", PersonId)])
def test_every_field_that_names_one_is_known_by_its_type(mark: str, kind: object) -> None:
    """As the catalogue is written: a fact that is added later cannot be forgotten."""
    for each in (*STREAMS["household"], *STREAMS["person"]):
        written = _written_as(each, mark) - {"hide_from", "counterparties"}
        given: dict[str, Any] = {name: (name,) if name.endswith("s") else name for name in written}
        told = each.model_construct(None, **{**dict.fromkeys(each.model_fields), **given})
        assert set(named(told, kind)) == written, each


def _written_as(fact: type[Fact], mark: str) -> set[str]:
    """The fields whose type is written so."""
    (written,) = ast.parse(getsource(fact)).body
    assert isinstance(written, ast.ClassDef)
    typed = (each for each in written.body if isinstance(each, ast.AnnAssign))
    return {ast.unparse(t.target) for t in typed if mark in ast.unparse(t.annotation)}
