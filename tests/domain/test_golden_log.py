"""The golden log keeps every shape ever stored readable.

`SETAI_GOLDEN=write` regenerates it on purpose; from 0.1.0 on it only grows.
"""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.events import CATALOGUE, Fact
from tests.facts import any_fact, model

GOLDEN = Path(__file__).with_name("golden_log.jsonl")


def _write() -> None:
    plain = settings(
        database=None, derandomize=True, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with GOLDEN.open("w", encoding="utf-8") as log:
        for name in sorted(CATALOGUE):
            fact = find(model(CATALOGUE[name]), lambda _: True, settings=plain)
            log.write(json.dumps([name, fact.model_dump(mode="json")], ensure_ascii=False) + "\n")


if os.environ.get("SETAI_GOLDEN") == "write":
    _write()
LINES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "stored"), LINES, ids=[line[0] for line in LINES])
def test_every_stored_shape_is_read_and_written_back_the_same(
    name: str, stored: dict[str, object]
) -> None:
    fact = CATALOGUE[name].model_validate_json(json.dumps(stored))
    assert fact.model_dump(mode="json") == stored


def test_every_fact_of_the_catalogue_stands_in_the_golden_log() -> None:
    assert {line[0] for line in LINES} >= set(CATALOGUE)


@given(
    st.sampled_from(["household", "person", "sitting", "staff", "resource", "publication"]).flatmap(
        any_fact
    )
)
def test_every_fact_round_trips(fact: Fact) -> None:
    assert type(fact).model_validate_json(fact.model_dump_json()) == fact


def test_a_correction_names_the_kind_of_what_it_puts_in_place() -> None:
    [[_, stored]] = [line for line in LINES if line[0] == "FactCorrected"]
    assert stored["replacement"]
    with pytest.raises(ValidationError):
        CATALOGUE["FactCorrected"].model_validate({**stored, "replacement": None})
