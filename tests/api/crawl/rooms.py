"""支援会議: what is put to a room that needs no consent, and what comes of it there."""

from typing import Any

from tests.api.crawl.tale import Tale
from tests.api.town import who

_SEATED = (("tanaka", "centre"), ("sato", "shakyo"), ("ono", "shakyo"))
_THERE = ("outside", "tanaka", "sato")


class Room:
    """One about the household, for whoever is there: somebody from outside is, by name alone."""

    def __init__(self, tale: Tale, kind: str) -> None:
        self.tale, self.acts, self.kind = tale, tale.acts, kind
        convened = {"body": "support", "held_on": self.acts.now[:10]}
        self.sitting = self.acts("/sittings", convened, "yamada")["id"]
        tale.ids[f"sitting-{kind}"] = self.sitting
        self.path = f"/sittings/{self.sitting}"
        self.item = self.takes_up(title="関わり方の相談", household=tale.ids["household"])
        outside = {"kind": "outside", "name": tale.canary("guest"), "capacity": "民生委員"}
        self.seats = {"outside": self._invited(self.item, outside)}
        for staff, agency in _SEATED:
            self.seats[staff] = self.seated(self.item, staff, agency)

    @property
    def mother(self) -> dict[str, Any]:
        return {"subjects": [self.tale.ids["mother"]]}

    def at(self, item: str = "") -> dict[str, Any]:
        return {"sitting": self.sitting, "item": item or self.item}

    def takes_up(self, **about: Any) -> str:
        """Of no household, where none is named."""
        about |= {"kind": "case", "item_basis": "support"}
        added: str = self.acts(f"{self.path}/items", about, "suzuki")["id"]
        return added

    def seated(self, item: str, staff: str, agency: str) -> str:
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency}
        return self._invited(item, {**seat, "capacity": "相談員"})

    def _invited(self, item: str, seat: dict[str, Any]) -> str:
        path = f"{self.path}/attendees"
        invited: str = self.acts(path, {**seat, "items": [item]}, "suzuki")["id"]
        return invited

    def opened(self, *besides: str) -> None:
        """What is tabled, about whom, and what is learned."""
        tale, kind = self.tale, self.kind
        tabled = tale.told(f"tabled-{kind}", category="health", **self.mother)["fact"]
        about = [tale.ids[name] for name in ("mother", *besides)]
        brought: dict[str, Any] = {**self.at(), "subjects": about, "tabled": [tabled]}
        tale.does("/sitting-items", {**brought, "narrative": tale.canary(f"tabled-{kind}")})
        self.acts(f"{self.path}/opening", {}, "yamada")
        for name in _THERE:
            self.came(self.item, self.seats[name], pledged=name == "outside")
        learned = {"kind": "sitting", **self.at()}
        tale.told(f"learned-{kind}", basis=learned, **self.mother)

    def came(self, item: str, seat: str, *, pledged: bool = False) -> None:
        duty = {"attendee": seat, "text_version": "r8", "pledged": pledged}
        self.acts(f"{self.path}/duties", duty, "suzuki")
        self.acts(f"{self.path}/attendance", {"item": item, "attendee": seat}, "suzuki")

    def decided(self, kind: str, **more: Any) -> None:
        words = {"kind": kind, "narrative": self.tale.canary("decision"), **more}
        fact = f"decision-{kind}"
        self.tale.does("/meeting-decisions", {**self.at(), **words}, "suzuki", fact=fact)

    def studied(self, staff: str, kind: str, item: str = "") -> None:
        """事例検討。"""
        words = {"narrative": self.tale.canary(f"studied-{kind}")}
        self.tale.does("/case-studies", {**self.at(item), **words}, staff)


def open_room(tale: Tale) -> None:
    """It is open all the time; a role is given out, and another that is over soon."""
    room = Room(tale, "open")
    room.opened()
    role: dict[str, Any] = {"agency": "shakyo", "desk": "support", "task": tale.canary("role")}
    role["needed"] = [{"text": tale.canary("needed")}]
    room.decided("roles", roles=[role])
    once = {**role, "task": tale.canary("role"), "needed": [{"text": tale.canary("needed-once")}]}
    given = {"sitting": room.sitting, "decision": tale.ids["decision-roles"], "role": once}
    over = tale.does("/roles", given, "suzuki")["id"]
    tale.does(f"/roles/{over}/end", {"narrative": tale.canary("role-over")}, "suzuki")
    room.studied("suzuki", "open")


def closed_room(tale: Tale) -> None:
    """The family is to go before a 重層的支援会議, which the father has not consented to; endo is
    there for an item of no household alone. Somebody leaves, the room is closed, and written up.
    """
    room = Room(tale, "closed")
    room.opened("father")
    room.decided("promoted", subjects=[tale.ids["mother"], tale.ids["father"]])
    room.studied("tanaka", "closed")
    nameless = room.takes_up(title="事例検討")
    room.came(nameless, room.seated(nameless, "endo", "centre"))
    room.studied("endo", "nameless", nameless)
    gone = {"item": room.item, "attendee": room.seats["sato"]}
    tale.acts(f"{room.path}/departures", gone, "suzuki")
    tale.acts(f"{room.path}/closing", {}, "yamada")
    minute = {"text": tale.canary("minutes"), "item": room.item}
    tale.acts(f"{room.path}/minutes", {"minutes": [minute]}, "suzuki")
