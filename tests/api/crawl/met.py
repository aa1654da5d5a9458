"""会議の秘密: what happens of a household at a sitting, or is held back from one."""

from typing import Any

from tests.api.crawl.home import Home
from tests.api.town import who


def concealed(home: Home) -> None:
    against = {"counterparties": [home.ids["father"]], "threat": "dv"}
    home.does("concealment", f"/persons/{home.ids['mother']}/concealments", against, "mori")


def convened(home: Home, held_on: str = "2026-04-30", body: str = "support") -> None:
    sitting = {"body": body, "held_on": held_on}
    home.ids["sitting"] = home.acts("/sittings", sitting, "yamada")["id"]
    about = {"kind": "case", "item_basis": body, "title": "関わり方"}
    about["household"] = home.ids["household"]
    path = f"/sittings/{home.ids['sitting']}"
    home.ids["item"] = home.acts(f"{path}/items", about, "suzuki")["id"]
    _invited(home, "tanaka", "centre")


def _invited(home: Home, staff: str, agency: str) -> None:
    """For the item about the family."""
    seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
    path = f"/sittings/{home.ids['sitting']}/attendees"
    about = {**seat, "items": [home.ids["item"]]}
    home.ids[f"seat-{staff}"] = home.acts(path, about, "suzuki")["id"]


def _came(home: Home, staff: str) -> None:
    path, seat = f"/sittings/{home.ids['sitting']}", {"attendee": home.ids[f"seat-{staff}"]}
    home.acts(f"{path}/duties", {**seat, "text_version": "r8"}, "suzuki")
    home.acts(f"{path}/attendance", {**seat, "item": home.ids["item"]}, "suzuki")


def seated(home: Home) -> None:
    """社協 is invited for the item about the family, which tells that it stands by the mother."""
    _invited(home, "sato", "shakyo")


def outsider(home: Home) -> None:
    """Somebody is invited by name, whoever they are to the family."""
    seat = {"kind": "outside", "name": "隣の鈴木さん", "capacity": "民生委員"}
    path = f"/sittings/{home.ids['sitting']}/attendees"
    home.acts(path, {**seat, "items": [home.ids["item"]]}, "suzuki")


def taken_up(home: Home) -> None:
    """The mother, who consents, before a 重層的支援会議 at which 社協 sits."""
    concealed(home)
    given = {"person": home.ids["mother"], "method": "written", "agencies": ["shakyo", "city"]}
    given |= {"categories": ["progress"], "purposes": ["meeting"]}
    home.does("consent", "/consents", given)
    convened(home, body="layered")
    seated(home)
    at = {"sitting": home.ids["sitting"], "item": home.ids["item"]}
    home.does("taken-up", "/sitting-items", {**at, "subjects": [home.ids["mother"]]})


def held_back(home: Home) -> None:
    """The father, who does not consent, and what is about him."""
    both = [home.ids["mother"], home.ids["father"]]
    at = {"sitting": home.ids["sitting"], "item": home.ids["item"], "subjects": both}
    words = [{"text": "父の言い分。", "principals": both[1:]}]
    home.does("held", "/sitting-items", {**at, "narrative": words})


def tabled(home: Home) -> None:
    brought: dict[str, Any] = {"sitting": home.ids["sitting"], "item": home.ids["item"]}
    brought |= {"subjects": [home.ids["mother"]], "tabled": [home.facts["early"]]}
    home.does("tabled", "/sitting-items", brought)


def met_and_concealed(home: Home) -> None:
    concealed(home)
    convened(home)


def deliberated(home: Home) -> None:
    """The family is taken up, by those who were there alone."""
    convened(home, home.acts.now[:10])
    tabled(home)
    _invited(home, "suzuki", "city")
    _came(home, "suzuki")


def outreach(home: Home) -> None:
    """They decide to go and see the mother."""
    about = {"sitting": home.ids["sitting"], "item": home.ids["item"], "kind": "outreach"}
    home.does("decision", "/meeting-decisions", about, "suzuki")


def studied(home: Home) -> None:
    """事例検討, by those who were there."""
    at = {"sitting": home.ids["sitting"], "item": home.ids["item"]}
    home.does("studied", "/case-studies", {**at, "narrative": "みんなで考えた。"}, "suzuki")


def promoted(home: Home) -> None:
    """To a 重層的支援会議, from which those are held back who do not consent."""
    about = {"sitting": home.ids["sitting"], "item": home.ids["item"], "kind": "promoted"}
    home.does("decision", "/meeting-decisions", about, "suzuki")


def deliberated_by_all(home: Home) -> None:
    """The parents are taken up by a 支援会議, for which tanaka, sato and suzuki are there."""
    concealed(home)
    deliberated(home)
    seated(home)
    home.acts(f"/sittings/{home.ids['sitting']}/opening", {}, "yamada")
    for staff in ("tanaka", "sato"):
        _came(home, staff)
    both = {"subjects": [home.ids["mother"], home.ids["father"]]}
    at = {"sitting": home.ids["sitting"], "item": home.ids["item"]}
    home.does("brought", "/sitting-items", {**at, **both})


def agreed(home: Home) -> None:
    """The father consents, of which the city knows."""
    _consents(home, "hayashi")


def agreed_elsewhere(home: Home) -> None:
    """The father consents, of which the city knows nothing."""
    _consents(home, "tanaka")


def _consents(home: Home, staff: str) -> None:
    given = {"person": home.ids["father"], "method": "written", "agencies": ["school"]}
    given |= {"categories": ["progress"], "purposes": ["meeting"]}
    home.does("agreement", "/consents", given, staff)
