"""名寄せのあとの監査: what was shown of somebody by the household of another id is explained so."""

from tests.api.audit.desk import audit, taken_in
from tests.api.test_past import now
from tests.api.test_sides import LAW, does
from tests.api.town import Town, who

PLACE = "港町三丁目"


def test_why_it_was_shown_where_they_were_found_to_be_is_explained(town: Town) -> None:
    home, other = taken_in(town), taken_in(town)
    mother, woman = home["person-0"], other["person-0"]
    path, at = f"/households/{home['household']}", f"/households/{other['household']}"
    place = {"place": "residence", "text": PLACE}
    does(town, f"{at}/persons/{woman}/addresses", place)
    does(town, f"/persons/{mother}/merger", {"absorbed": woman}, "kato")
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "enclosed": []}
    sent |= {"subjects": [mother], "categories": ["identity"]}
    position = does(town, f"{path}/referrals", sent)["position"]
    case = town.get(f"{path}?after={position}", "sato").json()
    (number,) = [
        each["version"]
        for each in case["people"][mother]["records"]
        if each["fact"] == "AddressRecorded"
    ]
    asked = f"staff={who('sato')}&stream={woman}&version={number}&at={now()}"
    (answer,) = audit(town, f"explanations?{asked}")["answers"]
    assert (answer["granted"], answer["rule"]) == (True, "statute")


def test_whom_somebody_came_to_about_them_under_another_id_is_not_told(town: Town) -> None:
    home = taken_in(town)
    body = {"persons": [{"nickname": "隣の人", "relation": "self"}], "route": "telephone"}
    body |= {"consulter": "neighbour", "informant": "隣家の人", "narrative": "怒鳴り声がする。"}
    tip = does(town, "/intakes", body, "sato")
    absorbed = {"absorbed": tip["ids"]["person-0"]}
    position = does(town, f"/persons/{home['person-0']}/merger", absorbed, "kato")["position"]
    read = town.get(f"/households/{tip['id']}?after={position}", "sato")
    assert "怒鳴り声がする。" in read.text
    for person in (home["person-0"], tip["ids"]["person-0"]):
        told = audit(town, f"statements?requester=person&person={person}")
        assert "shakyo" not in {line["agency"] for line in told["statement"]["lines"]}
