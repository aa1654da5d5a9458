"""支援措置・秘匿: begun at once, ended by two people, and never by a date alone."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.concealment import (
    EndConcealment,
    ExtendConcealment,
    ProposeEnding,
    StartConcealment,
    end_concealment,
    extend_concealment,
    propose_ending,
    start_concealment,
)
from domain.household import Household
from domain.ledger import Stream
from domain.person import Person

router = APIRouter(prefix="/households/{hid}/persons/{pid}/concealments", tags=["支援措置・秘匿"])


@router.post("", summary="支援措置を始める")
async def start(hid: UUID, pid: UUID, command: StartConcealment, write: WriteDep) -> Response:
    streams = Stream(Person, pid), Stream(Household, hid)
    return await write(start_concealment, command, *streams, brings=["concealment"])


@router.post("/{cid}/extension", summary="支援措置を延長する")
async def extend(
    hid: UUID, pid: UUID, cid: UUID, command: ExtendConcealment, write: WriteDep
) -> Response:
    streams = Stream(Person, pid), Stream(Household, hid)
    decide = partial(extend_concealment, concealment=cid)
    return await write(decide, command, *streams)


@router.post("/{cid}/ending-proposal", summary="支援措置の終了を起案する")
async def propose(
    hid: UUID, pid: UUID, cid: UUID, command: ProposeEnding, write: WriteDep
) -> Response:
    streams = Stream(Person, pid), Stream(Household, hid)
    decide = partial(propose_ending, concealment=cid)
    return await write(decide, command, *streams, brings=["proposal"])


@router.post("/{cid}/ending", summary="起案された終了を、別の職員が決定する")
async def end(
    hid: UUID, pid: UUID, cid: UUID, command: EndConcealment, write: WriteDep
) -> Response:
    streams = Stream(Person, pid), Stream(Household, hid)
    decide = partial(end_concealment, concealment=cid)
    return await write(decide, command, *streams)
