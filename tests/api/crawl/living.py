"""暮らし: how a household that was drawn comes about in the town, as far as the acts allow."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from tests.api.crawl.lives import PERSONS, Life
from tests.api.crawl.openings import Around, Said
from tests.api.crawl.people import Acts
from tests.api.crawl.tale import WORDS

Step = Callable[[], None]


class Living:
    """`said` and `around` tell what came about: what was `refused` did not. `held` are the ids of
    what was made, by where it was; `numbers` those of the facts.
    """

    def __init__(self, acts: Acts, life: Life) -> None:
        self.acts, self.life = acts, life
        self.said: list[Said] = []
        self.refused: list[str] = []
        self.around = Around(tomorrow=life.tomorrow)
        self.names = {person: self.text(f"name {person}") for person in PERSONS}
        persons = [{"nickname": self.names[name], "relation": name} for name in PERSONS]
        taken = acts("/intakes", {"persons": persons, "route": "neighbour", "consulter": "family"})
        self.ids = {name: taken["ids"][f"person-{n}"] for n, name in enumerate(PERSONS)}
        self.homes: list[str] = [taken["id"]]
        self.held: dict[str, list[str]] = defaultdict(list, persons=[*self.ids.values()])
        self.held["households"] = self.homes
        self.numbers: list[int] = [taken["fact"]]
        self.wrote = {"tanaka"}
        self.addressed: set[str] = set()

    @property
    def path(self) -> str:
        return f"/households/{self.homes[0]}"

    def text(self, name: str) -> str:
        number = uuid5(UUID(int=2), f"{self.acts.name} {name}").hex[:12]
        return f"{WORDS[int(number, 16) % len(WORDS)]}-{number}"

    def persons(self, names: tuple[str, ...]) -> list[str]:
        return [self.ids[name] for name in names]

    def tries(self, path: str, body: Mapping[str, Any], staff: str = "tanaka") -> dict[str, Any]:
        """Nothing where it is refused."""
        answered = self.acts.tried(f"{self.path}{path}", body, staff)
        assert answered.status_code < 500, answered.text
        if answered.status_code not in (200, 201):
            self.refused.append(f"{path} {answered.text}")
            return {}
        told: dict[str, Any] = answered.json()
        self.acts.position = told["position"] or self.acts.position
        self.wrote.add(staff)
        self.addressed |= {body["to_agency"]} if "to_agency" in body else set()
        self.held[path.rpartition("/")[2]].append(told["id"])
        self.numbers += [told["fact"]] if told["fact"] else []
        return told
