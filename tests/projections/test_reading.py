"""What two agencies at work on one household see of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.clocks import Point
from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationShared,
    LabelTightened,
    ShareReviewed,
)
from domain.events.intake import (
    AbuseReported,
    ConsultationReceived,
    ConsultationScreened,
    NoteKept,
)
from domain.events.meeting import (
    BroughtToSitting,
    EvaluationStage,
    MeetingDecided,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
)
from domain.events.membership import HouseholdOpened, HouseholdsMerged, MemberJoined, MemberLeft
from domain.events.person import (
    AddressRecorded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    PersonIdentified,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
)
from domain.events.resource import (
    ActivityHeld,
    CommunityIssueAnswered,
    CommunityIssueRaised,
    ResourceRegistered,
    ResourceRetired,
)
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingConvened,
    SittingWrittenUp,
)
from domain.events.staff import Appointed, AppointmentEnded, StaffRegistered
from domain.events.support import ContactMade, FileAttached, SupportClosed, SupportReopened
from domain.gate import Reader
from domain.household.support import Status
from domain.labels import ByConsent, ByStatute, Category, Urgent
from domain.ledger import Ledger
from domain.values import Author, Personal, Role
from projections.as_of import Histories, caseload_as_of
from projections.attachments import attachment
from projections.case_view import CaseView, case_view
from projections.caseload import Scope, caseload
from projections.disclosures import disclosures
from projections.people import changed_people, people
from projections.resources import community_issues, resources
from projections.runner import Runner
from projections.sittings import sitting, sittings
from projections.staff import staff
from projections.tasks import tasks
from projections.timeline import timeline
from tests.projections.facts import (
    DAY,
    MOTHER,
    NURSE,
    SODAN,
    SON,
    TODAY,
    fact,
    new,
    paragraph,
)
from tests.projections.given import Told

Connection = psycopg.Connection[Any]
REFERRAL, CONSENT, SHARE, PLAN = (UUID(int=number) for number in range(1, 5))


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute("SET ROLE setai_api")
        yield opened


@pytest.fixture
def household(told: Told, runner: Runner) -> UUID:
    """A mother and her son, taken in by the 社協."""
    household = new()
    told(MOTHER, identified("芦屋花子", "アシヤハナコ"))
    told(household, *taken_in())
    runner.catch_up()
    return household


def reading(
    by: Author = SODAN, role: Role = Role.COUNSELLOR, today: date = TODAY, desk: str | None = None
) -> Reader:
    capacity = by.capacity.model_copy(update={"role": role, "desk": desk or by.capacity.desk})
    return Reader(by.staff, capacity, today)


NURSES = reading(NURSE)
PRIVACY = reading(SODAN, Role.PRIVACY, desk="joho")


def identified(name: str, kana: str) -> Fact:
    labelled = {"category": Category.IDENTITY, "subjects": (MOTHER,)}
    return fact(PersonIdentified, labelled=labelled, name=name, kana=kana)


def joined(person: UUID, relation: str) -> Fact:
    return fact(
        MemberJoined, person=person, relation=relation, membership="living-together", since="2020"
    )


def taken_in() -> list[Fact]:
    """Four facts, then the consultation (version 5)."""
    return [
        fact(HouseholdOpened, area="north", household_type="single-parent"),
        joined(MOTHER, "self"),
        joined(SON, "child"),
        fact(LeadAgencyNamed, agency="shakyo", desk="sodan", staff=SODAN.staff),
        fact(
            ConsultationReceived,
            consultation=new(),
            route="walk-in",
            window="sodan",
            fields=("children",),
            issues=("school",),
            consulter="self",
            person=MOTHER,
            urgency="soon",
            narrative=paragraph("子どもが学校に行っていない。"),
        ),
    ]


def referred(**labelled: Any) -> Fact:
    return fact(
        ReferralMade,
        labelled={"subjects": (MOTHER,), "basis": ByStatute(article="statute"), **labelled},
        referral=REFERRAL,
        to_agency="hoken",
        to_desk="chiku",
        purpose="support",
        categories=(Category.CONSULTATION,),
        enclosed=(5,),
        answer_due=date(2026, 4, 15),
    )


def consented(**given: Any) -> Fact:
    usual: dict[str, Any] = {
        "consent": CONSENT,
        "person": MOTHER,
        "giver": MOTHER,
        "authority": "self",
        "able": True,
        "method": "written",
        "text_version": "v1",
        "agencies": ("hoken",),
        "categories": (Category.CONSULTATION,),
        "purposes": ("support",),
        "period": {"start": DAY, "end": "2027-03-31"},
    }
    return fact(ConsentGiven, **{**usual, **given})


def shared(**labelled: Any) -> Fact:
    return fact(
        InformationShared,
        labelled=labelled or {"basis": ByConsent(consent=CONSENT)},
        share=SHARE,
        to_agency="hoken",
        purpose="support",
        categories=(Category.CONSULTATION,),
        facts=(5,),
    )


def kinds(view: CaseView | None) -> set[str]:
    return set(view.rows) if view else set()


def test_the_case_as_its_own_agency_sees_it(
    connection: Connection, told: Told, household: UUID
) -> None:
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert (view.frame.status, view.frame.cycle, view.frame.area) == (Status.OPEN, 1, "north")
    assert view.frame.lead is not None
    assert (view.frame.lead.desk, view.frame.lead.staff) == ("sodan", SODAN.staff)
    assert [member.person for member in view.members] == [MOTHER, SON]
    assert view.last_contact == DAY
    assert "芦屋花子" in told.words(view.people[MOTHER].rows)


def test_a_household_of_others_is_as_absent_as_one_that_is_not(
    connection: Connection, household: UUID
) -> None:
    assert case_view(connection, household, reader=NURSES) is None
    assert case_view(connection, uuid4(), reader=NURSES) is None
    assert timeline(connection, household, reader=NURSES) is None


def test_the_receiver_of_a_referral_sees_what_was_enclosed_and_who_it_is_about(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, referred())
    runner.catch_up()
    view = case_view(connection, household, reader=NURSES)
    assert kinds(view) == {"consultation", "referral", "member"}
    assert view is not None
    assert [member.person for member in view.members] == [MOTHER]
    assert "芦屋花子" in told.words(view.people[MOTHER].rows)
    assert len(view.open_referrals) == 1


def test_an_answered_referral_is_no_longer_open_for_either_side(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, referred())
    told(
        household,
        fact(ReferralAccepted, NURSE, referral=REFERRAL, recorded_by="receiver"),
        by=NURSE,
    )
    runner.catch_up()
    for each in (reading(), NURSES):
        view = case_view(connection, household, reader=each)
        assert view is not None
        assert view.open_referrals == ()


def test_what_was_enclosed_is_closed_again_when_the_referral_is_returned(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, referred())
    returned = fact(
        ReferralReturned, NURSE, referral=REFERRAL, recorded_by="receiver", reason="担当外"
    )
    told(household, returned, by=NURSE)
    runner.catch_up()
    assert kinds(case_view(connection, household, reader=NURSES)) == {"referral"}


def test_a_share_is_read_while_its_consent_holds(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, consented(), shared())
    runner.catch_up()
    assert "consultation" in kinds(case_view(connection, household, reader=NURSES))
    later = reading(NURSE, today=date(2027, 4, 1))
    assert "consultation" not in kinds(case_view(connection, household, reader=later))
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert [each.given.consent for each in view.consents_in_force] == [CONSENT]


def withdrawal(**more: Any) -> Fact:
    whole: dict[str, Any] = {
        "consent": CONSENT,
        "by": MOTHER,
        "agencies": ("hoken",),
        "categories": (Category.CONSULTATION,),
        "purposes": ("support",),
        "holders": ("hoken",),
    }
    return fact(ConsentWithdrawn, **{**whole, **more})


def test_the_next_read_after_a_withdrawal_is_refused(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, consented(), shared(), withdrawal())
    runner.catch_up()
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))
    (entry,) = disclosures(connection, reader=reading(), household=household).entries
    assert entry.withdrawn


def test_reopening_revives_no_consent(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, consented(), shared(), fact(SupportClosed, reason="solved"))
    told(
        household,
        fact(SupportReopened, cycle=2, after=8, reason="asked", agency="shakyo", desk="sodan"),
    )
    runner.catch_up()
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert (view.frame.status, view.frame.cycle) == (Status.OPEN, 2)
    assert view.consents_in_force == ()
    assert "consultation" not in kinds(case_view(connection, household, reader=NURSES))


def test_a_label_tightened_later_closes_what_was_open(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, fact(LabelTightened, of=5, category=Category.HEALTH))
    runner.catch_up()
    assert "consultation" in kinds(case_view(connection, household, reader=reading()))
    other = reading(desk="kanri")
    assert "consultation" not in kinds(case_view(connection, household, reader=other))


def test_a_merged_person_is_shown_as_the_survivor(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    survivor = new()
    told(survivor, identified("芦屋花", "アシヤハナ"))
    for stream in (survivor, MOTHER):
        told(stream, fact(PersonsMerged, absorbed=MOTHER, survivor=survivor))
    runner.catch_up()
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert view.people.keys() == {survivor, SON}
    assert view.people[survivor].earlier == (MOTHER,)
    assert "芦屋花子" not in str(view.people[survivor].rows)
    told(MOTHER, fact(PersonsUnmerged, absorbed=MOTHER, survivor=survivor, reason="別人"))
    runner.catch_up()
    assert people(connection, [MOTHER])[MOTHER].id == MOTHER


def test_merged_households_are_linked(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    other = new()
    told(other, *taken_in())
    for stream in (household, other):
        told(stream, fact(HouseholdsMerged, source=other, target=household, persons=(MOTHER,)))
    runner.catch_up()
    target = case_view(connection, household, reader=reading())
    source = case_view(connection, other, reader=reading())
    assert target is not None
    assert source is not None
    assert (target.frame.merged_from, source.frame.merged_into) == ((other,), household)


def test_a_concealed_address_and_area_are_for_the_protection_desk(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    address = fact(
        AddressRecorded, address=new(), place="residence", text="南町1-2", period={"start": DAY}
    )
    concealment = new()
    started = fact(
        ConcealmentStarted,
        concealment=concealment,
        counterparties=(SON,),
        threat="dv",
        until=date(2027, 3, 31),
    )
    told(MOTHER, address, started)
    runner.catch_up()
    view = case_view(connection, household, reader=reading())
    protecting = case_view(connection, household, reader=reading(role=Role.PROTECTION))
    assert view is not None
    assert protecting is not None
    assert view.people[MOTHER].concealed
    assert (view.frame.area, protecting.frame.area) == (None, "north")
    assert "南町" not in told.words(view)
    assert "南町" in told.words(protecting)
    assert people(connection, [MOTHER])[MOTHER].counterparties == {SON}
    told(MOTHER, fact(ConcealmentEnded, concealment=concealment, reason="asked", proposed_by=new()))
    runner.catch_up()
    assert "南町" in told.words(case_view(connection, household, reader=reading()))


def test_the_plan_and_its_next_review(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(
        household,
        fact(PlanDrafted, plan=PLAN, persons=(MOTHER,), goals=(), measures=()),
        fact(PlanDecided, plan=PLAN, starts_on=DAY, review_on="2026-07-01", ratify_by="2026-05-01"),
    )
    runner.catch_up()
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert view.next_review == date(2026, 7, 1)
    assert task_kinds(connection, reading(today=date(2026, 7, 2))) >= {"review-plan", "ratify-plan"}
    final = fact(
        PlanEvaluated,
        plan=PLAN,
        stage=EvaluationStage.FINAL,
        outcome="close",
        sitting=new(),
        item=new(),
    )
    told(household, final)
    runner.catch_up()
    assert "review-plan" not in task_kinds(connection, reading())
    view = case_view(connection, household, reader=reading())
    assert view is not None
    assert view.next_review is None


def task_kinds(connection: Connection, reader: Reader, **more: Any) -> set[str]:
    return {task.kind for task in tasks(connection, reader=reader, **more).tasks}


def test_a_referral_is_the_receivers_task_and_the_senders_once_it_is_late(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, referred())
    runner.catch_up()
    assert "answer-referral" in task_kinds(connection, NURSES)
    assert "answer-referral" not in task_kinds(connection, reading())
    assert "chase-referral" not in task_kinds(connection, reading())
    assert "chase-referral" in task_kinds(connection, reading(today=date(2026, 4, 16)))
    accepted = fact(ReferralAccepted, NURSE, referral=REFERRAL, recorded_by="receiver")
    told(household, accepted, by=NURSE)
    runner.catch_up()
    assert "answer-referral" not in task_kinds(connection, NURSES)
    assert "chase-referral" not in task_kinds(connection, reading(today=date(2026, 4, 16)))


def test_a_consent_warns_one_month_before_its_end_unless_nothing_is_left_of_it(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, consented())
    runner.catch_up()
    assert "renew-consent" not in task_kinds(connection, reading(today=date(2027, 2, 27)))
    assert "renew-consent" in task_kinds(connection, reading(today=date(2027, 2, 28)))
    told(household, withdrawal())
    runner.catch_up()
    assert "renew-consent" not in task_kinds(connection, reading(today=date(2027, 2, 28)))


END = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({}, None),
        ({"purposes": ("planning",)}, END),
        ({"labelled": {"hidden_from": (SON,)}}, END),
        ({"consent": UUID(int=7)}, END),
        ({"by": None}, date.fromisoformat(DAY)),
        ({"by": None, "labelled": {"hidden_from": (SON,)}}, None),
    ],
)
def test_a_consent_that_was_withdrawn_makes_no_case_overdue(  # noqa: PLR0913, PLR0917
    connection: Connection,
    ledger: Ledger,
    told: Told,
    runner: Runner,
    household: UUID,
    more: dict[str, Any],
    due: date | None,
) -> None:
    given = consented(purposes=("support", "planning"))
    told(household, *screened(connection, household), given)
    parts = {"purposes": ("support", "planning"), **more}
    told(household, withdrawal(**parts))
    runner.catch_up()
    then = reading(today=date(2027, 4, 10))
    (line,) = caseload(connection, reader=then).cases
    assert line.next_due == due
    assert "by" not in more or "renew-consent" in task_kinds(connection, then)
    histories = Histories(ledger.histories, Point(then.today, ledger.head()))
    assert caseload_as_of(connection, reader=then, histories=histories).cases == [line]


@pytest.mark.parametrize(
    ("again", "due"),
    [
        ({}, None),
        ({"agencies": ("hoken", "city")}, None),
        ({"agencies": ("city",)}, END),
        ({"categories": (Category.FAMILY,)}, END),
        ({"purposes": ("meeting",)}, END),
        ({"person": SON}, END),
        ({"period": {"start": DAY, "end": "2027-03-30"}}, date(2027, 3, 30)),
        ({"labelled": {"hidden_from": (SON,)}}, END),
    ],
)
def test_a_consent_given_again_to_as_much_and_for_longer_is_not_asked_for(  # noqa: PLR0913, PLR0917
    connection: Connection,
    told: Told,
    runner: Runner,
    household: UUID,
    again: dict[str, Any],
    due: date | None,
) -> None:
    """Neither in the list of tasks nor as what makes the case overdue."""
    longer = {"consent": new(), "period": {"start": DAY, "end": "2028-03-31"}}
    told(household, *screened(connection, household), consented(), consented(**{**longer, **again}))
    runner.catch_up()
    then = reading(today=date(2027, 4, 10))
    assert ("renew-consent" in task_kinds(connection, then)) is bool(due)
    (line,) = caseload(connection, reader=then).cases
    assert line.next_due == due


@pytest.mark.parametrize(
    ("more", "asked", "due"),
    [
        ({}, None, None),
        ({"reason": "moved-out"}, "renew-consent", END),
        ({"person": SON}, "renew-consent", END),
        ({"labelled": {"hidden_from": (SON,)}}, None, END),
    ],
)
def test_nobody_is_asked_for_the_consent_of_somebody_who_died(  # noqa: PLR0913, PLR0917
    connection: Connection,
    ledger: Ledger,
    told: Told,
    runner: Runner,
    household: UUID,
    more: dict[str, Any],
    asked: str | None,
    due: date | None,
) -> None:
    """What some of those who are asked may not read puts no list in order."""
    left = fact(MemberLeft, **{"person": MOTHER, "reason": "died", **more})
    told(household, *screened(connection, household), consented(), left)
    runner.catch_up()
    then = reading(today=date(2027, 4, 10))
    assert ("renew-consent" in task_kinds(connection, then)) is bool(asked)
    (line,) = caseload(connection, reader=then).cases
    assert line.next_due == due
    histories = Histories(ledger.histories, Point(then.today, ledger.head()))
    assert caseload_as_of(connection, reader=then, histories=histories).cases == [line]


def test_who_may_not_know_that_they_died_is_asked_as_before(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    women = SODAN.model_copy(
        update={"capacity": SODAN.capacity.model_copy(update={"desk": "women"})}
    )
    abuse = {"category": Category.ABUSE}
    told(household, consented())
    told(household, fact(MemberLeft, women, person=MOTHER, reason="died", labelled=abuse), by=women)
    runner.catch_up()
    assert "renew-consent" in task_kinds(connection, reading(today=date(2027, 4, 10)))


def test_a_concealment_warns_one_month_before_its_end_and_stays_until_somebody_decides(
    connection: Connection, told: Told, runner: Runner
) -> None:
    concealment = new()
    told(
        MOTHER,
        fact(ConcealmentStarted, concealment=concealment, threat="dv", until="2026-05-31"),
    )
    runner.catch_up()

    def warned(day: str) -> bool:
        protecting = reading(role=Role.PROTECTION, today=date.fromisoformat(day))
        return "review-concealment" in task_kinds(connection, protecting)

    assert [warned(day) for day in ("2026-04-29", "2026-04-30", "2027-01-01")] == [
        False,
        True,
        True,
    ]
    told(MOTHER, fact(ConcealmentExtended, concealment=concealment, until="2027-05-31"))
    runner.catch_up()
    assert not warned("2027-01-01")


def test_a_note_is_the_task_of_its_author_alone(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, fact(NoteKept, note=new(), text="メモ", label_by="2026-04-04"))
    runner.catch_up()
    assert "settle-note" in task_kinds(connection, reading())
    colleague = Reader(NURSE.staff, reading().capacity, TODAY)
    assert "settle-note" not in task_kinds(connection, colleague, whole_agency=True)


def test_a_share_without_consent_waits_for_the_privacy_desk(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, shared(basis=Urgent(reason=Personal("急迫"), review_due=date(2026, 4, 8))))
    runner.catch_up()
    (task,) = tasks(connection, reader=PRIVACY).tasks
    assert (task.kind, task.overdue(TODAY)) == ("review-share", True)
    (entry,) = disclosures(connection, reader=PRIVACY).entries
    assert (entry.to, entry.reviewed, entry.withdrawn) == ("hoken", False, False)
    told(household, fact(ShareReviewed, share=SHARE, proper=True))
    runner.catch_up()
    assert tasks(connection, reader=PRIVACY).tasks == []
    (entry,) = disclosures(connection, reader=PRIVACY).entries
    assert entry.reviewed


def test_a_closed_household_asks_for_nothing_more(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    assert "screen-consultation" in task_kinds(connection, reading())
    told(household, fact(SupportClosed, reason="solved"))
    runner.catch_up()
    assert task_kinds(connection, reading()) == set()
    assert caseload(connection, reader=reading()).cases == []
    (case,) = caseload(connection, reader=reading(), closed=True).cases
    assert case.frame.status is Status.CLOSED


def test_what_is_heard_after_the_support_has_ended_asks_for_an_end_of_its_own(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    """Rule 14: and goes on asking when the support goes on; what came before does not."""
    told(household, fact(SupportClosed, reason="solved"), *taken_in()[4:])
    told(household, fact(AbuseReported, report=new(), kind="elder"))
    runner.catch_up()
    asked = [task.kind for task in tasks(connection, reader=reading()).tasks]
    assert sorted(asked) == ["check-facts", "screen-consultation"]
    told(
        household,
        fact(SupportReopened, reason="x", cycle=2, after=6, agency="shakyo", desk="sodan"),
    )
    runner.catch_up()
    assert [task.kind for task in tasks(connection, reader=reading()).tasks] == asked


def test_tasks_come_page_by_page_without_gaps(
    connection: Connection, told: Told, runner: Runner
) -> None:
    for _ in range(7):
        told(new(), *taken_in())
    runner.catch_up()
    seen, after = [], None
    while True:
        page = tasks(connection, reader=reading(), after=after, limit=3)
        seen += page.tasks
        if page.more is None:
            break
        after = page.more
    assert len({task.stream for task in seen}) == len(seen) == 7


def test_the_most_urgent_household_comes_first(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, *screened(connection, household))
    urgent, plain = new(), new()
    told(
        urgent, *taken_in()[:4], fact(PlanDecided, plan=PLAN, starts_on=DAY, review_on="2026-04-02")
    )
    told(plain, *taken_in()[:4])
    runner.catch_up()
    first = caseload(connection, reader=reading(), scope=Scope.STAFF, limit=1)
    assert [case.household for case in first.cases] == [urgent]
    assert first.cases[0].overdue(TODAY)
    rest = caseload(connection, reader=reading(), after=first.more)
    assert {case.household for case in rest.cases} == {household, plain}
    assert caseload(connection, reader=NURSES, scope=Scope.AGENCY).cases == []


def screened(connection: Connection, household: UUID) -> list[Fact]:
    view = case_view(connection, household, reader=reading())
    assert view is not None
    consultation = UUID(view.rows["consultation"][0].key.partition(":")[2])
    done = {"result": "continued", "next_step": "continued"}
    return [fact(ConsultationScreened, consultation=consultation, **done)]


def test_the_receiver_finds_a_referred_household_among_those_of_the_agency(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    told(household, referred())
    runner.catch_up()
    (case,) = caseload(connection, reader=NURSES, scope=Scope.AGENCY).cases
    assert case.household == household
    assert "芦屋花子" in told.words(case)


def test_the_timeline_tells_facts_of_the_household_and_its_people_newest_first(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    for _ in range(250):
        visit = {"outreach": new(), "method": "visit", "met_person": True, "consented": True}
        told(household, fact(ContactMade, **visit))
    runner.catch_up()
    codes, before = [], None
    while True:
        page = timeline(connection, household, reader=reading(), before=before, limit=100)
        assert page is not None
        codes += [entry.code for entry in page.entries]
        if page.more is None:
            break
        before = page.more
    assert codes[:250] == ["ContactMade"] * 250
    assert codes[250:] == [
        "ConsultationReceived",
        "LeadAgencyNamed",
        "MemberJoined",
        "MemberJoined",
        "HouseholdOpened",
        "PersonIdentified",
    ]


def test_the_register_of_a_sitting(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    held, item, other, nurse, chair = (new() for _ in range(5))
    minutes = paragraph("話し合いの内容")
    told(
        held,
        fact(SittingConvened, body="shien", held_on="2026-04-09", write_up_due="2026-04-16"),
        agenda(item, household),
        agenda(other, None),
        attendee(nurse, "hoken", (item,)),
        attendee(chair, "shakyo", ()),
        fact(RoomOpened),
        fact(PresenceRecorded, item=item, attendee=nurse, capacity="保健師"),
        fact(PresenceRecorded, item=other, attendee=chair, capacity="座長"),
        fact(PresenceEnded, item=item, attendee=nurse),
        fact(RoomClosed),
        fact(SittingWrittenUp, minutes=minutes),
    )
    told(household, fact(BroughtToSitting, sitting=held, item=item, subjects=(MOTHER,)))
    decision = {"decision": new(), "sitting": held, "item": item, "kind": "roles", "rested_on": 1}
    told(household, fact(MeetingDecided, **decision))
    runner.catch_up()
    whole = sitting(connection, held, reader=reading())
    assert whole is not None
    assert [each.item for each in whole.items] == [item, other]
    assert [each.capacity for each in whole.presences] == ["保健師", "座長"]
    assert whole.presences[0].until is not None
    assert whole.presences[1].until is None
    assert [opened for _, opened in whole.room] == [True, False]
    assert len(whole.linked) == 2
    assert whole.written_up is not None
    part = sitting(connection, held, reader=NURSES)
    assert part is not None
    assert [each.item for each in part.items] == [item]
    assert (part.written_up, part.linked) == (None, ())
    assert sitting(connection, held, reader=Reader(NURSE.staff, _elsewhere(), TODAY)) is None
    assert [each.sitting for each in sittings(connection, reader=NURSES).sittings] == [held]
    assert sittings(connection, reader=NURSES, body="youtaikyo").sittings == []


def test_the_secretariat_finds_the_sittings_that_another_agency_convened(
    connection: Connection, told: Told, runner: Runner
) -> None:
    """It keeps the record, invited or not."""
    held, keeper = new(), NURSE.capacity.model_copy(update={"role": Role.COORDINATOR})
    day = {"body": "shien", "held_on": "2026-04-09"}
    kept = {"agency": keeper.agency, "desk": keeper.desk}
    told(held, fact(SittingConvened, **day, offices=("hoken", "sodan"), secretariat=kept))
    runner.catch_up()
    reader = Reader(NURSE.staff, keeper, TODAY)
    assert sitting(connection, held, reader=reader) is not None
    assert [each.sitting for each in sittings(connection, reader=reader).sittings] == [held]
    assert sittings(connection, reader=NURSES).sittings == []


def _elsewhere() -> Any:
    return NURSE.capacity.model_copy(update={"agency": "gakko"})


def agenda(item: UUID, household: UUID | None) -> Fact:
    return fact(
        AgendaItemAdded, item=item, kind="case", basis="support", title="議題", household=household
    )


def attendee(key: UUID, agency: str, items: tuple[UUID, ...]) -> Fact:
    return fact(
        AttendeeInvited, attendee=key, kind="staff", agency=agency, capacity="構成員", items=items
    )


def test_minutes_to_be_written_are_a_task_until_they_are(
    connection: Connection, told: Told, runner: Runner
) -> None:
    held = new()
    told(held, fact(SittingConvened, body="shien", held_on="2026-04-09", write_up_due="2026-04-16"))
    runner.catch_up()
    assert "write-up-sitting" in task_kinds(connection, reading())
    told(held, fact(SittingWrittenUp, minutes=()))
    runner.catch_up()
    assert task_kinds(connection, reading()) == set()


def test_a_file_is_read_in_full_only_where_it_is_asked_for(
    connection: Connection, told: Told, runner: Runner, household: UUID
) -> None:
    file = new()
    told(
        household,
        fact(
            FileAttached,
            attachment=file,
            kind="form",
            title="同意書",
            media_type="application/pdf",
            size=4,
            content="UERGCg==",
        ),
    )
    runner.catch_up()
    found = attachment(connection, household, file, reader=reading())
    assert found is not None
    item = found.item
    assert (
        told.ledger.sealer.opener().open(found.content, item.stream, item.version, ()) == "UERGCg=="
    )
    assert attachment(connection, household, file, reader=NURSES) is None
    assert attachment(connection, household, file, reader=PRIVACY) is None
    for seen in (case_view, timeline):
        assert found.content not in str(seen(connection, household, reader=reading()))


def test_the_staff_of_a_desk(connection: Connection, told: Told, runner: Runner) -> None:
    member, appointment = new(), new()
    told(
        member,
        fact(StaffRegistered, issuer="i", subject="s", name="田中"),
        fact(
            Appointed,
            appointment=appointment,
            agency="shakyo",
            desk="sodan",
            role=Role.COUNSELLOR,
            period={"start": DAY},
        ),
        fact(AppointmentEnded, appointment=appointment, last_day="2026-04-30"),
    )
    runner.catch_up()
    (found,) = staff(connection, reader=reading(), agency="shakyo").members
    assert found.registered is not None
    assert found.appointments[0].period.end == date(2026, 4, 30)
    assert staff(connection, reader=NURSES).members == [found]
    assert staff(connection, reader=reading(), desk="kanri").members == []


def test_resources_and_community_issues_are_open_to_all(
    connection: Connection, told: Told, runner: Runner
) -> None:
    place, issue = new(), new()
    told(
        place,
        fact(ResourceRegistered, kind="place", name="みんなの家", area="north"),
        fact(ActivityHeld, activity=new(), kind="salon", participants=8),
        fact(ResourceRetired, reason="閉所"),
    )
    told(
        issue,
        fact(CommunityIssueRaised, themes=("transport",), text="バスがない"),
        fact(CommunityIssueAnswered, text="乗合を試す", review_on="2026-04-30"),
    )
    runner.catch_up()
    (found,) = resources(connection, reader=NURSES, area="north").resources
    assert (found.retired, found.activities[0].participants) == (True, 8)
    assert resources(connection, reader=NURSES, area="south").resources == []
    (raised,) = community_issues(connection, reader=NURSES).issues
    assert raised.answers[0].text == "乗合を試す"
    assert "review-community-issue" in task_kinds(connection, reading())


def test_the_index_of_duplicates_learns_who_changed(
    connection: Connection, told: Told, runner: Runner
) -> None:
    told(MOTHER, identified("芦屋花子", "アシヤハナコ"))
    runner.catch_up()
    ((position, known_as, person),) = changed_people(connection, after=0)
    assert known_as == person.id == MOTHER
    assert changed_people(connection, after=position) == []
