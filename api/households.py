"""ケース画面・支援経過: a household as it stands today and as it came about, for one reader."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import Cursor, Limit, ReadDep
from api.past import AsOf, KnownAt, TrueAt
from api.showing import Showing, Shown
from domain.events.membership import Membership
from domain.household.referrals import Lead, Leading
from domain.household.support import Status
from domain.values import Value
from projections.as_of import case_as_of, course_as_of
from projections.case_view import CaseView, PersonView, case_view
from projections.timeline import timeline

router = APIRouter(prefix="/households/{hid}", tags=["ケースを読む"])


class LeadNow(Value):
    """主担当。`name` は職員名簿の氏名。"""

    agency: str
    desk: str
    staff: UUID | None
    name: str | None


class NextLead(LeadNow):
    """引き継いだ先。`since` の日から主担当。"""

    since: date


class MemberNow(Value):
    """世帯員。`earlier` はこの世帯で使われた、同じ人のほかのID。"""

    person: UUID
    relation: str
    membership: Membership
    since: str
    left: str | None
    earlier: tuple[UUID, ...]


class PersonNow(Value):
    """本人。`earlier` は名寄せで一つになった、ほかのID。`records` は身元・連絡方法・配慮など。"""

    id: UUID
    earlier: tuple[UUID, ...]
    concealed: bool
    records: tuple[Shown, ...]


class PlanNow(Value):
    """支援プランの状態。"""

    plan: UUID
    decided: bool
    ratify_by: date | None
    review_on: date | None
    ended: bool


class CaseNow(Value):
    """ケース: `records` は種類ごとの記録 (referral, consent, plan …)。

    `came_from` は、統合された世帯から来た同意・つなぎ・プラン・世帯員のIDごとに、もとの世帯のID。
    つなぎへの回答などは、もとの世帯に記録する。
    """

    household: UUID
    status: Status
    cycle: int
    lead: LeadNow | None
    next_lead: NextLead | None
    area: str | None
    household_type: str | None
    merged_into: UUID | None
    merged_from: tuple[UUID, ...]
    split_from: UUID | None
    split_into: tuple[UUID, ...]
    members: tuple[MemberNow, ...]
    people: dict[UUID, PersonNow]
    consents_in_force: tuple[UUID, ...]
    open_referrals: tuple[UUID, ...]
    plans: tuple[PlanNow, ...]
    next_review: date | None
    last_contact: str | None
    came_from: dict[UUID, UUID]
    records: dict[str, tuple[tuple[Shown, ...], ...]]
    as_of: AsOf | None = None


class Timeline(Value):
    """支援経過。新しいものから。"""

    entries: tuple[Shown, ...]
    next: str | None
    as_of: AsOf | None = None


@router.get("", summary="ケースのいまを読む", response_model=CaseNow)
def case(hid: UUID, read: ReadDep, true_at: TrueAt = None, known_at: KnownAt = None) -> Response:
    read.at_point(true_at, known_at)
    found = read.found(read.of(case_view, case_as_of), hid)
    body = case_body(found, knowing(found, read.showing))
    return read.answer(body, read.etag(hid, found))


def knowing(view: CaseView, showing: Showing) -> Showing:
    """Everybody by name, under each id by which the case knows them."""
    rows = (row for person in view.people.values() for row in person.rows)
    known_as = {each: p.id for p in view.people.values() for each in p.earlier}
    return showing.knowing((item for row in rows for item in row.items), known_as)


def case_body(view: CaseView, showing: Showing) -> dict[str, Any]:
    """The case as it is answered, its words to be written later."""
    frame = view.frame
    return {
        "household": view.household,
        "status": frame.status,
        "cycle": frame.cycle,
        "lead": lead_now(frame.lead, showing),
        "next_lead": next_lead(frame.next_lead, showing),
        "area": frame.area,
        "household_type": frame.household_type,
        "merged_into": frame.merged_into,
        "merged_from": frame.merged_from,
        "split_from": frame.split_from,
        "split_into": frame.split_into,
        "members": view.members,
        "people": {key: _person(person, showing) for key, person in view.people.items()},
        "consents_in_force": [consent.given.consent for consent in view.consents_in_force],
        "open_referrals": [group.key.partition(":")[2] for group in view.open_referrals],
        "plans": view.plans,
        "next_review": view.next_review,
        "last_contact": view.last_contact,
        "came_from": view.came_from,
        "records": {
            kind: [showing.items_of(group.items) for group in groups]
            for kind, groups in view.rows.items()
        },
    }


def lead_now(lead: Lead | None, showing: Showing) -> dict[str, Any] | None:
    """Who leads today, by name where it is somebody."""
    if lead is None:
        return None
    name = showing.staff(lead.staff) if lead.staff else None
    return {"agency": lead.agency, "desk": lead.desk, "staff": lead.staff, "name": name}


def next_lead(coming: Leading | None, showing: Showing) -> dict[str, Any] | None:
    """Who will lead from the day that was set when the work was handed over."""
    lead = lead_now(coming.lead, showing) if coming else None
    return {**lead, "since": coming.since} if coming and lead else None


def _person(person: PersonView, showing: Showing) -> dict[str, Any]:
    records = [each for row in person.rows for each in showing.items_of(row.items)]
    return {
        "id": person.id,
        "earlier": person.earlier,
        "concealed": person.concealed,
        "records": records,
    }


@router.get("/timeline", summary="支援経過を読む（新しいものから）", response_model=Timeline)
def course(  # noqa: PLR0913, PLR0917 - which part, of when
    hid: UUID,
    read: ReadDep,
    cursor: Cursor = None,
    limit: Limit = 50,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    before = read.at_point(true_at, known_at).resume(cursor, int)
    lines = read.of(timeline, course_as_of)
    found = read.found(lines, hid, before=before and before[0], limit=limit)
    view = read(read.of(case_view, case_as_of), hid)
    showing = knowing(view, read.showing) if view else read.showing
    entries = showing.items_of(entry.item for entry in found.entries)
    return read.answer({"entries": entries, "next": read.next_cursor(found.more)})
