"""該当性, over the API: what another agency keeps to itself counts not and shows not (rule 18)."""

from tests.api.test_sides import LAW
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem


def handed_on(town: Town, **heard: object) -> tuple[str, str]:
    """A household of one, the centre's, and a つなぎ to 社協 with nothing enclosed."""
    told = town.post("/intakes", {**INTAKE, **heard}).json()
    home = told["id"]
    asked = {"to_agency": "shakyo", "purpose": "referral", "enclosed": [], "basis": LAW}
    asked |= {"subjects": [told["ids"]["person-0"]], "categories": ["consultation"]}
    made = town.post(f"/households/{home}/referrals", asked).json()
    answer = f"/households/{home}/referrals/{made['id']}/acceptance"
    assert town.post(answer, {}, "sato").status_code == 201
    return home, told["ids"]["person-0"]


def test_a_judge_is_not_told_what_others_collected(town: Town) -> None:
    (told, _), (untold, _) = handed_on(town), handed_on(town, fields=[], issues=[])
    first, other = (
        town.post(f"/households/{home}/eligibility", {}, "sato") for home in (told, untold)
    )
    problem(first, 409, "NothingCollected")
    assert first.content == other.content
    assert town.post(f"/households/{told}/eligibility", {}).status_code == 201


def test_a_judgement_names_what_the_judge_could_read(town: Town) -> None:
    home, person = handed_on(town)
    heard = {"persons": [person], "fields": ["disability"], "issues": []}
    assert town.post(f"/households/{home}/assessments", heard, "sato").status_code == 201
    judged = town.post(f"/households/{home}/eligibility", {}, "sato").json()
    lines = town.get(f"/households/{home}/timeline?after={judged['position']}", "sato").json()
    [said] = [each["said"] for each in lines["entries"] if "多機関協働" in each["said"]]
    assert said == "多機関協働に該当しないと判断しました（分野: disabilityの名）。"
