"""Reading back what was written: at once, in words, and only what is the reader's to see."""

import base64
from typing import Any
from uuid import UUID

from tests.api.test_writing import INTAKE, NOTE
from tests.api.town import Town, problem, who
from tests.faults.clients import until


def taken_in(town: Town) -> tuple[str, str, dict[str, str]]:
    """A household, the position it was recorded at, and what came about with it."""
    body = town.post("/intakes", INTAKE).json()
    return body["id"], body["position"], body["ids"]


def read(town: Town, path: str, position: str, staff: str = "tanaka") -> Any:
    answered = town.get(f"{path}?after={position}", staff)
    assert answered.status_code == 200, answered.text
    return answered.json()


def test_a_counsellor_sees_what_they_just_wrote(town: Town) -> None:
    household, position, ids = taken_in(town)
    case = read(town, f"/households/{household}", position)
    assert case["status"] == "open"
    lead = {"agency": "centre", "desk": "general", "staff": str(who("tanaka"))}
    assert case["lead"] == {**lead, "name": "tanaka"}
    assert [member["person"] for member in case["members"]] == [ids["person-0"]]
    (noted,) = case["people"][ids["person-0"]]["records"]
    assert noted["content"]["nickname"] == "窓口の女性"


def test_the_course_of_support_reads_as_sentences(town: Town) -> None:
    household, position, _ = taken_in(town)
    entries = read(town, f"/households/{household}/timeline", position)["entries"]
    said = {entry["fact"]: entry["said"] for entry in entries}
    assert "窓口の女性さんについて、本人からの相談を受け付けました" in said["ConsultationReceived"]
    assert "経路: visitの名" in said["ConsultationReceived"]
    assert "centreの名" in said["LeadAgencyNamed"]
    told = next(entry for entry in entries if entry["fact"] == "ConsultationReceived")
    assert told["content"]["narrative"][0]["text"] == "息子の仕事のことで相談に来た。"


def test_a_long_course_comes_page_by_page(town: Town) -> None:
    household, position, _ = taken_in(town)
    whole = read(town, f"/households/{household}/timeline", position)["entries"]
    found, cursor = [], ""
    while cursor is not None:
        query = f"limit=2&cursor={cursor}" if cursor else "limit=2"
        page = town.get(f"/households/{household}/timeline?{query}").json()
        assert len(page["entries"]) <= 2
        found += page["entries"]
        cursor = page["next"]
    assert found == whole


def test_the_tag_of_a_view_lets_one_write_on_it(town: Town) -> None:
    household, position, _ = taken_in(town)
    seen = town.get(f"/households/{household}?after={position}")
    tag = seen.headers["etag"]
    path = f"/households/{household}/notes"
    assert town.post(path, NOTE, **{"If-Match": tag}).status_code == 201
    problem(town.post(path, NOTE, **{"If-Match": tag}), 412, "StaleView")


def test_another_agency_finds_nothing(town: Town) -> None:
    household, position, _ = taken_in(town)
    read(town, f"/households/{household}", position)
    for path in (f"/households/{household}", f"/households/{household}/timeline"):
        hidden = town.get(path, "sato")
        absent = town.get(path.replace(household, str(UUID(int=7))), "sato")
        problem(hidden, 404, "Unknown")
        assert hidden.content == absent.content


def test_a_note_is_its_authors_alone(town: Town) -> None:
    household, _, _ = taken_in(town)
    kept = town.post(f"/households/{household}/notes", NOTE).json()
    own = read(town, f"/households/{household}/timeline", kept["position"])["entries"]
    others = read(town, f"/households/{household}/timeline", kept["position"], "endo")["entries"]
    assert "NoteKept" in {entry["fact"] for entry in own}
    assert "NoteKept" not in {entry["fact"] for entry in others}


def test_a_referral_reaches_its_receiver(town: Town) -> None:
    household, _, _ = taken_in(town)
    body = {"to_agency": "shakyo", "purpose": "referral"}
    made = town.post(f"/households/{household}/referrals", body).json()
    case = read(town, f"/households/{household}", made["position"], "sato")
    assert case["open_referrals"] == [made["id"]]
    waiting = read(town, "/tasks", made["position"], "sato")["tasks"]
    assert household in {task["stream"] for task in waiting}
    entry = read(town, f"/households/{household}/disclosures", made["position"])["entries"][0]
    assert (entry["kind"], entry["to"]) == ("referral", "shakyo")
    assert entry in read(town, "/disclosures", made["position"])["entries"]


def test_the_caseload_lists_ones_own_households(town: Town) -> None:
    household, position, _ = taken_in(town)
    found, cursor = [], None
    while True:
        query = f"&cursor={cursor}" if cursor else ""
        page = town.get(f"/households?scope=staff&limit=20&after={position}{query}").json()
        found += page["households"]
        if (cursor := page["next"]) is None:
            break
    assert household in {line["household"] for line in found}
    assert town.get("/households", "sato").json()["households"] != found


def test_a_file_is_read_back_whole(town: Town) -> None:
    household, _, _ = taken_in(town)
    content = base64.b64encode(b"%PDF-" + bytes(500_000)).decode()
    body = {
        "kind": "attachment-kinds-1",
        "title": "同意書の写し",
        "media_type": "application/pdf",
        "content": content,
    }
    attached = town.post(f"/households/{household}/attachments", body)
    assert attached.status_code == 201, attached.text
    path = f"/households/{household}/attachments/{attached.json()['id']}"
    found = read(town, path, attached.json()["position"])
    assert found["content"] == content
    assert "content" not in found["record"]["content"]
    problem(town.get(path, "sato"), 404, "Unknown")


def test_a_sitting_is_read_in_its_register(town: Town) -> None:
    sitting = {"body": "support", "held_on": "2026-12-01"}
    made = town.post("/sittings", sitting, "yamada").json()
    item = {"kind": "policy", "item_basis": "support", "title": "体制について"}
    added = town.post(f"/sittings/{made['id']}/items", item, "yamada").json()
    one = read(town, f"/sittings/{made['id']}", added["position"], "yamada")
    assert [each["item"] for each in one["items"]] == [added["id"]]
    listed = read(town, "/sittings", added["position"], "yamada")["sittings"]
    assert made["id"] in {each["sitting"] for each in listed}
    problem(town.get(f"/sittings/{made['id']}", "sato"), 404, "Unknown")


def test_registers_that_name_nobody_supported(town: Town) -> None:
    body = {"kind": "place", "name": "ひだまり", "operator": "shakyo", "capacity": 10}
    made = town.post("/resources", body, "suzuki")
    assert made.status_code == 201, made.text
    position = made.json()["position"]
    names = {each["name"] for each in read(town, "/resources", position)["resources"]}
    assert "ひだまり" in names
    issue = {"themes": ["community-themes-1"], "text": "移動の足がない。"}
    raised = town.post("/community-issues", issue, "suzuki").json()
    found = read(town, "/community-issues", raised["position"])["issues"]
    assert raised["id"] in {each["issue"] for each in found}
    people = read(town, "/staff", position, "admin")["staff"]
    assert "tanaka" in {each["name"] for each in people}


def test_possible_duplicates_are_shown_to_their_desk_alone(town: Town) -> None:
    person = {"name": "山本 花子", "kana": "ヤマモト ハナコ", "birth_date": "昭和55年5月5日"}
    for kana in ("ヤマモト ハナコ", "やまもとはなこ"):
        body = {**INTAKE, "persons": [{**person, "kana": kana, "relation": "self"}]}
        answered = town.post("/intakes", body)
        assert answered.status_code == 201, answered.text
    position = answered.json()["position"]
    found = read(town, "/duplicates", position, "kato")
    assert found["pairs"][0]["reasons"] == ["kana-and-birth"]
    assert len(found["people"]) == 2
    assert read(town, "/duplicates", position)["pairs"] == []


def test_an_address_that_is_kept_secret_makes_nobody_a_duplicate(town: Town) -> None:
    def living(kana: str, *, concealed: bool) -> str:
        person = {"name": kana, "kana": kana, "birth_date": "昭和60年6月6日", "relation": "self"}
        taken = town.post("/intakes", {**INTAKE, "persons": [person]}).json()
        path = f"/households/{taken['id']}/persons/{taken['ids']['person-0']}/addresses"
        lives = {"place": "residence", "text": "港町一丁目2番3号", "concealed": concealed}
        position: str = town.post(path, lives).json()["position"]
        return position

    living("ミナト イチ", concealed=False)
    found = read(town, "/duplicates", living("ミナト ニ", concealed=True), "kato")
    assert "birth-and-address" not in str(found["pairs"])
    found = read(town, "/duplicates", living("ミナト サン", concealed=False), "kato")
    assert str(found["pairs"]).count("birth-and-address") == 1


def test_the_profile_offers_what_a_form_needs(town: Town) -> None:
    profile = town.get("/profile?on=令和8年4月1日").json()
    assert profile["on"] == "2026-04-01"
    assert {"code": "visit", "label": "visitの名", "marks": []} in profile["codes"]["routes"]
    assert "centre" in {agency["code"] for agency in profile["agencies"]}
    assert "support" in {body["code"] for body in profile["bodies"]}


def caught_up(town: Town) -> bool:
    following = town.client.get("/health").json()["following"]
    return all(each["behind"] == 0 for each in following)


def test_health_says_what_is_behind(town: Town) -> None:
    _, position, _ = taken_in(town)
    read(town, "/households", position)
    following = town.client.get("/health").json()["following"]
    assert {"timeline", "case_view"} <= {each["name"] for each in following}
    assert not any(each["error"] for each in following)
    until(lambda: caught_up(town))
    assert town.client.get("/ready").status_code == 200
