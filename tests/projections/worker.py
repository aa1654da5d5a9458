"""A projector in a process of its own, for tests that kill it."""

import sys

from domain.ledger import PROJECTOR, Settings, open_datastore, open_ledger
from projections.every import PROJECTIONS
from projections.runner import Runner


def main(url: str, batch: int) -> None:
    settings = Settings(url, pool_size=3)
    ledger = open_ledger(settings, role=PROJECTOR)
    runner = Runner(open_datastore(settings, PROJECTOR), ledger, PROJECTIONS, batch=batch, poll=0.2)
    runner.prepare()
    runner.run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
