"""The index proposes by all that is recorded; what is found rests on what this reader may read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.events import Fact
from domain.events.membership import HouseholdOpened, HouseholdsMerged, MemberJoined
from domain.events.person import PersonIdentified, PersonNoted
from domain.gate import Reader
from domain.labels import Category
from domain.ledger import Ledger
from domain.values import Author
from projections.identities import changed_identities
from projections.names import Entry, NameIndex, entry
from projections.runner import Runner
from projections.search import search
from projections.sought import Token, sought
from tests.projections.facts import NURSE, SODAN, TODAY, fact, new
from tests.projections.given import Told

ONE, OTHER, THIRD = (UUID(int=number) for number in (0xD1, 0xD2, 0xD3))
COUNSELLOR = Reader(SODAN.staff, SODAN.capacity, TODAY)
Connection = psycopg.Connection[Any]
Find = Callable[..., list[UUID]]


class Index:
    """All that the tables tell, opened."""

    def __init__(self, ledger: Ledger) -> None:
        self._opener, self._names = ledger.sealer.opener(), NameIndex()

    def find(
        self, connection: Connection, tokens: Sequence[Token], _: datetime
    ) -> list[tuple[int, UUID]]:
        for each in changed_identities(connection, after=self._names.position, limit=1000):
            entries = (
                entry(each.row, t, self._opener.open_all(t.texts, each.person, t.words, t.subjects))
                for t in each.told
            )
            self._names.put(each.person, each.row, tuple(entries))
            self._names.position = each.position
        return self._names.find(tokens)

    def rank(
        self, person: UUID, tokens: Sequence[Token], readable: Callable[[Entry], bool]
    ) -> int | None:
        return self._names.rank(person, tokens, readable)


@pytest.fixture
def find(url: str, ledger: Ledger, runner: Runner) -> Iterator[Find]:
    index = Index(ledger)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET ROLE setai_api")

        def found(said: str, limit: int = 50) -> list[UUID]:
            """All of it, page by page."""
            runner.catch_up()
            given: dict[str, Any] = {"reader": COUNSELLOR, "limit": limit}
            page = search(connection, index, sought(said), **given)
            listed = list(page.cases)
            while page.more:
                page = search(connection, index, sought(said), after=page.more, **given)
                listed += page.cases
            return [case.household for case in listed]

        yield found


def named(name: str, person: UUID, by: Author = SODAN) -> Fact:
    labelled = {"category": Category.IDENTITY, "subjects": (person,)}
    return fact(PersonIdentified, by, labelled=labelled, name=name, kana=name)


def belongs(person: UUID, by: Author = SODAN) -> Fact:
    about = {"person": person, "relation": "self", "membership": "living-together"}
    return fact(MemberJoined, by, since="2020", labelled={"subjects": (person,)}, **about)


def lived(told: Told, *members: Fact) -> UUID:
    """A household that the 社協 opened, and so can read."""
    household = new()
    told(household, fact(HouseholdOpened, area="north", household_type="single"))
    for joined in members:
        by = NURSE if joined.label.agency == "hoken" else SODAN
        told(household, joined, by=by)
    return household


def test_a_name_that_only_others_wrote_down_finds_nobody(told: Told, find: Find) -> None:
    told(ONE, fact(PersonNoted, labelled={"subjects": (ONE,)}, nickname="角の人"))
    told(ONE, named("隠沼 一", ONE, NURSE), by=NURSE)
    household = lived(told, belongs(ONE))
    assert find("角の人") == [household]
    assert find("隠沼") == []
    assert find("角の人 隠沼") == []


def test_where_one_may_not_know_them_to_belong_they_are_not_found(told: Told, find: Find) -> None:
    told(ONE, named("隠沼 一", ONE))
    known, hidden = lived(told, belongs(ONE)), lived(told, belongs(ONE, NURSE))
    assert find("隠沼") == [known]
    assert hidden != known


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_what_is_hidden_puts_nobody_first(told: Told, find: Find, limit: int) -> None:
    """The first is called 沼 by others alone; of what may be read, both only begin with it."""
    for person, name in ((ONE, "沼田"), (OTHER, "沼川"), (THIRD, "沼")):
        told(person, named(name, person))
    told(ONE, named("沼", ONE, NURSE), by=NURSE)
    first, second, whole = (lived(told, belongs(each)) for each in (ONE, OTHER, THIRD))
    assert find("沼", limit) == [whole, *sorted([first, second])]


def test_many_hidden_ones_neither_shorten_a_page_nor_end_it(told: Told, find: Find) -> None:
    known = []
    for number in range(130):
        person, by = uuid4(), SODAN if number % 40 == 0 else NURSE
        told(person, named("沼田", person, by), by=by)
        household = lived(told, belongs(person, by))
        known += [household] if by is SODAN else []
    assert find("沼田", 2) == sorted(known)


def test_many_that_are_met_better_by_what_is_hidden_come_after_the_others(
    told: Told, find: Find
) -> None:
    known: dict[str, list[UUID]] = {"沼": [], "沼田": []}
    for number in range(90):
        person, name = uuid4(), "沼" if number % 2 else "沼田"
        told(person, named(name, person))
        told(person, named("沼", person, NURSE), by=NURSE)
        known[name].append(lived(told, belongs(person)))
    assert find("沼", 20) == [*sorted(known["沼"]), *sorted(known["沼田"])]


def test_a_household_merged_away_is_found_where_its_case_is_kept(told: Told, find: Find) -> None:
    told(ONE, named("隠沼 一", ONE))
    source, target = lived(told, belongs(ONE)), lived(told)
    merged = {"source": source, "target": target, "persons": (), "agencies": ()}
    for household in (source, target):
        told(household, fact(HouseholdsMerged, **merged))
    assert find("隠沼") == [target]


def test_two_records_of_one_name_list_a_household_once(told: Told, find: Find) -> None:
    for person in (ONE, OTHER):
        told(person, named("隠沼 一", person))
    household = lived(told, belongs(ONE), belongs(OTHER))
    assert find("隠沼") == [household]
    assert find("誰でもない") == []
    assert find("") == []
