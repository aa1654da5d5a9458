"""ことば: how the codes of law and product read; those of a municipality are its own."""

from collections.abc import Mapping
from enum import StrEnum

from domain.events.consent import Authority, ConsentAnswer, Method
from domain.events.intake import AbuseKind, Consulter, NextStep, Urgency
from domain.events.meeting import DecisionKind, EvaluationOutcome, EvaluationStage
from domain.events.membership import Leaving, Membership
from domain.events.person import Place, Threat
from domain.events.referral import AnsweredBy
from domain.events.resource import ResourceKind
from domain.events.rights import DisclosureOutcome, Requester
from domain.events.sitting import AttendeeKind, ItemKind, MeetingBasis
from domain.events.support import Guardianship
from domain.labels import Category
from domain.values import Role

_IN_ORDER: Mapping[type[StrEnum], tuple[str, ...]] = {
    AbuseKind: ("児童虐待", "高齢者虐待", "障害者虐待", "配偶者からの暴力"),
    AnsweredBy: ("受け手", "送り手"),
    AttendeeKind: ("職員", "市外部の構成員", "本人・家族"),
    Authority: ("本人", "親権者", "後見人"),
    Category: (
        "身元・住所",
        "相談",
        "健康・障害",
        "経済",
        "家族関係",
        "虐待・DV",
        "就学・就労",
        "支援経過",
        "庶務",
    ),
    ConsentAnswer: ("拒否", "保留", "意思確認困難"),
    Consulter: ("本人", "家族", "近隣・地域住民", "機関"),
    DecisionKind: (
        "役割分担",
        "プラン承認",
        "包括に戻す",
        "終結承認",
        "中断の確認",
        "継続",
        "訪問・働きかけ",
        "重層的支援会議へ",
    ),
    DisclosureOutcome: ("全部開示", "部分開示", "不開示", "存否応答拒否"),
    EvaluationOutcome: ("継続", "変更・再プラン", "終結", "中断"),
    EvaluationStage: ("中間", "終了時"),
    Guardianship: ("後見", "保佐", "補助", "任意後見"),
    ItemKind: ("個別ケース", "研修・勉強会", "施策・体制"),
    Leaving: ("転出", "死亡", "離婚", "世帯分離", "施設入所など", "その他"),
    MeetingBasis: ("支援会議", "重層的支援会議", "その他の守秘義務のある会議", "個人を扱わない"),
    Membership: ("住民票同一世帯", "同居", "別居家族", "支援上のみ"),
    Method: ("書面", "口頭", "電話", "代筆"),
    NextStep: ("情報提供・相談対応で終了", "つなぎ", "継続的な関わり"),
    Place: (
        "住民票の住所",
        "居所",
        "不定",
        "車上",
        "施設",
        "通学先",
        "通院先",
        "勤務先",
        "支援機関",
    ),
    Requester: ("本人", "法定代理人", "任意代理人"),
    ResourceKind: ("受入先", "協力企業・団体", "居場所", "活動"),
    Role: (
        "相談支援員",
        "多機関協働担当・会議事務局",
        "招集権者",
        "係長",
        "支援措置担当",
        "名寄せ担当",
        "個人情報保護担当",
        "分析担当",
        "管理者",
    ),
    Threat: ("配偶者からの暴力", "ストーカー", "児童虐待", "その他"),
    Urgency: ("直ちに", "早めに", "通常"),
}


WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    kind: dict(zip(map(str, kind), texts, strict=True)) for kind, texts in _IN_ORDER.items()
}


def word(code: StrEnum) -> str:
    """Codes of different kinds may be spelt alike, so the kind decides."""
    return WORDS[type(code)][str(code)]
