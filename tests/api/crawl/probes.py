"""Writes by which somebody might find out: what is refused because of what they may not know."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.api.crawl.home import Home
from tests.api.crawl.people import CRAWLED

Probe = tuple[str, str, Any]
_ABSENT = str(UUID(int=0xAB))
_STATUTE = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}


def probes(home: Home, reader: str) -> Iterator[Probe]:
    """Name, path and body of what the reader tries on the household, as they know it."""
    ids, number = home.ids, home.facts["consultation"]
    agency = CRAWLED[reader].agency
    about = {"person": ids["mother"]}
    yield "consultation", "/consultations", {**about, "route": "visit", "consulter": "self"}
    yield "screening", f"/consultations/{ids['consultation']}/screening", {"result": "answered"}
    for person in ("mother", "father", "child"):
        yield f"member {person}", "/members", {"person": ids[person], "relation": "unknown"}
        yield f"leaving {person}", f"/members/{ids[person]}/leaving", {"reason": "other"}
        body: dict[str, Any] = {
            "agencies": ["school"],
            "categories": ["consultation"],
            "purposes": ["support"],
        }
        body |= {"person": "", "method": "oral", **about, "giver": ids[person]}
        scope = {"authority": "guardian", "authority_scope": []}
        yield f"consent {person}", "/consents", {**body, **scope}
    yield "withdrawal", f"/consents/{_ABSENT}/withdrawal", {}
    for to in {"shakyo", "city", "centre"} - {agency}:
        share = {"to_agency": to, "purpose": "support", "subjects": [ids["mother"]]}
        share |= {"categories": ["consultation"]}
        yield f"share {to}", "/shares", share
        yield f"share by law {to}", "/shares", {**share, "basis": _STATUTE}
        for fact in (number, home.facts["early"], 900):
            yield f"share {fact} {to}", "/shares", {**share, "facts": [fact], "basis": _STATUTE}
    share = {"to_agency": "school", "purpose": "support", "subjects": [ids["mother"]]}
    yield "share by consent", "/shares", {**share, "categories": ["consultation"]}
    for fact in (number, 900):
        yield f"label {fact}", f"/facts/{fact}/label", {"hide_from": [ids["child"]]}
        void = {"void": True, "reason": "誤りのため取り消す。"}
        yield f"correction {fact}", f"/facts/{fact}/correction", void
    yield "outreach", "/contacts", {"method": "visit-methods-1", "met_person": True, **about}
    goals = {"persons": [ids["mother"]], "goals": "一緒に考える。"}
    for lead, desk in (("shakyo", "support"), ("centre", "general"), ("city", "welfare")):
        yield f"lead {lead}", "/lead", {"agency": lead, "desk": desk}
    yield "plan", "/plans", goals
    yield "note", f"/notes/{_ABSENT}/dropping", {}
    yield "closure", "/closure", {"reason": "closure-reasons-1", "wish": "もう大丈夫。"}
    yield "reopening", "/reopening", {"reason": "reopening-reasons-1"}


_NAMED = (
    *("walled", "mended", "held", "note", "task", "report", "audit", "request", "reviewed"),
    *("tabled", "consent", "outreach", "between", "led"),
)
HIDDEN_FACT = {
    **{name: name for name in _NAMED},
    "supporter": "women-consulted",
    "attachment": "scan",
    "member": "aunt",
    "relative": "joined",
    "urgent": "access",
    "attempt": "sought",
}
"""What is recorded of the household itself, by the name of the secret."""


def by_number(home: Home, number: int) -> Iterator[tuple[str, Any]]:
    """Whatever names a fact of the household by its number."""
    law = {"basis": _STATUTE, "subjects": [home.ids["mother"]], "purpose": "support"}
    to = {"to_agency": "shakyo", "categories": ["consultation"]}
    yield f"{home.path}/facts/{number}/label", {"hide_from": [home.ids["child"]]}
    why = {"reason": "誤りのため。"}
    yield f"{home.path}/facts/{number}/loosening-proposals", why
    yield f"{home.path}/facts/{number}/loosening", {"proposal": _ABSENT}
    yield f"{home.path}/facts/{number}/correction", {"void": True, **why}
    yield f"{home.path}/guardianships/{number}/end", {"reason": "resigned"}
    yield f"{home.path}/misfilings", {"facts": [number], "reason": "別の世帯の記録のため。"}
    yield f"{home.path}/shares", {**law, **to, "facts": [number]}
    yield f"{home.path}/referrals", {**law, **to, "enclosed": [number]}
    if "sitting" in home.ids:
        at = {"sitting": home.ids["sitting"], "item": home.ids["item"]}
        brought = {**at, "subjects": [home.ids["mother"]], "tabled": [number]}
        yield f"{home.path}/sitting-items", brought
