"""The whole municipality as it stood: stream by stream, so that a million facts fit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.clocks import Point, as_of, is_late, misfiled
from domain.events import KIND_OF, Fact, consent, meeting, membership, referral, support
from domain.events.rights import FactCorrected
from domain.household.referrals import ReferralStatus
from domain.ledger import Ledger
from domain.recorded import CORRECTIONS, Recorded
from projections.as_of import MarkKind
from projections.as_of.folding import groups
from projections.case import members, plans, referral_status, reopened
from projections.case_rows import CASE_VIEW, PROJECTION
from projections.frame import frame
from projections.standing import consents
from replays.as_of.events import plain, uncounted
from replays.extracts.concealed import concealed_persons, conceals

_HOUSEHOLD, _AT_ONCE = "household", 200
LISTED: frozenset[type[Fact]] = frozenset(
    {
        *membership.MembershipFact.__args__,
        referral.LeadAgencyNamed,
        referral.WorkHandedOver,
        referral.ReferralMade,
        referral.ReferralAccepted,
        referral.ReferralReturned,
        referral.ReferralWithdrawn,
        consent.ConsentGiven,
        consent.ConsentWithdrawn,
        meeting.PlanDrafted,
        meeting.PlanDecided,
        meeting.PlanRatifiedAfterwards,
        meeting.PlanEvaluated,
        support.SupportClosed,
        support.SupportSuspended,
        support.SupportReopened,
    }
)
"""The facts that a line is made of."""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A household in the list; agency and desk are left out where somebody is concealed. What is
    kept from anybody is not counted, as it is not told of one household by itself.

    `marks` say whether any of what it is made of was written late, corrected, or corrected since.
    """

    household: UUID
    status: str
    cycle: int
    agency: str | None
    desk: str | None
    merged_into: UUID | None
    members: int
    open_referrals: int
    consents_in_force: int
    plans_decided: int
    next_review: date | None
    marks: tuple[MarkKind, ...]


def municipality(
    ledger: Ledger,
    point: Point,
    done: Callable[[int], None] = lambda _facts: None,
    *,
    protected: frozenset[UUID] | None = None,
) -> Iterator[HomeLine]:
    """Every household whose record was open by then, in the order of their ids. `protected` are
    those whose whereabouts are kept, if that is known already.

    One that had become part of another says where its case went on.
    """
    head, read = ledger.head(), 0
    protected = concealed_persons(ledger, head) if protected is None else protected
    for history in ledger.streams(head):
        read += len(history)
        if KIND_OF[type(history[0].fact)] == _HOUSEHOLD:
            line = _line(history, point, protected)
            if line:
                yield line
        done(read)


def some_of(
    ledger: Ledger, point: Point, households: Sequence[UUID], protected: frozenset[UUID]
) -> Iterator[HomeLine]:
    """These households in this order, as far as the record of each was open by then."""
    for at in range(0, len(households), _AT_ONCE):
        histories = ledger.histories(households[at : at + _AT_ONCE])
        lines = (_line(history, point, protected) for history in histories.values() if history)
        yield from (line for line in lines if line)


def _line(history: Sequence[Recorded], point: Point, protected: frozenset[UUID]) -> HomeLine | None:
    stood = _stood(history, point)
    rows = groups(PROJECTION, stood, CASE_VIEW)
    opened = (item.fact for group in rows if group.key == _HOUSEHOLD for item in group.items)
    if not any(isinstance(fact, membership.HouseholdOpened) for fact in opened):
        return None
    whole = frame(rows, point.true_at)
    lead = None if conceals(history, protected) else whole.lead
    kept = uncounted(history)
    told = plain(rows, kept)
    drawn_up = plans(told, reopened(rows))
    reviews = [each.review_on for each in drawn_up if each.review_on and not each.ended]
    standing = {} if whole.merged_into else consents(rows)
    return HomeLine(
        history[0].stream,
        str(whole.status),
        whole.cycle,
        lead.agency if lead else None,
        lead.desk if lead else None,
        whole.merged_into,
        sum(member.left is None for member in members(told)),
        sum(referral_status(group) is ReferralStatus.OPEN for group in told),
        sum(standing[each].stands(point.true_at) for each in consents(told) if each in standing),
        sum(each.decided and not each.ended for each in drawn_up),
        min(reviews, default=None),
        tuple(_marks(history, [r for r in stood if r.version not in kept], point, kept)),
    )


def _stood(history: Sequence[Recorded], point: Point) -> list[Recorded]:
    closed = misfiled(history)
    asked = [r for r in history if type(r.fact) in LISTED or type(r.fact) in CORRECTIONS]
    return [r for r in as_of(asked, point) if r.version not in closed]


def _marks(
    history: Sequence[Recorded], told: Sequence[Recorded], point: Point, kept: frozenset[int]
) -> Iterator[MarkKind]:
    if any(is_late(r.fact, r.recorded_at) for r in told if type(r.fact) not in CORRECTIONS):
        yield MarkKind.LATE
    made_of = {r.version for r in history if type(r.fact) in LISTED and r.version not in kept}
    corrected = [
        r.position for r in history if isinstance(r.fact, FactCorrected) and r.fact.of in made_of
    ]
    if any(position <= point.position for position in corrected):
        yield MarkKind.CORRECTED
    if any(position > point.position for position in corrected):
        yield MarkKind.CORRECTED_SINCE
