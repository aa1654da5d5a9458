"""職員の住所: handed in by the personnel office as a table, compared by digests, never kept."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from domain.staff import staff_id
from domain.values import StaffId
from projections.duplicates import plain_address

_NUMBERS = re.compile(r"\d+(?:-\d+)+")
_BLOCK_PARTS = 3
"""丁目, 番, 号."""


class Spot(NamedTuple):
    """街区と住まい: where the house stands, and the house."""

    block: str
    dwelling: str


def spot(address: str) -> Spot | None:
    """丁目と番 make the block, what follows the house; None where no number tells one."""
    plain = plain_address(address)
    found = _NUMBERS.search(plain)
    if found is None:
        return None
    numbers = found[0].split("-")
    place = _without_city(plain[: found.start()])
    kept = numbers[: 2 if len(numbers) >= _BLOCK_PARTS else 1]
    return Spot(f"{place}{'-'.join(kept)}", f"{place}{found[0]}")


def _without_city(place: str) -> str:
    """Written in full by some and left out by others: 都道府県 and 市."""
    return re.sub(r"^.+?市(?=.)", "", re.sub(r"^(?:北海道|.{2,3}?[都府県])(?=.)", "", place))


class WrongHomes(Exception):
    """SETAI_STAFF_HOMES の表を読めません。列 subject と address の UTF-8 の CSV にしてください。"""


class Homes:
    """人事の名簿: read again each time, for the personnel office may have handed in another."""

    def __init__(self, table: Path | None = None, issuer: str = "") -> None:
        self._table, self._issuer = table, issuer

    @classmethod
    def handed_in(cls, table: str | None, issuer: str) -> "Homes":
        """WrongHomes at once, rather than on the day somebody is looked for."""
        homes = cls(Path(table) if table else None, issuer)
        homes()
        return homes

    def __call__(self) -> Mapping[StaffId, Spot]:
        """By whom the issuer calls `subject`; nobody's where there is no table."""
        found = {staff_id(self._issuer, row["subject"]): row["address"] for row in self._rows()}
        spots = {staff: spot(address) for staff, address in found.items()}
        return {staff: where for staff, where in spots.items() if where}

    def _rows(self) -> list[dict[str, str]]:
        if self._table is None:
            return []
        try:
            with self._table.open(encoding="utf-8-sig", newline="") as lines:
                rows = csv.DictReader(lines)
                if {"subject", "address"} <= set(rows.fieldnames or ()):
                    return list(rows)
        except (OSError, UnicodeDecodeError) as failed:
            raise WrongHomes from failed
        raise WrongHomes
