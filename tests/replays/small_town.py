"""Given a small town that has lived, and what `setai as-of` says of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from api.commands import app
from domain.ledger import Settings, open_ledger
from tests.conftest import MakeDatabase
from tests.laws.acts import lived, meeting, people, record, sharing, support, take
from tests.laws.town import Town

ACTS = (
    record.consult,
    support.visit,
    sharing.refer,
    sharing.accept,
    sharing.lead,
    people.take_in_others,
    meeting.meet,
    people.leave,
    support.close,
    record.correct,
    record.report,
)
WORDS = ("山田", "たろう", "話", "近所の人", "気になる様子")


class City(NamedTuple):
    """A small town that has lived, and where it is kept."""

    town: Town
    url: str
    book: str


@pytest.fixture(scope="module")
def city(make_database: MakeDatabase, make_book: MakeDatabase) -> Iterator[City]:
    url = make_database(demonstration=True)
    book = make_book(url, demonstration=True)
    with closing(open_ledger(Settings(url))) as ledger:
        town = lived([], ledger)
        chance = Random(4)
        for _ in range(80):
            take(town, chance.choice(ACTS), chance.randrange(2**32))
        yield City(town, url, book)


def run(city: City, tmp: Path, *arguments: str) -> tuple[int, str]:
    given = {"SETAI_DATABASE_URL": city.url, "SETAI_DATA": str(tmp)}
    result = CliRunner().invoke(app, ["as-of", *arguments], env=given)
    return result.exit_code, result.output if result.exit_code else result.stdout
