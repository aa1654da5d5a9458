"""緊急一時保護・専門家助言: nights, yen and professions are counted; the place is guarded."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.conditions import about_members, belong, known, may_write
from domain.events.support import ExpertAdviceReceived, ShelterProvided
from domain.household import Household
from domain.labels import Tag
from domain.siding import others
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Code, Personal, PersonId

Yen = Annotated[int, Field(ge=0, le=10_000_000)]


class ProvideShelter(CaseCommand):
    of_the_desk: ClassVar[bool] = True

    person: PersonId
    nights: Annotated[int, Field(ge=1, le=365)]
    yen: Yen
    place: Personal | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class ReceiveExpertAdvice(CaseCommand):
    of_the_desk: ClassVar[bool] = True

    profession: Code
    yen: Yen
    narrative: tuple[ParagraphDraft, ...] = ()


def provide_shelter(
    household: Household, command: ProvideShelter, stamp: Stamp
) -> list[ShelterProvided]:
    """Rule 2: a shelter's place is the place of somebody who may be looked for, so it is hidden at
    once from all others, until the writer says from whom. It is not concealed: the desk goes on
    reading where those whom it helps sleep, as long as no 支援措置 runs.
    """
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    if command.place:
        tags = tuple(dict.fromkeys((*command.tags, Tag.LOCATION)))
        hidden = command.hidden_from or others(household, stamp, command.person, *command.subjects)
        command = command.model_copy(update={"tags": tags, "hidden_from": hidden})
    return [stated(ShelterProvided, command, stamp)]


def receive_expert_advice(
    household: Household, command: ReceiveExpertAdvice, stamp: Stamp
) -> list[ExpertAdviceReceived]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    known(stamp, "professions", command.profession)
    return [stated(ExpertAdviceReceived, command, stamp)]
