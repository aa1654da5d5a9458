"""集計の照会 (Counting): asked by 分析担当 alone, and written down before the numbers leave."""

from datetime import date, datetime
from threading import Lock
from typing import Any

from api.callers import Read
from api.headers import Purpose
from api.problems import PurposeNeeded
from domain.events.viewing import ReadRefused, RecordsShown
from domain.ledger import Ledger
from domain.profile import Profile
from domain.refusals import RoleNeeded
from domain.values import Period, Role
from replays.statistics import Census, Cut, Report, Statistics, end_of, plain


class Counted:
    """The census of this process: follows the log, so that a report costs what is new in it."""

    def __init__(self, ledger: Ledger, profile: Profile) -> None:
        self._ledger, self._lock = ledger, Lock()
        self._census = Census(profile)

    def report(self, profile: Profile, period: Period, closing: date, at: datetime) -> Report:
        moment = end_of(closing)
        with self._lock:
            self._census.follow(self._ledger)
            now = Cut(self._census.position, at)
            closed = Cut(min(self._ledger.position_at(moment), now.position), moment)
            return Statistics(self._census, profile, period).report(closing, closed, now)


class Counting(Read):
    """Somebody of the 分析担当, for statistics; everybody else is refused, and that is recorded."""

    def admit(self) -> "Counting":
        if self.reader.capacity.role is not Role.ANALYST:
            self._commit(ReadRefused(**self._viewing(), rule="role-needed"))
            raise RoleNeeded(roles=[Role.ANALYST])
        if self.purpose is not Purpose.STATISTICS:
            allowed = [str(Purpose.STATISTICS)]
            raise PurposeNeeded(f"選べる値: {Purpose.STATISTICS}", allowed=allowed)
        return self

    def tell(self, report: Report, recipient: str, basis: str) -> dict[str, Any]:
        """Written down before it leaves: for whom, on which basis, which numbers."""
        asked = {
            "period": f"{report.period.start}/{report.period.end}",
            "closing": str(report.closing),
            "recipient": recipient,
            "basis": basis,
        }
        position = report.now.position
        viewing = {**self._viewing(), "asked": asked, "position": position}
        self._commit(RecordsShown(**viewing, digest=report.digest))
        cuts = {"closed": self._cut(report.closed), "now": self._cut(report.now)}
        return {**plain(report), **cuts, "recipient": recipient, "basis": basis}

    def _cut(self, cut: Cut) -> dict[str, Any]:
        """How long the log is tells nobody anything."""
        return {"position": self.opaque.position(cut.position), "at": cut.at}

    @property
    def counted(self) -> Counted:
        found: Counted = self._request.app.state.counted
        return found
