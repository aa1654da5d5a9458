"""Pages: what may not be read neither shortens one nor marks where it ends (rule 32)."""

from hypothesis import given
from hypothesis import strategies as st

from projections.reading import filled


def paged(rows: list[bool], limit: int) -> list[tuple[list[int], int | None]]:
    """All pages of rows of which some may be read."""

    def ask(place: int) -> tuple[list[int], int | None]:
        found = range(place + 1, min(place + 1 + limit, len(rows)))
        shown = [row for row in found if rows[row]]
        return shown, found[-1] if len(found) == limit else None

    pages: list[tuple[list[int], int | None]] = []
    place: int = -1
    while True:
        found = filled(ask, lambda row: row, place, limit)
        page, more = found
        pages.append((page, more))
        if more is None:
            return pages
        place = more


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 5))
def test_hidden_rows_leave_no_trace_in_pages_or_places(rows: list[bool], limit: int) -> None:
    readable = [row for row, shown in enumerate(rows) if shown]
    pages = paged(rows, limit)
    assert [row for page, _ in pages for row in page] == readable
    assert all(len(page) == limit for page, _ in pages[:-1])
    assert all(more == page[-1] for page, more in pages[:-1])
    assert pages[-1][0] or not readable
