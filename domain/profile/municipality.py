"""自治体の設定 (プロファイル): what one municipality has settled; decisions ask it by day."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pydantic import Field

from domain.labels import DESK_ONLY, Category
from domain.profile.agencies import Agency, Area, Desk, Section, Service
from domain.profile.bodies import Body
from domain.profile.codes import CodeEntry
from domain.profile.dated import Dated, Day, History, Named, Text, histories
from domain.profile.rules import Eligibility, Kpi, Notice, NoticeKind, Retention, Settings
from domain.refusals import UnknownAgency, UnknownBody, UnknownCode
from domain.values import Code, DeskRef, Role, Value

_SATURDAY = 5


class Plan(Dated):
    """実施計画。"""

    title: Text
    revised: tuple[Day, ...] = ()


class Profile(Value):
    """自治体の設定: built by `read_profile`, which refuses what does not hold together."""

    id: Code
    name: Text
    extends: Code | None = None
    plan: Plan
    sections: tuple[Section, ...]
    agencies: tuple[Agency, ...]
    areas: tuple[Area, ...]
    services: tuple[Service, ...]
    bodies: tuple[Body, ...]
    codes: Mapping[Code, tuple[CodeEntry, ...]]
    eligibility: tuple[Eligibility, ...] = Field(min_length=1)
    dated_settings: tuple[Settings, ...] = Field(default=(), alias="settings")
    kpis: tuple[Kpi, ...] = ()
    retention: tuple[Retention, ...]
    notices: Mapping[NoticeKind, tuple[Notice, ...]]
    holidays: tuple[Day, ...] = ()

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)

    def __hash__(self) -> int:
        """Cheap: a process holds one profile, or five; their ids differ."""
        return hash(self.id)

    @cached_property
    def agency_history(self) -> Mapping[str, History[Agency]]:
        return histories((agency.id, agency) for agency in self.agencies)

    @cached_property
    def desk_history(self) -> Mapping[tuple[str, str], History[Desk]]:
        """Each desk with what it has from its agency: dates, fields and 直営/委託."""
        found: dict[tuple[str, str], list[Desk]] = {}
        for agency in self.agencies:
            for desk in agency.desks:
                found.setdefault((agency.id, desk.id), []).append(_resolved(agency, desk))
        return {key: History(desks) for key, desks in found.items()}

    @cached_property
    def body_history(self) -> Mapping[str, History[Body]]:
        return histories((body.id, body) for body in self.bodies)

    @cached_property
    def area_history(self) -> Mapping[str, History[Area]]:
        return histories((area.id, area) for area in self.areas)

    @cached_property
    def lists(self) -> Mapping[str, Mapping[str, History[CodeEntry]]]:
        """Every code list by name: those written as codes, and the profile's own tables."""
        tables: dict[str, tuple[Named, ...]] = {
            "agencies": self.agencies,
            "areas": self.areas,
            "bodies": self.bodies,
            "retention-classes": self.retention,
            "sections": self.sections,
            "services": self.services,
        }
        derived = {name: tuple(map(_as_code, rows)) for name, rows in tables.items()}
        written = {**self.codes, **derived}
        return {name: histories((e.code, e) for e in rows) for name, rows in written.items()}

    @cached_property
    def _closed_days(self) -> frozenset[date]:
        return frozenset(self.holidays)

    def agency(self, agency: str, on: date) -> Agency:
        found = self.agency_history.get(agency)
        entry = found.on(on) if found else None
        if entry is None:
            raise UnknownAgency(agency=agency)
        return entry

    def desk(self, agency: str, desk: str, on: date) -> Desk:
        found = self.desk_history.get((agency, desk))
        entry = found.on(on) if found else None
        if entry is None:
            raise UnknownAgency(agency=agency, desk=desk)
        return entry

    def desk_name(self, agency: str, desk: str, on: date) -> str:
        """What the desk was called on that day, or nearest to it: a date never fails a reader."""
        if (agency, desk) not in self.desk_history:
            raise UnknownAgency(agency=agency, desk=desk)
        return self.desk_history[agency, desk].near(on).name

    def closed_category(self, agency: str, desk: str, on: date) -> Category | None:
        """虐待・DV or 健康, where the desk is for that (rule 1); a date never fails a writer."""
        history = self.desk_history.get((agency, desk))
        category = history.near(on).category if history else None
        return category if category in DESK_ONLY else None

    def desks_for(self, office: Role, on: date) -> tuple[DeskRef, ...]:
        """The desks that exist for an office: 支援措置担当, 名寄せ担当, 個人情報保護担当 …"""
        return tuple(
            DeskRef(agency=agency, desk=desk)
            for (agency, desk), history in self.desk_history.items()
            if (entry := history.on(on)) and office in entry.offices
        )

    def uses_ledger(self, agency: str, on: date) -> bool:
        """An agency that is no more answers as little as one without access."""
        history = self.agency_history.get(agency)
        entry = history.on(on) if history else None
        return entry is not None and entry.access

    def body(self, body: str, on: date) -> Body:
        found = self.body_history.get(body)
        entry = found.on(on) if found else None
        if entry is None:
            raise UnknownBody(body=body)
        return entry

    def entry(self, codes: str, code: str, on: date) -> CodeEntry:
        found = self.lists[codes].get(code)
        entry = found.on(on) if found else None
        if entry is None:
            raise UnknownCode(list=codes, code=code, allowed=self.allowed(codes, on))
        return entry

    def require(self, codes: str, code: str, on: date) -> None:
        self.entry(codes, code, on)

    def allowed(self, codes: str, on: date) -> list[str]:
        return [code for code, history in self.lists[codes].items() if history.on(on)]

    def marked(self, codes: str, code: str, mark: str, on: date) -> bool:
        """Does the list say this of the code: `closes`, `needs-reason` …?"""
        return mark in self.entry(codes, code, on).marks

    def label(self, codes: str, code: str, on: date) -> str:
        """The words for a code on that day; a code that was ever in the list always has some."""
        found = self.lists[codes].get(code)
        if found is None:
            raise UnknownCode(list=codes, code=code, allowed=self.allowed(codes, on))
        return found.near(on).label

    def eligible(self, fields: frozenset[str], issues: frozenset[str], on: date) -> bool:
        return any(rule.holds(on) and rule.met(fields, issues) for rule in self.eligibility)

    def settings(self, on: date) -> Settings:
        """What is set for that day; the strict defaults where nothing is."""
        return next((rows for rows in self.dated_settings if rows.holds(on)), _STRICT)

    def notice(self, kind: NoticeKind | str, version: str) -> Notice:
        """The text of a version, whether or not it is still in use."""
        rows = self.notices[NoticeKind(kind)]
        for notice in rows:
            if notice.version == version:
                return notice
        raise UnknownCode(list=str(kind), code=version, allowed=[row.version for row in rows])

    def notice_on(self, kind: NoticeKind | str, on: date) -> Notice:
        """The text in use on that day."""
        return History(self.notices[NoticeKind(kind)]).near(on)

    def kpis_on(self, on: date) -> tuple[Kpi, ...]:
        return tuple(kpi for kpi in self.kpis if kpi.holds(on))

    def centres(self, area: str, on: date) -> tuple[str, ...]:
        found = self.area_history.get(area)
        entry = found.on(on) if found else None
        return entry.centres if entry else ()

    def areas_of(self, agency: str, on: date) -> tuple[str, ...]:
        return tuple(area.id for area in self.areas if area.holds(on) and agency in area.centres)

    def working_day_after(self, day: date, days: int) -> date:
        """開庁日: Saturdays, Sundays, holidays and 12/29–1/3 do not count."""
        while days:
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        return day

    def is_working_day(self, day: date) -> bool:
        new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
        return day.weekday() < _SATURDAY and not new_year and day not in self._closed_days


_STRICT = Settings()


def _as_code(row: Named) -> CodeEntry:
    dates: dict[str, Any] = {"from": row.since, "until": row.until}
    return CodeEntry(code=row.id, label=row.name, **dates)


def _resolved(agency: Agency, desk: Desk) -> Desk:
    since = max((day for day in (agency.since, desk.since) if day), default=None)
    until = min((day for day in (agency.until, desk.until) if day), default=None)
    inherited = {
        "since": since,
        "until": until,
        "fields": desk.fields or agency.fields,
        "operation": desk.operation or agency.operation,
    }
    return desk.model_copy(update=inherited)
