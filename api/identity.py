"""本人: identity, addresses and what a visit must mind, in the stream of the person alone."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.deps import WriteDep
from api.linked import as_one, found
from api.writing import Write
from domain.household import Household
from domain.household.former import Former
from domain.identity import (
    AgreeSafeContact,
    IdentifyPerson,
    MergePersons,
    NoteCareNeed,
    NoteVisitRisk,
    RecordAddress,
    UnmergePersons,
    agree_safe_contact,
    identify_person,
    merge_persons,
    note_care_need,
    note_visit_risk,
    record_address,
    unmerge_persons,
)
from domain.ledger import Stream
from domain.person import Person
from projections.behind import homes

router = APIRouter(tags=["本人"])
_PERSON = "/households/{hid}/persons/{pid}"


def _streams(hid: UUID, pid: UUID) -> tuple[Stream, Stream]:
    return Stream(Person, pid), Stream(Household, hid)


@router.post(f"{_PERSON}/identification", summary="本人を特定する")
async def identify(hid: UUID, pid: UUID, command: IdentifyPerson, write: WriteDep) -> Response:
    return await write(identify_person, command, *_streams(hid, pid))


@router.post(f"{_PERSON}/addresses", summary="住所・居所を記録する")
async def locate(hid: UUID, pid: UUID, command: RecordAddress, write: WriteDep) -> Response:
    return await write(record_address, command, *_streams(hid, pid), brings=["address"])


@router.post(f"{_PERSON}/safe-contact", summary="安全な連絡方法を取り決める")
async def agree(hid: UUID, pid: UUID, command: AgreeSafeContact, write: WriteDep) -> Response:
    return await write(agree_safe_contact, command, *_streams(hid, pid))


@router.post(f"{_PERSON}/care-needs", summary="通訳や配慮の必要を記録する")
async def need(hid: UUID, pid: UUID, command: NoteCareNeed, write: WriteDep) -> Response:
    return await write(note_care_need, command, *_streams(hid, pid))


@router.post(f"{_PERSON}/visit-risks", summary="訪問時の危険を記録する")
async def warn(hid: UUID, pid: UUID, command: NoteVisitRisk, write: WriteDep) -> Response:
    return await write(note_visit_risk, command, *_streams(hid, pid))


@router.post("/persons/{pid}/merger", summary="同じ人の記録を一つにまとめる（名寄せ担当）")
async def merge(pid: UUID, command: MergePersons, write: WriteDep) -> Response:
    return await write(merge_persons, command, *await _both(write, pid, command.absorbed))


@router.post("/persons/{pid}/merger/cancellation", summary="まとめた記録を元に戻す（名寄せ担当）")
async def unmerge(pid: UUID, command: UnmergePersons, write: WriteDep) -> Response:
    both = await _both(write, pid, command.absorbed)
    streams = (*both, *await _homes(write, [stream.id for stream in both]))
    return await write(unmerge_persons, command, *streams)


async def _both(write: Write, survivor: UUID, absorbed: UUID) -> tuple[Stream, ...]:
    """And all others with whom the survivor is one."""
    whole = await found(write, lambda recall: as_one(recall, [survivor]))
    others = [stream for stream in whole if stream.id not in {survivor, absorbed}]
    return Stream(Person, survivor), Stream(Person, absorbed), *others


async def _homes(write: Write, persons: list[UUID]) -> tuple[Stream, ...]:
    """Wherever any of them belongs or belonged, by all that was recorded by now; also where the
    writer stands aside, or parting them would tell of it.
    """

    def look() -> list[UUID]:
        _ = write.author  # nobody without an appointment learns what is there
        write.services.wait_until_shown()
        return write.services.tables.read(lambda c: sorted(homes(c, persons).households))

    found = await run_in_threadpool(look)
    return tuple(Stream(Former, each, new=True, found=True) for each in found)
