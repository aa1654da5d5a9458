"""会議体: its legal basis, its secrecy, who is in the chair and who attends."""

from enum import StrEnum

from domain.profile.dated import Flag, Named, Positive, Text
from domain.values import AgencyId, Code, DeskRef, Value


class LegalBasis(StrEnum):
    """会議の根拠: what an item of this body may rest on."""

    SUPPORT = "support"  # 支援会議 (社会福祉法106条の6; 同意不要・守秘義務)
    LAYERED = "layered"  # 重層的支援会議 (実施要綱; 本人同意)
    OTHER_CONFIDENTIAL = "other-confidential"  # その他の守秘義務のある会議 (要対協など)
    NONE = "none"  # 個人を扱わない


class Handles(StrEnum):
    """個別ケースの扱い。"""

    IDENTIFIED = "identified"  # 個人が分かる形で扱う
    ANONYMOUS = "anonymous"  # 個人が分からない形で扱う
    NONE = "none"  # 扱わない


class ItemKind(StrEnum):
    """議題の種別。"""

    CASE = "case"  # 個別ケース
    TRAINING = "training"  # 研修・勉強会
    POLICY = "policy"  # 施策・体制


class Attendance(StrEnum):
    """出席の区分。"""

    ALWAYS = "always"  # 常に出席
    AS_NEEDED = "as-needed"  # 必要に応じて出席
    PART = "part"  # かかわる議題だけに出席


class PersonAttends(StrEnum):
    """本人・家族の出席。"""

    NO = "no"  # 出席しない
    PART = "part"  # 本人にかかわる部分だけ
    WHOLE = "whole"  # 議題の全部


class Frequency(StrEnum):
    """開催の定め。"""

    MONTHLY = "monthly"  # 毎月
    YEARLY = "yearly"  # 年に times 回
    REGULAR = "regular"  # 定例 (回数の定めはない)
    WITH = "with"  # 別の会議と同時 (案件がなければ開かない)
    AS_NEEDED = "as-needed"  # 随時
    UNSTATED = "unstated"  # 計画に定めがない


class Schedule(Value):
    """開催: `times`–`times_at_most` 回; `also_as_needed` は定例のほかに随時も開くこと。"""

    frequency: Frequency
    times: Positive | None = None
    times_at_most: Positive | None = None
    together_with: Code | None = None
    also_as_needed: Flag = False


class Pace(StrEnum):
    """受け持つ緊急対応度。"""

    ROUTINE = "routine"  # 定例
    URGENT = "urgent"  # 随時・緊急


class Post(Value):
    """職: the title in the chair or convening, and the agency it belongs to."""

    title: Text
    agency: AgencyId


class Tier(Value):
    """出席者の区分: agencies of the profile, and others only described; `person` は本人・家族。"""

    id: Code
    name: Text
    attendance: Attendance
    agencies: tuple[AgencyId, ...] = ()
    others: tuple[Text, ...] = ()
    person: Flag = False


class Body(Named):
    """会議体。定足数は、定めのある自治体だけが書く。臨時開催は、明らかに認めたものだけができる。"""

    authority: Text
    bases: tuple[LegalBasis, ...]
    secrecy: Code
    handles: Handles
    kinds: tuple[ItemKind, ...]
    convener: Post
    delegates: tuple[Post, ...] = ()
    chair: Post | None = None
    secretariat: DeskRef
    tiers: tuple[Tier, ...] = ()
    schedule: Schedule
    pace: Pace | None = None
    closed: Flag = True
    extraordinary_allowed: Flag = False
    pledge_required: Flag = True
    notice_required: Flag = True
    person_attends: PersonAttends = PersonAttends.NO
    quorum: Positive | None = None
    reports_to: tuple[Code, ...] = ()
    functions: tuple[Text, ...] = ()
    note: Text | None = None
