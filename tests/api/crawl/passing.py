"""渡す・閉じる・直す: what becomes of something that was written."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.api.crawl.forms import FORMS, worded
from tests.api.crawl.lives import PERSONS, Word
from tests.api.crawl.living import Living
from tests.api.crawl.openings import Consent, Passed, Room, Said
from tests.api.town import who

_LAW = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
_WHY = {"reason": "見せない理由がなくなったことを二人で確かめた。"}


class Writing:
    """Something that is written in a life; `ids` is what the later acts about it go by."""

    def __init__(self, living: Living, number: int) -> None:
        word = living.life.words[number]
        self.living, self.word, self.number = living, word, number
        self.said = Said(word, living.text(f"word {number}"), category=word.category)
        self.said.hidden_from |= set(word.hidden_from)
        self.better = living.text(f"better {number}")
        self.subjects = word.about or ("mother",)
        self.categories = frozenset({word.category, *(("consultation",) if word.part else ())})
        self.ids: dict[str, Any] = {}

    @property
    def steps(self) -> list[Callable[[], None]]:
        return [self.write, self.pass_on, self.end, self.put_right]

    def write(self) -> None:
        basis: dict[str, Any] = {}
        if self.word.way == "learned":
            meet(self)
            if self.said.room is None:
                return
            self.said.learned = True
            learned = {"sitting": self.ids["sitting"], "item": self.ids["item"]}
            basis = {"basis": {"kind": "sitting", **learned}}
        body = {**basis, "subjects": self.living.persons(self.word.about)}
        path, how = FORMS[self.word.form]
        made = self.living.tries(path, {**body, **how, **self.text()}, self.word.by)
        if made:
            self.said.kind = "note" if self.word.form == "note" else ""
            self.ids["fact"] = made["fact"]
            self.living.said.append(self.said)

    def text(self) -> dict[str, Any]:
        """As it stands, under its label."""
        hidden = self.living.persons(self.word.hidden_from)
        return worded(self.word, self.said.text, hidden)

    def pass_on(self) -> None:
        if "fact" in self.ids and self.word.way in _PASSING:
            _PASSING[self.word.way](self)

    def end(self) -> None:
        if self.word.over and (self.said.passed or self.said.room):
            _OVER[self.word.over](self)

    def put_right(self) -> None:
        if "fact" in self.ids and self.word.later:
            _LATER[self.word.later](self)

    def passed(self, way: str, path: str, **more: Any) -> None:
        """What names nobody is about the whole household; what goes along is hidden as that is."""
        sent: dict[str, Any] = {"to_agency": "shakyo", "categories": sorted(self.categories)}
        sent |= {"subjects": self.living.persons(self.subjects), **more}
        along = self.besides("along", "tanaka", self.word.category)
        along.hidden_from |= self.said.hidden_from
        if self.word.along:
            sent["narrative"] = [{"text": along.text, "category": along.category}]
        if made := self.living.tries(path, sent):
            self.ids["passed"] = made["id"]
            self.said.passed = Passed(way, self.word.about or PERSONS, self.categories)
            along.passed = self.said.passed
            self.living.said += [along] if self.word.along else []

    def besides(self, kind: str, by: str, category: str) -> Said:
        """What is said in doing something with it."""
        word = Word(by, category, self.subjects)
        text = self.living.text(f"{kind} {self.number}")
        return Said(word, text, category=category, kind=kind)


def by_consent(it: Writing) -> None:
    """Of one of whom it is about; for today, if it is to run out."""
    today = it.living.acts.now[:10]
    period = {"start": today, "end": today} if it.word.over == "expired" else None
    given: dict[str, Any] = {"person": it.living.ids[it.subjects[0]], "method": "written"}
    given |= {"agencies": ["shakyo"], "purposes": ["support"], "period": period}
    made = it.living.tries("/consents", {**given, "categories": sorted(it.categories)})
    if made:
        consent = Consent(it.subjects[0], it.categories, today_only=period is not None)
        it.living.around.consents.append(consent)
        it.ids |= {"consent": made["id"], "given": consent}
        basis = {"kind": "consent", "consent": made["id"]}
        it.passed("consent", "/shares", purpose="support", basis=basis, facts=[it.ids["fact"]])


def by_law(it: Writing) -> None:
    it.passed("statute", "/shares", purpose="support", basis=_LAW, facts=[it.ids["fact"]])


def referred(it: Writing) -> None:
    it.passed("referral", "/referrals", purpose="referral", basis=_LAW, enclosed=[it.ids["fact"]])


def meet(it: Writing) -> None:
    """A 支援会議 about the household, at which tanaka and sato are; it takes this up, if it may."""
    acts, living = it.living.acts, it.living
    held = {"body": "support", "held_on": acts.now[:10]}
    sitting = acts("/sittings", held, "yamada")["id"]
    path = f"/sittings/{sitting}"
    about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
    item = acts(f"{path}/items", {**about, "household": living.homes[0]}, "suzuki")["id"]
    seats = [_seated(it, path, item, *each) for each in (("tanaka", "centre"), ("sato", "shakyo"))]
    brought = {"sitting": sitting, "item": item, "subjects": living.persons(it.subjects)}
    brought["tabled"] = [it.ids["fact"]] if "fact" in it.ids else []
    along = it.besides("brought", "tanaka", "progress")
    along.hidden_from |= it.said.hidden_from if brought["tabled"] else set()
    brought |= {"narrative": [{"text": along.text}]} if it.word.along else {}
    it.ids |= {"sitting": sitting, "item": item, "seat": seats[-1]}
    living.held["sittings"].append(sitting)
    living.held["items"].append(item)
    if living.tries("/sitting-items", brought):
        it.said.room = along.room = Room(it.subjects)
        living.around.rooms.append(it.said.room)
        living.said += [along] if it.word.along else []
        living.addressed |= {"centre", "shakyo"}
    acts(f"{path}/opening", {}, "yamada")
    for seat in seats:
        acts(f"{path}/attendance", {"item": item, "attendee": seat}, "suzuki")
    if it.word.along and it.said.room:
        decided(it, it.said.room)


def decided(it: Writing, room: Room) -> None:
    """社協 is given a role, and told what it needs for it."""
    decision, needed = (it.besides(kind, "suzuki", "progress") for kind in ("decision", "needed"))
    role: dict[str, Any] = {"agency": "shakyo", "desk": "support", "task": decision.text}
    role["needed"] = [{"text": needed.text}]
    body = {"sitting": it.ids["sitting"], "item": it.ids["item"], "kind": "roles", "roles": [role]}
    body |= {"subjects": it.living.persons(it.subjects)}
    if it.living.tries("/meeting-decisions", body, "suzuki"):
        decision.room = needed.room = room
        it.living.said += [decision, needed]


def _seated(it: Writing, path: str, item: str, staff: str, agency: str) -> str:
    seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
    invited: str = it.living.acts(f"{path}/attendees", {**seat, "items": [item]}, "suzuki")["id"]
    it.living.acts(f"{path}/duties", {"attendee": invited, "text_version": "r8"}, "suzuki")
    return invited


def withdrawn(it: Writing) -> None:
    if it.word.way == "consent":
        assert it.living.tries(f"/consents/{it.ids['consent']}/withdrawal", {})
        it.ids["given"].withdrawn = True
    else:
        _taken_back(it, "withdrawal", "tanaka")


def returned(it: Writing) -> None:
    _taken_back(it, "return", "sato")


def _taken_back(it: Writing, how: str, staff: str) -> None:
    path = f"/referrals/{it.ids['passed']}/{how}"
    assert it.said.passed
    assert it.living.tries(path, {"reason": "担当が違うため。"}, staff)
    it.said.passed.over = how


def expired(_it: Writing) -> None:
    """By itself."""


def left(it: Writing) -> None:
    gone = {"item": it.ids["item"], "attendee": it.ids["seat"]}
    it.living.acts(f"/sittings/{it.ids['sitting']}/departures", gone, "suzuki")
    assert it.said.room
    it.said.room.over = "left"


def closed(it: Writing) -> None:
    it.living.acts(f"/sittings/{it.ids['sitting']}/closing", {}, "yamada")
    assert it.said.room
    it.said.room.over = "closed"


def _corrects(it: Writing, **how: Any) -> dict[str, Any]:
    path = f"/facts/{it.ids['fact']}/correction"
    return it.living.tries(path, {"reason": "書きまちがい。", **how}, it.word.by)


def corrected(it: Writing) -> None:
    before, it.said.text = it.said.text, it.better
    if _corrects(it, changes={"narrative": it.text()["narrative"]}):
        it.said.before = before
    else:
        it.said.text = before


def voided(it: Writing) -> None:
    it.said.gone = "voided" if _corrects(it, void=True) else ""


def misfiled(it: Writing) -> None:
    body = {"reason": "別の世帯の記録。", "facts": [it.ids["fact"]]}
    it.said.gone = "misfiled" if it.living.tries("/misfilings", body, it.word.by) else ""


def _labelled(it: Writing, **how: Any) -> dict[str, Any]:
    return it.living.tries(f"/facts/{it.ids['fact']}/label", how, it.word.by)


def tightened(it: Writing) -> dict[str, Any]:
    made = _labelled(it, hide_from=[it.living.ids["father"]])
    it.said.hidden_from |= {"father"} if made else set()
    return made


def loosened(it: Writing) -> None:
    """By two people, of whom the second is told what the first proposes."""
    had = set(it.said.hidden_from)
    path = f"/facts/{tightened(it).get('fact') or 0}"
    if proposed := it.living.tries(f"{path}/loosening-proposals", _WHY):
        loosening = {"proposal": proposed["id"]}
        it.said.hidden_from = (
            had if it.living.tries(f"{path}/loosening", loosening, "endo") else it.said.hidden_from
        )


def stricter(it: Writing) -> None:
    it.said.category = "health" if _labelled(it, to_category="health") else it.said.category


_Deeds = Mapping[str, Callable[[Writing], Any]]
_PASSING: _Deeds = {"consent": by_consent, "statute": by_law, "referral": referred, "room": meet}
_OVER: _Deeds = {each.__name__: each for each in (withdrawn, returned, expired, left, closed)}
_LATER: _Deeds = {
    each.__name__: each for each in (corrected, voided, misfiled, tightened, loosened, stricter)
}
