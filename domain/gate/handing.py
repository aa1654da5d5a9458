"""渡されたもの (ways b, c and e): what a つなぎ or 情報提供 opens, as long as its basis holds."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.membership import HouseholdsMerged, HouseholdSplit, MemberJoined, MemberLeft
from domain.events.person import (
    AddressRecorded,
    PersonIdentified,
    PersonNoted,
    SafeContactAgreed,
)
from domain.events.referral import ReferralMade
from domain.gate.asked import Answer, Asked, Places
from domain.gate.reader import Reader
from domain.gate.situation import Consent, Handed, Situation
from domain.gate.verdict import Denial, Grant, Place
from domain.labels import (
    DESK_ONLY,
    ByConsent,
    BySitting,
    ByStatute,
    Category,
    Label,
    OwnRecord,
    Urgent,
)

IDENTITY = frozenset({PersonNoted, PersonIdentified, SafeContactAgreed})
MEMBERS = (MemberJoined, MemberLeft)
_TOGETHER = (HouseholdsMerged, HouseholdSplit)
_CONSENTS = (ConsentGiven, ConsentWithdrawn)
_Reach = tuple[Category | None, tuple[UUID, ...], Places]
"""The category it takes (any where none), whose consent (where nobody's, of those it names), and
by which facts they belong.
"""


def handed(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """The first that is in force; otherwise all that has ended."""
    ended: list[Denial] = []
    for each in situation.handed:
        if not _goes_on(each, asked) or not _reaches(each, reader, asked, situation):
            continue
        reach = _reach(each, asked, situation)
        answer = _in_force(each, reader.today, reach, situation, asked.place) if reach else None
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def _reaches(each: Handed, reader: Reader, asked: Asked, situation: Situation) -> bool:
    """Rule 1: a desk that was not told of it, for it is about 健康 or 虐待・DV, is handed nothing
    by it, nor told who they are.
    """
    if not each.to.reaches(reader.capacity, asked.label.category):
        return False
    now = situation.label(each.place, each.label)
    return each.to.reaches(reader.capacity, now.category)


def _goes_on(each: Handed, asked: Asked) -> bool:
    """Rule 3: what was heard in a room stays in it; what was learned there goes on only by law or
    in danger, never by consent, and only where it is itself handed over. Rule 1: without a basis a
    つなぎ carries nothing out of the agency, and no 健康 or 虐待.
    """
    if isinstance(each.basis, BySitting):
        return False
    if asked.learned and not (_encloses(each, asked) or asked.place == each.place):
        return False
    if isinstance(each.basis, OwnRecord):
        inside = each.label.agency == each.to.agency and asked.label.category not in DESK_ONLY
        return inside and asked.learned is None
    return asked.learned is None or isinstance(each.basis, ByStatute | Urgent)


def goes_out(asked: Asked, situation: Situation, day: date) -> bool:
    """Rule 3: whether what was learned in a 支援会議 was passed on since, on a basis of its own
    that holds that day: such as would open it to whoever got it, had it not been learned there.
    """
    passed = (
        _in_force(each, day, _itself(asked, situation), situation, asked.place)
        for each in situation.handed
        if _encloses(each, asked) and not isinstance(each.basis, BySitting | OwnRecord)
    )
    return any(isinstance(answer, Grant) for answer in passed)


def together(ended: Sequence[Denial]) -> Denial | None:
    """All that stands in the way, under the reason of the first."""
    if not ended:
        return None
    return Denial(ended[0].rule, unique(tuple(p for denial in ended for p in denial.facts)))


def _reach(each: Handed, asked: Asked, situation: Situation) -> _Reach | None:
    """Whether this is among what was handed over, or goes with it: whom it is about, and the
    consents that name the agency.
    """
    fact, stream = asked.item.fact, situation.who(asked.item.stream)
    if isinstance(fact, MEMBERS):
        reach = _person(each, situation.who(fact.person), situation)
        here = isinstance(fact, MemberJoined) and asked.item.stream == each.place.stream
        says_so = here and _wrote(each.label, asked.label)
        return _sensitive(each, (*reach[:2], ()) if reach and says_so else reach, asked)
    if type(fact) in IDENTITY:
        return _sensitive(each, _person(each, stream, situation), asked)
    if isinstance(fact, AddressRecorded):
        reach = _person(each, stream, situation)
        return _sensitive(each, (Category.IDENTITY, *reach[1:]) if reach else None, asked)
    if isinstance(fact, _TOGETHER):
        return _first(_person(each, situation.who(p), situation) for p in fact.persons)
    if isinstance(fact, _CONSENTS):
        return (None, (), ()) if each.to.agency in fact.agencies else None
    if _encloses(each, asked) or asked.place == each.place:
        return _itself(asked, situation)
    return None


def _sensitive(each: Handed, reach: _Reach | None, asked: Asked) -> _Reach | None:
    """Rule 1: what is of 健康 or 虐待・DV goes along where that category does; but a desk tells
    whom it hands over, and how to reach them, in any case: at such a desk all of that is.
    """
    by, label = each.label, asked.label
    theirs = (by.agency, by.desk) == (label.agency, label.desk)
    sensitive = label.category in DESK_ONLY and not theirs
    return (label.category, *reach[1:]) if reach and sensitive else reach


def _encloses(each: Handed, asked: Asked) -> bool:
    return asked.item.stream == each.place.stream and asked.item.version in each.versions


def _itself(asked: Asked, situation: Situation) -> _Reach:
    return asked.label.category, tuple(map(situation.who, asked.persons)), ()


def _person(each: Handed, person: UUID, situation: Situation) -> _Reach | None:
    """Who was handed a case knows whom it is about: those named, or else all of whom the desk that
    handed it over wrote that they belong, by then or since: of the others it may not know.
    """
    if each.subjects:
        return (None, (person,), ()) if person in each.subjects else None
    joined = situation.belong.get((each.place.stream, person))
    if joined is None or not _wrote(each.label, situation.label(joined.place, joined.fact.label)):
        return None
    return (None, (person,), (joined.place,))


def _wrote(by: Label, label: Label) -> bool:
    """Whether that desk did, or another of its agency that keeps nothing from it."""
    crosses = by.desk == label.desk or label.category not in DESK_ONLY
    return by.agency == label.agency and crosses


def _first(found: Iterable[_Reach | None]) -> _Reach | None:
    return next((each for each in found if each), None)


def _in_force(each: Handed, day: date, reach: _Reach, situation: Situation, own: Place) -> Answer:
    category, persons, joined = reach
    if category is not None and category not in each.categories:
        return None
    facts = (each.place, *joined)
    answer: Answer
    match each.basis:
        case OwnRecord():
            answer = Grant("referral", facts)
        case ByStatute():
            answer = Grant("statute", facts)
        case Urgent():
            answer = Grant("urgent-share", facts)
        case _:
            answer = _consented(each, day, (category, persons, facts), situation, own)
    if answer is None or not each.ended:
        return answer
    lost = answer.facts if isinstance(answer, Denial) else (each.place,)
    over = tuple(place for place, _ in each.ended)
    return Denial(each.ended[0][1], unique((*lost, *over)))


def _consented(each: Handed, day: date, reach: _Reach, situation: Situation, own: Place) -> Answer:
    """Rule 4: each person concerned has a consent in force of their own."""
    category, persons, facts = reach
    whose = persons or each.subjects
    if not whose:
        named = _named(each, situation)
        whose = tuple(consent.person for consent in named)
        facts = (*facts, *(consent.place for consent in named))
    found = [_of_person(each, person, category, day, situation, own) for person in whose]
    given = [answer for answer in found if isinstance(answer, Grant)]
    if whose and len(given) == len(whose):
        by = "referral" if each.kind is ReferralMade else "consent"
        return Grant(by, unique((*facts, *(place for one in given for place in one.facts))))
    over = together([answer for answer in found if isinstance(answer, Denial)])
    return Denial(over.rule, unique((each.place, *over.facts))) if over else None


def unique(places: Places) -> Places:
    return tuple(dict.fromkeys(places))


def _named(each: Handed, situation: Situation) -> tuple[Consent, ...]:
    """The consent that the record names, which says whose it takes where nothing else does."""
    basis = each.basis
    given = (
        consent
        for consent in situation.consents
        if isinstance(basis, ByConsent) and consent.given.consent == basis.consent
    )
    return tuple(given)


def _of_person(  # noqa: PLR0913, PLR0917 - whose consent, for whom, to what, when, and which first
    each: Handed,
    person: UUID,
    category: Category | None,
    day: date,
    situation: Situation,
    own: Place,
) -> Answer:
    """A consent of this person for the agency, the purpose and the category, or for any of those
    handed over: what is asked about where it is one, then that which was named; otherwise the
    consents that were.
    """
    agency, purpose = each.to.agency, each.purpose
    wanted = each.categories if category is None else (category,)
    ended: list[Denial] = []
    theirs = [consent for consent in situation.consents if consent.person == person]
    named = getattr(each.basis, "consent", None)
    theirs.sort(key=lambda consent: (consent.place != own, consent.given.consent != named))
    for consent in theirs:
        answer = consent.stands(agency, wanted, (purpose,), day)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)
