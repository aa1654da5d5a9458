"""移ってきた世帯員: whom a household brings along into another, and the walls that stood there."""

from collections.abc import Iterable, Iterator

from domain.events.membership import MemberJoined, MemberLeft, Wall
from domain.household import Household
from domain.household.written import Written
from domain.labels import DESK_ONLY, BySitting, Label, gravest
from domain.stamp import Stamp
from domain.stating import CaseCommand, label_of, stated
from domain.values import PersonId


def came_over(
    source: Household,
    person: PersonId,
    command: CaseCommand,
    stamp: Stamp,
    walls: Iterable[PersonId] = (),
) -> MemberJoined:
    """Who belongs, as in the household left; and hidden from these."""
    member = source.people.members[person]
    label = label_of(command.model_copy(update={"subjects": (person,)}), stamp)
    return stated(
        MemberJoined,
        command,
        stamp,
        person=person,
        relation=member.relation,
        membership=member.membership,
        since=member.since,
        source=None,
        again=True,
        label=_as_strict(label, source.label(member.version) or label, sorted(walls)),
    )


def brought_along(
    source: Household, person: PersonId, command: CaseCommand, stamp: Stamp
) -> Iterator[MemberJoined | MemberLeft]:
    """That they belong; and that they left, for those alone who may read it there."""
    yield came_over(source, person, command, stamp)
    leaving = _leaving(source, person)
    if leaving:
        member = source.people.members[person]
        yield stated(
            MemberLeft,
            command,
            stamp,
            person=person,
            reason=member.reason,
            again=True,
            label=source.writings.label(leaving),
            occurred_on=member.left,
        )


def left_unseen(source: Household, person: PersonId) -> bool:
    """Whether that they left is more closed than that they belonged."""
    joined, leaving = source.label(source.people.members[person].version), _leaving(source, person)
    if joined is None or leaving is None:
        return False
    label = source.writings.label(leaving)
    closed = label.concealed or isinstance(label.basis, BySitting) or label.category in DESK_ONLY
    return closed or not set(label.hidden_from) <= set(joined.hidden_from)


def _leaving(source: Household, person: PersonId) -> Written | None:
    """The first record of it; None where they belong still, or went by a split."""
    member = source.people.members[person]
    since = (v for v in member.told if v > member.version) if member.left else ()
    records = (source.writings.joined[version] for version in since)
    return next((each for each in records if each.kind is MemberLeft), None)


def walls_of(source: Household, persons: Iterable[PersonId]) -> tuple[Wall, ...]:
    """Rule 21: what bars somebody from speaking for another (rule 4) goes on to bar them."""
    hidden = {person: source.hidden_from(person) for person in persons}
    return tuple(
        Wall(person=person, hidden_from=tuple(sorted(those)))
        for person, those in hidden.items()
        if those
    )


def _as_strict(label: Label, earlier: Label, walls: list[PersonId]) -> Label:
    hidden = tuple(dict.fromkeys((*label.hidden_from, *earlier.hidden_from, *walls)))
    stricter = {
        "hidden_from": hidden,
        "concealed": label.concealed or earlier.concealed,
        "category": gravest((label.category, earlier.category)) or label.category,
    }
    return label.model_copy(update=stricter)
