"""同意・情報提供・協力依頼: what may be told, and what was."""

from datetime import date
from typing import NamedTuple

from replays.extracts.tables.kept import Codes, Id, Telltale, Telltales


class Consents(NamedTuple):
    """本人同意(状態): what is in force, as far as no withdrawal or new cycle has taken it away."""

    household: Id
    consent: Id
    person: Id
    authority: str
    method: str
    agencies: Telltales
    categories: Codes
    purposes: Codes


class Shares(NamedTuple):
    """情報提供(行為): by its basis; `proper` once somebody has looked at it afterwards."""

    household: Id
    share: Id
    to_agency: Telltale
    purpose: str
    categories: Codes
    basis: str
    article: str | None
    reviewed_on: date | None
    proper: bool | None


class Requests(NamedTuple):
    """協力依頼(行為): 106条の6第3項, and whether it was answered."""

    household: Id
    request: Id
    of_agency: Telltale
    purpose: str
    answer_due: date
    answered_on: date | None
    cooperated: bool | None
