"""証明 (相談・支援の記録があることの証明): what of a case goes on a paper for its person.

Days alone: no words, no agency and no place, for the paper is carried about. A day that is told by
what was learned in a 支援会議, or by what would endanger somebody, stays off it and is named to
whoever makes the paper.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from domain.events.intake import ConsultationReceived, Consulter
from domain.events.meeting import PlanDecided, PlanDrafted
from domain.events.support import ContactMade
from domain.gate.releasing import Asking, Ground, endangers
from domain.gate.situation import Situation
from domain.gate.spoken import Item
from domain.gate.verdict import FRAME_ONLY


class Certified(StrEnum):
    """証明できること。"""

    CONSULTED = "consulted"  # 本人からの相談
    MET = "met"  # 本人との面談・訪問
    PLANNED = "planned"  # 支援プランの決定


class Line(NamedTuple):
    """証明の一行: told by which facts; `grounds` keep it off the paper."""

    what: Certified
    on: str
    items: tuple[Item, ...]
    grounds: tuple[Ground, ...]


def certified(items: Iterable[Item], asking: Asking, situation: Situation) -> list[Line]:
    """The days of this person's own, of what the writer may read, in their order."""
    read = [item for item in items if item.grant is None or item.grant.rule not in FRAME_ONLY]
    found = (
        Line(what, on, told, _grounds(told, asking, situation))
        for what, on, told in _told(read, asking)
    )
    return sorted(found, key=lambda line: (line.on, line.items[0].place))


def _told(items: list[Item], asking: Asking) -> Iterator[tuple[Certified, str, tuple[Item, ...]]]:
    """What they said or did themselves; that others came about them is not for their paper."""
    drafts = {i.fact.plan: i for i in items if isinstance(i.fact, PlanDrafted)}
    for item in items:
        match item.fact:
            case ConsultationReceived(consulter=Consulter.SELF, person=person) as fact:
                if person in asking.persons:
                    yield Certified.CONSULTED, fact.occurred_on, (item,)
            case ContactMade(met_person=True, person=person) as fact:
                if person in asking.persons:
                    yield Certified.MET, fact.occurred_on, (item,)
            case PlanDecided(plan=plan) as fact if plan in drafts:
                draft = drafts[plan]
                if not asking.persons.isdisjoint(getattr(draft.fact, "persons", ())):
                    yield Certified.PLANNED, fact.starts_on.isoformat(), (item, draft)
            case _:
                pass


def _grounds(told: tuple[Item, ...], asking: Asking, situation: Situation) -> tuple[Ground, ...]:
    found = (ground for item in told for ground in endangers(item, asking, situation))
    return tuple(dict.fromkeys(found))
