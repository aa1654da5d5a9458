"""五つの自治体の物語: demo data, acceptance test and examples of the API, over HTTP alone."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from replays.stories.answers import NUMBER, kept
from replays.stories.ashiya import ASHIYA
from replays.stories.kakamigahara import KAKAMIGAHARA
from replays.stories.komaki import KOMAKI
from replays.stories.koshu import KOSHU
from replays.stories.project_team_city import PROJECT_TEAM_CITY
from replays.stories.telling import Step, Story, filled, names, shape

STORIES: Mapping[str, Story] = {
    story.key: story for story in (KOSHU, KOMAKI, PROJECT_TEAM_CITY, ASHIYA, KAKAMIGAHARA)
}
_ISSUER = "https://issuer.example/"


class Examples(Mapping[tuple[str, str], Any]):
    """見本: what a story first sent to each write, and what it was first answered by each reading,
    by the shape of their paths.
    """

    def __init__(self, found: Mapping[tuple[str, str], Any]) -> None:
        self._found = dict(found)

    def __getitem__(self, operation: tuple[str, str]) -> Any:
        method, path = operation
        return self._found[method, shape(path)]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def firsts() -> dict[tuple[str, str], tuple[Story, Step]]:
    """The first step that succeeds, for every operation that some story uses."""
    found: dict[tuple[str, str], tuple[Story, Step]] = {}
    for story in STORIES.values():
        for step in story.all_steps:
            if not step.refused:
                found.setdefault(step.operation, (story, step))
    return found


def examples() -> Examples:
    steps = {operation: step for operation, (_, step) in firsts().items()}
    bodies = {op: _shown(step.body) for op, step in steps.items() if step.body is not None}
    answers = {("GET", path): answer for path, answer in kept().items()}
    return Examples({**bodies, **answers})


def _shown(body: Mapping[str, Any]) -> Any:
    """Ids that a story learns on its way are invented here, the same in every document."""
    known: dict[str, Any] = {}
    for name in names(body):
        known[name] = NUMBER if name.endswith(".version") else str(uuid5(NAMESPACE_URL, name))
    return filled(body, known | {"issuer": _ISSUER})
