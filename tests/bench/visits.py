"""The same facts for both sides: visits, notes and services of one household after the other."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from domain.household import Household
from domain.intake import TakeIn, take_in
from domain.ledger import Item, Ledger, Stream, record_many
from domain.notes import KeepNote, keep_note
from domain.outreach import (
    AttemptOutreach,
    MakeContact,
    UseEntryService,
    attempt_outreach,
    make_contact,
    use_entry_service,
)
from domain.person import Person
from domain.profile import Profile
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Author, Capacity, Role, StaffId

TEXT = "玄関先で声をかけた。カーテンが少し開き、短く返事があった。来週また伺うと伝えて辞した。"
AUTHOR = Author(
    staff=StaffId(UUID("00000000-0000-4000-8000-00000000aaaa")),
    capacity=Capacity(agency="sougou-soudan", desk="consultation", role=Role.COUNSELLOR),
)
_SERVICE, _OWN = "gathering", {"kind": "own"}


class Home(NamedTuple):
    household: UUID
    person: UUID


def stamp(profile: Profile) -> Stamp:
    return Stamp(AUTHOR, datetime.now(UTC), uuid4(), profile)


def opened(ledger: Ledger, profile: Profile) -> Home:
    """A household with one person, taken in."""
    by = stamp(profile)
    command = TakeIn.model_validate(
        {
            "route": "visit",
            "consulter": "self",
            "persons": [{"nickname": "灯台の人", "relation": "self"}],
        }
    )
    home = Home(uuid5(by.command_id, "household"), uuid5(by.command_id, "person-0"))
    streams = Stream(Household, home.household, new=True), Stream(Person, home.person, new=True)
    ledger.record(take_in, command, by, *streams)
    return home


def visit(home: Home, profile: Profile) -> Item:
    """One fact with its label, a paragraph with its own, a command id."""
    told = {"person": home.person, "method": "visit", "basis": _OWN, "narrative": TEXT}
    command = AttemptOutreach.model_validate(told)
    return Item(attempt_outreach, command, stamp(profile), (Stream(Household, home.household),))


def _life(home: Home, profile: Profile) -> Sequence[Item]:
    on = (Stream(Household, home.household),)
    person: dict[str, Any] = {"person": home.person, "narrative": TEXT}
    met = {**person, "method": "visit", "met_person": True, "basis": _OWN}
    service = UseEntryService.model_validate({**person, "service": _SERVICE})
    return (
        visit(home, profile),
        Item(make_contact, MakeContact.model_validate(met), stamp(profile), on),
        Item(use_entry_service, service, stamp(profile), on),
        Item(keep_note, KeepNote.model_validate({"text": TEXT}), stamp(profile), on),
    )


def lived(ledger: Ledger, profile: Profile, home: Home, facts: int) -> None:
    """So many facts of four kinds, one after the other."""
    kinds = len(_life(home, profile))
    items = [item for _ in range(facts // kinds) for item in _life(home, profile)]
    for outcome in record_many(ledger, items):
        if isinstance(outcome, Refused):
            raise outcome


def label() -> dict[str, Any]:
    """What a label says, as plain data."""
    return {
        "agency": AUTHOR.capacity.agency,
        "desk": AUTHOR.capacity.desk,
        "subjects": [str(AUTHOR.staff)],
        "category": "progress",
        "basis": {"kind": "own"},
        "hidden_from": [],
        "concealed": False,
        "tags": [],
        "controller": "city",
    }


def paragraph(person: UUID) -> dict[str, Any]:
    return {
        "text": TEXT,
        "told_by": None,
        "principals": [str(person)],
        "mentioned": [],
        "label": label(),
    }
