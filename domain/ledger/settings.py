"""Settings (設定): where the ledger is kept, and how many may use it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.ledger.server import beside, database, embedded

EMBEDDED = Path(".setai/pg")
KEYS = Path(".setai/keys")
BESIDE = "_keys"
"""The database of the keys has the ledger's name, with this behind it."""


@dataclass(frozen=True, slots=True)
class Settings:
    url: str
    pool_size: int = 8
    timeout: float = 5.0
    states: int = 500
    keys_url: str | None = None
    keys: Path = KEYS

    @property
    def keys_at(self) -> str:
        """The database of the keys: one of the same server where no other is named."""
        return self.keys_url or beside(self.url, BESIDE)

    @classmethod
    def of(cls, environment: Mapping[str, str], directory: Path = EMBEDDED) -> "Settings":
        """SETAI_DATABASE_URL names a real server; without it the embedded one is started."""
        url = environment.get("SETAI_DATABASE_URL") or database(embedded(directory), "setai")
        return cls(
            url,
            pool_size=int(environment.get("SETAI_POOL_SIZE", "8")),
            timeout=float(environment.get("SETAI_DATABASE_TIMEOUT", "5")),
            states=int(environment.get("SETAI_STATES_KEPT", "500")),
            keys_url=environment.get("SETAI_KEYS_URL"),
        )
