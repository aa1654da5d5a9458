"""支援経過の一文: what happened, without a word about anybody; the words stay in the paragraphs."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Any

from api.words import word
from domain.events import Fact
from domain.profile import Profile
from domain.refusals import UnknownAgency, UnknownCode
from domain.values import earliest

CLAUSES: Mapping[str, tuple[str, ...]] = {
    "AbuseReported": ("{kind}の通報を受けました。",),
    "AddressRecorded": ("{place}を記録しました。",),
    "AssessmentRecorded": ("アセスメントを行いました。", "課題: {issues:issues}。"),
    "BroughtToSitting": ("会議に付議しました。",),
    "CareNeeded": ("必要な配慮: {kinds:care-needs}。",),
    "ConcealmentEnded": ("支援措置を終了しました（{reason:concealment-end-reasons}）。",),
    "ConcealmentExtended": ("支援措置を{until}まで延長しました。",),
    "ConcealmentStarted": ("支援措置を始めました（{threat}、{until}まで）。",),
    "ConsentGiven": (
        "{agencies:agency}への情報提供に同意を得ました（{method}、{purposes:purposes}）。",
        "対象: {categories}。",
    ),
    "ConsentSought": ("同意を求めました（{answer}）。", "次は{next_try}に確かめます。"),
    "ConsentWithdrawn": ("{agencies:agency}への情報提供の同意が撤回されました。",),
    "ConsultationReceived": (
        "{consulter}からの相談を受け付けました（{route:routes}、緊急度: {urgency}）。",
        "分野: {fields:fields}。",
        "課題: {issues:issues}。",
    ),
    "ConsultationScreened": (
        "スクリーニングの結果は「{result:screening-results}」です。",
        "次の動き: {next_step}。",
    ),
    "ContactMade": ("訪問・連絡で会えました（{method:outreach-methods}）。",),
    "CaseStudied": ("事例検討を行いました。",),
    "CorrectionDecided": ("訂正請求について決定しました。",),
    "CorrectionRequested": ("訂正請求を受けました。",),
    "DecisionSupported": ("意思決定支援を行いました。",),
    "DisclosureDecided": ("開示について決定しました（{outcome}）。",),
    "DisclosureRequested": ("開示請求を受けました（{requester}）。", "決定期限は{decide_by}です。"),
    "EligibilityJudged": ("多機関協働の対象かどうかを判断しました。", "課題: {issues:issues}。"),
    "EndingProposed": ("支援措置の終了を起案しました（{reason:concealment-end-reasons}）。",),
    "EntryServiceUsed": ("「{service:entry-services}」を利用しました。",),
    "ExpertAdviceReceived": ("{profession:professions}の助言を受けました（{yen}円）。",),
    "FactCorrected": ("第{of}版の記録を訂正しました。",),
    "FactsChecked": ("事実確認をしました（{finding:findings}）。",),
    "FileAttached": ("書類を添付しました（{kind:attachment-kinds}）。",),
    "GuardianAppointed": ("{kind}の受任がありました。",),
    "HouseholdOpened": ("世帯の台帳を開きました。", "世帯類型: {household_type:household-types}。"),
    "HouseholdSplit": ("世帯が分かれました。",),
    "HouseholdsMerged": ("二つの世帯の記録を一つにまとめました。",),
    "IncidentOpened": ("漏えい等の事案を認知しました（{kind:incident-kinds}）。",),
    "IncidentReported": ("{to:incident-recipients}に漏えい等を報告しました。",),
    "InformationRequestAnswered": ("協力依頼に回答がありました。",),
    "InformationRequested": (
        "{of_agency:agency}に協力を依頼しました（{purpose:purposes}、期限 {answer_due}）。",
    ),
    "InformationShared": (
        "{to_agency:agency}に情報を提供しました（{purpose:purposes}）。",
        "区分: {categories}。",
    ),
    "LabelTightened": ("第{of}版の記録のラベルを厳しくしました。",),
    "LeadAgencyNamed": ("主担当は{agency:agency}です。", "{reason:lead-reasons}。"),
    "LegalHoldLifted": ("廃棄の停止を解きました。",),
    "LegalHoldPlaced": ("廃棄を止めました。",),
    "MeetingDecided": ("会議で決まりました: {kind}。", "引き継ぐ機関: {successor_agency:agency}。"),
    "MemberJoined": ("世帯員を記録しました（{relation:relations}、{membership}）。",),
    "MemberLeft": ("世帯を離れました（{reason}）。",),
    "MisfiledRecordWithdrawn": ("別の世帯の記録を取り下げました。",),
    "NoteDropped": ("メモを破棄しました。",),
    "NoteKept": ("メモを残しました。", "{label_by}までに整理します。"),
    "NoteLabelled": ("メモを記録に整理しました。",),
    "OutreachAttempted": ("訪問・連絡を試みました（{method:outreach-methods}）。",),
    "ParticipationEnded": ("参加支援が終わりました（{reason:participation-end-reasons}）。",),
    "ParticipationFollowedUp": ("参加の様子を確かめました。", "次は{next_on}に確かめます。"),
    "ParticipationMatched": ("受入先と結び付けました（{kind:participation-kinds}）。",),
    "ParticipationStarted": ("参加が始まりました。",),
    "PersonIdentified": ("本人を特定しました。",),
    "PersonNoted": ("この人のことを知りました。",),
    "PersonNotified": ("漏えい等を本人に通知しました（{method:notification-methods}）。",),
    "PersonsMerged": ("同じ人の記録を一つにまとめました。",),
    "PersonsUnmerged": ("まとめた記録を元に戻しました。",),
    "PlanDecided": (
        "支援プランを決定しました（{starts_on}から）。",
        "{ratify_by}までに事後承認を受けます。",
        "次の見直しは{review_on}です。",
    ),
    "PlanDrafted": ("支援プランの案を作りました。",),
    "PlanEvaluated": (
        "支援プランの{stage}評価は「{outcome}」です。",
        "次の見直しは{review_on}です。",
    ),
    "PlanNotReached": (
        "支援プランに至りませんでした（{reason:plan-not-reached-reasons}）。",
        "{keeper_agency:agency}が見守ります。",
    ),
    "PlanRatifiedAfterwards": ("支援プランの事後承認を受けました。",),
    "ProtectionTaken": ("保護の措置をとりました（{measure:protection-measures}）。",),
    "ReferralAccepted": ("つなぎが受理されました（記録: {recorded_by}）。",),
    "ReferralMade": (
        "{to_agency:agency}につなぎました（{purpose:purposes}）。",
        "回答期限は{answer_due}です。",
    ),
    "ReferralReturned": ("つなぎが返されました（記録: {recorded_by}）。",),
    "ReferralWithdrawn": ("つなぎを取り下げました。",),
    "RoleAssigned": ("{agency:agency}が役割を担います。", "期限は{until}です。"),
    "SafeContactAgreed": ("安全な連絡方法を取り決めました。",),
    "ShareReviewed": ("同意によらない情報提供を事後に点検しました。",),
    "ShelterProvided": ("緊急一時保護を行いました（{nights}泊、{yen}円）。",),
    "SupportClosed": (
        "支援を終結しました（{reason:closure-reasons}）。",
        "引き継ぐ機関: {successor_agency:agency}。",
    ),
    "SupportReopened": (
        "支援を再開しました（第{cycle}期、{reason:reopening-reasons}）。",
        "主担当は{agency:agency}です。",
    ),
    "SupportSuspended": ("支援を中断しました（{reason:suspension-reasons}）。",),
    "UseSuspended": ("利用を停止しました。",),
    "VisitRiskNoted": ("訪問時の危険を記録しました（{level:visit-risks}）。",),
    "WorkHandedOver": ("{agency:agency}の中で担当を引き継ぎました。", "{until}までの代行です。"),
}
"""By the name of the fact; a clause whose field is empty is left out."""


class Sentences:
    """Composes for one municipality; a format names the code list, or `agency`."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def of(self, fact: Fact) -> str:
        """Sittings, staff and resources have registers of their own, not sentences."""
        return "".join(self._clauses(CLAUSES.get(type(fact).__name__, ()), fact))

    def _clauses(self, clauses: Iterable[str], fact: Fact) -> Iterable[str]:
        day = earliest(fact.occurred_on)
        for clause in clauses:
            parts = list(Formatter().parse(clause))
            values = [getattr(fact, name) for _, name, _, _ in parts if name]
            if all(value not in (None, (), "") for value in values):
                yield "".join(
                    before + (self._said(getattr(fact, name), spec or "", day) if name else "")
                    for before, name, spec, _ in parts
                )

    def _said(self, value: Any, spec: str, day: date) -> str:
        if isinstance(value, tuple):
            return "・".join(self._said(each, spec, day) for each in value)
        if spec:
            return self._named(str(value), spec, day)
        if isinstance(value, StrEnum):
            return word(value)
        return (
            f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)
        )

    def _named(self, code: str, spec: str, day: date) -> str:
        """A code keeps its name of that day; one that left the profile stands for itself."""
        try:
            return self._profile.label("agencies" if spec == "agency" else spec, code, day)
        except (UnknownCode, UnknownAgency, KeyError):
            return code
