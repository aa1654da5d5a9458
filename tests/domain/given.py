"""Given (前提): a small town, its people, and histories folded from facts one can remember."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from domain.events import Fact, On
from domain.events.membership import HouseholdOpened, MemberJoined, Membership
from domain.events.person import PersonNoted
from domain.events.referral import LeadAgencyNamed
from domain.household import Household
from domain.labels import Category, Label, Paragraph
from domain.person import Person
from domain.profile import LISTS, Profile, Source, read_profile
from domain.recorded import Recorded, State, fold
from domain.resource import Resource
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import (
    Author,
    Capacity,
    Command,
    DeskRef,
    HouseholdId,
    PersonId,
    Role,
    SittingId,
    StaffId,
)

HOUSEHOLD, OTHER_HOUSEHOLD = HouseholdId(UUID(int=1)), HouseholdId(UUID(int=2))
SITTING, ITEM = SittingId(UUID(int=3)), UUID(int=4)
FATHER, MOTHER, CHILD, STRANGER = (PersonId(UUID(int=number)) for number in range(11, 15))
TANAKA, SATO, SUZUKI = (StaffId(UUID(int=number)) for number in range(21, 24))
CONSENT, REFERRAL, SHARE, CONSULTATION = (UUID(int=number) for number in range(31, 35))

CITY, CENTRE, SHAKYO, SCHOOL, CLINIC = "city", "centre", "shakyo", "school", "clinic"
"""市; 地域包括支援センター; 社会福祉協議会; 学校 and 医院, which have no access to the ledger."""

TODAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)

_NAMED: dict[str, tuple[str, ...]] = {
    "fields": ("elderly", "disability", "children", "poverty"),
    "issues": ("8050", "young-carer", "debt"),
    "lead-reasons": ("intake", "handed-over"),
    "purposes": ("support", "meeting", "referral", "audit"),
    "relations": ("self", "father", "mother", "child", "unknown"),
    "routes": ("visit", "telephone", "neighbour"),
    "screening-results": ("answered", "referred", "continued", "unclear"),
    "statutes": ("kojin-69-1", "kojin-69-2", "kojin-27-1", "jido-6", "shafuku-106-6-3"),
}

_MARKS: dict[str, tuple[str, ...]] = {
    "answered": ("closes",),
    "referred": ("refers",),
    "continued": ("continues",),
    "audit": ("reading-only",),
    "kojin-69-2": ("public", "needs-reason"),
    "kojin-27-1": ("private", "needs-reason"),
    "jido-6": ("public", "private"),
    "shafuku-106-6-3": ("public", "private", "from-sitting"),
}


def _entry(code: str) -> dict[str, Any]:
    return {"code": code, "label": f"{code}の名", "marks": _MARKS.get(code, ())}


def _agency(agency: str, desks: Sequence[dict[str, Any]], *, inside: bool) -> dict[str, Any]:
    operation = "direct" if inside else "entrusted"
    named = {"id": agency, "name": f"{agency}の名", "operation": operation, "inside": inside}
    return {**named, "access": bool(desks), "desks": tuple(desks)}


def _desk(desk: str, *offices: Role, category: Category = Category.CONSULTATION) -> dict[str, Any]:
    return {"id": desk, "name": f"{desk}の名", "offices": offices, "category": category}


def _agencies() -> tuple[dict[str, Any], ...]:
    city = (
        _desk("welfare"),
        _desk("layered", Role.COORDINATOR, Role.CONVENER),
        _desk("women", category=Category.ABUSE),
        _desk("citizens", Role.PROTECTION, Role.IDENTITY),
        _desk("privacy", Role.PRIVACY, Role.ADMINISTRATOR),
    )
    return (
        _agency(CITY, city, inside=True),
        _agency(CENTRE, (_desk("general"), _desk("nurses")), inside=False),
        _agency(SHAKYO, (_desk("support"),), inside=False),
        _agency(SCHOOL, (), inside=True),
        _agency(CLINIC, (), inside=False),
    )


def _body(body: str, bases: tuple[str, ...], *, extraordinary: bool = False) -> dict[str, Any]:
    return {
        "id": body,
        "name": f"{body}の名",
        "authority": "要綱",
        "bases": bases,
        "secrecy": "secrecy-bases-1",
        "handles": "none" if bases == ("none",) else "identified",
        "kinds": ("training", "policy") if bases == ("none",) else ("case", "training", "policy"),
        "convener": {"title": "課長", "agency": CITY},
        "secretariat": {"agency": CITY, "desk": "layered"},
        "schedule": {"frequency": "monthly"},
        "extraordinary_allowed": extraordinary,
        "tiers": (
            {"id": "regular", "name": "常任", "attendance": "always", "agencies": (CITY, CENTRE)},
        ),
    }


def _tables() -> dict[str, Any]:
    codes = {name: _NAMED.get(name, (f"{name}-1", f"{name}-2")) for name in LISTS}
    notice = {"version": "r8", "title": "説明", "text": "本文"}
    area = {"id": "north", "name": "北圏域", "kind": "daily-life", "centres": (CENTRE,)}
    service = {"id": "care", "name": "見守り", "projects": ("4",), "operations": ("entrusted",)}
    retention = {
        "id": "case",
        "name": "相談記録",
        "years": 5,
        "starts": "fiscal-year-after-closure",
    }
    return {
        "id": "testtown",
        "name": "試験町",
        "plan": {"title": "実施計画", "from": date(2020, 4, 1)},
        "sections": ({"id": "fukushi", "name": "福祉課"},),
        "agencies": _agencies(),
        "areas": (area, {"id": "south", "name": "南圏域", "kind": "daily-life"}),
        "services": (service,),
        "bodies": (
            _body("support", ("support",), extraordinary=True),
            _body("layered", ("layered",)),
            _body("both", ("support", "layered")),
            _body("children", ("other-confidential",)),
            _body("study", ("none",)),
        ),
        "codes": {name: tuple(map(_entry, entries)) for name, entries in codes.items()},
        "eligibility": ({"fields_at_least": 3, "judged_by": "多機関協働"},),
        "retention": (retention,),
        "notices": dict.fromkeys(("duty", "pledge", "consent", "purpose"), (notice,)),
    }


PROFILE: Profile = read_profile(Source("testtown.toml", _tables()))


def capacity(agency: str = CENTRE, desk: str = "general", role: Role = Role.COUNSELLOR) -> Capacity:
    return Capacity(agency=agency, desk=desk, role=role)


COUNSELLOR = capacity()
COORDINATOR = capacity(CITY, "layered", Role.COORDINATOR)
SECRETARIAT = DeskRef(agency=COORDINATOR.agency, desk=COORDINATOR.desk)
"""The desk of the bodies that keeps their records."""
CONVENER = capacity(CITY, "layered", Role.CONVENER)
PROTECTION = capacity(CITY, "citizens", Role.PROTECTION)
IDENTITY = capacity(CITY, "citizens", Role.IDENTITY)
PRIVACY = capacity(CITY, "privacy", Role.PRIVACY)


def stamp(
    capacity: Capacity = COUNSELLOR,
    staff: StaffId = TANAKA,
    at: datetime = NOON,
    profile: Profile = PROFILE,
    command: int = 99,
) -> Stamp:
    return Stamp(Author(staff=staff, capacity=capacity), at, UUID(int=command), profile)


def siding(stamp: Stamp, *persons: PersonId) -> Stamp:
    """The same by somebody who acts for these, by a record of some other household."""
    return replace(stamp, sides=frozenset(persons))


def showing(stamp: Stamp, *persons: PersonId) -> Stamp:
    """The same by somebody who is shown that these belong to the household."""
    return replace(stamp, shown=dict.fromkeys(persons))


def settled(**settings: Any) -> Profile:
    """The same town with other settings."""
    return read_profile(Source("testtown.toml", {**_tables(), "settings": (settings,)}))


def label(*subjects: PersonId, **fields: Any) -> Label:
    """A label of the centre's desk, unless said otherwise."""
    usual = {"agency": CENTRE, "desk": "general", "category": Category.PROGRESS}
    return Label.model_validate({**usual, "subjects": subjects, **fields})


def paragraph(text: str, *principals: PersonId, **labelled: Any) -> Paragraph:
    whole = label(*principals, **labelled)
    return Paragraph.model_validate({"text": text, "principals": principals, "label": whole})


F = TypeVar("F", bound=Fact)


def fact(kind: type[F], /, **fields: Any) -> F:
    """A fact of this day, written at the centre, unless said otherwise."""
    return kind.model_validate({"occurred_on": TODAY.isoformat(), "label": label(), **fields})


def joined(
    person: PersonId, relation: str = "unknown", since: str = "2020-04-01", **fields: Any
) -> MemberJoined:
    kind = Membership.LIVING_TOGETHER
    whole = label(person, category=Category.FAMILY)
    given = {"relation": relation, "membership": kind, "since": since, "label": whole}
    return fact(MemberJoined, person=person, **{**given, **fields})


def recorded(
    facts: Sequence[Fact],
    stream: UUID = HOUSEHOLD,
    staff: StaffId = TANAKA,
    after: int = 0,
    at: datetime = NOON,
) -> list[Recorded]:
    """The facts in their places in the log, each written by the desk its label names."""
    return [
        Recorded(stream, version, version, at, None, _author(staff, fact), fact)
        for version, fact in enumerate(facts, after + 1)
    ]


def _author(staff: StaffId, fact: Fact) -> Author:
    return Author(staff=staff, capacity=capacity(fact.label.agency, fact.label.desk))


S = TypeVar("S", bound=State)


def after(state: S, *facts: Fact, staff: StaffId = TANAKA, at: datetime = NOON) -> S:
    """The state once these further facts are recorded."""
    return fold(state, recorded(facts, state.id, staff, state.version, at))


@cache
def _opened() -> tuple[Fact, ...]:
    lead = fact(LeadAgencyNamed, agency=CENTRE, desk="general", staff=TANAKA)
    return (fact(HouseholdOpened), lead, joined(FATHER), joined(MOTHER), joined(CHILD))


def household(*facts: Fact, staff: StaffId = TANAKA, at: datetime = NOON) -> Household:
    """父・母・子 of the centre's case, and what happened since; their facts are versions 1 to 5."""
    return after(bare(*_opened(), at=at), *facts, staff=staff, at=at)


def bare(*facts: Fact, id: UUID = HOUSEHOLD, at: datetime = NOON) -> Household:  # noqa: A002
    """A household of exactly these facts."""
    return after(Household(id=id), *facts, at=at)


def person(*facts: Fact, id: UUID = CHILD, staff: StaffId = TANAKA) -> Person:  # noqa: A002
    """Somebody of whom the centre has heard."""
    return after(Person(id=id), fact(PersonNoted, nickname="たろう"), *facts, staff=staff)


def sitting(*facts: Fact) -> Sitting:
    return after(Sitting(id=SITTING), *facts)


def resource(*facts: Fact, id: UUID = UUID(int=5)) -> Resource:  # noqa: A002, B008
    return after(Resource(id=id), *facts)


def on(stream: UUID, facts: Sequence[Fact | On], first: UUID) -> list[Fact]:
    """Of what was decided, the facts that go to one stream."""
    placed = [fact if isinstance(fact, On) else On(first, fact) for fact in facts]
    return [fact.fact for fact in placed if fact.stream == stream]


def town(**tables: Any) -> Profile:
    """The same town, some of its tables otherwise."""
    return read_profile(Source("testtown.toml", {**_tables(), **tables}))


def chartered(**body: Any) -> Profile:
    """The same town, each of its bodies otherwise."""
    return town(bodies=tuple({**each, **body} for each in _tables()["bodies"]))


def with_independent_clinic() -> Profile:
    """The same town, its clinic neither the city's nor its contractor."""
    clinics = [{**each, "operation": "independent"} for each in _agencies() if each["id"] == CLINIC]
    others = [each for each in _agencies() if each["id"] != CLINIC]
    return town(agencies=(*others, *clinics))


C = TypeVar("C", bound=Command)


def act(kind: type[C], /, **fields: Any) -> C:
    """The act as its request body states it."""
    return kind.model_validate(fields)
