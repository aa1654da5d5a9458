"""A town behind the API: its staff, their tokens, and a client that speaks for any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi.testclient import TestClient
from httpx2 import Response

from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.services import Services
from domain.appointment import (
    Appoint,
    AppointFirst,
    RegisterStaff,
    appoint,
    appoint_first,
    register_staff,
)
from domain.ledger import Ledger, Stream
from domain.profile import Profile
from domain.staff import Staff, staff_id
from domain.stamp import Stamp
from domain.values import JST, Author, Capacity, Period, Personal, Role, StaffId
from tests.domain.given import CENTRE, CITY, PROFILE, SHAKYO

START = date(2020, 4, 1)
STAFF: Mapping[str, Capacity] = {
    "tanaka": Capacity(agency=CENTRE, desk="general", role=Role.COUNSELLOR),
    "sato": Capacity(agency=SHAKYO, desk="support", role=Role.COUNSELLOR),
    "suzuki": Capacity(agency=CITY, desk="layered", role=Role.COORDINATOR),
    "yamada": Capacity(agency=CITY, desk="layered", role=Role.CONVENER),
    "mori": Capacity(agency=CITY, desk="citizens", role=Role.PROTECTION),
    "kato": Capacity(agency=CITY, desk="citizens", role=Role.IDENTITY),
    "ito": Capacity(agency=CITY, desk="privacy", role=Role.PRIVACY),
    "honda": Capacity(agency=CITY, desk="privacy", role=Role.ANALYST),
    "endo": Capacity(agency=CENTRE, desk="general", role=Role.CHIEF),
}
ADMINISTRATOR = "admin"


@dataclass
class Town:
    """`client` may be anything that speaks HTTP as httpx does."""

    client: TestClient
    issuer: DevIssuer
    tokens: dict[str, str] = field(default_factory=dict)

    def headers(self, staff: str, **more: str) -> dict[str, str]:
        if staff not in self.tokens:
            self.tokens[staff] = self.issuer.mint(staff)
        return {
            "Authorization": f"Bearer {self.tokens[staff]}",
            "Setai-Purpose": "consultation",
            **more,
        }

    def post(self, path: str, body: Any, staff: str = "tanaka", **headers: str) -> Response:
        return self.client.post(path, json=body, headers=self.headers(staff, **headers))

    def get(self, path: str, staff: str = "tanaka", **headers: str) -> Response:
        return self.client.get(path, headers=self.headers(staff, **headers))

    def number(self, stream: str, version: int) -> int:
        """What a fact is called outside."""
        services: Services = self.client.app.state.services  # type: ignore[attr-defined]
        return services.opaque.number(UUID(stream), version)


@dataclass
class DatedTown(Town):
    """A demonstration, in which it is `now` until the test says otherwise; never earlier again."""

    now: datetime = datetime(2024, 4, 1, 10, tzinfo=JST)

    def headers(self, staff: str, **more: str) -> dict[str, str]:
        return {**super().headers(staff, **more), "Setai-Demo-Clock": self.now.isoformat()}


def who(name: str) -> StaffId:
    return staff_id(DEV_ISSUER, name)


def settle(
    ledger: Ledger,
    profile: Profile = PROFILE,
    at: datetime | None = None,
    staff: Mapping[str, Capacity] = STAFF,
) -> None:
    """The first administrator, who then registers and appoints everybody else."""
    capacity = Capacity(agency=CITY, desk="privacy", role=Role.ADMINISTRATOR)
    author = Author(staff=who(ADMINISTRATOR), capacity=capacity)

    def stamp() -> Stamp:
        return Stamp(author, at or datetime.now(UTC), uuid4(), profile)

    first = AppointFirst(
        issuer=DEV_ISSUER,
        subject=ADMINISTRATOR,
        name=Personal("管理者"),
        agency=CITY,
        desk="privacy",
        start=START,
    )
    ledger.record(appoint_first, first, stamp(), _stream(ADMINISTRATOR))
    for name, held in staff.items():
        registered = RegisterStaff(issuer=DEV_ISSUER, subject=name, name=Personal(name))
        ledger.record(register_staff, registered, stamp(), _stream(name))
        named = Appoint(**dict(held), period=Period(start=START))
        ledger.record(appoint, named, stamp(), _stream(name))


def _stream(name: str) -> Stream:
    return Stream(Staff, who(name), new=True)


def problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer that must be one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert (found["type"], found["status"]) == (f"/problems/{code}", status)
    return found


def written(response: Response) -> UUID:
    assert response.status_code in (200, 201), response.text
    return UUID(response.json()["id"])
