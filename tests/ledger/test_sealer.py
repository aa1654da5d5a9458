"""Personal text is sealed on its way into the log, and what was sealed can be corrected."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.events.person import PersonIdentified, PersonNoted
from domain.events.rights import FactCorrected
from domain.events.support import ContactMade
from domain.labels import Category, Label, Paragraph, Urgent
from domain.ledger import (
    API,
    PROJECTOR,
    BrokenSeal,
    KeyDestroyed,
    KeysUnavailable,
    Ledger,
    Opener,
    Settings,
    head_of,
    open_ledger,
)
from domain.ledger.keys import KeyRing
from domain.ledger.sealer import KeySealer
from domain.ledger.sealing import ClearSealer
from domain.recorded import Recorded
from domain.texts import texts
from domain.values import Personal, PersonId
from tests.conftest import MakeDatabase
from tests.domain.given import TODAY
from tests.ledger.given import LABEL, Visit, known, new, stamp, text, visit
from tests.projections.given import Told

PERSON = PersonId(uuid4())


@pytest.fixture
def opener(ledger: Ledger) -> Opener:
    return ledger.sealer.opener()


@pytest.fixture
def other(make_database: MakeDatabase) -> Iterator[Ledger]:
    """Another municipality's."""
    with closing(open_ledger(Settings(make_database(demonstration=True)))) as opened:
        yield opened


def ring_of(ledger: Ledger) -> KeyRing:
    assert isinstance(ledger.sealer, KeySealer)
    return ledger.sealer.ring


def read(opener: Opener, recorded: Recorded) -> list[str]:
    """The words of a fact as they were written."""
    subjects, version = recorded.fact.label.subjects, recorded.version
    return [
        opener.open(text, recorded.stream, version, subjects) for _, text in texts(recorded.fact)
    ]


def key_of(text: str) -> int:
    return head_of(text).key


def contact(words: str, *more: str, label: Label = LABEL) -> ContactMade:
    return ContactMade(
        occurred_on="2026-04-01",
        label=label,
        outreach=uuid4(),
        method="home",
        met_person=True,
        consented=True,
        narrative=tuple(Paragraph(text=Personal(each), label=label) for each in (words, *more)),
    )


def test_a_command_leaves_no_word_in_the_database(ledger: Ledger, database_url: str) -> None:
    home = new()
    ledger.record(visit, Visit(note=text("二階の息子さんの話")), stamp(), home)
    with psycopg.connect(database_url) as connection:
        for query in ("SELECT f::text, convert_from(state, 'UTF8') FROM ledger.facts f",
                      "SELECT c::text, '' FROM ledger.commands c"):  # fmt: skip
            (row,) = connection.execute(query).fetchall()
            assert "二階" not in "".join(row)
    (recorded,) = ledger.history(home.id)
    assert read(ledger.sealer.opener(), recorded) == ["二階の息子さんの話"]


def test_a_text_that_looks_like_a_seal_is_sealed_like_any_other(
    ledger: Ledger, opener: Opener
) -> None:
    """Nobody can have another's text opened by sending its seal."""
    told, home = Told(ledger), uuid4()
    told(home, contact("ひみつ"))
    (first,) = ledger.history(home)
    stolen = texts(first.fact)[0][1]
    ledger.record(visit, Visit(note=text(str(stolen))), stamp(), known(home))
    assert read(opener, ledger.history(home)[1]) == [str(stolen)]


def test_who_somebody_is_goes_with_one_key_and_every_other_text_has_its_own(
    ledger: Ledger, opener: Opener
) -> None:
    told, label = Told(ledger), Label(agency="a", desk="b", category=Category.IDENTITY)
    urgent = label.model_copy(update={"basis": Urgent(reason=Personal("急ぐ"), review_due=TODAY)})
    noted = PersonNoted(occurred_on="2026", label=urgent, nickname=Personal("はなちゃん"))
    named = PersonIdentified(
        occurred_on="2026",
        label=label,
        name=Personal("芦屋花子"),
        kana=Personal("アシヤハナコ"),
        phones=(Personal("0797"), Personal("0798")),
    )
    told(PERSON, noted, named)
    told(uuid4(), contact("一", "二"))
    *of_person, of_home = ledger.read(0, 10)
    found = [found for recorded in of_person for found in texts(recorded.fact)]
    assert len({key_of(text) for path, text in found if not path.startswith("label.")}) == 1
    assert len({key_of(text) for _, text in found}) == 2
    assert len({key_of(text) for _, text in texts(of_home.fact)}) == 2
    assert read(opener, of_person[1]) == ["芦屋花子", "アシヤハナコ", "0797", "0798"]


def test_two_processes_know_one_key_of_a_person(ledger: Ledger, database_url: str) -> None:
    with closing(open_ledger(Settings(database_url))) as other:
        owner = uuid4()
        first, second = ring_of(ledger), ring_of(other)
        assert first.of(owner) == second.of(owner)
        before = first.fresh()
        assert first.fresh() != before


def test_what_a_correction_leaves_as_it_was_is_sealed_at_its_new_place(
    ledger: Ledger, opener: Opener
) -> None:
    told, home = Told(ledger), uuid4()
    told(home, contact("一つめ", "二つめ"))
    (first,) = ledger.history(home)
    mended = first.fact.model_copy(update={"method": "phone"})
    told(home, correction(mended))
    again = ledger.history(home)[1].fact
    assert isinstance(again, FactCorrected)
    assert again.replacement
    told(home, correction(again.replacement.model_copy(update={"method": "letter"})))
    for recorded in ledger.history(home)[1:]:
        assert read(opener, recorded) == ["聞きちがい", "一つめ", "二つめ"]
        paths = [head_of(text).path for _, text in texts(recorded.fact)]
        assert paths[1:] == ["replacement.narrative.0.text", "replacement.narrative.1.text"]
    keys = [key_of(text) for recorded in ledger.history(home) for _, text in texts(recorded.fact)]
    assert len(set(keys)) == len(keys)


def correction(replacement: object) -> FactCorrected:
    return FactCorrected.model_validate(
        {
            "occurred_on": "2026-04-02",
            "label": LABEL,
            "of": 1,
            "reason": "聞きちがい",
            "replacement_kind": type(replacement).__name__,
            "replacement": replacement,
        }
    )


def test_a_seal_of_another_stream_is_not_copied(ledger: Ledger) -> None:
    """Should a decision ever do so, nothing is recorded."""
    told, home = Told(ledger), uuid4()
    told(home, contact("よその話"))
    (first,) = ledger.history(home)
    with pytest.raises(BrokenSeal):
        told(uuid4(), first.fact)
    assert ledger.head() == 1


def test_a_seal_of_another_version_is_not_opened(ledger: Ledger, opener: Opener) -> None:
    told, home = Told(ledger), uuid4()
    told(home, contact("一つめ"))
    ((_, sealed),) = texts(ledger.history(home)[0].fact)
    with pytest.raises(BrokenSeal):
        opener.open(sealed, home, 2, ())


def test_a_seal_is_handed_out_for_its_own_text_alone(ledger: Ledger) -> None:
    """Should what is found and what is written ever differ, nothing is recorded."""
    context = ledger.sealer.context(uuid4(), 1, contact("一つめ"))
    assert context
    with pytest.raises(BrokenSeal):
        context["seal"](text("ほかの文"))


def test_a_destroyed_key_takes_the_text_with_it_and_nothing_else(
    ledger: Ledger, opener: Opener
) -> None:
    told, home = Told(ledger), uuid4()
    told(home, contact("消す話", "残す話"))
    (first,) = ledger.history(home)
    (_, gone), (_, kept) = texts(first.fact)
    opener.prepare([gone, kept])
    assert ring_of(ledger).destroy([key_of(gone)]) == 1
    with pytest.raises(KeyDestroyed):
        opener.open(gone, home, 1, ())
    assert opener.open(kept, home, 1, ()) == "残す話"
    told(home, correction(first.fact.model_copy(update={"method": "phone"})))
    assert read(opener, ledger.history(home)[1])[1:] == ["（消去されました）", "残す話"]


def test_who_is_erased_is_erased_everywhere_and_may_be_recorded_anew(
    ledger: Ledger, opener: Opener
) -> None:
    told = Told(ledger)
    noted = PersonNoted(occurred_on="2026", label=LABEL, nickname=Personal("はなちゃん"))
    told(PERSON, noted)
    assert ring_of(ledger).destroy(owners=[PERSON]) == 1
    told(PERSON, noted)
    before, after = ledger.history(PERSON)
    with pytest.raises(KeyDestroyed):
        read(opener, before)
    assert read(opener, after) == ["はなちゃん"]


def test_a_projection_holds_no_key_and_needs_none(ledger: Ledger, database_url: str) -> None:
    told, home = Told(ledger), uuid4()
    told(home, contact("玄関で話した"))
    keyless = Settings(database_url, keys_url="postgresql://127.0.0.1:1/none")
    with closing(open_ledger(keyless, role=PROJECTOR)) as projecting:
        assert projecting.history(home) == ledger.history(home)
        with pytest.raises(KeysUnavailable):
            projecting.mapper.encode(b"", home, 2, contact("書けない"))
        with pytest.raises(KeysUnavailable):
            projecting.sealer.digest(b"")
        with pytest.raises(KeysUnavailable):
            projecting.sealer.opener()


def test_whoever_writes_needs_the_keys(database_url: str) -> None:
    with pytest.raises(KeysUnavailable):
        open_ledger(
            Settings(database_url, keys_url="postgresql://127.0.0.1:1/none", timeout=0.3), role=API
        )


def test_the_digest_of_a_request_is_another_for_every_municipality(
    ledger: Ledger, other: Ledger
) -> None:
    assert ledger.sealer.digest(b"asked") == ledger.sealer.digest(b"asked")
    assert ledger.sealer.digest(b"asked") != other.sealer.digest(b"asked")


def test_the_seals_of_one_municipality_are_nothing_to_another(
    ledger: Ledger, other: Ledger
) -> None:
    told, home = Told(ledger), uuid4()
    told(home, contact("玄関で話した"))
    ((_, sealed),) = texts(ledger.history(home)[0].fact)
    with pytest.raises((BrokenSeal, KeyDestroyed)):
        other.sealer.opener().open(sealed, home, 1, ())


def test_the_texts_of_one_fact_are_opened_together(ledger: Ledger) -> None:
    person, label = uuid4(), Label(agency="shakyo", desk="sodan", category=Category.IDENTITY)
    phones = ("0797", "0798")
    given: dict[str, Any] = {"name": "芦屋花子", "kana": "アシヤハナコ", "phones": phones}
    Told(ledger)(person, PersonIdentified(occurred_on="2026", label=label, **given))
    (recorded,) = ledger.history(person)
    opener, sealed = ledger.sealer.opener(), texts(recorded.fact)
    assert opener.open_all(sealed, person, 1, ()) == ["芦屋花子", "アシヤハナコ", "0797", "0798"]
    (_, name), (_, kana), *_ = sealed
    nobodys = f"{name.rsplit('.', 2)[0]}.x.{name.rsplit('.', 1)[1]}"
    wrong = [("kana", name), ("name", kana), ("name", name[:-4] + "AAAA"), ("name", nobodys)]
    for each in wrong:
        with pytest.raises(BrokenSeal):
            opener.open_all([each], person, 1, ())
    for stream, words, subjects in ((uuid4(), 1, ()), (person, 2, ()), (person, 1, (uuid4(),))):
        with pytest.raises(BrokenSeal):
            opener.open_all(sealed, stream, words, subjects)
    ring_of(ledger).destroy([key_of(name)])
    with pytest.raises(KeyDestroyed):
        opener.open_all(sealed, person, 1, ())


def test_whose_key_was_destroyed_is_told_to_whoever_follows(ledger: Ledger, opener: Opener) -> None:
    told, home = Told(ledger), uuid4()
    before, _ = opener.destroyed(0)
    told(PERSON, PersonNoted(occurred_on="2026", label=LABEL, nickname=Personal("はなちゃん")))
    told(home, contact("消す話"))
    ((_, gone),) = texts(ledger.history(home)[0].fact)
    assert ring_of(ledger).destroy([key_of(gone)]) == 1
    assert opener.destroyed(before) == (before, frozenset())  # a paragraph is nobody's
    assert ring_of(ledger).destroy(owners=[PERSON]) == 1
    after, owners = opener.destroyed(before)
    assert after > before
    assert owners == frozenset[UUID]({PERSON})
    assert opener.destroyed(after) == (after, frozenset())
    assert ClearSealer().opener().destroyed(3) == (3, frozenset())
