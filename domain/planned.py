"""プランに書けること (rule 3): what a 支援会議 knew goes into no plan, drafted or corrected."""

from collections.abc import Iterable

from domain.conditions import have_consented
from domain.household import Household
from domain.labels import Basis, BySitting
from domain.person import Person
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import PersonId


class SittingInformationInPlan(Refused):
    """支援会議で得た情報は、プランに書けません。本人から聞くか、別の根拠で得た内容を書いてください。"""


def from_no_sitting(
    household: Household,
    bases: Iterable[Basis | None],
    persons: Iterable[PersonId],
    stamp: Stamp,
    people: Iterable[Person],
) -> None:
    """A municipality may let what a 支援会議 knew pass on once the persons consent."""
    if not any(isinstance(basis, BySitting) for basis in bases):
        return
    if not stamp.profile.settings(stamp.today).sitting_information_after_consent:
        raise SittingInformationInPlan
    have_consented(household, persons, stamp.today, stamp, people)
