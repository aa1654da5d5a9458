"""An invented city lived through in memory, one act after the other."""

from pathlib import Path

from api.profiles import load_profile
from domain.ledger import Ledger, ledger_in_memory
from replays.loading.lines import every_line, request_of
from replays.synthesis import synthesize


def lived(directory: Path, households: int, name: str = "ashiya") -> Ledger:
    profile = load_profile(name)
    manifest = synthesize(profile, households, 7, directory, lambda _: None)
    ledger = ledger_in_memory(demonstration=True)
    for line in every_line(directory, manifest):
        ledger.record_now(request_of(line, profile))
    return ledger
