"""メモ: there for its keeper alone, for a few days."""

from datetime import date
from typing import Any

import pytest

from domain.events.consent import LabelTightened
from domain.events.intake import NoteKept
from domain.events.support import SupportClosed
from domain.household import Household
from domain.labels import BySitting, Category, OwnRecord, Tag
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
    FATHER,
    ITEM,
    SATO,
    SHARE,
    SITTING,
    STRANGER,
    fact,
    household,
    label,
    settled,
    stamp,
)


def keeping(**fields: Any) -> KeepNote:
    return KeepNote.model_validate({"text": "あとで電話", **fields})


def kept(**fields: Any) -> NoteKept:
    return fact(NoteKept, note=SHARE, text="あとで電話", label_by="2026-04-04", **fields)


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


def test_put_in_order_it_is_as_closed_as_it_was_kept() -> None:
    closed = {"hidden_from": [FATHER], "category": "health", "tags": ["informant"]}
    (said,) = put_in_order(household(kept(label=label(CHILD, **closed))), stamp(), tags=["opinion"])
    assert (said.label.hidden_from, said.label.category) == ((FATHER,), Category.HEALTH)
    assert (said.label.tags, said.label.subjects) == ((Tag.OPINION, Tag.INFORMANT), (CHILD,))
    assert said.narrative[0].label == said.label


def test_its_words_tell_the_same_place_and_were_learned_in_the_same_room() -> None:
    room = BySitting(sitting=SITTING, item=ITEM)
    (secret,) = put_in_order(household(kept(label=label(concealed=True))), stamp())
    assert secret.label.concealed
    given = household(kept(label=label(basis=room)))
    (learned,) = put_in_order(given, stamp())
    assert learned.label.basis == room
    (other,) = put_in_order(given, stamp(), basis={"kind": "statute", "article": "jido-6"})
    assert other.label.basis.kind == "statute"


def test_and_as_it_was_closed_since() -> None:
    since = fact(LabelTightened, of=6, hide_from=[FATHER])
    (said,) = put_in_order(household(kept(), since), stamp())
    assert said.label.hidden_from == (FATHER,)
    (open_to_all,) = put_in_order(household(kept()), stamp())
    assert (open_to_all.label.hidden_from, open_to_all.label.basis) == ((), OwnRecord())


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
