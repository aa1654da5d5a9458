"""会議室の段取り: the steps every sitting goes through, so that a story tells only what differs."""

from dataclasses import dataclass
from typing import Any

from replays.stories.telling import Step, act

_INVITING = "議題ごとに出席者を選びます"
_TELLING = "守秘義務を告げ、市の外の人からは誓約を受けます"
_ATTENDING = "議題ごとに、その日の資格で出席を記録します"
_ROOM = "会議室の開け閉め。資料が読めるのは開いている間だけです"


@dataclass(frozen=True, slots=True)
class Seat:
    """出席者: `key` names the attendee in later steps; `staff` is the key of a player."""

    key: str
    name: str
    capacity: str
    agency: str | None = None
    staff: str | None = None
    kind: str = "staff"
    person: str | None = None
    tier: str | None = None

    def invitation(self, items: tuple[str, ...]) -> dict[str, Any]:
        given = {
            "kind": self.kind,
            "capacity": self.capacity,
            "items": [f"{{{item}}}" for item in items],
            "agency": self.agency,
            "tier": self.tier,
            "staff": self.staff and f"{{{self.staff}}}",
            "person": self.person and f"{{{self.person}}}",
            "name": None if self.staff or self.person else self.name,
        }
        return {key: value for key, value in given.items() if value is not None}


def convened(  # noqa: PLR0913, PLR0917 - a line of a story reads from when to what
    at: str, by: str, says: str, keep: str, body: str, held_on: str, place: str
) -> Step:
    return act(
        at, by, says, "/sittings", {"body": body, "held_on": held_on, "place": place}, keep=keep
    )


def item(  # noqa: PLR0913, PLR0917 - a line of a story reads from when to what
    at: str,
    by: str,
    says: str,
    sitting: str,
    keep: str,
    title: str,
    basis: str,
    household: str | None = "household",
    kind: str = "case",
) -> Step:
    """議題: its title never says whom it is about."""
    body = {"kind": kind, "item_basis": basis, "title": title}
    about = {"household": f"{{{household}}}"} if household else {}
    return act(at, by, says, f"/sittings/{{{sitting}}}/items", body | about, keep=keep)


def invited(
    at: str, by: str, sitting: str, seats: tuple[Seat, ...], items: tuple[str, ...]
) -> tuple[Step, ...]:
    return tuple(
        act(
            at,
            by,
            f"出席者を選びます: {seat.name}さん（{seat.capacity}）。",
            f"/sittings/{{{sitting}}}/attendees",
            seat.invitation(items),
            keep=seat.key,
            quiet=_INVITING,
        )
        for seat in seats
    )


def told(
    at: str, by: str, sitting: str, seats: tuple[Seat, ...], version: str = "duty-1"
) -> tuple[Step, ...]:
    """守秘義務の告知; whoever is not staff signs the 誓約."""
    return tuple(
        act(
            at,
            by,
            f"{seat.name}さんに守秘義務を告げます。"
            if seat.kind == "staff"
            else f"{seat.name}さんが誓約書に署名します。この約束は、役を退いた後も続きます。",
            f"/sittings/{{{sitting}}}/duties",
            {"attendee": f"{{{seat.key}}}", "text_version": version}
            if seat.kind == "staff"
            else {"attendee": f"{{{seat.key}}}", "pledged": True, "text_version": "pledge-1"},
            quiet=_TELLING,
        )
        for seat in seats
    )


def present(
    at: str, by: str, sitting: str, about: str, seats: tuple[Seat, ...]
) -> tuple[Step, ...]:
    """出席は議題ごとに、その日の資格で。"""
    return tuple(
        act(
            at,
            by,
            f"{seat.name}さんが、この議題に出席します。",
            f"/sittings/{{{sitting}}}/attendance",
            {"item": f"{{{about}}}", "attendee": f"{{{seat.key}}}", "capacity": seat.capacity},
            quiet=_ATTENDING,
        )
        for seat in seats
    )


def opened(at: str, by: str, sitting: str) -> Step:
    says = "会議室を開きます。資料が読めるのは、ここから閉じるまでの間です。"
    return act(at, by, says, f"/sittings/{{{sitting}}}/opening", {}, quiet=_ROOM)


def closed(at: str, by: str, sitting: str) -> Step:
    says = "会議室を閉じます。資料はもう読めません。"
    return act(at, by, says, f"/sittings/{{{sitting}}}/closing", {}, quiet=_ROOM)


def written_up(at: str, by: str, sitting: str, minutes: str) -> Step:
    says = "5開庁日のうちに、会議の記録を書き上げます"
    body = {"minutes": minutes}
    return act(at, by, says, f"/sittings/{{{sitting}}}/minutes", body, quiet=says)
