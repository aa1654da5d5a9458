"""会議・職員・社会資源・公表 の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import publication as p
from domain.events import resource as r
from domain.events import sitting as s
from domain.events import staff as t
from projections.sentences.words import ROLES, Words, codes, day, remark

_BASES = {
    s.MeetingBasis.SUPPORT: "支援会議",
    s.MeetingBasis.LAYERED: "重層的支援会議",
    s.MeetingBasis.OTHER_CONFIDENTIAL: "守秘義務のあるほかの会議",
    s.MeetingBasis.NONE: "個人を扱わない議題",
}
_KINDS = {
    s.ItemKind.CASE: "個別ケース",
    s.ItemKind.TRAINING: "研修・勉強会",
    s.ItemKind.POLICY: "施策・体制",
}
_RESOURCES = {
    r.ResourceKind.HOST: "受入先",
    r.ResourceKind.PARTNER: "協力企業・団体",
    r.ResourceKind.PLACE: "居場所",
    r.ResourceKind.ACTIVITY: "活動",
}


def _convened(f: s.SittingConvened, w: Words) -> str:
    kind = "臨時に" if f.extraordinary else ""
    return f"{w.body(f.body)}を{day(f.held_on)}に{kind}招集しました{remark(('場所', f.place))}。"


def _item(f: s.AgendaItemAdded, _w: Words) -> str:
    return f"議題「{f.title}」を立てました（{_KINDS[f.kind]}、根拠: {_BASES[f.basis]}）。"


def _invited(f: s.AttendeeInvited, w: Words) -> str:
    if f.staff:
        who = w.staff(f.staff)
    elif f.person:
        who = w.person(f.person)
    else:
        who = f"{w.open(f.name).removesuffix('さん')}さん" if f.name else "出席者"
    said = remark(("資格", f.capacity), ("機関", w.agency(f.agency) if f.agency else None))
    return f"{who}を出席者に選びました{said}。"


def _duty(f: s.DutyNotified, _w: Words) -> str:
    until = remark(("包括的な誓約の期限", day(f.standing_until) if f.standing_until else None))
    done = "守秘義務の誓約を受けました" if f.pledged else "守秘義務を告知しました"
    return f"出席者に{done}{until}。" if not f.pledged else f"出席者から{done}{until}。"


def _present(f: s.PresenceRecorded, _w: Words) -> str:
    return f"出席者（{f.capacity}）が議題に出席しました。"


def _gone(_f: s.PresenceEnded, _w: Words) -> str:
    return "出席者が議題から退席しました。"


def _given_out(f: s.PaperGivenOut, _w: Words) -> str:
    return f"資料第{f.number}号「{f.title}」を{len(f.attendees)}人に配りました。"


def _taken_back(_f: s.PaperTakenBack, _w: Words) -> str:
    return "資料を回収しました。"


def _room_opened(_f: s.RoomOpened, _w: Words) -> str:
    return "会議室を開きました。資料を閲覧できます。"


def _room_closed(_f: s.RoomClosed, _w: Words) -> str:
    return "会議室を閉じました。資料の閲覧は終わりです。"


def _written_up(_f: s.SittingWrittenUp, _w: Words) -> str:
    return "会議の記録を作成しました。"


def _cancelled(f: s.SittingCancelled, _w: Words) -> str:
    return f"会議を取りやめました（理由: {f.reason}）。"


def _registered(f: t.StaffRegistered, w: Words) -> str:
    return f"{w.open(f.name)}さんを職員として登録しました。"


def _appointed(f: t.Appointed, w: Words) -> str:
    until = f"{day(f.period.end)}まで" if f.period.end else ""
    said = remark(("期間", f"{day(f.period.start)}から{until}"))
    return f"{w.agency(f.agency, f.desk)}の{ROLES[f.role]}に任命しました{said}。"


def _appointment_ended(f: t.AppointmentEnded, _w: Words) -> str:
    return f"任命を{day(f.last_day)}限りで解きました。"


def _resource(f: r.ResourceRegistered, w: Words) -> str:
    said = remark(
        ("種別", _RESOURCES[f.kind]),
        ("運営", w.agency(f.operator) if f.operator else None),
        ("圏域", w.code("areas", f.area) if f.area else None),
        ("定員", f"{f.capacity}人" if f.capacity else None),
        ("", "新たにつくられたもの" if f.newly_created else None),
    )
    return f"社会資源「{f.name}」を登録しました{said}。"


def _retired(f: r.ResourceRetired, _w: Words) -> str:
    return f"社会資源の利用を終えました（理由: {f.reason}）。"


def _held(f: r.ActivityHeld, w: Words) -> str:
    kind = w.code("activity-kinds", f.kind)
    return f"活動（{kind}）を{f.sessions}回行い、{f.participants}人が参加しました。"


def _raised(f: r.CommunityIssueRaised, w: Words) -> str:
    themes = codes("community-themes", f.themes, w)
    by = w.body(f.raised_by) if f.raised_by else None
    return f"地域課題を挙げました{remark(('主題', themes), ('会議', by))}。{f.text}"


def _answered(f: r.CommunityIssueAnswered, w: Words) -> str:
    by = w.body(f.answered_by) if f.answered_by else None
    again = day(f.review_on) if f.review_on else None
    return f"地域課題に応えました{remark(('会議', by), ('見直し', again))}。{f.text}"


def _published(f: p.StatisticsPublished, _w: Words) -> str:
    told = "いま分かっている数" if f.known is p.Known.NOW else "締め日に分かっていた数"
    hidden = sum(cell.count is None for cell in f.cells)
    said = remark(("締め日", day(f.closing)), ("", told), ("伏せた区分", f"{hidden}個"))
    return f"{f.year}年度の統計の表「{f.table}」を公表しました{said}。"


SITTING: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    s.SittingConvened: _convened,
    s.AgendaItemAdded: _item,
    s.AttendeeInvited: _invited,
    s.DutyNotified: _duty,
    s.PresenceRecorded: _present,
    s.PresenceEnded: _gone,
    s.PaperGivenOut: _given_out,
    s.PaperTakenBack: _taken_back,
    s.RoomOpened: _room_opened,
    s.RoomClosed: _room_closed,
    s.SittingWrittenUp: _written_up,
    s.SittingCancelled: _cancelled,
    t.StaffRegistered: _registered,
    t.Appointed: _appointed,
    t.AppointmentEnded: _appointment_ended,
    r.ResourceRegistered: _resource,
    r.ResourceRetired: _retired,
    r.ActivityHeld: _held,
    r.CommunityIssueRaised: _raised,
    r.CommunityIssueAnswered: _answered,
    p.StatisticsPublished: _published,
}
