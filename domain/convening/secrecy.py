"""守秘義務の告知と誓約: for one sitting, or standing for a year at most."""

from datetime import date
from uuid import UUID

from domain.events.sitting import DutyNotified
from domain.profile import NoticeKind
from domain.refusals import Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import Code, Day, Value, months_after


class Pledge(Value):
    """告知・誓約: `standing_until` is the last day of a standing 誓約 given earlier or now."""

    pledged: bool = False
    text_version: Code
    standing_until: Day | None = None


class PledgeNotInForce(Refused):
    """包括的な誓約の期限が、この会議の日より前か、定められた有効期間を超えています。"""


def duty_notified(
    sitting: Sitting, pledge: Pledge, command: CaseCommand, stamp: Stamp, attendee: UUID
) -> list[DutyNotified]:
    """Rule 13; nothing where the same was recorded before."""
    member = sitting.attendees.get(attendee)
    if member is None:
        raise Unknown
    by_pledge = pledge.pledged or pledge.standing_until
    kind = NoticeKind.PLEDGE if by_pledge else NoticeKind.DUTY
    stamp.profile.notice(kind, pledge.text_version)
    _in_force(pledge.standing_until, sitting, stamp)
    told = member.notified and member.pledged >= pledge.pledged
    if told and pledge.standing_until in {None, member.standing_until}:
        return []
    about = {name: getattr(pledge, name) for name in Pledge.model_fields}
    return [stated(DutyNotified, command, stamp, attendee=attendee, **about)]


def _in_force(until: date | None, sitting: Sitting, stamp: Stamp) -> None:
    longest = stamp.profile.settings(sitting.held_on).pledge_months
    if until and not sitting.held_on <= until <= months_after(stamp.today, longest):
        raise PledgeNotInForce(until=until)
