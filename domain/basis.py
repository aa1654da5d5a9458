"""提供の根拠 (rule 1): does what was recorded cover whom, what, to whom, what for, and when?

Who was found to be one person has consented as one, whichever id the consent names: it was that
very person who did. It opens neither more nor longer than it says, and no more than the 名寄せ
stands; and whatever bars either id bars both.
"""

from collections.abc import Collection
from datetime import date

from domain.events.consent import Authority
from domain.events.sitting import AttendeeKind, MeetingBasis
from domain.household import Household
from domain.household.consents import Consent
from domain.knowing import knows_consent
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, OwnRecord
from domain.labels import Urgent as UrgentBasis
from domain.passage import Passage
from domain.person import Person
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import JST, AgencyId, PersonId

_SUBSTANCE = 10


class NoBasisForSharing(Refused):
    """この提供を認める有効な根拠がありません。一人ひとりの本人同意（機関・区分・目的・期間）、支援会議の議題、法令の条項、急迫の危険のいずれかを記録してください。だれのことかを書かない提供には、世帯員みなの同意が要ります。"""


class SittingDoesNotCover(Refused):
    """この会議の議題は提供の根拠になりません。この世帯についての支援会議の議題で、渡す側と受ける側が守秘義務の告知を受けて出席し、その会議の日に提供したものに限ります。"""


class StatuteDoesNotFit(Refused):
    """この条項は、この機関がこの提供の根拠として使えるものではありません。"""


class ReasonNeeded(Refused):
    """この根拠には具体的な理由が必要です。10文字以上で書いてください。"""


class ReviewNotInTime(Refused):
    """急迫の危険による提供は、事後の点検が必要です。点検の期限を、今日から定められた日数以内にしてください。"""


class HandedOverWithoutBasis(Refused):
    """転出先へ引き継ぐには根拠が必要です。本人同意、法令の条項または急迫の危険を記録してください。"""


def has_basis(passage: Passage) -> None:
    """Refuses what no recorded basis covers."""
    match passage.basis:
        case OwnRecord():
            if not passage.stays_inside:
                raise NoBasisForSharing
        case ByConsent():
            _consented(passage, passage.basis)
        case BySitting():
            _put_to_sitting(passage, passage.basis)
        case ByStatute():
            _in_law(passage, passage.basis)
        case UrgentBasis():
            _in_danger(passage, passage.basis)


def consent_for(passage: Passage) -> Basis:
    """A consent of one of the persons, for a writer who named no basis."""
    subjects = passage.everybody(passage.subjects)
    for key, consent in passage.household.consents.consents.items():
        if consent.person in subjects and _covers_some(passage, consent):
            return ByConsent(consent=key)
    return OwnRecord()


def _consented(passage: Passage, basis: ByConsent) -> None:
    """The consent named is one of those it rests on; everybody has given one of their own. Whom the
    writer does not know of, the record will not name: it could not be closed when they withdraw.
    """
    named = passage.household.consents.consents.get(basis.consent)
    subjects = passage.everybody(passage.subjects)
    if named is None or named.person not in subjects or not _covers_some(passage, named):
        raise NoBasisForSharing(consent=basis.consent)
    for person in passage.subjects:
        for category in passage.categories:
            if person in passage.unknown:
                raise NoBasisForSharing(category=category)
            if not _any_covers(passage, person, category):
                raise NoBasisForSharing(person=person, category=category)


def _any_covers(passage: Passage, person: PersonId, category: Category) -> bool:
    ids = passage.ids(person)
    return any(
        consent.person in ids and _covers(passage, consent, category)
        for consent in passage.household.consents.consents.values()
    )


def _covers_some(passage: Passage, consent: Consent) -> bool:
    """Of what goes along; where nothing does, of what it was given for."""
    categories = passage.categories or consent.categories
    return any(_covers(passage, consent, category) for category in categories)


def _covers(passage: Passage, consent: Consent, category: Category) -> bool:
    """Of those the writer knows: nobody learns by what goes through that others have one."""
    if not knows_consent(passage.household, consent, passage.stamp):
        return False
    to, purpose = passage.to_agency, passage.purpose
    covered = all(consent.covers(to, category, purpose, day) for day in passage.days)
    return covered and _may_speak(passage, consent)


def _may_speak(passage: Passage, consent: Consent) -> bool:
    """Rule 4, once more when it is relied on: who spoke for another must still be able to."""
    if consent.giver == consent.person:
        return True
    records = passage.records(consent.person)
    if records is None or passage.person(consent.giver) is None:
        return False
    hidden = (passage.household.hidden_from(each) for each in passage.ids(consent.person))
    against = (record.counterparties for record in records)
    feared = passage.everybody(frozenset().union(*hidden, *against))
    of_age = consent.authority is Authority.PARENT and not _is_minor(records, passage.stamp.today)
    return passage.taken_for(consent.giver).isdisjoint(feared) and not of_age


def _is_minor(records: tuple[Person, ...], day: date) -> bool:
    """Where two records give different years, neither alone makes somebody a child."""
    known = [record for record in records if record.birth_year is not None]
    return bool(known) and all(record.is_minor(day) for record in known)


def _put_to_sitting(passage: Passage, basis: BySitting) -> None:
    sitting = passage.sitting
    if sitting is None or sitting.id != basis.sitting or sitting.cancelled:
        raise SittingDoesNotCover
    item = sitting.items.get(basis.item)
    if item is None or item.basis is not MeetingBasis.SUPPORT:
        raise SittingDoesNotCover
    if item.household != passage.household.id or not _bound(passage, sitting, basis):
        raise SittingDoesNotCover
    between = passage.stamp.profile.settings(passage.stamp.today).sharing_between_sittings
    if not between and not _shared_there(passage, sitting):
        raise SittingDoesNotCover


def _bound(passage: Passage, sitting: Sitting, basis: BySitting) -> bool:
    """Both agencies were recorded present for that very item, bound to secrecy."""
    present = sitting.present_for(basis.item) & sitting.attendees.keys()
    members = {
        sitting.attendees[attendee].agency
        for attendee in present
        if sitting.attendees[attendee].kind is not AttendeeKind.PERSON
        and sitting.duty_done(attendee)
    }
    needed = {passage.stamp.capacity.agency} | ({passage.to_agency} - _absent(passage))
    return members.issuperset(needed)


def _absent(passage: Passage) -> set[AgencyId]:
    """Rule 1, 106条の6第3項: whoever is asked need not have been there."""
    return {passage.to_agency} if passage.asking else set()


def _shared_there(passage: Passage, sitting: Sitting) -> bool:
    """What was passed on another day, or written later, was not put to the sitting."""
    if passage.asking:
        return True
    first, last, _ = passage.days
    written = [passage.household.writings.at(version) for version in passage.facts]
    days = {fact.recorded_at.astimezone(JST).date() for fact in written if fact}
    return first == last == sitting.held_on and all(day <= sitting.held_on for day in days)


def _in_law(passage: Passage, basis: ByStatute) -> None:
    stamp = passage.stamp
    marks = stamp.profile.entry("statutes", basis.article, stamp.today).marks
    inside = stamp.profile.agency(stamp.capacity.agency, stamp.today).inside
    users = {"public", "private"}.intersection(marks)
    if users and ("public" if inside else "private") not in users:
        raise StatuteDoesNotFit(article=basis.article)
    if "from-sitting" in marks and not passage.asking:
        raise StatuteDoesNotFit(article=basis.article)
    if "needs-reason" in marks:
        of_substance(basis.reason)


def _in_danger(passage: Passage, basis: UrgentBasis) -> None:
    of_substance(basis.reason)
    stamp = passage.stamp
    days = stamp.profile.settings(stamp.today).review_working_days
    due = stamp.profile.working_day_after(stamp.today, days)
    if not stamp.today <= basis.review_due <= due:
        raise ReviewNotInTime(latest=due)


def of_substance(reason: str | None) -> None:
    """A reason somebody can weigh afterwards."""
    if len("".join((reason or "").split())) < _SUBSTANCE:
        raise ReasonNeeded


def with_a_move(
    household: Household, ids: Collection[PersonId], basis: Basis | None, stamp: Stamp
) -> None:
    """転出先への引継ぎ: rule 1 reaches the next municipality, which no profile knows; by a consent
    of who moves, under whichever of their ids.
    """
    match basis:
        case ByConsent(consent=key):
            consent = household.consents.consents.get(key)
            if consent is None or consent.person not in ids or not consent.stands(stamp.today):
                raise HandedOverWithoutBasis
        case ByStatute(article=article):
            stamp.profile.require("statutes", article, stamp.today)
        case UrgentBasis(reason=reason):
            of_substance(reason)
        case _:
            raise HandedOverWithoutBasis
