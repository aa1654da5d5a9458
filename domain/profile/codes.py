"""コード表: the codes a record may carry, each with its label and dates."""

from domain.profile.dated import Dated, Text
from domain.values import Code

LISTS = (
    "activity-kinds",  # 地域づくりの活動
    "answer-methods",  # 回答の方法
    "attachment-kinds",  # 添付の種別
    "care-needs",  # 通訳・配慮
    "closure-reasons",  # 終結事由
    "community-themes",  # 地域課題の主題
    "concealment-end-reasons",  # 支援措置の終了事由
    "disclosure-grounds",  # 不開示の根拠
    "entry-services",  # きっかけ事業
    "fields",  # 分野
    "findings",  # 虐待の事実確認の結果
    "household-types",  # 世帯類型
    "identification-methods",  # 本人確認の方法
    "incident-kinds",  # 漏えい等の種別
    "incident-recipients",  # 漏えい等の報告先
    "issues",  # 課題
    "lead-reasons",  # 主担当を定めた事由
    "membership-sources",  # 世帯員の把握の根拠
    "notification-methods",  # 本人への通知の方法
    "outreach-methods",  # アウトリーチの方法
    "participation-end-reasons",  # 参加支援の終了事由
    "participation-kinds",  # 参加支援の種別
    "plan-not-reached-reasons",  # プランに至らなかった事由
    "professions",  # 専門職
    "protection-measures",  # 保護の措置
    "purposes",  # 提供・同意の目的
    "relations",  # 続柄
    "reopening-reasons",  # 再開の事由
    "report-bases",  # 統計の報告の根拠
    "report-recipients",  # 統計の報告先
    "routes",  # 相談経路
    "screening-results",  # スクリーニング結果
    "secrecy-bases",  # 守秘義務の根拠
    "statutes",  # 提供の根拠となる法令の条項
    "suspension-reasons",  # 中断事由
    "visit-risks",  # 訪問時の危険
)
"""Every profile ships each of these under [codes]."""

DERIVED = ("agencies", "areas", "bodies", "retention-classes", "sections", "services")
"""Lists that are not written again: their entries are tables of the profile itself."""


class CodeEntry(Dated):
    """コード: `marks` say what the rules need to know of it (closes, needs-reason …)."""

    code: Code
    label: Text
    marks: tuple[Code, ...] = ()
