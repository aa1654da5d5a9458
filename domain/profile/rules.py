"""きまり: eligibility, deadlines and switches, targets, retention and printed texts."""

from enum import StrEnum

from pydantic import Field

from domain.profile.dated import Count, Dated, Flag, Named, Positive, Text
from domain.values import Code, Value


class Eligibility(Dated):
    """多機関協働の対象: any one criterion is enough; `judged_by` says who looks at the rest."""

    fields_at_least: Positive | None = None
    counted_fields: tuple[Code, ...] = ()
    issues_any_of: tuple[Code, ...] = ()
    issues_at_least: Positive | None = None
    judged_by: Text
    note: Text | None = None

    def met(self, fields: frozenset[str], issues: frozenset[str]) -> bool:
        counted = fields & frozenset(self.counted_fields) if self.counted_fields else fields
        enough_fields = self.fields_at_least is not None and len(counted) >= self.fields_at_least
        enough_issues = self.issues_at_least is not None and len(issues) >= self.issues_at_least
        return enough_fields or enough_issues or not issues.isdisjoint(self.issues_any_of)


class Settings(Dated):
    """期限と切替: 書かなければ、ここにある厳しいほうの値。"""

    referral_answer_days: Positive = 14  # つなぎへの回答
    request_answer_days: Positive = 14  # 協力依頼 (106条の6第3項) への回答
    ratify_within_days: Positive = 31  # プランの事後承認
    write_up_working_days: Positive = 5  # 会議記録の作成
    review_working_days: Positive = 5  # 緊急閲覧・同意によらない提供の点検
    note_days: Positive = 3  # メモの整理
    plan_review_months: Positive = 3  # 中間評価まで
    plan_longest_months: Positive = 12  # プランの期間の上限
    evaluate_at_end: Flag = True  # 終了時評価
    consent_longest_months: Positive = 12  # 同意の期間の上限
    consent_warning_days: Positive = 30  # 同意の期限の予告
    concealment_months: Positive = 12  # 支援措置の期間
    concealment_warning_months: Positive = 1  # 支援措置の期限の予告
    pledge_months: Positive = 12  # 包括的な誓約の有効期間
    emergency_access_hours: Positive = 3  # 緊急閲覧
    emergency_access_longest_hours: Positive = 72  # 緊急閲覧の延長の上限
    disclosure_decision_days: Positive = 30  # 開示決定 (個情法83条)
    incident_report_days: Positive = 3  # 漏えい等の速報
    contact_silent_days: Positive = 60  # 連絡が途絶えたとみて知らせる
    attachment_bytes: Positive = 5_000_000  # 添付の大きさの上限
    suppress_below: Count = 10  # 公表する集計で伏せる人数

    referral_closed_by_receiver: Flag = True  # つなぎは受け手だけが閉じる
    lead_successor_required: Flag = True  # 包括に戻す・終結のとき次の主担当を定める
    plan_may_start_before_sitting: Flag = True  # 先に始めて事後承認を受けられる
    sharing_between_sittings: Flag = False  # 開催の間の共有も支援会議の情報交換とみる
    sitting_information_after_consent: Flag = False  # 同意後に支援会議の情報を引き継ぐ
    municipal_staff_pledge: Flag = False  # 市の職員にも誓約書を求める
    cases_held_by_multi_agency: Flag = False  # 多機関協働が直接ケースを持つ


class Counting(StrEnum):
    """数え方。"""

    DISTINCT = "distinct"  # 実
    TOTAL = "total"  # 延


class Counted(StrEnum):
    """何を数えるか。"""

    PERSON = "person"
    HOUSEHOLD = "household"
    RESOURCE = "resource"
    OCCURRENCE = "occurrence"


class Span(StrEnum):
    """いつの分を数えるか。"""

    FISCAL_YEAR = "fiscal-year"  # 年度
    PLAN_PERIOD = "plan-period"  # 計画期間


class Condition(Value):
    """数える出来事の条件: the field of the fact, and the codes it may have."""

    field: Text
    one_of: tuple[Text, ...] = Field(min_length=1)


class Kpi(Named):
    """成果目標: which facts count, one by one or each person once, and in which period."""

    project: Text
    target: Positive
    unit: Text
    or_more: Flag = True
    counting: Counting
    of: Counted
    facts: tuple[Text, ...] = Field(min_length=1)
    where: tuple[Condition, ...] = ()
    span: Span = Span.FISCAL_YEAR
    standing: Flag = False  # 期間に有効であったもの: 期末までに登録があり、期首より前に終えていない
    note: Text | None = None


class RetentionStart(StrEnum):
    """保存期間の起算。"""

    AFTER_CLOSURE = "fiscal-year-after-closure"  # 終結の翌年度初日
    AFTER_RECORD = "fiscal-year-after-record"  # 作成の翌年度初日
    AFTER_PERIOD = "fiscal-year-after-end"  # 効力が終わった翌年度初日


class Retention(Named):
    """保存の区分: without `years` it is kept for good; an appeal adds `appeal_years`."""

    years: Positive | None = None
    starts: RetentionStart
    appeal_years: Count = 3


class NoticeKind(StrEnum):
    """告知・書式の種別。"""

    DUTY = "duty"  # 守秘義務告知
    PLEDGE = "pledge"  # 誓約書
    CONSENT = "consent"  # 同意書
    PURPOSE = "purpose"  # 利用目的の明示 (個情法62条)


_UNREAD = "（この文面は、法務担当の確認前です。）"


class Notice(Dated):
    """印刷する文面: facts name its version; unconfirmed until the legal desk has read it."""

    version: Code
    title: Text
    text: Text
    penalty: Text | None = None
    confirmed: Flag = False
    confirmed_by: Text | None = None

    @property
    def printed(self) -> str:
        unread = None if self.confirmed else _UNREAD
        return "\n".join(part for part in (self.text, self.penalty, unread) if part)
