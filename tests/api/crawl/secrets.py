"""What happens in one town and not in the other; and who must not be able to tell which is it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.api.crawl.alike import apart, begun, ended, goes_on
from tests.api.crawl.home import Home
from tests.api.crawl.met import (
    agreed,
    agreed_elsewhere,
    concealed,
    convened,
    deliberated,
    deliberated_by_all,
    held_back,
    met_and_concealed,
    outreach,
    outsider,
    promoted,
    seated,
    studied,
    tabled,
    taken_up,
)
from tests.api.crawl.people import Acts
from tests.api.town import who

_AT_MOST = 5
"""So many things happen in one town alone."""
Happening = Callable[[Home], None]


class Secret(NamedTuple):
    """`life` and `before` happen in both towns; whoever is `blind` sees no difference."""

    happens: Happening
    blind: tuple[str, ...]
    before: Happening = lambda _: None
    life: tuple[Happening, Happening] = (begun, ended)


def _supported(home: Home) -> None:
    """Who stands by the mother: the desk for women, 社協 and the school, one of which asks."""
    home.consulted("women-consulted", "hayashi")
    home.consulted("shakyo-consulted", "sato", subjects=[])
    sent: dict[str, Any] = {"to_agency": "centre", "to_desk": "nurses", "purpose": "referral"}
    sent |= {"subjects": [home.ids["mother"]], "answer_due": "2026-04-02"}
    home.does("asked-by-shakyo", "/referrals", sent, "sato")
    home.does("asked-of-school", "/referrals", {**sent, "to_agency": "school", "to_desk": None})
    belongs = {"nickname": "祖母", "relation": "unknown", "subjects": [home.ids["mother"]]}
    home.does("grandmother", "/persons", belongs, "hayashi")


def _address(home: Home) -> None:
    lives = {"place": "residence", "text": "どこにも書かない町一丁目"}
    home.does("address", f"/persons/{home.ids['mother']}/addresses", lives)


def _walled(home: Home) -> None:
    home.consulted("walled", hidden_from=[home.ids["father"]])


def _mended(home: Home) -> None:
    """It is put right twice, screened, and made stricter; all of that is as hidden as it is."""
    home.consulted("mended", hidden_from=[home.ids["father"]])
    path, why = f"/facts/{home.facts['mended']}", {"reason": "書きまちがい。"}
    for nth, changes in enumerate(({"narrative": "会えた。"}, {"route": "telephone"})):
        home.does(f"better-{nth}", f"{path}/correction", {**why, "changes": changes})
    screened = {"result": "answered", "narrative": "また話す。"}
    home.does("screened", f"/consultations/{home.ids['mended']}/screening", screened)
    home.does("stricter", f"{path}/label", {"hide_from": [home.ids["child"]]})


def _filed(home: Home) -> None:
    home.files("scan", hidden_from=[home.ids["father"]])


def _reviewed(home: Home) -> None:
    path = f"/referrals/{home.ids['referral']}/review"
    home.does("reviewed", path, {"proper": False, "narrative": "父も知っていた。"}, "ito")


def _hidden_task(home: Home) -> None:
    """To the desk that acts for the father: it is not to know of it, nor of its day."""
    sent: dict[str, Any] = {"to_agency": "centre", "to_desk": "nurses", "purpose": "referral"}
    sent |= {"answer_due": "2026-04-03"}
    home.does("task", "/referrals", {**sent, "hidden_from": [home.ids["father"]]})


def _note(home: Home) -> None:
    home.does("note", "/notes", {"text": "折り返し電話する。"})


def _member(home: Home) -> None:
    person = {"nickname": "叔母", "relation": "unknown", "hidden_from": [home.ids["father"]]}
    home.does("aunt", "/persons", person)


def _known_elsewhere(home: Home) -> None:
    """The desk beside knows the aunt by a record that is nothing to do with the family."""
    aunt = {"persons": [{"nickname": "叔母", "relation": "self"}], "route": "visit"}
    home.ids["aunt"] = home.acts("/intakes", {**aunt, "consulter": "self"})["ids"]["person-0"]


def _relative(home: Home) -> None:
    known = {"person": home.ids["aunt"], "relation": "unknown"}
    home.does("joined", "/members", {**known, "hidden_from": [home.ids["father"]]})


def _urgent(home: Home) -> None:
    home.does("access", "/emergency-accesses", {"reason": "今夜の安否を確かめるため。"}, "fukuda")


def _consent(home: Home) -> None:
    given = {"person": home.ids["mother"], "method": "written", "agencies": ["school"]}
    given |= {"categories": ["consultation"], "purposes": ["support"]}
    home.does("consent", "/consents", given, "hayashi")


def _sought(home: Home) -> None:
    tries = {"person": home.ids["mother"], "answer": "refused", "next_try": "2026-04-25"}
    home.does("sought", "/consent-attempts", tries, "hayashi")


def _reported(home: Home) -> None:
    report = {"kind": "spouse", "victim": home.ids["mother"], "narrative": "あざがある。"}
    home.does("report", "/abuse-reports", report, "hayashi")


def _requested(home: Home) -> None:
    asked = {"person": home.ids["mother"], "requester": "representative", "scope": "すべて。"}
    home.does("request", "/disclosure-requests", {**asked, "requester_name": "父"}, "ito")


def _audited(home: Home) -> None:
    home.does("audit", "/audit-cases", {"reason": "苦情を受けた記録の確認。"}, "ito")


def _between(home: Home) -> None:
    """The desk for women waits for an answer of the school."""
    sent = {"to_agency": "school", "purpose": "referral", "answer_due": "2026-04-20"}
    home.does("between", "/referrals", sent, "hayashi")


def _sided(home: Home) -> None:
    """Whoever arranges the lead acts for the father, from whom the mother is protected."""
    concealed(home)
    guardian = {"person": home.ids["father"], "kind": "guardian", "guardian": "父の後見人"}
    home.does("sided", "/guardianships", {**guardian, "staff": str(who("suzuki"))})
    sent = {"to_agency": "shakyo", "purpose": "referral", "answer_due": "2026-04-20"}
    home.does("by-the-city", "/referrals", sent, "hayashi")


def _led(home: Home) -> None:
    home.does("led", "/lead", {"agency": "shakyo", "desk": "support"})


def _promotes(home: Home) -> None:
    promoted(home)
    ended(home)


def _unnamed(home: Home) -> None:
    """社協 hands on what it may, and the desk for women reports, naming nobody."""
    law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
    sent = {"to_agency": "school", "purpose": "referral", "basis": law}
    home.does("handed-on", "/referrals", {**sent, "answer_due": "2026-04-20"}, "sato")
    given = {**sent, "to_agency": "city", "purpose": "support", "narrative": "見守りのこと。"}
    home.does("told-on", "/shares", given, "sato")
    home.does(
        "reported", "/abuse-reports", {"kind": "spouse", "narrative": "物音がする。"}, "hayashi"
    )
    ended(home)


_PROMOTES = (begun, _promotes)
_ALL = ("tanaka", "endo", "nurse", "sato", "ono", "fukuda", "hayashi", "suzuki", "yamada", "kato")
SECRETS: dict[str, Secret] = {
    "address": Secret(_address, (*_ALL, "ito"), concealed),
    "protection": Secret(concealed, ("nurse",), life=(apart, goes_on)),
    "supporter": Secret(_supported, ("nurse",), concealed),
    "nothing": Secret(lambda _: None, (*_ALL, "ito")),
    "attachment": Secret(_filed, ("nurse", "sato", "ono", "fukuda", "hayashi", "kato")),
    "walled": Secret(_walled, ("nurse", "sato", "ono", "fukuda", "hayashi", "kato")),
    "mended": Secret(_mended, ("nurse", "sato", "ono", "fukuda", "hayashi", "kato")),
    "task": Secret(_hidden_task, ("nurse", "sato", "ono", "fukuda", "hayashi")),
    "tabled": Secret(tabled, ("sato", "ono", "fukuda", "hayashi", "kato"), convened),
    "note": Secret(_note, tuple(name for name in (*_ALL, "ito") if name != "tanaka")),
    "member": Secret(_member, ("nurse", "sato", "ono", "fukuda", "hayashi")),
    "unnamed": Secret(
        _member,
        ("nurse", "sato", "ono", "fukuda", "hayashi", "suzuki", "yamada"),
        life=(begun, _unnamed),
    ),
    "seated": Secret(seated, ("nurse",), met_and_concealed),
    "outsider": Secret(outsider, ("nurse",), met_and_concealed),
    "held": Secret(
        held_back, ("nurse", "sato", "ono", "fukuda", "hayashi", "suzuki", "yamada"), taken_up
    ),
    "reviewed": Secret(_reviewed, ("fukuda", "hayashi", "suzuki", "yamada", "kato")),
    "relative": Secret(_relative, ("nurse",), _known_elsewhere),
    "urgent": Secret(_urgent, ("sato", "ono")),
    "consent": Secret(_consent, ("tanaka", "endo", "nurse", "sato", "ono")),
    "attempt": Secret(_sought, ("tanaka", "endo", "nurse", "sato", "ono")),
    "outreach": Secret(outreach, ("sato", "ono"), deliberated),
    "studied": Secret(
        studied, tuple(n for n in _ALL if n not in ("suzuki", "yamada")), deliberated
    ),
    "promoted": Secret(promoted, ("tanaka", "endo", "nurse", "sato", "ono", "kato"), deliberated),
    "agreed": Secret(agreed, ("endo", "nurse", "ono", "kato"), deliberated_by_all, _PROMOTES),
    "agreed-elsewhere": Secret(
        agreed_elsewhere,
        ("sato", "ono", "fukuda", "hayashi", "suzuki", "yamada", "kato"),
        deliberated_by_all,
        _PROMOTES,
    ),
    "between": Secret(_between, ("tanaka", "endo", "sato", "ono")),
    "led": Secret(_led, ("suzuki",), _sided),
    "report": Secret(_reported, tuple(n for n in _ALL if n != "hayashi")),
    "audit": Secret(_audited, _ALL),
    "request": Secret(_requested, _ALL),
}


def lived(acts: Acts, secret: Secret, *, happens: bool) -> Home:
    home = Home(acts)
    begins, goes_on = secret.life
    begins(home)
    secret.before(home)
    _look(home, secret)
    done, home.before = acts.done, acts.now
    if happens:
        secret.happens(home)
    acts.done = done + _AT_MOST
    home.after = acts.now
    _look(home, secret)
    goes_on(home)
    return home


def _look(home: Home, secret: Secret) -> None:
    """The tag of what each of the blind is shown, before it happened and after; at one moment in
    both towns.
    """
    home.acts.town.now = home.acts.end
    for reader in secret.blind:
        answered = home.acts.town.get(f"{home.path}?after={home.acts.position}", reader)
        home.tags[reader].append(str(answered.headers.get("etag")))
