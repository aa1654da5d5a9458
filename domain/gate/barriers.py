"""Barriers (閉じる決まり): whoever else may read, these stand in the way. Deny wins."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from domain.events.intake import NoteDropped, NoteKept
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened, OversightFact
from domain.events.publication import PublicationFact
from domain.events.resource import ResourceFact
from domain.events.rights import DisclosureDecided, DisclosureRequested, RightsFact
from domain.events.staff import StaffFact
from domain.events.support import FileAttached
from domain.gate.asked import Asked, Places, nearby, placed, secret, whole
from domain.gate.handing import unique
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.spoken import Item, thread
from domain.gate.telltale import asked_elsewhere, betrayed, taken_up_by, tells
from domain.gate.verdict import Denial, Place
from domain.household import KEEPERS
from domain.labels import Tag
from domain.values import Role

OF_ITS_AUTHOR = frozenset({NoteKept, NoteDropped})
ABOUT_NOBODY = (ResourceFact, StaffFact, PublicationFact)
"""Colleagues, places and counts."""
_OF_AUDIT = frozenset({AuditCaseOpened, AuditCaseClosed})
_OF_REQUESTS = frozenset({DisclosureRequested, DisclosureDecided})
"""開示請求 (個情法76条): a parent who asks may be the 相手方, and is nobody else's business."""
_OF_THE_OFFICE = _OF_AUDIT | _OF_REQUESTS


def barred(reader: Reader, asked: Asked, situation: Situation) -> Denial | None:
    """Walls above all; then what stays with one desk or one person."""
    if situation.acting:
        sided = _walled(reader, asked, situation) or _stands_aside(reader, asked, situation)
        if sided:
            return sided
    return (
        _kept_to_its_author(reader, asked)
        or _informant(reader, asked)
        or _of_the_office(reader, asked)
        or _without_text(reader, asked)
    )


def suspended(asked: Asked, situation: Situation) -> Places:
    """利用停止 (個情法100条): nobody uses it, nor a file of it, whatever for; the procedure itself
    goes on.
    """
    fact, stream = asked.item.fact, asked.item.stream
    if not situation.suspensions or isinstance(fact, RightsFact | OversightFact):
        return ()
    about = frozenset(map(situation.who, fact.label.subjects))
    belongs = situation.pointees(asked.item) if isinstance(fact, FileAttached) else ()
    found: list[Place] = []
    for each in situation.suspensions:
        if each.stops(asked.item, about):
            found.append(each.place)
        elif each.place.stream == stream:
            of = [to.place for to in belongs if to.version in each.versions]
            found += (each.place, *of) if of else ()
    return unique(tuple(found))


def _walled(reader: Reader, asked: Asked, situation: Situation) -> Denial | None:
    """Rules 2 and 21: never those who act for whom it is hidden from, nor, where it tells or would
    betray a place, for the 相手方.
    """
    acting = [each for each in situation.acting if each.is_(reader)]
    if not acting:
        return None
    told_of = betrayed(reader, asked, situation)
    raised = (
        *_raised(reader, asked, situation, told_of),
        *_by_what_it_names(reader, asked, situation),
    )
    return Denial("wall", unique(raised)) if raised else None


def _by_what_it_names(reader: Reader, asked: Asked, situation: Situation) -> Places:
    """What speaks of a record stands behind the walls of that one, and of what that speaks of."""
    known: dict[Place, Places] = {}
    for each in situation.spoken_of(asked.item):
        of = whole(each, situation)
        own = _raised(reader, of, situation, betrayed(reader, of, situation))
        known[each.place] = unique((*own, *_through(reader, each, situation, known)))
    return tuple(_through(reader, asked.item, situation, known))


def _through(
    reader: Reader, item: Item, situation: Situation, known: Mapping[Place, Places]
) -> Iterator[Place]:
    """Of an answer it is told by itself which agency it betrays; what their own has answered they
    know.
    """
    name = thread(item.fact)
    for each in situation.pointees(item):
        walls = known[each.place]
        if name and thread(each.fact) == name:
            walls = _raised(reader, whole(each, situation), situation, frozenset())
        yield from (*walls, each.place) if walls else ()


def _raised(reader: Reader, asked: Asked, situation: Situation, told_of: frozenset[UUID]) -> Places:
    """Who acts for whom, and why these are not told; none where nothing stands in their way."""
    acting = [each for each in situation.acting if each.is_(reader)]
    located = placed(asked, situation) | nearby(asked, situation)
    standing = situation.protections(located | told_of)
    named = _kept_from(asked, situation).union(*(each.kept_from for each in standing))
    against = [each for each in acting if each.person in named]
    if not against:
        return ()
    theirs = frozenset(each.person for each in against)
    return (
        *(each.place for each in against),
        *situation.against(located | told_of, theirs),
        *_by_label(asked, theirs),
        *(secret(asked) if situation.against(located - told_of, theirs) else ()),
        *(taken_up_by(asked, told_of, theirs, situation)),
        *(_asking(reader, asked, situation) if situation.against(told_of, theirs) else ()),
    )


def _kept_from(asked: Asked, situation: Situation) -> frozenset[UUID]:
    """From whom the label hides it: as it was written, and by each change since."""
    written = situation.one.meant(asked.written.hidden_from, asked.item)
    return written.union(*(change.kept_from for change in asked.changes))


def walled(reader: Reader, items: Iterable[Item], situation: Situation) -> frozenset[Place]:
    """What of these a wall keeps from the reader, whoever else may not read it either: so that to
    write, too, there is none of it.
    """
    if not takes_sides(reader, situation):
        return frozenset()
    asked = (whole(item, situation) for item in items)
    return frozenset(each.place for each in asked if _walled(reader, each, situation))


def _asking(reader: Reader, asked: Asked, situation: Situation) -> Places:
    """What it answers or ends: without that it would tell of no other agency."""
    asking = None if tells(reader, asked, situation) else asked_elsewhere(reader, asked, situation)
    return (asking.place,) if asking else ()


def _stands_aside(reader: Reader, asked: Asked, situation: Situation) -> Denial | None:
    if isinstance(asked.item.fact, ABOUT_NOBODY):
        return None
    conflict = stands_aside(reader, situation)
    return Denial("stands-aside", conflict) if conflict else None


def stands_aside(reader: Reader, situation: Situation) -> Places:
    """利益相反: by which facts an officer leaves this case to another; none where they need not.

    An office reaches every household, so whoever holds it must be of no side where they use it.
    個人情報保護 and 名寄せ leave each case in which they act for anybody, or for the 相手方 of one:
    they choose themselves whom they look into, and whose records they make one. 支援措置 leaves
    only the cases in which they act for a 相手方: who acts for the protected stands on the side
    that the office is there for, and a small town must not lose its only officer by it. In that
    capacity there is no such case, be it to read or to write; another officer does the work, and
    until one does, a 支援措置 stays as it is (rule 23).
    """
    acting = [each for each in situation.acting if each.is_(reader)]
    if reader.capacity.role in {Role.PRIVACY, Role.IDENTITY}:
        return unique(tuple(each.place for each in acting))
    if not acting or reader.capacity.role is not Role.PROTECTION:
        return ()
    theirs = frozenset(each.person for each in acting) & _feared(situation)
    against = tuple(each.place for each in acting if each.person in theirs)
    return unique((*against, *situation.against(situation.concealed, theirs)))


def _feared(situation: Situation) -> frozenset[UUID]:
    """Everybody from whom anybody here is protected."""
    standing = situation.protections(situation.concealed)
    return frozenset(person for each in standing for person in each.kept_from)


def _by_label(asked: Asked, theirs: frozenset[UUID]) -> Places:
    """The changes of the label that hide it from one of these."""
    return tuple(
        change.place for change in asked.changes if not theirs.isdisjoint(change.kept_from)
    )


def acts_against(reader: Reader, person: UUID, situation: Situation) -> bool:
    """Whether the reader acts for a 相手方 of that person: then not even that there is a 支援措置
    is told.
    """
    standing = situation.protections([situation.who(person)])
    against = {each for protection in standing for each in protection.kept_from}
    return any(each.person in against and each.is_(reader) for each in situation.acting)


def faces(reader: Reader, situation: Situation) -> bool:
    """Whether the reader acts for a 相手方 of anybody here: then not even who leads is told."""
    feared = _feared(situation)
    return any(each.person in feared and each.is_(reader) for each in situation.acting)


def takes_sides(reader: Reader, situation: Situation) -> bool:
    """Whether the reader acts for anybody at all."""
    return any(each.is_(reader) for each in situation.acting)


def _kept_to_its_author(reader: Reader, asked: Asked) -> Denial | None:
    if type(asked.item.fact) not in OF_ITS_AUTHOR:
        return None
    author = asked.item.author
    same = (author.staff, author.capacity.agency) == (reader.staff, reader.capacity.agency)
    return None if same else Denial("author-only")


def _informant(reader: Reader, asked: Asked) -> Denial | None:
    """Rule 31."""
    hidden = Tag.INFORMANT in asked.label.tags and not asked.own(reader)
    return Denial("informant") if hidden else None


def _of_the_office(reader: Reader, asked: Asked) -> Denial | None:
    """Whom an audit looks into is not told to colleagues, who may be those it looks at; who asked
    to be shown what, to nobody but the desk that took the request.
    """
    kind = type(asked.item.fact)
    ours = kind in _OF_REQUESTS and asked.own(reader)
    closed = kind in _OF_THE_OFFICE and reader.capacity.role is not Role.PRIVACY
    return Denial("no-basis") if closed and not ours else None


def _without_text(reader: Reader, asked: Asked) -> Denial | None:
    if reader.capacity.role not in KEEPERS or isinstance(asked.item.fact, ABOUT_NOBODY):
        return None
    return Denial("no-personal-text")
