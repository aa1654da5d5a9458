"""訂正のラベル: a correction may make stricter what it corrects, and never makes it looser."""

from domain.labels import DESK_ONLY, BySitting, Controller, Label, gravest
from domain.refusals import Refused
from domain.stating import CaseCommand, LabelDraft, ParagraphDraft


class OnlyStricter(Refused):
    """訂正では、ラベルを厳しくすることしかできません。書けるのは、区分の虐待・DVと健康、見せない人・秘匿・印の追加と、段落に示す支援会議の根拠だけです。もとのままでよい区分や根拠は書かないでください。ほかに変えるときは、取り消して書き直してください。"""


class HeardElsewhere(Refused):
    """同じ段落に、別の会議で聞いたことを合わせて書くことはできません。会議ごとに、新しい記録に書くか、取り消して書き直してください。"""


def may_be_said(command: CaseCommand, drafts: tuple[ParagraphDraft, ...]) -> None:
    """OnlyStricter for what would loosen some label or other, whatever the record's own is: a
    refusal that looked at it would tell the label of what the writer may not read (rule 32).

    What is added (hidden_from, tags, concealed) is added; a category or basis that is left out
    stays. Of the whole record the basis is what a rule rested on: it is voided, and written anew.
    """
    if command.basis or any(draft.basis and not _heard(draft) for draft in drafts):
        raise OnlyStricter
    for each in (command, *drafts):
        looser = each.category and each.category not in DESK_ONLY
        if looser or each.controller is not Controller.CITY:
            raise OnlyStricter


def _heard(draft: LabelDraft) -> bool:
    return isinstance(draft.basis, BySitting)


def stricter(label: Label, *said: LabelDraft) -> Label:
    """The label with all that was said of it. HeardElsewhere where it was heard at an item already,
    and not at that one: those who were at the one were not all at the other.
    """
    for draft in said:
        if _heard(draft) and isinstance(label.basis, BySitting) and draft.basis != label.basis:
            raise HeardElsewhere
        category = draft.category or label.category
        label = label.model_copy(
            update={
                "category": gravest((label.category, category)) or category,
                "basis": draft.basis or label.basis,
                "hidden_from": tuple(dict.fromkeys((*label.hidden_from, *draft.hidden_from))),
                "concealed": label.concealed or draft.concealed,
                "tags": tuple(dict.fromkeys((*label.tags, *draft.tags))),
            }
        )
    return label
