"""壁の向こう (rules 2 and 32): what whoever acts for the 相手方 may not read, whoever wrote it, is
not there for them to write of, either: each act answers as to the number of nothing.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from domain.correction import (
    CorrectFact,
    History,
    WithdrawMisfiled,
    correct_fact,
    withdraw_misfiled,
)
from domain.gate import Denial, may_read
from domain.labelling import (
    LoosenLabel,
    ProposeLoosening,
    TightenLabel,
    loosen_label,
    propose_loosening,
    tighten_label,
)
from domain.labels import Tag
from domain.meeting import BringToSitting, bring_to_sitting
from domain.participation import EndGuardianship, end_guardianship
from domain.referral import MakeReferral, make_referral
from domain.refusals import Refused
from domain.sharing import ShareInformation, share_information
from domain.stamp import Stamp
from domain.values import StaffId
from tests.domain.deliberated import held
from tests.domain.given import (
    CHILD,
    CITY,
    FATHER,
    HOUSEHOLD,
    MOTHER,
    SATO,
    SHAKYO,
    TANAKA,
    act,
    after,
    bare,
    label,
)
from tests.domain.telling import AT, FIRST, LAW, TELLING, Case, contact, referred

ABSENT = 900
Act = Callable[[Case, int, Stamp], Sequence[object]]


def answer(act: Act, case: Case, version: int, by: StaffId = TANAKA) -> object:
    """What is decided; or why it is not, but for the number that was named."""
    try:
        return act(case, version, case.by(by)[1])
    except Refused as refused:
        return type(refused), refused.details.keys()


def tighten(case: Case, version: int, by: Stamp) -> Sequence[object]:
    return tighten_label(
        bare(*case.told), act(TightenLabel, hide_from=[FATHER]), by, version=version
    )


def propose(case: Case, version: int, by: Stamp) -> Sequence[object]:
    command = act(ProposeLoosening, reason="一緒に住んでいないことを確かめたため。")
    return propose_loosening(bare(*case.told), command, by, version=version)


def loosen(case: Case, version: int, by: Stamp) -> Sequence[object]:
    command = act(LoosenLabel, proposal=UUID(int=114))
    return loosen_label(bare(*case.told), command, by, version=version)


def correct(case: Case, version: int, by: Stamp) -> Sequence[object]:
    states = bare(*case.told), after(History(id=HOUSEHOLD), *case.told)
    return correct_fact(*states, act(CorrectFact, reason="誤り", void=True), by, version=version)


def withdraw(case: Case, version: int, by: Stamp) -> Sequence[object]:
    states = bare(*case.told), after(History(id=HOUSEHOLD), *case.told)
    return withdraw_misfiled(*states, act(WithdrawMisfiled, reason="誤り", facts=[version]), by)


def share(case: Case, version: int, by: Stamp) -> Sequence[object]:
    about = {"to_agency": CITY, "purpose": "support", "basis": LAW, "facts": [version]}
    return share_information(bare(*case.told), act(ShareInformation, **about), by)


def refer(case: Case, version: int, by: Stamp) -> Sequence[object]:
    about = {"to_agency": CITY, "purpose": "support", "basis": LAW, "enclosed": [version]}
    return make_referral(bare(*case.told), act(MakeReferral, **about), by)


def bring(case: Case, version: int, by: Stamp) -> Sequence[object]:
    command = act(BringToSitting, **AT, subjects=[MOTHER], tabled=[version])
    return bring_to_sitting(bare(*case.told), held(), command, by)


def end(case: Case, version: int, by: Stamp) -> Sequence[object]:
    return end_guardianship(
        bare(*case.told), act(EndGuardianship, reason="resigned"), by, version=version
    )


ACTS: tuple[Act, ...] = (tighten, propose, loosen, correct, withdraw, share, refer, bring, end)


@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_may_not_be_read_is_not_there_to_write_of(name: str, act: Act) -> None:
    case = Case(TELLING[name])
    refused = answer(act, case, case.last)
    assert isinstance(refused, tuple)
    assert refused == answer(act, case, ABSENT)


@pytest.mark.parametrize("name", TELLING)
def test_it_is_what_the_gate_walls_off(name: str) -> None:
    case = Case(TELLING[name])
    reader, by = case.by(TANAKA)
    denied = may_read(reader, case.items[case.last - 1], case.situation)
    assert isinstance(denied, Denial)
    assert denied.rule == "wall"
    assert (HOUSEHOLD, case.last) in by.walled


@pytest.mark.parametrize("name", TELLING)
def test_from_whoever_acts_for_nobody_nothing_is_walled_off(name: str) -> None:
    """And so it is with 田中 where nobody is protected."""
    assert not Case(TELLING[name]).by(SATO)[1].walled
    assert not Case(TELLING[name], protected=False).by(TANAKA)[1].walled


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("her guardian", (tighten, correct, withdraw, end)),
        ("somebody who helps", (tighten, correct, withdraw)),
        ("what others passed on", (tighten,)),
        ("that others made it stricter", (propose,)),
    ],
)
def test_a_colleague_writes_of_it(name: str, acts: Sequence[Act]) -> None:
    """Of her whereabouts, too: it is to the 相手方 alone that there is none of it."""
    case = Case(TELLING[name])
    for each in acts:
        assert isinstance(answer(each, case, case.last, SATO), list), each


def test_what_they_may_read_they_may_write_of() -> None:
    """Their own agency's, that names no other; what is about the father; what another is told."""
    case = Case((contact(), contact(tags=[Tag.PARTNER_AGENCY])))
    for each in (tighten, correct, withdraw):
        assert isinstance(answer(each, case, FIRST), list), each
        assert isinstance(answer(each, case, FIRST + 1), tuple), each
    told = Case((referred(SHAKYO, label(CHILD, FATHER)),))
    assert isinstance(answer(tighten, told, told.last), list)
