"""集計の照会 (Counting): asked by 分析担当 alone, and written down before the numbers leave."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from api.callers import Read
from api.headers import Purpose
from api.problems import PurposeNeeded
from api.receipts import distinct
from domain.events.viewing import ReadRefused, RecordsShown
from domain.refusals import RoleNeeded
from domain.values import Role
from replays.statistics import Cut, Report, plain


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

    def name(self, stream: UUID) -> str:
        """仮名: whoever counts is told of no household by its id."""
        return self.opaque.pseudonym(stream, self.staff)

    def hand(self, body: Mapping[str, Any], households: Iterable[UUID] = ()) -> dict[str, str]:
        """Written down before it leaves: of which households codes are told, and their digest."""
        digest = sha256(to_json(body)).hexdigest()
        viewing = {**self._viewing(), "households": distinct(households)}
        self._commit(RecordsShown(**viewing, digest=digest))
        return self.receipted

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
