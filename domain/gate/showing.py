"""What is shown (見せる部分): the fact without the parts that are not this reader's."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.intake import AbuseReported, ConsultationReceived, ProtectionTaken
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
)
from domain.events.rights import FactCorrected
from domain.events.support import ShelterProvided
from domain.gate.asked import part, whole
from domain.gate.bare import (
    NOBODY,
    Beside,
    bare,
    beside,
    fields,
    narratives_of,
    unwalled,
    without,
    without_reason,
)
from domain.gate.deciding import decided, may_read
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.spoken import Item
from domain.gate.verdict import FRAME_ONLY, Denial, Grant
from domain.labels import Label, Paragraph
from domain.values import Capacity, DeskRef, Role

_TELLS_PLACE: Mapping[type[Fact], tuple[str, ...]] = {
    HouseholdOpened: ("area",),
    MemberLeft: ("destination",),
    ShelterProvided: ("place",),
    ProtectionTaken: ("place",),
}
_TELLS_INFORMANT: Mapping[type[Fact], tuple[str, ...]] = {
    AbuseReported: ("reporter", "reporter_relation", "received_how"),
    ConsultationReceived: ("informant",),
}
_TELLING = frozenset({*_TELLS_PLACE, *_TELLS_INFORMANT, FactCorrected})
"""More than a label and paragraphs is asked about these alone."""
_BY_LABEL = frozenset({"own-desk", "own-agency"})
_CARRIED = frozenset({"addressed", "referral", "consent", "statute", "urgent-share"})


class Shown(NamedTuple):
    """見せるもの: `withheld` are the paths of what was there and is not shown."""

    item: Item
    grant: Grant
    withheld: tuple[str, ...]


def shown(reader: Reader, item: Item, situation: Situation) -> Shown | None:
    """The fact as this reader may read it, its label as it reads now; None where not at all."""
    verdict = may_read(reader, item, situation)
    if isinstance(verdict, Denial):
        return None
    left = _Left(reader, item, situation)
    changed = left.told(verdict.rule)
    if type(item.fact) in _TELLING:
        changed |= left.places() | left.informant() | left.replacement()
    if verdict.rule in _CARRIED:
        changed |= left.of_others()
    if verdict.rule in FRAME_ONLY:
        changed = left.texts() | changed
    if situation.changes:
        changed |= left.label(changed.get("label", item.fact.label))
    fact = item.fact.model_copy(update=changed) if changed else item.fact
    fact = without(unwalled(fact), left.strangers(fact, verdict.rule))
    return Shown(item._replace(fact=fact), verdict, tuple(left.withheld))


class _Left:
    """What is left of one fact; what is taken away is noted by its path."""

    def __init__(self, reader: Reader, item: Item, situation: Situation) -> None:
        self.reader, self.item, self.situation = reader, item, situation
        self.withheld: list[str] = []

    def label(self, label: Label) -> dict[str, Any]:
        """As it reads now."""
        now = self.situation.label(self.item.place, label)
        return {} if now is label else {"label": now}

    def told(self, rule: str) -> dict[str, Any]:
        """Each narrative with the paragraphs that are the reader's; what a desk wrote under one
        label it need not be asked about twice.
        """
        changed: dict[str, Any] = {}
        fact, state = self.item.fact, self.situation
        by_label = rule in _BY_LABEL and not (state.changes or state.acting)
        for name in narratives_of(type(fact)):
            value = getattr(fact, name)
            if by_label and all(part.label == fact.label for part in value):
                continue
            kept = tuple(self._paragraphs(name, value))
            if any(one is not other for one, other in zip_longest(kept, value)):
                changed[name] = kept
        return changed

    def _paragraphs(self, name: str, narrative: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
        for number, paragraph in enumerate(narrative):
            asked = part(self.item, name, paragraph, self.situation)
            if isinstance(decided(self.reader, asked, self.situation), Denial):
                self.withheld.append(f"{name}.{number}")
            elif asked.label is paragraph.label:
                yield paragraph
            else:
                yield paragraph.model_copy(update={"label": asked.label})

    def places(self) -> dict[str, Any]:
        """圏域, 行き先, 保護先 say where a protected person may be; where the 相手方 of all of them
        went does not, and whoever keeps them safe has to know it.
        """
        fact, state = self.item.fact, self.situation
        names = _TELLS_PLACE.get(type(fact), ())
        gone = fact.person if isinstance(fact, MemberLeft) else None
        protects = state.protected and self.reader.capacity.role is not Role.PROTECTION
        kept = names and protects and not (gone and state.is_counterparty_of_all(gone))
        return self._without(names) if kept else {}

    def informant(self) -> dict[str, Any]:
        """Rule 31."""
        names = _TELLS_INFORMANT.get(type(self.item.fact), ())
        own = not names or whole(self.item, self.situation).own(self.reader)
        return {} if own else self._without(names)

    def _without(self, telling: tuple[str, ...]) -> dict[str, Any]:
        fact = self.item.fact
        names = [name for name in telling if getattr(fact, name) is not None]
        self.withheld += [name for name in names if name not in self.withheld]
        return dict.fromkeys(names)

    def of_others(self) -> dict[str, Any]:
        """Whoever only learns where a case is kept now learns of nobody, and no agency, by it."""
        fact, reader = self.item.fact, self.reader
        if not isinstance(fact, HouseholdsMerged | HouseholdSplit):
            return {}
        persons = tuple(p for p in fact.persons if self._knows(p))
        changed: dict[str, Any] = {"persons": persons} if persons != fact.persons else {}
        if isinstance(fact, HouseholdsMerged):
            capacity = reader.capacity
            own = tuple(agency for agency in fact.agencies if agency == capacity.agency)
            desks = tuple(each for each in fact.desks if _is_of(each, capacity))
            changed |= {"agencies": own} if own != fact.agencies else {}
            kept = tuple(each for each in fact.secretariats if capacity.keeps(each))
            changed |= {"desks": desks} if desks != fact.desks else {}
            changed |= {"secretariats": kept} if kept != fact.secretariats else {}
        self.withheld += changed
        return changed

    def _knows(self, person: UUID) -> bool:
        """Whether the reader may read in some household of the case that the person joined it."""
        who = self.situation.who(person)
        joined = (item for (_, each), item in self.situation.belong.items() if each == who)
        verdicts = (may_read(self.reader, item, self.situation) for item in joined)
        return any(isinstance(verdict, Grant) for verdict in verdicts)

    def strangers(self, fact: Fact, rule: str) -> Beside:
        """Of those it is not about, whom the reader does not know to belong (rule 32): from whom
        it is hidden, and, where another desk wrote it, who told it or is mentioned in it. What was
        said again of who came over tells of nobody from whom anything is hidden.
        """
        walls, mentioned = named = beside(fact)
        if named is NOBODY:
            return named
        told = frozenset() if rule == "own-desk" else mentioned
        unknown = Beside(*(frozenset(p for p in of if not self._knows(p)) for of in (walls, told)))
        if isinstance(fact, MemberJoined) and fact.again:
            unknown = unknown._replace(hidden_from=walls)
        for name, persons in unknown._asdict().items():
            self.withheld += [f"{name}.{each}" for each in sorted(persons)]
        return unknown

    def replacement(self) -> dict[str, Any]:
        """What a correction puts in place is read as what it replaces would be."""
        fact = self.item.fact
        if not isinstance(fact, FactCorrected) or fact.replacement is None:
            return {}
        inner = self.item._replace(version=fact.of, fact=fact.replacement)
        left = shown(self.reader, inner, self.situation)
        if left is None:
            self.withheld.append("replacement")
            return {"replacement": None}
        self.withheld += [f"replacement.{path}" for path in left.withheld]
        return {"replacement": left.item.fact}

    def texts(self) -> dict[str, Any]:
        """Every personal string outside the narrative, and the reasons in a label, but those for
        which something was passed on.
        """
        changed: dict[str, Any] = {}
        for name, value in fields(self.item.fact):
            left = bare(value)
            if left is not value:
                self.withheld.append(name)
                changed[name] = left
        label = without_reason(self.item.fact)
        if label is not self.item.fact.label:
            self.withheld.append("label.basis.reason")
            changed["label"] = label
        return changed


def _is_of(each: DeskRef, capacity: Capacity) -> bool:
    return (each.agency, each.desk) == (capacity.agency, capacity.desk)
