"""What was found to be one is shown as one: persons after 名寄せ, households after 統合."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.events import Fact
from domain.events.consent import ConsentSought, ConsentWithdrawn
from domain.events.meeting import PlanDecided, PlanDrafted
from domain.events.membership import HouseholdsMerged, HouseholdSplit
from domain.events.person import (
    AddressRecorded,
    ConcealmentStarted,
    PersonsMerged,
    PersonsUnmerged,
    VisitRiskNoted,
)
from domain.events.referral import ReferralAccepted
from domain.events.support import SupportClosed, SupportReopened
from domain.gate import Reader
from domain.household.support import Status
from domain.labels import ByConsent
from domain.values import Role
from projections.case_view import CaseView, case_view
from projections.caseload import Scope, caseload
from projections.disclosures import disclosures
from projections.people import changed_people, people
from projections.runner import Runner
from projections.tasks import tasks
from projections.timeline import timeline
from tests.projections.facts import DAY, MOTHER, NURSE, SON, TODAY, fact, new
from tests.projections.given import Told
from tests.projections.test_reading import (
    CONSENT,
    NURSES,
    PLAN,
    REFERRAL,
    Connection,
    consented,
    identified,
    joined,
    kinds,
    reading,
    referred,
    shared,
    taken_in,
    task_kinds,
)

AUNT = UUID(int=0xC)
"""The mother, as another window came to know her."""
GRANNY = UUID(int=0xD)


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute("SET ROLE setai_api")
        yield opened


@pytest.fixture
def household(told: Told, runner: Runner) -> UUID:
    household = new()
    told(MOTHER, identified("芦屋花子", "アシヤハナコ"))
    told(AUNT, identified("アシヤ花", "アシヤハナ"))
    told(household, *taken_in())
    runner.catch_up()
    return household


def view_of(connection: Connection, household: UUID, by: Any = None) -> CaseView:
    view = case_view(connection, household, reader=by or reading())
    assert view is not None
    return view


def one(told: Told, runner: Runner, kind: Any = PersonsMerged, **more: Any) -> None:
    """The mother was found to be the aunt of the other window."""
    for stream in (AUNT, MOTHER):
        told(stream, fact(kind, absorbed=MOTHER, survivor=AUNT, **more))
    runner.catch_up()


def apart(told: Told, runner: Runner) -> None:
    one(told, runner, PersonsUnmerged, reason="別人だった")


# 名寄せ


def test_an_absorbed_member_appears_once_under_the_survivor(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, joined(AUNT, "aunt"))
    told(MOTHER, fact(VisitRiskNoted, level="dog"))
    one(told, runner)
    view = view_of(connection, household)
    assert [(m.person, m.earlier) for m in view.members] == [(AUNT, (MOTHER,)), (SON, ())]
    assert view.people.keys() == {AUNT, SON}
    assert view.people[AUNT].earlier == (MOTHER,)
    assert "アシヤ花" in told.words(view.people[AUNT].rows)
    assert "芦屋花子" not in told.words(view.people[AUNT].rows)
    assert "dog" in str(view.people[AUNT].rows)
    (line,) = caseload(connection, reader=reading()).cases
    assert set(line.people) == {AUNT, SON}
    apart(told, runner)
    view = view_of(connection, household)
    assert [(m.person, m.earlier) for m in view.members] == [(MOTHER, ()), (SON, ()), (AUNT, ())]


def test_the_finding_is_one_line_of_the_course(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, joined(AUNT, "aunt"))
    one(told, runner)
    page = timeline(connection, household, reader=reading())
    assert page is not None
    assert [entry.code for entry in page.entries].count("PersonsMerged") == 1
    named = told.words([entry.item for entry in page.entries])
    assert "芦屋花子" in named
    assert "アシヤ花" in named


@pytest.mark.parametrize("protected", [MOTHER, AUNT])
def test_a_protection_of_either_protects_the_person_and_ends_with_neither_finding(
    connection: Connection, told: Told, runner: Runner, household: UUID, protected: UUID
) -> None:
    given: dict[str, Any] = {"place": "residence", "text": "南町1-2", "period": {"start": DAY}}
    for person in (MOTHER, AUNT):
        told(person, fact(AddressRecorded, address=new(), **given))
    started = {"threat": "dv", "until": "2027-03-31", "counterparties": (SON,)}
    told(protected, fact(ConcealmentStarted, concealment=new(), **started))
    one(told, runner)
    found = people(connection, [MOTHER, AUNT])
    assert all(person.concealed for person in found.values())
    assert all(person.counterparties == {SON} for person in found.values())
    view = view_of(connection, household)
    assert view.people[AUNT].concealed
    assert view.frame.area is None
    assert "南町" not in told.words([person.rows for person in view.people.values()])
    protecting = view_of(connection, household, reading(role=Role.PROTECTION))
    assert "南町" in told.words(protecting.people[AUNT].rows)
    assert people(connection, [AUNT])[AUNT].concealed
    apart(told, runner)
    found = people(connection, [MOTHER, AUNT])
    assert [found[each].concealed for each in (MOTHER, AUNT)] == [
        protected == MOTHER,
        protected == AUNT,
    ]


def of(*persons: UUID) -> dict[str, Any]:
    return {"basis": ByConsent(consent=CONSENT), "subjects": persons}


def test_what_rests_on_a_consent_under_the_earlier_id_is_open_as_long_as_the_two_are_one(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, joined(AUNT, "aunt"), consented(), shared(**of(AUNT)))
    runner.catch_up()
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))
    assert disclosures(connection, reader=NURSES).entries == []
    one(told, runner)
    assert "consultation" in kinds(case_view(connection, household, reader=NURSES))
    (entry,) = disclosures(connection, reader=NURSES).entries
    assert not entry.withdrawn
    assert len(view_of(connection, household).consents_in_force) == 1
    apart(told, runner)
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))


def test_what_was_shared_about_two_is_open_while_both_consents_stand(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    other = {"consent": new(), "person": SON, "giver": SON}
    told(household, consented(), consented(**other), shared(**of(MOTHER, SON)))
    runner.catch_up()
    assert "consultation" in kinds(case_view(connection, household, reader=NURSES))
    told(household, withdrawn(other["consent"], SON))
    runner.catch_up()
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))


def withdrawn(consent: UUID = CONSENT, by: UUID = MOTHER) -> Fact:
    whole = {"agencies": ("hoken",), "categories": ("consultation",), "purposes": ("support",)}
    return fact(ConsentWithdrawn, consent=consent, by=by, **whole)


def test_who_has_consented_under_one_id_is_not_asked_again_under_the_other(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    sought = {"answer": "pending", "next_try": "2026-04-09"}
    told(household, fact(ConsentSought, person=MOTHER, **sought))
    told(household, consented(person=AUNT, giver=AUNT))
    runner.catch_up()
    assert "seek-consent" in task_kinds(connection, reading())
    one(told, runner)
    assert "seek-consent" not in task_kinds(connection, reading())
    told(household, fact(ConsentSought, person=MOTHER, **sought))
    runner.catch_up()
    assert "seek-consent" in task_kinds(connection, reading())


def test_both_are_looked_at_again_for_duplicates_when_a_finding_changes(
    connection: Connection, told: Told, runner: Runner
) -> None:
    one(told, runner)
    last, _, _ = changed_people(connection, after=0)[-1]
    assert {(key, person.id) for _, key, person in changed_people(connection, after=0)} == {
        (MOTHER, AUNT),
        (AUNT, AUNT),
    }
    told(AUNT, fact(PersonsUnmerged, absorbed=MOTHER, survivor=AUNT, reason="別人"))
    runner.catch_up()
    assert {key for _, key, _ in changed_people(connection, after=last)} == {MOTHER, AUNT}


# 統合


def merged(told: Told, runner: Runner, household: UUID, source: UUID, *restated: Fact) -> None:
    given = {"source": source, "target": household, "persons": (GRANNY,), "agencies": ("hoken",)}
    told(source, fact(HouseholdsMerged, **given))
    told(household, fact(HouseholdsMerged, **given), joined(GRANNY, "granny"), *restated)
    runner.catch_up()


def hers(**given: Any) -> Fact:
    return consented(person=GRANNY, giver=GRANNY, **given)


def lived(told: Told, *facts: Fact) -> UUID:
    """Another household, in which the 保健所 was asked for help and told on her consent."""
    source = new()
    opened, _, _, lead, consultation = taken_in()
    told(source, opened, joined(GRANNY, "self"), lead, hers(), consultation, *facts)
    return source


def test_the_merged_household_shows_what_came_over_and_from_where(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    drafted = fact(PlanDrafted, plan=PLAN, persons=(GRANNY,), goals=(), measures=())
    decided = fact(PlanDecided, plan=PLAN, starts_on=DAY, review_on="2026-07-01")
    source = lived(told, referred(subjects=(GRANNY,)), drafted, decided)
    merged(told, runner, household, source, hers())
    view = view_of(connection, household)
    assert view.frame.merged_from == (source,)
    assert [member.person for member in view.members] == [MOTHER, SON, GRANNY]
    assert [(c.household, c.given.consent) for c in view.consents_in_force] == [(source, CONSENT)]
    assert [(g.stream, g.key) for g in view.open_referrals] == [(source, f"referral:{REFERRAL}")]
    assert [plan.plan for plan in view.plans] == [PLAN]
    assert view.next_review == date(2026, 7, 1)
    assert view.last_contact == DAY
    assert view.came_from == dict.fromkeys((CONSENT, REFERRAL, PLAN, GRANNY), source)


def test_the_earlier_household_shows_its_own_and_where_its_case_is_kept(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told)
    merged(told, runner, household, source)
    view = view_of(connection, source)
    assert (view.frame.merged_into, view.frame.lead) == (household, None)
    assert [member.person for member in view.members] == [GRANNY]
    assert view.came_from == {}
    assert view_of(connection, household).frame.lead is not None
    (line,) = caseload(connection, reader=reading()).cases
    assert line.household == household
    whole = caseload(connection, reader=reading(), closed=True).cases
    assert {each.household for each in whole} == {household, source}


def test_a_referral_of_the_earlier_household_is_one_task_and_closes_as_any(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told, referred(subjects=(GRANNY,)))
    merged(told, runner, household, source)
    (task,) = (t for t in tasks(connection, reader=NURSES).tasks if t.kind == "answer-referral")
    assert task.stream == source
    (line,) = caseload(connection, reader=NURSES, scope=Scope.AGENCY).cases
    assert (line.household, line.next_due) == (household, date(2026, 4, 15))
    accepted = fact(ReferralAccepted, NURSE, referral=REFERRAL, recorded_by="receiver")
    told(source, accepted, by=NURSE)
    runner.catch_up()
    assert "answer-referral" not in task_kinds(connection, NURSES)
    assert view_of(connection, household).open_referrals == ()


def test_what_was_enclosed_opens_to_its_receiver_and_to_nobody_new(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told, referred(subjects=(GRANNY,)))
    merged(told, runner, household, source)
    for shown in (household, source):
        view = view_of(connection, shown, NURSES)
        consultations = view.rows["consultation"]
        assert {group.stream for group in consultations} == {source}
        assert [member.person for member in view.members] == [GRANNY]
    stranger = NURSE.capacity.model_copy(update={"agency": "gakko", "desk": "kyoto"})
    for shown in (household, source):
        assert case_view(connection, shown, reader=Reader(NURSE.staff, stranger, TODAY)) is None


def test_a_consent_counts_once_and_a_withdrawal_closes_both_households(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told, shared(**of(GRANNY)))
    merged(told, runner, household, source, hers())
    assert "consultation" in kinds(case_view(connection, household, reader=NURSES))
    page = timeline(connection, household, reader=reading())
    assert page is not None
    codes = [entry.code for entry in page.entries]
    assert (codes.count("ConsentGiven"), codes.count("HouseholdsMerged")) == (1, 1)
    for stream in (source, household):
        told(stream, withdrawn(by=GRANNY))
    runner.catch_up()
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))
    page = timeline(connection, household, reader=reading())
    assert page is not None
    assert [entry.code for entry in page.entries].count("ConsentWithdrawn") == 1
    (entry,) = disclosures(connection, reader=reading(), household=household).entries
    assert (entry.household, entry.withdrawn) == (source, True)


def test_reopening_the_merged_household_revives_nothing_that_came_over(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    plan = fact(PlanDrafted, plan=PLAN, persons=(GRANNY,), goals=(), measures=())
    source = lived(told, shared(**of(GRANNY)), plan)
    merged(told, runner, household, source, hers())
    told(household, fact(SupportClosed, reason="solved"))
    runner.catch_up()
    assert "consultation" in kinds(case_view(connection, household, reader=NURSES))
    again = {"cycle": 2, "after": 8, "reason": "asked", "agency": "shakyo", "desk": "sodan"}
    told(household, fact(SupportReopened, **again))
    runner.catch_up()
    view = view_of(connection, household)
    assert (view.consents_in_force, view.plans) == ((), ())
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))
    (entry,) = disclosures(connection, reader=reading(), household=household).entries
    assert entry.withdrawn


def kept(connection: Connection, source: UUID) -> set[str]:
    page = tasks(connection, reader=reading(today=date(2027, 3, 31)))
    return {task.kind for task in page.tasks if task.stream == source}


def test_what_nobody_can_do_any_more_is_no_task(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    sought = fact(ConsentSought, person=SON, answer="pending", next_try="2026-04-09")
    decided = fact(PlanDecided, plan=PLAN, starts_on=DAY, review_on="2026-07-01")
    source = lived(told, sought, decided)
    merged(told, runner, household, source, hers())
    everything = {"screen-consultation", "seek-consent", "review-plan"}
    assert kept(connection, source) == everything
    told(household, fact(PlanDecided, plan=new(), starts_on=DAY, review_on="2026-08-01"))
    runner.catch_up()
    assert kept(connection, source) == everything - {"review-plan"}
    told(household, consented(consent=new(), person=SON, giver=SON))
    runner.catch_up()
    assert kept(connection, source) == {"screen-consultation"}
    told(source, fact(ConsentSought, person=SON, answer="pending", next_try="2026-04-09"))
    told(household, fact(SupportClosed, reason="solved"))
    runner.catch_up()
    assert kept(connection, source) == {"screen-consultation"}


def test_a_case_that_had_ended_asks_for_nothing_after_a_merger(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told, fact(SupportClosed, reason="solved"))
    merged(told, runner, household, source)
    assert kept(connection, source) == set()


def test_three_households_become_one_case(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    first = lived(told, referred(subjects=(GRANNY,)))
    second = new()
    told(second, *taken_in()[:4])
    merged(told, runner, second, first, hers())
    merged(told, runner, household, second, hers())
    view = view_of(connection, household)
    assert [(c.household, c.given.consent) for c in view.consents_in_force] == [(first, CONSENT)]
    assert [group.stream for group in view.open_referrals] == [first]
    assert [member.person for member in view.members] == [MOTHER, SON, GRANNY]
    (line,) = caseload(connection, reader=NURSES, scope=Scope.AGENCY).cases
    assert (line.household, line.next_due) == (household, date(2026, 4, 15))


def test_a_protection_in_either_household_holds_for_the_case(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    started = {"threat": "dv", "until": "2027-03-31"}
    told(GRANNY, fact(ConcealmentStarted, concealment=new(), **started))
    source = lived(told)
    merged(told, runner, household, source)
    assert view_of(connection, household).frame.area is None
    assert view_of(connection, source).frame.area is None


# 枠


def test_who_may_read_one_thing_knows_that_it_is_open_and_who_leads_and_no_more(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    source = lived(told)
    given = {"source": source, "target": household, "persons": (SON,)}
    split = fact(HouseholdSplit, source=household, target=new(), persons=(SON,))
    told(source, fact(HouseholdsMerged, **given))
    told(household, referred(), fact(HouseholdsMerged, **given), split)
    runner.catch_up()
    seen = view_of(connection, household, NURSES).frame
    assert seen.status is Status.OPEN
    assert seen.lead is not None
    assert (seen.merged_from, seen.split_into) == ((), ())
    assert (seen.area, seen.household_type) == (None, None)
    whole = view_of(connection, household).frame
    assert (whole.merged_from, len(whole.split_into)) == ((source,), 1)
    assert (whole.area, whole.household_type) == ("north", "single-parent")
    told(household, fact(SupportClosed, reason="solved"))
    runner.catch_up()
    assert view_of(connection, household, NURSES).frame.status is Status.CLOSED
    (line,) = caseload(connection, reader=NURSES, scope=Scope.AGENCY, closed=True).cases
    assert line.frame == view_of(connection, household, NURSES).frame
    by = {"agency": "shakyo", "desk": "sodan"}
    told(household, fact(SupportReopened, cycle=2, after=8, reason="asked", **by))
    runner.catch_up()
    again = view_of(connection, household, NURSES).frame
    assert (again.status, again.cycle) == (Status.OPEN, 2)
