"""A small invented city in memory, with a year that was closed and corrected afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from api.profiles import load_profile
from domain.correction import CorrectFact, History, correct_fact
from domain.events.intake import ConsultationReceived
from domain.events.support import ContactMade
from domain.household import Household
from domain.ledger import Decision, Ledger, Recorded, Stream, ledger_in_memory
from domain.profile import Profile
from domain.recorded import effective
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Personal
from replays.loading.lines import every_line, request_of
from replays.synthesis import synthesize

_AFTER = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class City:
    ledger: Ledger
    profile: Profile
    closed: int
    """Where the log stood before anything was corrected."""

    def told(self, position: int) -> Iterator[Recorded]:
        """Every fact as it read when the log stood there."""
        streams: dict[UUID, list[Recorded]] = {}
        for recorded in self.ledger.read(0, position):
            streams.setdefault(recorded.stream, []).append(recorded)
        for history in streams.values():
            yield from effective(history)


@cache
def city(households: int = 200, profile: str = "ashiya") -> City:
    ledger, given = ledger_in_memory(demonstration=True), load_profile(profile)
    with TemporaryDirectory() as directory:
        manifest = synthesize(given, households, 7, Path(directory) / "city", lambda _: None)
        for line in every_line(Path(directory) / "city", manifest):
            ledger.record_now(request_of(line, given))
    made = City(ledger, given, ledger.head())
    correct(made, Random(7))
    return made


def correct(made: City, chance: Random) -> None:
    """Months later some facts are corrected, and some are taken back."""
    facts = made.ledger.read(0, made.closed)
    of_intake = [each for each in facts if isinstance(each.fact, ConsultationReceived)]
    of_outreach = [each for each in facts if isinstance(each.fact, ContactMade)]
    changed = [_corrected(made, each, {"route": "other"}) for each in chance.sample(of_intake, 20)]
    changed += [_corrected(made, each, None) for each in chance.sample(of_intake, 20)]
    changed += [_corrected(made, each, None) for each in chance.sample(of_outreach, 5)]
    assert sum(changed) > 20


def _corrected(made: City, recorded: Recorded, changes: dict[str, Any] | None) -> bool:
    command = CorrectFact(reason=Personal("書き誤り"), changes=changes, void=changes is None)
    at: datetime = made.ledger.log.last_recorded_at() + _AFTER
    stamp = Stamp(recorded.author, at, UUID(int=recorded.position), made.profile)
    streams = Stream(Household, recorded.stream), Stream(History, recorded.stream)
    decide: Decision = correct_fact
    decide = partial(decide, version=recorded.version)
    try:
        made.ledger.record(decide, command, stamp, *streams)
    except Refused:
        return False
    return True


def of(facts: Iterable[Recorded], *kinds: type) -> list[Recorded]:
    return [each for each in facts if isinstance(each.fact, kinds)]
