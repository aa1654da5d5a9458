"""会議体の担当: who may act for a body, and whether its sitting still takes entries."""

from typing import ClassVar

from pydantic import field_validator

from domain.labels import Category, Tag
from domain.profile import Body
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand
from domain.values import AgencyId, Capacity, Role


class SittingCommand(CaseCommand):
    """What is done at a sitting: the secretariat and the privacy officer can always read that it
    was.
    """

    usual_category: ClassVar[Category] = Category.ORGANISATION

    @field_validator("concealed", "tags")
    @classmethod
    def _is_read(cls, given: bool | tuple[Tag, ...]) -> bool | tuple[Tag, ...]:  # noqa: FBT001
        tags = frozenset() if isinstance(given, bool) else frozenset(given)
        if given is True or not tags.isdisjoint({Tag.INFORMANT, Tag.LOCATION}):
            raise ValueError(
                "会議の記録の全体には、秘匿と、通報者・居場所の印を付けられません。"
                "事務局と個人情報保護担当が読めなくなります。段落だけに付けてください。"
            )
        return given


class NotOfThisBody(Refused):
    """この会議体の招集者の機関でも事務局の係でもないため、この操作はできません。"""


class SittingIsCancelled(Refused):
    """この会議は取りやめになっています。"""


class SittingIsWrittenUp(Refused):
    """この会議は記録の作成まで終わっています。あとから書き加えることはできません。"""


def body_of(sitting: Sitting, stamp: Stamp) -> Body:
    """Rule 28: the body as it was on the day of the sitting."""
    return stamp.profile.body(sitting.body, sitting.held_on)


def in_charge(body: Body, stamp: Stamp) -> None:
    stamp.requires(Role.CONVENER, Role.COORDINATOR)
    if not acts_for(body, stamp.capacity):
        raise NotOfThisBody(body=body.id)


def acts_for(body: Body, capacity: Capacity) -> bool:
    """Whether they convene for the body or keep its secretariat (招集者・代理・事務局): each body
    has its own, which acts for no other.
    """
    convenes = capacity.role is Role.CONVENER and capacity.agency in offices_of(body)
    return convenes or capacity.keeps(body.secretariat)


def offices_of(body: Body) -> frozenset[AgencyId]:
    """The agencies of its convener, of those who may stand in, and of its secretariat."""
    posts = (body.convener, *body.delegates)
    return frozenset({*(post.agency for post in posts), body.secretariat.agency})


def takes_entries(sitting: Sitting) -> None:
    if sitting.cancelled:
        raise SittingIsCancelled
    if sitting.written_up:
        raise SittingIsWrittenUp


def running(sitting: Sitting, stamp: Stamp) -> Body:
    """The body of a sitting that the writer runs and that still takes entries."""
    body = body_of(sitting, stamp)
    in_charge(body, stamp)
    takes_entries(sitting)
    return body
