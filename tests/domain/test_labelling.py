"""ラベル: whoever reads it may make it stricter, nobody laxer."""

from typing import Any

import pytest

from domain.basis import ReasonNeeded
from domain.events import Fact
from domain.events.consent import (
    InformationRequested,
    InformationShared,
    LabelTightened,
    LooseningProposed,
)
from domain.events.intake import NoteKept
from domain.events.meeting import RoleAssigned
from domain.events.membership import HouseholdsMerged
from domain.events.oversight import AuditCaseOpened
from domain.events.referral import ReferralMade, ReferralReturned
from domain.events.rights import UseSuspended
from domain.events.sitting import AttendeeInvited, DutyNotified, PresenceRecorded
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.household import Household
from domain.labelling import (
    LearnedElsewhere,
    LooseningOutdated,
    LoosenLabel,
    MergerHiddenFromNobody,
    NotStricter,
    NotTightened,
    ProposeLoosening,
    SecondReaderNeeded,
    TightenLabel,
    loosen_label,
    propose_loosening,
    tighten_label,
)
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, OwnRecord, Tag
from domain.refusals import NotAMember, ReadByNobody, RoleNeeded, Unknown
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.values import Personal, Role
from tests.domain.deliberated import DECISION, DOCTOR, NURSE, consent, decided, held, withdrawn
from tests.domain.given import (
    CHILD,
    CONSENT,
    COORDINATOR,
    FATHER,
    HOUSEHOLD,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    SATO,
    SHAKYO,
    SHARE,
    SITTING,
    STRANGER,
    TANAKA,
    after,
    capacity,
    fact,
    household,
    joined,
    label,
    stamp,
)

SUPPORT = stamp(capacity(SHAKYO, "support"))


def tighten(
    given: Household, by: Stamp | None = None, version: int = 5, **fields: Any
) -> list[LabelTightened]:
    command = TightenLabel.model_validate(fields)
    return tighten_label(given, command, by or stamp(), version=version)


def test_a_label_becomes_stricter_at_once() -> None:
    (tightened,) = tighten(
        household(), to_category="abuse", hide_from=[FATHER, FATHER], conceal=True, reason="危険"
    )
    now = household(tightened).label(5)
    assert now is not None
    assert (now.category, now.hidden_from, now.concealed) == (Category.ABUSE, (FATHER,), True)
    assert household(tightened).hidden_from(CHILD) == {FATHER}
    assert household(tightened).label(5) == now


def test_the_act_is_as_strict_as_the_record_becomes() -> None:
    (tightened,) = tighten(household(), to_category="health", hide_from=[FATHER])
    assert tightened.label.category is Category.HEALTH
    assert tightened.label.hidden_from == (FATHER,)
    assert tightened.label.subjects == (CHILD,)
    tagged = household(joined(CHILD, label=label(CHILD, tags=(Tag.SECRET,))))
    (again,) = tighten(tagged, version=6, conceal=True, subjects=[MOTHER])
    assert (again.label.tags, again.label.subjects) == ((Tag.SECRET,), (MOTHER,))


ROOM = BySitting(sitting=SITTING, item=ITEM)
HEARD = joined(CHILD, label=label(CHILD, basis=ROOM))


def there(*facts: Fact) -> Attended:
    """The sitting, as it says that the writer was there for the item."""
    seat = {"attendee": DOCTOR, "kind": "staff", "agency": "centre", "staff": TANAKA}
    seated = fact(AttendeeInvited, **seat, capacity="相談員")
    notified = fact(DutyNotified, attendee=DOCTOR, text_version="r8")
    present = fact(PresenceRecorded, item=ITEM, attendee=DOCTOR, capacity="相談員")
    return Attended(id=SITTING, said=held(seated, notified, present, *facts))


def test_of_what_was_learned_in_a_support_meeting_the_act_is_for_who_was_there() -> None:
    command = TightenLabel.model_validate({"hide_from": [FATHER]})
    [tightened] = tighten_label(household(HEARD), there(), command, stamp(), version=6)
    assert tightened.label.basis == ROOM
    given = household(HEARD, tightened)
    why = ProposeLoosening(reason=Personal(WHY))
    [asked] = propose_loosening(given, there(), why, stamp(), version=7)
    second = there(fact(AttendeeInvited, **SEAT), *SEATED)
    agreed = LoosenLabel(proposal=asked.proposal)
    [told] = loosen_label(after(given, asked), second, agreed, SECOND, version=7)
    assert (asked.label.basis, told.label.basis) == (ROOM, ROOM)


def test_nothing_is_made_a_secret_that_nobody_could_read() -> None:
    """One click, and a 虐待通報, or what a room said, were gone for good."""
    told = joined(CHILD, label=label(CHILD, tags=(Tag.INFORMANT,)))
    command = TightenLabel(conceal=True)
    for given, beside in ((household(told), ()), (household(HEARD), (there(),))):
        with pytest.raises(ReadByNobody):
            tighten_label(given, *beside, command, stamp(), version=6)


def test_who_was_not_there_makes_nothing_stricter_and_takes_nothing_back() -> None:
    command = TightenLabel.model_validate({"hide_from": [FATHER]})
    for beside in ((), (Attended(id=SITTING),)):
        with pytest.raises(Unknown):
            tighten_label(household(HEARD), *beside, command, stamp(), version=6)
    given = household(HEARD, fact(LabelTightened, of=6, hide_from=(FATHER,)))
    with pytest.raises(NotTightened):
        proposed(given, version=7)


def test_one_act_tells_of_no_two_meetings() -> None:
    elsewhere = {"kind": "sitting", "sitting": str(SHARE), "item": str(ITEM)}
    same = TightenLabel(hide_from=(FATHER,), basis=ROOM)
    assert tighten_label(household(HEARD), there(), same, stamp(), version=6)
    other = TightenLabel.model_validate({"hide_from": [FATHER], "basis": elsewhere})
    with pytest.raises(LearnedElsewhere):
        tighten_label(household(HEARD), there(), other, stamp(), version=6)
    [tightened] = tighten_label(household(), other, stamp(), version=5)
    assert tightened.label.basis == other.basis


def test_what_tells_of_a_place_kept_secret_is_as_secret() -> None:
    [tightened] = tighten(household(), conceal=True)
    assert tightened.label.concealed
    [again] = tighten(household(tightened), hide_from=[FATHER])
    assert again.label.concealed
    [open_one] = tighten(household(), hide_from=[FATHER])
    assert not open_one.label.concealed


def test_what_it_says_already_changes_nothing() -> None:
    assert tighten(household()) == []
    assert tighten(household(), to_category="family") == []
    once = household(*tighten(household(), hide_from=[FATHER], conceal=True))
    assert tighten(once, hide_from=[FATHER], conceal=True) == []
    (more,) = tighten(once, hide_from=[FATHER, MOTHER])
    assert more.hide_from == (MOTHER,)


def test_what_is_hidden_from_somebody_is_not_there_for_who_acts_for_them() -> None:
    guardian = {"person": FATHER, "kind": "guardian", "guardian": "某"}
    hidden = joined(CHILD, label=label(CHILD, hidden_from=(FATHER,)))
    beside = fact(GuardianAppointed, **guardian, agency="centre", desk="nurses")
    assert tighten(household(hidden, beside), version=6, conceal=True)
    acting = fact(GuardianAppointed, **guardian, agency="centre")
    with pytest.raises(Unknown):
        tighten(household(hidden, acting), version=6, conceal=True)


def test_an_audit_is_not_there_for_the_desks_beside() -> None:
    known = household(fact(AuditCaseOpened, case=SHARE, reason="苦情を受けた点検のため"))
    assert tighten(known, version=6, conceal=True)
    with pytest.raises(Unknown):
        tighten(known, stamp(capacity("centre", "nurses")), version=6, conceal=True)


def test_nothing_becomes_laxer() -> None:
    health = household(joined(CHILD, label=label(CHILD, category=Category.HEALTH)))
    for category in ("progress", "abuse"):
        with pytest.raises(NotStricter):
            tighten(health, version=6, to_category=category)
    with pytest.raises(NotStricter):
        tighten(household(), to_category="progress")


@pytest.mark.parametrize(
    "stricter", [{"hide_from": [FATHER]}, {"conceal": True}, {"to_category": "abuse"}], ids=str
)
def test_that_households_became_one_is_hidden_from_nobody_afterwards(
    stricter: dict[str, Any],
) -> None:
    """Whoever reads in one of them reads on in the other, and would see it all the same."""
    became = {"source": OTHER_HOUSEHOLD, "target": HOUSEHOLD, "persons": ()}
    given = household(fact(HouseholdsMerged, label=label(category=Category.FAMILY), **became))
    with pytest.raises(MergerHiddenFromNobody):
        tighten(given, version=6, **stricter)
    assert tighten(given, version=6) == []


def test_what_cannot_be_read_is_not_there() -> None:
    memo = fact(NoteKept, note=SHARE, text="内緒", label_by="2026-04-04")
    for given, by, version in (
        (household(), stamp(), 99),
        (household(), stamp(COORDINATOR), 5),
        (household(memo), stamp(), 6),
    ):
        with pytest.raises(Unknown):
            tighten(given, by, version, conceal=True)


def test_what_may_not_be_used_is_not_there() -> None:
    """利用停止: of what is named, or of everything about the person until then."""
    of_one = fact(UseSuspended, person=CHILD, facts=(5,), reason="目的外")
    of_all = fact(UseSuspended, person=CHILD, reason="目的外")
    for stopped in (of_one, of_all):
        with pytest.raises(Unknown):
            tighten(household(stopped), conceal=True)
    for allowed in (fact(UseSuspended, person=CHILD, facts=(4,), reason="目的外"),
                    fact(UseSuspended, person=MOTHER, reason="目的外")):  # fmt: skip
        assert tighten(household(allowed), conceal=True)
    later = household(of_all, joined(CHILD, label=label(CHILD)))
    assert tighten(later, version=7, conceal=True)


def test_whoever_was_given_it_may_tighten_it() -> None:
    shared = fact(
        InformationShared,
        share=SHARE,
        to_agency=SHAKYO,
        purpose="support",
        categories=(Category.FAMILY,),
        facts=(5,),
        label=label(CHILD, basis=ByStatute(article="jido-6")),
    )
    assert tighten(household(shared), SUPPORT, conceal=True)
    with pytest.raises(Unknown):
        tighten(household(), SUPPORT, conceal=True)


ASKED = {
    "referral": SHARE,
    "to_agency": SHAKYO,
    "purpose": "referral",
    "categories": (Category.FAMILY,),
    "enclosed": (5,),
    "answer_due": "2026-04-15",
}
RETURNED = fact(
    ReferralReturned,
    referral=SHARE,
    recorded_by="receiver",
    reason="担当が違う",
    label=label(agency=SHAKYO),
)


@pytest.mark.parametrize("answer", [(), (RETURNED,)])
@pytest.mark.parametrize("basis", [OwnRecord(), ByStatute(article="jido-6")])
def test_whoever_was_asked_may_tighten_what_asked_them(
    answer: tuple[Fact, ...], basis: Basis
) -> None:
    """A つなぎ stays known to its receiver, whatever became of what was enclosed."""
    sent = fact(ReferralMade, **ASKED, label=label(CHILD, basis=basis))
    (tightened,) = tighten(household(sent, *answer), SUPPORT, 6, to_category="health")
    assert (tightened.of, tightened.label.agency) == (6, SHAKYO)
    for other in (stamp(capacity("city", "women")), stamp(capacity("clinic", "general"))):
        with pytest.raises(Unknown):
            tighten(household(sent, *answer), other, 6, conceal=True)
    if answer:
        with pytest.raises(Unknown):
            tighten(household(sent, *answer), SUPPORT, 5, conceal=True)


REQUESTED = fact(
    InformationRequested,
    request=SHARE,
    of_agency=SHAKYO,
    purpose="support",
    categories=(Category.FAMILY,),
    answer_due="2026-04-15",
)
GIVEN_ROLE = fact(RoleAssigned, role=SHARE, decision=DECISION, agency=SHAKYO, task="見守り")
SUCCEEDED = decided(kind="closure-approved", successor_agency=SHAKYO, successor_desk="support")


@pytest.mark.parametrize("told", [REQUESTED, GIVEN_ROLE, SUCCEEDED])
def test_whomever_it_was_addressed_to_may_tighten_it(told: Fact) -> None:
    """協力依頼, a role, a decision that names who goes on: they read it, so they may."""
    (tightened,) = tighten(household(told), SUPPORT, 6, to_category="health")
    assert (tightened.of, tightened.label.agency) == (6, SHAKYO)
    with pytest.raises(Unknown):
        tighten(household(told), stamp(capacity("city", "women")), 6, conceal=True)


def test_whoever_was_there_may_tighten_what_was_decided() -> None:
    ours = label(agency="city", desk="layered")
    given = household(decided(label=ours), GIVEN_ROLE.model_copy(update={"label": ours}))
    notified = fact(DutyNotified, attendee=NURSE, text_version="r8")
    there, absent = (Attended(id=SITTING, said=held(*f)) for f in ((notified,), ()))
    for version in (6, 7):
        command = TightenLabel.model_validate({"conceal": True})
        (tightened,) = tighten_label(given, there, command, stamp(), version=version)
        assert tightened.of == version
        with pytest.raises(Unknown):
            tighten_label(given, absent, command, stamp(), version=version)
        with pytest.raises(Unknown):
            tighten_label(given, command, stamp(), version=version)


def test_what_was_told_is_known_as_long_as_its_basis_holds() -> None:
    """情報提供: what it says of whom went with the consent that it rested on."""
    told = {"share": SHARE, "to_agency": SHAKYO, "purpose": "meeting"}
    by_consent = label(CHILD, basis=ByConsent(consent=CONSENT))
    shared = fact(InformationShared, **told, categories=[Category.PROGRESS], label=by_consent)
    given = household(consent(agencies=[SHAKYO]), shared)
    assert tighten(given, SUPPORT, 7, conceal=True)
    over = after(given, withdrawn().model_copy(update={"agencies": (SHAKYO,)}))
    with pytest.raises(Unknown):
        tighten(over, SUPPORT, 7, conceal=True)


def test_what_is_grave_was_asked_of_the_desk_alone() -> None:
    grave = label(CHILD, category=Category.ABUSE)
    sent = fact(ReferralMade, **ASKED, to_desk="support", label=grave)
    assert tighten(household(sent, RETURNED), SUPPORT, 6, conceal=True)
    with pytest.raises(Unknown):
        tighten(household(sent, RETURNED), stamp(capacity(SHAKYO, "beside")), 6, conceal=True)


def test_a_wall_and_a_reporter_stand_before_whoever_was_asked() -> None:
    guardian = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": SHAKYO}
    acting = fact(GuardianAppointed, **guardian)
    hidden = fact(ReferralMade, **ASKED, label=label(CHILD, hidden_from=(FATHER,)))
    told = fact(ReferralMade, **ASKED, label=label(CHILD, tags=(Tag.INFORMANT,)))
    for given in (household(hidden, RETURNED, acting), household(told, RETURNED)):
        with pytest.raises(Unknown):
            tighten(given, SUPPORT, 6, conceal=True)


def test_whoever_was_asked_takes_nothing_back() -> None:
    sent = fact(ReferralMade, **ASKED, label=label(CHILD))
    given = household(sent, RETURNED)
    stricter = household(sent, RETURNED, *tighten(given, SUPPORT, 6, to_category="health"))
    with pytest.raises(NotTightened):
        proposed(stricter, SUPPORT, 8)


SECOND = stamp(staff=SATO)
SEAT = {"attendee": SHARE, "kind": "staff", "agency": "centre", "staff": SATO, "capacity": "相談員"}
SEATED = (
    fact(DutyNotified, attendee=SHARE, text_version="r8"),
    fact(PresenceRecorded, item=ITEM, attendee=SHARE, capacity="相談員"),
)
WHY = "本人が見せてよいと話し、危険も去った。"


def proposed(given: Household, by: Stamp | None = None, version: int = 6) -> LooseningProposed:
    command = ProposeLoosening(reason=Personal(WHY))
    [told] = propose_loosening(given, command, by or stamp(), version=version)
    return told


def test_two_people_take_back_what_was_made_stricter() -> None:
    given = household(*tighten(household(), to_category="health", hide_from=[FATHER]))
    asked = proposed(given)
    given = after(given, asked)
    [told] = loosen_label(given, LoosenLabel(proposal=asked.proposal), SECOND, version=6)
    assert (told.of, told.tightening, told.reason) == (5, 6, WHY)
    assert told.label.hidden_from == (FATHER,)
    now = after(given, told)
    assert now.label(5) == household().label(5)
    with pytest.raises(NotTightened):
        proposed(now)
    with pytest.raises(NotTightened):
        proposed(now, version=5)
    [again] = tighten(now, hide_from=[FATHER])
    assert after(now, again).label(5) != now.label(5)


def test_one_person_alone_takes_nothing_back() -> None:
    given = household(*tighten(household(), to_category="health"))
    with pytest.raises(LooseningOutdated):
        loosen_label(given, LoosenLabel(proposal=SHARE), SECOND, version=6)
    asked = proposed(given)
    given = after(given, asked)
    with pytest.raises(SecondReaderNeeded):
        loosen_label(given, LoosenLabel(proposal=asked.proposal), stamp(), version=6)
    with pytest.raises(LooseningOutdated):
        loosen_label(given, LoosenLabel(proposal=SHARE), SECOND, version=6)
    with pytest.raises(ReasonNeeded):
        propose_loosening(given, ProposeLoosening(reason=Personal("不要")), stamp(), version=6)


def test_who_may_not_read_it_or_acts_for_whom_it_is_hidden_from_takes_nothing_back() -> None:
    given = household(*tighten(household(), hide_from=[FATHER]))
    for number in (6, 5, 99):  # whether something was made stricter is not told by its number
        with pytest.raises(NotTightened):
            proposed(given, SUPPORT, number)
    about = {"person": FATHER, "kind": "guardian", "guardian": "某"}
    for who in ({"agency": "centre"}, {"staff": stamp().author.staff}):
        acting = after(given, fact(GuardianAppointed, **about, **who))
        with pytest.raises(NotTightened):
            proposed(acting)
        over = {"of": acting.version, "person": FATHER, "reason": "resigned"}
        assert proposed(after(acting, fact(GuardianshipEnded, **over))).of == 5
    assert proposed(after(given, fact(GuardianAppointed, **about, agency=SHAKYO))).of == 5


def test_a_place_kept_secret_is_for_the_protection_desk() -> None:
    given = household(*tighten(household(), conceal=True))
    with pytest.raises(RoleNeeded):
        proposed(given)
    assert proposed(given, stamp(capacity("centre", role=Role.PROTECTION))).of == 5


def test_what_was_kept_secret_by_mistake_two_of_the_protection_desk_take_back() -> None:
    """Whoever wrote it: nobody else reads it."""
    given = household(*tighten(household(), conceal=True))
    first, second = (
        stamp(capacity("city", "women", Role.PROTECTION), staff=staff) for staff in (TANAKA, SATO)
    )
    asked = proposed(given, first)
    assert asked.label.concealed
    agreed, given = LoosenLabel(proposal=asked.proposal), after(given, asked)
    with pytest.raises(SecondReaderNeeded):
        loosen_label(given, agreed, first, version=6)
    [told] = loosen_label(given, agreed, second, version=6)
    assert after(given, told).label(5) == household().label(5)
    usual = household(*tighten(household(), hide_from=[FATHER]))
    with pytest.raises(NotTightened):
        proposed(usual, first)


def test_it_is_hidden_from_members_only() -> None:
    with pytest.raises(NotAMember):
        tighten(household(), hide_from=[STRANGER])


def test_tightening_what_was_voided_since_still_folds() -> None:
    assert household(fact(LabelTightened, of=99, hide_from=(FATHER,))).hidden_from(CHILD) == {
        FATHER
    }
