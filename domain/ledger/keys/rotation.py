"""Rotation (鍵の切替え): a new key-encryption key, every key wrapped anew, while work goes on."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from domain.ledger.keys.service import KeyService
from domain.ledger.keys.store import KeyStore

_AT_ONCE = 1000
Progress = Callable[[int, int], None]
"""How many keys of how many are wrapped anew."""


class KeyStatus(NamedTuple):
    """`wrapped` counts keys by what wraps them; `idle` wrap nothing any more."""

    current: str
    wrapped: Mapping[str, int]
    idle: list[str]


def status(store: KeyStore, service: KeyService) -> KeyStatus:
    current, wrapped = store.current() or "0", store.counts()
    idle = [name for name in service.names() if name != current and name not in wrapped]
    return KeyStatus(current, wrapped, idle)


def rotate(store: KeyStore, service: KeyService, progress: Progress) -> KeyStatus:
    """Broken off, the next one goes on where it stopped before it makes another."""
    with store.alone():
        now = status(store, service)
        unfinished = now.wrapped.keys() - {now.current}
        if not unfinished:
            newer = [name for name in now.idle if int(name) > int(now.current)]
            store.use(newer[-1] if newer else service.rotate())
        _rewrap(store, service, progress)
        return status(store, service)


def _rewrap(store: KeyStore, service: KeyService, progress: Progress) -> None:
    kek = status(store, service).current
    total = sum(count for name, count in store.counts().items() if name != kek)
    done = last = 0
    while found := store.wrapped_otherwise(kek, last, _AT_ONCE):
        for old in {each.kek for each in found}:
            own = [each for each in found if each.kek == old]
            secrets = service.unwrap(old, [each.key for each in own])
            again = service.wrap(kek, secrets)
            pairs = [(each.id, wrapped) for each, wrapped in zip(own, again, strict=True)]
            store.rewrap(kek, pairs)
        done, last = done + len(found), found[-1].id
        progress(done, total)


def drop_idle(store: KeyStore, service: KeyService) -> list[str]:
    """Destroy what wraps nothing any more: older copies of the store open nothing from then on."""
    with store.alone():
        gone = status(store, service).idle
        for kek in gone:
            service.destroy(kek)
        return gone
