"""アウトリーチ・参加支援・緊急支援・終結 の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import support as s
from domain.values import PersonId
from projections.sentences.words import Words, day, opened, remark

_OVER = {
    s.GuardianshipEnd.REVOKED: "審判の取消し",
    s.GuardianshipEnd.RESIGNED: "辞任",
    s.GuardianshipEnd.DISMISSED: "解任",
    s.GuardianshipEnd.DIED: "本人または後見人等の死亡",
    s.GuardianshipEnd.FULFILLED: "任務の終了",
}
_GUARDIANS = {
    s.Guardianship.GUARDIAN: "後見",
    s.Guardianship.CURATOR: "保佐",
    s.Guardianship.ASSISTANT: "補助",
    s.Guardianship.VOLUNTARY: "任意後見",
}


def _whom(person: PersonId | None, w: Words) -> str:
    return w.person(person) if person else "世帯"


def _attempted(f: s.OutreachAttempted, w: Words) -> str:
    method = w.code("outreach-methods", f.method)
    return f"{_whom(f.person, w)}へのアウトリーチ（{method}）を試みましたが、会えませんでした。"


def _contact(f: s.ContactMade, w: Words) -> str:
    met = "本人と接触できました" if f.met_person else "家族などと接触できました"
    agreed = (
        "かかわることに同意を得ています" if f.consented else "かかわることの同意はまだありません"
    )
    method = w.code("outreach-methods", f.method)
    return f"{_whom(f.person, w)}へのアウトリーチ（{method}）で{met}。{agreed}。"


def _entry(f: s.EntryServiceUsed, w: Words) -> str:
    service = w.code("entry-services", f.service)
    return f"{_whom(f.person, w)}が、きっかけとなる事業「{service}」を利用しました。"


def _matched(f: s.ParticipationMatched, w: Words) -> str:
    kind = w.code("participation-kinds", f.kind)
    return f"{w.person(f.person)}の参加支援（{kind}）で、受入先とマッチングしました。"


def _started(_f: s.ParticipationStarted, _w: Words) -> str:
    return "受入先での参加が始まりました。"


def _followed(f: s.ParticipationFollowedUp, _w: Words) -> str:
    settled = "定着しています" if f.settled else "まだ定着していません"
    again = remark(("次の確認", day(f.next_on) if f.next_on else None))
    return f"参加の定着を支援しました。{settled}{again}。"


def _ended(f: s.ParticipationEnded, w: Words) -> str:
    return f"参加支援が終わりました（事由: {w.code('participation-end-reasons', f.reason)}）。"


def _guardian(f: s.GuardianAppointed, w: Words) -> str:
    who = w.open(f.guardian).removesuffix("さん")
    return f"{w.person(f.person)}について、{who}さんが{_GUARDIANS[f.kind]}の職務を受任しました。"


def _guardianship_over(f: s.GuardianshipEnded, w: Words) -> str:
    return f"{w.person(f.person)}の後見人等の任務が終わりました（{_OVER[f.reason]}）。"


def _shelter(f: s.ShelterProvided, w: Words) -> str:
    said = remark(("泊数", f"{f.nights}泊"), ("費用", f"{f.yen:,}円"), ("場所", opened(f.place, w)))
    return f"{w.person(f.person)}に緊急の一時保護を行いました{said}。"


def _advice(f: s.ExpertAdviceReceived, w: Words) -> str:
    return (
        f"専門家（{w.code('professions', f.profession)}）の助言を受けました（費用: {f.yen:,}円）。"
    )


def _wish(f: s.SupportClosed | s.SupportSuspended, w: Words) -> str:
    if f.wish:
        return f"本人の意向は「{w.open(f.wish)}」です。"
    if f.not_asked_because:
        return f"本人の意向は確認できませんでした（{w.open(f.not_asked_because)}）。"
    return ""


def _closed(f: s.SupportClosed, w: Words) -> str:
    to = w.agency(f.successor_agency, f.successor_desk) if f.successor_agency else None
    said = remark(("事由", w.code("closure-reasons", f.reason)), ("次の主担当", to))
    return f"支援を終結しました{said}。{_wish(f, w)}"


def _suspended(f: s.SupportSuspended, w: Words) -> str:
    tries = f"{len(f.attempts)}回"
    said = remark(("事由", w.code("suspension-reasons", f.reason)), ("連絡の試み", tries))
    return f"支援を中断しました{said}。{_wish(f, w)}"


def _reopened(f: s.SupportReopened, w: Words) -> str:
    staff = f"の{w.staff(f.staff)}" if f.staff else ""
    said = remark(
        ("", f"第{f.cycle}期"),
        ("事由", w.code("reopening-reasons", f.reason)),
        ("主担当", f"{w.agency(f.agency, f.desk)}{staff}"),
    )
    return f"支援を再開しました{said}。"


def _attached(f: s.FileAttached, w: Words) -> str:
    return f"書類「{w.open(f.title)}」（{w.code('attachment-kinds', f.kind)}）を添付しました。"


CARE: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    s.OutreachAttempted: _attempted,
    s.ContactMade: _contact,
    s.EntryServiceUsed: _entry,
    s.ParticipationMatched: _matched,
    s.ParticipationStarted: _started,
    s.ParticipationFollowedUp: _followed,
    s.ParticipationEnded: _ended,
    s.GuardianAppointed: _guardian,
    s.GuardianshipEnded: _guardianship_over,
    s.ShelterProvided: _shelter,
    s.ExpertAdviceReceived: _advice,
    s.SupportClosed: _closed,
    s.SupportSuspended: _suspended,
    s.SupportReopened: _reopened,
    s.FileAttached: _attached,
}
