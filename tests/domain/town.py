"""A small town (小さな町): the tables of a profile that tests read, change and damage."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.profile import LISTS, Profile, Source, read_profile

R5, R6, R7 = date(2024, 3, 31), date(2024, 4, 1), date(2025, 4, 1)
KEEPERS = ("coordinator", "convener", "protection", "identity", "privacy", "administrator")

Tables = dict[str, Any]


def entries(name: str) -> list[Tables]:
    return [{"code": "one", "label": f"{name}の一"}, {"code": "two", "label": f"{name}の二"}]


def _body(**more: Any) -> Tables:
    return {
        "id": "team",
        "name": "チーム会議",
        "authority": "要綱",
        "bases": ["layered"],
        "secrecy": "one",
        "handles": "identified",
        "kinds": ["case", "policy"],
        "convener": {"title": "課長", "agency": "city"},
        "chair": {"title": "課長", "agency": "city"},
        "secretariat": {"agency": "city", "desk": "office"},
        "tiers": [{"id": "all", "name": "全員", "attendance": "always", "agencies": ["city"]}],
        "schedule": {"frequency": "monthly"},
        **more,
    }


def tables() -> Tables:
    """A small town whose committee was renamed in R6."""
    office = {"id": "office", "name": "事務局", "category": "progress", "offices": [*KEEPERS]}
    early = {"id": "early", "name": "早期", "category": "health", "until": R5, "fields": ["two"]}
    centre = {"id": "centre", "name": "包括", "operation": "entrusted", "inside": False}
    city = {"id": "city", "name": "福祉課", "operation": "direct", "inside": True}
    return {
        "id": "town",
        "name": "町",
        "plan": {"title": "計画", "from": date(2022, 4, 1), "until": date(2027, 3, 31)},
        "sections": [{"id": "welfare", "name": "福祉課"}],
        "agencies": [
            {**city, "section": "welfare", "fields": ["one"], "desks": [office, early]},
            {**centre, "from": date(2022, 4, 1), "desks": [{"id": "desk", "name": "相談"}]},
        ],
        "areas": [
            {"id": "east", "name": "東", "kind": "second-layer", "from": R6, "centres": ["centre"]},
            {"id": "west", "name": "西", "kind": "second-layer", "from": R6, "centres": ["centre"]},
        ],
        "services": [
            {
                "id": "care",
                "name": "見守り",
                "projects": ["4"],
                "operations": ["entrusted"],
                "from": R6,
                "sections": ["welfare"],
                "fields": ["one"],
                "agencies": ["centre"],
                "staffing": [
                    {"post": "保健師", "number": 2, "agency": "centre"},
                    {"post": "事務", "number": 0},
                ],
            }
        ],
        "bodies": [
            _body(),
            _body(id="board", name="協議会", handles="none", kinds=["policy"], until=R5),
            _body(
                id="board",
                name="委員会",
                handles="none",
                kinds=["policy"],
                **{"from": R6, "schedule": {"frequency": "with", "together_with": "team"}},
                reports_to=["team"],
                delegates=[{"title": "係長", "agency": "city"}],
            ),
        ],
        "codes": {name: entries(name) for name in LISTS},
        "eligibility": [{"fields_at_least": 2, "issues_any_of": ["two"], "judged_by": "市"}],
        "settings": [{"from": R6, "note_days": 5}],
        "kpis": [
            {
                "id": "k",
                "name": "人数",
                "project": "参加",
                "target": 5,
                "unit": "人",
                "counting": "distinct",
                "of": "person",
                "facts": ["Happened"],
                "from": R6,
            }
        ],
        "retention": [
            {"id": "case", "name": "記録", "years": 5, "starts": "fiscal-year-after-end"}
        ],
        "notices": {
            "duty": [
                {"version": "d1", "title": "告知", "text": "古い", "until": R5},
                {
                    "version": "d2",
                    "title": "告知",
                    "text": "新しい",
                    "from": R6,
                    "penalty": "罰則があります。",
                },
            ],
            **{kind: [_notice(kind)] for kind in ("pledge", "consent", "purpose")},
        },
        "holidays": [date(2025, 4, 29)],
    }


def _notice(kind: str) -> Tables:
    return {"version": f"{kind}-1", "title": kind, "text": "本文"}


def read(given: Mapping[str, Any]) -> Profile:
    return read_profile(Source("town.toml", given), facts=["Happened"])
