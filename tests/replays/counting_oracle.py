"""素朴な数え直し (oracle): every figure counted again, in another way and at leisure."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from domain.recorded import Recorded
from domain.values import JST

Facts = list[Recorded]


class Oracle:
    """Everything is looked up by walking all facts again."""

    def __init__(self, facts: Iterable[Recorded], start: date, end: date) -> None:
        self.facts = list(facts)
        self.start, self.end = start, end
        self.into = {f.fact.source: f.fact.target for f in self.named("HouseholdsMerged")}
        self.same: dict[UUID, UUID] = {}
        for each in sorted(
            self.named("PersonsMerged", "PersonsUnmerged"), key=lambda f: f.position
        ):
            if type(each.fact).__name__ == "PersonsMerged":
                self.same[each.fact.absorbed] = each.fact.survivor
            elif each.fact.absorbed in self.same:
                del self.same[each.fact.absorbed]

    def named(self, *names: str) -> list[Any]:
        return [each for each in self.facts if type(each.fact).__name__ in names]

    def day(self, each: Recorded) -> date:
        on = each.recorded_at.astimezone(JST).date()
        said = each.fact.occurred_on
        if said == "unknown":
            return on
        parts = [int(part) for part in said.split("-")]
        possible = (
            [
                day
                for day in (
                    date.fromordinal(n)
                    for n in range(
                        date(parts[0], 1, 1).toordinal(), date(parts[0] + 1, 1, 1).toordinal()
                    )
                )
                if [day.year, day.month, day.day][: len(parts)] == parts
            ]
            if len(parts) < 3
            else [date(*parts)]
        )
        return min(possible, key=lambda day: abs((day - on).days))

    def inside(self, *names: str) -> list[Any]:
        return [e for e in self.named(*names) if self.start <= self.day(e) <= self.end]

    def home(self, stream: UUID) -> UUID:
        while stream in self.into:
            stream = self.into[stream]
        return stream

    def who(self, person: UUID | None, each: Recorded) -> UUID:
        if person is None:
            return self.home(each.stream)
        while person in self.same:
            person = self.same[person]
        return person

    def homes(self, found: Iterable[Recorded]) -> int:
        return len({self.home(each.stream) for each in found})

    def firsts(self) -> dict[UUID, Recorded]:
        found: dict[UUID, Recorded] = {}
        for each in self.named("ConsultationReceived"):
            home = self.home(each.stream)
            best = found.get(home)
            key = (self.day(each), each.position)
            if best is None or key < (self.day(best), best.position):
                found[home] = each
        return found

    def new(self, wanted: Callable[[Any], bool] = lambda _: True) -> int:
        firsts = self.firsts().values()
        return sum(self.start <= self.day(f) <= self.end and wanted(f.fact) for f in firsts)

    def held(self) -> dict[UUID, Any]:
        off = {each.stream for each in self.named("SittingCancelled")}
        seen = {each.stream for each in self.named("PresenceRecorded")}
        convened = self.named("SittingConvened")
        return {e.stream: e for e in convened if e.stream in seen and e.stream not in off}

    def sittings(self, basis: str) -> int:
        on_it = {e.stream for e in self.named("AgendaItemAdded") if e.fact.basis == basis}
        return sum(
            self.start <= each.fact.held_on <= self.end and stream in on_it
            for stream, each in self.held().items()
        )

    def cases(self, basis: str) -> set[tuple[UUID, UUID]]:
        bases = {e.fact.item: e.fact.basis for e in self.named("AgendaItemAdded")}
        held = self.held()
        return {
            (self.home(e.stream), e.fact.item)
            for e in self.named("BroughtToSitting")
            if e.fact.sitting in held
            and self.start <= held[e.fact.sitting].fact.held_on <= self.end
            and bases.get(e.fact.item) == basis
        }

    def open_at_the_end(self) -> int:
        merged = self.named("HouseholdsMerged")
        gone = {e.fact.source for e in merged if self.day(e) <= self.end}
        open_: set[UUID] = set()
        for stream in {e.stream for e in self.named("HouseholdOpened")} - gone:
            kinds = ("HouseholdOpened", "SupportReopened", "SupportClosed", "SupportSuspended")
            course = [
                e for e in self.named(*kinds) if e.stream == stream and self.day(e) <= self.end
            ]
            course.sort(key=lambda e: (self.day(e), e.position))
            if course and type(course[-1].fact).__name__ in kinds[:2]:
                open_.add(self.home(stream))
        return len(open_)

    def furthest(self) -> dict[UUID, int]:
        found: dict[UUID, int] = {}
        for each in self.inside("OutreachAttempted", "ContactMade"):
            met = getattr(each.fact, "met_person", False)
            stage = 0 if not met else 2 if each.fact.consented else 1
            who = self.who(each.fact.person, each)
            found[who] = max(stage, found.get(who, 0))
        return found

    def participants(self, name: str, *kinds: str) -> set[UUID]:
        matched = {e.fact.participation: e for e in self.named("ParticipationMatched")}
        found = (matched.get(e.fact.participation) for e in self.inside(name))
        return {
            self.who(m.fact.person, m) for m in found if m and (not kinds or m.fact.kind in kinds)
        }

    def days_to_plan(self) -> list[int]:
        found = []
        for home in {self.home(e.stream) for e in self.named("PlanDecided")}:
            mine = [e for e in self.facts if self.home(e.stream) == home]
            begins = [e for e in mine if type(e.fact).__name__ == "SupportReopened"]
            begins += [self.firsts()[home]] if home in self.firsts() else []
            begins.sort(key=lambda e: (self.day(e), e.position))
            plans = [e for e in mine if type(e.fact).__name__ == "PlanDecided"]
            plans.sort(key=lambda e: (self.day(e), e.position))
            for number, begun in enumerate(begins):
                key = (self.day(begun), begun.position)
                until = begins[number + 1 :][:1]
                last = (self.day(until[0]), until[0].position) if until else (date.max, 0)
                inside = [p for p in plans if key < (self.day(p), p.position) < last]
                if inside and self.start <= self.day(inside[0]) <= self.end:
                    found.append((self.day(inside[0]) - self.day(begun)).days)
        return found


def figures(o: Oracle) -> dict[str, float | None]:
    """By the name of the figure."""
    matched = o.inside("ParticipationMatched")
    plans = o.inside("PlanDecided")
    plan_days = o.days_to_plan()
    first_judged: dict[UUID, date] = {}
    for each in o.named("EligibilityJudged"):
        if each.fact.eligible:
            home = o.home(each.stream)
            first_judged[home] = min(first_judged.get(home, date.max), o.day(each))
    partners = [e for e in o.named("ResourceRegistered") if e.fact.kind == "partner"]
    retired = {e.stream: o.day(e) for e in o.named("ResourceRetired")}
    sougou = [
        e
        for e in o.inside("ConsultationReceived")
        if e.fact.consulter in ("neighbour", "agency") and e.fact.label.agency == "sougou-soudan"
    ]
    return {
        "new-consultations": o.new(),
        "consultations": len(o.inside("ConsultationReceived")),
        "reopenings": len(o.inside("SupportReopened")),
        "screenings": len(o.inside("ConsultationScreened")),
        "referrals": len(o.inside("ReferralMade")),
        "referred-households": o.homes(o.inside("ReferralMade")),
        "referrals-accepted": len(o.inside("ReferralAccepted")),
        "referrals-returned": len(o.inside("ReferralReturned")),
        "multi-agency-new": sum(o.start <= day <= o.end for day in first_judged.values()),
        "support-sittings": o.sittings("support"),
        "support-cases": len(o.cases("support")),
        "support-case-households": len({home for home, _ in o.cases("support")}),
        "layered-sittings": o.sittings("layered"),
        "layered-cases": len(o.cases("layered")),
        "layered-case-households": len({home for home, _ in o.cases("layered")}),
        "plans-new": sum(each.fact.replaces is None for each in plans),
        "plans-renewed": sum(each.fact.replaces is not None for each in plans),
        "plans-not-reached": len(o.inside("PlanNotReached")),
        "handed-back": sum(e.fact.kind == "returned" for e in o.inside("MeetingDecided")),
        "case-studies": len(o.inside("CaseStudied")),
        "supported": o.open_at_the_end(),
        "closed": len(o.inside("SupportClosed")),
        "suspended": len(o.inside("SupportSuspended")),
        "days-to-plan": round(sum(plan_days) / len(plan_days), 1) if plan_days else None,
        "outreach-people": len(o.furthest()),
        "outreach": len(o.inside("OutreachAttempted", "ContactMade")),
        "entry-services": len(o.inside("EntryServiceUsed")),
        "participation-matched": len(matched),
        "participation-hosts": len({each.fact.resource for each in matched}),
        "participation-started": len(o.participants("ParticipationStarted")),
        "participation-follow-ups": len(o.inside("ParticipationFollowedUp")),
        "guardians": len(o.inside("GuardianAppointed")),
        "kpi-activity-place": len(
            o.participants("ParticipationStarted", "activity-place", "work-experience", "volunteer")
        ),
        "kpi-ibasho": len(o.participants("ParticipationStarted", "ibasho")),
        "kpi-partners": len(
            {
                e.stream
                for e in partners
                if o.day(e) <= o.end and retired.get(e.stream, date.max) >= o.start
            }
        ),
        "kpi-new-place": len(
            {
                e.stream
                for e in o.inside("ResourceRegistered")
                if e.fact.kind in ("place", "activity") and e.fact.newly_created
            }
        ),
        "kpi-guardians": len(o.inside("GuardianAppointed")),
        "kpi-case-studies": len(o.inside("CaseStudied")),
        "kpi-cooperation": o.homes(
            e for e in o.inside("MeetingDecided") if e.fact.kind in ("roles", "plan-approved")
        ),
        "kpi-community-consultations": len(sougou),
        "kpi-entry-services": len(
            {
                o.who(e.fact.person, e)
                for e in o.inside("EntryServiceUsed")
                if e.fact.service in ("financial-help", "parents-group")
            }
        ),
    }


def parts(o: Oracle) -> dict[tuple[str, str], int]:
    """Of a few figures, by code."""
    found: dict[tuple[str, str], int] = {}
    for first in o.firsts().values():
        if o.start <= o.day(first) <= o.end:
            fact: Any = first.fact
            for code in (*fact.fields, fact.route):
                found["new-consultations", code] = found.get(("new-consultations", code), 0) + 1
    for each in o.inside("SupportClosed"):
        key = ("closed", each.fact.reason)
        found[key] = found.get(key, 0) + 1
    for each in o.inside("ReferralMade"):
        key = ("referrals", each.fact.to_agency)
        found[key] = found.get(key, 0) + 1
    for stage in o.furthest().values():
        key = ("outreach-people", ("not-met", "before-consent", "after-consent")[stage])
        found[key] = found.get(key, 0) + 1
    return found
