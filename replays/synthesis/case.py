"""ケース: what the offices of a city do for one household, in the words of the caseworkers."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from domain.profile import NoticeKind
from domain.values import DeskRef, months_after
from replays.synthesis import words
from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.diary import Body, Diary, Done, Home, Meant
from replays.synthesis.families import FAMILIES, Member, raised
from replays.synthesis.memory import Memory
from replays.synthesis.names import address
from replays.synthesis.roster import Post
from replays.synthesis.scans import signed_form

FACTS_OF_OPENING = 2
OF_AGE = 18
_CATEGORIES = ("consultation", "health", "finance", "family", "school-work", "progress")


class Case:
    """Follows one household; `worker` is the post that has it at the moment."""

    def __init__(self, diary: Diary, family: str, field: str) -> None:
        self.diary, self.city, self.chance = diary, diary.city, diary.chance
        self.kind, self.family, self.field = family, FAMILIES[family], field
        self.members = raised(self.family, diary.today, self.chance)
        self.area = self.chance.pick(self.city.areas)
        self.key = diary.number
        self.home: Home | None = None
        self.fields: list[str] = []
        self.issues: list[str] = []
        self.consultation = ""
        self.worker = self.post(self.city.window(field, self.area, self.chance))
        self.memory = Memory(diary)

    def post(self, desk: DeskRef) -> Post:
        return self.city.worker(desk, self.key)

    @property
    def window(self) -> DeskRef:
        return DeskRef(agency=self.worker.agency, desk=self.worker.desk)

    @property
    def self(self) -> Member:
        """本人: whom the consultation is about."""
        return next(member for member in self.members if member.kin.relation == "self")

    @property
    def adults(self) -> list[Member]:
        return [member for member in self.members if member.age(self.diary.today) >= OF_AGE]

    @property
    def household(self) -> tuple[str, object, bool]:
        return ("household", self.home.id if self.home else None, False)

    def write(  # noqa: PLR0913 - as a line has columns
        self,
        act: str,
        body: Body,
        *streams: tuple[str, object, bool],
        by: Post | None = None,
        path: Mapping[str, str | int] | None = None,
        grows: int = 1,
        meant: Meant | None = None,
    ) -> Done:
        given = (self.household, *streams)
        told, by = self.memory.dated(act, body), by or self.worker
        done = self.diary.write(
            act, by, told, *given, path=path, home=self.home, grows=grows, meant=meant
        )
        self.memory.keep(act, by, done)
        return done

    def about(self, act: str, member: Member, body: Body, *, by: Post | None = None) -> Done:
        """An act about a person: it goes to the person's own stream, and rests on the household."""
        streams = (("person", member.id, False), self.household)
        return self.diary.write(act, by or self.worker, body, *streams, home=self.home, grows=0)

    def take_in(self, **told: Any) -> Done:
        """初回相談: household, members and consultation in one act."""
        heard = told.pop("hearsay", False)
        drafts = [{**(m.hearsay if heard else m.draft), **m.belonging} for m in self.members]
        body = {
            "area": self.area,
            "household_type": self.family.household_type,
            "persons": drafts,
            "window": self.worker.desk,
            **told,
        }
        grows = FACTS_OF_OPENING + len(drafts) + 1
        self.home = Home(self.diary.next_id("household"), self.worker, led_by_name=True)
        people = [("person", self.diary.next_id(f"person-{n}"), True) for n in range(len(drafts))]
        for member, (_, person, _) in zip(self.members, people, strict=True):
            member.id = str(person)
        streams = (("household", self.home.id, True), *people)
        self.memory.begin(body)
        done = self.diary.write("TakeIn", self.worker, body, *streams, home=self.home, grows=grows)
        self.memory.keep("TakeIn", self.worker, done)
        self.diary.homes.append(self.home)
        self.consultation = done.new("consultation")
        self.fields, self.issues = list(told["fields"]), list(told["issues"])
        return done

    def come_again(self, **told: Any) -> None:
        done = self.write("ReceiveConsultation", {"window": self.worker.desk, **told})
        self.consultation = done.new("consultation")
        self.fields += told["fields"]

    def screen(self, result: str, **more: str) -> None:
        """スクリーニング: answered, referred or kept at; the list says which."""
        keeps = {} if result in {"answered", "referred"} else {"keeper": self.worker.desk}
        body = {"result": result, **keeps, **more}
        path = {"consultation": self.consultation}
        self.write("ScreenConsultation", body, path=path)

    def close(self, reason: str, **more: Any) -> None:
        self.write("CloseSupport", {"reason": reason, **more})
        self.shut()

    def shut(self) -> None:
        if self.home:
            self.home.open = False

    def consent(self, member: Member, agencies: Sequence[str], purposes: Sequence[str]) -> str:
        """本人同意: for a year, or for as long as this municipality lets it stand."""
        today = self.diary.today
        longest = self.city.profile.settings(today).consent_longest_months
        end = months_after(today, min(12, longest)) - timedelta(days=1)
        notice = self.city.profile.notice_on(NoticeKind.CONSENT, today)
        giver, authority = self._giver(member)
        body = {
            "person": member.id,
            "giver": giver,
            "authority": authority,
            "able": True,
            "method": self.chance.weighed((("written", 7), ("oral", 2), ("telephone", 1))),
            "text_version": notice.version,
            "agencies": list(dict.fromkeys(agencies)),
            "categories": list(_CATEGORIES),
            "purposes": list(purposes),
            "period": {"start": today.isoformat(), "end": end.isoformat()},
        }
        consent = self.write("GiveConsent", body, ("person", member.id, False)).new("consent")
        if body["method"] == "written":
            self._scan(member, consent)
        return consent

    def _scan(self, member: Member, consent: str) -> None:
        """A copy of some of the forms is attached, by a chance of its own: no life goes otherwise
        for it.
        """
        chance = Chance("scan", consent)
        if not chance.happens(0.5):
            return
        told = {
            "kind": "consent-form",
            "title": "同意書の写し",
            "media_type": "application/pdf",
            "content": b64encode(signed_form(chance)).decode(),
            "to": consent,
            "subjects": [member.id],
        }
        self.diary.write(
            "AttachFile", self.worker, told, self.household, home=self.home, at_once=True
        )

    def _giver(self, member: Member) -> tuple[str, str]:
        """本人, or a parent for a child (親権者)."""
        parents = [m for m in self.adults if m.kin.relation in {"mother", "father"}]
        if self.diary.today.year - member.birth.year >= OF_AGE or not parents:
            return member.id, "self"
        return parents[0].id, "parent"

    def speaking(self, member: Member) -> tuple[tuple[str, object, bool], ...]:
        """The person and, for a child, whoever consents in their place."""
        persons = dict.fromkeys((member.id, self._giver(member)[0]))
        return tuple(("person", person, False) for person in persons)

    def refer(self, to: DeskRef, member: Member, **more: Any) -> str:
        """つなぎ: on consent unless another basis is named."""
        body = {
            "to_agency": to.agency,
            "to_desk": to.desk,
            "purpose": "referral",
            "categories": ["consultation"],
            "subjects": [member.id],
            "consultation": self.consultation,
            "narrative": words.trouble(self.field, self.chance),
            **more,
        }
        done = self.write("MakeReferral", body, *self.speaking(member))
        return done.new("referral")

    def accept(self, referral: str, to: DeskRef) -> None:
        """受理: by whoever was asked; who led until now names them the lead."""
        receiver = self.post(to)
        self.write("AcceptReferral", {}, by=receiver, path={"referral": referral})
        self.pass_lead(receiver, "accepted")

    def pass_lead(self, receiver: Post, reason: str) -> None:
        body = {
            "agency": receiver.agency,
            "desk": receiver.desk,
            "staff": self.staff_of(receiver),
            "reason": reason,
        }
        self.write("NameLead", body)
        self.worker = receiver
        if self.home:
            self.home.lead, self.home.led_by_name = receiver, True

    def staff_of(self, post: Post) -> str:
        return str(post.holder(self.diary.today).id)

    def reopen(self, **told: Any) -> None:
        """再開: led by the writer."""
        self.write("ReopenSupport", {"staff": self.staff_of(self.worker), **told}, grows=2)
        if self.home:
            self.home.open, self.home.lead, self.home.led_by_name = True, self.worker, True

    def home_address(self) -> Body:
        area = self.area if self.chance.happens(0.8) else None
        return {"place": "residence", "text": address(self.chance), "area": area}

    def urgency(self) -> str:
        return self.chance.weighed((("routine", 80), ("soon", 17), ("now", 3)))

    def days(self, count: int) -> date:
        return self.diary.today + timedelta(days=count)

    @classmethod
    def begin(cls, city: City, number: int, part: int, family: str, field: str) -> "Case":
        return cls(Diary.begin(city, number, part), family, field)
