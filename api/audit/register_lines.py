"""会議の記録簿の表: one line per subject of each act, and of each read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from api.audit.lines import OUTCOMES, PURPOSES, TIME, Said, at, reason
from api.auditing import Audit
from api.sheet import Columns
from domain.values import Capacity
from projections.book import Read

Body = dict[str, Any]
_BASES: Mapping[str | None, str] = {
    "support": "支援会議（社会福祉法106条の6）",
    "layered": "重層的支援会議（本人同意）",
    "other-confidential": "守秘義務のある会議",
    "none": "個人を扱わない",
}


def rows(
    body: Body, reads: Iterable[Read], tried: Iterable[Read], names: Mapping[UUID, Any]
) -> list[Body]:
    """One line per subject of each act, and of each read."""
    acts = sorted(_acts(body), key=lambda row: row["at"])
    return [*acts, *_of_reads(reads, names), *_of_reads(tried, names)]


def _acts(body: Body) -> Iterator[Body]:
    yield _row("招集", body["convened"], None)
    for name, what in (("cancelled", "取りやめ"), ("written_up", "会議の記録")):
        if body[name]:
            yield _row(what, body[name], None)
    for room in body["room"]:
        yield _row("開室" if room["opened"] else "閉室", room, None)
    for seat in body["attendees"]:
        yield _row("選定", seat, None, seat["attendee"])
        for duty in seat["duties"]:
            yield _row(
                "誓約" if duty["pledged"] else "守秘義務の告知", duty, None, seat["attendee"]
            )
    for item in body["items"]:
        yield from _of_item(item)


def _of_item(item: Body) -> Iterator[Body]:
    yield _row("議題", item, item, item["household"])
    for line in item["present"]:
        yield _row("出席", line, item, line["attendee"])
        if line["until"]:
            yield {**_row("退席", line, item, line["attendee"]), "at": line["until"]}
    for line in item["tabled"]:
        for subject in line["subjects"] or (line["household"],):
            yield _row("付議", line, item, subject)
    for line in item["held_back"]:
        for person in line["persons"]:
            yield _row("控え", line, item, person)
    for line in item["papers"]:
        for to in line["to"]:
            yield _row(f"資料{line['number']}", line, item, to)
        for back in line["returned"]:
            yield {**_row("資料の回収", line, item, back["attendee"]), "at": back["at"]}
    for line in item["decided"]:
        yield _row("決定", line, item, item["household"])


def _row(what: str, act: Body, item: Body | None, subject: UUID | None = None) -> Body:
    return {
        "at": act["at"],
        "what": what,
        "name": act["by"]["name"],
        "staff": act["by"]["staff"],
        "capacity": act["by"]["capacity"],
        "purpose": "会議",
        "item": item and item["title"],
        "basis": item and str(item["basis"]),
        "subject": subject,
        "fact": act["fact"],
    }


def _of_reads(reads: Iterable[Read], names: Mapping[UUID, Any]) -> Iterator[Body]:
    for read in reads:
        for subject in read.subjects or (read.household,):
            yield {
                "at": read.at,
                "what": OUTCOMES[read.outcome],
                "name": names.get(read.staff),
                "staff": read.staff,
                "capacity": read.capacity,
                "purpose": PURPOSES.get(read.purpose or "", read.purpose),
                "item": None,
                "basis": reason(read.rule),
                "subject": subject,
                "fact": at(read.item),
            }


def columns(audit: Audit) -> Columns:
    said = Said(audit.profile)

    def of(name: str) -> Callable[[Body], Any]:
        return lambda row: row[name]

    def held(row: Body) -> Capacity:
        capacity: Capacity = row["capacity"]
        return capacity

    return {
        TIME: of("at"),
        "できごと": of("what"),
        "職員": of("name"),
        "職員ID": of("staff"),
        "機関・係": lambda row: said.agency(held(row), row["at"]),
        "役割": lambda row: said.role(held(row)),
        "目的": of("purpose"),
        "議題": of("item"),
        "根拠": lambda row: _BASES.get(row["basis"], row["basis"]),
        "対象": of("subject"),
        "記録": of("fact"),
    }
