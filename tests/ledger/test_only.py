"""What is for some roles only is refused to the others before anything is looked up, and kept."""

from contextlib import closing
from typing import ClassVar
from uuid import UUID

import pytest

from domain.ledger import PROJECTOR, Ledger, Settings, every_command, open_datastore
from domain.refusals import RoleNeeded, Unknown
from domain.values import Role
from tests.ledger.given import Visit, known, new, stamp, visit


class ChiefsVisit(Visit):
    only: ClassVar[tuple[Role, ...]] = (Role.CHIEF,)


class AnybodysVisit(Visit):
    only: ClassVar[tuple[Role, ...]] = (Role.CHIEF, Role.COUNSELLOR)


def test_who_may_not_is_told_so_whatever_is_there(ledger: Ledger, database_url: str) -> None:
    home, absent, refused = new(), known(UUID(int=7)), UUID(int=1)
    ledger.record(visit, Visit(), stamp(), home)
    for stream in (known(home.id), absent):
        with pytest.raises(RoleNeeded):
            ledger.record(visit, ChiefsVisit(), stamp(), stream)
    with pytest.raises(RoleNeeded):
        ledger.record(visit, ChiefsVisit(), stamp(refused), absent)
    with closing(open_datastore(Settings(database_url), PROJECTOR)) as datastore:
        kept = {each.id: each.code for each in every_command(datastore)}
    assert kept[refused] == "RoleNeeded"


def test_who_may_is_told_what_is_there(ledger: Ledger) -> None:
    home = new()
    assert ledger.record(visit, AnybodysVisit(), stamp(), home).position
    with pytest.raises(Unknown):
        ledger.record(visit, AnybodysVisit(), stamp(), known(UUID(int=7)))
