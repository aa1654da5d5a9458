"""わたし: who the token says I am, and in which capacities I may act today."""

from typing import cast
from uuid import UUID

from fastapi import APIRouter

from api.deps import CallerDep
from domain.ledger import Stream
from domain.staff import Staff
from domain.values import Capacity, StaffId, Value

router = APIRouter(tags=["わたし・設定"])


class HeldToday(Value):
    """今日有効な任命。"""

    appointment: UUID
    capacity: Capacity


class Me(Value):
    """認証された職員。"""

    staff: StaffId
    appointments: tuple[HeldToday, ...]


@router.get("/me", summary="自分の職員番号と、今日有効な任命を読む")
def me(caller: CallerDep) -> Me:
    staff = cast("Staff", caller.ledger.recall(Stream(Staff, caller.staff)))
    held = staff.capacities(caller.today).items()
    appointments = tuple(HeldToday(appointment=key, capacity=each) for key, each in held)
    return Me(staff=caller.staff, appointments=appointments)
