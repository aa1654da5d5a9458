"""メモ: there for its keeper alone, for a few days."""

from datetime import date
from typing import Any

import pytest

from domain.events.intake import NoteKept
from domain.events.support import SupportClosed
from domain.household import Household
from domain.notes import (
    DropNote,
    KeepNote,
    LabelNote,
    NoteSettled,
    drop_note,
    keep_note,
    label_note,
)
from domain.refusals import NotAMember, Unknown
from domain.stamp import Stamp
from tests.domain.given import (
    CHILD,
    SATO,
    SHARE,
    STRANGER,
    fact,
    household,
    settled,
    stamp,
)


def keeping(**fields: Any) -> KeepNote:
    return KeepNote.model_validate({"text": "あとで電話", **fields})


def kept() -> NoteKept:
    return fact(NoteKept, note=SHARE, text="あとで電話", label_by="2026-04-04")


def put_in_order(given: Household, by: Stamp, **fields: Any) -> Any:
    command = LabelNote.model_validate({"narrative": "電話した", **fields})
    return label_note(given, command, by, note=SHARE)


def drop(given: Household, by: Stamp) -> Any:
    return drop_note(given, DropNote(), by, note=SHARE)


def test_a_note_is_kept_for_as_long_as_the_town_says() -> None:
    (note,) = keep_note(household(), keeping(), stamp())
    assert note.label_by == date(2026, 4, 4)
    (longer,) = keep_note(household(), keeping(), stamp(profile=settled(note_days=5)))
    assert longer.label_by == date(2026, 4, 6)


def test_a_note_may_be_kept_where_the_support_has_ended() -> None:
    assert keep_note(household(fact(SupportClosed, reason="x")), keeping(), stamp())


def test_its_keeper_puts_it_in_order_once() -> None:
    (labelled,) = put_in_order(household(kept()), stamp(), subjects=[CHILD])
    assert labelled.narrative[0].principals == (CHILD,)
    for act in (put_in_order, drop):
        with pytest.raises(NoteSettled):
            act(household(kept(), labelled), stamp())


def test_its_keeper_drops_it() -> None:
    (dropped,) = drop(household(kept()), stamp())
    assert dropped.note == SHARE


def test_for_everybody_else_there_is_no_such_note() -> None:
    for act in (put_in_order, drop):
        with pytest.raises(Unknown):
            act(household(kept()), stamp(staff=SATO))
        with pytest.raises(Unknown):
            act(household(), stamp())


def test_a_note_put_in_order_says_something_about_members() -> None:
    with pytest.raises(ValueError, match="narrative"):
        LabelNote.model_validate({"narrative": []})
    with pytest.raises(NotAMember):
        put_in_order(household(kept()), stamp(), subjects=[STRANGER])
