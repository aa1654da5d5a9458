"""自治体の設定: it answers by date."""

from dataclasses import dataclass
from datetime import date

import pytest

from domain.profile import Profile, merged
from domain.profile.dated import Dated, History
from domain.refusals import UnknownAgency, UnknownBody, UnknownCode
from domain.values import Role
from tests.domain.town import R5, R6, R7, Tables, read, tables

TOWN = read(tables())


def test_a_body_renamed_in_r6_keeps_its_r5_name_on_r5_papers() -> None:
    assert TOWN.body("board", R5).name == "協議会"
    assert TOWN.body("board", R6).name == "委員会"
    assert TOWN.label("bodies", "board", R5) == "協議会"


def test_an_unknown_body_agency_or_desk_is_refused() -> None:
    with pytest.raises(UnknownBody):
        TOWN.body("nobody", R6)
    with pytest.raises(UnknownAgency):
        TOWN.agency("nobody", R6)
    with pytest.raises(UnknownAgency):
        TOWN.desk("city", "nobody", R6)
    with pytest.raises(UnknownAgency):
        TOWN.desk_name("city", "nobody", R6)


def test_an_agency_is_not_there_before_it_began() -> None:
    assert TOWN.agency("centre", R5).name == "包括"
    with pytest.raises(UnknownAgency):
        TOWN.agency("centre", date(2022, 3, 31))


def test_a_desk_takes_its_dates_fields_and_operation_from_its_agency() -> None:
    office = TOWN.desk("city", "office", R6)
    assert (office.fields, office.operation) == (("one",), "direct")
    assert TOWN.desk("centre", "desk", R6).first == date(2022, 4, 1)
    assert TOWN.desk("city", "early", R5).fields == ("two",)
    with pytest.raises(UnknownAgency):
        TOWN.desk("city", "early", R6)


def test_a_desk_that_has_ended_still_has_its_name() -> None:
    assert TOWN.desk_name("city", "early", R7) == "早期"


def test_the_desks_of_an_office_are_found() -> None:
    (ref,) = TOWN.desks_for(Role.PROTECTION, R6)
    assert (ref.agency, ref.desk) == ("city", "office")
    assert TOWN.desks_for(Role.ANALYST, R6) == ()


def test_a_code_must_be_in_the_list_on_that_day() -> None:
    TOWN.require("routes", "one", R6)
    with pytest.raises(UnknownCode) as refused:
        TOWN.require("routes", "three", R6)
    assert refused.value.details == {"list": "routes", "code": "three", "allowed": ["one", "two"]}


def test_the_tables_of_the_profile_are_lists_too() -> None:
    TOWN.require("areas", "east", R6)
    assert TOWN.allowed("retention-classes", R6) == ["case"]
    with pytest.raises(UnknownCode):
        TOWN.require("areas", "east", R5)


def test_a_label_is_found_for_every_day_but_never_for_a_stranger() -> None:
    assert TOWN.label("routes", "two", R6) == "routesの二"
    assert TOWN.label("areas", "east", R5) == "東"
    with pytest.raises(UnknownCode):
        TOWN.label("routes", "three", R6)


def test_marks_say_what_the_rules_must_know_of_a_code() -> None:
    given = tables()
    given["codes"]["statutes"] = [{"code": "one", "label": "一", "marks": ["needs-reason"]}]
    assert read(given).marked("statutes", "one", "needs-reason", R6)
    assert not TOWN.marked("statutes", "one", "needs-reason", R6)


@pytest.mark.parametrize(
    ("rule", "fields", "issues", "eligible"),
    [
        ({"fields_at_least": 3}, {"one", "two", "three"}, set(), True),
        ({"fields_at_least": 3}, {"one", "two"}, {"one", "two"}, False),
        ({"fields_at_least": 1, "counted_fields": ["two"]}, {"one"}, set(), False),
        ({"issues_any_of": ["two"]}, set(), {"two"}, True),
        ({"issues_at_least": 2}, set(), {"one", "two"}, True),
        ({"issues_at_least": 2}, {"one"}, {"one"}, False),
        ({"fields_at_least": 1, "from": R7}, {"one"}, set(), False),
    ],
)
def test_eligibility_is_the_towns_own(
    rule: Tables, fields: set[str], issues: set[str], *, eligible: bool
) -> None:
    town = read({**tables(), "eligibility": [{**rule, "judged_by": "市"}]})
    assert town.eligible(frozenset(fields), frozenset(issues), R6) is eligible


def test_settings_are_strict_unless_set_and_only_for_their_days() -> None:
    assert TOWN.settings(R5).note_days == 3
    assert TOWN.settings(R6).note_days == 5
    assert TOWN.settings(R6).referral_closed_by_receiver


def test_a_notice_is_found_by_version_and_by_day() -> None:
    assert TOWN.notice("duty", "d1").text == "古い"
    assert TOWN.notice_on("duty", R6).text == "新しい"
    with pytest.raises(UnknownCode):
        TOWN.notice("duty", "d3")


def test_a_text_says_so_until_the_legal_desk_has_read_it() -> None:
    draft = TOWN.notice("duty", "d2")
    read_by_law = draft.model_copy(update={"confirmed": True})
    assert draft.printed == "新しい\n罰則があります。\n（この文面は、法務担当の確認前です。）"
    assert read_by_law.printed == "新しい\n罰則があります。"


def test_targets_hold_for_their_days() -> None:
    assert [kpi.id for kpi in TOWN.kpis_on(R6)] == ["k"]
    assert TOWN.kpis_on(R5) == ()


def test_an_area_may_share_its_centre() -> None:
    assert TOWN.centres("east", R6) == ("centre",)
    assert TOWN.centres("east", R5) == TOWN.centres("north", R6) == ()
    assert TOWN.areas_of("centre", R6) == ("east", "west")


def test_working_days_leave_out_weekends_holidays_and_the_new_year() -> None:
    assert TOWN.working_day_after(date(2025, 4, 25), 5) == date(2025, 5, 5)
    assert TOWN.working_day_after(date(2025, 12, 26), 1) == date(2026, 1, 5)


def test_a_profile_sits_in_a_frozen_dataclass() -> None:
    @dataclass(frozen=True)
    class Holder:
        profile: Profile

    assert hash(Holder(TOWN)) == hash(Holder(read(tables())))
    assert Holder(TOWN) == Holder(read(tables()))
    assert read({**tables(), "name": "村"}) != TOWN


def test_a_history_covers_what_its_entries_cover_together() -> None:
    entries = History([_dated(None, R5), _dated(R6, R7)])
    assert entries.covers(_dated(R5, R6))
    assert not entries.covers(_dated(R5, None))
    assert not entries.covers(_dated(date(2026, 1, 1), None))
    assert [entry.until for entry in entries] == [R5, R7]


def _dated(since: date | None, until: date | None) -> Dated:
    return Dated.model_validate({"from": since, "until": until})


def test_the_towns_own_file_wins_list_by_list_and_table_by_table() -> None:
    base = {"codes": {"routes": [1], "fields": [2]}, "kpis": [3], "retention": [4]}
    own = {"codes": {"fields": [5]}, "kpis": []}
    assert merged(own, base) == {
        "codes": {"routes": [1], "fields": [5]},
        "kpis": [],
        "retention": [4],
    }
