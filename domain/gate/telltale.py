"""手がかり (rule 2): which agency stands by a protected person, and where they go by day, tells
where to look for them.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

from domain.events import KIND_OF, Fact
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.intake import ConsultationScreened
from domain.events.meeting import RoleAssigned, RoleEnded
from domain.events.person import CareNeeded, SafeContactAgreed, VisitRiskNoted
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.sitting import AttendeeInvited, DutyNotified, SittingWrittenUp
from domain.gate.asked import Asked
from domain.gate.meetings import Meeting
from domain.gate.reader import Reader
from domain.gate.releasing import narratives
from domain.gate.situation import Handed, Situation
from domain.gate.spoken import thread
from domain.gate.verdict import Place
from domain.labels import Label, Paragraph, Tag
from domain.values import AgencyId, PersonId, ResourceId, SittingId, Value

_TELLING = frozenset({"household", "person", "sitting"})
_OF_THEIRS = (SafeContactAgreed, CareNeeded, VisitRiskNoted)
_APART = (Label, Paragraph)
"""Each is asked about by itself."""
_CORRECTING = (FactCorrected, MisfiledRecordWithdrawn)
_LABELLING = (LabelTightened, LooseningProposed, LabelLoosened)
"""They speak of one record, which may have told when they were written."""
_AGAINST = frozenset({"counterparties", "hide_from"})
"""From whom something is kept is not whom it is about."""


def betrayed(reader: Reader, asked: Asked, situation: Situation) -> frozenset[UUID]:
    """The protected persons of whom it tells another agency than the reader's: one that wrote of
    them, that is named, or that was asked what this answers. Where it names nobody, any of them.
    Where it names a sitting, too: that took up the household.
    And whom it tells how to reach, or what they need and fear, whenever that was written.
    """
    kind = KIND_OF[type(asked.item.fact)]
    if not situation.protected or kind not in _TELLING:
        return frozenset()
    if isinstance(asked.item.fact, _OF_THEIRS):
        return frozenset({situation.who(asked.item.stream)}) & situation.concealed
    asking = None
    if not tells(reader, asked, situation):
        asking = asked_elsewhere(reader, asked, situation)
        if asking is None:
            return frozenset()
    if kind == "sitting":
        return _taken_up(asked, situation)
    if _of_a_sitting(asked.item.fact):
        return situation.concealed
    own = (asked.item.stream,) if kind == "person" else ()
    of_asking = asking.subjects if asking else ()
    about = frozenset(map(situation.who, (*own, *_persons(asked), *of_asking)))
    return about & situation.concealed if about else situation.concealed


def asked_elsewhere(reader: Reader, asked: Asked, situation: Situation) -> Handed | None:
    """The つなぎ, 情報提供 or 協力依頼 to another agency that it answers or ends: who answered, or
    why it was taken back, tells of that agency whoever wrote it down.
    """
    name = thread(asked.item.fact) or _screened_to(asked.item.fact)
    parties = situation.parties.get((asked.item.stream, name), ()) if name else ()
    places = {place for _, place in parties}
    went = (each for each in situation.handed if each.to.agency != reader.capacity.agency)
    return next((each for each in went if each.place in places), None)


def _screened_to(fact: Fact) -> str | None:
    """スクリーニング says by which つなぎ it went on."""
    if isinstance(fact, ConsultationScreened) and fact.referral:
        return f"referral:{fact.referral}"
    return None


def _taken_up(asked: Asked, situation: Situation) -> frozenset[UUID]:
    """Those whose households were taken up by the items it is recorded of: who sits there. Whoever
    is invited for other items, too, may well sit there for those.
    """
    meeting = situation.meetings.get(asked.item.stream)
    if meeting is None:
        return frozenset()
    found = [_of_item(item, meeting, situation) for item in _items(asked, meeting)]
    return frozenset().union(*found) if all(found) else frozenset()


def _items(asked: Asked, meeting: Meeting) -> Iterable[UUID | None]:
    """Of whom nothing else is said, all of the sitting; of a notice, those of the seat."""
    fact, learned = asked.item.fact, asked.learned
    if isinstance(fact, DutyNotified) and fact.attendee in meeting.seats:
        fact = meeting.seats[fact.attendee][1]
    if isinstance(fact, SittingWrittenUp):
        return (learned.item,) if learned else meeting.items
    if isinstance(fact, AttendeeInvited):
        return fact.items or meeting.items
    return (getattr(fact, "item", None),)


def taken_up_by(
    asked: Asked, persons: Collection[UUID], theirs: frozenset[UUID], situation: Situation
) -> Iterator[Place]:
    """The facts by which its items took up the households of these persons: of those who are
    protected from `theirs`, or, where an item took up nobody of them, of whoever is.
    """
    meeting = situation.meetings.get(asked.item.stream)
    if meeting is None or not persons:
        return
    for place, added in (meeting.items[each] for each in _items(asked, meeting) if each):
        yield place
        at_home = {
            who: joined.place
            for (home, who), joined in situation.belong.items()
            if home == added.household and who in persons
        }
        guarded = [who for who in at_home if situation.against([who], theirs)]
        yield from (at_home[who] for who in guarded or at_home)
        if not guarded:
            yield from (each.place for each in situation.protections(at_home))


def _of_item(item: UUID | None, meeting: Meeting, state: Situation) -> frozenset[UUID]:
    if item is None or item not in meeting.items:
        return frozenset()
    home = meeting.items[item][1].household
    return frozenset(who for at, who in state.belong if at == home) & state.concealed


def tells(reader: Reader, asked: Asked, situation: Situation) -> bool:
    """What the reader's own agency wrote tells them nothing, unless it names another, or a sitting,
    where others sat, too; or speaks of a record that is gone, or reads otherwise by now.
    """
    fact, author = asked.item.fact, asked.item.author.capacity
    agencies = {asked.label.agency, author.agency, *named(fact, AgencyId)}
    another = agencies != {reader.capacity.agency}
    elsewhere = any(named(fact, ResourceId)) or _of_a_sitting(fact)
    elsewhere = elsewhere or _of_what_was(asked, situation)
    return another or elsewhere or Tag.PARTNER_AGENCY in asked.label.tags


def _of_what_was(asked: Asked, situation: Situation) -> bool:
    """What it speaks of told otherwise once, and may have named another."""
    fact, stream = asked.item.fact, asked.item.stream
    if not isinstance(fact, _LABELLING):
        return isinstance(fact, _CORRECTING)
    now = situation.at.get(Place(stream, fact.of))
    return now is None or now.words != now.version


def _of_a_sitting(fact: Fact) -> bool:
    """A role is given out at one, though it names the decision alone."""
    return isinstance(fact, RoleAssigned | RoleEnded) or any(named(fact, SittingId))


def _persons(asked: Asked) -> Iterator[UUID]:
    yield from asked.label.subjects
    if asked.paragraph is None:
        yield from named(asked.item.fact, PersonId)
    else:
        yield from _in_paragraph(asked.paragraph)


def whom(fact: Fact) -> Iterator[UUID]:
    """Everybody whom a fact names, in whatever part of it."""
    yield from (*fact.label.subjects, *named(fact, PersonId))
    for _, _, paragraph in narratives(fact):
        yield from _in_paragraph(paragraph)


def _in_paragraph(paragraph: Paragraph) -> Iterator[UUID]:
    yield from (*paragraph.principals, *paragraph.mentioned)
    yield from (paragraph.told_by,) if paragraph.told_by else ()


def named(value: Value, mark: object) -> Iterator[Any]:
    """All that its fields name of a kind, those of the values within it too."""
    for name, is_one in _fields(type(value), mark):
        given = getattr(value, name)
        for each in given if isinstance(given, tuple) else (given,):
            if is_one and each is not None:
                yield each
            elif isinstance(each, Value) and not isinstance(each, _APART):
                yield from named(each, mark)


@cache
def _fields(kind: type[Value], mark: object) -> tuple[tuple[str, bool], ...]:
    """The fields that are of that kind, and those that may hold some."""
    hints = get_type_hints(kind, include_extras=True)
    found = ((name, hints[name]) for name in kind.model_fields if name not in _AGAINST)
    return tuple((name, _is(hint, mark)) for name, hint in found if _is(hint, mark) or _holds(hint))


def _is(hint: object, mark: object) -> bool:
    return hint == mark or any(_is(each, mark) for each in get_args(hint))


def _holds(hint: object) -> bool:
    within = get_args(hint)
    return (
        any(map(_holds, within)) if within else isinstance(hint, type) and issubclass(hint, Value)
    )
