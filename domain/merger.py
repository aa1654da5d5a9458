"""統合: two households found to be one.

Facts never move: the earlier household keeps its history, what was begun there (つなぎ, 協力依頼,
事実確認 …) is ended there, and read models follow the link. Only who belongs and which consents are
in force is said again in the household that goes on, for nearly every decision about it asks just
that; so none of them has to look anywhere else, and only a withdrawal must reach both.
"""

from typing import ClassVar
from uuid import UUID

from pydantic import field_validator

from domain.coming_over import brought_along, left_unseen, walls_of
from domain.events import Fact, On
from domain.events.addressed import Address
from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.membership import HouseholdsMerged
from domain.household import Household
from domain.labels import Basis, ByStatute, Category, Urgent
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import DeskRef, Personal, PersonId, Role

_AS_WRITTEN = Personal("統合前の世帯の記録のとおり")


class MergeHouseholds(CaseCommand):
    """`source` becomes part of the household in the path. It is hidden from nobody: whoever reads
    in one of them reads on in the other, and would see by it what was hidden.
    """

    usual_category: ClassVar[Category] = Category.FAMILY

    source: UUID

    @field_validator("category", "basis", "hidden_from", "concealed", "tags")
    @classmethod
    def _is_open(cls, given: object) -> object:
        if given:
            raise ValueError(
                "世帯の統合は、だれにも伏せられません。どちらかの世帯を読める人には、続きが見えるからです。"
                "伏せるべき相手がいるときは、統合せずに、主担当に相談してください。"
            )
        return given


class NotAnotherHousehold(Refused):
    """同じ世帯どうしは統合できません。"""


class OtherHouseholdClosed(Refused):
    """支援中の世帯を、終結または中断した世帯に統合することはできません。統合先の支援を再開してください。"""


def merge_households(
    target: Household, source: Household, command: MergeHouseholds, stamp: Stamp
) -> list[Fact | On]:
    """Rule 16: the source keeps its history, and both say where the other is."""
    stamp.requires(Role.IDENTITY)
    if source.id != command.source:
        raise Unknown
    if source.id == target.id:
        raise NotAnotherHousehold
    if target.people.merged_into or source.people.merged_into:
        raise AlreadyRecorded
    if source.is_open and not target.is_open:
        raise OtherHouseholdClosed
    persons = tuple(p for p in source.people.members if _comes_over(target, source, p))
    merged = stated(
        HouseholdsMerged,
        command,
        stamp,
        source=source.id,
        target=target.id,
        persons=persons,
        walls=walls_of(source, (*persons, *target.people.present)),
        **_involved(source),
    )
    members = [fact for p in persons for fact in brought_along(source, p, command, stamp)]
    return [On(source.id, merged), merged, *members, *_consents(source, stamp)]


def _comes_over(target: Household, source: Household, person: PersonId) -> bool:
    """Who belongs; and who left so that not all may know of it who know that they belonged: or
    these would see them gone (rule 32).
    """
    if source.people.includes(person):
        return not target.people.includes(person)
    return not target.people.ever_included(person) and left_unseen(source, person)


def _involved(source: Household) -> dict[str, tuple[object, ...]]:
    """Who worked on it: agencies whose desks all may know of it, desks of any other, and who keeps
    the record of a sitting that took it up.
    """
    agencies = {each.agency for each in source.known if each == Address(each.agency, None)}
    desks = [
        (each.secretariat, DeskRef(agency=each.agency, desk=each.desk))
        for each in sorted(source.known, key=lambda each: (each.agency, each.desk or ""))
        if each.desk is not None
    ]
    return {
        "agencies": tuple(sorted(agencies)),
        "desks": tuple(ref for keeps, ref in desks if not keeps and ref.agency not in agencies),
        "secretariats": tuple(ref for keeps, ref in desks if keeps),
    }


def _consents(source: Household, stamp: Stamp) -> list[Fact]:
    """As they were given, under the labels they have there; rule 25: an ended case revives none."""
    given = source.consents.consents.values() if source.is_open else ()
    standing = [consent for consent in given if consent.will_stand(stamp.today)]
    return [_again(source, *said) for consent in standing for said in consent.said]


def _again(source: Household, version: int, fact: ConsentGiven | ConsentWithdrawn) -> Fact:
    label = source.label(version) or fact.label
    basis = _without_words(label.basis)
    changed: dict[str, object] = {"label": label.model_copy(update={"basis": basis})}
    if isinstance(fact, ConsentGiven):
        changed["witness"] = None
    return fact.model_copy(update=changed)


def _without_words(basis: Basis) -> Basis:
    """Personal words are sealed for the place they were written in, and stay there."""
    match basis:
        case ByStatute():
            return basis.model_copy(update={"reason": None})
        case Urgent():
            return basis.model_copy(update={"reason": _AS_WRITTEN})
        case _:
            return basis
