"""訂正・誤記録: rule 6: nothing is overwritten; a new fact names the one it corrects."""

from domain.correction.correcting import CorrectFact, correct_fact
from domain.correction.history import History
from domain.correction.misfiling import WithdrawMisfiled, withdraw_misfiled

__all__ = ["CorrectFact", "History", "WithdrawMisfiled", "correct_fact", "withdraw_misfiled"]
