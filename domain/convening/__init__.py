"""会議の開催: convened by its body's offices, attended item by item, in a room that opens once."""

from domain.convening.agenda import AddAgendaItem, NewItem, add_agenda_item
from domain.convening.attendance import (
    GiveOutPaper,
    InviteAttendee,
    NotifyDuty,
    RecordDeparture,
    RecordPresence,
    TakeBackPaper,
    give_out_paper,
    invite_attendee,
    notify_duty,
    record_departure,
    record_presence,
    take_back_paper,
)
from domain.convening.room import (
    CancelSitting,
    CloseRoom,
    OpenRoom,
    WriteUpSitting,
    cancel_sitting,
    close_room,
    open_room,
    write_up_sitting,
)
from domain.convening.summons import (
    ConveneExtraordinary,
    ConveneSitting,
    convene_extraordinary,
    convene_sitting,
)

__all__ = [
    "AddAgendaItem",
    "CancelSitting",
    "CloseRoom",
    "ConveneExtraordinary",
    "ConveneSitting",
    "GiveOutPaper",
    "InviteAttendee",
    "NewItem",
    "NotifyDuty",
    "OpenRoom",
    "RecordDeparture",
    "RecordPresence",
    "TakeBackPaper",
    "WriteUpSitting",
    "add_agenda_item",
    "cancel_sitting",
    "close_room",
    "convene_extraordinary",
    "convene_sitting",
    "give_out_paper",
    "invite_attendee",
    "notify_duty",
    "open_room",
    "record_departure",
    "record_presence",
    "take_back_paper",
    "write_up_sitting",
]
