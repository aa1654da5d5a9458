"""機関・所管課・係・圏域・事業: who does the work, under whose charge, and where."""

from enum import StrEnum

from domain.labels import Category
from domain.profile.dated import Count, Flag, Named, Text
from domain.values import AgencyId, Code, Role, Value


class Operation(StrEnum):
    """実施方式。"""

    DIRECT = "direct"  # 直営
    ENTRUSTED = "entrusted"  # 委託
    SUBSIDISED = "subsidised"  # 補助
    INDEPENDENT = "independent"  # 独立 (市の事業ではない関係機関)


class Section(Named):
    """所管課。"""


class Desk(Named):
    """係・事業: `category` labels what is written there; `offices` are the roles it exists for."""

    category: Category = Category.CONSULTATION
    fields: tuple[Code, ...] = ()
    operation: Operation | None = None
    offices: tuple[Role, ...] = ()


class Agency(Named):
    """機関: `inside` は市の機関（職員は地方公務員）、`access` は台帳を使うかどうか。"""

    section: Code | None = None
    operation: Operation
    operator: Text | None = None
    fields: tuple[Code, ...] = ()
    inside: Flag
    access: Flag = True
    reveals_place: Flag = False
    desks: tuple[Desk, ...] = ()


class AreaKind(StrEnum):
    """圏域の種別。"""

    DAILY_LIFE = "daily-life"  # 日常生活圏域・包括の担当圏域
    SECOND_LAYER = "second-layer"  # 生活支援体制整備事業の第2層圏域
    WHOLE = "whole"  # 市全域
    WIDE = "wide"  # 広域 (他市と共同)


class Area(Named):
    """圏域: one may have several centres, and a centre may serve several."""

    kind: AreaKind
    centres: tuple[AgencyId, ...] = ()


class Project(StrEnum):
    """社会福祉法106条の4第2項の各号。"""

    CONSULTATION_ELDERLY = "1-i"  # 1号イ 地域包括支援センター
    CONSULTATION_DISABILITY = "1-ro"  # 1号ロ 障害者相談支援
    CONSULTATION_CHILDREN = "1-ha"  # 1号ハ 利用者支援
    CONSULTATION_NEEDY = "1-ni"  # 1号ニ 自立相談支援
    PARTICIPATION = "2"  # 2号 参加支援
    COMMUNITY = "3"  # 3号柱書 生活困窮者支援等のための地域づくり
    COMMUNITY_PREVENTION = "3-i"  # 3号イ 地域介護予防活動支援
    COMMUNITY_LIFE = "3-ro"  # 3号ロ 生活支援体制整備
    COMMUNITY_CENTRE = "3-ha"  # 3号ハ 地域活動支援センター
    COMMUNITY_CHILDCARE = "3-ni"  # 3号ニ 地域子育て支援拠点
    OUTREACH = "4"  # 4号 アウトリーチ等を通じた継続的支援
    MULTI_AGENCY = "5"  # 5号・6号 多機関協働、支援プランの作成
    OTHER = "other"  # 市が独自に位置づける事業


class Staffing(Value):
    """実施体制: how many of whom."""

    post: Text
    number: Count
    agency: AgencyId | None = None


class Service(Named):
    """事業: what a plan may use; `sites` は箇所数。"""

    projects: tuple[Project, ...]
    fields: tuple[Code, ...] = ()
    operations: tuple[Operation, ...]
    sections: tuple[Code, ...] = ()
    agencies: tuple[AgencyId, ...] = ()
    sites: Count | None = None
    staffing: tuple[Staffing, ...] = ()
    note: Text | None = None
