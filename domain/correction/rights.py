"""訂正の権限: the desk that wrote it, its chief, or the privacy desk; no other learns of it."""

from collections.abc import Mapping

from domain.conditions import CASE_WORK
from domain.correction.fields import CORRECTIONS, DISCLOSING, NEVER
from domain.correction.history import History
from domain.events import Fact
from domain.household import Household
from domain.knowing import stands
from domain.labels import DESK_ONLY, Label
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Role


class NotCorrectable(Refused):
    """この番号の記録は訂正できません。自分の係が書いた記録の番号か、確かめてください。"""


class CorrectTheOriginal(Refused):
    """これは訂正そのものの記録です。もとの記録を、もう一度訂正してください。"""


class OnlyByPrivacyDesk(Refused):
    """だれに情報を渡したかの記録です。訂正や取消しは、個人情報保護担当に頼んでください。"""


class NoLeadWouldBeLeft(Refused):
    """この記録を取り消すと、主担当のいない世帯になります。先に主担当を定めてください。"""


def may_correct(household: Household, history: History, version: int, stamp: Stamp) -> Recorded:
    """The record, if it exists and is the writer's to correct; otherwise the same refusal."""
    stamp.requires(*CASE_WORK, Role.PRIVACY, Role.IDENTITY)
    recorded = history.at(version)
    if recorded is None or not _is_theirs(household.label(version) or recorded.fact.label, stamp):
        raise NotCorrectable(version=version)
    if not stands(household, version, stamp):
        raise NotCorrectable(version=version)
    if isinstance(recorded.fact, CORRECTIONS):
        raise CorrectTheOriginal(version=version)
    if isinstance(recorded.fact, NEVER):
        raise NotCorrectable(version=version)
    if isinstance(recorded.fact, DISCLOSING) and stamp.capacity.role is not Role.PRIVACY:
        raise OnlyByPrivacyDesk(version=version)
    return recorded


def _is_theirs(label: Label, stamp: Stamp) -> bool:
    """By the label as it reads now."""
    writer = stamp.capacity
    if writer.role is Role.PRIVACY:
        return True
    if (writer.agency, writer.desk) == (label.agency, label.desk):
        return True
    chief = writer.role is Role.CHIEF and writer.agency == label.agency
    return chief and label.category not in DESK_ONLY


def still_led(history: History, otherwise: Mapping[int, Fact | None]) -> None:
    """Rule 17: an open household has exactly one 主担当, whatever is taken back."""
    household = history.household(otherwise)
    if household.is_open and household.lead is None:
        raise NoLeadWouldBeLeft
