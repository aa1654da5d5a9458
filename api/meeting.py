"""付議・会議決定: what a household is brought to a sitting for, and what is decided there."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import deciding, found, learned_at, records_of
from api.writing import Write
from domain.events import Fact
from domain.events.meeting import DecisionKind, PersonsHeldBack
from domain.household import Household
from domain.ledger import Decision, Stream
from domain.meeting import (
    AssignRole,
    AtItem,
    BringToSitting,
    DecideInMeeting,
    EndRole,
    StudyCase,
    assign_role,
    bring_to_sitting,
    decide_in_meeting,
    end_role,
    named,
    study_case,
)
from domain.sitting import Sitting

router = APIRouter(prefix="/households/{hid}", tags=["付議・会議決定"])


@router.post("/sitting-items", summary="会議に付議する")
async def bring(hid: UUID, command: BringToSitting, write: WriteDep) -> Response:
    """重層的支援会議の議題では、同意している人のことだけが付議されます。同意のない人は控えられ、
    答えの `held_back` に示されます。
    """
    command = command.model_copy(update={"tabled": write.versions(hid, command.tabled)})

    def about(household: Household) -> Iterable[UUID]:
        labels = [household.label(version) for version in command.tabled]
        return {*command.subjects, *(p for label in labels if label for p in label.subjects)}

    concerned = await records_of(write, hid, about)
    there = await found(
        write, lambda recall: learned_at(recall, hid, command.tabled, besides=command.sitting)
    )
    streams = Stream(Household, hid), Stream(Sitting, command.sitting), *concerned, *there
    brings = [] if command.item else ["item"]
    made = command.item
    tells = partial(held_back, partial(write.opaque.number, hid))
    return await write(bring_to_sitting, command, *streams, brings=brings, made=made, tells=tells)


@router.post("/meeting-decisions", summary="会議の決定を記録する（役割分担を含む）")
async def decide(hid: UUID, command: DecideInMeeting, write: WriteDep) -> Response:
    """重層的支援会議にかける決定では、まだ同意のない人が、答えの `held_back` に示されます。"""
    streams = await at_item(write, hid, command, command.item)
    promoted = command.kind is DecisionKind.PROMOTED
    tells = partial(held_back, partial(write.opaque.number, hid)) if promoted else None
    brings = ["decision", *(f"role-{number}" for number in range(len(command.roles)))]
    return await write(decide_in_meeting, command, *streams, brings=brings, tells=tells)


@router.post("/roles", summary="決定のあとで役割を割り当てる")
async def assign(hid: UUID, command: AssignRole, write: WriteDep) -> Response:
    streams = await at_item(write, hid, command)
    return await write(assign_role, command, *streams, brings=["role"])


@router.post("/roles/{role}/end", summary="役割の終わりを記録する")
async def end(hid: UUID, role: UUID, command: EndRole, write: WriteDep) -> Response:
    """役割を受け持つ係か、その会議体の招集者・事務局が記録します。役割遂行に必要な情報は、次の閲覧から開きません。"""

    def sitting_of(household: Household) -> Iterable[UUID]:
        charge = household.planning.roles.get(role)
        at = household.sources.items.get(charge.decision) if charge else None
        return (at.sitting,) if at else ()

    there = await deciding(write, hid, of=sitting_of)
    sittings = (Stream(Sitting, each.id, found=True) for each in there)
    ends: Decision = end_role
    return await write(partial(ends, role=role), command, Stream(Household, hid), *sittings)


@router.post("/case-studies", summary="事例検討を記録する")
async def study(hid: UUID, command: StudyCase, write: WriteDep) -> Response:
    return await write(study_case, command, *await at_item(write, hid, command, command.item))


async def at_item(
    write: Write, hid: UUID, command: AtItem | AssignRole, item: UUID | None = None
) -> tuple[Stream, ...]:
    """The household, the sitting, and whom the item or the command is about."""

    def about(household: Household) -> Iterable[UUID]:
        brought = household.planning.items.get(item) if item else None
        plan = household.planning.plans.get(getattr(command, "plan", None) or hid)
        taken_up = brought.subjects if brought else ()
        return {*named(command), *taken_up, *(plan.persons if plan else ())}

    sitting = Stream(Sitting, command.sitting)
    return Stream(Household, hid), sitting, *await records_of(write, hid, about)


def held_back(number: Callable[[int], int], facts: Sequence[Fact]) -> dict[str, object]:
    """Whom of those the writer named it did not take up, with which records; no word why."""
    held = [fact for fact in facts if isinstance(fact, PersonsHeldBack)]
    if not held:
        return {}
    persons = [person for fact in held for person in fact.persons]
    records = [number(version) for fact in held for version in fact.tabled]
    words = sum(len(fact.narrative) for fact in held)
    return {"held_back": {"persons": persons, "facts": records, "paragraphs": words}}
