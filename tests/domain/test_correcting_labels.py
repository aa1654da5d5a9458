"""訂正のラベル: what a correction says of itself makes the record stricter, and never looser."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from domain.correction import CorrectFact, correct_fact
from domain.correction.retelling import CorrectionDoesNotFit
from domain.correction.rights import NotCorrectable
from domain.correction.stricter import HeardElsewhere, OnlyStricter
from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.intake import ConsultationReceived
from domain.events.rights import FactCorrected
from domain.events.sitting import PresenceRecorded
from domain.events.support import GuardianAppointed
from domain.heard import heard_at
from domain.labels import BySitting, Category, OwnRecord, Paragraph, Tag
from domain.ledger.mapper import to_bytes
from domain.planned import SittingInformationInPlan
from domain.refusals import NotAMember
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.values import Role
from tests.domain.deliberated import DOCTOR, consent, drafted, item
from tests.domain.given import (
    CENTRE,
    CHILD,
    FATHER,
    ITEM,
    MOTHER,
    PRIVACY,
    SITTING,
    STRANGER,
    act,
    capacity,
    fact,
    joined,
    label,
    paragraph,
    settled,
    stamp,
)
from tests.domain.test_correction import FIRST, consultation, told
from tests.domain.test_labelling import there

THERE = BySitting(sitting=SITTING, item=ITEM)
HEARD: dict[str, Any] = {"kind": "sitting", "sitting": str(SITTING), "item": str(ITEM)}
ANOTHER = UUID(int=84)
ELSEWHERE: dict[str, Any] = {**HEARD, "item": str(ANOTHER)}
NOT_VOID = {"route": "telephone"}


def correcting(said: dict[str, Any], **changes: Any) -> CorrectFact:
    return act(CorrectFact, reason="書き誤り", changes=changes, **said)


AT_BOTH = there(
    item(ANOTHER), fact(PresenceRecorded, item=ANOTHER, attendee=DOCTOR, capacity="相談員")
)
"""The writer sat at both items."""


def done(original: Fact, /, said: dict[str, Any] | None = None, **changes: Any) -> FactCorrected:
    given = told(joined(FATHER), joined(MOTHER), original)
    command = correcting(said or {}, **changes)
    [found] = correct_fact(*given, AT_BOTH, command, stamp(), version=FIRST + 2)
    return found


def parts(original: Fact, *narrative: Any) -> tuple[Paragraph, ...]:
    return rewritten(original, narrative, AT_BOTH)


def rewritten(
    original: Fact,
    narrative: Iterable[Any],
    beside: Attended,
    *acting: Fact,
    by: Stamp | None = None,
) -> tuple[Paragraph, ...]:
    given = told(joined(FATHER), joined(MOTHER), original, *acting)
    command = correcting({}, narrative=list(narrative))
    [found] = correct_fact(*given, beside, command, by or stamp(), version=FIRST + 2)
    assert isinstance(found.replacement, ConsultationReceived)
    return found.replacement.narrative


PLAIN = consultation(label=label(CHILD), narrative=[paragraph("様子", CHILD)])
ADDED = {"text": "会議で聞いた"}


@pytest.mark.parametrize("others", [[], [{"text": "様子"}]], ids=["one by one", "all at once"])
def test_a_paragraph_is_as_closed_as_its_writer_says(others: list[Any]) -> None:
    *_, heard = parts(PLAIN, *others, {**ADDED, "basis": HEARD})
    *_, grave = parts(PLAIN, *others, {**ADDED, "category": "abuse", "tags": ["opinion"]})
    *_, named = parts(PLAIN, *others, {**ADDED, "principals": [FATHER], "hidden_from": [MOTHER]})
    assert heard.label.basis == THERE
    assert (grave.label.category, grave.label.tags) == (Category.ABUSE, (Tag.OPINION,))
    assert (named.principals, named.label.hidden_from) == ((CHILD, FATHER), (MOTHER,))


FOR_FATHER = fact(
    GuardianAppointed, person=FATHER, kind="guardian", guardian="某", agency=CENTRE, desk="general"
)
HIDDEN = paragraph("父には言わない", CHILD, hidden_from=[FATHER])
HEARD_THERE = paragraph("会議で聞いた", CHILD, basis=HEARD)


NOT_THERE = Attended(id=SITTING)


@pytest.mark.parametrize("narrative", [[{"text": "よ"}], [{"text": "よ"}, {"text": "い"}]])
@pytest.mark.parametrize(
    ("unread", "acting", "beside"),
    [
        (HIDDEN, [FOR_FATHER], AT_BOTH),
        (HEARD_THERE, [], NOT_THERE),
        (paragraph("係だけの話", CHILD, desk="rights", category="abuse"), [], AT_BOTH),
    ],
    ids=["hidden", "heard where the writer was not", "of another desk"],
)
def test_what_its_writer_cannot_read_of_it_stays(
    unread: Paragraph, acting: list[Fact], beside: Attended, narrative: list[Any]
) -> None:
    """Nobody loses a note to who knew nothing of it; nor does it change what they write instead."""
    seen = paragraph("様子", CHILD)
    without, told = (
        rewritten(consultation(label=label(CHILD), narrative=said), narrative, beside, *acting)
        for said in ([seen], [unread, seen])
    )
    assert unread in told
    assert tuple(part for part in told if part != unread) == without


def test_the_privacy_desk_puts_right_all_of_it() -> None:
    heard = consultation(label=label(CHILD), narrative=[HEARD_THERE])
    [one] = rewritten(heard, [{"text": "?"}], NOT_THERE, by=stamp(PRIVACY))
    assert one.text == "?"
    assert one.label.basis == THERE


def test_what_was_graver_stays_so() -> None:
    ill, beaten = (
        paragraph("熱", CHILD, category="health"),
        paragraph("痣", CHILD, category="abuse"),
    )
    original = consultation(narrative=[ill, beaten], label=label(CHILD))
    first, second = parts(original, *[{"text": "?", "category": "health"}] * 2)
    assert (first.label.category, second.label.category) == (Category.HEALTH, Category.ABUSE)
    [one] = parts(original, {"text": "熱と痣"})
    assert one.label.category is Category.ABUSE


def test_whoever_names_an_informant_later_closes_all_of_it_to_other_desks() -> None:
    """Rule 31: their relation, the time, the place and the words stay with who received it."""
    found = done(PLAIN, informant="隣の山田さん")
    assert isinstance(found.replacement, ConsultationReceived)
    [told] = found.replacement.narrative
    for closed in (found.label, found.replacement.label, told.label):
        assert Tag.INFORMANT in closed.tags
    assert not done(PLAIN, route="telephone").label.tags


def test_where_something_was_heard_is_kept_when_paragraphs_become_one() -> None:
    heard = paragraph("聞いた", CHILD, basis=HEARD)
    beaten = paragraph("痣", CHILD, category="abuse")
    [one] = parts(consultation(narrative=[beaten, heard], label=label(CHILD)), {"text": "両方"})
    assert (one.label.basis, one.label.category) == (THERE, Category.ABUSE)
    by_law = paragraph("法で", CHILD, basis={"kind": "statute", "article": "jido-6"})
    [one] = parts(consultation(narrative=[beaten, by_law], label=label(CHILD)), {"text": "両方"})
    assert one.label.basis == by_law.label.basis


def test_what_was_heard_at_two_items_is_not_written_as_one() -> None:
    heard = paragraph("聞いた", CHILD, basis=HEARD)
    both = [heard, paragraph("別の日に", CHILD, basis=ELSEWHERE)]
    assert parts(consultation(narrative=[heard]), {**ADDED, "basis": HEARD})[0].label.basis == THERE
    with pytest.raises(HeardElsewhere):
        parts(consultation(narrative=[heard]), {**ADDED, "basis": ELSEWHERE})
    with pytest.raises(HeardElsewhere):
        parts(consultation(narrative=both, label=label(CHILD)), ADDED)


@pytest.mark.parametrize(
    "looser",
    [{"category": "progress"}, {"basis": {"kind": "own"}}, {"controller": "contractor"}],
    ids=["category", "basis", "controller"],
)
def test_what_would_loosen_a_label_is_refused_whatever_the_label_is(looser: Any) -> None:
    """Or else the refusal would tell of a paragraph that its writer may not read."""
    grave = consultation(narrative=[paragraph("痣", CHILD, category="abuse", basis=HEARD)])
    for original in (PLAIN, grave):
        with pytest.raises(OnlyStricter):
            parts(original, {**ADDED, **looser})
        with pytest.raises(OnlyStricter):
            done(original, looser, **NOT_VOID)


def test_the_basis_of_the_whole_record_is_what_a_rule_rested_on() -> None:
    with pytest.raises(OnlyStricter):
        done(PLAIN, {"basis": HEARD}, **NOT_VOID)


def test_who_is_named_in_a_paragraph_stays_named() -> None:
    before = {"principals": [CHILD], "mentioned": [FATHER], "told_by": MOTHER}
    original = consultation(narrative=[{**dict(paragraph("様子", CHILD)), **before}])
    [same] = parts(original, {"text": "元気", "principals": [MOTHER], "mentioned": [CHILD]})
    assert (same.principals, same.mentioned) == ((CHILD, MOTHER), (FATHER, CHILD))
    assert same.told_by == MOTHER
    one, other = parts(original, {"text": "元気", "told_by": FATHER}, {"text": "別に"})
    assert (one.principals, other.principals) == ((CHILD,), (CHILD,))
    assert (one.told_by, one.mentioned, other.told_by) == (FATHER, (MOTHER, FATHER), None)


def test_what_named_nobody_is_about_all_of_them_still() -> None:
    nobody = consultation(narrative=[paragraph("みなのこと")])
    for given in ([{**ADDED, "principals": [CHILD]}], [ADDED, {**ADDED, "principals": [CHILD]}]):
        assert {part.principals for part in parts(nobody, *given)} == {()}
    [first] = parts(consultation(), {**ADDED, "principals": [CHILD]})
    assert first.principals == (CHILD,)


def test_a_correction_hides_what_it_says_it_hides_in_the_whole_record() -> None:
    said = {"hidden_from": [FATHER], "concealed": True, "category": "abuse", "tags": ["location"]}
    found = done(PLAIN, {**said, "subjects": [MOTHER]}, **NOT_VOID)
    replaced = found.replacement
    assert isinstance(replaced, ConsultationReceived)
    for now in (found.label, replaced.label, replaced.narrative[0].label):
        assert (now.hidden_from, now.concealed) == ((FATHER,), True)
        assert (now.category, now.tags) == (Category.ABUSE, (Tag.LOCATION,))
        assert now.basis == OwnRecord()
    assert (found.label.subjects, replaced.label.subjects) == ((CHILD, MOTHER), (CHILD,))


def test_so_does_taking_a_record_back() -> None:
    given = told(joined(FATHER), PLAIN)
    void = act(CorrectFact, reason="父の話", void=True, hidden_from=[FATHER])
    [found] = correct_fact(*given, void, stamp(), version=FIRST + 1)
    assert (found.replacement, found.label.hidden_from) == (None, (FATHER,))


def test_a_correction_is_as_closed_as_its_record_has_become() -> None:
    tightened = fact(LabelTightened, of=FIRST + 1, category="abuse", hide_from=[FATHER])
    given = told(joined(FATHER), PLAIN, tightened)
    [found] = correct_fact(*given, correcting({}, **NOT_VOID), stamp(), version=FIRST + 1)
    assert (found.label.category, found.label.hidden_from) == (Category.ABUSE, (FATHER,))
    chief = stamp(capacity(CENTRE, "nurses", Role.CHIEF))
    with pytest.raises(NotCorrectable):
        correct_fact(*given, correcting({}, **NOT_VOID), chief, version=FIRST + 1)


def test_whom_a_correction_names_belongs_to_the_household() -> None:
    for said in ({"hidden_from": [STRANGER]}, {"subjects": [STRANGER]}):
        with pytest.raises(NotAMember):
            done(PLAIN, said, **NOT_VOID)
    for name in ("principals", "hidden_from", "mentioned"):
        with pytest.raises(NotAMember):
            parts(PLAIN, {**ADDED, name: [STRANGER]})


def test_no_correction_brings_what_a_support_meeting_knew_into_a_plan() -> None:
    plan = told(drafted(), consent())
    command = correcting({}, goals=[{**ADDED, "basis": HEARD}])
    with pytest.raises(SittingInformationInPlan):
        correct_fact(*plan, command, stamp(), version=FIRST)
    profile = settled(sitting_information_after_consent=True)
    assert correct_fact(*plan, command, stamp(profile=profile), version=FIRST)
    assert correct_fact(*plan, correcting({}, goals="一緒に"), stamp(), version=FIRST)


def test_where_a_rewritten_paragraph_was_heard_is_asked_like_any_other() -> None:
    assert list(heard_at(correcting({}, narrative=[{**ADDED, "basis": HEARD}]))) == [THERE]


def test_a_label_is_not_written_in_the_place_of_a_paragraph() -> None:
    """As the ledger keeps one; what a writer says is a draft."""
    kept = paragraph("様子", CHILD).model_dump(mode="json")
    with pytest.raises(CorrectionDoesNotFit) as refused:
        parts(PLAIN, kept)
    assert refused.value.details["fields"] == ["narrative"]


def test_no_words_of_a_correction_are_kept_in_the_clear() -> None:
    changes = {
        "narrative": [{"text": "父のこと"}],
        "wishes": [{"not a text": "父のこと"}],
        "informant": "父",
        "route": "父から",
        "no_such_field": {"more": ["父"]},
        "occurred_on": "2026-03-01",
        "yen": 300,
    }
    command = correcting({}, **changes)
    kept = to_bytes(command, {"seal": lambda _: "■"}).decode()
    assert "父" not in kept
    assert "2026-03-01" in kept
    assert to_bytes(command).decode().count("父") == 5
    assert CorrectFact.model_validate_json(to_bytes(command)) == command


def test_the_privacy_desk_corrects_under_its_own_name() -> None:
    given = told(PLAIN)
    [found] = correct_fact(*given, correcting({}, **NOT_VOID), stamp(PRIVACY), version=FIRST)
    assert (found.label.agency, found.label.desk) == ("city", "privacy")
