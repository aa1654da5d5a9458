"""だれが見てよいか: who may see what was written, by what the design says alone.

It knows nothing of the program; it reads the circumstances as they were told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.api.crawl.lives import Word

DESKS = {
    "tanaka": frozenset({"tanaka", "endo"}),
    "nurse": frozenset({"nurse"}),
    "hayashi": frozenset({"hayashi"}),
    "sato": frozenset({"sato", "ono"}),
}
CENTRE, SHAKYO = DESKS["tanaka"] | DESKS["nurse"], DESKS["sato"]
CITY = frozenset({"fukuda", "chief", "hayashi", "suzuki", "yamada", "mori"})
AGENCY = {"tanaka": CENTRE, "nurse": CENTRE, "hayashi": CITY, "sato": SHAKYO}
NO_CASES = frozenset({"honda", "analyst", "admin", "nobody"})
OFFICERS = frozenset({"mori", "kato", "ito"})
WHO_AND_WHERE = frozenset({"mori", "kato"})
DESK_ONLY = frozenset({"health", "abuse"})
AT_SITTING = frozenset({"brought", "decision", "needed"})


@dataclass
class Passed:
    """提供: how it reached 社協, about whom and what; what of it is over."""

    way: str
    subjects: tuple[str, ...]
    categories: frozenset[str]
    over: str = ""

    def carries(self, said: "Said", around: "Around") -> bool:
        if said.category not in self.categories:
            return False
        whom = said.about or self.subjects
        return self.stands(whom, said.category, around)

    def stands(self, whom: tuple[str, ...], category: str | None, around: "Around") -> bool:
        """By law until it comes back; by consent as long as each person's own lasts."""
        if self.way == "consent":
            return all(self._consented(person, category, around) for person in whom)
        return not self.over

    def _consented(self, person: str, category: str | None, around: "Around") -> bool:
        wanted = self.categories if category is None else {category}
        return any(
            consent.person == person
            and wanted & consent.categories
            and not (consent.withdrawn or (consent.today_only and around.tomorrow))
            for consent in around.consents
        )


@dataclass
class Consent:
    person: str
    categories: frozenset[str]
    today_only: bool = False
    withdrawn: bool = False


@dataclass
class Room:
    """支援会議: sato is there until he leaves; what was said there stays there."""

    subjects: tuple[str, ...]
    over: str = ""


@dataclass
class Said:
    """`text` as it stands; `before` what it said before it was put right."""

    word: Word
    text: str
    before: str = ""
    passed: Passed | None = None
    room: Room | None = None
    learned: bool = False
    hidden_from: set[str] = field(default_factory=set)
    category: str = ""
    gone: str = ""
    kind: str = ""
    """A `note`; or what was said besides: `along` in passing something on, when it was `brought` to
    a sitting, in a `decision`, as `needed` for a role; each of these says who supports whom.
    """

    @property
    def about(self) -> tuple[str, ...]:
        return self.word.about


@dataclass
class Around:
    """What holds for the whole household when it is read."""

    acting: dict[str, set[str]] = field(default_factory=dict)
    protected: dict[str, set[str]] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    """Each that took somebody up, whatever came of it there."""
    looks: bool = False
    audited: bool = False
    tomorrow: bool = False
    told: bool = False
    """Whether 社協 and the desk for women were told who lives there."""
    apart: str = ""
    """Who is in another household, too, without the others: the child that went, or the mother."""


def aside(around: Around) -> frozenset[str]:
    """利益相反: the officers who have no such case: of 個人情報保護 and 名寄せ whoever acts for any
    of them; of 支援措置 only who acts for somebody from whom another is protected.
    """
    feared = {person for from_whom in around.protected.values() for person in from_whom}
    acting = {staff: around.acting.get(staff, set()) for staff in OFFICERS}
    return frozenset(
        staff for staff, whom in acting.items() if (whom & feared if staff == "mori" else whom)
    )


def may_see(said: Said, around: Around) -> frozenset[str]:
    """Who may see these words; a note, whoever kept it."""
    if said.kind == "note":
        return frozenset({said.word.by})
    return _may_see(said, around) - _walled(said, around) - aside(around)


def _may_see(said: Said, around: Around) -> frozenset[str]:
    informant = said.word.tag == "informant"
    audit = frozenset({"ito"} if around.audited and not informant else ())
    if said.gone == "voided":
        return frozenset()
    if said.gone == "misfiled":
        return frozenset() if _place(said, around) else audit
    if _place(said, around):
        return _protection(said)
    if said.room and said.kind:
        return frozenset(_decided(said, said.room)) | audit
    return frozenset(_opened(said, around)) | audit


def _decided(said: Said, room: Room) -> Iterator[str]:
    """A decision stays with the agencies that were there; what a role needs, with who holds it, and
    in the room; with what words it was brought there, in the room and with who wrote them.
    """
    if said.kind == "brought":
        yield from ("suzuki", *DESKS[said.word.by])
        yield from () if room.over else ("sato",)
        return
    yield from ("suzuki", *SHAKYO)
    if said.kind == "decision":
        yield from CENTRE
    elif room.over != "closed":
        yield "tanaka"


def _place(said: Said, around: Around) -> bool:
    """居場所: what was written as secret, or tells where somebody is who is protected."""
    protected = around.protected.keys()
    tells = said.word.tag == "location" and bool(
        protected & set(said.about) if said.about else protected
    )
    return said.word.concealed or tells


def _protection(said: Said) -> frozenset[str]:
    """支援措置担当 read a place, in a record that is theirs to read; never one that was told in a
    room, nor what tells of a 通報者.
    """
    theirs = not said.word.part or "mori" in AGENCY[said.word.by]
    closed = said.learned or said.word.tag == "informant"
    return frozenset({"mori"} if theirs and not closed else ())


def _opened(said: Said, around: Around) -> Iterator[str]:
    informant = said.word.tag == "informant"
    if said.learned:
        yield "tanaka"
    else:
        yield from DESKS[said.word.by]
    if informant:
        return
    if said.room:
        yield from ("suzuki",) if said.room.over else ("suzuki", "sato")
    if said.learned:
        return
    if said.category not in DESK_ONLY:
        yield from AGENCY[said.word.by]
    if said.passed and said.passed.carries(said, around):
        yield from SHAKYO
    if around.looks:
        yield "fukuda"


def _walled(said: Said, around: Around) -> frozenset[str]:
    """Who acts for somebody it is hidden from, or for whom another agency is a 手がかり: at a
    sitting of any who was taken up there, with whom they live.
    """
    found: set[str] = set()
    for staff, persons in around.acting.items():
        against = {
            person
            for protected, from_whom in around.protected.items()
            if protected in said.about or not said.about or said.kind in AT_SITTING
            for person in from_whom
        }
        told = said.kind or staff in OFFICERS or AGENCY[said.word.by] != AGENCY[staff]
        if persons & said.hidden_from or (told and persons & against):
            found |= DESKS.get(staff, {staff})
    return frozenset(found)


def may_know(person: str, said: list[Said], around: Around) -> frozenset[str]:
    """Who may know what the person is called."""
    found = set(CENTRE | WHO_AND_WHERE)
    for each in said:
        passed, needed = each.passed, each.room if each.kind == "needed" else None
        if passed and person in passed.subjects and passed.stands((person,), None, around):
            found |= SHAKYO
        if needed and person in needed.subjects:
            found |= SHAKYO
    for room in around.rooms:
        if person in room.subjects:
            found |= {"suzuki"} if room.over else {"suzuki", "sato"}
    found |= SHAKYO | {"hayashi"} if around.told else set()
    found |= {"fukuda"} if around.looks else set()
    found |= {"ito"} if around.audited else set()
    for staff, persons in around.acting.items():
        beside = DESKS.get(staff, frozenset({staff}))
        if beside.isdisjoint(CENTRE) and persons & around.protected.get(person, set()):
            found -= beside
    known = _of_no_side(around) if person == around.apart else frozenset()
    return frozenset(found) - (aside(around) - known)


def _of_no_side(around: Around) -> frozenset[str]:
    """名寄せ and 支援措置, in the household where one of them is without the others."""
    sides = {"kato": {around.apart}, "mori": around.protected.get(around.apart, set())}
    return frozenset(
        name for name, theirs in sides.items() if not around.acting.get(name, set()) & theirs
    )
