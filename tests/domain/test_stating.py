"""Every fact carries its label; what is hidden stays hidden in each of its parts."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from domain.events.support import ContactMade
from domain.labels import Category, OwnRecord, Tag
from domain.refusals import InTheFuture, ReadByNobody
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Author, Capacity, Personal, PersonId, Role, StaffId

HANAKO, TARO = PersonId(uuid4()), PersonId(uuid4())


class MeetSomebody(CaseCommand):
    method: str
    narrative: tuple[ParagraphDraft, ...] = ()


def stamp(at: datetime = datetime(2025, 4, 1, 1, tzinfo=UTC)) -> Stamp:
    capacity = Capacity(agency="shakyo", desk="sodan", role=Role.COUNSELLOR)
    nothing: Any = None
    return Stamp(Author(staff=StaffId(uuid4()), capacity=capacity), at, UUID(int=7), nothing)


def met(**given: object) -> ContactMade:
    command = MeetSomebody.model_validate({"method": "visit", **given})
    more = {"outreach": uuid4(), "met_person": True, "consented": False}
    return stated(ContactMade, command, stamp(), **more)


def test_the_desk_and_the_kind_of_act_fill_in_what_the_counsellor_leaves_out() -> None:
    fact = met(subjects=[HANAKO], narrative="玄関先で5分話した。")
    assert (fact.label.agency, fact.label.desk, fact.label.category) == (
        "shakyo", "sodan", Category.PROGRESS,
    )  # fmt: skip
    assert fact.label.basis == OwnRecord()
    [paragraph] = fact.narrative
    assert (paragraph.text, paragraph.principals) == (Personal("玄関先で5分話した。"), (HANAKO,))
    assert paragraph.label == fact.label


IN_A_ROOM = {"kind": "sitting", "sitting": str(uuid4()), "item": str(uuid4())}


@pytest.mark.parametrize("kept", [{"tags": ["informant"]}, {"basis": IN_A_ROOM}])
def test_nothing_is_written_that_nobody_could_read(kept: dict[str, Any]) -> None:
    """秘匿 is for 支援措置担当, who received no report and was in no room."""
    part = {"text": "駅前の宿にいる。"}
    for lost in (
        {"concealed": True, **kept},
        {"concealed": True, "narrative": [{**part, **kept}]},
        {"narrative": [{**part, "concealed": True, **kept}]},
        {**kept, "narrative": [{**part, "concealed": True}]},
    ):
        with pytest.raises(ReadByNobody):
            met(**lost)
    apart = met(narrative=[{**part, "concealed": True}, {"text": "隣の人から。", **kept}])
    assert [each.label.concealed for each in apart.narrative] == [True, False]


@pytest.mark.parametrize("wrong", [None, 12, {"text": "話した。"}])
def test_what_is_neither_text_nor_paragraphs_is_refused_in_words(wrong: object) -> None:
    with pytest.raises(ValidationError, match="文字列か並び"):
        MeetSomebody.model_validate({"method": "visit", "narrative": wrong})


def test_a_paragraph_is_never_laxer_than_its_fact() -> None:
    draft = {
        "text": "夫に知られたくない。",
        "category": "abuse",
        "tags": ["secret"],
        "hidden_from": [TARO],
    }
    fact = met(hidden_from=[HANAKO], concealed=True, tags=["opinion"], narrative=[draft])
    label = fact.narrative[0].label
    assert label.hidden_from == (HANAKO, TARO)
    assert label.concealed
    assert label.tags == (Tag.OPINION, Tag.SECRET)
    assert label.category is Category.ABUSE


def test_it_happened_today_unless_stated_and_today_is_japanese() -> None:
    assert met().occurred_on == "2025-04-01"
    assert met(occurred_on="令和6年").occurred_on == "2024"
    late = stamp(datetime(2025, 3, 31, 15, tzinfo=UTC))
    assert late.today == date(2025, 4, 1)


def test_nothing_has_happened_in_the_future() -> None:
    with pytest.raises(InTheFuture):
        met(occurred_on="2025-04-02")
    assert met(occurred_on="unknown").occurred_on == "unknown"


def test_what_a_command_brings_about_has_the_same_id_when_it_is_sent_again() -> None:
    assert stamp().new_id("plan") == stamp().new_id("plan") != stamp().new_id("share")
