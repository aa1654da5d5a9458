"""Every route, and where in a tale it leads: one that is missing here fails the build."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any
from urllib.parse import urlencode

from api.problems import catalogue
from tests.api.crawl.tale import WORDS, Tale
from tests.api.town import Town, who

Paths = Callable[[Tale], Iterable[str]]
"""The first is for everybody, if it is an audit's; the others are the officer's."""
_NOWHERE = "00000000-0000-0000-0000-0000000000aa"
_LONG = "limit=200"
_TO = "recipient=report-recipients-1&basis=report-bases-1"
_SPAN = "period=2026-04&closing=2026-04-01"
_COUNTED = f"{_SPAN}&{_TO}"


def _once(path: str, *queries: str) -> Paths:
    return lambda _: (path, *(f"{path}?{query}" for query in queries))


def _home(path: str = "") -> Paths:
    return lambda tale: (f"/households/{home}{path}" for home in (*tale.homes, _NOWHERE))


def _then(paths: Paths) -> Paths:
    """Today, and as of today: the past is told by other rows."""

    def both(tale: Tale) -> Iterator[str]:
        today = tale.acts.town.now.date()
        for path in paths(tale):
            yield path
            yield f"{path}{'&' if '?' in path else '?'}true_at={today}"

    return both


def _decisions(tale: Tale) -> Iterator[str]:
    for name, key in (*tale.ids.items(), ("decision", _NOWHERE)):
        kind, _, of = name.partition("-")
        if kind == "decision":
            home = tale.ids["household-ended" if of.startswith("ended") else "household"]
            yield f"/households/{home}/meeting-decisions/{key}/knowledge"


def _of(path: str, name: str) -> Paths:
    """Of all ids of the tale that may stand in a path."""
    return lambda tale: (
        path.format(each) for key, each in tale.ids.items() if key.startswith(name)
    )


def _attachments(tale: Tale) -> Iterator[str]:
    for name in ("attachment", "note"):
        yield f"{tale.path}/attachments/{tale.ids[name]}"


def _certificates(tale: Tale) -> Iterator[str]:
    for person in (*tale.persons, _NOWHERE):
        yield f"{tale.path}/persons/{person}/certificate"


def _requests(path: str) -> Paths:
    return lambda tale: (f"{tale.path}/disclosure-requests/{tale.ids['request']}/{path}",)


def _sheets(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield path
        yield f"{path}{'&' if '?' in path else '?'}format=csv"


def _reads(tale: Tale) -> Iterator[str]:
    asked = [("household", tale.ids["household"]), ("stream", tale.ids["household"])]
    asked += [("person", person) for person in tale.persons]
    asked += [("staff", str(who(name))) for name in ("sato", "ito")]
    for name, value in asked:
        version = {"version": tale.facts["walled"]} if name == "stream" else {}
        yield f"/audit/reads?{urlencode({name: value, 'limit': 200, **version})}"
    yield "/audit/reads"


def _households(tale: Tale) -> Iterator[str]:
    """Lists; and searches for what people are called, in full and in part."""
    yield from ("/households", f"/households?scope=agency&{_LONG}")
    yield f"/households?scope=staff&closed=true&{_LONG}"
    names = [text for text, kind in tale.canaries.items() if kind.startswith("name-")]
    for said in (*WORDS, *names):
        yield f"/households?{urlencode({'q': said, 'limit': 200})}"


def _withdrawals(tale: Tale) -> Iterator[str]:
    for kind in ("shared", "withdrawn", "expired"):
        asked = {"household": tale.ids["household"], "consent": tale.ids[f"consent-{kind}"]}
        yield f"/audit/withdrawals?{urlencode(asked)}"


def _explanations(tale: Tale) -> Iterator[str]:
    at = tale.acts.now
    for name, fact in product(("sato", "nurse"), ("walled", "health")):
        asked = {"staff": who(name), "stream": tale.ids["household"], "version": tale.facts[fact]}
        yield f"/audit/explanations?{urlencode({**asked, 'at': at})}"


def _receipts(tale: Tale) -> Iterator[str]:
    """Those that the officer knows from the log of reads."""
    yield from (f"/audit/receipts/{stream}/{version}" for stream, version in tale.receipts)


def _views(tale: Tale) -> Iterator[str]:
    return (f"{path}/view" for path in _receipts(tale))


LISTS: Mapping[str, Paths] = {
    "/households": _households,
    "/tasks": _once("/tasks", f"whole_agency=true&{_LONG}"),
    "/disclosures": _then(_once("/disclosures", _LONG)),
    "/duplicates": _once("/duplicates"),
    "/sittings": _once("/sittings", _LONG),
    "/staff": _once("/staff"),
    "/resources": _once("/resources"),
    "/community-issues": _once("/community-issues"),
    "/statistics": lambda _: _sheets([f"/statistics?{_COUNTED}"]),
    "/statistics/households": _then(_once("/statistics/households")),
    "/statistics/trace": lambda _: _sheets(
        f"/statistics/trace?figure={figure}&{_SPAN}" for figure in ("consultations", "outreach")
    ),
    "/statistics/publications": _once("/statistics/publications"),
    "/me": _once("/me"),
    "/profile": _once("/profile"),
}
"""Asked by everybody, once."""
TOLD: Mapping[str, Paths] = {
    "/households/{hid}": _then(_home()),
    "/households/{hid}/timeline": _then(_home(f"/timeline?{_LONG}")),
    "/households/{hid}/disclosures": _then(_home(f"/disclosures?{_LONG}")),
    "/households/{hid}/persons/{pid}/certificate": _certificates,
    "/households/{hid}/difference": _home("/difference?from_true_at=2020-01-01"),
    "/households/{hid}/meeting-decisions/{did}/knowledge": _decisions,
    "/households/{hid}/attachments/{aid}": _attachments,
    "/sittings/{sid}": _of("/sittings/{}", "sitting"),
    "/households/{hid}/disclosure-requests/{rid}/draft": _requests("draft"),
    "/households/{hid}/disclosure-requests/{rid}/notice": _requests("notice"),
}
"""Asked by everybody of every tale."""
AUDITS: Mapping[str, Paths] = {
    "/audit/reads": lambda tale: _sheets(_reads(tale)),
    "/audit/sittings/{sid}": lambda tale: _sheets(_of("/audit/sittings/{}", "sitting")(tale)),
    "/audit/reviews": lambda _: _sheets((f"/audit/reviews?{_LONG}", "/audit/reviews?state=done")),
    "/audit/alerts": lambda _: _sheets((f"/audit/alerts?{_LONG}", "/audit/alerts?state=done")),
    "/audit/withdrawals": lambda tale: _sheets(_withdrawals(tale)),
    "/audit/explanations": lambda tale: _sheets(_explanations(tale)),
    "/audit/statements": lambda tale: _sheets(
        f"/audit/statements?requester=person&person={person}" for person in tale.persons
    ),
    "/audit/receipts/{stream}/{version}": lambda tale: _sheets(_receipts(tale)),
    "/audit/receipts/{stream}/{version}/view": lambda tale: _sheets(_views(tale)),
    "/audit/notices/neither": _once("/audit/notices/neither"),
}
OPEN: Mapping[str, Paths] = {
    "/health": _once("/health"),
    "/ready": _once("/ready"),
    "/": _once("/"),
    "/docs": _once("/docs"),
    "/docs/style.css": _once("/docs/style.css"),
    "/problems/{code}": lambda _: (f"/problems/{code}" for code in catalogue()),
    "/openapi.json": _once("/openapi.json"),
}
"""Asked once, by nobody in particular."""
READS: Mapping[str, Paths] = {**LISTS, **TOLD, **AUDITS, **OPEN}


def routes_of(town: Town) -> Iterable[tuple[str, str]]:
    app: Any = town.client.app
    for route in app.router.routes:
        for method in route.methods - {"HEAD"}:
            yield method, route.path


def filled(path: str, tale: Tale) -> str:
    """The path of a write, leading to what is there."""
    found = path.replace("{hid}", tale.ids["household"]).replace("{pid}", tale.ids["mother"])
    found = found.replace("{number}", str(tale.facts["walled"]))
    for name, kind in _IN_PATHS.items():
        found = found.replace(name, tale.ids[kind])
    return "/".join(_NOWHERE if part.startswith("{") else part for part in found.split("/"))


_IN_PATHS: Mapping[str, str] = {
    "consents/{cid}": "consent-shared",
    "concealments/{cid}": "concealment",
    "consultations/{cid}": "consultation",
    "audit-cases/{cid}": "audit",
    "referrals/{rid}": "referral-referred",
    "disclosure-requests/{rid}": "request",
    "shares/{sid}": "share-shared",
    "sittings/{sid}": "sitting-open",
    "notes/{nid}": "note",
    "emergency-accesses/{aid}": "access",
}


def body_of(example: Any, tale: Tale, nth: int = 0) -> Any:
    """What a story once sent, about somebody who is there and what may not be named."""
    match example:
        case dict():
            return {key: _about(key, value, tale, nth) for key, value in example.items()}
        case list() | tuple():
            return [body_of(each, tale, nth) for each in example]
        case _:
            return example


def _about(key: str, value: Any, tale: Tale, nth: int) -> Any:
    if key in _PERSONS and value:
        person = tale.persons[nth % len(tale.persons)]
        return [person] if isinstance(value, list) else person
    if key in _FACTS and value:
        return [tale.facts[name] for name in ("walled", "report", "note")][nth % 3 :]
    if key in _AGENCIES and value:
        return ["shakyo"] if isinstance(value, list) else "shakyo"
    return _PLAIN.get(key) or body_of(value, tale, nth)


_PERSONS = frozenset(
    {"person", "persons", "subjects", "giver", "hide_from", "hidden_from", "counterparties"}
)
_FACTS = frozenset({"facts", "enclosed", "tabled"})
_AGENCIES = frozenset({"agency", "agencies", "to_agency", "of_agency"})
_PLAIN: Mapping[str, Any] = {
    "desk": "support",
    "purpose": "support",
    "purposes": ["support"],
    "route": "visit",
    "relation": "child",
    "fields": ["elderly"],
    "issues": ["8050"],
}
