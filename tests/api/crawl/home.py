"""世帯: what lives the same life in two towns."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.api.crawl.people import Acts


@dataclass
class Home:
    """A household that lives the same life in both towns, its ids and its facts by name."""

    acts: Acts
    ids: dict[str, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    before: str = ""
    after: str = ""
    """The moments between which it happened, or did not."""

    @property
    def path(self) -> str:
        return f"/households/{self.ids['household']}"

    def does(self, name: str, path: str, body: Any, staff: str = "tanaka") -> None:
        told = self.acts(f"{self.path}{path}", body, staff)
        self.ids[name] = told["id"]
        if told["fact"]:
            self.facts[name] = told["fact"]

    def files(self, name: str, **more: Any) -> None:
        """書類を添付する。"""
        scan = {"media_type": "application/pdf", "content": "JVBERi0gCg=="}
        self.does(
            name, "/attachments", {"kind": "attachment-kinds-1", "title": "書類", **scan, **more}
        )

    def consulted(self, name: str, staff: str = "tanaka", **more: Any) -> None:
        body = {"route": "visit", "consulter": "self", "person": self.ids["mother"]}
        self.does(name, "/consultations", {**body, "narrative": name, **more}, staff)
