"""支援措置: quick to start, never ended by its term, and ended by two people."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.concealment import (
    ConcealmentOver,
    EndConcealment,
    ExtendConcealment,
    OwnCounterparty,
    ProposalOutdated,
    ProposeEnding,
    SecondPersonNeeded,
    StartConcealment,
    TermOutOfRange,
    TooEarlyToExtend,
    end_concealment,
    extend_concealment,
    propose_ending,
    start_concealment,
)
from domain.events.person import ConcealmentStarted
from domain.labels import Category
from domain.person import Person
from domain.refusals import RoleNeeded, Unknown, UnknownCode
from domain.stamp import Stamp
from tests.domain.given import (
    CHILD,
    FATHER,
    PROTECTION,
    SATO,
    SHARE,
    STRANGER,
    TANAKA,
    after,
    fact,
    household,
    person,
    stamp,
)

HOME = household()
FIRST, SECOND = stamp(PROTECTION, TANAKA), stamp(PROTECTION, SATO)


def starting(**fields: Any) -> StartConcealment:
    return StartConcealment.model_validate({"threat": "dv", **fields})


def protected(until: str = "2026-04-30") -> Person:
    begun = {"concealment": SHARE, "threat": "dv", "until": until, "counterparties": (FATHER,)}
    return person(fact(ConcealmentStarted, **begun))


def extend(given: Person, by: Stamp = FIRST, **fields: Any) -> Any:
    command = ExtendConcealment.model_validate(fields)
    return extend_concealment(given, HOME, command, by, concealment=SHARE)


def propose(given: Person, by: Stamp = FIRST, reason: str = "concealment-end-reasons-1") -> Any:
    command = ProposeEnding(reason=reason)
    return propose_ending(given, HOME, command, by, concealment=SHARE)


def end(given: Person, proposal: UUID, by: Stamp = SECOND) -> Any:
    return end_concealment(given, HOME, EndConcealment(proposal=proposal), by, concealment=SHARE)


def test_whoever_works_on_the_case_starts_it_for_the_usual_term() -> None:
    command = starting(counterparties=[FATHER], counterparty_names=["元夫"])
    (started,) = start_concealment(person(), HOME, command, stamp())
    assert started.until == date(2027, 4, 1)
    assert started.label.hidden_from == (FATHER,)
    assert started.label.category is Category.ABUSE
    assert started.label.subjects == (CHILD,)
    assert person(started).is_concealed


def test_the_counterparty_need_not_be_known_to_the_ledger() -> None:
    (started,) = start_concealment(person(), HOME, starting(), FIRST)
    assert started.counterparties == ()
    assert start_concealment(person(), HOME, starting(counterparties=[STRANGER]), stamp())


def test_nobody_is_their_own_counterparty() -> None:
    with pytest.raises(OwnCounterparty):
        start_concealment(person(), HOME, starting(counterparties=[CHILD]), stamp())


@pytest.mark.parametrize("until", ["2026-03-31", "2027-04-02"])
def test_the_term_is_a_year_at_most_and_not_over(until: str) -> None:
    with pytest.raises(TermOutOfRange):
        start_concealment(person(), HOME, starting(until=until), stamp())


def test_a_person_of_another_household_is_not_there() -> None:
    with pytest.raises(Unknown):
        start_concealment(person(id=STRANGER), HOME, starting(), stamp())


def test_it_is_extended_from_a_month_before_its_end() -> None:
    (extended,) = extend(protected("2026-05-01"))
    assert extended.until == date(2027, 5, 1)
    assert extended.label.hidden_from == (FATHER,)
    with pytest.raises(TooEarlyToExtend):
        extend(protected("2026-05-02"))


def test_after_its_term_it_still_stands_and_is_extended_from_today() -> None:
    lapsed = protected("2026-03-01")
    assert lapsed.is_concealed
    (extended,) = extend(lapsed)
    assert extended.until == date(2027, 4, 1)


@pytest.mark.parametrize("until", ["2026-04-30", "2027-05-01"])
def test_an_extension_is_longer_but_by_a_year_at_most(until: str) -> None:
    with pytest.raises(TermOutOfRange):
        extend(protected("2026-04-30"), until=until)


def test_only_the_protection_desk_extends_and_ends() -> None:
    for act in (extend, propose):
        with pytest.raises(RoleNeeded):
            act(protected(), stamp())
        with pytest.raises(Unknown):
            act(person())
    with pytest.raises(RoleNeeded):
        end(protected(), SHARE, stamp())


def test_one_proposes_and_another_ends() -> None:
    (proposed,) = propose(protected())
    ending = after(protected(), proposed, staff=TANAKA)
    with pytest.raises(SecondPersonNeeded):
        end(ending, proposed.proposal, FIRST)
    (ended,) = end(ending, proposed.proposal)
    assert (ended.reason, ended.proposed_by) == ("concealment-end-reasons-1", TANAKA)
    over = after(ending, ended)
    assert not over.is_concealed
    for act in (extend, propose):
        with pytest.raises(ConcealmentOver):
            act(over)


def test_only_the_very_proposal_that_was_read_ends_it() -> None:
    with pytest.raises(ProposalOutdated):
        end(protected(), SHARE)
    (proposed,) = propose(protected())
    ending = after(protected(), proposed)
    with pytest.raises(ProposalOutdated):
        end(ending, SHARE)
    (extended,) = extend(ending)
    with pytest.raises(ProposalOutdated):
        end(after(ending, extended), proposed.proposal)


def test_an_ending_has_a_reason_of_the_list() -> None:
    with pytest.raises(UnknownCode):
        propose(protected(), reason="moon")


def test_its_term_alone_never_ends_it() -> None:
    years_later = stamp(PROTECTION, at=datetime(2036, 4, 1, tzinfo=UTC))
    assert protected().is_concealed
    assert extend(protected(), years_later)
