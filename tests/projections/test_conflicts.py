"""利益相反: what it costs to know where somebody acts for a 相手方 does not grow with the city."""

from uuid import uuid4

import psycopg
import pytest

from projections.conflicts import PROTECTED, THEIRS

_PEOPLE = """
    INSERT INTO projections.people (stream, key, told)
    SELECT gen_random_uuid(), 'identity', repeat('x', 500) FROM generate_series(1, 5000)
"""
_CONCEALED = """
    INSERT INTO projections.people (stream, key, told)
    SELECT gen_random_uuid(), 'concealment:' || n, %s FROM generate_series(1, 20) n
"""

_GUARDIANS = """
    INSERT INTO projections.guardians (stream, key, person, agency, staff)
    SELECT gen_random_uuid(), '1', gen_random_uuid(), 'agency-' || n % 200,
        CASE WHEN n % 2 = 0 THEN gen_random_uuid() END
    FROM generate_series(1, 10000) n
"""
_SEATS = """
    INSERT INTO projections.sittings (stream, key, told, sitting, agency, person, staff)
    SELECT gen_random_uuid(), 'attendee:' || n, repeat('x', 500), gen_random_uuid(),
        'agency-' || n % 200, CASE WHEN n % 3 = 0 THEN gen_random_uuid() END,
        CASE WHEN n % 6 = 0 THEN gen_random_uuid() END
    FROM generate_series(1, 30000) n
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


@pytest.mark.usefixtures("runner")
def test_for_whom_somebody_acts_is_found_among_their_own_alone(url: str) -> None:
    """Among ten thousand guardians, and as many who come to a sitting for somebody."""
    given = {"agencies": ["agency-3", "agency-4"], "staff": uuid4()}
    with psycopg.connect(url) as owner:
        for rows in (_GUARDIANS, _SEATS):
            owner.execute(rows)
        owner.execute("ANALYZE projections.guardians, projections.sittings")
        found = owner.execute(THEIRS, given).fetchall()
        lines = owner.execute(f"EXPLAIN ANALYZE {THEIRS}", given).fetchall()
    plan = "\n".join(line for (line,) in lines)
    assert len(found) == 200
    assert "Seq Scan" not in plan, plan
    for index in ("guardians_agency", "guardians_staff", "sittings_agency_idx1", "sittings_staff"):
        assert index in plan, plan
