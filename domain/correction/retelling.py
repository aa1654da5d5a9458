"""書き直し: the narrative of a corrected fact under labels at least as strict as before."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from domain.events import Fact
from domain.labels import DESK_ONLY, Label, Narrative, Paragraph
from domain.stating import ParagraphDraft

_DRAFTS = TypeAdapter(tuple[ParagraphDraft, ...])


def retold(original: Fact, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, with every narrative among them labelled as what it replaces was."""
    return {
        name: _narrative(given, getattr(original, name), original.label)
        if _is_narrative(original, name)
        else given
        for name, given in changes.items()
    }


def _is_narrative(fact: Fact, name: str) -> bool:
    field = type(fact).model_fields.get(name)
    return field is not None and field.annotation == Narrative


def _narrative(given: Any, before: Narrative, whole: Label) -> Narrative:
    """One by one where the numbers agree; otherwise all of them as the strictest was."""
    given = [{"text": given}] if isinstance(given, str) else given
    drafts = _DRAFTS.validate_python(given)
    if len(drafts) == len(before):
        return tuple(_paragraph(d, b.label, b) for d, b in zip(drafts, before, strict=True))
    label = _strictest(whole, [paragraph.label for paragraph in before])
    return tuple(_paragraph(draft, label, None) for draft in drafts)


def _paragraph(draft: ParagraphDraft, label: Label, before: Paragraph | None) -> Paragraph:
    principals = before.principals if before else draft.principals or label.subjects
    tighter = {
        "hidden_from": (*label.hidden_from, *draft.hidden_from),
        "concealed": label.concealed or draft.concealed,
        "tags": (*label.tags, *draft.tags),
    }
    return Paragraph(
        text=draft.text,
        told_by=draft.told_by or (before.told_by if before else None),
        principals=principals,
        mentioned=draft.mentioned or (before.mentioned if before else ()),
        label=_once(label.model_copy(update=tighter)),
    )


def _strictest(whole: Label, parts: Sequence[Label]) -> Label:
    guarded = [part for part in parts if part.category in DESK_ONLY or part.basis != whole.basis]
    base = guarded[0] if guarded else whole
    union = {
        "hidden_from": tuple(p for label in (whole, *parts) for p in label.hidden_from),
        "concealed": any(label.concealed for label in (whole, *parts)),
        "tags": tuple(tag for label in (whole, *parts) for tag in label.tags),
    }
    return _once(base.model_copy(update=union))


def _once(label: Label) -> Label:
    hidden, tags = dict.fromkeys(label.hidden_from), dict.fromkeys(label.tags)
    return label.model_copy(update={"hidden_from": tuple(hidden), "tags": tuple(tags)})
