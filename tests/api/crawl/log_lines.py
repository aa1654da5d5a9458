"""The lines of the log, whatever another test has configured in this process before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.testing import capture_logs

from api import edge, issuer, names


@contextmanager
def log_lines() -> Iterator[list[Any]]:
    """A logger that was used once keeps to what was configured then; these forget it."""
    structlog.reset_defaults()
    for log in (edge.log, issuer.log, names.log):
        vars(log).pop("bind", None)
    with capture_logs() as lines:
        yield lines
