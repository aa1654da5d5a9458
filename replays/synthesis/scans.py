"""写し: a signed form as a scanner would give it, a small PDF of lines that nobody ever drew."""

from collections.abc import Sequence

from replays.synthesis.chance import Chance

_PAGE = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
)


def signed_form(chance: Chance) -> bytes:
    """A4: ruled for what is agreed to, with a signature at the foot."""
    drawn = b"".join(b"60 %d m 535 %d l S\n" % (y, y) for y in range(240, 780, 30))
    drawn += _signature(chance)
    return _pdf((*_PAGE, b"<< /Length %d >>\nstream\n%bendstream" % (len(drawn), drawn)))


def _signature(chance: Chance) -> bytes:
    """One long stroke, bent as no other."""
    bends = [_bend(x, chance) for x in range(340, 340 + 6 * chance.between(15, 30), 6)]
    return b"340 120 m\n%bS\n" % b"".join(bends)


def _bend(x: int, chance: Chance) -> bytes:
    one, two, end = (chance.between(90, 150) for _ in range(3))
    return b"%d %d %d %d %d %d c\n" % (x, one, x + 3, two, x + 6, end)


def _pdf(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size, rows = len(places) + 1, b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows)
    told = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (size, len(written))
    return written + table + told + b"%%EOF\n"
