"""元に戻した名寄せと本人への開示: who was once taken for somebody is given nothing of theirs."""

from typing import Any

import pytest

from tests.api.audit.desk import recorded, taken_in
from tests.api.audit.test_drafts import audited, draft, requested
from tests.api.audit.test_statements import read_with_consent, told
from tests.api.town import Town

BACK = {"reason": "別の人だった。"}
NEEDS = {"kinds": ["care-needs-1"], "narrative": "耳が遠い。"}


def needs(town: Town, home: dict[str, str]) -> list[dict[str, Any]]:
    """What the draft for the person of that household says of them."""
    audited(town, home)
    lines = draft(town, requested(town, home))["lines"]
    return [line for line in lines if line["kind"] == "CareNeeded" and line["field"]]


@pytest.mark.parametrize("said", ["before", "meanwhile", "after"])
def test_what_was_recorded_of_one_goes_out_to_the_other_by_no_draft(town: Town, said: str) -> None:
    """What was recorded while they were taken for one goes out to neither, as it is."""
    kept, taken = taken_in(town), taken_in(town)
    one, other = kept["person-0"], taken["person-0"]
    path, merger = f"/households/{kept['household']}/persons/{one}", f"/persons/{one}/merger"
    acts: dict[str, tuple[str, Any, str]] = {
        "before": (merger, {"absorbed": other}, "kato"),
        "meanwhile": (f"{merger}/cancellation", {"absorbed": other, **BACK}, "kato"),
    }
    for when, act in acts.items():
        if said == when:
            recorded(town, f"{path}/care-needs", NEEDS)
        recorded(town, *act)
    if said == "after":
        recorded(town, f"{path}/care-needs", NEEDS)
    theirs, others = needs(town, kept), needs(town, taken)
    assert [line["release"] for line in theirs] == [said != "meanwhile"]
    assert [line["release"] for line in others] == [False] * (said == "meanwhile")
    for line in (*theirs, *others):
        assert ("unsettled" in line["grounds"]) is (said == "meanwhile")


def test_nor_is_the_other_told_who_read_of_one(town: Town) -> None:
    """社協 read of the one, on a consent of hers; before it was found that they are two."""
    home, taken = read_with_consent(town), taken_in(town)
    one, other = home["person-0"], taken["person-0"]
    recorded(town, f"/persons/{one}/merger", {"absorbed": other}, "kato")
    back = {"absorbed": other, **BACK}
    at = recorded(town, f"/persons/{one}/merger/cancellation", back, "kato")["position"]
    hers, his = (told(town, each, f"&after={at}")["statement"]["lines"] for each in (one, other))
    assert "shakyo" in {line["agency"] for line in hers}
    assert "shakyo" not in {line["agency"] for line in his}
