"""なぜ見えたか: why could, or could not, this person see that fact at that moment?"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from domain.gate import REASONS
from domain.values import JST
from tests.api.audit.desk import (
    AUDIT,
    OFFICER,
    audit,
    consented,
    recorded,
    shared,
    sheet,
    taken_in,
)
from tests.api.town import Town, problem, who


def now() -> str:
    return quote(datetime.now(UTC).isoformat())


def asked(town: Town, staff: str, home: dict[str, str], moment: str) -> str:
    """About the consultation."""
    number = town.number(home["household"], 4)
    item = f"stream={home['household']}&version={number}"
    return f"explanations?staff={who(staff)}&{item}&at={moment}"


def explained(town: Town, staff: str, home: dict[str, str], moment: str) -> Any:
    (answer,) = audit(town, asked(town, staff, home, moment))["answers"]
    return answer


def test_the_same_gate_answers_for_every_moment(town: Town) -> None:
    home = taken_in(town)
    before = now()
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    while_it_stood = now()
    path = f"/households/{home['household']}/consents/{consent['id']}/withdrawal"
    cut = recorded(town, path, {"by": home["person-0"]})
    answers = [explained(town, "sato", home, at) for at in (before, while_it_stood, now())]
    assert [answer["rule"] for answer in answers] == ["no-basis", "consent", "withdrawn"]
    assert [answer["granted"] for answer in answers] == [False, True, False]
    assert [answer["reason"] for answer in answers] == [
        REASONS[rule] for rule in ("no-basis", "consent", "withdrawn")
    ]
    codes = [[fact["fact"] for fact in answer["facts"]] for answer in answers]
    kinds = ["InformationShared", "ConsentGiven", "ConsentWithdrawn"]
    assert codes == [[], kinds[:2], kinds]
    versions = [fact["version"] for fact in answers[2]["facts"]]
    assert versions == [share["fact"], consent["fact"], cut["fact"]]


def test_what_was_answered_then_is_what_was_read_then(town: Town) -> None:
    """The rule of the receipt and of the explanation are one."""
    home = taken_in(town)
    number = town.number(home["household"], 4)
    read = audit(town, f"reads?stream={home['household']}&version={number}")["reads"][0]
    answer = explained(town, "tanaka", home, quote(read["at"]))
    assert (answer["rule"], answer["granted"]) == (read["rule"], True)


def test_before_it_was_recorded_there_was_nothing_to_see(town: Town) -> None:
    before = now()
    home = taken_in(town)
    answer = explained(town, "tanaka", home, before)
    assert (answer["rule"], answer["granted"]) == ("not-recorded", False)


def test_somebody_without_an_appointment_could_see_nothing(town: Town) -> None:
    home = taken_in(town)
    for moment in (now(), quote("2001-01-01T00:00:00+09:00")):
        (answer,) = audit(
            town,
            f"explanations?staff={uuid4()}&stream={home['household']}&version=4&at={moment}",
        )["answers"]
        assert (answer["rule"], answer["capacity"]) == ("not-appointed", None)


def test_a_fact_of_a_person_is_asked_about_through_the_households(town: Town) -> None:
    home = taken_in(town)
    item = f"stream={home['person-0']}&version={town.number(home['person-0'], 1)}"
    found = audit(town, f"explanations?staff={who('endo')}&{item}&at={now()}")
    assert (found["fact"], found["answers"][0]["rule"]) == ("PersonNoted", "own-desk")


def test_a_concealed_place_is_explained_by_its_protection(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/persons/{home['person-0']}"
    at_home = {"place": "residence", "text": "北町1-2"}
    recorded(town, f"{path}/addresses", at_home)
    started = recorded(town, f"{path}/concealments", {"threat": "dv"}, "mori")
    item = f"stream={home['person-0']}&version={town.number(home['person-0'], 2)}"
    answered = audit(
        town, f"explanations?staff={who('tanaka')}&{item}&at={now()}&after={started['position']}"
    )["answers"][0]
    assert answered["rule"] == "concealed-location"
    assert [fact["fact"] for fact in answered["facts"]] == ["ConcealmentStarted"]


def test_a_concealment_of_today_hides_what_decided_before(town: Town) -> None:
    home = taken_in(town)
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    then = now()
    path = f"/households/{home['household']}/facts/{share['fact']}/label"
    hidden = recorded(town, path, {"conceal": True})
    answer = explained(town, "sato", home, f"{then}&after={hidden['position']}")
    assert (answer["rule"], answer["granted"]) == ("consent", True)
    assert [fact["fact"] for fact in answer["facts"]] == [None, "ConsentGiven"]


def test_as_a_table_each_capacity_has_its_line(town: Town) -> None:
    home = taken_in(town)
    (line,) = sheet(town, asked(town, "tanaka", home, now()))
    assert (line["見えた"], line["規則"], line["役割"]) == ("はい", "own-desk", "相談支援員")


def test_a_fact_that_never_was_is_unknown(town: Town) -> None:
    item = f"stream={uuid4()}&version=1"
    path = f"/audit/explanations?staff={who('sato')}&{item}&at={now()}"
    problem(town.get(path, OFFICER, **AUDIT), 404, "Unknown")


@pytest.mark.parametrize("wrong", ["at=2025-04-01T09:00:00", "at=soon", "version=-1", "staff=x"])
def test_what_cannot_be_read_is_refused(town: Town, wrong: str) -> None:
    right = {"staff": str(who("sato")), "stream": str(uuid4()), "version": "1", "at": now()}
    name, _, value = wrong.partition("=")
    query = "&".join(f"{key}={said}" for key, said in {**right, name: value}.items())
    problem(town.get(f"/audit/explanations?{query}", OFFICER, **AUDIT), 422, "Invalid")


@pytest.mark.parametrize(
    "at",
    [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31",
        quote((datetime.now(UTC) + timedelta(days=1)).isoformat()),
    ],
    ids=["the last moment", "one after it", "the last day", "tomorrow"],
)
def test_what_will_be_seen_one_day_is_not_known(town: Town, at: str) -> None:
    home = taken_in(town)
    path = f"/audit/{asked(town, 'tanaka', home, at)}"
    problem(town.get(path, OFFICER, **AUDIT), 400, "NotKnownYet")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00%2B14:00", "1850-01-01", "1900-01-01T00:00Z"])
def test_long_ago_nobody_was_appointed(town: Town, at: str) -> None:
    assert explained(town, "tanaka", taken_in(town), at)["rule"] == "not-appointed"


def test_a_moment_is_read_as_everywhere_else(town: Town) -> None:
    """A day is meant at its end, today now; a plus may have become a space on its way."""
    home = taken_in(town)
    today = datetime.now(JST).date()
    here = datetime.now(JST).isoformat()
    for at in (today.isoformat(), f"令和{today.year - 2018}年{today:%m月%d日}", here):
        assert explained(town, "tanaka", home, at)["granted"] is True


@pytest.mark.parametrize("at", ["1700000000", "1700000000000", "-1", "1e9"])
def test_a_number_is_no_moment(town: Town, at: str) -> None:
    path = f"/audit/{asked(town, 'tanaka', taken_in(town), at)}"
    problem(town.get(path, OFFICER, **AUDIT), 422, "Invalid")


def test_nobody_else_is_told(town: Town) -> None:
    home = taken_in(town)
    problem(
        town.get(f"/audit/{asked(town, 'sato', home, now())}", "tanaka", **AUDIT), 403, "RoleNeeded"
    )
