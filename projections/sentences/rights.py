"""訂正・開示請求・利用停止・保存・漏えい の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import rights as r
from projections.sentences.words import Words, codes, day, happened, listed, opened, people, remark

_REQUESTERS = {
    r.Requester.PERSON: "本人",
    r.Requester.REPRESENTATIVE: "法定代理人",
    r.Requester.AGENT: "任意代理人",
}
_OUTCOMES = {
    r.DisclosureOutcome.FULL: "全部開示",
    r.DisclosureOutcome.PARTIAL: "部分開示",
    r.DisclosureOutcome.REFUSED: "不開示",
    r.DisclosureOutcome.NEITHER: "存否応答拒否",
}


def _corrected(f: r.FactCorrected, w: Words) -> str:
    """Which record it was, as far as the reader sees how it reads now."""
    done = "訂正しました" if f.replacement_kind else "取り消しました"
    now = f.replacement
    which = f"{day(now.occurred_on)}の記録「{happened(type(now))}」" if now else "記録"
    return f"{which}（番号 {w.number(f.of)}）を{done}。理由は「{w.open(f.reason)}」です。"


def _misfiled(f: r.MisfiledRecordWithdrawn, w: Words) -> str:
    which = listed([f"番号 {w.number(version)}" for version in f.facts])
    return f"別の世帯の記録（{which}）を取り下げました。理由は「{w.open(f.reason)}」です。"


def _requested(f: r.DisclosureRequested, w: Words) -> str:
    said = remark(
        ("請求者", _REQUESTERS[f.requester]),
        ("請求者の氏名", opened(f.requester_name, w)),
        ("範囲", w.open(f.scope)),
        ("決定の期限", day(f.decide_by)),
    )
    return f"{w.person(f.person)}の記録について、開示の請求を受けました{said}。"


def _decided(f: r.DisclosureDecided, w: Words) -> str:
    checked = "お子さんの安全を確かめたうえで、" if f.child_safety_checked else ""
    grounds = remark(("根拠", codes("disclosure-grounds", f.grounds, w) or None))
    return f"{checked}開示の請求について「{_OUTCOMES[f.outcome]}」と決定しました{grounds}。"


def _correction(f: r.CorrectionRequested, w: Words) -> str:
    of = f"記録（番号 {w.number(f.of)}）" if f.of else "記録"
    claim = w.open(f.claim)
    return f"{w.person(f.person)}の{of}について、訂正の請求を受けました（内容: {claim}）。"


def _correction_decided(f: r.CorrectionDecided, w: Words) -> str:
    outcome = "訂正する" if f.granted else "訂正しない"
    return f"訂正の請求について「{outcome}」と決定しました。理由は「{w.open(f.reason)}」です。"


def _suspended(f: r.UseSuspended, w: Words) -> str:
    which = listed([f"番号 {w.number(version)}" for version in f.facts]) or "記録全体"
    who, why = w.person(f.person), w.open(f.reason)
    return f"{who}の記録（{which}）の利用を停止しました。理由は「{why}」です。"


def _held(f: r.LegalHoldPlaced, w: Words) -> str:
    return f"記録の廃棄を止めました。理由は「{w.open(f.reason)}」です。"


def _lifted(f: r.LegalHoldLifted, w: Words) -> str:
    return f"記録の廃棄の停止を解きました。理由は「{w.open(f.reason)}」です。"


def _incident(f: r.IncidentOpened, w: Words) -> str:
    said = remark(("対象", people(f.persons, w)), ("報告の期限", day(f.report_due)))
    return f"個人情報の漏えい等（{w.code('incident-kinds', f.kind)}）を認知しました{said}。"


def _reported(f: r.IncidentReported, w: Words) -> str:
    stage = "確報" if f.final else "速報"
    return f"漏えい等を{w.code('incident-recipients', f.to)}に報告しました（{stage}）。"


def _notified(f: r.PersonNotified, w: Words) -> str:
    method = w.code("notification-methods", f.method)
    return f"漏えい等を{w.person(f.person)}に知らせました（方法: {method}）。"


RIGHTS: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    r.FactCorrected: _corrected,
    r.MisfiledRecordWithdrawn: _misfiled,
    r.DisclosureRequested: _requested,
    r.DisclosureDecided: _decided,
    r.CorrectionRequested: _correction,
    r.CorrectionDecided: _correction_decided,
    r.UseSuspended: _suspended,
    r.LegalHoldPlaced: _held,
    r.LegalHoldLifted: _lifted,
    r.IncidentOpened: _incident,
    r.IncidentReported: _reported,
    r.PersonNotified: _notified,
}
