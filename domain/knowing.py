"""書く人が知っていること: what a writer may refer to; what they may not know of is not there."""

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from domain.events.consent import InformationShared
from domain.events.intake import AbuseReported, NoteKept
from domain.events.meeting import DecisionKind
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened
from domain.events.referral import LeadAgencyNamed
from domain.events.rights import DisclosureDecided, DisclosureRequested
from domain.household import Household
from domain.household.consents import Consent
from domain.household.planning import Decision
from domain.household.written import Written
from domain.labels import DESK_ONLY, Label, Tag
from domain.passage import was_passed_on
from domain.person import Person
from domain.refusals import Refused
from domain.sitting import Attended
from domain.stamp import ShownAs, Stamp
from domain.values import OFFICES, PersonId

_OF_THE_DESK = frozenset(
    {AbuseReported, AuditCaseOpened, AuditCaseClosed, DisclosureRequested, DisclosureDecided}
)


class NotLookedAt(Refused):
    """世帯員としてだれが示されるかを確かめられませんでした。もう一度記録してください。"""

    rests_on_shown = True


def readable(
    household: Household, written: Written, stamp: Stamp, people: Iterable[Person] = ()
) -> bool:
    """Whether a desk has it, written there or passed on."""
    if closed(household, written, stamp):
        return False
    label = household.writings.label(written)
    return is_own(written, label, stamp) or was_given(household, written, label, stamp, people)


def stands(household: Household, version: int, stamp: Stamp) -> bool:
    """Whether there is such a record to the writer, whoever wrote it: none where a wall stands."""
    written = household.writings.at(version)
    return written is not None and not _walled(household, written, stamp)


def addressed(household: Household, written: Written, stamp: Stamp) -> bool:
    """Whether it speaks to the writer's desk: who was asked keeps knowing of a つなぎ, whatever
    became of what was enclosed. What was told (情報提供) is known as long as its basis holds.
    """
    if _unspoken(household, written, stamp) or written.kind is InformationShared:
        return False
    category = household.writings.label(written).category
    return any(to.reaches(stamp.capacity, category) for to in written.addresses)


def decided_there(
    household: Household, written: Written, stamp: Stamp, sittings: Iterable[Attended] = ()
) -> bool:
    """Whether it tells what was decided where the writer's agency took part."""
    at = household.sources.decided_at(written.version)
    if at is None or _unspoken(household, written, stamp):
        return False
    return any(each.id == at.sitting and each.opens(stamp.capacity, at.item) for each in sittings)


def is_known(
    household: Household, written: Written, stamp: Stamp, sittings: Iterable[Attended] = ()
) -> bool:
    """Whether a desk knows of it: it has it, was spoken to, or was where it was decided."""
    return (
        readable(household, written, stamp)
        or addressed(household, written, stamp)
        or decided_there(household, written, stamp, sittings)
    )


def knows_of(
    household: Household, thing: UUID, stamp: Stamp, sittings: Iterable[Attended] = ()
) -> bool:
    """Whether some record that tells of a plan, a 参加支援 or a decision is known to the writer."""
    records, told = tuple(sittings), household.sources.told.get(thing, ())
    return any(
        is_known(household, written, stamp, records)
        for written in household.writings
        if written.version in told
    )


def knows_consent(household: Household, consent: Consent, stamp: Stamp) -> bool:
    """Whether the writer's agency took it or is named in it, and no wall stands before it."""
    given, _ = consent.said[0]
    return consent.known_to(stamp.capacity.agency) and stands(household, given, stamp)


def knows_member(household: Household, stamp: Stamp, *ids: PersonId) -> bool:
    """Whether somebody, by one of these ids, belongs or has belonged to the household, and the
    writer may know it (rule 32): by the record that they joined, by another that names them, or by
    what they are shown there. Who may not is told the same as of somebody who never belonged.
    """
    members = household.people.members
    joined = [members[each].version for each in ids if each in members]
    if not joined:
        return False
    if stamp.capacity.role in OFFICES or not (stamp.shown or {}).keys().isdisjoint(ids):
        return True
    writings = household.writings
    telling = chain((writings.joined[version] for version in joined), writings.naming(ids))
    return any(is_known(household, written, stamp) for written in telling)


def known_members(household: Household, stamp: Stamp) -> tuple[PersonId, ...]:
    """Who belongs today, as far as the writer may know: who left without their knowing is there.
    NotLookedAt where the log does not tell of all of them, until it is known whom the writer is
    shown.
    """
    stay = [
        each for each in household.people.members if not known_to_have_left(household, stamp, each)
    ]
    return tuple(each for each in stay if knows_member(household, stamp, each))


def known_decision(  # noqa: PLR0913, PLR0917 - who asks, and which decision is meant
    household: Household,
    kind: DecisionKind,
    stamp: Stamp,
    sittings: Iterable[Attended],
    item: UUID | None = None,
    plan: UUID | None = None,
) -> Decision | None:
    """The newest decision of that kind that the writer knows of: nobody learns by what goes
    through, or by what stands in the record of it, that others made one.
    """
    records = tuple(sittings)
    for key, decision in reversed(list(household.planning.decisions.items())):
        meant = item in {None, decision.item} and plan in {None, decision.plan}
        if decision.kind is kind and meant and knows_of(household, key, stamp, records):
            return decision
    return None


def is_own(written: Written, label: Label, stamp: Stamp, *, concealed: bool = False) -> bool:
    """Rule 1: the desk's own, and another's of its agency where that crosses."""
    if label.agency != stamp.capacity.agency:
        return False
    stays = concealed or written.official or _stays(written, label)
    return label.desk == stamp.capacity.desk or not (stays or label.category in DESK_ONLY)


def was_given(
    household: Household, written: Written, label: Label, stamp: Stamp, people: Iterable[Person]
) -> bool:
    passed_on = not _stays(written, label)
    return passed_on and was_passed_on(household, written.version, label, stamp, people)


def _stays(written: Written, label: Label) -> bool:
    """With the desk that took it in."""
    return written.kind in _OF_THE_DESK or Tag.INFORMANT in label.tags


def _unspoken(household: Household, written: Written, stamp: Stamp) -> bool:
    """What may not be spoken of to the writer, to whomever it was addressed."""
    tags = household.writings.label(written).tags
    return closed(household, written, stamp) or Tag.INFORMANT in tags


def closed(household: Household, written: Written, stamp: Stamp) -> bool:
    """A note, and what may not be used (利用停止), to everybody."""
    quiet = written.kind is NoteKept or _is_suspended(household, written)
    return quiet or _walled(household, written, stamp)


def _walled(household: Household, written: Written, stamp: Stamp) -> bool:
    """To those who act for whom it is hidden from, and for the 相手方, whom it would tell where to
    look: as the gate says, whatever their own desk wrote.
    """
    hidden = household.writings.label(written).hidden_from
    walled = (household.id, written.version) in stamp.walled
    return walled or hides(hidden, household, stamp)


def hides(hidden: tuple[PersonId, ...], household: Household, stamp: Stamp) -> bool:
    theirs = household.support.acted_for(stamp.author) | stamp.sides
    return not theirs.isdisjoint(hidden)


def _is_suspended(household: Household, written: Written) -> bool:
    """利用停止 (個情法100条): what may not be used is not passed on either."""
    subjects = written.label.subjects
    return any(
        written.version in each.facts
        or (not each.facts and each.person in subjects and written.version < each.version)
        for each in household.rights.suspensions
    )


def known_as_member(household: Household, stamp: Stamp, person: PersonId) -> ShownAs | None:
    """As what somebody belongs or belonged, by the records of it that the writer may read; None
    where there are none. NotLookedAt where the log does not tell their desk of each, until it is
    known what they are shown.
    """
    member = household.people.members.get(person)
    if member is None:
        return None
    records = (household.writings.joined[version] for version in member.told)
    if stamp.capacity.role in OFFICES or all(is_known(household, each, stamp) for each in records):
        return ShownAs(member.relation, member.membership, member.since, member.left)
    if stamp.shown is None:
        raise NotLookedAt
    return stamp.shown.get(person)


def known_to_have_left(household: Household, stamp: Stamp, person: PersonId) -> bool:
    """Whether the writer may read that somebody left, and has not come back since (rule 32)."""
    known = known_as_member(household, stamp, person)
    return known is not None and known.left is not None


def knows_result(household: Household, stamp: Stamp) -> bool:
    """Whether the writer knows that somebody screened in this cycle (rule 24): by the result; or
    because another desk handed the lead over to theirs.
    """
    results = household.intake.results
    return any(
        is_known(household, written, stamp)
        for written in household.writings
        if written.version in results or _handed_over(household, written, stamp)
    )


def _handed_over(household: Household, written: Written, stamp: Stamp) -> bool:
    since = household.support.closed_at or 0
    if written.kind is not LeadAgencyNamed or written.version < since:
        return False
    if not addressed(household, written, stamp):
        return False
    label, capacity = written.label, stamp.capacity
    return (label.agency, label.desk) != (capacity.agency, capacity.desk)
