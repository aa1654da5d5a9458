"""物語: how the tale of the household is told, part by part."""

from base64 import b64encode
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.api.crawl.ended import ended
from tests.api.crawl.people import Acts
from tests.api.crawl.rooms import closed_room, open_room
from tests.api.crawl.tale import SUPPORTER, Tale
from tests.api.crawl.working import PARTS, Part


def told(acts: Acts, chance: Random) -> Tale:
    """The whole tale; the parts that need no others come in any order."""
    tale = Tale(acts, chance)
    _taken_in(tale)
    parts: list[Part] = [
        _kept,
        _walled,
        _concealed,
        _elsewhere,
        _consented,
        _referred,
        open_room,
        closed_room,
    ]
    parts += [_stood_by, ended, *PARTS]
    chance.shuffle(parts)
    for part in parts:
        part(tale)
    _afterwards(tale)
    return tale


def _persons(tale: Tale) -> Iterator[dict[str, Any]]:
    for relation in ("mother", "father", "child"):
        yield {"nickname": tale.canary(f"name-{relation}"), "relation": relation}


def _taken_in(tale: Tale) -> None:
    """The mother comes to the window of the desk; a neighbour had told of them."""
    body = {
        "persons": list(_persons(tale)),
        "route": "neighbour",
        "consulter": "self",
        "consulting": 0,
        "informant": tale.canary("informant"),
        "narrative": [
            {"text": tale.canary("informant")},
            {"text": tale.canary("informant"), "tags": ["informant"]},
        ],
    }
    taken = tale.acts("/intakes", body)
    ids = taken["ids"]
    names = ("mother", "father", "child")
    tale.ids = {"household": taken["id"], **{n: ids[f"person-{i}"] for i, n in enumerate(names)}}
    tale.ids["consultation"], tale.facts["consultation"] = ids["consultation"], taken["fact"]


def _kept(tale: Tale) -> None:
    """What a desk keeps for itself and its agency."""
    half: list[Any] = [{"text": tale.canary("consultation")}]
    half += [{"text": tale.canary("health"), "category": "health"}]
    half += [{"text": tale.canary("informant"), "tags": ["informant"]}]
    tale.told("consultation", narrative=half)
    tale.told("health", category="health")
    tale.told("progress", category="progress")
    tale.does("/notes", {"text": tale.canary("note")}, fact="note")
    safe = {"times": tale.canary("safe-contact"), "sender_name": tale.canary("safe-contact")}
    safe["phone"] = tale.canary("safe-contact")
    tale.does(f"/persons/{tale.ids['mother']}/safe-contact", safe)
    words = tale.canary("attachment")
    content = b64encode(f"%PDF- {words} ".encode()).decode()
    tale.canaries[content] = "attachment"
    file: dict[str, Any] = {"kind": "attachment-kinds-1", "title": tale.canary("attachment")}
    file |= {"media_type": "application/pdf", "content": content}
    tale.does("/attachments", file, fact="attachment")
    wrong = tale.told("corrected-away")
    better = {"narrative": tale.canary("progress")}
    correction: dict[str, Any] = {"reason": tale.canary("progress"), "changes": better}
    tale.does(f"/facts/{wrong['fact']}/correction", correction)
    misfiled = tale.told("misfiled")
    withdrawal: dict[str, Any] = {"facts": [misfiled["fact"]], "reason": tale.canary("progress")}
    tale.does("/misfilings", withdrawal)


def _walled(tale: Tale) -> None:
    """The desk beside acts for the father, from whom something is hidden."""
    guardian = {"person": tale.ids["father"], "kind": "guardian", "agency": "centre"}
    guardian |= {"desk": "nurses", "guardian": tale.canary("progress")}
    tale.does("/guardianships", guardian)
    tale.told("walled", hidden_from=[tale.ids["father"]])
    half: list[Any] = [{"text": tale.canary("progress")}]
    half += [{"text": tale.canary("walled"), "hidden_from": [tale.ids["father"]]}]
    tale.told("progress", narrative=half)
    later = tale.told("walled")
    hide: dict[str, Any] = {"hide_from": [tale.ids["father"]], "reason": tale.canary("walled")}
    tale.does(f"/facts/{later['fact']}/label", hide)


def _concealed(tale: Tale) -> None:
    """支援措置 of the mother against the father; her place was known before, and is known after."""
    mother = f"/persons/{tale.ids['mother']}"
    tale.does(f"{mother}/addresses", {"place": "registered", "text": tale.canary("place")})
    tale.told("place", tags=["location"])
    begun: dict[str, Any] = {"counterparties": [tale.ids["father"]], "threat": "dv"}
    begun["counterparty_names"] = [tale.canary("counterparty")]
    tale.ids["concealment"] = tale.does(f"{mother}/concealments", begun, "mori")["id"]
    tale.does(f"{mother}/addresses", {"place": "residence", "text": tale.canary("place")})
    half: list[Any] = [{"text": tale.canary("progress")}]
    half += [{"text": tale.canary("place"), "concealed": True}]
    tale.told("progress", narrative=half)
    moved = {"person": tale.ids["mother"], "nights": 2, "yen": 0, "place": tale.canary("place")}
    tale.does("/shelters", {**moved, "narrative": tale.canary("place")})


def _stood_by(tale: Tale) -> None:
    """One agency is asked for her, and she consents to its being told."""
    tale.canaries[SUPPORTER] = "supporter"
    about: dict[str, Any] = {"subjects": [tale.ids["mother"]], "purpose": "referral"}
    tale.does("/referrals", {**about, "to_agency": SUPPORTER})
    given: dict[str, Any] = {"person": tale.ids["mother"], "method": "written"}
    given |= {"agencies": [SUPPORTER], "categories": ["finance"], "purposes": ["support"]}
    tale.does("/consents", given)


def _elsewhere(tale: Tale) -> None:
    """The desk for women is told that there is something, and has a report of its own."""
    tale.asks_the_desk_for_women()
    report = {"kind": "spouse", "victim": tale.ids["mother"]}
    report |= {"reporter": tale.canary("report"), "narrative": tale.canary("report")}
    tale.does("/abuse-reports", report, "hayashi")
    tale.told("report", "hayashi", category="abuse")


def _consented(tale: Tale) -> None:
    """社協 is told what the mother consents to; one consent is withdrawn, one runs out."""
    given: dict[str, Any] = {
        "person": tale.ids["mother"],
        "method": "written",
        "agencies": ["shakyo"],
    }
    given |= {"categories": ["consultation"]}
    today = {"start": tale.acts.now[:10], "end": tale.acts.now[:10]}
    for kind, purpose in (("shared", "support"), ("withdrawn", "meeting"), ("expired", "referral")):
        period = today if kind == "expired" else None
        consent = tale.does("/consents", {**given, "purposes": [purpose], "period": period})
        fact = tale.told(kind, subjects=[tale.ids["mother"]])["fact"]
        share: dict[str, Any] = {
            "to_agency": "shakyo",
            "purpose": purpose,
            "categories": ["consultation"],
        }
        share |= {"subjects": [tale.ids["mother"]], "facts": [fact]}
        basis = {"kind": "consent", "consent": consent["id"]}
        told = [{"text": tale.canary(f"passed-{kind}"), "category": "consultation"}]
        tale.does("/shares", {**share, "basis": basis, "narrative": told}, fact=f"share-{kind}")
        if kind == "withdrawn":
            tale.does(f"/consents/{consent['id']}/withdrawal", {})
        tale.ids[f"consent-{kind}"] = consent["id"]


def _referred(tale: Tale) -> None:
    """By law to 社協; another つなぎ, by law too, comes back."""
    basis = {"kind": "statute", "article": "kojin-27-1", "reason": tale.canary("reason")}
    for kind in ("referred", "returned"):
        enclosed = tale.told(kind)["fact"]
        sent: dict[str, Any] = {"to_agency": "shakyo", "purpose": "referral", "basis": basis}
        sent |= {"categories": ["consultation"], "enclosed": [enclosed]}
        sent |= {"subjects": [tale.ids["mother"]]}
        told = tale.canary(f"passed-{kind}")
        sent["narrative"] = [{"text": told, "category": "consultation"}]
        made = tale.does("/referrals", sent, fact=f"referral-{kind}")
        if kind == "referred":
            tale.reviewed(f"/referrals/{made['id']}")
        else:
            back = {"reason": tale.canary("answer")}
            tale.does(f"/referrals/{made['id']}/return", back, "sato")


def _afterwards(tale: Tale) -> None:
    """緊急閲覧 that is over, a request of the mother, and an audit that is closed again."""
    danger = {"reason": f"今夜の安否を確かめる {tale.canary('urgency')}"}
    for name in ("reviewed", "access"):
        tale.ids[name] = tale.does("/emergency-accesses", danger, "fukuda")["id"]
        danger = {"reason": f"今夜の安否を確かめる {tale.canary('urgency')}"}
    tale.reviewed(f"/emergency-accesses/{tale.ids['reviewed']}")
    request = {"person": tale.ids["mother"], "requester": "representative"}
    request |= {"requester_name": tale.canary("request"), "scope": tale.canary("request")}
    tale.ids["request"] = tale.does("/disclosure-requests", request, "ito")["id"]
    reason = {"reason": f"申し出があった記録の確認 {tale.canary('audit')}"}
    tale.ids["audit"] = tale.does("/audit-cases", reason, "ito")["id"]
    if not tale.chance.randrange(2):
        tale.does(f"/audit-cases/{tale.ids['audit']}/closing", {}, "ito")
        tale.ids["audit-closed"] = tale.ids["audit"]
