"""Reads to write down: what a page, a list, a search or a refusal leaves in the 閲覧簿."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from domain.events.viewing import ItemShown, ReadRefused, RecordsShown
from domain.values import Author, Capacity, Role, StaffId

TANAKA = Author(
    staff=StaffId(UUID("00000000-0000-4000-8000-00000000aaaa")),
    capacity=Capacity(agency="city", desk="welfare", role=Role.COUNSELLOR),
)
SATO = Author(
    staff=StaffId(UUID("00000000-0000-4000-8000-00000000bbbb")),
    capacity=Capacity(agency="shakyo", desk="sodan", role=Role.COORDINATOR),
)


def item(
    stream: UUID, version: int = 1, words: int | None = None, subjects: Iterable[UUID] = ()
) -> ItemShown:
    return ItemShown(
        stream=stream,
        version=version,
        words=words or version,
        rule="own-desk",
        facts=((stream, 1),),
        subjects=tuple(subjects),
    )


def shown(
    *items: ItemShown,
    households: Iterable[UUID] = (),
    subjects: Iterable[UUID] = (),
    view: str = "case",
) -> RecordsShown:
    return RecordsShown(
        view=view,
        position=7,
        purpose="consultation",
        asked={},
        request=uuid4(),
        households=tuple(households),
        subjects=tuple(subjects),
        items=items,
        digest="00",
    )


def page(facts: int = 20) -> RecordsShown:
    """The page of one household, as large as they mostly are."""
    home, persons = uuid4(), [uuid4() for _ in range(3)]
    items = [item(home, version, subjects=persons[:2]) for version in range(1, facts + 1)]
    return shown(*items, households=[home], subjects=persons)


def refused(*households: UUID, rule: str = "no-basis", **asked: str) -> ReadRefused:
    return ReadRefused(
        view="case",
        position=7,
        purpose="consultation",
        asked=asked,
        request=uuid4(),
        households=households,
        rule=rule,
    )
