"""世帯・主担当・つなぎ の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import membership as m
from domain.events import referral as r
from projections.sentences.words import Words, categories, day, opened, people, remark

_MEMBERSHIPS = {
    m.Membership.REGISTERED: "住民票の同一世帯",
    m.Membership.LIVING_TOGETHER: "同居",
    m.Membership.APART: "別居の家族",
    m.Membership.SUPPORT_ONLY: "支援上のみ",
}
_LEAVINGS = {
    m.Leaving.MOVED_OUT: "転出",
    m.Leaving.DIED: "死亡",
    m.Leaving.DIVORCED: "離婚",
    m.Leaving.SEPARATED: "世帯分離",
    m.Leaving.INSTITUTION: "施設入所など",
    m.Leaving.OTHER: "その他",
}


def _opened(f: m.HouseholdOpened, w: Words) -> str:
    area = w.code("areas", f.area) if f.area else None
    kind = w.code("household-types", f.household_type) if f.household_type else None
    return f"世帯の台帳を開きました{remark(('圏域', area), ('世帯類型', kind))}。"


def _joined(f: m.MemberJoined, w: Words) -> str:
    relation, kind = w.code("relations", f.relation), _MEMBERSHIPS[f.membership]
    said = remark(("続柄", relation), ("種別", kind), ("いつから", day(f.since)))
    return f"{w.person(f.person)}を世帯員として記録しました{said}。"


def _left(f: m.MemberLeft, w: Words) -> str:
    said = remark(("事由", _LEAVINGS[f.reason]), ("行き先", opened(f.destination, w)))
    over = "。必要な引継ぎを済ませています" if f.handed_over else ""
    return f"{w.person(f.person)}が世帯を離れました{said}{over}。"


def _merged(f: m.HouseholdsMerged, w: Words) -> str:
    came = remark(("加わった人", people(f.persons, w)))
    return f"二つの世帯の記録を、同じ世帯のものとして一つにまとめました{came}。"


def _split(f: m.HouseholdSplit, w: Words) -> str:
    return f"{people(f.persons, w)}が別の世帯になりました。"


def _lead(f: r.LeadAgencyNamed, w: Words) -> str:
    staff = f"の{w.staff(f.staff)}" if f.staff else ""
    reason = w.code("lead-reasons", f.reason) if f.reason else None
    return f"主担当を{w.agency(f.agency, f.desk)}{staff}に定めました{remark(('事由', reason))}。"


def _handed_over(f: r.WorkHandedOver, w: Words) -> str:
    until = f"（{day(f.until)}までの代行）" if f.until else ""
    who = f"{w.staff(f.from_staff)}から{w.staff(f.to_staff)}へ"
    return f"{day(f.effective_on)}付けで、担当を{who}引き継ぎました{until}。"


def _made(f: r.ReferralMade, w: Words) -> str:
    what = remark(
        ("目的", w.code("purposes", f.purpose)),
        ("情報の区分", categories(f.categories)),
        ("回答の期限", day(f.answer_due)),
    )
    return f"{w.agency(f.to_agency, f.to_desk)}につなぎを依頼しました{what}。"


def _answer(f: r.ReferralAccepted | r.ReferralReturned, w: Words) -> str:
    how = w.code("answer-methods", f.answered_how) if f.answered_how else None
    by = "依頼した側が記録" if f.recorded_by is r.AnsweredBy.SENDER else None
    return remark(("回答者", opened(f.answered_by, w)), ("方法", how), ("", by))


def _accepted(f: r.ReferralAccepted, w: Words) -> str:
    return f"つなぎが受理されました{_answer(f, w)}。"


def _returned(f: r.ReferralReturned, w: Words) -> str:
    return f"つなぎが返戻されました{_answer(f, w)}。理由は「{w.open(f.reason)}」です。"


def _reviewed(f: r.ReferralReviewed, _w: Words) -> str:
    found = "適切でした" if f.proper else "適切ではありませんでした"
    return f"同意によらないつなぎを点検しました。つなぎは{found}。"


def _withdrawn(f: r.ReferralWithdrawn, w: Words) -> str:
    return f"つなぎの依頼を取り下げました。理由は「{w.open(f.reason)}」です。"


HOUSEHOLD: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    m.HouseholdOpened: _opened,
    m.MemberJoined: _joined,
    m.MemberLeft: _left,
    m.HouseholdsMerged: _merged,
    m.HouseholdSplit: _split,
    r.LeadAgencyNamed: _lead,
    r.WorkHandedOver: _handed_over,
    r.ReferralMade: _made,
    r.ReferralAccepted: _accepted,
    r.ReferralReturned: _returned,
    r.ReferralWithdrawn: _withdrawn,
    r.ReferralReviewed: _reviewed,
}
