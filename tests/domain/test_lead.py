"""主担当: exactly one in every open household, passed on knowingly."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.events import Fact, On
from domain.events.consent import InformationShared
from domain.events.intake import NoteDropped
from domain.events.meeting import RoleAssigned
from domain.events.membership import HouseholdOpened, HouseholdsMerged
from domain.events.referral import LeadAgencyNamed, ReferralMade, WorkHandedOver
from domain.events.staff import Appointed
from domain.events.support import GuardianAppointed, SupportClosed
from domain.household import Household
from domain.household.former import Former
from domain.household.referrals import Lead
from domain.lead import HandOverWork, NameLead, NotTheirCase, hand_over_work, name_lead
from domain.leading import LeadNotInvolved, NotAtThatDesk
from domain.refusals import (
    HouseholdClosed,
    NotAMember,
    RoleNeeded,
    Unknown,
    UnknownAgency,
    UnknownCode,
)
from domain.siding import ActsForMember
from domain.staff import Staff
from domain.stamp import Stamp
from domain.values import AgencyId, Role
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    COORDINATOR,
    FATHER,
    HOUSEHOLD,
    OTHER_HOUSEHOLD,
    REFERRAL,
    SATO,
    SHAKYO,
    STRANGER,
    SUZUKI,
    TANAKA,
    after,
    bare,
    capacity,
    fact,
    household,
    joined,
    label,
    on,
    showing,
    stamp,
)


def naming(**fields: Any) -> NameLead:
    return NameLead.model_validate({"agency": SHAKYO, "desk": "support", **fields})


def referred() -> ReferralMade:
    return fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=SHAKYO,
        purpose="support",
        categories=(),
        answer_due="2026-04-15",
    )


def test_the_lead_passes_on_to_an_agency_that_is_involved() -> None:
    (named,) = name_lead(household(referred()), naming(reason="handed-over"), stamp())
    assert household(named).lead == Lead(SHAKYO, "support")


def test_an_agency_that_has_no_part_in_it_is_not_made_the_lead() -> None:
    with pytest.raises(LeadNotInvolved):
        name_lead(household(), naming(), stamp())


def test_nobody_takes_the_lead_from_another_agency_but_who_arranges_it() -> None:
    with pytest.raises(RoleNeeded):
        name_lead(household(referred()), naming(), stamp(capacity(SHAKYO, "support")))
    assert name_lead(household(assigned()), naming(), stamp(COORDINATOR))
    assert name_lead(household(), naming(agency=CITY, desk="layered"), stamp(COORDINATOR))


@pytest.mark.parametrize("work", ["", "referred", "shared", "wrote", "merged"])
def test_whether_an_agency_is_involved_is_not_told_to_who_may_not_know_of_it(work: str) -> None:
    """多機関協働 is refused alike, whatever others have told each other."""
    theirs = label(agency=SHAKYO, desk="support")
    both = {"source": OTHER_HOUSEHOLD, "target": HOUSEHOLD, "persons": (), "agencies": (SHAKYO,)}
    told: dict[str, list[Any]] = {
        "": [],
        "referred": [referred()],
        "shared": [shared(CENTRE, label=theirs)],
        "wrote": [fact(NoteDropped, note=REFERRAL, label=theirs)],
        "merged": [fact(HouseholdsMerged, **both)],
    }
    with pytest.raises(LeadNotInvolved) as refused:
        name_lead(household(*told[work]), naming(), stamp(COORDINATOR))
    assert refused.value.details == {"agency": SHAKYO}


def test_whom_an_agency_wrote_to_or_heard_from_it_may_make_the_lead() -> None:
    theirs, ours = label(agency=SHAKYO, desk="support"), label(agency=CITY, desk="layered")
    for told in (shared(CITY, label=theirs), shared(SHAKYO, label=ours), assigned()):
        assert name_lead(household(told), naming(), stamp(COORDINATOR))


@pytest.mark.parametrize("leading", [(CENTRE, "general"), (SHAKYO, "support")])
def test_who_leads_is_not_told_to_who_arranges_the_lead(leading: tuple[str, str]) -> None:
    """They may act for whom it must not be told: answered alike, whoever leads."""
    agency, desk = leading
    given = household(fact(LeadAgencyNamed, agency=agency, desk=desk))
    for other in (naming(), naming(agency=CENTRE, desk="general")):
        with pytest.raises(LeadNotInvolved):
            name_lead(given, other, stamp(COORDINATOR))
    known = after(given, shared(CITY, label=label(agency=SHAKYO, desk="support")))
    assert len(name_lead(known, naming(), stamp(COORDINATOR))) == 1


def test_who_acts_for_one_of_them_makes_no_other_agency_the_lead() -> None:
    """Nor learns by trying which ones work with the family."""
    about = {"person": FATHER, "kind": "guardian", "guardian": "某", "staff": TANAKA}
    acting = fact(GuardianAppointed, **about)
    earlier = Former(id=OTHER_HOUSEHOLD, said=household(acting))
    given, coordinator = household(referred(), assigned()), stamp(COORDINATOR)
    for known in ((given,), (after(given, acting),), (given, earlier)):
        told = name_lead(*known, naming(), stamp(COORDINATOR, SUZUKI))
        assert len(told) == 1
        assert name_lead(*known, naming(agency=CITY, desk="layered"), coordinator)
    for known in ((after(given, acting),), (given, earlier)):
        with pytest.raises(ActsForMember):
            name_lead(*known, naming(), coordinator)
    beside = fact(GuardianAppointed, **{**about, "staff": None}, agency=CITY, desk="privacy")
    assert name_lead(after(given, beside), naming(), coordinator)


def test_what_was_written_before_the_records_became_one_counts() -> None:
    earlier = Former(id=OTHER_HOUSEHOLD, said=household(referred()))
    moved = fact(
        HouseholdsMerged, source=OTHER_HOUSEHOLD, target=HOUSEHOLD, persons=(), agencies=(SHAKYO,)
    )
    assert name_lead(household(moved), earlier, naming(), stamp())
    with pytest.raises(LeadNotInvolved):
        name_lead(household(moved), naming(), stamp())


def assigned() -> RoleAssigned:
    ours = label(agency=CITY, desk="layered")
    role, decision = uuid4(), uuid4()
    return fact(RoleAssigned, role=role, decision=decision, agency=SHAKYO, task="-", label=ours)


def shared(to: AgencyId, **given: Any) -> InformationShared:
    share = uuid4()
    return fact(
        InformationShared, share=share, to_agency=to, purpose="support", categories=(), **given
    )


def test_naming_the_lead_again_changes_nothing() -> None:
    same = naming(agency=CENTRE, desk="general", staff=TANAKA)
    assert name_lead(household(), same, stamp()) == []


def test_a_case_without_a_lead_gets_one() -> None:
    leaderless = bare(fact(HouseholdOpened))
    assert name_lead(leaderless, naming(agency=CENTRE, desk="general"), stamp())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"desk": "moon"}, UnknownAgency), ({"reason": "moon"}, UnknownCode)],
)
def test_the_lead_is_a_desk_of_the_town(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        name_lead(household(referred()), naming(**wrong), stamp())


def test_a_closed_household_has_no_new_lead() -> None:
    with pytest.raises(HouseholdClosed):
        name_lead(household(fact(SupportClosed, reason="x")), naming(), stamp())


def handing(**fields: Any) -> HandOverWork:
    given = {"from_staff": TANAKA, "to_staff": SATO, "effective_on": "2026-04-10"}
    both = [HOUSEHOLD, OTHER_HOUSEHOLD]
    return HandOverWork.model_validate({**given, "households": both, **fields})


def cases() -> tuple[Household, Household]:
    lead = fact(LeadAgencyNamed, agency=CENTRE, desk="general", staff=TANAKA)
    return household(), bare(fact(HouseholdOpened), lead, id=OTHER_HOUSEHOLD)


def test_a_whole_caseload_passes_on_in_one_act_each_with_its_own_memo() -> None:
    command = handing(memo="四月から担当します", memos={OTHER_HOUSEHOLD: "鍵は民生委員に"})
    facts = hand_over_work(*cases(), command, stamp())
    (first,) = on(HOUSEHOLD, facts, HOUSEHOLD)
    (second,) = on(OTHER_HOUSEHOLD, facts, HOUSEHOLD)
    assert isinstance(first, WorkHandedOver)
    assert isinstance(second, WorkHandedOver)
    assert [paragraph.text for paragraph in first.memo] == ["四月から担当します"]
    assert [paragraph.text for paragraph in second.memo] == ["四月から担当します", "鍵は民生委員に"]
    assert household(first).lead == Lead(CENTRE, "general", SATO)


MAY = date(2026, 5, 1)


def _in_may(**fields: Any) -> HandOverWork:
    return handing(**{"households": [HOUSEHOLD], "effective_on": MAY, **fields})


def _handed(case: Household, command: HandOverWork, at: Stamp) -> Fact:
    (handed,) = hand_over_work(case, command, at)
    assert not isinstance(handed, On)
    return handed


def test_whoever_hands_their_work_over_leads_until_the_day() -> None:
    handed = _handed(household(), _in_may(), stamp())
    case = household(handed)
    assert case.lead_on(MAY - timedelta(days=1)) == Lead(CENTRE, "general", TANAKA)
    assert case.lead_on(MAY) == Lead(CENTRE, "general", SATO)


def test_until_then_they_may_hand_it_to_somebody_else_or_keep_it() -> None:
    early = stamp()
    handed = _handed(household(), _in_may(), early)
    other = _in_may(to_staff=SUZUKI)
    again = _handed(household(handed), other, early)
    keeping = naming(agency=CENTRE, desk="general", staff=TANAKA)
    (kept,) = name_lead(household(handed), keeping, early)
    assert household(handed, again).lead_on(MAY) == Lead(CENTRE, "general", SUZUKI)
    assert household(handed, kept).lead_on(MAY) == Lead(CENTRE, "general", TANAKA)


def test_whoever_it_was_handed_to_hands_nothing_on_before_the_day() -> None:
    handed = _handed(household(), _in_may(), stamp())
    on_to = _in_may(from_staff=SATO, to_staff=SUZUKI)
    with pytest.raises(NotTheirCase):
        hand_over_work(household(handed), on_to, stamp(staff=SATO))


def test_whoever_stands_in_for_a_time_does_not_become_the_lead() -> None:
    command = handing(households=[HOUSEHOLD], until="2026-04-20")
    (handed,) = hand_over_work(household(), command, stamp())
    assert not isinstance(handed, On)
    assert household(handed).lead == Lead(CENTRE, "general", TANAKA)


def test_naming_the_lead_again_ends_that() -> None:
    (handed,) = hand_over_work(household(), handing(households=[HOUSEHOLD]), stamp())
    cover = fact(WorkHandedOver, **{**dict(handed), "until": "2026-04-20"})  # type: ignore[arg-type]
    back = naming(agency=CENTRE, desk="general", staff=TANAKA)
    (named,) = name_lead(household(cover), back, stamp())
    assert name_lead(household(cover, named), back, stamp()) == []


def test_the_chief_hands_over_the_work_of_another() -> None:
    chief = stamp(capacity(role=Role.CHIEF), SUZUKI)
    assert hand_over_work(*cases(), handing(desk="nurses"), chief)
    with pytest.raises(RoleNeeded):
        hand_over_work(*cases(), handing(), stamp(staff=SUZUKI))


def test_only_their_own_open_cases_are_handed_over() -> None:
    mine, other = cases()
    closed = household(fact(SupportClosed, reason="x"))
    sato = fact(LeadAgencyNamed, agency=CENTRE, desk="general", staff=SATO)
    away = fact(LeadAgencyNamed, agency=CITY, desk="welfare", staff=TANAKA)
    for wrong in (closed, household(sato), household(away), bare(fact(HouseholdOpened))):
        with pytest.raises(NotTheirCase) as refused:
            hand_over_work(other, wrong, handing(), stamp())
        assert refused.value.details == {"households": [HOUSEHOLD]}
    with pytest.raises(Unknown):
        hand_over_work(mine, handing(), stamp())


def test_a_memo_names_members_of_the_household_it_goes_to() -> None:
    memos = {HOUSEHOLD: [{"text": "連絡済み", "told_by": str(STRANGER)}]}
    with pytest.raises(NotAMember):
        hand_over_work(*cases(), handing(memos=memos), stamp())


def hidden(*given: Household, **said: Any) -> tuple[WorkHandedOver, WorkHandedOver]:
    facts = hand_over_work(*given, handing(memo="玄関先で", **said), stamp())
    (first,), (second,) = (on(home, facts, HOUSEHOLD) for home in (HOUSEHOLD, OTHER_HOUSEHOLD))
    assert isinstance(first, WorkHandedOver)
    assert isinstance(second, WorkHandedOver)
    return first, second


def test_a_memo_is_hidden_wherever_they_belong_and_about_those_whom_the_writer_knows() -> None:
    mine, other = cases()
    first, second = hidden(mine, other, hidden_from=[FATHER], subjects=[CHILD])
    assert (first.label.hidden_from, first.memo[0].label.hidden_from) == ((FATHER,), (FATHER,))
    assert (first.label.subjects, first.memo[0].principals) == ((CHILD,), (CHILD,))
    assert (second.label.hidden_from, second.label.subjects) == ((), ())
    theirs = label(FATHER, agency=SHAKYO, desk="support")
    unknown = after(other, joined(FATHER, label=theirs))
    _, second = hidden(mine, unknown, hidden_from=[FATHER], subjects=[FATHER])
    assert (second.label.hidden_from, second.label.subjects) == ((FATHER,), ())


@pytest.mark.parametrize("named", ["hidden_from", "subjects"])
def test_whom_it_names_belongs_to_one_of_them_as_far_as_the_writer_knows(named: str) -> None:
    mine, other = cases()
    theirs = label(STRANGER, agency=SHAKYO, desk="support")
    for given in (other, after(other, joined(STRANGER, label=theirs))):
        with pytest.raises(NotAMember) as refused:
            hand_over_work(mine, given, handing(**{named: [STRANGER]}), stamp())
        assert refused.value.details == {"persons": [STRANGER]}


def test_who_is_shown_in_the_first_household_is_not_known_in_the_next_by_that() -> None:
    mine, other = cases()
    unknown = after(other, joined(FATHER, label=label(FATHER, agency=SHAKYO, desk="support")))
    memos = {OTHER_HOUSEHOLD: [{"text": "父へ", "principals": [FATHER]}]}
    with pytest.raises(NotAMember):
        hand_over_work(mine, unknown, handing(memos=memos), showing(stamp(), FATHER))
    assert hand_over_work(mine, other, handing(hidden_from=[FATHER]), showing(stamp(), FATHER))


def appointed(**held: Any) -> Staff:
    usual = {"agency": CENTRE, "desk": "general", "role": Role.COUNSELLOR}
    since = {"appointment": REFERRAL, "period": {"start": "2026-04-10"}}
    return after(Staff(id=SATO), fact(Appointed, **{**usual, **since, **held}))


def test_work_passes_on_to_somebody_who_works_on_cases_at_that_desk_on_that_day() -> None:
    assert hand_over_work(*cases(), appointed(), handing(), stamp())
    for held in (
        {"desk": "nurses"},
        {"agency": CITY},
        {"role": Role.ADMINISTRATOR},
        {"period": {"start": "2026-04-11"}},
    ):
        with pytest.raises(NotAtThatDesk):
            hand_over_work(*cases(), appointed(**held), handing(), stamp())
    with pytest.raises(NotAtThatDesk):
        hand_over_work(*cases(), Staff(id=SATO), handing(), stamp())


def test_so_does_the_lead() -> None:
    given, command = household(referred()), naming(staff=SATO)
    there = {"agency": SHAKYO, "desk": "support", "period": {"start": "2026-04-01"}}
    assert name_lead(given, appointed(**there), command, stamp())
    with pytest.raises(NotAtThatDesk):
        name_lead(given, appointed(), command, stamp())
    with pytest.raises(LeadNotInvolved):
        name_lead(household(), appointed(), command, stamp())


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2026-04-09"},
        {"to_staff": TANAKA},
        {"households": []},
        {"memos": {STRANGER: "別の世帯"}},
        {"memos": "別の世帯"},
    ],
)
def test_a_handover_ends_after_it_begins_and_goes_to_somebody_else(wrong: Any) -> None:
    with pytest.raises(ValueError, match="HandOverWork"):
        handing(**wrong)


def test_the_desk_exists() -> None:
    with pytest.raises(UnknownAgency):
        hand_over_work(*cases(), handing(desk="moon"), stamp())
