"""One 支援会議 about the woman at the window: 社協 is there, reads, and tries again afterwards."""

from dataclasses import dataclass
from datetime import datetime

from domain.values import JST
from tests.api.audit.desk import recorded, taken_in
from tests.api.town import Town, who


@dataclass(frozen=True, slots=True)
class Meeting:
    sitting: str
    item: str
    seats: dict[str, str]
    home: dict[str, str]
    closed_at: str

    @property
    def basis(self) -> dict[str, str]:
        return {"sitting": self.sitting, "item": self.item}


def held(town: Town) -> Meeting:
    """From the convening to the closing; what tanaka tabled is read by sato in the room."""
    home = taken_in(town)
    today = datetime.now(JST).date().isoformat()
    sitting = recorded(town, "/sittings", {"body": "support", "held_on": today}, "yamada")["id"]
    path = f"/sittings/{sitting}"
    about = {"kind": "case", "item_basis": "support", "title": "関わり方の相談"}
    item = recorded(town, f"{path}/items", {**about, "household": home["household"]}, "suzuki")[
        "id"
    ]
    seats = {}
    for staff, agency in (("tanaka", "centre"), ("sato", "shakyo")):
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
        seats[staff] = recorded(town, f"{path}/attendees", {**seat, "items": [item]}, "suzuki")[
            "id"
        ]
    fact = town.number(home["household"], 4)
    brought = {"sitting": sitting, "item": item, "subjects": [home["person-0"]], "tabled": [fact]}
    recorded(town, f"/households/{home['household']}/sitting-items", brought)
    for seat_id in seats.values():
        duty = {"attendee": seat_id, "text_version": "r8"}
        recorded(town, f"{path}/duties", duty, "suzuki")
    recorded(town, f"{path}/opening", {}, "yamada")
    for seat_id in seats.values():
        there = {"item": item, "attendee": seat_id, "capacity": "相談員"}
        at = recorded(town, f"{path}/attendance", there, "suzuki")["position"]
    case = f"/households/{home['household']}"
    assert town.get(f"{case}?after={at}", "sato").status_code == 200
    closed = recorded(town, f"{path}/closing", {}, "yamada")["position"]
    assert town.get(f"{case}?after={closed}", "sato").status_code == 404
    return Meeting(sitting, item, seats, home, closed)
