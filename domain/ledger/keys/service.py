"""The key service (鍵の管理): wraps keys under a key-encryption key that no database ever holds."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.failures import BrokenSeal, KeysUnavailable, UnsafeSettings
from domain.ledger.nonces import SIZE, drawn

_BITS = 256
_OTHERS = 0o077


class KeyService(Protocol):
    """Many keys in one call, for a service may be a device or another machine."""

    def names(self) -> list[str]:
        """The key-encryption keys there are, the newest last."""
        ...

    def wrap(self, kek: str, keys: Sequence[bytes]) -> list[bytes]: ...

    def unwrap(self, kek: str, wrapped: Sequence[bytes]) -> list[bytes]: ...

    def rotate(self) -> str:
        """Make a new key-encryption key; its name."""
        ...

    def destroy(self, kek: str) -> None:
        """Whatever only this one wrapped can never be opened again."""
        ...


class FileKeys:
    """One file per key-encryption key, for the account of the server alone (0600)."""

    def __init__(self, directory: Path, tenant: UUID) -> None:
        self._directory = directory / str(tenant)
        self._tenant = tenant.bytes
        self._read: dict[str, AESGCM] = {}

    def names(self) -> list[str]:
        if not self._directory.is_dir():
            return []
        found = (path.stem for path in self._directory.glob("*.key"))
        return sorted(filter(str.isdigit, found), key=int)

    def wrap(self, kek: str, keys: Sequence[bytes]) -> list[bytes]:
        cipher = self._cipher(kek)
        nonces = [drawn() for _ in keys]
        return [
            nonce + cipher.encrypt(nonce, key, self._tenant)
            for nonce, key in zip(nonces, keys, strict=True)
        ]

    def unwrap(self, kek: str, wrapped: Sequence[bytes]) -> list[bytes]:
        cipher = self._cipher(kek)
        try:
            return [cipher.decrypt(w[:SIZE], w[SIZE:], self._tenant) for w in wrapped]
        except InvalidTag:
            raise BrokenSeal from None

    def rotate(self) -> str:
        """On the disk before anything is wrapped with it."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = str(int(max(self.names(), key=int, default="0")) + 1)
        begun = self._directory / f"{name}.{uuid4().hex}"
        with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(AESGCM.generate_key(_BITS).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(begun, self._path(name))
        begun.unlink()
        for folder in (self._directory, self._directory.parent):
            _settle(folder)
        return name

    def destroy(self, kek: str) -> None:
        self._read.pop(kek, None)
        self._path(kek).unlink(missing_ok=True)
        _settle(self._directory)

    def _path(self, kek: str) -> Path:
        return self._directory / f"{kek}.key"

    def _cipher(self, kek: str) -> AESGCM:
        if not kek.isdigit():
            raise UnsafeSettings("a key-encryption key is named by its number")
        if kek not in self._read:
            self._read[kek] = AESGCM(self._secret(self._path(kek)))
        return self._read[kek]

    @staticmethod
    def _secret(path: Path) -> bytes:
        try:
            if path.stat().st_mode & _OTHERS:
                raise UnsafeSettings(f"{path} must be readable by its owner alone (chmod 600)")
            return bytes.fromhex(path.read_text("ascii"))
        except OSError as missing:
            raise KeysUnavailable(f"{path}: {missing.strerror}") from missing
        except ValueError:
            raise UnsafeSettings(f"{path} holds no key") from None


def _settle(folder: Path) -> None:
    """A file is there for good when its folder says so on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
