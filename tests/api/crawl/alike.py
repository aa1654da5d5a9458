"""What happens in both towns alike: how a family is known, and how its life goes on."""

from typing import Any

from tests.api.crawl.home import Home

PERSONS = ("mother", "father", "child")


def taken_in(home: Home) -> None:
    persons = [{"nickname": f"{name}さん", "relation": name} for name in PERSONS]
    taken = home.acts(
        "/intakes", {"persons": persons, "route": "visit", "consulter": "self", "consulting": 0}
    )
    home.ids = {"household": taken["id"], "consultation": taken["ids"]["consultation"]}
    home.ids |= {name: taken["ids"][f"person-{nth}"] for nth, name in enumerate(PERSONS)}
    home.facts["consultation"] = taken["fact"]
    home.consulted("early", category="consultation")


def guarded(home: Home) -> None:
    guardian = {"person": home.ids["father"], "kind": "guardian", "guardian": "父の後見人"}
    home.does("guardian", "/guardianships", {**guardian, "agency": "centre", "desk": "nurses"})


def begun(home: Home) -> None:
    """The desk takes in a family; 社協 and the desk for women are referred to by law."""
    taken_in(home)
    law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": law}
    sent |= {"categories": ["consultation"], "subjects": [home.ids["mother"]]}
    home.does("referral", "/referrals", {**sent, "enclosed": [home.facts["early"]]})
    home.does("acceptance", f"/referrals/{home.ids['referral']}/acceptance", {}, "sato")
    women: dict[str, Any] = {
        "to_agency": "city",
        "to_desk": "women",
        "category": "abuse",
        "enclosed": [],
    }
    women["subjects"] = [home.ids["mother"], home.ids["father"]]
    home.does("to-women", "/referrals", {**sent, **women})
    guarded(home)
    tries = {"person": home.ids["mother"], "answer": "pending", "next_try": "2026-04-20"}
    home.does("attempt", "/consent-attempts", tries)
    home.files("file")


def ended(home: Home) -> None:
    """Life goes on, and others read and write."""
    home.consulted("late")
    home.consulted("told-elsewhere", "sato")
    sent = {"to_agency": "shakyo", "purpose": "referral", "answer_due": "2026-04-15"}
    home.does("asked-again", "/referrals", sent)


def apart(home: Home) -> None:
    """One agency alone knows of the family; the desk beside acts for the father."""
    taken_in(home)
    guarded(home)


def goes_on(home: Home) -> None:
    home.consulted("late")
    home.consulted("told-beside", "nurse")
