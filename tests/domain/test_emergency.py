"""緊急一時保護・専門家助言."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.emergency import (
    ProvideShelter,
    ReceiveExpertAdvice,
    provide_shelter,
    receive_expert_advice,
)
from domain.labels import Tag
from domain.refusals import UnknownCode
from tests.domain.given import CHILD, FATHER, MOTHER, act, household, stamp


def shelter(**fields: Any) -> ProvideShelter:
    return act(ProvideShelter, **{"person": CHILD, "nights": 3, "yen": 24000, **fields})


def test_a_shelter_is_counted_and_its_place_tagged() -> None:
    [told] = provide_shelter(household(), shelter(), stamp())
    assert (told.nights, told.yen, told.label.tags) == (3, 24000, ())
    [told] = provide_shelter(household(), shelter(place="駅前の宿"), stamp())
    assert told.label.tags == (Tag.LOCATION,)


def test_its_place_is_hidden_at_once_from_all_others_until_the_writer_says() -> None:
    """But not concealed, so that the desk goes on reading it."""

    def hidden_from(**fields: Any) -> Any:
        [told] = provide_shelter(household(), shelter(**fields), stamp())
        assert not told.label.concealed
        return told.label.hidden_from

    assert hidden_from() == ()
    assert hidden_from(place="駅前の宿") == (FATHER, MOTHER)
    assert hidden_from(place="駅前の宿", subjects=[MOTHER, CHILD]) == (FATHER,)
    assert hidden_from(place="駅前の宿", hidden_from=[FATHER]) == (FATHER,)


@pytest.mark.parametrize(
    "wrong", [{"nights": 0}, {"nights": 366}, {"yen": -1}, {"yen": 10_000_001}]
)
def test_nights_and_yen_are_plausible(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        shelter(**wrong)


def test_expert_advice_is_by_profession() -> None:
    command = act(ReceiveExpertAdvice, profession="professions-1", yen=11000)
    [told] = receive_expert_advice(household(), command, stamp())
    assert told.yen == 11000
    with pytest.raises(UnknownCode):
        receive_expert_advice(household(), act(ReceiveExpertAdvice, profession="x", yen=0), stamp())
