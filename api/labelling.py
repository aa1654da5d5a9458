"""ラベル: whoever can read a record may tighten its label at once; taking that back takes two."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import NumberPath, WriteDep
from api.linked import deciding
from api.writing import Write
from domain.household import Household
from domain.labelling import (
    LoosenLabel,
    ProposeLoosening,
    TightenLabel,
    loosen_label,
    propose_loosening,
    tighten_label,
)
from domain.ledger import Decision, Stream

router = APIRouter(prefix="/households/{hid}/facts/{number}", tags=["ラベル・訂正"])


@router.post("/label", summary="記録のラベルを厳しくする")
async def tighten(
    hid: UUID, number: NumberPath, command: TightenLabel, write: WriteDep
) -> Response:
    version = write.version(hid, number)

    def sittings(household: Household) -> Iterable[UUID]:
        at = household.sources.decided_at(version)
        return (*([at.sitting] if at else ()), *household.writings.learned_at((version,)))

    there = await deciding(write, hid, of=sittings)
    step: Decision = tighten_label
    decide = partial(step, version=version)
    return await write(decide, command, Stream(Household, hid), *there)


@router.post("/loosening-proposals", summary="厳しくしたラベルを元に戻すことを起案する")
async def propose(
    hid: UUID, number: NumberPath, command: ProposeLoosening, write: WriteDep
) -> Response:
    version = write.version(hid, number)
    there = await _where_learned(write, hid, version)
    step: Decision = propose_loosening
    decide = partial(step, version=version)
    return await write(decide, command, Stream(Household, hid), *there, brings=["proposal"])


@router.post("/loosening", summary="起案を確かめ、ラベルを元に戻す（起案した人とは別の職員）")
async def loosen(hid: UUID, number: NumberPath, command: LoosenLabel, write: WriteDep) -> Response:
    version = write.version(hid, number)
    there = await _where_learned(write, hid, version)
    step: Decision = loosen_label
    return await write(partial(step, version=version), command, Stream(Household, hid), *there)


async def _where_learned(write: Write, hid: UUID, version: int) -> tuple[Stream, ...]:
    """The sittings where the record was learned whose label that one made stricter."""

    def sittings(household: Household) -> Iterable[UUID]:
        of = household.writings.made_stricter(version)
        return household.writings.learned_at(() if of is None else (of,))

    return await deciding(write, hid, of=sittings)
