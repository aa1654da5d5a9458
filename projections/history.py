"""The history as it reads today: corrections in place. Labels that were changed stay as they were
written; the gate reads them with every change since.
"""

from collections.abc import Sequence

from domain.events import Fact
from domain.recorded import Recorded, effective, is_correction


def rewrites(fact: Fact) -> bool:
    """Whether earlier facts of the stream read otherwise from here on."""
    return is_correction(fact)


def as_it_reads(history: Sequence[Recorded]) -> list[Recorded]:
    """What a projection is told of one stream; without corrections, the history itself."""
    return effective(history)
