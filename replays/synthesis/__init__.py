"""架空のまち: a whole invented municipality over about two years, the same bytes everywhere.

Everything in it is made up: nobody, no address and no telephone number exists.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from domain.profile import Profile
from replays.synthesis import community, sittings
from replays.synthesis.city import City
from replays.synthesis.diary import Line
from replays.synthesis.lives import life_of, lived
from replays.synthesis.reading_habits import Known, ReadingYear, Year
from replays.synthesis.reading_habits.files import write_reads
from replays.synthesis.staff_office import StaffOffice
from replays.synthesis.truth import TruthFile
from replays.synthesis.writing import FORMAT, MANIFEST, Months, read_manifest, write_manifest

__all__ = ["FORMAT", "MANIFEST", "NotEmpty", "every_household", "synthesize"]
Progress = Callable[[int], None]


class NotEmpty(Exception):
    """書き出すフォルダーが空ではありません。"""


def synthesize(
    profile: Profile, households: int, seed: int, directory: Path, progress: Progress
) -> dict[str, Any]:
    """Write the city into an empty directory; `progress` hears how many households are done."""
    if directory.exists() and any(directory.iterdir()):
        raise NotEmpty(f"{directory}: {NotEmpty.__doc__}")
    city, months, acts = City(profile, seed, households), Months(directory), Counter[str]()
    known, truth = Known(), TruthFile(directory)

    def keep(lines: Iterable[Line]) -> None:
        kept = list(lines)
        acts.update(line.told["act"] for line in kept)
        months.add(kept)

    for done, lines in every_household(city):
        keep(lines)
        known.hear(lines)
        truth.hear(lines)
        progress(done)
    office, held = StaffOffice(city), list(sittings.held(city))
    for of_all in (office.lines(), office.handovers(), held, community.told(city)):
        keep(of_all)
    manifest = {**_told(city), "commands": acts.total(), "acts": dict(sorted(acts.items()))}
    read = write_reads(ReadingYear(Year(city, known, held)), directory)
    manifest["truth"] = truth.close()
    write_manifest(directory, {**manifest, "files": list(months.sorted()), "read": read})
    return read_manifest(directory)


def _told(city: City) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "fictional": "すべて架空です。実在の人・住所・電話番号ではありません。",
        "profile": city.profile.id,
        "seed": city.seed,
        "households": city.households,
        "first_day": city.first.isoformat(),
        "last_day": city.calendar.last.isoformat(),
        "staff": len(city.roster.staff),
    }


def every_household(city: City) -> Iterator[tuple[int, list[Line]]]:
    """What is done for each, and how many households that makes so far."""
    number = 1
    while number <= city.households:
        life = life_of(city, number, city.households - number + 1)
        lines = lived(city, number, life)
        number += life.households
        yield number - 1, lines
