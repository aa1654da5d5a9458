"""世帯と世帯員: who belongs to the household, as what, from when until when."""

from enum import StrEnum

from domain.events.base import Fact
from domain.values import AgencyId, Code, DeskRef, HouseholdId, Occurred, Personal, PersonId, Value


class Membership(StrEnum):
    """世帯員の種別: the 住民票 household is not the household that lives or is supported
    together.
    """

    REGISTERED = "registered"  # 住民票同一世帯
    LIVING_TOGETHER = "living-together"  # 同居
    APART = "apart"  # 別居家族
    SUPPORT_ONLY = "support-only"  # 支援上のみ


class Leaving(StrEnum):
    """世帯を離れた事由。"""

    MOVED_OUT = "moved-out"  # 転出
    DIED = "died"  # 死亡
    DIVORCED = "divorced"  # 離婚
    SEPARATED = "separated"  # 世帯分離
    INSTITUTION = "institution"  # 施設入所等
    OTHER = "other"


class HouseholdOpened(Fact):
    """世帯の台帳を開いた。"""

    area: Code | None = None
    household_type: Code | None = None


class MemberJoined(Fact):
    """世帯員となった（続柄・種別・いつから）。`again` は、分かれた・統合した世帯から移した記録。"""

    person: PersonId
    relation: Code
    membership: Membership
    since: Occurred
    source: Code | None = None
    again: bool = False


class MemberLeft(Fact):
    """世帯を離れた。`again` は、統合した世帯から移した記録 (行き先は移さない)。"""

    person: PersonId
    reason: Leaving
    destination: Personal | None = None
    handed_over: bool = False
    again: bool = False


class Wall(Value):
    """壁: from whom something about somebody was hidden in the household they come from."""

    person: PersonId
    hidden_from: tuple[PersonId, ...]


class HouseholdsMerged(Fact):
    """二つの世帯の記録が、同じ世帯のものとして一つになった。`agencies` は移ってきた関係機関。
    `desks` は、同じ機関のほかの係が知らないまま関わっていた係、`secretariats` は取り上げた会議の
    事務局、`walls` は移ってきた壁 (だれにも見せない)。
    """

    source: HouseholdId
    target: HouseholdId
    persons: tuple[PersonId, ...]
    agencies: tuple[AgencyId, ...] = ()
    desks: tuple[DeskRef, ...] = ()
    secretariats: tuple[DeskRef, ...] = ()
    walls: tuple[Wall, ...] = ()


class HouseholdSplit(Fact):
    """世帯が分かれた。`walls` は移っていく壁 (だれにも見せない)。"""

    source: HouseholdId
    target: HouseholdId
    persons: tuple[PersonId, ...]
    walls: tuple[Wall, ...] = ()


MembershipFact = HouseholdOpened | MemberJoined | MemberLeft | HouseholdsMerged | HouseholdSplit
