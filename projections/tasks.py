"""Tasks (やること): what a fact asks of somebody, until when, and which fact has answered it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.consent import ConsentGiven, ConsentSought
from domain.events.membership import Leaving, MemberLeft
from domain.events.rights import IncidentOpened, PersonNotified
from domain.gate import Reader, Situation
from domain.household.support import Status
from projections.access import Case, cases
from projections.asking import ANSWERS, HEARD, RENEWED, STAYS, TASKS
from projections.behind import Behind, homes
from projections.case import mergers
from projections.frame import frame
from projections.projection import Projection
from projections.reading import Group, fetch, filled, groups, readable
from projections.standing import consents, ended
from projections.task import Cursor, Task, TaskPage, among, place_of, seen_by, task_of
from projections.task_rows import rows

__all__ = ["PROJECTION", "TASKS", "Task", "TaskPage", "rows", "tasks"]

PROJECTION = Projection("tasks", 8, (TASKS,), rows)
_CHUNK = 100
_START = (date.min, UUID(int=0), "")


_TIGHTENED = "SELECT FROM projections.tasks l WHERE l.stream = t.stream"
_VEILED = f"""(t.again IS TRUE
        OR NOT coalesce(t.barred, '[]')::jsonb <@ coalesce(t.under, '[]')::jsonb
        OR EXISTS ({_TIGHTENED} AND l.key = 'tightened:' || t.last))"""
"""What some of those who are asked may not read settles it, or asks for it anew."""
_ASKED = """
    SELECT t.stream, t.key, t.told, t.kind, t.due, t.agency, t.desk, t.role
    FROM {rows} t
    LEFT JOIN projections.caseload c ON c.stream = t.stream AND c.key = 'household'
    WHERE t.kind IS NOT NULL AND (t.agency IS NULL OR t.agency = %(agency)s)
        AND (t.role IS NULL OR t.role = %(role)s)
        AND (t.cycle IS NOT TRUE OR c.stream IS NULL
            OR (t.version > coalesce(c.ended, 0)
                AND (c.status = 'open' OR t.kind = ANY (%(heard)s))
                AND (c.merged_into IS NULL OR t.kind = ANY (%(stays)s))))
"""
_SELECT = f"""{_ASKED.format(rows="projections.tasks")}
        AND t.done IS NOT TRUE AND t.since <= %(today)s AND NOT {_VEILED}
        AND NOT ({RENEWED})
        AND (%(whole)s OR t.desk IS NULL OR t.desk = %(desk)s)
        AND (t.staff IS NULL OR t.staff = %(staff)s)
        AND (coalesce(t.due, '9999-12-31'::date), t.stream, t.key)
            > (%(due)s, %(stream)s, %(key)s)
    ORDER BY coalesce(t.due, '9999-12-31'::date), t.stream, t.key LIMIT %(limit)s
"""
_BEHIND_A_VEIL = f"""
    WITH veiled AS (
        SELECT t.* FROM projections.tasks t
        WHERE (t.again IS TRUE OR t.barred IS NOT NULL)
            AND (t.agency IS NULL OR t.agency = %(agency)s) AND {_VEILED}
        UNION SELECT t.* FROM projections.tasks l JOIN projections.tasks t
            ON t.stream = l.stream AND 'tightened:' || t.last = l.key
        WHERE l.key LIKE 'tightened:%%'
    )
    {_ASKED.format(rows="veiled")}
"""  # noqa: S608 - our own names

_OF_SOMEBODY = frozenset({"renew-consent", "seek-consent"})
_OF_PLANS = frozenset({"review-plan", "ratify-plan"})
_NEW_PLAN = """
    SELECT 1 FROM projections.tasks WHERE stream = %s AND key LIKE 'plan:%%'
        AND version > %s LIMIT 1
"""


def tasks(
    connection: Connection[Any],
    *,
    reader: Reader,
    whole_agency: bool = False,
    after: Cursor | None = None,
    limit: int = _CHUNK,
) -> TaskPage:
    """What the reader's desk (or whole agency) has to do, as far as they may see it."""
    given = {
        "today": reader.today,
        "agency": reader.capacity.agency,
        "desk": reader.capacity.desk,
        "role": str(reader.capacity.role),
        "staff": reader.staff,
        "whole": whole_agency,
        "stays": list(STAYS),
        "heard": list(HEARD),
        "limit": limit,
    }

    def ask(place: Cursor) -> tuple[list[Task], Cursor | None]:
        due, stream, key = place
        found = fetch(connection, _SELECT, {**given, "due": due, "stream": stream, "key": key})
        more = len(found) == limit
        last = (found[-1][4] or date.max, found[-1][0], found[-1][1]) if more else None
        return _tasks(connection, found, reader), last

    veiled = _tasks(connection, fetch(connection, _BEHIND_A_VEIL, given), reader)
    as_seen = seen_by(reader, veiled, reader.today, whole_agency=whole_agency)
    return TaskPage(*filled(among(ask, as_seen), place_of, after or _START, limit))


def _tasks(connection: Connection[Any], found: Sequence[Any], reader: Reader) -> list[Task]:
    if not found:
        return []
    streams = list({row[0] for row in found})
    at = homes(connection, streams)
    of = cases(connection, sorted(at.households.union(streams)), reader.today)
    wanted = [
        task_of(asked, *said)
        for stream, key, told, *said in found
        for asked in groups([(stream, key, told)])
    ]

    def replanned(household: UUID, since: int) -> bool:
        return bool(fetch(connection, _NEW_PLAN, (household, since)))

    here = {each: of[each] for each in streams}
    return standing_of(wanted, here, at.within(of), replanned, reader)


Replanned = Callable[[UUID, int], bool]
"""Whether a household has had a new plan since a version."""


def standing_of(
    wanted: Iterable[Task],
    of: Mapping[UUID, Case],
    walls: Behind,
    replanned: Replanned,
    reader: Reader,
) -> list[Task]:
    """Those of the tasks that are still to be done, as far as the reader may see them."""
    states = {stream: (case.situation,) for stream, case in of.items()} | walls
    found = []
    for task in wanted:
        for state in states[task.stream]:
            if seen := readable([task.group], reader, state):
                asked = _Asked(seen[0], of[task.stream], reader, state)
                if _stands(task.kind, asked) and _stays(replanned, task, asked.case):
                    found.append(task._replace(group=seen[0]))
                break
    return found


def _stays(replanned: Replanned, task: Task, case: Case) -> bool:
    """Of a household that became part of another: what others wait for is answered in any case, the
    rest is done as long as the case goes on, a plan until there is a new one.
    """
    way = case.way(task.stream)
    if len(way) == 1 or task.kind in ANSWERS:
        return True
    *_, before, kept = way
    if ended(task.stream, case.of) or frame(case.of[kept], case.today).status is not Status.OPEN:
        return False
    came = mergers(case.of[kept])[before].version
    return task.kind not in _OF_PLANS or not replanned(kept, came)


class _Asked(NamedTuple):
    """What is left to be done, as this reader knows the case."""

    group: Group
    case: Case
    reader: Reader
    state: Situation


def _stands(kind: str, asked: _Asked) -> bool:
    """Whether anything is left to do, where a single fact cannot say so."""
    group = asked.group
    facts = [item.fact for item in group.items]
    if kind in _OF_SOMEBODY and _died(asked):
        return False
    if kind == "renew-consent":
        return any(_remains(given, group) for given in facts if isinstance(given, ConsentGiven))
    if kind == "seek-consent":
        return not _consented(asked)
    if kind == "notify-persons":
        told = {fact.person for fact in facts if isinstance(fact, PersonNotified)}
        return any(set(f.persons) - told for f in facts if isinstance(f, IncidentOpened))
    return True


def _died(asked: _Asked) -> bool:
    """Whether the person whose consent it is has died, as far as the reader may know of it."""
    case, first = asked.case, asked.group.items[0].fact
    persons = case.ids(first.person) if isinstance(first, ConsentGiven | ConsentSought) else ()
    return any(
        item.fact.reason is Leaving.DIED and item.fact.person in persons
        for rows in case.of.values()
        for group in readable(rows, asked.reader, asked.state)
        for item in group.items
        if isinstance(item.fact, MemberLeft)
    )


def _consented(asked: _Asked) -> bool:
    """Whether the person has consented since, under whichever id and wherever the case is kept, as
    far as the reader may know of it.
    """
    case, last = asked.case, asked.group.items[-1]
    persons = case.ids(last.fact.person) if isinstance(last.fact, ConsentSought) else frozenset()
    return any(
        consent.given.person in persons
        and (household != asked.group.stream or consent.version > last.version)
        for household, rows in case.of.items()
        for key, consent in case.consents(household).items()
        if key in consents(readable(rows, asked.reader, asked.state))
    )


def _remains(given: ConsentGiven, group: Group) -> bool:
    """Whether withdrawals have left anything of the consent, or it has to be asked for again."""
    consent = consents([group])[given.consent]
    unsettled = any(cut.by is None for cut in consent.withdrawn)
    return unsettled or consent.stands(given.period.start)
