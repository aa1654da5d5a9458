"""虐待通報: taken in at any time, and whoever reported it stays with the desk."""

from typing import Any

import pytest

from domain.abuse import (
    CheckFacts,
    ReportAbuse,
    TakeProtection,
    check_facts,
    report_abuse,
    take_protection,
)
from domain.events.intake import AbuseReported
from domain.events.support import GuardianAppointed, GuardianshipEnded, SupportClosed
from domain.labels import Category, Tag
from domain.refusals import NotAMember, Unknown, UnknownCode
from domain.siding import HiddenFromOwnDesk
from tests.domain.given import (
    CENTRE,
    CHILD,
    COORDINATOR,
    FATHER,
    MOTHER,
    SHAKYO,
    SHARE,
    STRANGER,
    TANAKA,
    fact,
    household,
    label,
    stamp,
)


def reporting(**fields: Any) -> ReportAbuse:
    return ReportAbuse.model_validate({"kind": "child", "victim": CHILD, **fields})


def reported(**fields: Any) -> AbuseReported:
    return fact(
        AbuseReported, **{"report": SHARE, "kind": "child", "victim": CHILD, "label": label(CHILD)}
        | fields
    )  # fmt: skip


def test_whoever_reported_stays_with_the_desk_in_every_word() -> None:
    command = reporting(reporter="隣人", received_how="夜の電話", narrative="泣き声がする")
    (report,) = report_abuse(household(), command, stamp())
    assert report.label.tags == (Tag.INFORMANT,)
    assert report.narrative[0].label.tags == (Tag.INFORMANT,)
    assert report.label.category is Category.ABUSE
    assert report.label.subjects == (CHILD,)


def test_it_is_hidden_from_everybody_but_the_victim_until_the_writer_says() -> None:
    (report,) = report_abuse(household(), reporting(), stamp())
    assert report.label.hidden_from == (FATHER, MOTHER)
    (narrower,) = report_abuse(household(), reporting(hidden_from=[FATHER]), stamp())
    assert narrower.label.hidden_from == (FATHER,)
    (nobody_known,) = report_abuse(household(), reporting(victim=None), stamp())
    assert nobody_known.label.hidden_from == (FATHER, MOTHER, CHILD)


def acting(**by: Any) -> GuardianAppointed:
    return fact(GuardianAppointed, person=MOTHER, kind="guardian", guardian="某", **by)


OWN_DESK: list[dict[str, Any]] = [{"agency": CENTRE}, {"agency": CENTRE, "desk": "general"}]


@pytest.mark.parametrize("by", OWN_DESK)
def test_what_a_guardians_desk_takes_in_of_nobody_in_particular_would_be_read_by_nobody(
    by: dict[str, Any],
) -> None:
    guarded = household(acting(**by))
    with pytest.raises(HiddenFromOwnDesk):
        report_abuse(guarded, reporting(victim=None), stamp())
    (hers,) = report_abuse(guarded, reporting(victim=MOTHER), stamp())
    assert hers.label.hidden_from == (FATHER, CHILD)
    (said,) = report_abuse(guarded, reporting(victim=None, hidden_from=[FATHER]), stamp())
    assert said.label.hidden_from == (FATHER,)


@pytest.mark.parametrize("by", OWN_DESK)
def test_what_it_takes_in_of_another_it_goes_on_reading(by: dict[str, Any]) -> None:
    guarded = household(acting(**by), reported())
    (report,) = report_abuse(guarded, reporting(), stamp())
    (checked,) = check_facts(guarded, checking(), stamp(), report=SHARE)
    (taken,) = take_protection(guarded, protecting(), stamp())
    assert {each.label.hidden_from for each in (report, checked, taken)} == {(FATHER,)}


OTHERS: list[dict[str, Any]] = [
    {"agency": SHAKYO},
    {"agency": CENTRE, "desk": "nurses"},
    {"agency": CENTRE, "staff": TANAKA},
    {"staff": TANAKA},
    {},
]


@pytest.mark.parametrize("by", OTHERS)
def test_whoever_else_acts_for_them_the_desk_reads_it(by: dict[str, Any]) -> None:
    """One of the desk may: the others of it read what they wrote."""
    (report,) = report_abuse(household(acting(**by)), reporting(victim=None), stamp())
    assert report.label.hidden_from == (FATHER, MOTHER, CHILD)


def test_a_task_that_is_over_keeps_nothing_from_anybody() -> None:
    over = fact(GuardianshipEnded, of=6, person=MOTHER, reason="resigned")
    given = household(acting(agency=CENTRE), over)
    (report,) = report_abuse(given, reporting(victim=None), stamp())
    assert report.label.hidden_from == (FATHER, MOTHER, CHILD)


def test_a_report_is_taken_in_where_the_support_has_ended() -> None:
    assert report_abuse(household(fact(SupportClosed, reason="x")), reporting(), stamp())


def test_the_victim_belongs_to_the_household() -> None:
    with pytest.raises(NotAMember):
        report_abuse(household(), reporting(victim=STRANGER), stamp())


def checking(**fields: Any) -> CheckFacts:
    return CheckFacts.model_validate({"seen_in_person": True, "finding": "findings-1", **fields})


def test_the_facts_are_checked_about_the_victim() -> None:
    (checked,) = check_facts(household(reported()), checking(), stamp(), report=SHARE)
    assert checked.label.subjects == (CHILD,)
    assert checked.label.hidden_from == (FATHER, MOTHER)
    assert checked.label.tags == ()
    with pytest.raises(UnknownCode):
        check_facts(household(reported()), checking(finding="moon"), stamp(), report=SHARE)


def test_a_report_another_agency_received_is_not_there() -> None:
    for given, by in ((household(), stamp()), (household(reported()), stamp(COORDINATOR))):
        with pytest.raises(Unknown):
            check_facts(given, checking(), by, report=SHARE)


def test_what_names_a_report_is_hidden_from_whom_that_is_hidden_from() -> None:
    given = household(reported(label=label(CHILD, hidden_from=[MOTHER])))
    (checked,) = check_facts(given, checking(hidden_from=[FATHER]), stamp(), report=SHARE)
    (taken,) = take_protection(given, protecting(report=SHARE, hidden_from=[FATHER]), stamp())
    assert checked.label.hidden_from == taken.label.hidden_from == (FATHER, MOTHER)


def protecting(**fields: Any) -> TakeProtection:
    given = {"person": CHILD, "measure": "protection-measures-1"}
    return TakeProtection.model_validate({**given, **fields})


def test_where_somebody_was_brought_to_safety_is_concealed() -> None:
    command = protecting(place="隣市の施設", report=SHARE)
    (taken,) = take_protection(household(reported()), command, stamp())
    assert taken.label.concealed
    assert taken.label.tags == (Tag.LOCATION,)
    assert taken.label.hidden_from == (FATHER, MOTHER)


def test_protection_needs_no_report_and_no_place() -> None:
    (taken,) = take_protection(household(), protecting(), stamp())
    assert (taken.label.concealed, taken.label.tags) == (False, ())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"person": STRANGER}, NotAMember),
        ({"measure": "moon"}, UnknownCode),
        ({"report": SHARE}, Unknown),
    ],
)
def test_protection_names_a_member_a_measure_and_a_report(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        take_protection(household(), protecting(**wrong), stamp())
