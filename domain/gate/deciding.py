"""The gate (閲覧の関門): may this reader, in this capacity, read this, now? Default: no. Deny wins.

Absent and hidden look the same to whoever asks through it. The same question at another date is
the same function over the situation of that date.
"""

from collections.abc import Iterator
from dataclasses import replace

from domain.conditions import CASE_WORK
from domain.gate.asked import Asked, Way, located, secret, whole
from domain.gate.barriers import ABOUT_NOBODY, OF_ITS_AUTHOR, barred, suspended
from domain.gate.handing import handed, together, unique
from domain.gate.offices import audit, emergency, metadata, office, protected_place
from domain.gate.reader import Reader
from domain.gate.roles import decision, role
from domain.gate.rooms import room, secretariat
from domain.gate.situation import Situation
from domain.gate.spoken import Item
from domain.gate.verdict import FRAME_ONLY, Denial, Grant, Place, Verdict
from domain.gate.ways import (
    addressee,
    elsewhere,
    in_thread,
    member,
    own_agency,
    own_desk,
    request,
)

_CASE: tuple[Way, ...] = (
    own_agency,
    elsewhere,
    handed,
    room,
    secretariat,
    role,
    decision,
    request,
    in_thread,
    member,
)
_OFFICE: tuple[Way, ...] = (office, audit)
_BESIDE_CASES: tuple[Way, ...] = (own_desk, *_OFFICE, metadata)
_IN_ROOMS: tuple[Way, ...] = (own_desk, *_CASE, *_OFFICE, addressee)
_IN_CASES: tuple[Way, ...] = (own_desk, *_CASE, *_OFFICE, emergency, addressee)


def may_read(reader: Reader, item: Item, situation: Situation) -> Verdict:
    """Whether the fact as a whole may be read; parts of it may still be withheld (see `shown`)."""
    return decided(reader, whole(item, situation), situation)


def decided(reader: Reader, asked: Asked, situation: Situation) -> Verdict:
    """The verdict; among its facts each change of the label, of this or of what it came with, and
    each end of a 支援措置 or of a guardian's task, without which alone it were another (`_other`).
    """
    if situation.unread:
        return Denial("unread")
    verdict = _besides(asked, _decided(reader, asked, situation))
    loosened = situation.loosened.get(asked.place, ()) if situation.loosened else ()
    elsewhere = tuple(_otherwise_told(verdict, asked, situation))
    if not (asked.changes or loosened or elsewhere or situation.lifted or situation.retired):
        return verdict
    turned = tuple(
        change.place
        for change in asked.changes
        if _changed(verdict, _besides(asked, _decided(reader, asked.without(change), situation)))
    )
    still = (
        *elsewhere,
        *_while_protected(situation),
        *((end, situation.unretired(acting)) for end, acting in situation.retired),
    )
    ended = [end for end, then in still if _other(verdict, _decided(reader, asked, then))]
    ended += [
        end
        for end, change in loosened
        if _other(verdict, _decided(reader, asked.under(change), situation))
    ]
    told = replace(verdict, facts=unique((*verdict.facts, *turned, *ended)))
    return _besides(asked, told)


def _besides(asked: Asked, verdict: Verdict) -> Verdict:
    """What opens it besides that it was recorded."""
    if asked.place not in verdict.facts:
        return verdict
    return replace(verdict, facts=tuple(each for each in verdict.facts if each != asked.place))


def _otherwise_told(
    verdict: Verdict, asked: Asked, situation: Situation
) -> Iterator[tuple[Place, Situation]]:
    """Each change of the label of what was handed over, or of who belongs, that may have closed it,
    and each taking back of one that may have opened it; and how it stood without it.
    """
    if not (situation.changes or situation.loosened):
        return
    places = {each.place for each in situation.handed}
    places |= {joined.place for joined in situation.belong.values()}
    places |= {each.place for each in situation.spoken_of(asked.item)}
    for place in sorted(places - {asked.place}):
        labelled = situation.changes.get(place, ())
        for change in labelled if not _is_content(verdict) else ():
            rest = tuple(each for each in labelled if each is not change)
            yield change.place, situation.labelling(place, rest)
        for end, change in situation.loosened.get(place, ()):
            again = sorted((*labelled, change), key=lambda each: each.place)
            yield end, situation.labelling(place, tuple(again))


def _while_protected(situation: Situation) -> Iterator[tuple[Place, Situation]]:
    """Each end of a 支援措置, and how it stood without it."""
    for person, lifted in situation.lifted.items():
        for end, protection in lifted:
            yield end, situation.unlifted(person, protection)


def _changed(verdict: Verdict, without: Verdict) -> bool:
    """What opens all of it may open it by other facts, too; not by fewer of the same."""
    if not _is_content(verdict) or _other(verdict, without):
        return _other(verdict, without)
    return not set(without.facts).issubset(verdict.facts)


def _is_content(verdict: Verdict) -> bool:
    """Whether all of it is open, not the frame alone."""
    return isinstance(verdict, Grant) and verdict.rule not in FRAME_ONLY


def _other(verdict: Verdict, without: Verdict) -> bool:
    """Another rule would open it, or it would be closed; why it stays closed is all one."""
    if isinstance(verdict, Denial):
        return isinstance(without, Grant)
    return verdict.rule != without.rule


def _decided(reader: Reader, asked: Asked, situation: Situation) -> Verdict:
    if denial := barred(reader, asked, situation):
        return denial
    withdrawn = situation.misfiled.get(asked.place) if situation.misfiled else None
    if withdrawn:
        return _for_audit_alone(reader, asked, situation, Denial("misfiled", withdrawn))
    if type(asked.item.fact) in OF_ITS_AUTHOR:
        return Grant("author")
    if isinstance(asked.item.fact, ABOUT_NOBODY):
        return Grant("open")
    if stopped := suspended(asked, situation):
        return _for_audit_alone(reader, asked, situation, Denial("use-suspended", stopped))
    where = located(asked, situation)
    if where is not None:
        return _protected(reader, asked, situation, where)
    return _by_some_way(reader, asked, situation)


def _for_audit_alone(reader: Reader, asked: Asked, situation: Situation, closed: Denial) -> Verdict:
    """Wrong household, or use suspended: closed at once to all but audit, and to audit a place."""
    answer = audit(reader, asked, situation)
    if isinstance(answer, Denial):
        return Denial(closed.rule, (*closed.facts, *answer.facts))
    where = located(asked, situation) if answer else None
    if where is not None:
        return Denial("concealed-location", unique((*where, *secret(asked))))
    return answer or closed


def _protected(
    reader: Reader, asked: Asked, situation: Situation, where: tuple[Place, ...]
) -> Verdict:
    """Rules 2 and 3: a place that was also told in a 支援会議 is nobody's to read."""
    answer = None if asked.learned else protected_place(reader, asked, situation, where)
    if isinstance(answer, Grant):
        return answer
    rule, facts = (answer.rule, answer.facts) if answer else ("concealed-location", ())
    return Denial(rule, unique((*where, *secret(asked), *facts)))


def _by_some_way(reader: Reader, asked: Asked, situation: Situation) -> Verdict:
    """The first way that opens; where none does, or but a frame is left, all that has ended."""
    ended: list[Denial] = []
    for way in _ways(reader, asked):
        answer = way(reader, asked, situation)
        if isinstance(answer, Grant):
            over = together(ended) if answer.rule in FRAME_ONLY else None
            return replace(answer, facts=over.facts) if over else answer
        if answer:
            ended.append(answer)
    return together(ended) or Denial("no-basis")


def _ways(reader: Reader, asked: Asked) -> tuple[Way, ...]:
    """Cases are for those who work on them; what was learned in a room, urgency does not open."""
    if reader.capacity.role not in CASE_WORK:
        return _BESIDE_CASES
    return _IN_ROOMS if asked.learned else _IN_CASES
