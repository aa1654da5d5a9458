"""五つの市の設定: each has what the ledger needs; a wrong file is refused in plain words."""

import re
from datetime import date
from pathlib import Path

import pytest

from api.profiles import load_profile, shipped_profiles
from domain.profile import (
    LISTS,
    Handles,
    ItemKind,
    LegalBasis,
    NoticeKind,
    Profile,
    WrongProfile,
)
from domain.profile.checks import OFFICES
from domain.values import Role

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "domain" / "profiles"
CITIES = ("ashiya", "kakamigahara", "komaki", "koshu", "project-team-city")
R4, R5, R6, R7 = (date(year, 6, 1) for year in (2022, 2023, 2024, 2025))

ASHIYA, KAKAMIGAHARA, KOMAKI, KOSHU, TEAM = map(load_profile, CITIES)
every_city = pytest.mark.parametrize(
    "city", [ASHIYA, KAKAMIGAHARA, KOMAKI, KOSHU, TEAM], ids=CITIES
)


def test_five_municipalities_are_shipped() -> None:
    assert shipped_profiles() == CITIES


@every_city
def test_every_city_has_the_offices_the_ledger_needs(city: Profile) -> None:
    for office in (*OFFICES, Role.ANALYST):
        assert city.desks_for(office, R7), office


@every_city
def test_protection_identity_and_privacy_are_desks_of_the_municipality(city: Profile) -> None:
    for office in (Role.PROTECTION, Role.IDENTITY, Role.PRIVACY, Role.ADMINISTRATOR):
        for ref in city.desks_for(office, R7):
            assert city.agency(ref.agency, R7).inside


@every_city
def test_every_agency_of_the_ledger_has_a_chief_or_keeps_an_office(city: Profile) -> None:
    for agency in city.agencies:
        offices = {office for desk in agency.desks for office in desk.offices}
        assert offices or not agency.access or agency.id == "sasaeai", agency.id


@every_city
def test_school_clinic_and_commissioners_have_no_access(city: Profile) -> None:
    for agency in ("school", "clinic", "minsei"):
        assert not city.agency(agency, R7).access
    assert city.agency("school", R7).reveals_place
    assert city.agency("clinic", R7).reveals_place
    assert not city.agency("minsei", R7).inside


@every_city
def test_there_is_a_support_and_a_layered_meeting(city: Profile) -> None:
    for basis in (LegalBasis.SUPPORT, LegalBasis.LAYERED):
        bodies = [body for body in city.bodies if body.holds(R7) and basis in body.bases]
        assert any(ItemKind.CASE in body.kinds for body in bodies)


@every_city
def test_outsiders_pledge_wherever_somebody_is_identified(city: Profile) -> None:
    for body in city.bodies:
        if body.handles is Handles.IDENTIFIED:
            assert body.pledge_required, body.id
            assert body.notice_required, body.id
            assert body.closed, body.id
            assert body.secrecy != "none", body.id
        assert body.quorum is None


@every_city
def test_other_confidential_bodies_have_secrecy_of_their_own(city: Profile) -> None:
    others = [body for body in city.bodies if LegalBasis.OTHER_CONFIDENTIAL in body.bases]
    assert "cwa-25-5" in {body.secrecy for body in others}
    assert not {body.secrecy for body in others} & {"swa-106-6-5", "swa-both"}


@every_city
def test_no_penalty_names_an_amount_and_none_is_confirmed(city: Profile) -> None:
    for kind in NoticeKind:
        for notice in city.notices[kind]:
            assert not notice.confirmed
            assert not re.search(r"[0-9０-９一二三四五六七八九十百万]+円", notice.printed)
    assert city.notice_on(NoticeKind.DUTY, R7).penalty


@every_city
def test_the_four_switches_that_only_a_recorded_choice_may_turn_are_strict(city: Profile) -> None:
    settings = city.settings(R7)
    assert settings.referral_closed_by_receiver
    assert settings.lead_successor_required
    assert not settings.sharing_between_sittings
    assert not settings.sitting_information_after_consent
    assert (settings.write_up_working_days, settings.review_working_days) == (5, 5)


@every_city
def test_every_list_has_codes_on_every_day_of_the_plan(city: Profile) -> None:
    for name in LISTS:
        assert city.allowed(name, city.plan.first), name


@every_city
def test_a_line_of_the_file_names_its_source(city: Profile) -> None:
    text = (SHIPPED / f"{city.id}.toml").read_text(encoding="utf-8")
    assert {"[S]", "[I]"} <= set(re.findall(r"\[[A-Z]\]", text))


def test_every_code_list_the_code_asks_for_is_shipped() -> None:
    asked = set()
    for folder in ("domain", "projections", "api", "replays"):
        for file in (ROOT / folder).rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            asked |= set(re.findall(r'\bknown\(\s*stamp,\s*"([a-z-]+)"', source))
            asked |= set(
                re.findall(r'profile\.(?:require|label|entry|allowed)\(\s*"([a-z-]+)"', source)
            )
    assert asked <= set(ASHIYA.lists)


# ファイル


def test_a_copy_beside_is_read_by_its_path(tmp_path: Path) -> None:
    copy = tmp_path / "ours.toml"
    copy.write_text((SHIPPED / "komaki.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_profile(str(copy)) == KOMAKI


def test_a_file_that_stands_alone_needs_no_draft(tmp_path: Path) -> None:
    alone = tmp_path / "alone.toml"
    alone.write_text('id = "alone"\nname = "単独の町"\n', encoding="utf-8")
    with pytest.raises(WrongProfile, match=r"alone\.toml: plan: 必要な項目がありません。"):
        load_profile(str(alone))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"id = \n", "TOML として読めません"),
        ("name = '芦屋市'".encode("cp932"), "UTF-8"),
        (b'extends = "galaxy"', "extends: 重ねる下書きがありません。 書けるもの: national"),
        (b"extends = 5", "extends: 重ねる下書きがありません。"),
        (b'extends = "../profiles/national"', "extends: 重ねる下書きがありません。"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_wrong_profile(
    tmp_path: Path, text: bytes, says: str
) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(text)
    with pytest.raises(WrongProfile, match=says):
        load_profile(str(file))


@pytest.mark.parametrize("name", ["kyoto", "nowhere/kyoto.toml", ".toml", ""])
def test_a_profile_that_is_not_there_is_named_with_those_that_are(name: str) -> None:
    with pytest.raises(WrongProfile, match="ashiya, kakamigahara, komaki, koshu, project-team"):
        load_profile(name)


def test_a_mistake_is_told_with_its_file_and_key(tmp_path: Path) -> None:
    text = (SHIPPED / "ashiya.toml").read_text(encoding="utf-8")
    file = tmp_path / "ours.toml"
    file.write_text(text.replace("fields_at_least = 2", 'fields_at_least = "二"'), encoding="utf-8")
    with pytest.raises(WrongProfile, match=r"ours\.toml: eligibility\[1番目\]\.fields_at_least"):
        load_profile(str(file))
