"""設定: what the environment says, checked before anything is opened."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PREFIX = "SETAI_"
Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519"
]


class WrongSettings(Exception):
    """環境変数の設定に誤りがあります。"""


def _issuer(url: str) -> str:
    """Tokens are only as good as the way their keys came: https, or this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("https:// で始まる URL を指定してください。")
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError("発行者の URL として使えません。")
    return url


class Settings(BaseModel):
    """One municipality, one database, one issuer."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: str | None = None
    receipts_url: str | None = None
    keys_url: str | None = None
    profile: Annotated[str, Field(pattern=r"^[A-Za-z0-9./_-]+$")] = "ashiya"
    issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    audience: Annotated[str, Field(min_length=1)] = "setai"
    algorithms: tuple[Algorithm, ...] = Field(("RS256", "ES256"), min_length=1)
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    connections: Annotated[int, Field(ge=1, le=100)] = 16
    data: str = ".setai"
    token_key: str | None = None
    keys: str | None = None
    staff_homes: str | None = None
    compare_at: time | Literal["never"] = time(3)

    @property
    def threads(self) -> int:
        """Requests worked on at once: those that wait hold a thread, but no connection."""
        return 2 * self.connections

    @property
    def keys_directory(self) -> Path:
        """The keys that wrap the keys of the seals; never in a database."""
        return Path(self.keys or Path(self.data) / "keys")

    @property
    def token_key_file(self) -> Path:
        """Shared by all servers of the municipality, and never in the database."""
        return Path(self.token_key or Path(self.data) / "token.key")

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        """A list is written with commas: SETAI_ALGORITHMS=RS256,ES256."""
        if isinstance(given, dict) and isinstance(listed := given.get("algorithms"), str):
            return {**given, "algorithms": tuple(part.strip() for part in listed.split(","))}
        return given


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Every SETAI_ variable that has a meaning here; others belong to tests and tools."""
    named = {name: f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name: environment[key] for name, key in named.items() if environment.get(key)}
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        lines = [
            f"{named.get(str(error['loc'][0]), PREFIX)}: {_says(error['type'], error['msg'])}"
            for error in wrong.errors(include_input=False, include_url=False)
        ]
        raise WrongSettings("\n".join([str(WrongSettings.__doc__), *lines])) from None


def _says(kind: str, message: str) -> str:
    match kind:
        case "literal_error":
            return "使える署名方式は RS256, ES256 などの公開鍵方式だけです。"
        case "time_parsing" | "time_type":
            return "03:00 のような時刻か、never を指定してください。"
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            return "決められた範囲の整数で指定してください。"
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return "この値は使えません。"
