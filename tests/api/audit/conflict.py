"""The household whose mother is protected from the father, for whom officers act."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from api.dev_issuer import DEV_ISSUER
from tests.api.audit.desk import OFFICER, consented, recorded, shared, urgently
from tests.api.audit.room import held
from tests.api.town import ADMINISTRATOR, START, Town, problem, who

OTHER, TWICE = "ono", "oda"
"""An officer who acts for nobody; and one who is of 社協, too, in another capacity."""
Ids = dict[str, str]


@dataclass
class Tale:
    """`ids` of the household whose mother is protected; `nowhere` are ids of nothing."""

    town: Town
    ids: Ids
    position: str

    @property
    def nowhere(self) -> Ids:
        receipt = f"{uuid4()}/1"
        made = {name: str(uuid4()) for name in self.ids}
        return {**made, "fact": self.ids["fact"], "receipt": receipt}

    def asks(self, path: str, staff: str, purpose: dict[str, str], **more: str) -> Any:
        joined = "&" if "?" in path else "?"
        return self.town.get(f"{path}{joined}after={self.position}", staff, **purpose, **more)


def conflict(town: Town) -> Tale:
    """What there is to audit of the mother's household; then a 支援措置 from the father, for whom
    one officer acts, and 社協 where another works as well.
    """
    for name, role, desk in ((OTHER, "privacy", "privacy"), (TWICE, "privacy", "privacy")):
        joins(town, name, name, {"agency": "city", "desk": desk, "role": role})
    appointed(town, TWICE, {"agency": "shakyo", "desk": "support", "role": "counsellor"})
    joins(
        town, "yamanaka", "山中 花", {"agency": "shakyo", "desk": "support", "role": "counsellor"}
    )
    meeting = held(town)
    home = {**meeting.home}
    path = f"/households/{home['household']}"
    named = {"name": "山中 月子", "kana": "やまなか つきこ"}
    identity = f"{path}/persons/{home['person-0']}/identification"
    position = recorded(town, identity, named)["position"]
    problem(town.get(f"{path}?after={position}", "yamanaka"), 404, "Unknown")
    urgently(town, home)
    consent = consented(town, home)
    shared(town, home, {"kind": "consent", "consent": consent["id"]})
    asked = {"person": home["person-0"], "scope": "相談の記録の一切"}
    request = recorded(town, f"{path}/disclosure-requests", asked, OFFICER)["id"]
    decided, answer = (
        f"{path}/disclosure-requests/{request}/decision",
        {
            "outcome": "neither",
            "grounds": ["disclosure-grounds-1"],
        },
    )
    recorded(town, decided, answer, OTHER)
    receipt = town.get(path).headers["setai-receipt"]
    ids = {
        "household": home["household"],
        "person": home["person-0"],
        "sitting": meeting.sitting,
        "consent": consent["id"],
        "fact": str(town.number(home["household"], 4)),
        "receipt": receipt,
        "request": request,
    }
    return Tale(town, ids, sided(town, path, home["person-0"]))


def joins(town: Town, subject: str, name: str, capacity: dict[str, str]) -> None:
    person = {"issuer": DEV_ISSUER, "subject": subject, "name": name}
    recorded(town, "/staff", person, ADMINISTRATOR)
    appointed(town, subject, capacity)


def appointed(town: Town, subject: str, capacity: dict[str, str]) -> None:
    body = {**capacity, "period": {"start": START.isoformat()}}
    recorded(town, f"/staff/{who(subject)}/appointments", body, ADMINISTRATOR)


def sided(town: Town, path: str, mother: str) -> str:
    """The mother is protected from the father, who has guardians."""
    person = {"nickname": "前の世帯の父", "relation": "self"}
    former = recorded(
        town, "/intakes", {"persons": [person], "route": "visit", "consulter": "self"}
    )
    father = former["ids"]["person-0"]
    begun = {"counterparties": [father], "threat": "dv"}
    recorded(town, f"{path}/persons/{mother}/concealments", begun, "mori")
    task = {"person": father, "kind": "guardian", "guardian": "某"}
    at = f"/households/{former['id']}/guardianships"
    recorded(town, at, {**task, "agency": "city", "staff": str(who(OFFICER))})
    return str(recorded(town, at, {**task, "agency": "shakyo"})["position"])


def alike(text: str, ids: Ids) -> str:
    for name, each in ids.items():
        text = text.replace(each, name)
    return text
