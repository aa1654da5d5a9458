"""Folding: a household of 1,000 facts from the store against `repository.get` of as many."""

import time
from contextlib import closing
from datetime import UTC, datetime
from statistics import median
from uuid import UUID, uuid4

from domain.household import Household
from domain.ledger import Stream
from tests.bench import library, visits
from tests.bench.figures import Figure, less, middle, pairs, ratio
from tests.bench.ground import Ground

_FACTS = 1000
_EACH = 7


def measure(ground: Ground) -> list[Figure]:
    with (
        ground.ledger(ground.database()) as ledger,
        closing(library.Households(env=library.environment(ground.bare()))) as app,
    ):
        home = visits.opened(ledger, ground.profile)
        visits.lived(ledger, ground.profile, home, _FACTS)
        household = lived(app, home.person, _FACTS)
        stream = Stream(Household, home.household)

        def ours() -> float:
            ledger.states.forget([(stream.state, stream.id)])
            begun = time.perf_counter()
            ledger.recall(stream)
            return time.perf_counter() - begun

        def theirs() -> float:
            begun = time.perf_counter()
            app.repository.get(household.id)
            return time.perf_counter() - begun

        found = pairs(
            lambda: 1000 * median(ours() for _ in range(_EACH)),
            lambda: 1000 * median(theirs() for _ in range(_EACH)),
        )
    name = f"fold {_FACTS:,} facts: ledger / repository.get"
    return [less(name, ratio(found), "×", round(1 / 3, 3), f"{middle(found)} ms")]


def lived(app: library.Households, person: UUID, facts: int) -> library.Household:
    """The same life as the library's aggregate; it hangs when a megabyte is saved at once."""
    author = visits.AUTHOR.model_dump(mode="json")
    household = library.Household(label=visits.label(), author=author)
    day = datetime.now(UTC).date().isoformat()
    told = [visits.paragraph(person)]
    own = (visits.label(), author)
    for number in range(facts // 4):
        household.attempt_outreach(uuid4(), person, "visit", day, told, *own)
        household.make_contact(uuid4(), person, "visit", True, False, day, told, *own)  # noqa: FBT003
        household.use_entry_service(person, "gathering", day, told, *own)
        household.keep_note(uuid4(), visits.TEXT, day, day, *own)
        if number % 5 == 0:
            app.save(household)
    app.save(household)
    return household
