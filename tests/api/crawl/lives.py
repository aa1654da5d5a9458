"""暮らしの筋: what may be drawn of a household, and in which order it comes about."""

from typing import NamedTuple

from hypothesis import strategies as st

PERSONS = ("mother", "father", "child")
_AMONG = st.lists(st.sampled_from(PERSONS), max_size=2, unique=True).map(tuple)
ACTING = ("nurse", "sato", "mori", "kato", "ito")
STEPS = 4
"""A thing is written, passed on, closed again to whom it was passed on to, and put right."""


class Word(NamedTuple):
    """Something written: by whom, under which label, and what became of it."""

    by: str = "tanaka"
    category: str = "consultation"
    about: tuple[str, ...] = ("mother",)
    hidden_from: tuple[str, ...] = ()
    tag: str = ""
    concealed: bool = False
    part: bool = False
    way: str = ""
    over: str = ""
    later: str = ""
    along: bool = False
    """Whether words go with what is passed on or taken up, and a role with the latter."""
    form: str = ""
    """A consultation, unless it is a `file` (添付) or a `note` (走り書き)."""


class Guardian(NamedTuple):
    """Who acts for somebody, until the task is over: a desk of 社協 or beside the one that writes,
    or an officer, who then has no such case.
    """

    person: str
    staff: str
    over: bool = False


class Protection(NamedTuple):
    """支援措置, until two people end it."""

    person: str
    against: tuple[str, ...]
    over: bool = False


class Life(NamedTuple):
    """`order` names what comes next: a word by its number, then what is around them all."""

    words: tuple[Word, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    protections: tuple[Protection, ...] = ()
    look: str = ""
    audit: str = ""
    home: str = ""
    tomorrow: bool = False
    alone: bool = False
    """Nobody but the desk that writes has heard of them at first."""
    order: tuple[int, ...] = ()


_WAYS = (
    *[("", "")] * 3,
    *(("consent", over) for over in ("", "withdrawn", "expired")),
    *(("statute", over) for over in ("",)),
    *(("referral", over) for over in ("", "returned", "withdrawn")),
    *(("room", over) for over in ("", "left", "closed")),
    *(("learned", over) for over in ("", "left", "closed")),
)
_LATER = (*[""] * 4, "corrected", "voided", "misfiled", "tightened", "loosened", "stricter")
_LATER_OF_A_FILE = tuple(each for each in _LATER if each != "corrected")
"""What is in it is attached anew."""


@st.composite
def _word(draw: st.DrawFn) -> Word:
    by = draw(st.sampled_from(("tanaka", "tanaka", "tanaka", "nurse", "hayashi", "sato")))
    form = draw(st.sampled_from(("", "", "", "", "file", "note")))
    if form == "note":
        return Word(by, form=form)
    way, over = draw(st.sampled_from(_WAYS)) if by == "tanaka" else ("", "")
    return Word(
        by,
        draw(st.sampled_from(("consultation", "progress", "health", "abuse", "finance"))),
        draw(st.one_of(st.sampled_from(PERSONS).map(lambda one: (one,)), _AMONG)),
        draw(_AMONG),
        draw(st.sampled_from(("", "", "", "informant", "location", "opinion"))),
        draw(st.integers(0, 7)) == 7,
        not form and draw(st.booleans()),
        way,
        over,
        draw(st.sampled_from(_LATER_OF_A_FILE if form else _LATER)),
        bool(way) and draw(st.booleans()),
        form,
    )


@st.composite
def _guardian(draw: st.DrawFn) -> Guardian:
    person, staff = draw(st.sampled_from(PERSONS)), draw(st.sampled_from(ACTING))
    return Guardian(person, staff, draw(st.integers(0, 3)) == 3)


@st.composite
def _protection(draw: st.DrawFn) -> Protection:
    person = draw(st.sampled_from(("mother", "child")))
    others = st.sampled_from([each for each in PERSONS if each != person])
    against = draw(st.lists(others, max_size=2, unique=True))
    return Protection(person, tuple(against), draw(st.integers(0, 3)) == 3)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    words = tuple(draw(st.lists(_word(), min_size=1, max_size=5)))
    guardians = tuple(draw(st.lists(_guardian(), max_size=2, unique_by=lambda each: each.staff)))
    protections = draw(st.lists(_protection(), max_size=2, unique_by=lambda each: each.person))
    steps = [number for number in range(len(words)) for _ in range(STEPS)]
    around = len(guardians) + len(protections) + 3
    steps += [len(words) + number for number in range(around) for _ in range(2)]
    return Life(
        words,
        guardians,
        tuple(protections),
        draw(st.sampled_from(("", "", "open", "reviewed"))),
        draw(st.sampled_from(("", "", "open", "closed"))),
        draw(st.sampled_from(("", "", "split", "merged", "same"))),
        draw(st.booleans()),
        draw(st.integers(0, 2)) == 2,
        tuple(draw(st.permutations(steps))),
    )


def in_turn(*words: Word, **around: object) -> Life:
    """What is around begins, then each word from its first step to its last; then that ends."""
    life = Life(words)._replace(**around)  # type: ignore[arg-type]
    others = [len(words) + n for n in range(len(life.guardians) + len(life.protections) + 3)]
    steps = [number for number in range(len(words)) for _ in range(STEPS)]
    return life._replace(order=(*others, *steps, *others))
