"""The whole of a household at a point of both clocks, before anybody's eyes: for those who hold no
key, and show codes and days alone.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.clocks import Point
from projections.as_of.histories import Histories
from projections.as_of.past_case import PastCase, as_it_stood
from projections.case_view import CaseView, composed
from projections.frame import frame

NOW = Point(date.max, 2**62)


def whole_of(histories: Histories, household: UUID) -> tuple[PastCase, CaseView] | None:
    """What its facts added up to, sealed; None when there was no such household.

    圏域 is withheld as long as anybody of it is concealed, then or today.
    """
    case = as_it_stood(histories, household)
    if not case.opened(household):
        return None
    whole = frame(case.of[household], case.today)
    if _anybody_concealed(case) or _anybody_concealed(as_it_stood(histories.at(NOW), household)):
        whole = replace(whole, area=None)
    streams = (*reversed(case.earlier(household)), household)
    return case, composed(case, {each: case.of[each] for each in streams}, {}, whole)


def _anybody_concealed(case: PastCase) -> bool:
    return any(person.concealed for person in case.persons.values())
