"""確かめる人: who may look into an unusual read, and whose word on it counts."""

from functools import cache
from uuid import UUID

from api.auditing import Audit
from domain.alerts import may_look
from domain.gate import Reader
from domain.unusual import Alert
from domain.values import StaffId
from projections.alerts import Look
from projections.conflicts import once_sided


class Lookers:
    """As asked in one audit; each member of staff is looked up once."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self._known = cache(audit.services.staff.recall)
        self._sided = cache(self._sided_in)

    def may_look(self, alert: Alert) -> bool:
        officer, today = self._known(self.audit.staff), self.audit.today
        return may_look(self._known(alert.staff), officer, alert.day, today)

    def settled(self, alert: Alert, look: Look | None) -> Look | None:
        """利益相反: what an officer said of many households at once says nothing of those in which
        they take a side, or did: they were not shown that these were among them, and as long as
        they are not, to them it is settled.
        """
        if look is None or not alert.within:
            return look
        return look if alert.within.isdisjoint(self._sided(look.by)) else None

    def _sided_in(self, staff: UUID) -> frozenset[UUID]:
        """By every capacity they ever held."""
        held = [each.capacity for each in self._known(staff).appointments.values()]
        reader = Reader(StaffId(staff), held[0], self.audit.today, others=tuple(held[1:]))
        return self.audit.ask(once_sided, reader)
