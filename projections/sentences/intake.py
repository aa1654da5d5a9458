"""相談受付・メモ・通報 の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import intake as i
from projections.sentences.words import Words, codes, day, opened, remark

_CONSULTERS = {
    i.Consulter.SELF: "本人",
    i.Consulter.FAMILY: "家族",
    i.Consulter.NEIGHBOUR: "近隣・地域住民",
    i.Consulter.AGENCY: "機関",
}
_URGENCIES = {
    i.Urgency.NOW: "直ちに",
    i.Urgency.SOON: "早めに",
    i.Urgency.ROUTINE: "通常",
}
_STEPS = {
    i.NextStep.ANSWERED: "情報提供・相談対応で終えます",
    i.NextStep.REFERRED: "ほかの機関につなぎます",
    i.NextStep.CONTINUED: "継続してかかわります",
}
_ABUSES = {
    i.AbuseKind.CHILD: "児童虐待",
    i.AbuseKind.ELDER: "高齢者虐待",
    i.AbuseKind.DISABLED: "障害者虐待",
    i.AbuseKind.SPOUSE: "配偶者からの暴力",
}


def _received(f: i.ConsultationReceived, w: Words) -> str:
    said = remark(
        ("経路", w.code("routes", f.route)),
        ("分野", codes("fields", f.fields, w)),
        ("課題", codes("issues", f.issues, w)),
        ("緊急度", _URGENCIES[f.urgency]),
        ("", "紙の記録から入力" if f.from_paper else None),
    )
    about = f"{w.person(f.person)}について、" if f.person else ""
    window = w.agency(f.label.agency, f.window)
    return f"{window}で、{about}{_CONSULTERS[f.consulter]}からの相談を受け付けました{said}。"


def _screened(f: i.ConsultationScreened, w: Words) -> str:
    keeper = w.agency(f.label.agency, f.keeper) if f.keeper else None
    said = remark(("かかわりを続ける係", keeper))
    result = w.code("screening-results", f.result)
    return f"スクリーニングの結果は「{result}」です。{_STEPS[f.next_step]}{said}。"


def _kept(f: i.NoteKept, _w: Words) -> str:
    return f"メモを残しました（{day(f.label_by)}までに整理します）。"


def _labelled(_f: i.NoteLabelled, _w: Words) -> str:
    return "メモを記録に整理しました。"


def _dropped(_f: i.NoteDropped, _w: Words) -> str:
    return "メモを破棄しました。"


def _reported(f: i.AbuseReported, w: Words) -> str:
    said = remark(
        ("通報者", opened(f.reporter, w)),
        ("本人との関係", opened(f.reporter_relation, w)),
        ("受けた方法", opened(f.received_how, w)),
    )
    victim = f"{w.person(f.victim)}について、" if f.victim else ""
    return f"{victim}{_ABUSES[f.kind]}の通報を受けました{said}。"


def _checked(f: i.FactsChecked, w: Words) -> str:
    seen = "本人に直接会って" if f.seen_in_person else "本人には会わずに"
    return f"{seen}事実を確認しました。結果は「{w.code('findings', f.finding)}」です。"


def _protected(f: i.ProtectionTaken, w: Words) -> str:
    measure, place = w.code("protection-measures", f.measure), opened(f.place, w)
    said = remark(("場所", place))
    return f"{w.person(f.person)}について、保護の措置（{measure}）をとりました{said}。"


INTAKE: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    i.ConsultationReceived: _received,
    i.ConsultationScreened: _screened,
    i.NoteKept: _kept,
    i.NoteLabelled: _labelled,
    i.NoteDropped: _dropped,
    i.AbuseReported: _reported,
    i.FactsChecked: _checked,
    i.ProtectionTaken: _protected,
}
