"""Acts (行為): what the staff of the small town may try at any time, likely or not."""

from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

from domain.ledger import Ledger
from tests.laws.acts import consenting, meeting, people, record, sharing, support
from tests.laws.town import Town

Act = Callable[[Town], None]
Step = tuple[Act, int]

ACTS: tuple[Act, ...] = (
    *people.ACTS,
    *record.ACTS,
    *consenting.ACTS,
    *sharing.ACTS,
    *meeting.ACTS,
    *support.ACTS,
)


def steps(*more: Act, least: int = 1, most: int = 30) -> st.SearchStrategy[list[Step]]:
    """Acts in any order, those named more often, each with the seed of its own choices."""
    step = st.tuples(st.sampled_from((*ACTS, *more * 3)), st.integers(0, 2**32))
    sizes = st.integers(least, most)
    return sizes.flatmap(lambda size: st.lists(step, min_size=size, max_size=size))


def lived(steps: Sequence[Step], ledger: Ledger | None = None, name: str = "town") -> Town:
    """The town after it has lived through the steps, the first family's arrival before them."""
    town = Town(name=name) if ledger is None else Town(ledger, name)
    town.chance = Random(0)
    people.take_in_family(town)
    for act, seed in steps:
        take(town, act, seed)
    return town


def take(town: Town, act: Act, seed: int) -> None:
    town.chance = Random(seed)
    town.pass_days(4)
    act(town)
