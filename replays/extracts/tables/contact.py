"""相談・つなぎ・アウトリーチ・参加支援: what was asked for, passed on and tried."""

from datetime import date
from typing import NamedTuple

from replays.extracts.tables.kept import Codes, Id, Place, Telltale


class Consultations(NamedTuple):
    """相談受付(行為): by field and route (none of what a 通報者 told), and how it was screened."""

    household: Id
    consultation: Id
    agency: Telltale
    window: Telltale
    route: str | None
    consulter: str | None
    urgency: str
    from_paper: bool
    fields: Codes
    issues: Codes
    screened_on: date | None
    result: str | None
    next_step: str | None


class Referrals(NamedTuple):
    """つなぎ(状態): open, accepted, returned or withdrawn, by destination."""

    household: Id
    referral: Id
    state: str
    from_agency: Telltale
    from_desk: Telltale
    to_agency: Telltale
    to_desk: Telltale
    purpose: str
    made_on: date
    answer_due: date
    answered_on: date | None
    recorded_by: str | None


class Outreach(NamedTuple):
    """アウトリーチ(行為): attempted, contact or entry-service, whose method is the service."""

    household: Id
    person: Id | None
    kind: str
    method: str
    met_person: bool | None
    consented: bool | None


class Participations(NamedTuple):
    """参加支援(状態): matched, started or ended."""

    household: Id
    participation: Id
    person: Id
    resource: Place
    kind: str
    state: str
    settled: bool | None
    reason: str | None
