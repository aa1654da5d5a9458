"""まわりのこと: who acts for whom, who is protected, who looks in, and where the record is kept."""

from collections.abc import Callable
from typing import Any

from tests.api.crawl.lives import Guardian, Life, Protection
from tests.api.crawl.living import Living
from tests.api.crawl.passing import Writing
from tests.api.crawl.people import COLLEAGUES, Acts
from tests.api.town import who

_DESK = {"nurse": ("centre", "nurses"), "sato": ("shakyo", "support")}
_PROTECTING, _SECOND, _MATCHING, _PRIVACY = COLLEAGUES
_LAW = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
_EVERYBODY = ("mother", "father", "child")
"""They do what their offices do in every household: the others may stand aside in it."""
Steps = list[Callable[[], None]]


def lived(acts: Acts, life: Life) -> Living:
    """Mostly the desk for women and 社協 are told, by law, who lives there; then all else, in
    order.
    """
    living = Living(acts, life)
    about = {"subjects": living.persons(_EVERYBODY), "basis": _LAW, "enclosed": []}
    about |= {"categories": ["consultation"], "category": "abuse", "purpose": "referral"}
    asked = ({"to_agency": "city", "to_desk": "women"}, {"to_agency": "shakyo"})
    for to in () if life.alone else asked:
        acts(f"{living.path}/referrals", {**about, **to})
        living.around.told = True
        living.addressed.add(to["to_agency"])
    strands = [Writing(living, number).steps for number in range(len(life.words))]
    strands += [_guardian(living, each) for each in life.guardians]
    strands += [_protection(living, each) for each in life.protections]
    strands += [_look(living), _audit(living), _home(living)]
    for number in life.order:
        strands[number].pop(0)()
    return living


def _guardian(living: Living, guardian: Guardian) -> Steps:
    made: dict[str, Any] = {}
    body = {"person": living.ids[guardian.person], "kind": "guardian", "guardian": "後見人"}
    agency, desk = _DESK.get(guardian.staff, ("city", None))
    body |= {"agency": agency} | ({"desk": desk} if desk else {"staff": str(who(guardian.staff))})

    def begin() -> None:
        made.update(living.tries("/guardianships", body))
        if made:
            living.around.acting[guardian.staff] = {guardian.person}

    def end() -> None:
        path = f"/guardianships/{made.get('fact')}/end"
        if made and guardian.over and living.tries(path, {"reason": "resigned"}):
            del living.around.acting[guardian.staff]

    return [begin, end]


def _protection(living: Living, protection: Protection) -> Steps:
    path = f"/persons/{living.ids[protection.person]}/concealments"
    made: dict[str, Any] = {}

    def begin() -> None:
        body = {"counterparties": living.persons(protection.against), "threat": "dv"}
        made.update(living.tries(path, body, _PROTECTING))
        if made:
            living.around.protected[protection.person] = set(protection.against)

    def end() -> None:
        if made and protection.over:
            one = f"{path}/{made['id']}"
            why = {"reason": "concealment-end-reasons-1"}
            proposed = living.tries(f"{one}/ending-proposal", why, _PROTECTING)
            assert living.tries(f"{one}/ending", {"proposal": proposed["id"]}, _SECOND)
            del living.around.protected[protection.person]

    return [begin, end]


def _look(living: Living) -> Steps:
    """緊急閲覧: over by the next day, or once it is reviewed."""
    made: dict[str, Any] = {}

    def begin() -> None:
        why = {"reason": "今夜の安否をすぐに確かめるため。"}
        if living.life.look:
            made.update(living.tries("/emergency-accesses", why, "fukuda"))
            living.around.looks = bool(made) and not living.life.tomorrow

    def end() -> None:
        if living.life.look == "reviewed":
            path = f"/emergency-accesses/{made['id']}/review"
            assert living.tries(path, {"proper": True}, _PRIVACY)
            living.around.looks = False

    return [begin, end]


def _audit(living: Living) -> Steps:
    made: dict[str, Any] = {}

    def begin() -> None:
        if living.life.audit:
            why = {"reason": "申し出があった記録の確認のため。"}
            made.update(living.tries("/audit-cases", why, _PRIVACY))
            living.around.audited = bool(made)

    def end() -> None:
        if living.life.audit == "closed":
            assert living.tries(f"/audit-cases/{made['id']}/closing", {}, _PRIVACY)
            living.around.audited = False

    return [begin, end]


def _home(living: Living) -> Steps:
    """The desk for women knows somebody by a household of its own: which is found to be this one,
    or the person to be the mother. Or the child goes on in another.
    """
    home, ids = living.life.home, living.ids

    def known() -> None:
        if home in ("merged", "same"):
            persons = [{"nickname": "母らしき人", "relation": "self"}]
            body = {"persons": persons, "route": "visit", "consulter": "self"}
            taken = living.acts("/intakes", body, "hayashi")
            living.homes.append(taken["id"])
            ids["other"] = taken["ids"]["person-0"]

    def found() -> None:
        if home == "merged":
            living.tries("/merger", {"source": living.homes[1]}, _MATCHING)
        if home == "same":
            one = {"absorbed": ids["other"], "reason": "同じ人。"}
            living.acts(f"/persons/{ids['mother']}/merger", one, _MATCHING)
            living.around.apart = "mother"
        if home == "split":
            made = living.tries("/split", {"persons": [ids["child"]]})
            living.homes += [made["id"]] if made else []
            living.around.apart = "child" if made else ""

    return [known, found]
