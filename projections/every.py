"""Every projection there is, for those who run, rebuild or wait for them."""

from projections import (
    alerts,
    attachments,
    case_view,
    caseload,
    disclosures,
    people,
    reads,
    resources,
    reviews,
    sittings,
    staff,
    tasks,
    timeline,
)
from projections.projection import Projection

PROJECTIONS: tuple[Projection, ...] = (
    alerts.PROJECTION,
    attachments.PROJECTION,
    case_view.PROJECTION,
    caseload.PROJECTION,
    disclosures.PROJECTION,
    people.PROJECTION,
    resources.PROJECTION,
    reviews.PROJECTION,
    sittings.PROJECTION,
    staff.PROJECTION,
    tasks.PROJECTION,
    timeline.PROJECTION,
)
READS: tuple[Projection, ...] = (reads.PROJECTION,)
"""Those that follow the 閲覧簿 instead of the ledger."""
BOOK_NAMES = tuple(projection.name for projection in READS)
NAMES = tuple(projection.name for projection in PROJECTIONS)
GATING = tuple(projection.name for projection in PROJECTIONS if not projection.stops)
"""By these it is decided who may read; what stops at a fact is only a register of its own."""
