"""Every fact has its sentence, and every personal string is named with its label."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings

from domain.events import CATALOGUE, Fact
from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.meeting import BroughtToSitting
from domain.events.membership import HouseholdsMerged
from domain.events.person import CareNeeded, PersonIdentified
from domain.events.rights import FactCorrected
from domain.events.sitting import AttendeeInvited
from domain.events.support import ContactMade, GuardianAppointed, SupportClosed
from domain.gate import Item
from domain.labels import Category
from domain.values import Period, Personal
from projections.sentences import SENTENCES, Words, colleagues, segments, sentence
from projections.sentences.words import day
from tests.facts import AUTHOR, model
from tests.projections.facts import MOTHER, SON, fact, paragraph


class Plain:
    """Words as they are; what was sealed is marked."""

    def open(self, text: Personal) -> str:
        return f"<{text}>"

    def code(self, codes: str, code: str) -> str:
        return f"{codes}/{code}"

    def agency(self, agency: str, desk: str | None = None) -> str:
        return f"{agency}{desk or ''}"

    def body(self, body: str) -> str:
        return body

    def person(self, _person: UUID) -> str:
        return "世帯員"

    def staff(self, _staff: UUID, /) -> str:
        return "職員"

    def number(self, version: int) -> str:
        return str(version)


class Asking(Plain):
    """Whom of the staff a sentence names."""

    def __init__(self) -> None:
        self.asked: list[UUID] = []

    def staff(self, staff: UUID, /) -> str:
        self.asked.append(staff)
        return super().staff(staff)


class Named(Plain):
    def person(self, person: UUID) -> str:
        return {MOTHER: "花子さん", SON: "太郎さん"}[person]


class Open(Plain):
    def open(self, text: Personal) -> str:
        return str(text)


PLAIN: Words = Plain()
NAMED: Words = Named()
CONSENT, OF_SON = uuid4(), {"subjects": (SON,)}


def item(fact: Fact) -> Item:
    return Item(uuid4(), 1, AUTHOR, fact, 1, 1)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_fact_has_a_sentence_however_much_of_it_is_known(name: str) -> None:
    @settings(max_examples=10, deadline=None, database=None)
    @given(model(CATALOGUE[name]))
    def told(given: Fact) -> None:
        said = sentence(item(given), PLAIN)
        assert said.count("。") >= 1
        assert "None" not in said
        assert "（）" not in said

    told()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_whom_of_the_staff_a_sentence_names_is_known_before_it_is_said(name: str) -> None:
    @settings(max_examples=10, deadline=None, database=None)
    @given(model(CATALOGUE[name]))
    def told(given: Fact) -> None:
        words = Asking()
        sentence(item(given), words)
        assert tuple(words.asked) == colleagues(given)

    told()


def test_those_whose_names_are_not_told_are_counted() -> None:
    both = fact(BroughtToSitting, sitting=uuid4(), item=uuid4(), subjects=(MOTHER, SON))
    assert sentence(item(both), PLAIN).startswith("世帯員2人のことを")
    assert sentence(item(both), NAMED).startswith("花子さん、太郎さんのことを")


def test_no_sentence_is_kept_for_a_fact_that_is_not_in_the_catalogue() -> None:
    assert set(SENTENCES) == set(CATALOGUE.values())


def test_a_contact_reads_as_a_counsellor_would_write_it() -> None:
    met = fact(ContactMade, outreach=uuid4(), method="visit", met_person=True, consented=False)
    assert sentence(item(met), PLAIN) == (
        "世帯へのアウトリーチ（outreach-methods/visit）で本人と接触できました。"
        "かかわることの同意はまだありません。"
    )


def scope() -> dict[str, Any]:
    return {
        "consent": CONSENT,
        "agencies": ("shakyo",),
        "categories": (Category.FAMILY,),
        "purposes": ("support",),
    }


def test_of_a_consent_it_is_told_who_gave_it_for_whom() -> None:
    """Rule 4: the parent gives it, and does not get it."""
    given = {
        "giver": MOTHER,
        "authority": "parent",
        "able": True,
        "method": "written",
        "text_version": "r8",
    }
    period = Period(start=date(2026, 4, 1), end=date(2027, 3, 31))
    said = sentence(item(fact(ConsentGiven, **scope(), person=SON, **given, period=period)), NAMED)
    assert said.startswith("太郎さんの情報を提供することに、花子さんから同意を得ました（")
    assert "期間: 2026年4月1日から2027年3月31日まで、権限: 親権者" in said


def test_of_a_withdrawal_it_is_told_who_withdrew_whose_consent() -> None:
    said = {
        by: sentence(
            item(fact(ConsentWithdrawn, **scope(), by=by, holders=(), labelled=OF_SON)), NAMED
        )
        for by in (MOTHER, SON, None)
    }
    assert said[MOTHER].startswith("花子さんが、太郎さんについての同意を撤回しました（")
    assert said[SON].startswith("太郎さんが同意を撤回しました（")
    assert said[None].startswith("太郎さんについての同意は、本人に確かめ直すまで、効力がなくなり")


def test_no_sentence_breaks_off_where_nobody_is_named() -> None:
    at = {"sitting": uuid4(), "item": uuid4()}
    brought = fact(BroughtToSitting, **at, subjects=(), tabled=())
    merged = fact(HouseholdsMerged, source=uuid4(), target=uuid4(), persons=())
    assert [
        sentence(item(each), PLAIN) for each in (brought, merged, fact(CareNeeded, kinds=()))
    ] == [
        "世帯のことを会議の議題に付しました（提出した記録 0件）。",
        "二つの世帯の記録を、同じ世帯のものとして一つにまとめました。",
        "通訳や配慮が必要です。",
    ]


def test_a_correction_tells_which_record_it_is_of_where_that_is_read() -> None:
    """By how it reads now; where the reader sees nothing of that, by its number alone."""
    met = {"outreach": uuid4(), "method": "visit", "met_person": True, "consented": False}
    mended = fact(ContactMade, **met, occurred_on="2026-03")
    told = {"of": 7, "reason": "聞きちがい", "replacement_kind": "ContactMade"}
    seen = fact(FactCorrected, **told, replacement=mended)
    behind = seen.model_copy(update={"replacement": None})
    voided = fact(FactCorrected, of=7, reason="聞きちがい")
    assert [
        sentence(item(each), PLAIN).removesuffix("理由は「<聞きちがい>」です。")
        for each in (seen, behind, voided)
    ] == [
        "2026年3月の記録「アウトリーチで本人または家族に接触した」（番号 7）を訂正しました。",
        "記録（番号 7）を訂正しました。",
        "記録（番号 7）を取り消しました。",
    ]


def test_a_day_of_birth_is_said_like_any_other_day() -> None:
    told = fact(PersonIdentified, name="芦屋花子", kana="あしや", birth_date="1958-04-01")
    assert "（生年月日: 1958年4月1日）" in sentence(item(told), Open())


def test_nobody_is_called_san_twice() -> None:
    """Who writes a name down may write さん along with it."""
    acting = fact(GuardianAppointed, person=SON, kind="guardian", guardian="入江さん")
    seat = {"attendee": uuid4(), "kind": "outside", "name": "舟橋さん", "capacity": "民生委員"}
    assert "、入江さんが後見の職務を" in sentence(item(acting), Open())
    assert sentence(item(fact(AttendeeInvited, **seat)), Open()).startswith("舟橋さんを出席者に")


def test_a_closure_tells_the_wish_of_the_person() -> None:
    closed = fact(SupportClosed, reason="solved", wish="もう大丈夫")
    assert sentence(item(closed), PLAIN) == (
        "支援を終結しました（事由: closure-reasons/solved）。本人の意向は「<もう大丈夫>」です。"
    )


def test_segments_are_the_personal_strings_with_the_label_that_holds_for_them() -> None:
    words = paragraph("診断名", category=Category.HEALTH)
    closed = fact(SupportClosed, reason="solved", wish="帰りたい", narrative=words)
    assert [(s.path, s.text, s.label.category) for s in segments(item(closed))] == [
        ("wish", "帰りたい", Category.CONSULTATION),
        ("narrative.0.text", "診断名", Category.HEALTH),
    ]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-04-01", "2026年4月1日"),
        ("2026-04", "2026年4月"),
        ("2026", "2026年"),
        ("unknown", "時期不明"),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(when: str, said: str) -> None:
    assert day(when) == said
