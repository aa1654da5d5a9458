"""渡されたもの: what a つなぎ, 情報提供 or 協力依頼 opens, on which basis, and until when."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
)
from domain.events.membership import HouseholdsMerged, HouseholdSplit
from domain.events.person import AddressRecorded, SafeContactAgreed
from domain.events.referral import ReferralMade, ReferralReturned, ReferralWithdrawn
from domain.events.support import SupportReopened
from domain.labels import Category
from tests.laws.gate_oracle import SENSITIVE, Asker, Ended, Log, Places, Told, from_a_room, places
from tests.laws.gate_oracle_rooms import whom


class Passed(NamedTuple):
    """`whose` must have consented, where it rests on consent; `of` any of these categories."""

    by: Told
    whose: frozenset[UUID]
    of: frozenset[Category]


def to_whom(fact: Any) -> str:
    return str(fact.of_agency if isinstance(fact, InformationRequested) else fact.to_agency)


def passings(log: Log, by: Asker, told: Told) -> Iterator[Passed]:
    """Everything that was passed to the reader's agency and takes the record along."""
    for passed in (
        log.all(ReferralMade) + log.all(InformationShared) + log.all(InformationRequested)
    ):
        if to_whom(passed.fact) == by.agency and by.works_on_cases:
            yield from _takes_along(log, by, passed, told)


def known_to_the_giver(log: Log, passed: Told) -> frozenset[UUID]:
    """Whoever belongs to the household because the desk that passed it on first said so, or one
    beside it that keeps nothing from it.
    """
    giver = passed.fact.label
    return frozenset(
        person
        for (household, person), joined in log.first_joined().items()
        if household == passed.stream
        and joined.fact.label.agency == giver.agency
        and (joined.fact.label.desk == giver.desk or log.label(joined).category not in SENSITIVE)
    )


def _takes_along(log: Log, by: Asker, passed: Told, told: Told) -> Iterator[Passed]:
    fact: Any = passed.fact
    label = log.label(told)
    desk = getattr(fact, "to_desk", None)
    about = {label.category, log.label(passed).category}
    if about & SENSITIVE and desk not in {None, by.desk}:
        return
    asks_of_a_room = in_a_sittings_name(passed)
    itself = told[:2] == passed[:2] or went_along(passed, told)
    if from_a_room(label) and not itself and not asks_of_a_room:
        return
    named = log.whos(passed.fact.label.subjects)
    concerned = named if asks_of_a_room else named or known_to_the_giver(log, passed)
    subjects = log.about(told) or named
    any_of, own = frozenset(fact.categories), frozenset({label.category})
    giver = passed.fact.label
    theirs = (giver.agency, giver.desk) == (label.agency, label.desk)
    closed = bool(own & SENSITIVE) and not theirs
    if told[:2] == passed[:2]:
        if label.category in fact.categories or in_a_sittings_name(passed):
            yield Passed(passed, named, own)
    elif person := whom(log, told):
        if person <= concerned and (asks_of_a_room or not closed or own <= any_of):
            yield Passed(passed, person, own if closed else any_of)
    elif asks_of_a_room:
        return
    elif isinstance(told.fact, SafeContactAgreed | AddressRecorded):
        only = any_of
        if isinstance(told.fact, AddressRecorded):
            only = frozenset({Category.IDENTITY})
        only = own if closed else only
        if log.who(told.stream) in concerned and only <= any_of:
            yield Passed(passed, frozenset({log.who(told.stream)}), only)
    elif isinstance(told.fact, HouseholdSplit | HouseholdsMerged):
        known = [log.who(one) for one in told.fact.persons if log.who(one) in concerned]
        if known:
            yield Passed(passed, frozenset(known[:1]), any_of)
    elif isinstance(told.fact, ConsentGiven | ConsentWithdrawn):
        if by.agency in told.fact.agencies:
            yield Passed(passed, named, any_of)
    elif went_along(passed, told) and own <= any_of:
        yield Passed(passed, subjects, own)


def went_along(passed: Told, told: Told) -> bool:
    fact: Any = passed.fact
    went = getattr(fact, "facts", getattr(fact, "enclosed", ()))
    return told.stream == passed.stream and told.version in went


def in_a_sittings_name(passed: Told) -> bool:
    """106条の6第3項: it says whom it is about, and takes nothing else along."""
    basis = passed.fact.label.basis
    return isinstance(passed.fact, InformationRequested) and basis.kind == "sitting"


def given_back(log: Log, passed: Told) -> list[Ended]:
    referral = getattr(passed.fact, "referral", None)
    return [
        Ended(reason, places([ended]))
        for kind, reason in ((ReferralReturned, "returned"), (ReferralWithdrawn, "withdrawn"))
        for ended in log.all(kind)
        if ended.fact.referral == referral
    ]


def by_law_or_purpose(by: Asker, passed: Told, told: Told, category: Category) -> str | None:
    """The rule by which it goes along whatever anybody consents to; None where none does."""
    match passed.fact.label.basis.kind:
        case "statute":
            return "statute"
        case "urgent":
            return "urgent-share"
        case "sitting" if in_a_sittings_name(passed):
            return "request"
        case "own" if passed.fact.label.agency == by.agency and category not in SENSITIVE:
            return None if from_a_room(told.fact.label) else "referral"
    return None


def consents(log: Log, by: Asker, passed: Passed, person: UUID) -> list[Told]:
    """Of that person, for that agency, purpose and one of the categories, whatever its dates."""
    fact: Any = passed.by.fact
    return [
        given for given in log.all(ConsentGiven)
        if log.who(given.fact.person) == person
        and by.agency in given.fact.agencies
        and fact.purpose in given.fact.purposes
        and passed.of & set(given.fact.categories)
    ]  # fmt: skip


def lost(
    log: Log, by: Asker, given: Told, purpose: str, wanted: frozenset[Category]
) -> Ended | None:
    """Withdrawn, expired, of an earlier cycle, or not begun; nothing where it is in force."""
    fact: Any = given.fact
    if by.today < fact.period.start:
        return Ended("not-begun")
    asked = left = wanted & set(fact.categories)
    facts = {given[:2]}
    for cut in log.all(ConsentWithdrawn, lambda w: w.consent == fact.consent):
        if by.agency in cut.fact.agencies and purpose in cut.fact.purposes:
            left -= set(cut.fact.categories)
            facts |= {cut[:2]} if asked & set(cut.fact.categories) else set()
    again = reopened(log, given)
    if left and not again and not (fact.period.end and fact.period.end < by.today):
        return None
    return Ended("expired" if left == asked else "withdrawn", frozenset(facts) | again)


def reopened(log: Log, given: Told) -> Places:
    """Rule 25: old consents do not revive, wherever the case went on."""
    homes = {given.stream: given.version}
    for merged in log.all(HouseholdsMerged) * 9:
        if merged.fact.source in homes and merged.stream == merged.fact.target:
            homes.setdefault(merged.stream, merged.version)
    again = log.all(SupportReopened)
    return places(t for t in again if t.stream in homes and t.version > homes[t.stream])


def of_the_basis(log: Log, passed: Told) -> frozenset[UUID]:
    """Who gave the consent it names, where it names nobody else."""
    key = getattr(passed.fact.label.basis, "consent", None)
    return log.whos([t.fact.person for t in log.all(ConsentGiven, lambda c: c.consent == key)])


def consented(log: Log, by: Asker, passed: Passed) -> tuple[bool, set[Ended]]:
    """Whether everybody it takes has consented for today; else what ended, if anything did."""
    fact: Any = passed.by.fact
    whose = passed.whose or of_the_basis(log, passed.by)
    missing, over = not whose, set[Ended]()
    for person in whose:
        theirs = consents(log, by, passed, person)
        why = [lost(log, by, given, fact.purpose, passed.of) for given in theirs]
        if all(why):
            missing = True
            over |= {each for each in why if each and each.by}
    return not missing, over


def handed(log: Log, by: Asker, told: Told) -> tuple[set[str], set[Ended]]:
    """The rules that open it, and why others no longer do: what was passed, and what ended it."""
    rules, closed = set[str](), set[Ended]()
    category = log.label(told).category
    for passed in passings(log, by, told):
        back = given_back(log, passed.by)
        opens, over = holds_today(log, by, passed, told, category)
        if back and (opens or over):
            over |= set(back)
        else:
            rules |= opens
        closed |= {Ended(each.reason, each.by | {passed.by[:2]}) for each in over}
    return rules, closed


def holds_today(
    log: Log, by: Asker, passed: Passed, told: Told, category: Category
) -> tuple[set[str], set[Ended]]:
    if rule := by_law_or_purpose(by, passed.by, told, category):
        return {rule}, set()
    if passed.by.fact.label.basis.kind != "consent" or from_a_room(told.fact.label):
        return set(), set()
    well, over = consented(log, by, passed)
    referral = isinstance(passed.by.fact, ReferralMade)
    return ({"referral" if referral else "consent"} if well else set()), over
