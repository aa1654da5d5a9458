"""移ってきた世帯員: whom a household brings along into another, and the walls that stood there."""

from collections.abc import Iterable

from domain.events.membership import MemberJoined, Wall
from domain.household import Household
from domain.labels import Label, gravest
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
