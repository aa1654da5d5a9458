"""五つの自治体の物語: demo data, acceptance test and examples of the API, over HTTP alone."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from replays.stories.ashiya import ASHIYA
from replays.stories.kakamigahara import KAKAMIGAHARA
from replays.stories.komaki import KOMAKI
from replays.stories.koshu import KOSHU
from replays.stories.project_team_city import PROJECT_TEAM_CITY
from replays.stories.telling import Story, filled, names, shape

STORIES: Mapping[str, Story] = {
    story.key: story for story in (KOSHU, KOMAKI, PROJECT_TEAM_CITY, ASHIYA, KAKAMIGAHARA)
}
_ISSUER = "https://issuer.example/"


class Examples(Mapping[tuple[str, str], Any]):
    """見本: the body of each operation as a story first used it, by the shape of its path."""

    def __init__(self, bodies: Mapping[tuple[str, str], Any]) -> None:
        self._bodies = dict(bodies)

    def __getitem__(self, operation: tuple[str, str]) -> Any:
        method, path = operation
        return self._bodies[method, shape(path)]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)


def examples() -> Examples:
    """The first step that succeeds, for every write that some story makes."""
    found: dict[tuple[str, str], Any] = {}
    for story in STORIES.values():
        for step in story.all_steps:
            if step.body is not None and not step.refused:
                found.setdefault(step.operation, _shown(step.body))
    return Examples(found)


def _shown(body: Mapping[str, Any]) -> Any:
    """Ids that a story learns on its way are invented here, the same in every document."""
    known: dict[str, Any] = {}
    for name in names(body):
        known[name] = 3 if name.endswith(".version") else str(uuid5(NAMESPACE_URL, name))
    return filled(body, known | {"issuer": _ISSUER})
