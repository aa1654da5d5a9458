"""芦屋市の物語を手で数えた数: each was counted by reading the story, year by year."""

from typing import Any

from tests.replays.conftest import Played

_ASKED = "/statistics?period={}&closing={}&recipient=council&basis=plan-evaluation"
R5 = {
    "new-consultations": 1,  # 5月10日、中学校からの電話
    "consultations": 2,  # 5月10日と、9月12日の夜の電話
    "screenings": 2,
    "referrals": 2,  # こども家庭・保健センターと、地域福祉課
    "referrals-accepted": 2,
    "multi-agency-new": 1,
    "support-sittings": 0,
    "layered-sittings": 3,  # Ｂ－１、Ｂ－２、Ｄ（当時の地域福祉推進協議会）
    "layered-cases": 2,  # Ｄは個別のケースを扱わない
    "layered-case-households": 1,
    "plans-new": 1,
    "closed": 0,
    "supported": 1,
    "continuing": 1,
    "outreach": 2,  # 応答のなかった訪問と、受診の付添い
    "outreach-people": 1,
    "entry-services": 1,
    "participation-matched": 1,
    "participation-hosts": 1,
    "participation-started": 1,
    "participation-follow-ups": 1,
    "guardians": 1,
    "days-to-plan": 41,  # 5月10日から6月20日まで
    "kpi-activity-place": 0,
    "kpi-partners": 1,  # 2月に閉店したが、この年度には有効であった
    "kpi-new-place": 1,
    "kpi-ibasho": 1,
    "kpi-guardians": 1,
    "kpi-case-studies": 0,
    "kpi-cooperation": 1,
    "kpi-community-consultations": 0,  # 学校からの相談は、社協の窓口が受けた
    "kpi-entry-services": 1,
}
R6 = {
    "new-consultations": 0,
    "layered-sittings": 2,  # 改称した D と、終了時評価の B-1
    "layered-cases": 1,
    "closed": 1,
    "supported": 0,
    "continuing": 0,
    "participation-settled": 1,
    "days-to-closure": 476,  # 令和5年5月10日から令和6年8月28日まで
    "kpi-partners": 0,
    "kpi-cooperation": 0,
}
R7 = {
    "new-consultations": 0,
    "reopenings": 1,
    "supported": 1,
    "continuing": 0,
    "layered-sittings": 1,
    "layered-cases": 0,
    "case-studies": 1,
    "kpi-case-studies": 1,
}
PARTS = {
    ("new-consultations", "children"): 1,
    ("new-consultations", "elderly"): 1,
    ("new-consultations", "agency-information"): 1,
    ("referrals", "kodomo-katei-hoken"): 1,
    ("referrals", "chiiki-fukushi"): 1,
    ("outreach", "visit"): 1,
    ("outreach", "accompany"): 1,
    ("entry-services", "financial-help"): 1,
}
TARGETS = [5, 5, 1, 5, 10, 6, 6, 10, 10]


def counted_by_hand(played: Played) -> None:
    told = _told(played, "2023", "2024-05-31")
    for period, closing, counted in (
        ("2023", "2024-05-31", R5),
        ("2024", "2025-05-31", R6),
        ("2025-04-01/2025-06-20", "2025-06-20", R7),
    ):
        figures = _figures(_told(played, period, closing))
        assert {name: figures[name]["closed"] for name in counted} == counted
        assert {name: figures[name]["now"] for name in counted} == counted
    parts = {(f["id"], p["code"]): p["closed"] for f in told["figures"] for p in f["by"]}
    assert {key: parts.get(key) for key in PARTS} == PARTS
    assert [target["target"] for target in told["targets"]] == TARGETS


def _told(played: Played, period: str, closing: str) -> dict[str, Any]:
    told: dict[str, Any] = played.read("inoue", _ASKED.format(period, closing), "statistics")
    return told


def _figures(told: dict[str, Any]) -> dict[str, Any]:
    return {figure["id"]: figure for figure in (*told["figures"], *told["targets"])}
