"""残っているもの: what keeps a case from ending, and who may be told which.

A case does not end over what others have begun in it, whether or not whoever ends it may know of
that: it would cut short what they do, and leave a つなぎ without an answer (rule 15). So it cannot
but tell that something is left. But it does so last, to somebody whose ending would have been
recorded otherwise, and it does not say what it is, or whose: the 主担当 and the offices of the
meeting settle it with those concerned, each of whom is told which of their own is open.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.household.support import Stage
from domain.knowing import knows_of
from domain.refusals import Refused
from domain.siding import stands_beside
from domain.stamp import Stamp


class StillOpen(Refused):
    """終わっていないものが残っています。つなぎの回答、プランの事後承認、参加支援の終了を先に記録してください。"""


class ReferralUnanswered(Refused):
    """つなぎの回答を待っています。回答を記録するか、つなぎを取り下げてから中断してください。"""


class StillOpenElsewhere(Refused):
    """お示しできない記録に、終わっていないものがあります。主担当か会議の事務局をとおして、関わっている機関それぞれに、終わっていないものがないか確かめてもらってください。"""


class PlanNotEvaluated(Refused):
    """プランの評価がまだ済んでいません。会議で評価してから終えてください。"""


Left = Mapping[str, Iterable[UUID]]


def left_open(household: Household) -> Left:
    """What is still to be answered, ratified or ended."""
    stages = household.support.participations
    return {
        **unanswered(household),
        "plans": household.planning.unratified,
        "participations": [k for k, stage in stages.items() if stage is not Stage.ENDED],
    }


def unanswered(household: Household) -> Left:
    """Rule 15: the つなぎ that their receivers have not answered yet."""
    referrals = household.referrals.referrals
    return {"referrals": [k for k, r in referrals.items() if r.status is ReferralStatus.OPEN]}


def unevaluated(household: Household, *, at_end: bool) -> Left:
    """The plans that were decided and not looked at again: so far, or at their end."""
    decided = {key: plan for key, plan in household.planning.plans.items() if plan.decided}
    done = [key for key, p in decided.items() if p.ended or (p.evaluated and not at_end)]
    return {"plans": [key for key in decided if key not in done]}


def nothing_known_left(
    household: Household, left: Left, refusal: type[Refused], stamp: Stamp
) -> None:
    """Names what of it the writer knows of."""
    named = {name: [k for k in keys if _named(household, k, stamp)] for name, keys in left.items()}
    if any(named.values()):
        raise refusal(**named)


def nothing_left(*left: Left) -> None:
    """Asked last."""
    if any(keys for each in left for keys in each.values()):
        raise StillOpenElsewhere


def _named(household: Household, thing: UUID, stamp: Stamp) -> bool:
    """Nothing to whoever acts for one of them; no つなぎ that is hidden from somebody, or that is
    between other agencies.
    """
    if stands_beside(household, stamp):
        return False
    referral = household.referrals.referrals.get(thing)
    if referral is None:
        return knows_of(household, thing, stamp)
    ends = {referral.from_agency, referral.to_agency}
    return not referral.hidden and stamp.capacity.agency in ends
