"""本人同意: per person, agency, category, purpose and period; withdrawn at any time."""

from functools import partial
from typing import cast
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import as_one, found, merged_with, records_of
from domain.consent import (
    GiveConsent,
    SeekConsent,
    SupportDecision,
    WithdrawConsent,
    give_consent,
    seek_consent,
    support_decision,
    withdraw_consent,
)
from domain.household import Household
from domain.ledger import Decision, Recall, Stream
from domain.person import Person
from domain.refusals import Unknown

router = APIRouter(prefix="/households/{hid}", tags=["本人同意"])


@router.post("/consents", summary="本人の同意を記録する")
async def give(hid: UUID, command: GiveConsent, write: WriteDep) -> Response:
    both = [command.person, command.giver or command.person]
    ids = await records_of(write, hid, lambda _: both)
    person = Stream(Person, command.person)
    beside = [each for each in ids if each.id != command.person]
    streams = Stream(Household, hid), person, *beside
    return await write(give_consent, command, *streams, brings=["consent"])


@router.post("/consents/{cid}/withdrawal", summary="同意の撤回を記録する（全部または一部）")
async def withdraw(hid: UUID, cid: UUID, command: WithdrawConsent, write: WriteDep) -> Response:
    def find(recall: Recall) -> tuple[Stream, ...]:
        household = Stream(Household, hid)
        known = cast("Household", recall([household])[0]).consents.consents
        if cid not in known:
            raise Unknown
        whose = cast("Person", recall([Stream(Person, known[cid].person)])[0])
        person = Stream(Person, whose.absorbed_by or whose.id)
        both = as_one(recall, [person.id, known[cid].giver])
        beside = [each for each in both if each.id != person.id]
        return (household, person, *beside, *merged_with(recall, hid))

    decide: Decision = withdraw_consent
    return await write(partial(decide, consent=cid), command, *await found(write, find))


@router.post("/consent-attempts", summary="同意を求めたが得られなかったことを記録する")
async def seek(hid: UUID, command: SeekConsent, write: WriteDep) -> Response:
    return await write(seek_consent, command, Stream(Household, hid))


@router.post("/decision-support", summary="意思決定支援を記録する")
async def support(hid: UUID, command: SupportDecision, write: WriteDep) -> Response:
    return await write(support_decision, command, Stream(Household, hid))
