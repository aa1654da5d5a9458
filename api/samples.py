"""見本: answers that are the same for every story: what a write returns, and what is no case."""

from collections.abc import Mapping
from typing import Any

from api.problems import title_of
from domain.ledger import StaleView
from replays.stories.answers import NUMBER, TOKEN

__all__ = ["ANSWERS", "LOCATION", "TAG", "TOKEN", "WRITTEN"]

_ID = "3f2b7c1e-5d4a-4c8b-9e6f-0a1b2c3d4e5f"
TAG = f'"{TOKEN}"'
LOCATION = f"/households/{_ID}"
RECEIPT = f"{_ID}/{NUMBER}"
_NOTHING: Mapping[str, Any] = {"id": _ID, "ids": {}, "fact": None, "position": None}
_HEALTH = {
    "status": "ok",
    "search": True,
    "following": [
        {
            "name": "case_view",
            "behind": 0,
            "aside": 0,
            "moved_at": "2025-06-01T10:00:00+09:00",
            "error": False,
            "building": False,
            "compared": {"at": "2025-06-01T03:00:00+09:00", "streams": 480, "differing": 0},
        }
    ],
}
WRITTEN: Mapping[str, Any] = {
    "201": {**_NOTHING, "ids": {"household": _ID}, "fact": NUMBER, "position": TOKEN},
    "200": _NOTHING,
}
ANSWERS: Mapping[str, Any] = {
    "/health": _HEALTH,
    "/ready": _HEALTH,
    "/problems/{code}": {"code": "StaleView", "title": title_of(StaleView), "status": 412},
}
