"""招集: for a day, or at once by telephone or online (臨時開催) where the body allows it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.convening.agenda import NewItem, item_added
from domain.convening.charge import SittingCommand, in_charge, offices_of
from domain.convening.invitation import Invitation, attendee_invited
from domain.convening.secrecy import Pledge, duty_notified
from domain.events import SittingFact
from domain.events.sitting import RoomOpened, SittingConvened
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import stated
from domain.values import BodyId, Day, PlainText, months_after

_MONTHS_AHEAD = 24


class ConveneSitting(SittingCommand):
    body: BodyId
    held_on: Day
    place: PlainText | None = None


class Summoned(Invitation):
    """選定の案: `items` count the items of the same command from 0; none means all."""

    items: tuple[Annotated[int, Field(ge=0)], ...] = ()
    duty: Pledge | None = None


class ConveneExtraordinary(SittingCommand):
    body: BodyId
    place: PlainText | None = None
    items: Annotated[tuple[NewItem, ...], Field(min_length=1, max_length=20)]
    attendees: Annotated[tuple[Summoned, ...], Field(min_length=1, max_length=50)]


class TooFarAhead(Refused):
    """会議の日が先すぎます。2年以内の日にしてください。"""


class ExtraordinaryNotAllowed(Refused):
    """この会議体の臨時開催は、この自治体では認められていません。通常の招集をしてください。"""


def convene_sitting(
    sitting: Sitting, command: ConveneSitting, stamp: Stamp
) -> list[SittingConvened]:
    body = stamp.profile.body(command.body, command.held_on)
    in_charge(body, stamp)
    if command.held_on > months_after(stamp.today, _MONTHS_AHEAD):
        raise TooFarAhead
    if sitting.version:
        raise AlreadyRecorded
    days = stamp.profile.settings(command.held_on).write_up_working_days
    due = stamp.profile.working_day_after(command.held_on, days)
    of_body = {"offices": tuple(sorted(offices_of(body))), "secretariat": body.secretariat}
    return [stated(SittingConvened, command, stamp, write_up_due=due, **of_body)]


def convene_extraordinary(
    sitting: Sitting, command: ConveneExtraordinary, stamp: Stamp
) -> list[SittingFact]:
    """Convened, attended and opened in one call, today; the write-up is due like any other."""
    body = stamp.profile.body(command.body, stamp.today)
    if not body.extraordinary_allowed:
        raise ExtraordinaryNotAllowed(body=body.id)
    summons = ConveneSitting(body=command.body, held_on=stamp.today, place=command.place)
    [ordinary] = convene_sitting(sitting, summons, stamp)
    facts: list[SittingFact] = [ordinary.model_copy(update={"extraordinary": True})]
    sitting = sitting.told(facts[0])
    items = [stamp.new_id(f"item-{number}") for number in range(len(command.items))]
    for item, new in zip(items, command.items, strict=True):
        facts.append(item_added(sitting, new, command, stamp, item))
        sitting = sitting.told(facts[-1])
    for number, summoned in enumerate(command.attendees):
        told = _summon(sitting, summoned, items, command, stamp, number=number)
        for fact in told:
            sitting = sitting.told(fact)
        facts += told
    return [*facts, stated(RoomOpened, command, stamp)]


def _summon(  # noqa: PLR0913 - one attendee of many
    sitting: Sitting,
    summoned: Summoned,
    items: list[UUID],
    command: ConveneExtraordinary,
    stamp: Stamp,
    *,
    number: int,
) -> list[SittingFact]:
    if any(place >= len(items) for place in summoned.items):
        raise Unknown
    attendee, named = stamp.new_id(f"attendee-{number}"), tuple(items[i] for i in summoned.items)
    invited = attendee_invited(sitting, summoned, named, command, stamp, attendee=attendee)
    if summoned.duty is None:
        return [invited]
    sitting = sitting.told(invited)
    return [invited, *duty_notified(sitting, summoned.duty, command, stamp, attendee)]
