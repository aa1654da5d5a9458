"""Labels (ラベル): who wrote it, about whom, on which basis, and who must not see it. There is no
writing without one.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.values import AgencyId, Code, Day, DeskId, Personal, PersonId, Value


class Category(StrEnum):
    """情報の区分: consent, sharing and reading all speak of these."""

    IDENTITY = "identity"  # 身元・住所
    CONSULTATION = "consultation"  # 相談
    HEALTH = "health"  # 健康・障害
    FINANCE = "finance"  # 経済
    FAMILY = "family"  # 家族関係
    ABUSE = "abuse"  # 虐待・DV
    SCHOOL_WORK = "school-work"  # 就学・就労
    PROGRESS = "progress"  # 支援経過
    ORGANISATION = "organisation"  # 庶務 (sittings, staff, resources: about nobody supported)


_GRAVEST = (Category.ABUSE, Category.HEALTH)
DESK_ONLY = frozenset(_GRAVEST)
"""Rule 1: these cross even the desks of one agency only on a basis."""


def gravest(categories: Collection[Category]) -> Category | None:
    """Of those that stay with a desk the one read by fewest; None where all may cross."""
    return next((each for each in _GRAVEST if each in categories), None)


class Tag(StrEnum):
    """段落の印: what a disclosure request (個情法78条) must look at."""

    THIRD_PARTY = "third-party"  # 第三者の陳述
    PARTNER_AGENCY = "partner-agency"  # 協力機関名
    OPINION = "opinion"  # 評価・判断
    SECRET = "secret"  # 秘匿  # noqa: S105 - the name of a tag
    HARMS_REQUESTER = "harms-requester"  # 請求者に害
    INFORMANT = "informant"  # 通報者
    LOCATION = "location"  # 居場所とその手がかり


class Controller(StrEnum):
    """記録の主体: the city's own record, or the contractor's own undertaking (受託者の自主事業)."""

    CITY = "city"
    CONTRACTOR = "contractor"


class OwnRecord(Value):
    """自機関の記録。"""

    kind: Literal["own"] = "own"


class ByConsent(Value):
    """本人同意による (個情法69条2項1号)。"""

    kind: Literal["consent"] = "consent"
    consent: UUID


class BySitting(Value):
    """支援会議の議題による (社会福祉法106条の6)。"""

    kind: Literal["sitting"] = "sitting"
    sitting: UUID
    item: UUID


class ByStatute(Value):
    """法令の条項による: the article is a code of the profile's list `statutes`."""

    kind: Literal["statute"] = "statute"
    article: Code
    reason: Personal | None = None


class Urgent(Value):
    """生命・身体の急迫の危険による: always reviewed afterwards."""

    kind: Literal["urgent"] = "urgent"
    reason: Personal
    review_due: Day


Basis = Annotated[
    OwnRecord | ByConsent | BySitting | ByStatute | Urgent, Field(discriminator="kind")
]


class Label(Value):
    """ラベル: carried by every fact and every paragraph from the moment it is written."""

    agency: AgencyId
    desk: DeskId
    subjects: tuple[PersonId, ...] = ()
    category: Category
    basis: Basis = OwnRecord()
    hidden_from: tuple[PersonId, ...] = ()
    concealed: bool = False
    tags: tuple[Tag, ...] = ()
    controller: Controller = Controller.CITY


class Paragraph(Value):
    """段落: a piece of narrative; releasing it by consent needs every principal."""

    text: Personal
    told_by: PersonId | None = None
    principals: tuple[PersonId, ...] = ()
    mentioned: tuple[PersonId, ...] = ()
    label: Label


Narrative = tuple[Paragraph, ...]
