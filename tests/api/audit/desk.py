"""The privacy desk of the town: what it asks, and what others did before."""

import csv
from datetime import datetime
from io import StringIO
from typing import Any
from uuid import uuid4

from api.headers import Purpose
from domain.values import JST
from tests.api.test_writing import INTAKE
from tests.api.town import Town
from tests.domain.given import PROFILE

AUDIT = {"Setai-Purpose": str(Purpose.AUDIT)}
OFFICER = "ito"


def audit(town: Town, path: str, **headers: str) -> Any:
    """What the privacy officer is answered."""
    answered = town.get(f"/audit/{path}", OFFICER, **AUDIT, **headers)
    assert answered.status_code == 200, answered.text
    return answered.json()


def sheet(town: Town, path: str) -> list[dict[str, str]]:
    """The same as a table, as a spreadsheet opens it."""
    joined = "&" if "?" in path else "?"
    answered = town.get(f"/audit/{path}{joined}format=csv", OFFICER, **AUDIT)
    assert answered.status_code == 200, answered.text
    assert answered.headers["content-type"].startswith("text/csv")
    assert answered.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(answered.content.decode("utf-8-sig"))))


def taken_in(town: Town) -> dict[str, str]:
    """A household that the read models show already: its ids, and its own under `household`."""
    body = town.post("/intakes", INTAKE).json()
    assert town.get(f"/households/{body['id']}?after={body['position']}").status_code == 200
    return {**body["ids"], "household": body["id"], "position": body["position"]}


def recorded(town: Town, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
    """A write that must succeed; read models show it already."""
    answered = town.post(path, body, staff, **{"Idempotency-Key": str(uuid4())})
    assert answered.status_code in (200, 201), answered.text
    told: dict[str, Any] = answered.json()
    return told


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def consented(town: Town, home: dict[str, str], **more: Any) -> dict[str, Any]:
    """The woman at the window lets 社協 know of her consultation."""
    given = {
        "person": home["person-0"],
        "giver": home["person-0"],
        "method": "written",
        "agencies": ["shakyo"],
        "categories": ["consultation"],
        "purposes": ["support"],
        **more,
    }
    return recorded(town, f"/households/{home['household']}/consents", given)


def shared(town: Town, home: dict[str, str], basis: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The consultation goes to 社協."""
    told = {
        "to_agency": "shakyo",
        "purpose": "support",
        "categories": ["consultation"],
        "subjects": [home["person-0"]],
        "facts": [town.number(home["household"], 4)],
        "basis": basis,
        **more,
    }
    return recorded(town, f"/households/{home['household']}/shares", told)


def urgently(town: Town, home: dict[str, str], **more: Any) -> dict[str, Any]:
    due = PROFILE.working_day_after(datetime.now(JST).date(), 5).isoformat()
    basis = {"kind": "urgent", "reason": "今夜、命にかかわるおそれがある。", "review_due": due}
    return shared(town, home, basis, **more)
