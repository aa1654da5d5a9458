"""What the application was built with; one for all requests."""

from dataclasses import dataclass, field

from api.bearer import Tokens, staff_from
from api.census import Counted
from api.colleagues import Colleagues
from api.homes import Homes
from api.opaque import Opaque
from api.problems import NotYetShown
from api.turns import Turns
from domain.ledger import Ledger, Receipts
from domain.ledger.datastore import Datastore
from domain.profile import Profile
from projections.arrivals import Arrivals
from projections.every import NAMES

PATIENCE = 3.0
"""How many seconds somebody waits until the tables show what was recorded."""


@dataclass(frozen=True)
class Services:
    """`tables` are the connections over which read models are read, `book` is the 閲覧簿, `homes`
    where the staff live.
    """

    ledger: Ledger
    profile: Profile
    tokens: Tokens
    tables: Datastore
    arrivals: Arrivals
    opaque: Opaque
    book: Receipts
    homes: Homes = field(default_factory=Homes)
    staff: Turns = field(init=False)
    counted: Counted = field(init=False)
    colleagues: Colleagues = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "staff", staff_from(self.ledger))
        object.__setattr__(self, "counted", Counted(self.ledger, self.profile))
        object.__setattr__(self, "colleagues", Colleagues(self.tables))

    def wait_until_shown(self) -> None:
        """Until the tables show all that is recorded by now; NotYetShown when that takes long."""
        if not self.arrivals.wait_for(self.ledger.head(), NAMES, PATIENCE):
            raise NotYetShown
