"""Verdicts (可否): which rule decided, and the facts it rested on; a reason for each in plain
Japanese.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID


class Place(NamedTuple):
    """記録の所在: one fact."""

    stream: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Grant:
    """閲覧できる: `facts` are all that had to be recorded besides the item itself. Of a frame they
    are those that stand in the way of the rest, as in a denial.
    """

    rule: str
    facts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """閲覧できない: `facts` are those that stand in this reader's way, besides the item itself.

    1. Closed before any way in: all facts that raise the first barrier. A wall, or an office
       that stands aside: who acts for whom, the 支援措置 from them, each change of the label that
       hides it. A place: the 支援措置 and each change that conceals it, with what has ended of
       緊急閲覧. Misfiled or suspended: what says so, and an audit that was closed.
    2. Otherwise, of every way that led this reader here and is over, or not open: the fact that
       gave it (つなぎ, 提供, 付議, 役割, access, audit) and each that ended it (return, withdrawal,
       departure, closing, review); of consents those that are over, with what cut them. A day that
       has passed is told by the fact that set it.
    3. Each change of the label, and each end of a 支援措置 or of a guardian's task, without which
       alone this reader could read it, or see that it is there.

    Where no way ever led here, none.
    """

    rule: str
    facts: tuple[Place, ...] = ()


Verdict = Grant | Denial

ONCE = "break-glass-location"
"""The rule by which something is shown a single time."""

FRAME_ONLY = frozenset({"addressed", "privacy-metadata"})
"""These rules show that something was recorded, by whom, when and on which basis; no text."""

REASONS: Mapping[str, str] = {
    "own-desk": "自分の係が書いた記録です。",
    "own-agency": "自分の機関のほかの係が書いた記録で、機関のなかで共有してよい区分です。",
    "author": "自分が書いたメモです。",
    "open": "個人にかかわらない、だれでも読める記録です。",
    "referral": "つなぎで渡された記録です。",
    "consent": "本人の同意による情報提供で渡された記録です。",
    "statute": "法令の条項にもとづいて、自分の機関に渡された記録です。",
    "urgent-share": "急迫の危険のために、自分の機関に渡された記録です。",
    "request": "自分の機関にあてた協力依頼です。",
    "room": "出席を記録された議題の資料で、会議室が開いています。",
    "sitting-member": "自分の機関が選定された会議の記録です。",
    "secretariat": "事務局として保管する会議の記録です。",
    "decision": "自分の機関が出席した議題の決定です。",
    "role": "自分の係が受け持つ役割に必要な情報です。",
    "thread": "自分の機関が尋ね、または答えたやりとりの記録です。",
    "addressed": "自分の機関にあてた記録です。内容は、根拠のある部分だけを読めます。",
    "break-glass": "緊急閲覧が認められている間の閲覧です。",
    ONCE: "二人で認めた緊急閲覧による、一度きりの居場所の閲覧です。",
    "protection": "支援措置の担当としての閲覧です。",
    "office-identity": "名寄せの担当としての閲覧です。",
    "office-privacy": "個人情報保護の担当が扱う記録です。",
    "privacy-audit": "開かれている監査のための閲覧です。",
    "privacy-metadata": "個人情報保護の担当として、だれがいつ何をどの根拠で記録したかを読めます。",
    "no-basis": "この記録を読む根拠が記録されていません。",
    "wall": "この記録を見せてはならない人の側に立つ立場です。",
    "stands-aside": "側に立つ人のいるケースは、同じ職務のほかの担当者が受け持ちます。",
    "concealed-location": "支援措置により秘匿された居場所またはその手がかりです。",
    "informant": "通報した人にかかわることは、受けた係だけが読めます。",
    "author-only": "メモは、書いた本人だけが読めます。",
    "misfiled": "誤って別の世帯に記録されたため、監査を除いて閉じられています。",
    "use-suspended": "利用が停止されているため、監査を除いて読めません。",
    "no-personal-text": "台帳の管理や分析の立場では、個人の記録は読めません。",
    "returned": "つなぎが返戻されたため、渡された記録はもう読めません。",
    "withdrawn": "同意またはつなぎが取り下げられたため、この記録はもう読めません。",
    "expired": "同意の期間が終わったため、この記録はもう読めません。",
    "room-closed": "会議室が開いていないため、資料は読めません。",
    "not-present": "この議題への出席が記録されていないか、退席しています。",
    "no-duty": "守秘義務の告知または誓約が記録されていません。",
    "role-ended": "この役割は終わっています。",
    "access-over": "緊急閲覧の時間が終わったか、点検が済んでいます。",
    "not-approved": "居場所の緊急閲覧には、二人目の職員の承認が必要です。",
    "used-up": "居場所の緊急閲覧は一度だけです。すでに閲覧されています。",
    "case-closed": "監査が終わっているため、内容は読めません。",
    "unread": "読み取れない記録があり、何が変わったか分からないため、だれにも見せません。",
}
"""規則の理由: what a privacy officer, or whoever was refused, is told."""
