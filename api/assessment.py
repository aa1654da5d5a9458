"""アセスメントと多機関協働の該当性。"""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import deciding, records_of
from domain.assessment import (
    COLLECTED,
    JudgeEligibility,
    RecordAssessment,
    judge_eligibility,
    record_assessment,
)
from domain.household import Household
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}", tags=["アセスメント"])


@router.post("/assessments", summary="アセスメントを記録する")
async def assess(hid: UUID, command: RecordAssessment, write: WriteDep) -> Response:
    return await write(record_assessment, command, Stream(Household, hid), brings=["assessment"])


@router.post("/eligibility", summary="多機関協働の対象かどうかを判断する")
async def judge(hid: UUID, command: JudgeEligibility, write: WriteDep) -> Response:
    persons = await records_of(write, hid, lambda household: household.people.members)
    there = await deciding(write, hid, of=lambda kept: kept.writings.learned_at((), COLLECTED))
    return await write(judge_eligibility, command, Stream(Household, hid), *persons, *there)
