"""ラベル: whoever can read a record may tighten its label at once."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import VersionPath, WriteDep
from domain.household import Household
from domain.labelling import TightenLabel, tighten_label
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}/facts/{version}", tags=["ラベル・訂正"])


@router.post("/label", summary="記録のラベルを厳しくする")
async def tighten(
    hid: UUID, version: VersionPath, command: TightenLabel, write: WriteDep
) -> Response:
    return await write(partial(tighten_label, version=version), command, Stream(Household, hid))
