"""What is written down: consultations, notes, reports, stricter labels, corrections, requests."""

from functools import partial
from typing import Any

from domain.abuse import ReportAbuse, TakeProtection, report_abuse, take_protection
from domain.correction import (
    CorrectFact,
    History,
    WithdrawMisfiled,
    correct_fact,
    withdraw_misfiled,
)
from domain.disclosure import (
    PlaceLegalHold,
    RequestDisclosure,
    place_legal_hold,
    request_disclosure,
)
from domain.household import Household
from domain.intake import (
    ReceiveConsultation,
    ScreenConsultation,
    receive_consultation,
    screen_consultation,
)
from domain.labelling import TightenLabel, tighten_label
from domain.ledger import Decision, Stream
from domain.notes import KeepNote, LabelNote, keep_note, label_note
from tests.domain.given import PRIVACY
from tests.laws.acts.said import CATEGORIES, about, versions, words
from tests.laws.town import WOMEN, Town


def consult(town: Town) -> None:
    home = town.household()
    said: dict[str, Any] = {
        **about(town, home),
        "route": town.either("visit", "unheard-of"),
        "consulter": town.one(["self", "family", "neighbour", "agency"]),
        "fields": town.some(["elderly", "disability", "children", "poverty"], 3),
        "narrative": words(town, home),
    }
    if town.seldom():
        said["informant"] = "隣の田中"
    streams = Stream(Household, home)
    town.do(receive_consultation, ReceiveConsultation, streams, as_=town.insider(home), **said)


def screen(town: Town) -> None:
    home = town.household()
    state = town.state(home)
    decide = partial(screen_consultation, consultation=town.thing(state.intake.consultations))
    said: dict[str, Any] = {"result": town.one(["answered", "referred", "continued", "unclear"])}
    if town.seldom(0.8):
        said |= {"keeper": "general", "referral": town.thing(state.referrals.referrals)}
    town.do(decide, ScreenConsultation, Stream(Household, home), as_=town.insider(home), **said)


def keep(town: Town) -> None:
    """A quick note, put in order at once or not."""
    home, key, by = town.household(), town.new_id("note"), town.worker()
    town.do(keep_note, KeepNote, Stream(Household, home), as_=by, text="気になる様子")
    decide = partial(label_note, note=key)
    if town.seldom(0.5):
        said = {"narrative": "様子の記録"}
        town.do(decide, LabelNote, Stream(Household, home), as_=by, **said)


def report(town: Town) -> None:
    home = town.household()
    said: dict[str, Any] = {"kind": "child", "victim": town.member(home), "reporter": "近所の人"}
    told = {**about(town, home), **said, "narrative": words(town, home)}
    town.do(report_abuse, ReportAbuse, Stream(Household, home), as_=town.worker(WOMEN), **told)


def protect(town: Town) -> None:
    home = town.household()
    said: dict[str, Any] = {
        "person": town.member(home),
        "measure": "protection-measures-1",
        "place": "施設",
    }
    town.do(
        take_protection, TakeProtection, Stream(Household, home), as_=town.insider(home), **said
    )


def tighten(town: Town) -> None:
    home = town.household()
    said: dict[str, Any] = {"conceal": town.seldom(0.3)}
    if town.seldom(0.5):
        said["hide_from"] = [town.member(home)]
    if town.seldom(0.5):
        said["to_category"] = town.one(CATEGORIES)
    version = next(iter(versions(town, home)), 1)
    decide: Decision = tighten_label
    step = partial(decide, version=version)
    town.do(step, TightenLabel, Stream(Household, home), as_=town.insider(home), **said)


def correct(town: Town) -> None:
    """A word, a day, or the whole of a record is taken back."""
    home = town.household()
    changes = [
        {"occurred_on": "2026-03"},
        {"narrative": "聞き違いだった。"},
        {"relation": "unknown"},
        {"reason": "closure-reasons-2"},
        {"review_on": "2026-08-01"},
        {"fields": ["elderly"]},
    ]
    said: dict[str, Any] = {"void": True} if town.seldom(0.3) else {"changes": town.one(changes)}
    version = next(iter(versions(town, home)), 2)
    decide: Decision = correct_fact
    decide = partial(decide, version=version)
    streams = Stream(Household, home), Stream(History, home)
    town.do(decide, CorrectFact, *streams, as_=_corrector(town), **said, reason="誤記")


def withdraw_misfilings(town: Town) -> None:
    home = town.household()
    said = {"facts": versions(town, home), "reason": "別の世帯の記録"}
    streams = Stream(Household, home), Stream(History, home)
    town.do(withdraw_misfiled, WithdrawMisfiled, *streams, as_=_corrector(town), **said)


def _corrector(town: Town) -> Any:
    return PRIVACY if town.seldom(0.3) else town.worker()


def ask_disclosure(town: Town) -> None:
    home = town.household()
    said = {"person": town.member(home), "scope": "すべて"}
    by = town.worker(PRIVACY)
    town.do(request_disclosure, RequestDisclosure, Stream(Household, home), as_=by, **said)


def hold(town: Town) -> None:
    by = town.worker(PRIVACY)
    home = Stream(Household, town.household())
    town.do(place_legal_hold, PlaceLegalHold, home, as_=by, reason="審査請求")


ACTS = (
    consult,
    screen,
    keep,
    report,
    protect,
    tighten,
    correct,
    correct,
    withdraw_misfilings,
    ask_disclosure,
    hold,
)
