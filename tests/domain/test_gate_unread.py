"""読めない記録: where something of a case could not be told, nothing of it is shown to anybody."""

from dataclasses import replace

import pytest

from domain.gate import Denial, Grant, Reader, may_read, shown
from tests.domain.gated import IDENTITY, MOTHER, OWN, PRIVACY, PROTECTION, World, address, contact


@pytest.mark.parametrize("who", [OWN, PROTECTION, IDENTITY, PRIVACY])
def test_what_anybody_reads_is_closed_to_them_while_something_could_not_be_told(
    who: Reader,
) -> None:
    world = World()
    places = world.tell(contact()), world.tell(address(), MOTHER)
    whole = world.situation()
    unread = replace(whole, unread=True)
    items = [world.at(place) for place in places]
    assert any(isinstance(may_read(who, item, whole), Grant) for item in items)
    for item in items:
        assert may_read(who, item, unread) == Denial("unread")
        assert shown(who, item, unread) is None
