"""Who may see what: stated for people to read, and from nothing the program knows.

tanaka and endo sit at the desk that writes, nurse at the desk beside it, which acts for the father;
sato was in the room, ono is sato's colleague, suzuki keeps the record of the sittings, hayashi is
of the desk for women, fukuda had an 緊急閲覧 that is over, mori and kato (who share a desk) protect
and identify, ito is the privacy officer.
"""

from collections.abc import Mapping

DESK = frozenset({"tanaka", "endo"})
CENTRE = DESK | {"nurse"}
SHAKYO = frozenset({"sato", "ono"})
CITY = frozenset({"fukuda", "chief", "hayashi", "suzuki", "yamada", "mori"})
WHO_AND_WHERE = frozenset({"mori", "kato"})

MAY_SEE: Mapping[str, frozenset[str]] = {
    # what the desk wrote, and what it kept to itself
    "consultation": CENTRE,
    "progress": CENTRE,
    "health": DESK,
    "attachment": CENTRE,
    "note": frozenset({"tanaka"}),
    "informant": DESK,
    "corrected-away": frozenset(),
    "misfiled": frozenset(),
    # whom it is about
    "name-mother": CENTRE | WHO_AND_WHERE | SHAKYO | {"suzuki", "hayashi"},
    "name-father": CENTRE | WHO_AND_WHERE | {"suzuki"},
    "name-child": CENTRE | WHO_AND_WHERE,
    "safe-contact": DESK | WHO_AND_WHERE | SHAKYO | {"hayashi"},
    "relative": CENTRE | WHO_AND_WHERE,
    "identity": CENTRE | WHO_AND_WHERE,
    "needs-care": DESK,
    "visit-risk": DESK,
    "found-to-be": WHO_AND_WHERE,
    # hidden from the father, for whom the desk beside acts
    "walled": DESK,
    # where the mother is
    "place": frozenset({"mori"}),
    "counterparty": WHO_AND_WHERE,
    "destination": frozenset(),
    "shelter": frozenset({"mori"}),
    # where she goes by day is nothing for whoever acts for the father
    "goes-to": DESK,
    # what another desk wrote
    "report": frozenset({"hayashi"}),
    "judged": DESK,
    "suspended": frozenset(),
    # what was passed on
    "shared": CENTRE | SHAKYO,
    "withdrawn": CENTRE,
    "expired": CENTRE,
    "referred": CENTRE | SHAKYO,
    "returned": CENTRE,
    # and what was written in passing it on, which says to whom: not for who acts for the father
    "passed-shared": DESK | SHAKYO,
    "passed-withdrawn": DESK,
    "passed-expired": DESK,
    "passed-referred": DESK | SHAKYO,
    "passed-returned": DESK,
    "witness": DESK | SHAKYO,
    "asked": DESK | SHAKYO,
    "answered-by": DESK,
    "supporter": DESK | {"ito", "honda", "analyst"},  # who counts sees it counted, of nobody
    "reason": DESK | SHAKYO | {"ito"},
    "answer": DESK | SHAKYO,
    # what was put to a 支援会議, and what came of it
    "tabled-open": DESK | {"sato", "suzuki"},
    "tabled-closed": DESK | {"suzuki"},
    "learned-open": frozenset({"tanaka", "sato", "suzuki"}),
    "learned-closed": frozenset({"tanaka", "suzuki"}),
    "minutes": frozenset({"suzuki"}),
    "guest": DESK | SHAKYO | CITY,
    "studied-open": frozenset({"tanaka", "sato", "suzuki"}),
    "studied-closed": frozenset({"tanaka", "suzuki"}),
    "studied-nameless": frozenset({"endo", "suzuki"}),
    "decision": DESK | SHAKYO | {"suzuki"},
    "role": DESK | SHAKYO | {"suzuki"},
    "needed": SHAKYO | {"tanaka", "suzuki"},
    "needed-once": frozenset({"tanaka", "sato", "suzuki"}),
    "role-over": DESK | SHAKYO | {"suzuki"},
    # a 重層的支援会議 speaks of whom it may by their consent, of which it keeps the record
    "outsider": DESK | SHAKYO | CITY,
    "layered": DESK | {"sato", "suzuki"},
    "held-back": DESK,
    "layered-decision": DESK | SHAKYO | CITY,
    "studied": CITY,
    "evaluated": DESK | {"suzuki"},
    # how it ended, who keeps an eye on her, and how it went on
    "closed": DESK,
    "interrupted": DESK,
    "reopened": CENTRE,
    # what the offices look after
    "review": frozenset({"ito"}),
    "urgency": CITY | {"ito"},
    "request": frozenset({"ito"}),
    "office": frozenset({"ito"}),
    "audit": frozenset({"ito"}),
}
_UNAUDITED = frozenset(
    {"outsider", "layered", "held-back", "layered-decision", "studied", "evaluated"}
    | {"closed", "interrupted", "reopened"}
)
"""Told in the other household, of which there is no audit."""
_NOBODYS = frozenset({"note", "place", "destination", "shelter", "corrected-away"})
AUDITED = frozenset(MAY_SEE) - _UNAUDITED - _NOBODYS
"""What the privacy officer may see besides, in a household whose audit is open."""
