"""会議体の担当: who may act for a body, and whether its sitting still takes entries."""

from domain.profile import Body
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import AgencyId, Role


class NotOfThisBody(Refused):
    """この会議体の招集者または事務局の機関ではないため、この操作はできません。"""


class SittingIsCancelled(Refused):
    """この会議は取りやめになっています。"""


class SittingIsWrittenUp(Refused):
    """この会議は記録の作成まで終わっています。あとから書き加えることはできません。"""


def body_of(sitting: Sitting, stamp: Stamp) -> Body:
    """Rule 28: the body as it was on the day of the sitting."""
    return stamp.profile.body(sitting.body, sitting.held_on)


def in_charge(body: Body, stamp: Stamp) -> None:
    """The writer convenes for the body or keeps its secretariat (招集者・代理・事務局)."""
    stamp.requires(Role.CONVENER, Role.COORDINATOR)
    if stamp.capacity.agency not in offices_of(body):
        raise NotOfThisBody(body=body.id)


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
