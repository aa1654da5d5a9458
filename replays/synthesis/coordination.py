"""多機関協働: what the coordinating desk does with a household — sittings, plans, roles, places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from domain.profile import Body, LegalBasis
from domain.values import DeskRef
from replays.synthesis import words
from replays.synthesis.calendar import Session
from replays.synthesis.case import Case
from replays.synthesis.city import Booking
from replays.synthesis.families import Member
from replays.synthesis.roster import Post

_DECIDES_FROM = time(15, 50)
_TITLES = {
    LegalBasis.SUPPORT: "個別の支援について（情報共有と役割分担）",
    LegalBasis.LAYERED: "支援プランの協議",
    LegalBasis.OTHER_CONFIDENTIAL: "見守りの体制について",
}


@dataclass(frozen=True, slots=True)
class Item:
    """付議した議題。"""

    session: Session
    id: str
    agencies: tuple[str, ...]


class Coordination:
    """The case in the hands of 多機関協働."""

    def __init__(self, case: Case, partners: Sequence[str]) -> None:
        self.case, self.city, self.diary, self.chance = case, case.city, case.diary, case.chance
        self.partners = tuple(dict.fromkeys(partners))
        self.hub = case.post(self.city.hub)

    def seated(self, body: Body) -> tuple[str, ...]:
        """Those of the partners that this body admits."""
        admitted = {agency for tier in body.tiers for agency in tier.agencies}
        return tuple(agency for agency in self.partners if agency in admitted)

    def sit(self, basis: LegalBasis, subjects: Sequence[Member], marked: str = "") -> Item | None:
        """付議: at the next session with room to prepare; None when there is none any more."""
        body = self.city.body(basis, marked)
        session = self.city.next_session(body, self.diary.today)
        if session is None:
            self.diary.until(self.city.calendar.last + timedelta(days=1))
            return None
        self.diary.at(session.convened_at + timedelta(hours=1))
        self.diary.wait(0, max(0, (session.held_on - self.diary.today).days - 2))
        booking = self._booked(session, basis)
        told = {
            "sitting": str(session.sitting),
            "item": booking.item,
            "subjects": [member.id for member in subjects],
            "narrative": words.trouble(self.case.field, self.chance),
        }
        secretary = self.city.secretary(body)
        self.case.write("BringToSitting", told, self._sitting(session), by=secretary)
        item = Item(session, booking.item, booking.agencies)
        self.diary.at(datetime.combine(session.held_on, _DECIDES_FROM))
        return item

    def _booked(self, session: Session, basis: LegalBasis) -> Booking:
        """議題: the secretariat adds it, shortly before the household is brought to it."""
        household = str(self.case.home.id if self.case.home else "")
        told = {"item_basis": basis.value, "title": _TITLES[basis], "household": household}
        command = self.city.id(f"item-{session.sitting}-{household}-{self.diary.now}")
        booking = Booking(command, self.diary.now, told, self.seated(session.body))
        self.city.book(session, booking)
        self.diary.now += timedelta(seconds=30)
        return booking

    def _sitting(self, session: Session) -> tuple[str, object, bool]:
        return ("sitting", session.sitting, False)

    def decide(self, item: Item, kind: str, roles: Sequence[str] = (), **more: Any) -> str:
        """会議決定, with 役割分担 among those who sat."""
        drafts = [
            {"agency": agency, "task": words.task(self.chance)}
            for agency in dict.fromkeys(roles)
            if agency in item.agencies
        ]
        told = {
            "sitting": str(item.session.sitting),
            "item": item.id,
            "kind": kind,
            "roles": drafts,
            "narrative": words.minute(self.chance),
            **more,
        }
        led = kind == "returned"
        secretary = self.city.secretary(item.session.body)
        grows = 1 + len(drafts) + led
        on = self._sitting(item.session)
        done = self.case.write("DecideInMeeting", told, on, by=secretary, grows=grows)
        if led and self.case.home:
            self.case.home.led_by_name = False
        return done.new("decision")

    def assess(
        self, persons: Sequence[Member], fields: Sequence[str], issues: Sequence[str]
    ) -> int:
        told = {
            "persons": [member.id for member in persons],
            "fields": list(fields),
            "issues": list(issues),
            "wishes": words.wish(self.chance),
            "narrative": words.trouble(self.case.field, self.chance),
        }
        self.case.fields += fields
        self.case.issues += issues
        return self.case.write("RecordAssessment", told, by=self.hub).version

    def judge(self) -> None:
        """該当性: by the municipality's rule, or otherwise with a reason."""
        fields, issues = frozenset(self.case.fields), frozenset(self.case.issues)
        told: dict[str, Any] = {}
        if not self.city.profile.eligible(fields, issues, self.diary.today):
            told = {
                "eligible": True,
                "override_reason": "一つの窓口では抱えきれない状況が続いているため。",
            }
        self.case.write("JudgeEligibility", told, by=self.hub)

    def draft(self, member: Member, replaces: str | None = None) -> str:
        told = {
            "persons": [member.id],
            "goals": words.wish(self.chance),
            "measures": [self._measure() for _ in range(self.chance.between(1, 3))],
            "replaces": replaces,
        }
        return self.case.write("DraftPlan", told, by=self.hub).new("plan")

    def _measure(self) -> dict[str, str]:
        service = self.chance.pick([s for s in self.city.profile.services if s.agencies])
        content = words.task(self.chance)
        return {"service": service.id, "agency": service.agencies[0], "content": content}

    def start(self, plan: str, **more: str) -> None:
        told = {"starts_on": self.diary.today.isoformat(), **more}
        self.case.write("DecidePlan", told, by=self.hub, path={"plan": plan})

    def evaluate(self, plan: str, item: Item, stage: str, outcome: str) -> None:
        told = {
            "sitting": str(item.session.sitting),
            "item": item.id,
            "stage": stage,
            "outcome": outcome,
            "narrative": words.minute(self.chance),
        }
        on = self._sitting(item.session)
        self.case.write("EvaluatePlan", told, on, by=self.hub, path={"plan": plan})

    def reach_out(self, tries: int, *, by: Post, basis: str | None = "own") -> None:
        """アウトリーチ that meets nobody yet; later the sitting's decision is basis enough."""
        for _ in range(tries):
            told: dict[str, Any] = {
                "person": self.case.self.id,
                "method": self.chance.weighed((("visit", 6), ("mail", 2), ("phone", 2))),
                "narrative": words.visit(self.chance),
            }
            if basis:
                told["basis"] = {"kind": basis}
            self.case.write("AttemptOutreach", told, by=by)
            self.diary.wait(3, 16)

    def meet(self, member: Member, *, by: Post, met: bool = True, basis: str | None = None) -> None:
        told: dict[str, Any] = {
            "person": member.id,
            "method": self.chance.weighed((("visit", 6), ("interview", 3), ("accompany", 1))),
            "met_person": met,
            "narrative": words.met(self.chance),
        }
        if basis:
            told["basis"] = {"kind": basis}
        self.case.write("MakeContact", told, by=by)

    def share(self, to: str, member: Member, **more: Any) -> str:
        """情報提供: on the person's consent unless another basis is named."""
        told = {
            "to_agency": to,
            "purpose": "support",
            "categories": ["consultation", "progress"],
            "subjects": [member.id],
            "narrative": words.trouble(self.case.field, self.chance),
            **more,
        }
        on = self.case.speaking(member)
        return self.case.write("ShareInformation", told, *on, by=self.hub).new("share")

    def ask(self, item: Item, member: Member) -> None:
        """協力依頼 (106条の6第3項): whoever is asked need not have been there."""
        told = {
            "of_agency": self.city.outside("clinic", "health-centre")[0],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": [member.id],
            "basis": {
                "kind": "sitting",
                "sitting": str(item.session.sitting),
                "item": item.id,
            },
        }
        streams = (("person", member.id, False), self._sitting(item.session))
        done = self.case.write("RequestInformation", told, *streams, by=self.hub)
        self.diary.wait(4, 13)
        answer = {"cooperated": self.chance.happens(0.85), "narrative": words.minute(self.chance)}
        path = {"request": done.new("request")}
        self.case.write("AnswerInformationRequest", answer, by=self.hub, path=path)

    def successor(self) -> DeskRef:
        """包括に戻す: whose field it mostly is, in the area where the household lives."""
        return self.city.window(self.case.field, self.case.area, self.chance)
