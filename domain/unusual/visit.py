"""訪れ: all that one member of staff opened of one household on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.unusual.circumstances import Bond, Circumstances, Near, bond
from domain.unusual.reads import ReadLine, ReceiptRef
from domain.unusual.thresholds import RECEPTION, SLIP
from domain.values import OFFICES

"""個人情報保護・名寄せ・支援措置: whose work it is to read what is no work of their desk."""


@dataclass(frozen=True, slots=True)
class Visit:
    household: UUID
    day: date
    reads: tuple[ReadLine, ...]
    bond: Bond
    known: Circumstances
    slipped: bool = False

    @property
    def first(self) -> ReadLine:
        return self.reads[0]

    @property
    def receipts(self) -> tuple[ReceiptRef, ...]:
        return tuple(dict.fromkeys(read.receipt for read in self.reads))

    @property
    def strange(self) -> bool:
        """Whether nothing explains it: no tie, no office, nobody just taken in."""
        return not (self.bond.related or self.by_office or self.at_reception)

    @property
    def by_office(self) -> bool:
        return self.first.role in OFFICES

    @property
    def at_reception(self) -> bool:
        """Whether they opened it for somebody who had come to the window."""
        return all(received(read, self.day, self.known) for read in self.reads)


def received(read: ReadLine, day: date, known: Circumstances) -> bool:
    """Whether the reader wrote down a consultation within the hour, and may have opened this one to
    see whether it was the same family: a namesake, or a name not known yet.
    """
    here = known.surnames(read.household) if read.household and read.opens else frozenset()
    for taken in known.receptions(read.staff, day):
        names = known.surnames(taken.household)
        if abs(read.at - taken.at) <= RECEPTION and (not here or not names or here & names):
            return True
    return False


def visits(day: date, reads: Iterable[ReadLine], known: Circumstances) -> list[Visit]:
    """Of one reader on one day, in the order of their first look."""
    opened: dict[UUID, list[ReadLine]] = {}
    for read in reads:
        if read.household is not None and read.opens:
            opened.setdefault(read.household, []).append(read)
    bonds = {household: _bond(mine, known) for household, mine in opened.items()}
    of_work = [
        read
        for household, mine in opened.items()
        if bonds[household].near >= Near.DESK
        for read in mine
    ]
    return [
        Visit(household, day, tuple(mine), bonds[household], known, _slipped(mine, of_work))
        for household, mine in opened.items()
    ]


def _bond(reads: Sequence[ReadLine], known: Circumstances) -> Bond:
    """In the capacity that has least to do with it, should the reader have read in several."""
    ties = known.ties(reads[0].household) if reads[0].household else ()
    capacities = {(read.agency, read.desk): read for read in reads}
    return min((bond(read, ties) for read in capacities.values()), key=lambda found: found.near)


def _slipped(reads: Sequence[ReadLine], of_work: Sequence[ReadLine]) -> bool:
    """Looked once, and within moments at a household of the reader's own desk."""
    at = reads[0].at
    return len(reads) == 1 and any(timedelta(0) < other.at - at <= SLIP for other in of_work)
