"""本人の特徴: what is known of somebody at first, from a nickname to a full identity."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from domain.conditions import known
from domain.events.addressed import knows
from domain.events.person import PersonIdentified, PersonNoted, Sex
from domain.household import Household
from domain.knowing import knows_member
from domain.labels import Category, Label
from domain.person import Person
from domain.refusals import InTheFuture, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, closed_category, label_of, stated
from domain.values import (
    UNKNOWN_DAY,
    Code,
    Occurred,
    Personal,
    PersonId,
    Role,
    Sealed,
    Value,
    earliest,
)

_DATES: TypeAdapter[str] = TypeAdapter(Occurred)


def _birth(given: Any) -> Any:
    if isinstance(given, Sealed):
        return given  # looked at when it was written
    if given == UNKNOWN_DAY:
        raise ValueError("生年月日が分からないときは、書かずに空けてください。")
    return _DATES.validate_python(given)


BirthDate = Annotated[Personal, BeforeValidator(_birth)]
"""生年月日, as far as it is known; 昭和 and the other eras are accepted and normalised."""

BirthYear = Annotated[int, Field(ge=1850, le=2200)]


class Identity(Value):
    """本人の特定に使うこと。"""

    birth_date: BirthDate | None = None
    birth_year: BirthYear | None = None
    sex: Sex = Sex.UNKNOWN
    phones: tuple[Personal, ...] = ()
    confirmed_by: Code | None = None


class PersonDraft(Identity):
    """把握した人: often a nickname or a description is all there is."""

    nickname: Personal | None = None
    description: Personal | None = None
    name: Personal | None = None
    kana: Personal | None = None

    @model_validator(mode="after")
    def _read_aloud(self) -> Self:
        if bool(self.name) != bool(self.kana):
            raise ValueError("氏名とふりがなは一緒に書いてください。")
        if not self.name and (self.birth_date or self.phones):
            raise ValueError("生年月日と電話番号は、氏名が分かってから書いてください。")
        return self


class PersonMergedAway(Refused):
    """この人は別の人の記録と同一人と判断されています。そちらの記録を使ってください。"""


def noted(
    draft: PersonDraft, command: CaseCommand, stamp: Stamp, person: PersonId
) -> list[PersonNoted | PersonIdentified]:
    """What is known of the person, for a stream of that person's own."""
    whole = identity_label(command, stamp, person)
    year = birth_year(draft, stamp)
    given = {**_fields(draft), "birth_year": year, "label": whole}
    if not draft.name:
        return [stated(PersonNoted, command, stamp, **_of(PersonNoted, given))]
    known(stamp, "identification-methods", draft.confirmed_by)
    identified = stated(PersonIdentified, command, stamp, **_of(PersonIdentified, given))
    if not (draft.nickname or draft.description):
        return [identified]
    return [stated(PersonNoted, command, stamp, **_of(PersonNoted, given)), identified]


def identity_label(command: CaseCommand, stamp: Stamp, person: PersonId) -> Label:
    category = command.category or closed_category(stamp) or Category.IDENTITY
    update = {"subjects": (person,), "category": category}
    return label_of(command.model_copy(update=update), stamp)


def birth_year(identity: Identity, stamp: Stamp) -> int | None:
    """生年, from the date where there is one; InTheFuture for somebody not yet born."""
    born = identity.birth_date
    if born and earliest(born) > stamp.today:
        raise InTheFuture
    year = int(born[:4]) if born else identity.birth_year
    if year and year > stamp.today.year:
        raise InTheFuture
    return year


def of_household(command: CaseCommand, stamp: Stamp) -> None:
    """圏域 and 世帯類型 are the municipality's own."""
    known(stamp, "areas", getattr(command, "area", None))
    known(stamp, "household-types", getattr(command, "household_type", None))


def _fields(draft: PersonDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in PersonDraft.model_fields}


def _of(kind: type[PersonNoted | PersonIdentified], given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in given if name in kind.model_fields}


def may_be_named(household: Household, person: Person, named: PersonId, stamp: Stamp) -> None:
    """Rule 32: a person the desk has never met is not there, whoever guesses the id."""
    belongs = knows_member(household, stamp, named, *person.ids)
    met = belongs or knows(person.known, stamp.capacity)
    if person.id != named or not (met or stamp.capacity.role is Role.IDENTITY):
        raise Unknown
    if person.absorbed_by:
        raise PersonMergedAway(person=person.absorbed_by)
