"""The rules over a year of reads in a small city that nobody chose a threshold on."""

from domain.unusual.thresholds import A_DAY
from tests.bench.alerts import found_in


def test_most_improper_reads_are_named_and_ordinary_work_is_left_alone() -> None:
    found = found_in(7, 4000)

    assert found.reads == 20_000
    assert found.recall > 0.8
    assert found.most <= A_DAY
    assert found.alerts < found.days
