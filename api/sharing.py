"""情報提供・協力依頼: nothing leaves without a basis that covers whom, what, to whom and when."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.passing import streams
from domain.household import Household
from domain.ledger import Stream
from domain.reviewing import ReviewShare, review_information_request, review_share
from domain.sharing import (
    AnswerInformationRequest,
    RequestInformation,
    ShareInformation,
    answer_information_request,
    request_information,
    share_information,
)

router = APIRouter(prefix="/households/{hid}", tags=["情報提供・協力依頼"])


@router.post("/shares", summary="情報を提供したことを記録する")
async def share(hid: UUID, command: ShareInformation, write: WriteDep) -> Response:
    command = command.model_copy(update={"facts": write.versions(hid, command.facts)})
    rests_on = await streams(write, hid, command, command.facts)
    return await write(share_information, command, *rests_on, brings=["share"])


@router.post("/shares/{sid}/review", summary="同意によらない提供を事後に点検する")
async def review(hid: UUID, sid: UUID, command: ReviewShare, write: WriteDep) -> Response:
    return await write(partial(review_share, share=sid), command, Stream(Household, hid))


@router.post("/information-requests", summary="協力を依頼する（社会福祉法106条の6第3項）")
async def request(hid: UUID, command: RequestInformation, write: WriteDep) -> Response:
    rests_on = await streams(write, hid, command)
    return await write(request_information, command, *rests_on, brings=["request"])


@router.post("/information-requests/{rid}/answer", summary="協力依頼への回答を記録する")
async def answer(
    hid: UUID, rid: UUID, command: AnswerInformationRequest, write: WriteDep
) -> Response:
    decide = partial(answer_information_request, request=rid)
    return await write(decide, command, Stream(Household, hid))


@router.post("/information-requests/{rid}/review", summary="同意によらない協力依頼を事後に点検する")
async def review_request(hid: UUID, rid: UUID, command: ReviewShare, write: WriteDep) -> Response:
    decide = partial(review_information_request, request=rid)
    return await write(decide, command, Stream(Household, hid))
