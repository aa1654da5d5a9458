"""五つの計画: what each city's plan says is in its profile."""

from datetime import date

import pytest

from api.profiles import load_profile
from domain.profile import (
    AreaKind,
    Attendance,
    Counting,
    Frequency,
    Handles,
    ItemKind,
    LegalBasis,
    Operation,
    PersonAttends,
    Profile,
    Project,
)

CITIES = ("ashiya", "kakamigahara", "komaki", "koshu", "project-team-city")
R4, R5, R6, R7 = (date(year, 6, 1) for year in (2022, 2023, 2024, 2025))
ASHIYA, KAKAMIGAHARA, KOMAKI, KOSHU, TEAM = map(load_profile, CITIES)


def _of(profile: Profile, project: Project, operation: Operation) -> set[str]:
    """The agencies that run a project in that way."""
    rows = [row for row in profile.services if project in row.projects]
    return {a for row in rows if operation in row.operations for a in row.agencies}


# 芦屋市


def test_ashiya_body_d_keeps_its_old_name_on_old_papers() -> None:
    assert ASHIYA.body("d", date(2024, 3, 31)).name == "地域福祉推進協議会"
    assert ASHIYA.body("d", date(2024, 4, 1)).name == "Ｄ 福祉のまちづくり委員会"


def test_ashiya_screens_in_a_and_chooses_b_by_urgency() -> None:
    screening, regular, urgent = (ASHIYA.body(body, R6) for body in ("a", "b-1", "b-2"))
    assert "スクリーニング" in screening.functions[0]
    assert (regular.pace, urgent.pace) == ("routine", "urgent")
    assert regular.bases == urgent.bases == (LegalBasis.LAYERED,)
    assert regular.reports_to == ("c", "d")
    assert urgent.extraordinary_allowed
    assert not regular.extraordinary_allowed


def test_ashiya_counts_b_and_d_as_layered_but_d_names_nobody() -> None:
    body = ASHIYA.body("d", R6)
    assert LegalBasis.LAYERED in body.bases
    assert body.handles is Handles.NONE
    assert ItemKind.CASE not in body.kinds
    assert ASHIYA.body("c", R6).handles is Handles.NONE


def test_ashiya_support_meeting_is_apart_since_r5_with_the_section_chief_in_the_chair() -> None:
    body = ASHIYA.body("shien", R5)
    assert body.bases == (LegalBasis.SUPPORT,)
    assert body.chair is not None
    assert body.chair.agency == "chiiki-fukushi"
    assert body.since == date(2023, 4, 1)


def test_ashiya_was_still_being_built_in_r4() -> None:
    assert ASHIYA.body("b-1", R4).name == "総合相談連絡会"
    assert ASHIYA.body("c", R4).name == "生活困窮者自立支援推進協議会"


def test_ashiya_has_five_centres_on_four_areas() -> None:
    centres = _of(ASHIYA, Project.CONSULTATION_ELDERLY, Operation.ENTRUSTED)
    areas = [a for a in ASHIYA.areas if a.kind is AreaKind.SECOND_LAYER]
    assert (len(centres), len(areas)) == (5, 4)
    assert {c for area in areas for c in area.centres} == centres
    assert len(ASHIYA.areas_of("houkatsu-uchidehama", R6)) == 2
    assert len(ASHIYA.centres("seido", R6)) == 2


def test_ashiya_has_nine_targets() -> None:
    assert [kpi.target for kpi in ASHIYA.kpis_on(R6)] == [5, 5, 1, 5, 10, 6, 6, 10, 10]
    totals = {kpi.id for kpi in ASHIYA.kpis if kpi.counting is Counting.TOTAL}
    assert totals == {"guardians", "case-studies", "community-consultations"}


def test_ashiya_reviews_elsewhere_keep_their_own_walls() -> None:
    reviews = ("chiiki-care", "gyakutai-review", "konkyuu-review", "youtaikyou")
    assert len({ASHIYA.body(body, R6).secrecy for body in reviews}) == 4


def test_ashiya_staffing_is_as_planned() -> None:
    (outreach,) = [row for row in ASHIYA.services if row.id == "outreach"]
    assert sum(staff.number for staff in outreach.staffing) == 20
    (participation,) = [row for row in ASHIYA.services if row.id == "sanka"]
    assert sum(staff.number for staff in participation.staffing) == 9


# 小牧市


def test_komaki_takes_three_fields_and_no_fewer() -> None:
    three = frozenset({"elderly", "needy", "foreign"})
    assert KOMAKI.eligible(three, frozenset(), R7)
    assert not KOMAKI.eligible(three - {"foreign"}, frozenset({"8050", "young-carer"}), R7)


def test_komaki_has_one_meeting_on_two_bases_four_times_a_year_and_when_needed() -> None:
    body = KOMAKI.body("tsunagaru", R7)
    assert set(body.bases) == {LegalBasis.SUPPORT, LegalBasis.LAYERED}
    assert (body.schedule.frequency, body.schedule.times) == (Frequency.YEARLY, 4)
    assert body.schedule.also_as_needed
    assert body.convener.agency == "fukushi-soumu"


def test_komaki_has_five_centres_for_six_areas() -> None:
    areas = [area for area in KOMAKI.areas if area.kind is AreaKind.DAILY_LIFE]
    assert (len(areas), len({c for area in areas for c in area.centres})) == (6, 5)
    assert KOMAKI.areas_of("houkatsu-chuubu-seibu", R7) == ("chuubu", "seibu")


def test_komaki_shares_disability_by_kind_not_by_area() -> None:
    centres = _of(KOMAKI, Project.CONSULTATION_DISABILITY, Operation.ENTRUSTED)
    assert len(centres) == 6
    assert not any(KOMAKI.areas_of(centre, R7) for centre in centres)


def test_komaki_ibasho_is_participation_and_outreach_in_one() -> None:
    (ibasho,) = [row for row in KOMAKI.services if row.id == "ibasho"]
    assert ibasho.projects == (Project.PARTICIPATION, Project.OUTREACH)
    assert _of(KOMAKI, Project.CONSULTATION_NEEDY, Operation.DIRECT) == {"fukushi-soumu"}


# プロジェクトチームの市


def test_the_project_team_meets_monthly_and_the_layered_meeting_sits_with_it() -> None:
    support, layered = TEAM.body("shien", R7), TEAM.body("juusou", R7)
    assert support.schedule.frequency is Frequency.MONTHLY
    assert (layered.schedule.frequency, layered.schedule.together_with) == ("with", "shien")
    for body in (support, layered):
        assert body.chair is not None
        assert body.chair.title == "社会福祉課長"


@pytest.mark.parametrize("body", ["shien", "juusou"])
def test_the_project_team_has_three_tiers_always_and_the_fourth_as_needed(body: str) -> None:
    always, needed = Attendance.ALWAYS, Attendance.AS_NEEDED
    tiers = TEAM.body(body, R7).tiers
    assert [tier.attendance for tier in tiers] == [always, always, always, needed]


def test_the_person_attends_only_the_layered_meeting() -> None:
    assert TEAM.body("shien", R7).person_attends is PersonAttends.NO
    assert TEAM.body("juusou", R7).person_attends is PersonAttends.PART
    assert TEAM.body("juusou", R7).tiers[3].person


def test_the_representatives_meet_once_or_twice_a_year_and_name_nobody() -> None:
    body = TEAM.body("daihyousha", R7)
    assert (body.schedule.times, body.schedule.times_at_most) == (1, 2)
    assert body.handles is Handles.NONE
    assert body.chair is not None
    assert body.chair.title == "健康福祉部長"


# 各務原市


def test_kakamigahara_has_a_fifth_field_of_its_own() -> None:
    assert KAKAMIGAHARA.label("fields", "women", R7) == "女性"
    desk = KAKAMIGAHARA.desk("seikatsu-shien", "yorisoi", R7)
    assert (desk.fields, desk.operation, desk.category) == (("women",), "direct", "abuse")


def test_kakamigahara_has_seven_centres() -> None:
    centres = _of(KAKAMIGAHARA, Project.CONSULTATION_ELDERLY, Operation.ENTRUSTED)
    assert len(centres) == 7


def test_kakamigahara_has_one_provider_in_three_services() -> None:
    (station,) = [row for row in KAKAMIGAHARA.services if row.id == "hikikomori"]
    assert set(station.projects) == {Project.PARTICIPATION, Project.COMMUNITY, Project.OUTREACH}
    assert station.agencies == ("hikikomori",)


def test_kakamigahara_deliberates_before_support_and_evaluates_twice() -> None:
    settings = KAKAMIGAHARA.settings(R7)
    assert not settings.plan_may_start_before_sitting
    assert settings.evaluate_at_end


# 甲州市


def test_koshu_sends_childcare_bases_to_four_places() -> None:
    bases = _of(KOSHU, Project.COMMUNITY_CHILDCARE, Operation.ENTRUSTED)
    assert bases == {"hoikuen-1", "hoikuen-2", "hoikuen-3", "appuppu"}
    assert _of(KOSHU, Project.CONSULTATION_NEEDY, Operation.ENTRUSTED) == {"shakyo"}


def test_koshu_layered_meeting_does_four_things_on_no_fixed_day() -> None:
    body = KOSHU.body("juusou", R4)
    assert len(body.functions) == 4
    assert body.schedule.frequency is Frequency.UNSTATED
    assert body.chair is None


def test_koshu_shares_its_base_with_two_other_cities() -> None:
    assert {"yamanashi-shi", "fuefuki-shi"} <= set(KOSHU.agency_history)
    assert KOSHU.centres("kyoutou", R4) == ("kyoutou-kyoten",)


def test_the_privacy_act_reaches_municipalities_in_april_2023() -> None:
    assert "ppa-69-2-3" not in KOSHU.allowed("statutes", R4)
    assert "local-ordinance" in KOSHU.allowed("statutes", R4)
    assert "ppa-69-2-3" in KOSHU.allowed("statutes", R5)
