"""監査: what the privacy officer asks of both logs, each question one call."""

from api.audit import (
    alerts,
    drafts,
    explanations,
    reads,
    receipts,
    reviews,
    sittings,
    statements,
    withdrawals,
)

ROUTERS = (
    reads.router,
    sittings.router,
    reviews.router,
    withdrawals.router,
    explanations.router,
    alerts.router,
    statements.router,
    receipts.router,
    drafts.router,
)
