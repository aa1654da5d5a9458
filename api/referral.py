"""つなぎ: made on a basis, and closed by whoever received it."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import found, kept_in
from api.passing import streams
from domain.household import Household
from domain.ledger import Decision, Stream
from domain.referral import (
    FIRST_RECORDS,
    AcceptReferral,
    MakeReferral,
    ReturnReferral,
    WithdrawReferral,
    accept_referral,
    make_referral,
    return_referral,
    withdraw_referral,
)
from domain.reviewing import ReviewShare, review_referral

router = APIRouter(prefix="/households/{hid}/referrals", tags=["つなぎ"])


@router.post("", summary="つなぎを送る")
async def make(hid: UUID, command: MakeReferral, write: WriteDep) -> Response:
    if command.enclosed is not None:
        enclosed = write.versions(hid, command.enclosed)
        command = command.model_copy(update={"enclosed": enclosed})
    along = FIRST_RECORDS if command.enclosed is None else ()
    rests_on = await streams(write, hid, command, command.enclosed or (), along)
    return await write(make_referral, command, *rests_on, brings=["referral"])


@router.post("/{rid}/acceptance", summary="つなぎを受理する")
async def accept(hid: UUID, rid: UUID, command: AcceptReferral, write: WriteDep) -> Response:
    decide: Decision = accept_referral
    kept = await found(write, lambda recall: kept_in(recall, hid))
    return await write(partial(decide, referral=rid), command, Stream(Household, hid), *kept)


@router.post("/{rid}/return", summary="つなぎを理由を付けて返す")
async def give_back(hid: UUID, rid: UUID, command: ReturnReferral, write: WriteDep) -> Response:
    return await write(partial(return_referral, referral=rid), command, Stream(Household, hid))


@router.post("/{rid}/withdrawal", summary="つなぎを取り下げる")
async def withdraw(hid: UUID, rid: UUID, command: WithdrawReferral, write: WriteDep) -> Response:
    return await write(partial(withdraw_referral, referral=rid), command, Stream(Household, hid))


@router.post("/{rid}/review", summary="同意によらないつなぎを事後に点検する")
async def review(hid: UUID, rid: UUID, command: ReviewShare, write: WriteDep) -> Response:
    return await write(partial(review_referral, referral=rid), command, Stream(Household, hid))
