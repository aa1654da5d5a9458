"""統合のあと: two households found to be one open to nobody what only others knew of either."""

from typing import Any

import pytest

from tests.api.test_sides import LAW, conceal, does, seen, taken_in, told_to_shakyo
from tests.api.town import Town, problem


def test_where_somebody_went_is_read_by_those_alone_who_wrote_it(town: Town) -> None:
    """Whoever wrote in the earlier household that she belongs was not told that she left."""
    home, mother, _ = told_to_shakyo(town, "隣町に逃れる母")
    kept, _ = taken_in(town, "同じ家の祖母")
    does(town, f"{kept}/merger", {"source": home.rpartition("/")[2]}, "kato")
    gone = {"reason": "moved-out", "destination": "港町一丁目", "category": "abuse"}
    position = does(town, f"{kept}/members/{mother}/leaving", gone, "sato")["position"]

    def read(staff: str) -> str:
        views = ("", "/timeline", "/difference?from_true_at=2020-01-01")
        paths = (f"{kept}{view}{'&' if '?' in view else '?'}after={position}" for view in views)
        return "".join(town.get(path, staff).text for path in paths)

    assert "港町一丁目" in read("sato")
    assert "港町一丁目" not in read("tanaka")
    assert "MemberLeft" not in read("tanaka")


def test_that_a_desk_for_abuse_knows_her_is_told_to_no_desk_of_another_agency(town: Town) -> None:
    """Found to be one, the person and the household; the desk itself goes on reading it."""
    home, mother = taken_in(town, "前から知る母")
    person = {"nickname": "窓口に来た人", "relation": "self"}
    told = {"persons": [person], "route": "visit", "consulter": "self", "category": "abuse"}
    hers = does(town, "/intakes", told, "sato")
    does(town, f"/persons/{mother}/merger", {"absorbed": hers["ids"]["person-0"]}, "kato")
    merged = does(town, f"{home}/merger", {"source": hers["id"]}, "kato")

    def read(path: str, staff: str) -> str:
        views = ("", "/timeline", "/difference?from_true_at=2020-01-01")
        paths = (f"{path}{v}{'&' if '?' in v else '?'}after={merged['position']}" for v in views)
        return "".join(town.get(each, staff).text for each in paths)

    for path in (home, f"/households/{hers['id']}"):
        assert "abuse" not in read(path, "tanaka")
        assert "shakyo" not in read(path, "tanaka")
    assert '"members":[{"person"' in read(home, "sato")


@pytest.mark.parametrize("fled", [False, True])
def test_that_she_fled_is_told_by_no_merger(town: Town, fled: bool) -> None:  # noqa: FBT001
    """女性 alone wrote that she left: to whoever took her in she belongs as before."""
    home, mother, _ = told_to_shakyo(town, f"逃れた母{fled}")
    gone = {"reason": "moved-out", "destination": "港町一丁目", "category": "abuse"}
    if fled:
        does(town, f"{home}/members/{mother}/leaving", gone, "sato")
    kept, _ = taken_in(town, f"同じ家の姉{fled}")
    merged = does(town, f"{kept}/merger", {"source": home.rpartition("/")[2]}, "kato")
    seen = town.get(f"{kept}?after={merged['position']}").json()["members"]
    assert len(seen) == 2
    assert all(each["left"] is None for each in seen)
    told = {"person": mother, "route": "visit", "consulter": "self"}
    assert town.post(f"{kept}/consultations", told).status_code == 201


def test_that_she_is_kept_from_him_is_told_to_nobody_by_what_is_said_again(town: Town) -> None:
    """社協 was told that he hits her; whoever took the family in was not."""
    persons = [{"nickname": f"一家の{each}", "relation": each} for each in ("mother", "father")]
    taken = does(town, "/intakes", {"persons": persons, "route": "visit", "consulter": "self"})
    home, mother = f"/households/{taken['id']}", taken["ids"]["person-0"]
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "subjects": [mother]}
    does(town, f"{home}/referrals", {**sent, "categories": ["consultation"]})
    report = {"kind": "spouse", "victim": mother, "narrative": "あざがある。"}
    does(town, f"{home}/abuse-reports", report, "sato")
    kept, _ = taken_in(town, "同じ家の祖父")
    position = does(town, f"{kept}/merger", {"source": taken["id"]}, "kato")["position"]
    read = town.get(f"{kept}/timeline?after={position}").json()["entries"]
    told = [each for each in read if each["content"].get("person") == mother]
    assert told
    assert all(each["label"]["hidden_from"] == [] for each in told)


@pytest.mark.parametrize("reader", ["sato", "tanaka"])
def test_that_somebody_was_noted_once_more_is_told_by_what_may_be_read_alone(
    town: Town, reader: str
) -> None:
    """At another window, by another desk: 社協 acts for him of whom she is afraid, and 包括 was
    told nothing of it. Who wrote it finds her under both ids, and so does 名寄せ.
    """
    persons = [{"nickname": f"{reader}の{each}", "relation": each} for each in ("mother", "father")]
    body = {"persons": persons, "route": "visit", "consulter": "self"}
    taken = does(town, "/intakes", body, reader)
    home, mother, father = (taken["id"], *(taken["ids"][f"person-{n}"] for n in range(2)))
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"/households/{home}/guardianships", guardian, reader)
    conceal(town, f"/households/{home}", mother, father)
    noted = {"persons": [{"nickname": "窓口の人", "relation": "self"}], "category": "abuse"}
    again = does(town, "/intakes", {**body, **noted}, "suzuki")
    does(town, f"/persons/{mother}/merger", {"absorbed": again["ids"]["person-0"]}, "kato")

    def read(position: str, staff: str = reader) -> str:
        return town.get(f"/households/{home}?after={position}", staff).text

    before = read(again["position"])
    position = does(town, f"/households/{home}/merger", {"source": again["id"]}, "kato")["position"]
    assert read(position) == before
    for staff in ("suzuki", "kato", "mori"):
        assert f'"earlier":["{again["ids"]["person-0"]}"]' in read(position, staff), staff


@pytest.mark.parametrize("under", ["survivor", "absorbed"])
@pytest.mark.parametrize("told", ["before", "meanwhile"])
def test_who_was_protected_as_one_person_is_still_so_when_found_to_be_two(
    town: Town, under: str, told: str
) -> None:
    """The case shows one id alone: whichever the 支援措置 and the address were written under."""
    home, mother, _ = told_to_shakyo(town, f"守られる母{under}{told}")
    former, father = taken_in(town, f"前の父{under}{told}")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{former}/guardianships", guardian)
    other, woman = taken_in(town, f"よく似た女性{under}{told}")
    living = {"place": "residence", "text": "港町三丁目"}
    if told == "before":
        does(town, f"{home}/persons/{mother}/addresses", living)
    back = {"absorbed": mother, "reason": "別の人だった。"}
    does(town, f"/persons/{woman}/merger", {"absorbed": mother}, "kato")
    one, two = (woman, mother) if under == "survivor" else (mother, woman)
    conceal(town, home, one, father)
    if told == "meanwhile":
        does(town, f"{home}/persons/{woman}/addresses", living)
    undone = town.post(f"/persons/{woman}/merger/cancellation", back, "kato")
    problem(undone, 409, "ProtectedAsOne")
    conceal(town, home, two, father)
    position = does(town, f"/persons/{woman}/merger/cancellation", back, "kato")["position"]
    for path in (home, other):
        assert "港町三丁目" not in town.get(f"{path}?after={position}").text
    assert seen(town, home, position) == 404


@pytest.mark.parametrize("wall", ["支援措置", "ラベル"])
@pytest.mark.parametrize("warded", ["survivor", "absorbed"])
@pytest.mark.parametrize("told", ["before", "meanwhile", "after"])
def test_what_was_kept_from_two_taken_for_one_is_kept_from_each_when_they_are_two(
    town: Town, wall: str, warded: str, told: str
) -> None:
    """Nobody can tell which of them was meant; before and after, it was who was named."""
    home, mother, position = told_to_shakyo(town, f"身を守る母{wall}{warded}{told}")
    former, father = taken_in(town, f"避けている父{wall}{warded}{told}")
    other, man = taken_in(town, f"よく似た男性{wall}{warded}{told}")
    ward, at, named = (father, former, man) if warded == "survivor" else (man, other, father)
    guardian = {"person": ward, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{at}/guardianships", guardian)
    does(town, f"{home}/members", {"person": named, "relation": "father"})
    lines = town.get(f"{home}/timeline?after={position}").json()
    number = next(each["version"] for each in lines["entries"] if "新しい町" in str(each))

    def keeps() -> None:
        if wall == "支援措置":
            conceal(town, home, mother, named)
        else:
            does(town, f"{home}/facts/{number}/label", {"hide_from": [named]})

    def reads(position: str) -> bool:
        return "新しい町" in town.get(f"{home}?after={position}", "sato").text

    if told == "before":
        keeps()
    does(town, f"/persons/{father}/merger", {"absorbed": man}, "kato")
    if told == "meanwhile":
        keeps()
    position = does(town, f"{home}/notes", {"text": "確認"})["position"]
    assert reads(position) is (told == "after")
    back = {"absorbed": man, "reason": "別の人だった。"}
    position = does(town, f"/persons/{father}/merger/cancellation", back, "kato")["position"]
    assert reads(position) is (told != "meanwhile")
    if told == "after":
        keeps()
        position = does(town, f"{home}/notes", {"text": "確認"})["position"]
        assert reads(position)


@pytest.mark.parametrize("home", ["survivor", "absorbed"])
@pytest.mark.parametrize("said", ["before", "meanwhile", "after"])
def test_what_was_consented_to_while_two_were_taken_for_one_is_asked_for_again(
    town: Town, home: str, said: str
) -> None:
    """Either of them may have said it; what each said before or after is their own."""
    one, woman = taken_in(town, f"同意した女性{home}{said}")
    two, mother = taken_in(town, f"よく似た母{home}{said}")
    at, person = (one, woman) if home == "survivor" else (two, mother)
    body = {"route": "visit", "consulter": "self", "person": person, "category": "consultation"}
    told = does(town, f"{at}/consultations", {**body, "narrative": "眠れない日が続く。"})
    whole: dict[str, Any] = {"categories": ["consultation"], "purposes": ["referral"]}

    def consents() -> None:
        given = {"person": person, "method": "oral", "agencies": ["shakyo"], **whole}
        key = does(town, f"{at}/consents", given)["id"]
        share: dict[str, Any] = {"to_agency": "shakyo", "purpose": "referral"}
        share |= {"basis": {"kind": "consent", "consent": key}, "facts": [told["fact"]]}
        share |= {"subjects": [person], "categories": ["consultation"]}
        does(town, f"{at}/shares", share)

    def reads(position: str) -> bool:
        return "眠れない" in town.get(f"{at}/timeline?after={position}", "sato").text

    if said == "before":
        consents()
    does(town, f"/persons/{woman}/merger", {"absorbed": mother}, "kato")
    if said == "meanwhile":
        consents()
        assert reads(does(town, f"{at}/notes", {"text": "確認"})["position"])
    back = {"absorbed": mother, "reason": "別の人だった。"}
    position = does(town, f"/persons/{woman}/merger/cancellation", back, "kato")["position"]
    if said == "after":
        consents()
        position = does(town, f"{at}/notes", {"text": "確認"})["position"]
    assert reads(position) is (said != "meanwhile")
    case = town.get(f"{at}?after={position}").json()
    assert bool(case["consents_in_force"]) is (said != "meanwhile")
    again = "効力がなくなりました" in town.get(f"{at}/timeline").text
    assert again is (said == "meanwhile")
    tasks = town.get(f"/tasks?limit=200&after={position}").json()["tasks"]
    due = {each["kind"] for each in tasks if each["stream"] == at.rpartition("/")[2]}
    assert ("renew-consent" in due) is (said == "meanwhile")
