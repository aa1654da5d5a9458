"""Schemas (置き場所): what each database of ours holds, who works in it, how it comes about."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

OWNER = "setai_owner"


@dataclass(frozen=True)
class Schema:
    """`logs` are the tables that nobody rewrites; `more` is what has to be there before them."""

    name: str
    roles: tuple[str, ...]
    logs: tuple[str, ...]
    more: str = ""

    @cached_property
    def migrations(self) -> list[Traversable]:
        found = files("domain.ledger").joinpath("migrations", self.name).iterdir()
        return sorted(found, key=lambda entry: entry.name)

    @property
    def latest(self) -> str:
        return self.migrations[-1].name.removesuffix(".sql")

    @property
    def foundation(self) -> str:
        return f"""
            CREATE SCHEMA IF NOT EXISTS {self.name} AUTHORIZATION {OWNER};
            CREATE TABLE IF NOT EXISTS {self.name}.meta (key text PRIMARY KEY, value text NOT NULL);
            ALTER TABLE {self.name}.meta OWNER TO {OWNER};
            {self.more}
        """


_PROJECTIONS = """
    CREATE SCHEMA IF NOT EXISTS projections AUTHORIZATION setai_projector;
    GRANT USAGE ON SCHEMA projections TO setai_api;
    ALTER DEFAULT PRIVILEGES FOR ROLE setai_projector IN SCHEMA projections
        GRANT SELECT ON TABLES TO setai_api;
"""
LEDGER = Schema(
    "ledger",
    (OWNER, "setai_api", "setai_projector"),
    ("facts", "commands", "refusals", "meta"),
    _PROJECTIONS,
)
RECEIPTS = Schema(
    "receipts",
    (OWNER, "setai_reader", "setai_projector", "setai_auditor"),
    ("viewings", "meta"),
)
KEYS = Schema("keys", (OWNER, "setai_sealer"), ("keys", "owners", "current", "destroyed", "meta"))
