"""同意: per person, agency, category, purpose and period; nobody consents for another adult."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from domain.conditions import about_members, belong, known, may_write
from domain.events.consent import (
    Authority,
    ConsentAnswer,
    ConsentGiven,
    ConsentSought,
    DecisionSupported,
    Method,
)
from domain.household import Household
from domain.labels import Category
from domain.passing import may_serve
from domain.person import Person, ever_taken_for, ids_of
from domain.profile import NoticeKind
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import (
    UNKNOWN_DAY,
    AgencyId,
    Code,
    Day,
    Period,
    Personal,
    PersonId,
    earliest,
    latest,
    months_after,
)


class SeekConsent(CaseCommand):
    """同意を求めたが得られなかった: who asked is the writer, and when to try again."""

    person: PersonId
    answer: ConsentAnswer
    purposes: tuple[Code, ...] = ()
    next_try: Day | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class SupportDecision(CaseCommand):
    person: PersonId
    able: bool
    narrative: tuple[ParagraphDraft, ...] = ()


class GiveConsent(CaseCommand):
    """Without a period it holds from today for the longest the municipality allows."""

    person: PersonId
    giver: PersonId | None = None
    authority: Authority = Authority.SELF
    authority_scope: tuple[Category, ...] = ()
    able: bool = True
    method: Method
    witness: Personal | None = None
    text_version: Code | None = None
    agencies: Annotated[tuple[AgencyId, ...], Field(min_length=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    purposes: Annotated[tuple[Code, ...], Field(min_length=1)]
    period: Period | None = None


class NextTryPast(Refused):
    """次に同意を求める日が過去の日付です。"""


class SupportDecisionFirst(Refused):
    """本人の意思を確かめられないときは、同意とみなすことはできません。意思決定支援を記録し、支援会議での検討に進んでください。"""


class NoAuthorityToConsent(Refused):
    """この人は、本人に代わって同意や撤回をすることができません。本人の意思を確かめるか、支援会議での検討に進んでください。"""


class OutsideAuthority(Refused):
    """後見人等の権限の範囲に含まれない区分があります。権限の範囲を確かめて記録してください。"""


class WitnessNeeded(Refused):
    """代筆のときは、立ち会った人を書いてください。"""


class PeriodOutOfRange(Refused):
    """同意の期間は、同意した日から始め、定められた最長期間の内にしてください。"""


def seek_consent(household: Household, command: SeekConsent, stamp: Stamp) -> list[ConsentSought]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    known(stamp, "purposes", *command.purposes)
    if command.next_try and command.next_try < stamp.today:
        raise NextTryPast
    return [stated(ConsentSought, command, stamp)]


def support_decision(
    household: Household, command: SupportDecision, stamp: Stamp
) -> list[DecisionSupported]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    return [stated(DecisionSupported, command, stamp)]


def give_consent(
    household: Household, *rest: *tuple[*tuple[Person, ...], GiveConsent, Stamp]
) -> list[ConsentGiven]:
    """Rule 4. The person's own record comes first; beside are those of both under other ids."""
    *people, command, stamp = rest
    person = people[0]
    may_write(household, stamp)
    about_members(household, command, stamp)
    giver = command.giver or command.person
    belong(household, stamp, command.person, giver)
    if person.id != command.person:
        raise Unknown
    _may_consent(household, people, command, giver, stamp)
    if command.method is Method.WRITTEN_BY_OTHER and not command.witness:
        raise WitnessNeeded
    _settled_codes(command, stamp)
    return [
        stated(
            ConsentGiven,
            command,
            stamp,
            consent=stamp.new_id("consent"),
            giver=giver,
            text_version=_text_shown(command, stamp),
            period=_period(command, stamp),
        )
    ]


def _may_consent(
    household: Household, people: list[Person], command: GiveConsent, giver: PersonId, stamp: Stamp
) -> None:
    """SELF for oneself, PARENT for one's minor child, GUARDIAN within a recorded scope."""
    person = people[0]
    if household.people.members[giver].died or household.people.members[command.person].died:
        raise NoAuthorityToConsent
    match command.authority:
        case Authority.SELF:
            if giver != command.person:
                raise NoAuthorityToConsent
            if not command.able:
                raise SupportDecisionFirst
        case Authority.PARENT:
            if not person.is_minor(stamp.today):
                raise NoAuthorityToConsent
            may_speak_for(household, people, giver)
        case Authority.GUARDIAN:
            if not set(command.categories) <= set(command.authority_scope):
                raise OutsideAuthority
            may_speak_for(household, people, giver)


def may_speak_for(household: Household, people: Sequence[Person], giver: PersonId) -> None:
    """Never the 相手方, nor one from whom something is hidden; the refusal does not say which.
    Whichever id was named, of either of them, or of somebody for whom the giver was once taken.
    """
    person, giving = ids_of(PersonId(people[0].id), people), ids_of(giver, people)
    against = (each.counterparties for each in people if each.id in person)
    feared = frozenset().union(*against, *map(household.hidden_from, person))
    taken = ever_taken_for(giving, people)
    if not (giving.isdisjoint(person) and taken.isdisjoint(feared)):
        raise NoAuthorityToConsent


def _settled_codes(command: GiveConsent, stamp: Stamp) -> None:
    may_serve(stamp, *command.purposes)
    for agency in command.agencies:
        stamp.profile.agency(agency, stamp.today)


def _text_shown(command: GiveConsent, stamp: Stamp) -> str:
    """The version named, if there ever was one, or the one in use."""
    if command.text_version:
        return stamp.profile.notice(NoticeKind.CONSENT, command.text_version).version
    return stamp.profile.notice_on(NoticeKind.CONSENT, stamp.today).version


def _period(command: GiveConsent, stamp: Stamp) -> Period:
    """Never before it was given, never longer than the municipality allows."""
    occurred = stamp.occurred(command.occurred_on)
    given = min(latest(occurred), stamp.today)
    start = command.period.start if command.period else given
    longest = months_after(start, stamp.profile.settings(stamp.today).consent_longest_months)
    end = (command.period.end if command.period else None) or longest
    first = stamp.today if occurred == UNKNOWN_DAY else earliest(occurred)
    if start < first or end > longest:
        raise PeriodOutOfRange(first=first, latest=longest)
    return Period(start=start, end=end)
