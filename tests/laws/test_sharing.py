"""Rule 1 over whole random lives of a town: nothing reaches another agency without a basis."""

from hypothesis import given, settings

from tests.by_night import BY_NIGHT
from tests.laws.acts import Step, consenting, lived, meeting, sharing, steps
from tests.laws.oracle import Passed, Telling, must_stay, valid_basis
from tests.laws.town import Town

HISTORIES = 10_000 if BY_NIGHT else 500
LIVES = steps(
    consenting.consent_of_all,
    consenting.consent_then_protection,
    consenting.consent_then_gossip,
    consenting.consent_then_gossip,
    consenting.consent_under_another_id,
    sharing.share,
    sharing.share_as_agreed,
    sharing.share_as_agreed,
    sharing.refer_as_agreed,
    consenting.withdraw,
    meeting.meet,
)


def tellings(town: Town) -> list[Telling]:
    log = town.log()
    return [Telling(said, log[:at]) for at, said in enumerate(log) if isinstance(said.fact, Passed)]


@settings(max_examples=HISTORIES)
@given(LIVES)
def test_nothing_is_told_without_a_valid_basis(lived_through: list[Step]) -> None:
    for telling in tellings(lived(lived_through)):
        if telling.has_content():
            assert valid_basis(telling), telling.fact
            assert not must_stay(telling), telling.fact


def test_the_lives_of_the_town_do_share() -> None:
    """The law above is worth something: there is enough to look at, on every basis."""
    bases = [
        telling.fact.label.basis.kind
        for seed in range(150)
        for telling in tellings(lived(_some_steps(seed)))
        if telling.has_content()
    ]
    assert {"consent", "sitting", "statute", "urgent"} <= set(bases)
    assert bases.count("consent") > 20


def _some_steps(seed: int) -> list[Step]:
    acts = (
        consenting.consent_of_all,
        sharing.share_as_agreed,
        sharing.refer_as_agreed,
        sharing.share,
        sharing.ask_agency,
        meeting.meet,
    )
    return [(acts[(seed + place) % len(acts)], seed * 100 + place) for place in range(12)]
