"""アセスメント・付議・会議決定・プラン の文。"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events import Fact
from domain.events import meeting as m
from projections.sentences.words import Words, codes, day, opened, people, remark

_DECISIONS = {
    m.DecisionKind.ROLES: "役割分担を決めました",
    m.DecisionKind.PLAN_APPROVED: "支援プランを承認しました",
    m.DecisionKind.RETURNED: "包括的相談支援に戻すことを決めました",
    m.DecisionKind.CLOSURE_APPROVED: "支援の終結を承認しました",
    m.DecisionKind.SUSPENSION_CONFIRMED: "支援の中断を確認しました",
    m.DecisionKind.CONTINUED: "支援の継続を決めました",
    m.DecisionKind.OUTREACH: "訪問・働きかけを行うことを決めました",
    m.DecisionKind.PROMOTED: "重層的支援会議にかけることを決めました",
}
_STAGES = {m.EvaluationStage.INTERIM: "中間評価", m.EvaluationStage.FINAL: "終了時評価"}
_OUTCOMES = {
    m.EvaluationOutcome.CONTINUE: "継続",
    m.EvaluationOutcome.CHANGE: "変更・再プラン",
    m.EvaluationOutcome.CLOSE: "終結",
    m.EvaluationOutcome.SUSPEND: "中断",
}


def _assessed(f: m.AssessmentRecorded, w: Words) -> str:
    said = remark(
        ("対象", people(f.persons, w)),
        ("分野", codes("fields", f.fields, w)),
        ("課題", codes("issues", f.issues, w)),
    )
    return f"アセスメントを記録しました{said}。"


def _judged(f: m.EligibilityJudged, w: Words) -> str:
    said = remark(
        ("分野", codes("fields", f.fields, w)),
        ("課題", codes("issues", f.issues, w)),
        ("基準と異なる判断の理由", opened(f.override_reason, w)),
    )
    found = "該当する" if f.eligible else "該当しない"
    return f"多機関協働に{found}と判断しました{said}。"


def _brought(f: m.BroughtToSitting, w: Words) -> str:
    whom = people(f.subjects, w) or "世帯"
    return f"{whom}のことを会議の議題に付しました（提出した記録 {len(f.tabled)}件）。"


def _held_back(f: m.PersonsHeldBack, w: Words) -> str:
    records = remark(("控えた記録", f"{len(f.tabled)}件" if f.tabled else None))
    return (
        f"{people(f.persons, w)}のことは、本人の同意がないため、重層的支援会議にはかけずに"
        f"控えました{records}。"
    )


def _decided(f: m.MeetingDecided, w: Words) -> str:
    to = w.agency(f.successor_agency, f.successor_desk) if f.successor_agency else None
    return f"会議で、{_DECISIONS[f.kind]}{remark(('次の主担当', to))}。"


def _role(f: m.RoleAssigned, w: Words) -> str:
    until = remark(("期限", day(f.until) if f.until else None))
    how = "引き継いで受け持つ" if f.predecessor else "受け持つ"
    return f"{w.agency(f.agency, f.desk)}が「{w.open(f.task)}」を{how}ことになりました{until}。"


def _role_over(f: m.RoleEnded, w: Words) -> str:
    return f"{w.agency(f.agency, f.desk)}が受け持っていた役割が終わりました。"


def _studied(_f: m.CaseStudied, _w: Words) -> str:
    return "会議で事例検討を行いました。"


def _drafted(f: m.PlanDrafted, w: Words) -> str:
    new = "新しい支援プランの案" if f.replaces else "支援プランの案"
    services = codes("services", tuple(measure.service for measure in f.measures), w)
    return f"{people(f.persons, w)}の{new}を作成しました{remark(('支援施策', services))}。"


def _plan(f: m.PlanDecided, _w: Words) -> str:
    said = remark(
        ("開始", day(f.starts_on)),
        ("見直し", day(f.review_on)),
        ("事後承認の期限", day(f.ratify_by) if f.ratify_by else None),
    )
    return f"支援プランを決定しました{said}。"


def _ratified(_f: m.PlanRatifiedAfterwards, _w: Words) -> str:
    return "先に始めた支援プランが、会議で事後に承認されました。"


def _evaluated(f: m.PlanEvaluated, _w: Words) -> str:
    again = remark(("次の見直し", day(f.review_on) if f.review_on else None))
    return (
        f"支援プランの{_STAGES[f.stage]}を行いました。結果は「{_OUTCOMES[f.outcome]}」です{again}。"
    )


def _not_reached(f: m.PlanNotReached, w: Words) -> str:
    keeper = w.agency(f.keeper_agency, f.keeper_desk)
    reason = w.code("plan-not-reached-reasons", f.reason)
    return f"支援プランには至りませんでした（事由: {reason}）。{keeper}がかかわりを続けます。"


MEETING: Mapping[type[Fact], Callable[[Any, Words], str]] = {
    m.AssessmentRecorded: _assessed,
    m.EligibilityJudged: _judged,
    m.BroughtToSitting: _brought,
    m.PersonsHeldBack: _held_back,
    m.MeetingDecided: _decided,
    m.RoleAssigned: _role,
    m.RoleEnded: _role_over,
    m.CaseStudied: _studied,
    m.PlanDrafted: _drafted,
    m.PlanDecided: _plan,
    m.PlanRatifiedAfterwards: _ratified,
    m.PlanEvaluated: _evaluated,
    m.PlanNotReached: _not_reached,
}
