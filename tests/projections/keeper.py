"""Whoever follows the 閲覧簿, in a process of its own, for tests that kill it."""

import sys

from api.serving import bookkeeper


def main(url: str, book: str) -> None:
    with bookkeeper(url, book) as runner:
        runner.batch, runner.poll = 7, 0.2
        runner.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
