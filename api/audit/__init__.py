"""監査: what the privacy officer asks of both logs, each question one call."""

from api.audit import explanations, reads, receipts, reviews, sittings, withdrawals

ROUTERS = (
    reads.router,
    sittings.router,
    reviews.router,
    explanations.router,
    receipts.router,
    withdrawals.router,
)
