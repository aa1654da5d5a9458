"""本人同意: given by the person alone, as widely as they say, and withdrawn at any time."""

from domain.consent.giving import (
    GiveConsent,
    SeekConsent,
    SupportDecision,
    give_consent,
    seek_consent,
    support_decision,
)
from domain.consent.withdrawing import WithdrawConsent, withdraw_consent

__all__ = [
    "GiveConsent",
    "SeekConsent",
    "SupportDecision",
    "WithdrawConsent",
    "give_consent",
    "seek_consent",
    "support_decision",
    "withdraw_consent",
]
