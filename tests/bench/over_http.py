"""Over HTTP: one server process and callers in another, on this machine's loopback alone."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from typing import Any, NamedTuple

from tests.bench.ground import DIRECTORY

CLIENTS = 16
_PATIENCE = 60


class Serving(NamedTuple):
    port: int
    pid: int

    @property
    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


@contextmanager
def served(url: str) -> Iterator[Serving]:
    """A server of that database, or of nothing; its log goes to a file, as it would in service."""
    port = DIRECTORY / "port"
    port.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.bench.serve", url, str(DIRECTORY), str(port)]
    with (DIRECTORY / "server.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield _answering(process.pid, port)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _answering(pid: int, port: Path) -> Serving:
    """Once it answers at all; what it answers is another matter."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            serving = Serving(int(port.read_text("utf-8")), pid)
            with create_connection(("127.0.0.1", serving.port), timeout=1):
                return serving
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def request(method: str, path: str, headers: Mapping[str, str], body: object = None) -> str:
    """The words of one request; `{key}` in it is new each time."""
    told = "" if body is None else json.dumps(body)
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(told.encode())}", "", told])


def called(serving: Serving, clients: list[list[str]], seconds: float) -> dict[str, Any]:
    """What the callers saw: their rate, how long each answer took, the statuses."""
    told = json.dumps({"port": serving.port, "clients": clients, "seconds": seconds})
    command = [sys.executable, "-m", "tests.bench.callers"]
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, check=True, timeout=_PATIENCE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    wrong = set(found["statuses"]) - {"200", "201"}
    if wrong:
        raise RuntimeError(f"unexpected answers: {found['statuses']}")
    return found
