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
from replays.synthesis.staff_office import StaffOffice
from replays.synthesis.writing import FORMAT, MANIFEST, Months, write_manifest

__all__ = ["FORMAT", "MANIFEST", "synthesize"]
Progress = Callable[[int], None]


def synthesize(
    profile: Profile, households: int, seed: int, directory: Path, progress: Progress
) -> dict[str, Any]:
    """Write the city into an empty directory; `progress` hears how many households are done."""
    if directory.exists() and any(directory.iterdir()):
        raise FileExistsError(directory)
    city, months, acts = City(profile, seed, households), Months(directory), Counter[str]()

    def keep(lines: Iterable[Line]) -> None:
        kept = list(lines)
        acts.update(line.told["act"] for line in kept)
        months.add(kept)

    for done, lines in _households(city):
        keep(lines)
        progress(done)
    office = StaffOffice(city)
    for lines in (office.lines(), office.handovers(), sittings.held(city), community.told(city)):
        keep(lines)
    files = list(months.sorted())
    manifest = {
        "format": FORMAT,
        "fictional": "すべて架空です。実在の人・住所・電話番号ではありません。",
        "profile": profile.id,
        "seed": seed,
        "households": households,
        "first_day": city.first.isoformat(),
        "last_day": city.calendar.last.isoformat(),
        "staff": len(city.roster.staff),
        "commands": acts.total(),
        "acts": dict(sorted(acts.items())),
        "files": files,
    }
    write_manifest(directory, manifest)
    return manifest


def _households(city: City) -> Iterator[tuple[int, list[Line]]]:
    number = 1
    while number <= city.households:
        life = life_of(city, number, city.households - number + 1)
        lines = lived(city, number, life)
        number += life.households
        yield number - 1, lines
