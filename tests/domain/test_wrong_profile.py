"""設定の誤り: every damage is told with its file, its key and what is allowed there."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from domain.profile import Source, WrongProfile, read_profile
from tests.domain.town import R5, R6, Tables, entries, read, tables

DESK = ("agencies", 0, "desks", 0)
KPI = ("kpis", 0)


def damaged(path: tuple[str | int, ...], value: Any) -> Tables:
    """The town's tables with one value put in, or taken out when it is `...`."""
    given = deepcopy(tables())
    *way, last = path
    here: Any = given
    for step in way:
        here = here[step]
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return given


@pytest.mark.parametrize(
    ("path", "value", "key", "says", "allowed"),
    [
        (("name",), ..., "name", "必要な項目", ""),
        (("nmae",), "町", "nmae", "書けない項目", "bodies"),
        (("name",), "", "name", "空です", "1文字以上"),
        (("name",), 5, "name", "文字ではありません", "引用符"),
        (("name",), "町" * 10_001, "name", "長すぎます", "10000文字"),
        (("id",), "Town!", "id", "符号として使えない", "半角の英小文字"),
        (("agencies",), 5, "agencies", "並びではありません", "[ ]"),
        (("agencies", 0), 5, "agencies[1番目]", "表ではありません", "{ 項目 = 値 }"),
        (("codes",), 5, "codes", "表ではありません", "[ ] で始まる表"),
        (("codes", "BAD"), [], "codes.BAD", "符号として使えない", "半角"),
        (("eligibility",), [], "eligibility", "空です", "1つ以上"),
        (("settings", 0, "note_days"), 0, "settings[1番目].note_days", "小さすぎ", "1 以上の整数"),
        (
            ("settings", 0, "note_days"),
            "5",
            "settings[1番目].note_days",
            "整数では",
            "引用符のない",
        ),
        (("settings", 0, "note_dayz"), 5, "settings[1番目].note_dayz", "書けない", "note_days"),
        (
            ("settings", 0, "referral_closed_by_receiver"),
            "yes",
            "settings[1番目].referral_closed_by_receiver",
            "真偽",
            "true, false",
        ),
        (("agencies", 0, "inside"), "はい", "agencies[city].inside", "真偽", "true, false"),
        (("agencies", 0, "operation"), "直営", "agencies[city].operation", "選べない", "direct"),
        (("agencies", 0, "from"), "きのう", "agencies[city].from", "日付では", "2024-04-01"),
        ((*DESK, "category"), "secret", "agencies[city].desks[office].category", "選べ", "health"),
        ((*DESK, "colour"), "青", "agencies[city].desks[office].colour", "書けない", "offices"),
        (("bodies", 0, "chair", "post"), "長", "bodies[team].chair.post", "書けない", "title"),
        (("codes", "routes", 0, "lable"), "一", "codes.routes[one].lable", "書けない", "label"),
        (("notices", "poster"), [], "notices.poster", "選べない", "duty, pledge, consent"),
        ((*KPI, "facts"), [], "kpis[k].facts", "空です", "1つ以上"),
        (("holidays", 0), "祝日", "holidays[1番目]", "日付では", "2024-04-01"),
        ((*KPI, "facts"), ["Dreamt"], "kpis[k].facts", "「Dreamt」は出来事一覧に", "Happened"),
        (("plan", "until"), date(2022, 3, 31), "plan.until", "終わりの日が", "2022-04-01 以後"),
        (("services", 0, "until"), R5, "services[care].until", "終わりの日が", "2024-04-01 以後"),
        (("bodies", 2, "from"), R5, "bodies", "「board」の期間が重なる", "重ならない"),
        ((*DESK, "id"), "early", "agencies[city].desks", "「early」の期間が重なる", "重ならない"),
        (("codes", "routes", 1, "code"), "one", "codes.routes", "「one」の期間が重なる", "重なら"),
        (("notices", "duty", 0, "until"), R6, "notices.duty", "期間が重なる", "重ならない"),
        (("codes", "routes"), ..., "codes.routes", "必要なコード表", "1つ以上"),
        (("codes", "colours"), entries("色"), "codes.colours", "知らないコード表", "routes"),
        (("notices", "duty"), ..., "notices.duty", "必要な文面", "1つ以上の版"),
        (("agencies", 0, "section"), "tax", "agencies[city].section", "「tax」", "welfare"),
        (("agencies", 0, "fields"), ["law"], "agencies[city].fields", "「law」", "one, two"),
        ((*DESK, "fields"), ["law"], "agencies[city].desks[office].fields", "「law」", "one"),
        (("agencies", 1, "desks"), [], "agencies[centre]", "係がありません", "desks に"),
        (("areas", 0, "centres"), ["nobody"], "areas[east].centres", "「nobody」", "city, centre"),
        (("areas", 0, "from"), date(2020, 1, 1), "areas[east].centres", "期間にない", "centre"),
        (("services", 0, "agencies"), ["x"], "services[care].agencies", "「x」", "centre"),
        (("services", 0, "sections"), ["x"], "services[care].sections", "「x」", "welfare"),
        (("services", 0, "fields"), ["x"], "services[care].fields", "「x」", "one"),
        (
            ("services", 0, "staffing", 0, "agency"),
            "x",
            "services[care].staffing[1番目].agency",
            "「x」",
            "centre",
        ),
        (("bodies", 0, "chair", "agency"), "x", "bodies[team].chair", "「x」", "city"),
        (("bodies", 0, "convener", "agency"), "x", "bodies[team].convener", "「x」", "city"),
        (("bodies", 2, "delegates", 0, "agency"), "x", "bodies[board].delegates", "「x」", "city"),
        (("bodies", 0, "secretariat", "desk"), "x", "bodies[team].secretariat", "city/x", "office"),
        (("bodies", 0, "secretariat", "desk"), "early", "bodies[team].secretariat", "期間", "city"),
        (
            ("bodies", 0, "tiers", 0, "agencies"),
            ["x"],
            "bodies[team].tiers[all].agencies",
            "「x」",
            "centre",
        ),
        (("bodies", 0, "secrecy"), "x", "bodies[team].secrecy", "「x」", "one, two"),
        (("bodies", 2, "reports_to"), ["x"], "bodies[board].reports_to", "「x」", "team"),
        (
            ("bodies", 2, "schedule", "together_with"),
            "x",
            "bodies[board].schedule.together_with",
            "「x」",
            "team",
        ),
        (("bodies", 2, "schedule"), {"frequency": "with"}, "bodies[board].schedule", "一緒に", ""),
        (("bodies", 0, "bases"), [], "bodies[team].bases", "根拠がありません", "support"),
        (("bodies", 0, "bases"), ["none"], "bodies[team].bases", "守秘義務の根拠が", "layered"),
        (("bodies", 0, "kinds"), [], "bodies[team].kinds", "種別がありません", "case"),
        (("bodies", 1, "kinds"), ["case"], "bodies[board].kinds", "個別ケースを扱わない", "policy"),
        (
            ("bodies", 0, "tiers"),
            [{"id": "a", "name": "甲", "attendance": "always"}] * 2,
            "bodies[team].tiers",
            "同じ id",
            "異なる id",
        ),
        (
            ("eligibility", 0, "issues_any_of"),
            ["x"],
            "eligibility[1番目].issues_any_of",
            "「x」",
            "",
        ),
        (
            ("eligibility", 0, "counted_fields"),
            ["x"],
            "eligibility[1番目].counted_fields",
            "「x」",
            "",
        ),
        (
            ("eligibility", 0),
            {"judged_by": "市"},
            "eligibility[1番目]",
            "条件が1つも",
            "fields_at_",
        ),
        ((*DESK, "offices"), ["privacy"], "agencies", "protection", "offices"),
    ],
)
def test_a_wrong_profile_names_the_file_the_key_and_what_is_allowed(
    path: tuple[str | int, ...], value: Any, key: str, says: str, allowed: str
) -> None:
    with pytest.raises(WrongProfile) as refused:
        read(damaged(path, value))
    (line,) = [each for each in refused.value.lines if each.key == key and says in each.says]
    assert line.file == "town.toml"
    assert allowed in line.allowed
    assert str(line) in str(refused.value)


def test_an_identified_case_is_never_without_secrecy() -> None:
    given = damaged(("bodies", 0, "secrecy"), "none")
    given["codes"]["secrecy-bases"].append({"code": "none", "label": "なし"})
    with pytest.raises(WrongProfile, match=r"bodies\[team\]\.secrecy"):
        read(given)


def test_every_mistake_is_told_at_once_and_in_the_file_that_holds_it() -> None:
    own, base = tables(), {"codes": tables()["codes"], "holidays": ["祝日"]}
    base["codes"]["routes"][0]["label"] = ""
    del own["holidays"]
    own["codes"] = {"fields": own["codes"]["fields"]}
    own["name"] = ""
    with pytest.raises(WrongProfile) as refused:
        read_profile(Source("town.toml", own), Source("nation.toml", base))
    files = {(line.file, line.key) for line in refused.value.lines}
    assert files == {
        ("town.toml", "name"),
        ("nation.toml", "codes.routes[one].label"),
        ("nation.toml", "holidays[1番目]"),
    }


def test_what_neither_file_has_is_missing_in_the_towns_own() -> None:
    own = tables()
    codes = own.pop("codes")
    del codes["routes"], own["plan"]
    with pytest.raises(WrongProfile) as refused:
        read_profile(Source("town.toml", own), Source("nation.toml", {"codes": codes}))
    assert [(line.file, line.key) for line in refused.value.lines] == [("town.toml", "plan")]


def test_without_a_catalogue_any_fact_may_be_counted() -> None:
    given = damaged((*KPI, "facts"), ["Dreamt"])
    assert read_profile(Source("town.toml", given)).kpis[0].facts == ("Dreamt",)


def test_a_list_where_a_table_belongs_is_told_in_the_towns_own_file() -> None:
    own = {**tables(), "codes": 5}
    with pytest.raises(WrongProfile, match=r"town\.toml: codes: 表ではありません。"):
        read_profile(Source("town.toml", own), Source("nation.toml", {"codes": {}}))
