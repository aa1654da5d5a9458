"""本人同意・情報提供・協力依頼 の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import consent as c
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Urgent
from domain.values import PersonId
from projections.sentences.words import (
    Words,
    categories,
    codes,
    day,
    listed,
    opened,
    people,
    remark,
)

_ANSWERS = {
    c.ConsentAnswer.REFUSED: "同意は得られませんでした（拒否）",
    c.ConsentAnswer.PENDING: "返事は保留されました",
    c.ConsentAnswer.UNABLE: "意思の確認が困難でした",
}
_AUTHORITIES = {
    c.Authority.SELF: "本人",
    c.Authority.PARENT: "親権者",
    c.Authority.GUARDIAN: "後見人",
}
_METHODS = {
    c.Method.WRITTEN: "書面",
    c.Method.ORAL: "口頭",
    c.Method.TELEPHONE: "電話",
    c.Method.WRITTEN_BY_OTHER: "代筆",
}


def basis(given: Basis, w: Words) -> str:
    match given:
        case ByConsent():
            return "本人同意"
        case BySitting():
            return "支援会議（社会福祉法106条の6）"
        case ByStatute(article=article):
            return w.code("statutes", article)
        case Urgent():
            return "急迫の危険"
        case _:
            return "自機関の記録"


def _agencies(agencies: tuple[str, ...], w: Words) -> str:
    return listed([w.agency(agency) for agency in agencies])


def _sought(f: c.ConsentSought, w: Words) -> str:
    again = remark(("次に尋ねる日", day(f.next_try) if f.next_try else None))
    return f"{w.person(f.person)}に情報提供の同意を求めました。{_ANSWERS[f.answer]}{again}。"


def _supported(f: c.DecisionSupported, w: Words) -> str:
    able = "本人の意思を確かめられました" if f.able else "本人の意思は確かめられませんでした"
    return f"{w.person(f.person)}の意思決定を支援しました。{able}。"


def _given(f: c.ConsentGiven, w: Words) -> str:
    giver = "" if f.giver == f.person else f"{w.person(f.giver)}から"
    end = f"{day(f.period.end)}まで" if f.period.end else "定めなし"
    said = remark(
        ("提供先", _agencies(f.agencies, w)),
        ("区分", categories(f.categories)),
        ("目的", codes("purposes", f.purposes, w)),
        ("期間", f"{day(f.period.start)}から{end}"),
        ("権限", _AUTHORITIES[f.authority]),
        ("方法", _METHODS[f.method]),
        ("立会人", opened(f.witness, w)),
    )
    return f"{w.person(f.person)}の情報を提供することに、{giver}同意を得ました{said}。"


def _withdrawn(f: c.ConsentWithdrawn, w: Words) -> str:
    said = remark(
        ("提供先", _agencies(f.agencies, w)),
        ("区分", categories(f.categories)),
        ("目的", codes("purposes", f.purposes, w)),
        ("すでに情報をもつ機関", _agencies(f.holders, w) or None),
    )
    if f.by is None:
        whose = people(f.label.subjects, w)
        return f"{whose}についての同意は、本人に確かめ直すまで、効力がなくなりました{said}。"
    return f"{w.person(f.by)}が{_whose(f, f.by, w)}同意を撤回しました{said}。"


def _whose(f: c.ConsentWithdrawn, by: PersonId, w: Words) -> str:
    """Of whoever withdrew for somebody else; 名寄せ may have given one person two ids."""
    others = [person for person in f.label.subjects if w.person(person) != w.person(by)]
    return f"、{people(tuple(others), w)}についての" if others else ""


def _shared(f: c.InformationShared, w: Words) -> str:
    said = remark(
        ("目的", w.code("purposes", f.purpose)),
        ("区分", categories(f.categories)),
        ("根拠", basis(f.label.basis, w)),
    )
    return f"{w.agency(f.to_agency)}に情報を提供しました{said}。"


def _reviewed(f: c.ShareReviewed, _w: Words) -> str:
    found = "適切でした" if f.proper else "適切ではありませんでした"
    return f"同意によらない情報提供を点検しました。提供は{found}。"


def _request_reviewed(f: c.InformationRequestReviewed, _w: Words) -> str:
    found = "適切でした" if f.proper else "適切ではありませんでした"
    return f"同意によらない協力依頼を点検しました。依頼は{found}。"


def _requested(f: c.InformationRequested, w: Words) -> str:
    said = remark(
        ("目的", w.code("purposes", f.purpose)),
        ("区分", categories(f.categories)),
        ("回答の期限", day(f.answer_due)),
    )
    return f"{w.agency(f.of_agency)}に協力を依頼しました{said}。"


def _answered(f: c.InformationRequestAnswered, _w: Words) -> str:
    given = "協力が得られました" if f.cooperated else "協力は得られませんでした"
    return f"協力依頼に回答があり、{given}。"


def _tightened(f: c.LabelTightened, w: Words) -> str:
    said = remark(
        ("区分", categories((f.category,)) if f.category else None),
        ("見せない人", people(f.hide_from, w) or None),
        ("", "秘匿" if f.conceal else None),
        ("理由", opened(f.reason, w)),
    )
    return f"記録（番号 {w.number(f.of)}）を見られる範囲を狭めました{said}。"


def _loosening(f: c.LooseningProposed, w: Words) -> str:
    return (
        f"記録（番号 {w.number(f.of)}）のラベルを元に戻すことを起案しました。"
        f"理由は「{w.open(f.reason)}」です。"
    )


def _loosened(f: c.LabelLoosened, w: Words) -> str:
    why = w.open(f.reason)
    of = w.number(f.of)
    return f"記録（番号 {of}）のラベルを、二人の判断で元に戻しました。理由は「{why}」です。"


SHARING: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    c.ConsentSought: _sought,
    c.DecisionSupported: _supported,
    c.ConsentGiven: _given,
    c.ConsentWithdrawn: _withdrawn,
    c.InformationShared: _shared,
    c.ShareReviewed: _reviewed,
    c.InformationRequested: _requested,
    c.InformationRequestAnswered: _answered,
    c.InformationRequestReviewed: _request_reviewed,
    c.LabelTightened: _tightened,
    c.LooseningProposed: _loosening,
    c.LabelLoosened: _loosened,
}
