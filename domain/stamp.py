"""Stamp (記録の印): who acts, in which capacity, when, under which command and by whose rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.profile import Profile
from domain.refusals import InTheFuture, RoleNeeded
from domain.values import JST, Author, Capacity, PersonId, Role, earliest


@lru_cache(maxsize=1024)
def id_of(command_id: UUID, name: str) -> UUID:
    """What a command brings about, by its name; the edge asks again for what was just decided."""
    return uuid5(command_id, name)


class TakenUp(NamedTuple):
    """議題: one item of a sitting, and the household that it takes up."""

    sitting: UUID
    item: UUID
    household: UUID | None


class ShownAs(NamedTuple):
    """世帯員: as what somebody belongs to a household, since when, until when."""

    relation: str
    membership: str
    since: str
    left: str | None


Shown = Mapping[PersonId, ShownAs | None]
"""Whom of a household a writer is shown, under all their ids; as what they belong, where the record
of it is theirs to read.
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Given to every decision, so that none needs a clock, a random number or a setting."""

    author: Author
    at: datetime
    command_id: UUID
    profile: Profile
    sides: frozenset[PersonId] = frozenset()
    """For whom the writer acts, by a record of any household or sitting, under all their ids and in
    whatever capacity of today; looked up for the commands that ask for it alone.
    """
    walled: frozenset[tuple[UUID, int]] = frozenset()
    """What the gate keeps from them for that, by stream and version: it is read in other streams
    than those the decision rests on, so it is looked up along with `sides`.
    """
    shown: Shown | None = None
    """Who belongs to the household, and as what, as far as the writer is shown; looked up only
    where what the log tells their desk did not do, and None until then.
    """
    agenda: frozenset[TakenUp] = frozenset()
    """What the sittings took up at which the writer says that something was learned, as far as
    their agency was asked for it; looked up where one is named that the decision does not rest on.
    """
    today: date = field(init=False)
    """The Japanese calendar day; in UTC it would be yesterday until 9 a.m."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.at.astimezone(JST).date())

    @property
    def capacity(self) -> Capacity:
        return self.author.capacity

    def new_id(self, name: str = "") -> UUID:
        """The id of a thing this command brings about: the same again when the command is sent
        again.
        """
        return id_of(self.command_id, name)

    def occurred(self, stated: str | None) -> str:
        """The day something happened: today unless stated; InTheFuture if it cannot have happened
        yet.
        """
        day = stated or self.today.isoformat()
        if day != "unknown" and earliest(day) > self.today:
            raise InTheFuture
        return day

    def requires(self, *roles: Role) -> None:
        """RoleNeeded unless the writer acts in one of them."""
        if self.capacity.role not in roles:
            raise RoleNeeded(roles=list(roles))
