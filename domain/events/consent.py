"""本人同意・情報提供・協力依頼・ラベル。"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact, FactNumber
from domain.labels import Category, Narrative
from domain.values import AgencyId, Code, Day, Period, Personal, PersonId, StaffId


class ConsentAnswer(StrEnum):
    """同意を求めた結果（得られなかった場合）。"""

    REFUSED = "refused"  # 拒否
    PENDING = "pending"  # 保留
    UNABLE = "unable"  # 意思確認困難


class Authority(StrEnum):
    """だれの権限で同意するか。"""

    SELF = "self"  # 本人
    PARENT = "parent"  # 親権者
    GUARDIAN = "guardian"  # 後見人


class Method(StrEnum):
    """同意の方法。"""

    WRITTEN = "written"  # 書面
    ORAL = "oral"  # 口頭
    TELEPHONE = "telephone"  # 電話
    WRITTEN_BY_OTHER = "written-by-other"  # 代筆


class ConsentSought(Fact):
    """同意を求めたが、得られなかった。"""

    person: PersonId
    answer: ConsentAnswer
    purposes: tuple[Code, ...] = ()
    next_try: Day | None = None
    narrative: Narrative = ()


class DecisionSupported(Fact):
    """意思決定支援を行った。"""

    person: PersonId
    able: bool
    narrative: Narrative = ()


class ConsentGiven(Fact):
    """本人が、機関・区分・目的・期間を限って情報提供に同意した。"""

    consent: UUID
    person: PersonId
    giver: PersonId
    authority: Authority
    authority_scope: tuple[Category, ...] = ()
    able: bool
    method: Method
    witness: Personal | None = None
    text_version: Code
    agencies: tuple[AgencyId, ...]
    categories: tuple[Category, ...]
    purposes: tuple[Code, ...]
    period: Period


class ConsentWithdrawn(Fact):
    """同意を撤回した（これから先に向かって効く）。`by` がなければ、名寄せを元に戻したときに、だれの
    同意か分からなくなったもの。
    """

    consent: UUID
    by: PersonId | None = None
    agencies: tuple[AgencyId, ...]
    categories: tuple[Category, ...]
    purposes: tuple[Code, ...]
    holders: tuple[AgencyId, ...] = ()


class InformationShared(Fact):
    """情報を提供した。根拠は label.basis、`facts` はこの世帯の記録の版。"""

    share: UUID
    to_agency: AgencyId
    purpose: Code
    categories: tuple[Category, ...]
    facts: tuple[FactNumber, ...] = ()
    narrative: Narrative = ()


class ShareReviewed(Fact):
    """同意によらない情報提供を事後に点検した。"""

    share: UUID
    proper: bool
    narrative: Narrative = ()


class InformationRequested(Fact):
    """協力を依頼した（社会福祉法106条の6第3項）。"""

    request: UUID
    of_agency: AgencyId
    purpose: Code
    categories: tuple[Category, ...]
    answer_due: Day
    narrative: Narrative = ()


class InformationRequestAnswered(Fact):
    """協力依頼に回答があった。"""

    request: UUID
    cooperated: bool
    narrative: Narrative = ()


class InformationRequestReviewed(Fact):
    """同意によらない協力依頼を事後に点検した。"""

    request: UUID
    proper: bool
    narrative: Narrative = ()


class LabelTightened(Fact):
    """記録のラベルを厳しくした。`of` は対象の版。"""

    of: FactNumber
    category: Category | None = None
    hide_from: tuple[PersonId, ...] = ()
    conceal: bool = False
    reason: Personal | None = None


class LooseningProposed(Fact):
    """ラベルを元に戻すことを起案した（決めるのは別の職員）。`tightening` は厳しくした記録の版。"""

    proposal: UUID
    tightening: FactNumber
    of: FactNumber
    reason: Personal


class LabelLoosened(Fact):
    """ラベルを元に戻した（二人で、理由をもって）。`tightening` は厳しくした記録の版。"""

    proposal: UUID
    tightening: FactNumber
    of: FactNumber
    proposed_by: StaffId
    reason: Personal


SharingFact = (
    ConsentSought
    | DecisionSupported
    | ConsentGiven
    | ConsentWithdrawn
    | InformationShared
    | ShareReviewed
    | InformationRequested
    | InformationRequestAnswered
    | InformationRequestReviewed
    | LabelTightened
    | LooseningProposed
    | LabelLoosened
)
