"""世帯と世帯員: who they are, who belongs, who leads, and how the support went on or ended."""

from typing import NamedTuple

from replays.extracts.tables.kept import Id, Telltale


class Households(NamedTuple):
    """世帯(状態): open, suspended, closed or merged; `reason` of the last change."""

    household: Id
    state: str
    cycle: int
    reason: str | None
    area: Telltale
    household_type: str | None
    merged_into: Id | None


class Leads(NamedTuple):
    """主担当(状態): which desk leads; none any more once the household is merged."""

    household: Id
    agency: Telltale
    desk: Telltale


class Members(NamedTuple):
    """世帯員(状態): who belongs, since the day the person joined as far as that is known."""

    household: Id
    person: Id
    relation: str
    membership: str


class Departures(NamedTuple):
    """世帯を離れた(行為): by reason."""

    household: Id
    person: Id
    reason: str


class Persons(NamedTuple):
    """本人(状態): `same_as` is whom the person was found to be (名寄せ)."""

    person: Id
    identified: bool
    sex: str
    birth_year: int | None
    same_as: Id | None


class Closures(NamedTuple):
    """終結・中断・再開・プランに至らず(行為): closed, suspended, reopened, plan-not-reached."""

    household: Id
    kind: str
    reason: str
