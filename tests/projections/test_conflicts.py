"""利益相反: what it costs to know where somebody acts for a 相手方 does not grow with the city."""

from uuid import uuid4

import psycopg
import pytest

from projections.conflicts import PROTECTED

_PEOPLE = """
    INSERT INTO projections.people (stream, key, told)
    SELECT gen_random_uuid(), 'identity', repeat('x', 500) FROM generate_series(1, 5000)
"""
_CONCEALED = """
    INSERT INTO projections.people (stream, key, told)
    SELECT gen_random_uuid(), 'concealment:' || n, %s FROM generate_series(1, 20) n
"""


@pytest.mark.usefixtures("runner")
def test_whoever_is_protected_is_found_among_the_protected_alone(url: str) -> None:
    father = f"%{uuid4()}%"
    with psycopg.connect(url) as owner:
        owner.execute(_PEOPLE)
        owner.execute(_CONCEALED, (father.strip("%"),))
        owner.execute("ANALYZE projections.people")
        found = owner.execute(PROTECTED, ([father],)).fetchall()
        lines = owner.execute(f"EXPLAIN ANALYZE {PROTECTED}", ([father],)).fetchall()
    plan = "\n".join(line for (line,) in lines)
    assert len(found) == 20
    assert "Seq Scan" not in plan, plan
    assert "people_stream_idx" in plan, plan
