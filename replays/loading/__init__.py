"""読み込み: a synthetic city goes through the decisions into an empty demonstration, once."""

import marshal
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from domain.ledger import Ledger
from domain.profile import Profile
from replays.loading.hand import AT_ONCE, Opening, unpacked, work
from replays.loading.lines import Manifest, NotLoadable, command_id, every_line, read_manifest

__all__ = [
    "AnotherHistory",
    "HandLost",
    "NotLoadable",
    "RefusedWhileLoading",
    "load",
    "read_manifest",
]
Progress = Callable[[int, int], None]
"""How many commands of how many are recorded."""
Handed = Queue[bytes | None]
HANDS = min(max(len(os.sched_getaffinity(0)), 2), 4)
"""One per processor: two are worth their start on any machine, and more than four hand in sooner
than one can write down.
"""
_AHEAD = 8


class RefusedWhileLoading(NotLoadable):
    """控えを書いたあとで決まりが変わったか、控えの内容が変わっています。"""


class HandLost(NotLoadable):
    """読み込みの途中で処理が止まりました。もう一度実行すると、続きから読み込みます。"""


class AnotherHistory(NotLoadable):
    """この台帳にはほかの記録が入っています。空のデモ用の台帳に読み込んでください。"""


def load(opening: Opening, profile: Profile, directory: Path, progress: Progress) -> int:
    """How many facts were recorded now; begun before, it goes on where it was.

    Only a demonstration can be loaded: elsewhere the moments the commands name would be refused.
    """
    manifest = read_manifest(directory)
    if manifest["profile"] != profile.id:
        raise NotLoadable(f"{manifest['profile']} の控えです。設定は {profile.id} です。")
    ledger = opening()
    try:
        if not ledger.demonstration:
            raise NotLoadable("デモ用の台帳にだけ読み込めます。")
        done, before = _recorded_before(ledger, directory, manifest), ledger.head()
        if done == 0 and before:
            raise AnotherHistory
        _record(ledger, done, manifest, progress, (directory, manifest, profile, opening))
        return ledger.head() - before
    finally:
        ledger.close()


def _recorded_before(ledger: Ledger, directory: Path, manifest: Manifest) -> int:
    """How many commands an earlier run recorded: whole chunks, from the first on."""
    lines = every_line(directory, manifest)
    done = 0
    while chunk := list(islice(lines, AT_ONCE)):
        if ledger.log.command(command_id(chunk[-1])) is None:
            break
        done += len(chunk)
    return done


def _record(
    ledger: Ledger, done: int, manifest: Manifest, progress: Progress, told: tuple[Any, ...]
) -> None:
    total = manifest["commands"]
    progress(done, total)
    with _hands(done, told) as hands:
        while done < total:
            handed = [_next(hand) for hand in hands]
            for each in handed:
                if isinstance(each, tuple):
                    raise RefusedWhileLoading(_where(done, each, told))
            if ledger.log.append(unpacked(handed)).overtaken:
                raise AnotherHistory
            done += handed[0]["lines"]
            progress(done, total)


def _next(hand: Handed) -> Any:
    made = hand.get()
    if made is None:
        raise HandLost
    return marshal.loads(made)  # noqa: S302 - from our own process


def _where(done: int, stopped: tuple[int, str, str], told: tuple[Any, ...]) -> str:
    place, code, details = stopped
    directory, manifest, *_ = told
    line = next(islice(every_line(directory, manifest), done + place, None)).decode()
    return f"{done + place + 1}番目の行為: {code} {details}\n{line[:400]}"


@contextmanager
def _hands(skip: int, told: tuple[Any, ...]) -> Iterator[list[Handed]]:
    """The processes that decide, and what they have handed in: a few chunks ahead at most."""
    context = get_context("spawn")
    handed: list[Handed] = []
    processes = []
    for mine in range(HANDS):
        receives, sends = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(mine, HANDS, skip, *told, sends), daemon=True)
        process.start()
        sends.close()
        queue: Handed = Queue(_AHEAD)
        Thread(target=_receive, args=(receives, queue), daemon=True).start()
        handed.append(queue)
        processes.append(process)
    try:
        yield handed
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _receive(pipe: Connection, queue: Handed) -> None:
    """Until the hand has nothing more; None says so."""
    with pipe, suppress(EOFError, OSError):
        while True:
            queue.put(pipe.recv_bytes())
    queue.put(None)
