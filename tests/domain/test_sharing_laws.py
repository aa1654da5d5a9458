"""Rule 1 over random histories: what the decision lets pass, a slow and simple reader of the bare
facts finds a basis for, and what it refuses has none.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.basis import (
    NoBasisForSharing,
    ReasonNeeded,
    ReviewNotInTime,
    SittingDoesNotCover,
    StatuteDoesNotFit,
)
from domain.events import Fact
from domain.events.consent import Authority, ConsentGiven, ConsentWithdrawn, Method
from domain.events.intake import ConsultationReceived
from domain.events.person import PersonNoted
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    ItemKind,
    MeetingBasis,
    PresenceRecorded,
    SittingConvened,
)
from domain.events.support import SupportClosed, SupportReopened
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, Urgent
from domain.passing import HiddenFromHearer
from domain.referral import MakeReferral, make_referral
from domain.sharing import ShareInformation, share_information
from domain.values import Personal, PersonId
from tests.by_night import BY_NIGHT
from tests.domain.given import (
    CENTRE,
    CHILD,
    CLINIC,
    CONSENT,
    CONSULTATION,
    FATHER,
    HOUSEHOLD,
    ITEM,
    MOTHER,
    OTHER_HOUSEHOLD,
    SHAKYO,
    SHARE,
    SITTING,
    TODAY,
    fact,
    household,
    label,
    person,
    sitting,
    stamp,
)

MEMBERS = (FATHER, MOTHER, CHILD)
TO = (SHAKYO, CLINIC)
CATEGORIES = (Category.CONSULTATION, Category.FAMILY)
PURPOSES = ("support", "meeting")
CONSENTS = (CONSENT, SHARE, ITEM)
OPENED = 5
HISTORIES = 10_000 if BY_NIGHT else 500

some = st.sampled_from
days = st.integers(-40, 40).map(lambda n: TODAY + timedelta(n))


def few(pool: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(some(pool), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def consents(draw: st.DrawFn) -> ConsentGiven:
    who = draw(some(MEMBERS))
    speaks = draw(some((who, who, MOTHER, FATHER)))
    start = draw(days)
    return fact(
        ConsentGiven,
        consent=draw(some(CONSENTS)),
        person=who,
        giver=speaks,
        authority=Authority.SELF if speaks == who else draw(some(list(Authority)[1:])),
        able=True,
        method=Method.WRITTEN,
        text_version="r8",
        agencies=draw(few(TO)),
        categories=draw(few(CATEGORIES)),
        purposes=draw(few(PURPOSES)),
        period={"start": start, "end": start + timedelta(draw(st.integers(0, 80)))},
    )


@st.composite
def withdrawals(draw: st.DrawFn) -> ConsentWithdrawn:
    return fact(
        ConsentWithdrawn,
        consent=draw(some(CONSENTS)),
        by=CHILD,
        agencies=draw(few(TO)),
        categories=draw(few(CATEGORIES)),
        purposes=draw(few(PURPOSES)),
    )


@st.composite
def consultations(draw: st.DrawFn) -> ConsultationReceived:
    hidden = draw(some([(), (), (), (FATHER,), (MOTHER,)]))
    about = draw(st.lists(some(MEMBERS), max_size=2, unique=True))
    whole = label(*about, category=draw(some(CATEGORIES)), hidden_from=hidden)
    given = {"route": "visit", "window": "general", "fields": (), "issues": ()}
    told = {"consultation": CONSULTATION, "consulter": "self", "urgency": "routine"}
    return fact(ConsultationReceived, **given, **told, label=whole)


def cycles() -> st.SearchStrategy[list[Fact]]:
    closed = fact(SupportClosed, reason="x")
    again = fact(SupportReopened, cycle=2, after=6, reason="x", agency=CENTRE, desk="general")
    return st.just([closed, again])


histories = st.lists(
    st.one_of(
        consents().map(lambda f: [f]),
        consents().map(lambda f: [f]),
        consents().map(lambda f: [f]),
        withdrawals().map(lambda f: [f]),
        consultations().map(lambda f: [f]),
        cycles(),
    ),
    max_size=8,
).map(lambda parts: [fact for part in parts for fact in part])


@st.composite
def rooms(draw: st.DrawFn) -> list[Fact]:
    """A sitting in which anything may be missing."""
    item = {"item": ITEM, "kind": ItemKind.CASE, "title": "世帯A"}
    basis = draw(some([MeetingBasis.SUPPORT, MeetingBasis.SUPPORT, MeetingBasis.LAYERED]))
    about = draw(some([HOUSEHOLD, HOUSEHOLD, HOUSEHOLD, OTHER_HOUSEHOLD]))
    held = draw(some([TODAY, TODAY, TODAY - timedelta(1)]))
    facts: list[Fact] = [
        fact(SittingConvened, body="support", held_on=held),
        fact(AgendaItemAdded, **item, basis=basis, household=about),
    ]
    for number, agency in enumerate((CENTRE, SHAKYO, CLINIC)):
        attendee = UUID(int=100 + number)
        kind = draw(some([AttendeeKind.STAFF, AttendeeKind.OUTSIDE]))
        invited = {"attendee": attendee, "kind": kind, "agency": agency, "capacity": "構成員"}
        facts.append(fact(AttendeeInvited, **invited))
        if draw(st.booleans()):
            pledged = draw(st.booleans())
            facts.append(fact(DutyNotified, attendee=attendee, pledged=pledged, text_version="r8"))
        if draw(st.booleans()):
            facts.append(fact(PresenceRecorded, item=ITEM, attendee=attendee, capacity="構成員"))
    return facts


@st.composite
def bases(draw: st.DrawFn) -> Basis | None:
    reason = Personal(draw(some(["急ぐ", "命の危険が迫っているため"])))
    return draw(
        some(
            [
                None,
                None,
                ByConsent(consent=draw(some(CONSENTS))),
                BySitting(sitting=SITTING, item=ITEM),
                ByStatute(
                    article=draw(some(["jido-6", "kojin-69-1", "kojin-69-2"])), reason=reason
                ),
                ByStatute(article="kojin-27-1", reason=draw(some([None, reason]))),
                Urgent(reason=reason, review_due=draw(days)),
            ]
        )
    )


def concerned(history: Sequence[Fact], command: ShareInformation) -> list[PersonId]:
    """Everybody the share is about, read off the facts one by one."""
    people = list(command.subjects)
    for version in command.facts:
        people += history[version - OPENED - 1].label.subjects or MEMBERS
    if command.narrative and not command.subjects:
        people += MEMBERS
    return people


def told(history: Sequence[Fact], command: ShareInformation) -> set[Category]:
    enclosed = {history[version - OPENED - 1].label.category for version in command.facts}
    usual = command.category or next(iter(command.categories), Category.PROGRESS)
    return enclosed | set(command.categories) | ({usual} if command.narrative else set())


def speaks(history: Sequence[Fact], given: ConsentGiven) -> bool:
    """Only the child is a minor; who something is hidden from speaks for nobody else."""
    if given.giver == given.person:
        return True
    walls = [f for f in history if given.giver in f.label.hidden_from]
    if any(given.person in wall.label.subjects or not wall.label.subjects for wall in walls):
        return False
    return given.authority is Authority.GUARDIAN or given.person == CHILD


def standing(history: Sequence[Fact]) -> dict[UUID, tuple[ConsentGiven, list[ConsentWithdrawn]]]:
    found: dict[UUID, tuple[ConsentGiven, list[ConsentWithdrawn]]] = {}
    for each in history:
        match each:
            case ConsentGiven():
                found[each.consent] = (each, [])
            case ConsentWithdrawn() if each.consent in found:
                found[each.consent][1].append(each)
            case SupportReopened():
                found = {}
            case _:
                pass
    return found


def consented(
    history: Sequence[Fact], who: PersonId, what: Category, to_for: tuple[str, str], day: date
) -> bool:
    to, why = to_for
    return any(
        agreed.person == who
        and to in agreed.agencies
        and what in agreed.categories
        and why in agreed.purposes
        and agreed.period.start <= day <= (agreed.period.end or date.max)
        and agreed.period.start <= TODAY <= (agreed.period.end or date.max)
        and not any(to in w.agencies and what in w.categories and why in w.purposes for w in gone)
        and speaks(history, agreed)
        for agreed, gone in standing(history).values()
    )


def met(room: Sequence[Fact], to: str, day: date) -> bool:
    """The sitting was one of today's about this household, with both there and bound."""
    convened, item = room[0], room[1]
    assert isinstance(convened, SittingConvened)
    assert isinstance(item, AgendaItemAdded)
    bound = {f.attendee: f.pledged for f in room if isinstance(f, DutyNotified)}
    present = {f.attendee for f in room if isinstance(f, PresenceRecorded)}
    there = {
        f.agency
        for f in room
        if isinstance(f, AttendeeInvited)
        and f.attendee in present & bound.keys()
        and (f.kind is AttendeeKind.STAFF or bound[f.attendee])
    }
    right = item.basis is MeetingBasis.SUPPORT and item.household == HOUSEHOLD
    return right and convened.held_on == day and {CENTRE, to} <= there


def permitted(
    history: Sequence[Fact], room: Sequence[Fact], command: ShareInformation, day: date
) -> bool:
    match command.basis:
        case None | ByConsent():
            to_for = command.to_agency, command.purpose
            pairs = [(p, c) for p in concerned(history, command) for c in told(history, command)]
            return bool(pairs) and all(
                consented(history, person, category, to_for, day) for person, category in pairs
            )
        case BySitting():
            facts_of_today = convened_on(room) == TODAY or not command.facts
            return met(room, command.to_agency, day) and facts_of_today
        case ByStatute(article=article, reason=reason):
            needs = article in {"kojin-69-2", "kojin-27-1"}
            return article != "kojin-69-2" and (
                not needs or len(reason or "") >= len("十文字以上の理由です")
            )
        case Urgent(reason=reason, review_due=due):
            return len(reason) >= len("十文字以上の理由です") and TODAY <= due <= date(2026, 4, 8)
        case _:
            return False


def convened_on(room: Sequence[Fact]) -> date:
    convened = room[0]
    assert isinstance(convened, SittingConvened)
    return convened.held_on


REFUSALS = (
    NoBasisForSharing,
    SittingDoesNotCover,
    StatuteDoesNotFit,
    ReasonNeeded,
    ReviewNotInTime,
)
BESIDE = (
    person(id=FATHER),
    person(fact(PersonNoted, birth_year=1980), id=MOTHER),
    person(fact(PersonNoted, birth_year=2015)),
)


@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, rooms(), st.data())
def test_what_is_shared_has_a_basis_and_what_is_refused_has_none(
    history: list[Fact], room: list[Fact], data: st.DataObject
) -> None:
    versions = [
        version
        for version, each in enumerate(history, OPENED + 1)
        if isinstance(each, ConsultationReceived)
    ]
    day = data.draw(some([TODAY, TODAY, TODAY - timedelta(1), TODAY - timedelta(30)]))
    command = ShareInformation(
        to_agency=data.draw(some(TO)),
        purpose=data.draw(some(PURPOSES)),
        subjects=data.draw(st.lists(some(MEMBERS), max_size=2, unique=True).map(tuple)),
        category=data.draw(some([None, *CATEGORIES])),
        categories=data.draw(st.lists(some(CATEGORIES), max_size=1).map(tuple)),
        facts=data.draw(st.lists(some(versions), max_size=2).map(tuple)) if versions else (),
        narrative=data.draw(some(["話"])),
        basis=data.draw(bases()),
        occurred_on=day.isoformat(),
    )
    allowed = permitted(history, room, command, day)
    try:
        (shared,) = share_information(
            household(*history), *BESIDE, sitting(*room), command, stamp()
        )
    except HiddenFromHearer:
        return
    except REFUSALS:
        if isinstance(command.basis, ByConsent):  # another consent than the one named may cover it
            return
        assert not allowed
    else:
        assert allowed
        assert set(shared.label.subjects) == set(concerned(history, command))
        assert set(shared.categories) == told(history, command)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.data())
def test_what_goes_along_with_a_referral_has_a_basis_too(
    history: list[Fact], data: st.DataObject
) -> None:
    to, why = data.draw(some(TO)), data.draw(some(PURPOSES))
    about = data.draw(st.lists(some(MEMBERS), max_size=2, unique=True))
    command = MakeReferral.model_validate({"to_agency": to, "purpose": why, "subjects": about})
    given = household(*history)
    (made,) = make_referral(given, *BESIDE, command, stamp())
    for version in made.enclosed:
        written = given.label(version)
        assert written is not None
        for who in written.subjects or MEMBERS:
            assert consented(history, who, written.category, (to, why), TODAY)
