"""What is for some roles only is refused to the others before anything is looked up (rule 32)."""

from uuid import uuid4

import pytest

from tests.api.test_sides import taken_in
from tests.api.town import Town, problem

PATHS = [
    ("/persons/{}/merger", {"absorbed": "{}"}),
    ("/persons/{}/merger/cancellation", {"absorbed": "{}", "reason": "別の人だった。"}),
    ("/households/{}/emergency-accesses/{}/approval", {}),
    ("/households/{}/emergency-accesses/{}/renewal", {}),
]


@pytest.mark.parametrize(("path", "said"), PATHS)
def test_who_has_not_the_role_learns_of_no_id_whether_it_is_there(
    town: Town, path: str, said: dict[str, str]
) -> None:
    """社協 has had nothing to do with them, and holds the ids."""
    home, mother = taken_in(town, "知らない世帯の母")
    _, another = taken_in(town, "よその人")
    household = home.rpartition("/")[2]
    told = set()
    for one, other in ((mother, another), (household, mother), (str(uuid4()), str(uuid4()))):
        body = {name: text.format(other) for name, text in said.items()}
        answer = town.post(path.format(one, uuid4()), body, "sato")
        problem(answer, 403, "RoleNeeded")
        told.add((answer.content, *answer.headers.keys()))
    assert len(told) == 1


def test_who_has_it_is_told_of_none_that_there_is_no_such_thing(town: Town) -> None:
    home, mother = taken_in(town, "名寄せの人")
    household = home.rpartition("/")[2]
    for one, other in ((mother, household), (household, mother), (str(uuid4()), mother)):
        answer = town.post(f"/persons/{one}/merger", {"absorbed": other}, "kato")
        problem(answer, 404, "Unknown")
