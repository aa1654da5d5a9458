"""開示・訂正・利用停止の請求と保存 (個情法76–98条): for the privacy desk, open case or closed."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from domain.conditions import belong, known
from domain.events.rights import (
    CorrectionDecided,
    CorrectionRequested,
    DisclosureDecided,
    DisclosureOutcome,
    DisclosureRequested,
    LegalHoldLifted,
    LegalHoldPlaced,
    Requester,
    UseSuspended,
)
from domain.household import Household
from domain.labels import Category
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import UNKNOWN_DAY, Code, Personal, PersonId, Role, earliest


class RightsCommand(CaseCommand):
    usual_category: ClassVar[Category] = Category.IDENTITY


class RequestDisclosure(RightsCommand):
    person: PersonId
    requester: Requester = Requester.PERSON
    requester_name: Personal | None = None
    scope: Personal


class DecideDisclosure(RightsCommand):
    outcome: DisclosureOutcome
    grounds: tuple[Code, ...] = ()
    child_safety_checked: bool = False
    narrative: tuple[ParagraphDraft, ...] = ()


class RequestCorrection(RightsCommand):
    person: PersonId
    of: int | None = None
    claim: Personal


class DecideCorrection(RightsCommand):
    granted: bool
    reason: Personal


class SuspendUse(RightsCommand):
    person: PersonId
    facts: tuple[int, ...] = ()
    reason: Personal


class PlaceLegalHold(RightsCommand):
    reason: Personal


class LiftLegalHold(RightsCommand):
    reason: Personal


class RequesterNotNamed(Refused):
    """代理人による請求では、代理人の氏名を記録してください。"""


class ChildSafetyNotChecked(Refused):
    """法定代理人からの請求です。開示が子どもの生命・健康・生活を害さないかを確かめてから決定してください。"""


class GroundsMissing(Refused):
    """不開示・部分開示・存否応答拒否には、根拠となる条項を示してください。"""


class GroundsForFullDisclosure(Refused):
    """全部開示には、不開示の根拠を付けません。"""


class HoldAlreadyLifted(Refused):
    """この廃棄の停止は、すでに解かれています。"""


def request_disclosure(
    household: Household, command: RequestDisclosure, stamp: Stamp
) -> list[DisclosureRequested]:
    """個情法83条: the days run from the day the request came in."""
    stamp.requires(Role.PRIVACY)
    belong(household, stamp, command.person)
    if command.requester is not Requester.PERSON and command.requester_name is None:
        raise RequesterNotNamed
    stated_day = stamp.occurred(command.occurred_on)
    received = stamp.today if stated_day == UNKNOWN_DAY else earliest(stated_day)
    days = stamp.profile.settings(stamp.today).disclosure_decision_days
    due = {"request": stamp.new_id("request"), "decide_by": received + timedelta(days=days)}
    return [stated(DisclosureRequested, command, stamp, **due)]


def decide_disclosure(
    household: Household, command: DecideDisclosure, stamp: Stamp, *, request: UUID
) -> list[DisclosureDecided]:
    """Rule 29."""
    stamp.requires(Role.PRIVACY)
    asked = household.rights.disclosures.get(request)
    if asked is None:
        raise Unknown
    if asked.decided:
        raise AlreadyRecorded
    if asked.requester is Requester.REPRESENTATIVE and not command.child_safety_checked:
        raise ChildSafetyNotChecked
    if command.outcome is DisclosureOutcome.FULL and command.grounds:
        raise GroundsForFullDisclosure
    if command.outcome is not DisclosureOutcome.FULL and not command.grounds:
        raise GroundsMissing
    known(stamp, "disclosure-grounds", *command.grounds)
    return [stated(DisclosureDecided, command, stamp, request=request)]


def request_correction(
    household: Household, command: RequestCorrection, stamp: Stamp
) -> list[CorrectionRequested]:
    stamp.requires(Role.PRIVACY)
    belong(household, stamp, command.person)
    _exist(household, command.of)
    return [stated(CorrectionRequested, command, stamp, request=stamp.new_id("request"))]


def decide_correction(
    household: Household, command: DecideCorrection, stamp: Stamp, *, request: UUID
) -> list[CorrectionDecided]:
    stamp.requires(Role.PRIVACY)
    if request not in household.rights.corrections:
        raise Unknown
    if household.rights.corrections[request]:
        raise AlreadyRecorded
    return [stated(CorrectionDecided, command, stamp, request=request)]


def suspend_use(household: Household, command: SuspendUse, stamp: Stamp) -> list[UseSuspended]:
    stamp.requires(Role.PRIVACY)
    belong(household, stamp, command.person)
    _exist(household, *command.facts)
    return [stated(UseSuspended, command, stamp)]


def place_legal_hold(
    household: Household, command: PlaceLegalHold, stamp: Stamp
) -> list[LegalHoldPlaced]:
    """Several may stand at once, each with its own reason; a merged household's record too."""
    stamp.requires(Role.PRIVACY)
    if not household.version:
        raise Unknown
    return [stated(LegalHoldPlaced, command, stamp, hold=stamp.new_id("hold"))]


def lift_legal_hold(
    household: Household, command: LiftLegalHold, stamp: Stamp, *, hold: UUID
) -> list[LegalHoldLifted]:
    stamp.requires(Role.PRIVACY)
    if hold not in household.rights.holds:
        raise Unknown
    if not household.rights.holds[hold]:
        raise HoldAlreadyLifted
    return [stated(LegalHoldLifted, command, stamp, hold=hold)]


def _exist(household: Household, *versions: int | None) -> None:
    if any(version is not None and household.label(version) is None for version in versions):
        raise Unknown
