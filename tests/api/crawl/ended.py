"""終わった世帯: a second family, whose case goes before a 重層的支援会議, ends, and begins anew."""

from typing import Any

from tests.api.crawl.tale import Tale
from tests.api.town import who

_SEATED = (("tanaka", "centre"), ("sato", "shakyo"))
_MOTHER, _FATHER = "person-0", "person-1"
_PERSONS = ("mother", "father", "child")


class Ending:
    """The mother consents to the sitting, the father, from whom she is protected, does not."""

    def __init__(self, tale: Tale) -> None:
        self.tale, self.acts, self.said = tale, tale.acts, tale.canary
        persons = [{"nickname": self.said(f"name-{name}"), "relation": name} for name in _PERSONS]
        body = {"persons": persons, "route": "visit", "consulter": "self", "consulting": 0}
        taken = self.acts("/intakes", body)
        self.path, self.ids = f"/households/{taken['id']}", taken["ids"]
        tale.ids["household-ended"] = taken["id"]
        self.mother = {"person": self.ids[_MOTHER]}

    def does(self, path: str, body: dict[str, Any], staff: str = "tanaka") -> dict[str, Any]:
        return self.acts(f"{self.path}{path}", body, staff)

    def walled(self) -> None:
        beside = {"person": self.ids[_FATHER], "kind": "guardian", "guardian": "後見人"}
        self.does("/guardianships", {**beside, "agency": "centre", "desk": "nurses"})
        against = {"counterparties": [self.ids[_FATHER]], "threat": "dv"}
        self.does(f"/persons/{self.ids[_MOTHER]}/concealments", against, "mori")

    def consented(self) -> None:
        given = {"method": "written", "agencies": ["shakyo", "city"], "purposes": ["meeting"]}
        self.does("/consents", {**self.mother, **given, "categories": ["progress"]})

    def convened(self) -> None:
        """社協 is there, and somebody from outside, who is known by name alone."""
        convened = {"body": "layered", "held_on": self.acts.now[:10]}
        sitting = self.acts("/sittings", convened, "yamada")["id"]
        self.room, self.tale.ids["sitting-ended"] = f"/sittings/{sitting}", sitting
        about = {"kind": "case", "item_basis": "layered", "title": "これからの暮らし"}
        about["household"] = self.path.rpartition("/")[2]
        item = self.acts(f"{self.room}/items", about, "suzuki")["id"]
        self.at = {"sitting": sitting, "item": item}
        outside = {"kind": "outside", "name": self.said("outsider"), "capacity": "隣人"}
        self.seats = [self._invited(outside)]
        for staff, agency in _SEATED:
            seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency}
            self.seats.append(self._invited({**seat, "capacity": "相談員"}))

    def _invited(self, seat: dict[str, Any]) -> str:
        path = f"{self.room}/attendees"
        told: str = self.acts(path, {**seat, "items": [self.at["item"]]}, "suzuki")["id"]
        return told

    def brought(self) -> None:
        """What is about both is held back with the father; what is about her goes on."""
        both = [self.ids[_MOTHER], self.ids[_FATHER]]
        words: list[dict[str, Any]] = [{"text": self.said("held-back")}]
        words += [{"text": self.said("layered"), "principals": both[:1]}]
        self.does("/sitting-items", {**self.at, "subjects": both, "narrative": words})

    def held(self) -> None:
        for seat in self.seats:
            duty = {"attendee": seat, "text_version": "r8", "pledged": seat == self.seats[0]}
            self.acts(f"{self.room}/duties", duty, "suzuki")
        self.acts(f"{self.room}/opening", {}, "yamada")
        for seat in self.seats:
            there = {"item": self.at["item"], "attendee": seat}
            self.acts(f"{self.room}/attendance", there, "suzuki")

    def decided(self, kind: str, **more: Any) -> None:
        words = {"kind": kind, "narrative": self.said("layered-decision"), **more}
        made = self.does("/meeting-decisions", {**self.at, **words}, "suzuki")
        self.tale.ids[f"decision-ended-{kind}"] = made["id"]

    def planned(self) -> None:
        persons = {"persons": [self.ids[_MOTHER]]}
        plan = self.does("/plans", {**persons, "goals": self.said("progress")})["id"]
        self.decided("plan-approved", plan=plan)
        self.does(f"/plans/{plan}/decision", {"starts_on": self.acts.now[:10]})
        for stage, outcome in (("interim", "continue"), ("final", "close")):
            found = {"stage": stage, "outcome": outcome, "narrative": self.said("evaluated")}
            self.does(f"/plans/{plan}/evaluations", {**self.at, **found})
        studied = {**self.at, "narrative": self.said("studied")}
        self.does("/case-studies", studied, "suzuki")

    def closed(self) -> None:
        """Who keeps an eye on the mother is 社協; then she comes again."""
        after = {"successor_agency": "shakyo", "successor_desk": "support"}
        self.decided("closure-approved", **after)
        ending = {"reason": "closure-reasons-1", **after}
        for name in ("wish", "not_asked_because", "narrative"):
            ending[name] = self.said("closed")
        self.does("/closure", ending)
        again = {"reason": "reopening-reasons-1", "narrative": self.said("reopened")}
        self.does("/reopening", again)

    def suspended(self) -> None:
        """In the new cycle she consents anew, and is taken up again."""
        self.consented()
        self.brought()
        self.decided("suspension-confirmed")
        tried = [{"on": self.acts.now[:10], "method": "outreach-methods-1"}]
        ending: dict[str, Any] = {"reason": "suspension-reasons-1", "attempts": tried}
        for name in ("wish", "not_asked_because", "narrative"):
            ending[name] = self.said("interrupted")
        self.does("/suspension", ending)


def ended(tale: Tale) -> None:
    """One after the other; the wall is raised at any time before the end."""
    ending = Ending(tale)
    acts = [ending.consented, ending.convened, ending.brought, ending.held, ending.planned]
    acts += [ending.closed]
    acts.insert(tale.chance.randrange(len(acts) + 1), ending.walled)
    for act in (*acts, ending.suspended):
        act()
