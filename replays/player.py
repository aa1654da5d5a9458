"""物語の上演: a story played over HTTP alone, told as it goes, exactly once however often."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import httpx
from rich.console import Console

from replays.epilogue import show
from replays.stories.telling import Step, Story, filled

Token = Callable[[str], str]
_OK = (200, 201)
_LONGEST, _TRIES, _PAUSE = 600, 10, 0.5


class StoryFailed(Exception):
    """物語が途中で止まりました。"""

    def __init__(self, step: Step, answer: httpx.Response) -> None:
        self.step, self.answer = step, answer
        asked = f"{step.method} {answer.request.url.path}"
        met = f"{answer.status_code} {answer.text[:_LONGEST]}"
        hoped = step.refused or step.status
        super().__init__(
            f"{step.at:%Y-%m-%d %H:%M} {step.by}「{step.says}」 {asked}: {hoped} → {met}"
        )


@dataclass(slots=True)
class Playing:
    """上演中の物語: what is known so far under the names the steps use, and the first answer to
    each kind of reading.
    """

    story: Story
    http: httpx.Client
    token: Token
    known: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False
    heard: dict[tuple[str, str], Any] = field(default_factory=dict)

    def step(self, number: int, step: Step) -> httpx.Response | None:
        """None where a refusal was already met when the story was first played."""
        if step.refused and self.repeated:
            return None
        answer = self._send(number, step)
        if step.refused:
            self._must_be_refused(step, answer)
        elif answer.status_code not in _OK or not (self.repeated or _sees(step, answer)):
            raise StoryFailed(step, answer)
        elif step.method == "POST":
            self._learn(step, answer)
        else:
            self.heard.setdefault(step.operation, answer.json())
            self._remember(step, answer)
        return answer

    def _send(self, number: int, step: Step) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self.token(step.by)}",
            "Setai-Demo-Clock": step.at.isoformat(),
        }
        if step.method == "GET":
            headers["Setai-Purpose"] = step.purpose or "consultation"
            path = self._up_to_date(filled(step.path, self.known))
            return _patiently(lambda: self.http.get(path, headers=headers))
        headers["Idempotency-Key"] = str(self.story.command_id(number, step))
        path, body = filled(step.path, self.known), filled(step.body, self.known)
        return _patiently(lambda: self.http.post(path, headers=headers, json=body))

    def read(self, who: str, path: str, purpose: str) -> Any:
        """What somebody sees when the story is over; None where nothing is shown."""
        headers = {
            "Authorization": f"Bearer {self.token(who)}",
            "Setai-Demo-Clock": self.story.all_steps[-1].at.isoformat(),
            "Setai-Purpose": purpose,
        }
        answer = _patiently(lambda: self.http.get(self._up_to_date(path), headers=headers))
        return answer.json() if answer.status_code == _OK[0] else None

    def _up_to_date(self, path: str) -> str:
        """With everything that the story has recorded so far."""
        joined = "&" if "?" in path else "?"
        return f"{path}{joined}after={self.known['position']}"

    def _learn(self, step: Step, answer: httpx.Response) -> None:
        told = answer.json()
        self.repeated = "Setai-Repeated" in answer.headers
        if told["position"]:
            self.known["position"] = told["position"]
        for name, part in step.keep.items():
            self.known[name] = told["id"] if part == "id" else told["ids"][part]
            self.known[f"{name}.version"] = told["fact"]

    def _remember(self, step: Step, answer: httpx.Response) -> None:
        """Where a record stands that was read about: its stream, and its version."""
        for name, path in step.keep.items():
            found: Any = answer.json()
            for part in path.split("."):
                found = found[int(part)] if isinstance(found, list) else found[part]
            self.known[name] = found["stream"]
            self.known[f"{name}.version"] = found["version"]

    @staticmethod
    def _must_be_refused(step: Step, answer: httpx.Response) -> None:
        problem = answer.json()
        code = str(problem.get("type", "")).rpartition("/")[2].rpartition(":")[2]
        if answer.status_code != step.status or code != step.refused:
            raise StoryFailed(step, answer)


def _sees(step: Step, answer: httpx.Response) -> bool:
    """What the scene is about, and nothing that is over or not theirs."""
    seen = all(words in answer.text for words in step.shows)
    return seen and not any(words in answer.text for words in step.hides)


def _patiently(send: Callable[[], httpx.Response]) -> httpx.Response:
    """Sent again while the server asks to wait: a command has its id, a reading does no harm."""
    answer = send()
    for _ in range(_TRIES):
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(_PAUSE)
        answer = send()
    return answer


def play(
    story: Story,
    http: httpx.Client,
    token: Token,
    *,
    issuer: str,
    console: Console | None = None,
) -> Playing:
    """All that the story came to know; raises StoryFailed at the first wrong answer."""
    console = console or Console(quiet=True)
    playing = Playing(story, http, token, {"issuer": issuer})
    console.print(f"\n[bold]{story.title}[/bold]")
    for quiet, steps in groupby(enumerate(story.all_steps), key=lambda each: each[1].quiet):
        if quiet:
            _play_quietly(playing, list(steps), console)
            continue
        for number, step in steps:
            _tell(step, playing.step(number, step), story, console)
    show(story, playing.known, playing.read, console)
    return playing


def _play_quietly(playing: Playing, steps: list[tuple[int, Step]], console: Console) -> None:
    """会議の段取りなど: played one by one, told in one line."""
    for number, step in steps:
        playing.step(number, step)
    first = steps[0][1]
    console.print(f"[dim]{first.at:%Y-%m-%d %H:%M}  （{first.quiet}: {len(steps)}件）[/dim]")


def _tell(step: Step, answer: httpx.Response | None, story: Story, console: Console) -> None:
    name = next((p.name for p in story.cast if p.key == step.by), story.administrator.name)
    console.print(
        f"[dim]{step.at:%Y-%m-%d %H:%M}[/dim]  [cyan]{name}[/cyan]  {step.says}", soft_wrap=True
    )
    if step.refused and answer is not None:
        problem = answer.json()
        told = f"    [yellow]断り[/yellow] {problem['title']} [dim]{step.refused}[/dim]"
        console.print(told, soft_wrap=True)
