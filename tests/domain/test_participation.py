"""参加支援."""

from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.resource import ResourceRegistered, ResourceRetired
from domain.events.support import (
    GuardianAppointed,
    ParticipationEnded,
    ParticipationMatched,
    ParticipationStarted,
    SupportClosed,
    SupportSuspended,
)
from domain.participation import (
    AppointGuardian,
    EndGuardianship,
    EndParticipation,
    FollowUpParticipation,
    GuardianEndsOwnTask,
    GuardianshipOver,
    MatchParticipation,
    ParticipationHasEnded,
    ParticipationHasStarted,
    ParticipationNotStarted,
    ResourceNotAvailable,
    StartParticipation,
    appoint_guardian,
    end_guardianship,
    end_participation,
    follow_up_participation,
    match_participation,
    start_participation,
)
from domain.refusals import NotAMember, Unknown, UnknownAgency, UnknownCode
from domain.resource import Resource
from tests.domain.given import (
    CHILD,
    SHAKYO,
    STRANGER,
    act,
    after,
    capacity,
    fact,
    household,
    resource,
    siding,
    stamp,
)

KEY, PLACE = UUID(int=111), UUID(int=5)
KIND, REASON = "participation-kinds-1", "participation-end-reasons-1"


def matched(*facts: Fact) -> tuple[Fact, ...]:
    about = {"person": CHILD, "resource": PLACE, "kind": KIND}
    return (fact(ParticipationMatched, participation=KEY, **about), *facts)


def started() -> Fact:
    return fact(ParticipationStarted, participation=KEY)


def ended() -> Fact:
    return fact(ParticipationEnded, participation=KEY, reason=REASON)


def place(*facts: Fact) -> Resource:
    return resource(fact(ResourceRegistered, kind="host", name="畑"), *facts)


def match(**fields: Any) -> MatchParticipation:
    return act(MatchParticipation, **{"person": CHILD, "resource": PLACE, "kind": KIND, **fields})


def test_somebody_is_matched_with_a_place_in_use() -> None:
    [told] = match_participation(household(), place(), match(), stamp())
    assert (told.person, told.resource) == (CHILD, PLACE)
    for gone in (resource(), place(fact(ResourceRetired, reason="閉所"))):
        with pytest.raises(ResourceNotAvailable):
            match_participation(household(), gone, match(), stamp())


def test_a_match_is_of_a_member_in_a_kind_the_municipality_has() -> None:
    with pytest.raises(NotAMember):
        match_participation(household(), place(), match(person=STRANGER), stamp())
    with pytest.raises(UnknownCode):
        match_participation(household(), place(), match(kind="none"), stamp())


def test_participation_starts_once() -> None:
    command = StartParticipation()
    assert start_participation(household(*matched()), command, stamp(), participation=KEY)
    running = household(*matched(started()))
    with pytest.raises(ParticipationHasStarted):
        start_participation(running, command, stamp(), participation=KEY)
    with pytest.raises(Unknown):
        start_participation(household(), command, stamp(), participation=KEY)


def test_somebody_is_followed_up_once_they_take_part() -> None:
    command = FollowUpParticipation(settled=True)
    running = household(*matched(started()))
    [told] = follow_up_participation(running, command, stamp(), participation=KEY)
    assert told.settled
    with pytest.raises(ParticipationNotStarted):
        follow_up_participation(household(*matched()), command, stamp(), participation=KEY)


def test_participation_ends_once_even_before_it_began() -> None:
    command = EndParticipation(reason=REASON)
    assert end_participation(household(*matched()), command, stamp(), participation=KEY)
    over = household(*matched(ended()))
    with pytest.raises(ParticipationHasEnded):
        end_participation(over, command, stamp(), participation=KEY)


def test_a_guardian_is_appointed_for_a_member() -> None:
    command = act(AppointGuardian, person=CHILD, kind="voluntary", guardian="山田弁護士")
    [told] = appoint_guardian(household(), command, stamp())
    assert told.label.category == "family"


def test_a_guardian_is_recorded_also_where_the_support_has_ended_or_pauses() -> None:
    command = act(AppointGuardian, person=CHILD, kind="voluntary", guardian="山田弁護士")
    for over in (
        fact(SupportClosed, reason="closure-reasons-1"),
        fact(SupportSuspended, reason="suspension-reasons-1", attempts=()),
    ):
        assert appoint_guardian(household(over), command, stamp())


def test_who_acts_for_them_in_another_capacity_ends_no_task_either() -> None:
    """A person acts for somebody, and not a desk."""
    told = {"person": CHILD, "kind": "guardian", "guardian": "某", "agency": SHAKYO}
    appointed = household(fact(GuardianAppointed, **told))
    end = act(EndGuardianship, reason="resigned")
    with pytest.raises(GuardianEndsOwnTask):
        end_guardianship(appointed, end, siding(stamp(), CHILD), version=appointed.version)
    assert end_guardianship(appointed, end, stamp(), version=appointed.version)


def test_the_task_of_a_guardian_is_ended_once_and_by_others() -> None:
    given = {"person": CHILD, "kind": "guardian", "guardian": "社会福祉協議会"}
    by_staff = {**given, "staff": stamp().author.staff}
    end = act(EndGuardianship, reason="resigned")
    for told, ours in (
        ({**given, "agency": SHAKYO, "desk": "support"}, stamp(capacity(SHAKYO, "support"))),
        ({**given, "agency": SHAKYO}, stamp(capacity(SHAKYO, "other"))),
        (by_staff, stamp()),
    ):
        appointed = household(*appoint_guardian(household(), act(AppointGuardian, **told), stamp()))
        with pytest.raises(GuardianEndsOwnTask):
            end_guardianship(appointed, end, ours, version=appointed.version)
    two = household(*(fact(GuardianAppointed, **given, agency=SHAKYO) for _ in range(2)))
    [over] = end_guardianship(two, end, stamp(), version=two.version)
    assert (over.of, over.person) == (two.version, CHILD)
    one = after(two, over)
    assert end_guardianship(one, end, stamp(), version=two.version - 1)
    for version in (two.version, 99):
        with pytest.raises(GuardianshipOver):
            end_guardianship(one, end, stamp(), version=version)


def test_a_guardian_may_be_an_agency_of_the_ledger() -> None:
    given = {"person": CHILD, "kind": "guardian", "guardian": "社会福祉協議会"}
    [told] = appoint_guardian(
        household(), act(AppointGuardian, **given, agency=SHAKYO, desk="support"), stamp()
    )
    assert (told.agency, told.desk) == (SHAKYO, "support")
    with pytest.raises(UnknownAgency):
        appoint_guardian(household(), act(AppointGuardian, **given, agency="nobody"), stamp())
