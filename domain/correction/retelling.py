"""書き直し: the narrative of a corrected fact under labels at least as strict as before, and as
strict as its writer says.
"""

from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from domain.correction.changes import Drafts
from domain.correction.stricter import HeardElsewhere, stricter
from domain.events import Fact
from domain.labels import Basis, BySitting, Label, Narrative, Paragraph, gravest
from domain.refusals import Refused
from domain.stating import CaseCommand, ParagraphDraft
from domain.values import PersonId


class CorrectionDoesNotFit(Refused):
    """訂正できない項目か、その項目に合わない値です。変えられない項目は、取り消して書き直してください。"""


def drafted(original: Fact, changes: Mapping[str, Any]) -> dict[str, Drafts]:
    """The paragraphs among the changes, by their field; CorrectionDoesNotFit for what is none."""
    found = {name: given for name, given in changes.items() if _is_narrative(original, name)}
    wrong = [name for name, given in found.items() if not isinstance(given, tuple)]
    if wrong:
        raise CorrectionDoesNotFit(fields=sorted(wrong))
    return found


def retold(
    original: Fact, drafts: Mapping[str, Drafts], unread: frozenset[int]
) -> dict[str, Narrative]:
    """Every narrative labelled as what it replaces was; what its writer could not read of all the
    paragraphs, stays.
    """
    found: dict[str, Narrative] = {}
    first = 0
    for name in filter(partial(_is_narrative, original), type(original).model_fields):
        before: Narrative = getattr(original, name)
        kept = {number - first for number in unread}
        if name in drafts:
            found[name] = _narrative(drafts[name], before, original.label, kept)
        first += len(before)
    return found


def tightened(fact: Fact, said: CaseCommand) -> Fact:
    """All of it as strict as the correction says of itself; `said` has no basis of its own."""
    parts = {
        name: tuple(
            p.model_copy(update={"label": stricter(p.label, said)}) for p in getattr(fact, name)
        )
        for name in type(fact).model_fields
        if _is_narrative(fact, name)
    }
    return fact.model_copy(update={**parts, "label": stricter(fact.label, said)})


def _is_narrative(fact: Fact, name: str) -> bool:
    field = type(fact).model_fields.get(name)
    return field is not None and field.annotation == Narrative


class _Was(NamedTuple):
    """What a paragraph replaces; `about` is None where it named nobody, and so was about all."""

    about: tuple[PersonId, ...] | None
    told_by: PersonId | None
    mentioned: tuple[PersonId, ...]
    label: Label


def _narrative(given: Drafts, before: Narrative, whole: Label, kept: Container[int]) -> Narrative:
    """One by one where the numbers of what was read agree; otherwise all of that as the strictest
    was. Whoever could not read a paragraph neither loses it nor learns of it.
    """
    seen = [_was(part) for number, part in enumerate(before) if number not in kept]
    if len(given) == len(seen):
        anew = map(_paragraph, given, seen)
        return tuple(part if number in kept else next(anew) for number, part in enumerate(before))
    was = _together(seen, whole)
    left = (part for number, part in enumerate(before) if number in kept)
    return (*(_paragraph(draft, was) for draft in given), *left)


def _was(part: Paragraph) -> _Was:
    about = part.principals or part.label.subjects or None
    return _Was(about, part.told_by, part.mentioned, part.label)


def _paragraph(draft: ParagraphDraft, was: _Was) -> Paragraph:
    """About whom it was before, and whom the draft names besides; releasing it by consent needs
    everybody where it named nobody, and goes on doing so.
    """
    return Paragraph(
        text=draft.text,
        told_by=draft.told_by or was.told_by,
        principals=() if was.about is None else _all(was.about, draft.principals),
        mentioned=_all(was.mentioned, draft.mentioned),
        label=stricter(was.label, draft),
    )


def _together(parts: Sequence[_Was], whole: Label) -> _Was:
    """Any of them may now say what one of them said."""
    about = [part.about for part in parts if part.about is not None]
    all_named = len(about) == len(parts)
    told_by = [part.told_by for part in parts if part.told_by]
    return _Was(
        about=_all(whole.subjects, *about) if all_named else None,
        told_by=None,
        mentioned=_all(told_by, *(part.mentioned for part in parts)),
        label=_strictest(whole, [part.label for part in parts]),
    )


def _strictest(whole: Label, parts: Sequence[Label]) -> Label:
    labels = (whole, *parts)
    update = {
        "category": gravest([label.category for label in labels]) or whole.category,
        "basis": _basis(whole, parts),
        "hidden_from": _all(*(label.hidden_from for label in labels)),
        "concealed": any(label.concealed for label in labels),
        "tags": tuple(dict.fromkeys(tag for label in labels for tag in label.tags)),
    }
    return whole.model_copy(update=update)


def _basis(whole: Label, parts: Sequence[Label]) -> Basis:
    """The item where one of them was heard, or else what is not that of the whole."""
    bases = [label.basis for label in (*parts, whole)]
    heard = {basis for basis in bases if isinstance(basis, BySitting)}
    if len(heard) > 1:
        raise HeardElsewhere
    others = [basis for basis in bases if basis != whole.basis]
    return [*heard, *others, whole.basis][0]


def _all(*persons: Sequence[PersonId]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(each for some in persons for each in some))
