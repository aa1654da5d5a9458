"""本人・支援措置 の文。"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import person as p
from projections.sentences.words import Words, codes, day, opened, remark

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_PLACES = {
    p.Place.REGISTERED: "住民票の住所",
    p.Place.RESIDENCE: "居所",
    p.Place.NONE: "定まった住まいがないこと",
    p.Place.CAR: "車上で暮らしていること",
    p.Place.FACILITY: "施設",
    p.Place.SCHOOL: "通学先",
    p.Place.CLINIC: "通院先",
    p.Place.WORKPLACE: "勤務先",
    p.Place.AGENCY: "支援を受けている機関",
}
_THREATS = {
    p.Threat.DV: "配偶者からの暴力",
    p.Threat.STALKING: "ストーカー行為",
    p.Threat.CHILD_ABUSE: "児童虐待",
    p.Threat.OTHER: "その他これらに準ずるもの",
}


def _noted(f: p.PersonNoted, w: Words) -> str:
    said = remark(
        ("通称", opened(f.nickname, w)),
        ("様子", opened(f.description, w)),
        ("生年", f"{f.birth_year}年" if f.birth_year else None),
    )
    return f"人の存在を把握しました{said}。"


def _identified(f: p.PersonIdentified, w: Words) -> str:
    how = w.code("identification-methods", f.confirmed_by) if f.confirmed_by else None
    said = remark(("生年月日", _birth(opened(f.birth_date, w))), ("確認の方法", how))
    return f"本人が{w.open(f.name)}（{w.open(f.kana)}）さんであることを確かめました{said}。"


def _birth(text: str | None) -> str | None:
    """Kept as words: said like any other day, where it is one."""
    return day(text) if text and _DAY.fullmatch(text) else text


def _address(f: p.AddressRecorded, w: Words) -> str:
    until = f"{day(f.period.end)}まで" if f.period.end else ""
    said = remark(("内容", w.open(f.text)), ("期間", f"{day(f.period.start)}から{until}"))
    return f"{_PLACES[f.place]}を記録しました{said}。"


def _contact(f: p.SafeContactAgreed, w: Words) -> str:
    said = remark(
        ("電話", opened(f.phone, w)),
        ("時間帯", opened(f.times, w)),
        ("留守番電話", "可" if f.voicemail_allowed else "不可"),
        ("名乗り方", opened(f.sender_name, w)),
        ("", "家族は知らない" if f.family_unaware else None),
    )
    return f"安全な連絡の方法を取り決めました{said}。"


def _care(f: p.CareNeeded, w: Words) -> str:
    return f"通訳や配慮が必要です{remark(('', codes('care-needs', f.kinds, w)))}。"


def _risk(f: p.VisitRiskNoted, w: Words) -> str:
    return f"訪問のときの危険を記録しました（程度: {w.code('visit-risks', f.level)}）。"


def _merged(f: p.PersonsMerged, w: Words) -> str:
    return f"名寄せにより、同じ人と判断しました{remark(('理由', opened(f.reason, w)))}。"


def _unmerged(f: p.PersonsUnmerged, w: Words) -> str:
    return f"同じ人であるとの判断を取り消しました。理由は「{w.open(f.reason)}」です。"


def _started(f: p.ConcealmentStarted, _w: Words) -> str:
    said = remark(("事由", _THREATS[f.threat]), ("期限", day(f.until)))
    return f"支援措置を始めました{said}。居場所とその手がかりを秘匿します。"


def _extended(f: p.ConcealmentExtended, _w: Words) -> str:
    return f"支援措置を{day(f.until)}まで延長しました。"


def _proposed(f: p.EndingProposed, w: Words) -> str:
    reason = w.code("concealment-end-reasons", f.reason)
    return f"支援措置の終了を起案しました（事由: {reason}）。決めるのは別の職員です。"


def _ended(f: p.ConcealmentEnded, w: Words) -> str:
    return f"支援措置を終了しました（事由: {w.code('concealment-end-reasons', f.reason)}）。"


PERSON: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    p.PersonNoted: _noted,
    p.PersonIdentified: _identified,
    p.AddressRecorded: _address,
    p.SafeContactAgreed: _contact,
    p.CareNeeded: _care,
    p.VisitRiskNoted: _risk,
    p.PersonsMerged: _merged,
    p.PersonsUnmerged: _unmerged,
    p.ConcealmentStarted: _started,
    p.ConcealmentExtended: _extended,
    p.EndingProposed: _proposed,
    p.ConcealmentEnded: _ended,
}
