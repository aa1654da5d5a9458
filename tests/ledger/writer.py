"""A process that records visits and says so on its standard output, to be killed at any moment."""

import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from domain.ledger import Settings, open_ledger
from tests.ledger.given import Visit, new, stamp, visit


def main(url: str) -> None:
    ledger = open_ledger(Settings(url))

    def write(_: int) -> None:
        while True:
            command, home = uuid4(), uuid4()
            _say("asked", command, home)
            ledger.record(visit, Visit(times=3), stamp(command), new(home))
            _say("told", command, home)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))


def _say(what: str, command: UUID, home: UUID) -> None:
    """One line in one call, so that a kill never leaves half of what was told unsaid."""
    sys.stdout.write(f"{what} {command} {home}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
