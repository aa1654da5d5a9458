"""規則: what makes a visit worth a second look; each says what it rests on in one sentence."""

from collections.abc import Callable, Iterable

from domain.unusual.alert import Mark
from domain.unusual.circumstances import Near
from domain.unusual.recent import Recent, Stranger
from domain.unusual.thresholds import AGAIN, CROWD, NIGHT_FROM, NIGHT_UNTIL, POINTS
from domain.unusual.visit import Visit
from domain.values import JST

Rule = Callable[[Visit, Recent], Mark | None]


def _mark(rule: str, weight: str, sentence: str, **evidence: str | int) -> Mark:
    """`weight` names its points."""
    return Mark(rule, POINTS[weight], evidence, sentence)


def no_relation(visit: Visit, _: Recent) -> Mark | None:
    """関わりなし: neither desk nor agency has, or had, anything to do with the household."""
    if not visit.strange or visit.bond.near is not Near.NOBODY:
        return None
    here = {"agency": visit.first.agency, "desk": visit.first.desk}
    if visit.slipped:
        return _mark("no-relation", "slip", "関わりのない世帯を開き、すぐに離れています。", **here)
    return _mark("no-relation", "no-relation", "係にも機関にも関わりのない世帯です。", **here)


def ended(visit: Visit, _: Recent) -> Mark | None:
    """離れたあと: there was a tie, and it is over."""
    tie = visit.bond.tie
    if not visit.strange or tie is None:
        return None
    weight = "closed" if visit.bond.near is Near.CLOSED else "left"
    if tie.until is None:
        return _mark(
            "ended", weight, "異動の前に担当していた世帯です。", since=tie.since.isoformat()
        )
    days, until = (visit.day - tie.until).days, tie.until.isoformat()
    return _mark("ended", weight, f"関わりは{days}日前に終わっています。", until=until, days=days)


def same_surname(visit: Visit, _: Recent) -> Mark | None:
    surname = visit.known.surname_of(visit.first.staff)
    if surname is None or surname not in visit.known.surnames(visit.household):
        return None
    return _personal(visit, "same-surname", "閲覧した人と同じ姓の人がいる世帯です。")


def same_address(visit: Visit, _: Recent) -> Mark | None:
    block = visit.known.block_of(visit.first.staff)
    if block is None or block not in visit.known.blocks(visit.household):
        return None
    return _personal(visit, "same-address", "閲覧した人と同じ街区に住む世帯です。")


def own_colleague(visit: Visit, _: Recent) -> Mark | None:
    """同僚の家: a member of staff is in it, or lives with somebody who is."""
    reader, staff = visit.first.staff, visit.known.staff_in(visit.household)
    near = [one for one in staff if visit.known.are_colleagues(reader, one, visit.day)]
    if reader in staff:
        return _personal(visit, "own-colleague", "閲覧した人自身の世帯とみられます。")
    if near:
        return _personal(visit, "own-colleague", "同じ機関の職員の世帯とみられます。")
    if staff:
        return _personal(visit, "own-colleague", "職員の世帯とみられます。", "any-colleague")
    return None


def _personal(visit: Visit, rule: str, sentence: str, weight: str = "") -> Mark:
    """What may be a private interest; half as much where the household is the reader's own work."""
    points = POINTS[weight or rule]
    if visit.bond.near is Near.OWN:
        points //= 2
    return Mark(rule, points, {"bond": visit.bond.near.name.lower()}, sentence)


def off_hours(visit: Visit, _: Recent) -> Mark | None:
    """時間外: in the evening, on a holiday; at night it weighs more."""
    odd = [read.at.astimezone(JST) for read in visit.reads if not visit.known.is_open(read.at)]
    if not odd:
        return None
    at = next((at for at in odd if at.hour >= NIGHT_FROM or at.hour < NIGHT_UNTIL), None)
    if at:
        return _mark("off-hours", "night", f"深夜（{at:%H:%M}）の閲覧です。", at=f"{at:%H:%M}")
    at = odd[0]
    return _mark("off-hours", "off-hours", f"時間外（{at:%H:%M}）の閲覧です。", at=f"{at:%H:%M}")


def crowd(visit: Visit, recent: Recent) -> Mark | None:
    """人だかり: many who have nothing to do with it come within days."""
    came = recent.strangers(visit.household, visit.day)
    count = len({stranger.staff for stranger in came})
    if not visit.strange or count < CROWD:
        return None
    said = f"関わりのない職員{count}人が、二週間のうちに開いています。"
    return _resting_on(came, _mark("crowd", "crowd", said, readers=count))


def again(visit: Visit, recent: Recent) -> Mark | None:
    """繰り返し: by the same reader, without a tie."""
    came = recent.returns(visit.household, visit.first.staff, visit.day)
    days = len(came)
    if not visit.strange or days < AGAIN:
        return None
    said = f"関わりのないまま、二か月に{days}日開いています。"
    return _resting_on(came, _mark("again", "again", said, days=days))


def _resting_on(came: Iterable[Stranger], mark: Mark) -> Mark:
    return mark._replace(receipts=tuple(ref for stranger in came for ref in stranger.receipts))


RULES: tuple[Rule, ...] = (
    no_relation,
    ended,
    same_surname,
    same_address,
    own_colleague,
    off_hours,
    crowd,
    again,
)


def marks(visit: Visit, recent: Recent) -> tuple[Mark, ...]:
    """The weightiest first."""
    found = [mark for rule in RULES if (mark := rule(visit, recent))]
    return tuple(sorted(found, key=lambda mark: -mark.points))
