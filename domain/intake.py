"""相談受付・スクリーニング: no contact is refused, and each ends in an answer, a つなぎ or more."""

from typing import ClassVar, Self
from uuid import UUID

from pydantic import model_validator

from domain.conditions import (
    about_members,
    as_closed_as,
    belong,
    known,
    may_finish,
    may_take_in,
)
from domain.events import Fact, On
from domain.events.intake import (
    ConsultationReceived,
    ConsultationScreened,
    Consulter,
    NextStep,
    Urgency,
)
from domain.events.membership import Membership
from domain.household import Household
from domain.labels import Category, Label, Tag
from domain.membership import Belonging, joins, opened
from domain.naming import PersonDraft, noted
from domain.person import Person
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, closed_category, label_of, stated
from domain.values import Code, DeskId, Occurred, Personal, PersonId


class Consultation(CaseCommand):
    """相談受付票: `window` is the writer's desk unless named."""

    usual_category: ClassVar[Category] = Category.CONSULTATION

    route: Code
    window: DeskId | None = None
    fields: tuple[Code, ...] = ()
    issues: tuple[Code, ...] = ()
    consulter: Consulter
    urgency: Urgency = Urgency.ROUTINE
    from_paper: bool = False
    informant: Personal | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class ReceiveConsultation(Consultation):
    person: PersonId | None = None


class NewPerson(PersonDraft):
    """初回に分かった人。"""

    relation: Code
    membership: Membership = Membership.LIVING_TOGETHER
    since: Occurred = "unknown"
    source: Code | None = None


class TakeIn(Consultation):
    """初回受付: persons are named by their place in the list, counted from 0."""

    area: Code | None = None
    household_type: Code | None = None
    persons: tuple[NewPerson, ...] = ()
    consulting: int | None = None
    about: tuple[int, ...] = ()
    hide_from: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _in_list(self) -> Self:
        named = [*self.about, *self.hide_from]
        named += [] if self.consulting is None else [self.consulting]
        if any(not 0 <= place < len(self.persons) for place in named):
            raise ValueError("persons の並びにない番号です。0 から数えてください。")
        return self


class ScreenConsultation(CaseCommand):
    """`next_step` follows from the result where the municipality's list says so."""

    usual_category: ClassVar[Category] = Category.CONSULTATION
    of_the_desk: ClassVar[bool] = True

    result: Code
    next_step: NextStep | None = None
    referral: UUID | None = None
    keeper: DeskId | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class NextStepNeeded(Refused):
    """相談の終わり方を、回答で終了・つなぎ・継続から、結果に合うように選んでください。"""


class ReferralNotNamed(Refused):
    """つなぎで終えるには、この世帯のつなぎを指定してください。"""


class KeeperNotNamed(Refused):
    """継続して関わる係を指定してください。"""


def take_in(
    household: Household, *rest: *tuple[*tuple[Person, ...], TakeIn, Stamp]
) -> list[Fact | On]:
    """All that is known at first contact in one call: the case, its people, the consultation."""
    *_, command, stamp = rest
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    command = _as_closed(command, stamp)
    ids = tuple(PersonId(stamp.new_id(f"person-{n}")) for n in range(len(command.persons)))
    hidden = tuple(ids[place] for place in command.hide_from)
    about = tuple(ids[place] for place in command.about) or ids
    told = command.model_copy(update={"subjects": about, "hidden_from": hidden})
    people = [
        each
        for person, new in zip(ids, command.persons, strict=True)
        for each in _newcomer(new, told, stamp, person)
    ]
    consulting = _consulting(command)
    speaker = None if consulting is None else ids[consulting]
    consultation = _received(told, stamp, speaker)
    return [*opened(household, told, stamp), *people, consultation]


def receive_consultation(
    household: Household, command: ReceiveConsultation, stamp: Stamp
) -> list[ConsultationReceived]:
    """Rule 14: also where the support has ended."""
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    return [_received(command, stamp, command.person)]


def screen_consultation(
    household: Household, command: ScreenConsultation, stamp: Stamp, *, consultation: UUID
) -> list[ConsultationScreened]:
    """Rule 14: an answer, a つなぎ of this household, or a desk that keeps at it."""
    may_finish(household, stamp)
    about_members(household, command, stamp)
    received = household.intake.consultations.get(consultation)
    if received is None or received.agency != stamp.capacity.agency:
        raise Unknown
    step = _next_step(command, stamp)
    if step is NextStep.REFERRED and command.referral not in household.referrals.referrals:
        raise ReferralNotNamed
    if step is NextStep.CONTINUED:
        if command.keeper is None:
            raise KeeperNotNamed
        stamp.profile.desk(stamp.capacity.agency, command.keeper, stamp.today)
    referral = command.referral if step is NextStep.REFERRED else None
    return [
        stated(
            ConsultationScreened,
            as_closed_as(household, command, consultation, referral),
            stamp,
            consultation=consultation,
            next_step=step,
            referral=referral,
            keeper=command.keeper if step is NextStep.CONTINUED else None,
        )
    ]


_STEPS = {
    "closes": NextStep.ANSWERED,
    "refers": NextStep.REFERRED,
    "continues": NextStep.CONTINUED,
}


def _next_step(command: ScreenConsultation, stamp: Stamp) -> NextStep:
    marks = stamp.profile.entry("screening-results", command.result, stamp.today).marks
    meant = next((_STEPS[mark] for mark in marks if mark in _STEPS), None)
    step = command.next_step or meant
    if step is None or (meant and step is not meant):
        raise NextStepNeeded(expected=meant)
    return step


def _received(command: Consultation, stamp: Stamp, person: PersonId | None) -> ConsultationReceived:
    known(stamp, "routes", command.route)
    known(stamp, "fields", *command.fields)
    known(stamp, "issues", *command.issues)
    window = command.window or stamp.capacity.desk
    stamp.profile.desk(stamp.capacity.agency, window, stamp.today)
    return stated(
        ConsultationReceived,
        command,
        stamp,
        consultation=stamp.new_id("consultation"),
        window=window,
        person=person,
        label=_label(command, stamp, window),
    )


def _as_closed(command: TakeIn, stamp: Stamp) -> TakeIn:
    """Of whom a window for 虐待・DV or 健康 hears, it tells no other desk that they came."""
    category = command.category or closed_category(stamp, command.window)
    return command.model_copy(update={"category": category})


def _label(command: Consultation, stamp: Stamp, window: DeskId) -> Label:
    """What a window for 虐待・DV or 健康 hears is of that category; 通報者 stays there."""
    desk = stamp.profile.desk(stamp.capacity.agency, window, stamp.today)
    label = label_of(
        command.model_copy(update={"category": command.category or desk.category}), stamp
    )
    if command.informant is None:
        return label
    return label.model_copy(update={"tags": tuple(dict.fromkeys((*label.tags, Tag.INFORMANT)))})


def _consulting(command: TakeIn) -> int | None:
    """本人 who came alone is who consults."""
    alone = command.consulter is Consulter.SELF and len(command.persons) == 1
    return 0 if alone else command.consulting


def _newcomer(new: NewPerson, command: TakeIn, stamp: Stamp, person: PersonId) -> list[Fact | On]:
    about: list[Fact | On] = [On(person, fact) for fact in noted(new, command, stamp, person)]
    belonging = Belonging(
        occurred_on=command.occurred_on,
        relation=new.relation,
        membership=new.membership,
        since=new.since,
        source=new.source,
        category=command.category,
        basis=command.basis,
        hidden_from=command.hidden_from,
        controller=command.controller,
    )
    return [*about, joins(belonging, stamp, person)]
