"""壁の内側: where what was recorded of a person or a sitting stands in a list by itself, it is read
behind the same walls as in the households that it is about.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Situation
from projections.access import cases
from projections.reading import fetch
from projections.sittings import homes_of, lines_of, own_of

Behind = dict[UUID, tuple[Situation, ...]]
"""Of each such stream; what may be read behind one of them may be read."""
_HOMES = """
    SELECT stream, key FROM projections.case_view WHERE key = ANY (%s) AND key LIKE 'member:%%'
    ORDER BY stream
"""


def behind(connection: Connection[Any], streams: Collection[UUID], today: date) -> Behind:
    """Of a person those of each household they belong or belonged to; of a sitting its own."""
    keys, homes = {f"member:{each}": each for each in streams}, dict[UUID, list[UUID]]()
    for home, key in fetch(connection, _HOMES, (list(keys),)):
        homes.setdefault(keys[key], []).append(home)
    held = {each: lines for each, lines in lines_of(connection, streams).items() if lines}
    named = {home for lines in held.values() for home in homes_of(lines)}
    of = cases(connection, sorted(named.union(*homes.values())), today)
    states = {home: case.situation for home, case in of.items()}
    sat = {each: (own_of(each, lines, states),) for each, lines in held.items()}
    return sat | {person: tuple(states[home] for home in at) for person, at in homes.items()}
