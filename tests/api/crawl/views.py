"""What is read of a household in both towns: every view of it, and every audit."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode

from tests.api.crawl.home import Home
from tests.api.town import who

NOWHERE = "00000000-0000-0000-0000-0000000000aa"
_PERSONS = ("mother", "father", "child")


def with_(path: str, **more: Any) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(more)}"


def views(home: Home) -> Iterator[str]:
    for view in ("", "/timeline?limit=200", "/timeline?limit=3", "/disclosures?limit=200"):
        yield f"{home.path}{view}"
    for view, known in product(("", "/timeline", "/disclosures"), (home.before, home.after)):
        yield with_(f"{home.path}{view}", known_at=known)
    yield with_(f"{home.path}/timeline", true_at=home.after[:10])
    for since in ({"from_true_at": "2020-01-01"}, {"from_known_at": home.before}):
        yield with_(f"{home.path}/difference", **since)
    for kind, key in home.ids.items():
        if kind == "sitting":
            yield f"/sittings/{key}"
        if kind in _PERSONS:
            yield f"{home.path}/persons/{key}/certificate"
    yield f"{home.path}/meeting-decisions/{home.ids.get('decision', NOWHERE)}/knowledge"
    for name in ("file", "scan", "none"):
        yield f"{home.path}/attachments/{home.ids.get(name, NOWHERE)}"


def audits(home: Home) -> Iterator[str]:
    """As pages and as tables."""
    ids, number = home.ids, home.facts["consultation"]
    fact = {"stream": ids["household"], "version": number}
    asked = [
        with_("/audit/reads", household=ids["household"], limit=200),
        with_("/audit/reads", person=ids["father"], limit=200),
        with_("/audit/reads", **fact, limit=200),
        with_("/audit/statements", person=ids["mother"], requester="person"),
        with_("/audit/explanations", staff=who("sato"), **fact, at=home.after),
        with_("/audit/withdrawals", household=ids["household"], consent=NOWHERE),
    ]
    for path in asked:
        yield path
        yield with_(path, format="csv")
