"""事例検討 at an item of no household: of whom somebody spoke is not said in the room."""

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.api.test_access_ends import Case, appointed
from tests.api.town import DatedTown, who

SAID = "似た世帯の経験から、待つことにした。"


class Studied(Case):
    """tanaka, somebody of the desk beside and sato of 社協 are there; tanaka writes it down."""

    def __init__(self, town: DatedTown) -> None:
        super().__init__(town)
        self.beside = f"beside-{uuid4()}"
        appointed(self, self.beside, desk="nurses")
        convened = {"body": "support", "held_on": town.now.date().isoformat()}
        self.sitting = self.does("/sittings", convened, "yamada")["id"]
        self.room = f"/sittings/{self.sitting}"
        about = {"kind": "case", "item_basis": "support", "title": "事例検討"}
        item = self.does(f"{self.room}/items", about, "suzuki")["id"]
        self.does(f"{self.room}/opening", {}, "yamada")
        for staff, agency in (("tanaka", "centre"), (self.beside, "centre"), ("sato", "shakyo")):
            self.comes(staff, agency, item)
        self.records("/case-studies", {"sitting": self.sitting, "item": item, "narrative": SAID})

    def shown(self, staff: str, page: str = "") -> str:
        return self.town.get(f"{self.path}{page}?after={self.position}", staff).text

    def comes(self, staff: str, agency: str, item: str) -> None:
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
        seated = self.does(f"{self.room}/attendees", {**seat, "items": [item]}, "suzuki")
        attendee = {"attendee": seated["id"]}
        self.does(f"{self.room}/duties", {**attendee, "text_version": "r8"}, "suzuki")
        self.does(f"{self.room}/attendance", {**attendee, "item": item}, "suzuki")


@pytest.mark.parametrize("page", ["", "/timeline"])
def test_whoever_wrote_it_and_the_secretariat_read_it(dated: DatedTown, page: str) -> None:
    case = Studied(dated)
    assert SAID in case.shown("tanaka", page)
    assert SAID in case.shown("suzuki", page)


def test_they_read_it_as_it_was_known_then(dated: DatedTown) -> None:
    case = Studied(dated)
    then, dated.now = quote(dated.now.isoformat()), dated.now + timedelta(days=1)
    assert SAID in dated.get(f"{case.path}?known_at={then}&after={case.position}", "tanaka").text


def test_nobody_else_does_whether_they_were_there_or_not(dated: DatedTown) -> None:
    case = Studied(dated)
    for staff in ("endo", case.beside, "sato", "mori"):
        assert SAID not in case.shown(staff)
        assert SAID not in case.shown(staff, "/timeline")


def test_the_room_does_not_learn_whose_case_it_was(dated: DatedTown) -> None:
    """sato knows the household by nothing else; the register tells sato of the item alone."""
    case = Studied(dated)
    household = case.path.rpartition("/")[2]
    register = dated.get(f"{case.room}?after={case.position}", "sato")
    assert "事例検討" in register.text
    assert household not in register.text
    assert household in dated.get(f"{case.room}?after={case.position}", "suzuki").text
    assert dated.get(case.path, "sato").status_code == 404
