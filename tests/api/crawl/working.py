"""仕事の記録: what else is written of a household day by day, each kind in words of its own."""

from collections.abc import Callable
from typing import Any

from tests.api.crawl.tale import Tale
from tests.api.town import who

Part = Callable[[Tale], None]


def _known(tale: Tale) -> None:
    """An aunt, of whom little is known at first, and what to mind with the mother."""
    aunt = {"nickname": tale.canary("relative"), "description": tale.canary("relative")}
    tale.does("/persons", {**aunt, "relation": "unknown"}, fact="aunt")
    path = f"/persons/{tale.ids['aunt']}"
    named: dict[str, Any] = {"name": tale.canary("identity"), "kana": tale.canary("identity")}
    named |= {"phones": [tale.canary("identity")], "birth_date": tale.born("identity")}
    tale.does(f"{path}/identification", named)
    mother = f"/persons/{tale.ids['mother']}"
    needed = {"kinds": ["care-needs-1"], "narrative": tale.canary("needs-care")}
    tale.does(f"{mother}/care-needs", needed)
    risk = {"level": "visit-risks-1", "narrative": tale.canary("visit-risk")}
    tale.does(f"{mother}/visit-risks", risk)
    gone = {"reason": "moved-out", "destination": tale.canary("destination")}
    tale.does(f"/members/{tale.ids['aunt']}/leaving", gone)


def _found_to_be(tale: Tale) -> None:
    """Two uncles are found to be one, and not to be."""
    uncles = []
    for _ in range(2):
        uncle = {"nickname": tale.canary("relative"), "relation": "unknown"}
        uncles.append(tale.does("/persons", uncle)["id"])
    one: dict[str, Any] = {"absorbed": uncles[1], "reason": tale.canary("found-to-be")}
    path = f"/persons/{uncles[0]}/merger"
    tale.acts(path, one, "kato")
    tale.acts(f"{path}/cancellation", {**one, "reason": tale.canary("found-to-be")}, "kato")


def _consents(tale: Tale) -> None:
    mother: dict[str, Any] = {"person": tale.ids["mother"]}
    tried = {"answer": "pending", "narrative": tale.canary("progress")}
    tale.does("/consent-attempts", {**mother, **tried})
    tale.does("/decision-support", {**mother, "able": True, "narrative": tale.canary("progress")})
    given = {"method": "oral", "agencies": ["shakyo"], "categories": ["finance"]}
    given |= {"purposes": ["support"], "witness": tale.canary("witness")}
    tale.does("/consents", {**mother, **given})


def _at_work(tale: Tale) -> None:
    """On the way, at the door, and in the plan."""
    mother, said = {"person": tale.ids["mother"]}, tale.canary
    own = {"basis": {"kind": "own"}, "method": "outreach-methods-1"}
    tale.does("/outreach", {**mother, **own, "narrative": said("progress")})
    tale.does("/contacts", {**mother, **own, "met_person": True, "narrative": said("progress")})
    entered = {"service": "entry-services-1", "narrative": said("progress")}
    tale.does("/entry-services", {**mother, **entered})
    path = f"/consultations/{tale.ids['consultation']}/screening"
    tale.does(path, {"result": "continued", "keeper": "general", "narrative": said("consultation")})
    persons = {"persons": [tale.ids["mother"]], "subjects": [tale.ids["mother"]]}
    wishes = [{"text": said("consultation"), "told_by": tale.ids["mother"]}]
    found = {"fields": ["elderly"], "wishes": wishes, "narrative": said("consultation")}
    tale.does("/assessments", {**persons, **found})
    judged = {"eligible": True, "override_reason": said("judged")}
    tale.does("/eligibility", {**judged, "hidden_from": [tale.ids["father"]]})
    measure = {"service": "care", "agency": "centre", "content": said("progress")}
    tale.does("/plans", {**persons, "goals": said("progress"), "measures": [measure]})
    kept = {"keeper_agency": "centre", "keeper_desk": "general", "narrative": said("progress")}
    tale.does("/plans-not-reached", {"reason": "plan-not-reached-reasons-1", **kept})
    advised = {"profession": "professions-1", "yen": 0, "narrative": said("progress")}
    tale.does("/expert-advice", advised)
    note = tale.does("/notes", {"text": said("note")})["id"]
    tale.does(f"/notes/{note}/labelling", {"narrative": said("progress")})
    memo = {"from_staff": str(who("tanaka")), "to_staff": str(who("endo"))}
    memo |= {"effective_on": tale.acts.now[:10], "memo": said("progress")}
    tale.acts("/handovers", {**memo, "households": [tale.ids["household"]]}, "endo")


def _participates(tale: Tale) -> None:
    host = tale.acts("/resources", {"kind": "host", "name": "造園"})["id"]
    body = {"person": tale.ids["mother"], "resource": host, "kind": "participation-kinds-1"}
    made = tale.does("/participations", {**body, "narrative": tale.canary("goes-to")})["id"]
    path = f"/participations/{made}"
    tale.does(f"{path}/start", {"narrative": tale.canary("progress")})
    tale.does(f"{path}/follow-ups", {"settled": True, "narrative": tale.canary("progress")})
    over = {"reason": "participation-end-reasons-1", "narrative": tale.canary("progress")}
    tale.does(f"{path}/end", over)


def _protected(tale: Tale) -> None:
    """What the desk for women looks into, and where it takes her."""
    tale.asks_the_desk_for_women()
    report = {"kind": "spouse", "victim": tale.ids["mother"]}
    for name in ("reporter_relation", "received_how"):
        report[name] = tale.canary("report")
    made = tale.does("/abuse-reports", report, "hayashi")["id"]
    checked = {"seen_in_person": True, "finding": "findings-1"}
    path = f"/abuse-reports/{made}/checks"
    tale.does(path, {**checked, "narrative": tale.canary("report")}, "hayashi")
    taken = {"person": tale.ids["mother"], "measure": "protection-measures-1"}
    taken |= {"place": tale.canary("shelter"), "narrative": tale.canary("shelter")}
    tale.does("/protections", taken, "hayashi")


def _asked(tale: Tale) -> None:
    """社協 is asked, and answers; a つなぎ is taken on, another taken back."""
    about: dict[str, Any] = {"subjects": [tale.ids["mother"]], "categories": ["progress"]}
    law = {"kind": "statute", "article": "kojin-27-1", "reason": tale.canary("reason")}
    asked = {"of_agency": "shakyo", "purpose": "support", "basis": law}
    asked["narrative"] = tale.canary("asked")
    made = tale.does("/information-requests", {**about, **asked})["id"]
    path = f"/information-requests/{made}/answer"
    tale.does(path, {"cooperated": True, "narrative": tale.canary("answer")}, "sato")
    tale.reviewed(f"/information-requests/{made}")
    sent = {**about, "to_agency": "clinic", "purpose": "referral"}
    taken = tale.does("/referrals", sent)["id"]
    answered = {"answered_how": "answer-methods-1", "answered_by": tale.canary("answered-by")}
    tale.does(f"/referrals/{taken}/acceptance", answered)
    declined = tale.does("/referrals", sent)["id"]
    answered |= {"answered_by": tale.canary("answered-by"), "reason": tale.canary("answered-by")}
    tale.does(f"/referrals/{declined}/return", answered)
    back = tale.does("/referrals", {**sent, "to_agency": "shakyo"})["id"]
    tale.does(f"/referrals/{back}/withdrawal", {"reason": tale.canary("answer")})


def _at_once(tale: Tale) -> None:
    """社協 is told in urgent danger; which is looked at afterwards."""
    urgent = {"kind": "urgent", "reason": f"命にかかわる急迫の危険 {tale.canary('reason')}"}
    urgent["review_due"] = tale.acts.now[:10]
    sent: dict[str, Any] = {"to_agency": "shakyo", "purpose": "support", "basis": urgent}
    sent |= {"categories": ["finance"], "subjects": [tale.ids["mother"]]}
    tale.reviewed(f"/shares/{tale.does('/shares', sent)['id']}")


def _loosened(tale: Tale) -> None:
    """By two people, in words of what it was hidden for."""
    hidden = tale.told("progress")["fact"]
    path = f"/facts/{hidden}"
    hide = {"hide_from": [tale.ids["father"]], "reason": tale.canary("walled")}
    made = tale.does(f"{path}/label", hide)["fact"]
    path = f"/facts/{made}"
    proposed = tale.does(f"{path}/loosening-proposals", {"reason": tale.canary("walled")})["id"]
    tale.does(f"{path}/loosening", {"proposal": proposed}, "endo")


def _rights(tale: Tale) -> None:
    """What the privacy office looks after, is asked for, and stops."""
    about: dict[str, Any] = {"person": tale.ids["mother"]}
    claim = {**about, "claim": tale.canary("office")}
    claimed = tale.does("/correction-requests", claim, "ito")["id"]
    answer = {"granted": False, "reason": tale.canary("office")}
    tale.does(f"/correction-requests/{claimed}/decision", answer, "ito")
    asked = tale.does("/disclosure-requests", {**about, "scope": tale.canary("request")}, "ito")
    refused = {"outcome": "refused", "grounds": ["disclosure-grounds-1"]}
    path = f"/disclosure-requests/{asked['id']}/decision"
    tale.does(path, {**refused, "narrative": tale.canary("request")}, "ito")
    hold = tale.does("/legal-holds", {"reason": tale.canary("office")}, "ito")["id"]
    tale.does(f"/legal-holds/{hold}/lifting", {"reason": tale.canary("office")}, "ito")
    leak = {"kind": "incident-kinds-1", "persons": [tale.ids["child"]]}
    tale.does("/incidents", {**leak, "narrative": tale.canary("office")}, "ito")
    stopped = tale.told("suspended")["fact"]
    stop = {**about, "facts": [stopped], "reason": tale.canary("office")}
    tale.does("/use-suspensions", stop, "ito")


PARTS: tuple[Part, ...] = (
    _known,
    _found_to_be,
    _consents,
    _at_work,
    _participates,
    _protected,
    _asked,
    _at_once,
    _loosened,
    _rights,
)
"""They need no others, and no others need them."""
