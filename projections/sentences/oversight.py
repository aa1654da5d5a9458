"""緊急閲覧・監査 の文。"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.events import Fact
from domain.events import oversight as o
from domain.values import JST
from projections.sentences.words import Words, day, remark


def _moment(at: datetime) -> str:
    here = at.astimezone(JST)
    return f"{day(here.date())}{here.hour}時{here.minute:02d}分"


def _opened(f: o.EmergencyAccessOpened, w: Words) -> str:
    person = w.person(f.person) if f.person else None
    said = remark(
        ("閲覧する人", f"{w.agency(f.agency, f.desk)}の{w.staff(f.staff)}"),
        ("だれについて", person),
        ("いつまで", _moment(f.until)),
        ("理由", w.open(f.reason)),
        ("点検の期限", day(f.review_due)),
    )
    what = "居場所の緊急閲覧" if f.location else "緊急閲覧"
    return f"{what}を始めました{said}。"


def _approved(_f: o.EmergencyAccessApproved, _w: Words) -> str:
    return "居場所の緊急閲覧を、二人目の職員として承認しました。"


def _renewed(f: o.EmergencyAccessRenewed, _w: Words) -> str:
    return f"緊急閲覧を{_moment(f.until)}まで延長しました。"


def _reviewed(f: o.EmergencyAccessReviewed, _w: Words) -> str:
    found = "適切でした" if f.proper else "適切ではありませんでした"
    return f"緊急閲覧を点検しました。閲覧は{found}。"


def _audit(f: o.AuditCaseOpened, w: Words) -> str:
    return f"監査を始めました（理由: {w.open(f.reason)}）。"


def _audited(_f: o.AuditCaseClosed, _w: Words) -> str:
    return "監査を終えました。"


_FINDINGS: Mapping[o.Finding, str] = {
    o.Finding.WORK: "業務上の閲覧でした",
    o.Finding.MISTAKE: "開き間違いでした",
    o.Finding.IMPROPER: "業務によらない閲覧でした",
}


def _looked_into(f: o.UnusualReadLookedInto, _w: Words) -> str:
    return f"{day(f.day)}の気になる閲覧を確かめました。{_FINDINGS[f.finding]}。"


OVERSIGHT: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    o.EmergencyAccessOpened: _opened,
    o.EmergencyAccessApproved: _approved,
    o.EmergencyAccessRenewed: _renewed,
    o.EmergencyAccessReviewed: _reviewed,
    o.AuditCaseOpened: _audit,
    o.AuditCaseClosed: _audited,
    o.UnusualReadLookedInto: _looked_into,
}
