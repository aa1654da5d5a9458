"""What a つなぎ or 情報提供 opens, and until when: returned, withdrawn, expired, a new cycle."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events import Fact
from domain.events.consent import InformationRequested, LabelLoosened, LabelTightened
from domain.events.membership import HouseholdsMerged, HouseholdSplit, MemberLeft
from domain.events.person import SafeContactAgreed
from domain.events.referral import ReferralReturned, ReferralWithdrawn
from domain.events.support import SupportReopened
from domain.labels import Basis, ByConsent, BySitting, ByStatute, Category, OwnRecord, Urgent
from domain.values import Personal, Role
from tests.domain.gated import (
    CHIEF,
    CHILD,
    CONSENT,
    FATHER,
    HOKEN,
    HOME,
    ITEM,
    MOTHER,
    OWN,
    REFERRAL,
    SITTING,
    TODAY,
    World,
    address,
    assessed,
    consented,
    contact,
    fact,
    identified,
    joined,
    label,
    learned,
    reader,
    referred,
    shared,
    withdrawn,
)

BY_CONSENT = ByConsent(consent=CONSENT)
BY_LAW = ByStatute(article="apc-6")
IN_DANGER = Urgent(reason=Personal("今夜の身の危険"), review_due=TODAY)
SCHOOL = reader("gakko", "kyomu")
ELSEWHERE = UUID(int=0x51)


def on(basis: Basis, *subjects: UUID, **more: Any) -> Any:
    return label(basis=basis, subjects=subjects or (MOTHER,), **more)


def about(*subjects: UUID, category: Category = Category.CONSULTATION) -> Any:
    return label(category, subjects=subjects)


@pytest.mark.parametrize(("basis", "rule"), [(BY_LAW, "statute"), (IN_DANGER, "urgent-share")])
def test_what_the_law_or_danger_handed_over_is_read_by_the_named_body(
    basis: Basis, rule: str
) -> None:
    for tell in (
        lambda version: shared(on(basis), version),
        lambda version: referred(on(basis), enclosed=(version,)),
    ):
        world = World()
        told, other = world.tell(contact()), world.tell(contact())
        passed = world.tell(tell(told.version))
        assert world.ask(HOKEN, told) == (rule, (passed,))
        assert world.ask(HOKEN, passed) == (rule, ())
        assert world.ask(HOKEN, other) == ("no-basis", ())
        assert world.ask(SCHOOL, told) == ("no-basis", ())


def test_what_was_handed_over_is_of_that_household_alone() -> None:
    """The records of another have the same numbers."""
    world = World()
    here, there = world.tell(contact()), world.tell(contact(), ELSEWHERE)
    passed = world.tell(shared(on(BY_LAW), here.version))
    assert world.ask(HOKEN, here) == ("statute", (passed,))
    assert world.ask(HOKEN, there) == ("no-basis", ())


def test_only_the_categories_named_go_along() -> None:
    world = World()
    finance = world.tell(contact(label(Category.FINANCE)))
    world.tell(shared(on(BY_LAW), finance.version))
    assert world.ask(HOKEN, finance) == ("no-basis", ())


def test_without_a_basis_nothing_leaves_the_agency() -> None:
    world = World()
    told = world.tell(contact())
    named = world.tell(referred(on(OwnRecord()), enclosed=(told.version,)))
    assert world.ask(HOKEN, told) == ("no-basis", ())
    assert world.ask(HOKEN, named) == ("addressed", ())
    inside = world.tell(
        referred(on(OwnRecord()), enclosed=(told.version,), to_agency="shakyo", to_desk="kanri")
    )
    officer = reader(desk="kanri")
    assert world.ask(officer, told)[0] == "own-agency"
    health = world.tell(contact(label(Category.HEALTH)))
    world.tell(
        referred(
            on(OwnRecord()),
            enclosed=(health.version,),
            to_agency="shakyo",
            to_desk="kanri",
            categories=(Category.HEALTH,),
        )
    )
    assert world.ask(officer, health) == ("no-basis", ())
    assert world.opens(officer, inside)


def test_inside_an_agency_the_purpose_carries_the_names_along() -> None:
    world = World()
    joining = world.tell(joined(MOTHER).model_copy(update={"label": about(MOTHER)}))
    other = label(agency="hoken", desk="boshi", subjects=(MOTHER,))
    world.tell(referred(other, to_agency="hoken", to_desk="chiku"))
    assert world.ask(HOKEN, joining)[0] == "referral"


def test_inside_an_agency_no_purpose_carries_what_was_made_sensitive() -> None:
    world = World()
    joining = world.tell(joined(MOTHER).model_copy(update={"label": about(MOTHER)}))
    other = label(agency="hoken", desk="boshi", subjects=(MOTHER,))
    world.tell(referred(other, to_agency="hoken", to_desk="chiku"))
    tightened = world.tell(fact(LabelTightened, None, of=joining.version, category=Category.ABUSE))
    assert world.ask(HOKEN, joining) == ("no-basis", (tightened,))


def test_of_two_records_that_somebody_belongs_that_of_the_sender_decides() -> None:
    world = World()
    first = world.tell(joined(MOTHER))
    theirs = label(Category.FAMILY, "city", "layered", subjects=(MOTHER,))
    second = world.tell(joined(MOTHER).model_copy(update={"label": theirs}))
    sent = world.tell(referred(label(basis=BY_LAW)))
    assert world.ask(HOKEN, first) == ("statute", (sent,))
    assert world.ask(HOKEN, second) == ("statute", (sent, first))


def test_what_is_enclosed_for_one_desk_goes_to_no_other_where_it_is_sensitive() -> None:
    """The つなぎ itself is an ordinary one, which every desk of the agency may know of."""
    world = World()
    told = world.tell(contact(label(Category.HEALTH, subjects=(MOTHER,))))
    both = {"categories": (Category.CONSULTATION, Category.HEALTH), "enclosed": (told.version,)}
    sent = world.tell(referred(on(BY_LAW), to_desk="chiku", **both))
    other = reader("hoken", "boshi")
    assert world.opens(other, sent)
    assert world.ask(HOKEN, told) == ("statute", (sent,))
    assert world.ask(other, told) == ("no-basis", ())


def test_what_made_a_referral_of_one_desk_is_named_to_the_other_and_so_is_its_taking_back() -> None:
    world = World()
    joining = world.tell(joined(MOTHER))
    sent = world.tell(referred(on(BY_LAW), to_desk="chiku"))
    other = reader("hoken", "boshi")
    assert world.ask(other, joining) == ("statute", (sent,))
    closed = world.tell(fact(LabelTightened, None, of=sent.version, category=Category.ABUSE))
    assert world.ask(other, joining) == ("no-basis", (closed,))
    assert world.ask(HOKEN, joining) == ("statute", (sent,))
    back = {"tightening": closed.version, "of": sent.version, "proposed_by": CHIEF}
    opened = world.tell(fact(LabelLoosened, None, proposal=uuid4(), reason="誤り", **back))
    assert world.ask(other, joining) == ("statute", (sent, opened))


@pytest.mark.parametrize(
    ("whose", "category", "rule"),
    [
        (("shakyo", "sodan"), Category.ABUSE, "statute"),
        (("shakyo", "kanri"), Category.FAMILY, "statute"),
        (("shakyo", "kanri"), Category.ABUSE, "no-basis"),
        (("city", "layered"), Category.FAMILY, "no-basis"),
    ],
)
def test_what_names_nobody_takes_along_whom_the_desk_itself_wrote_of(
    whose: tuple[str, str], category: Category, rule: str
) -> None:
    """Rule 32: who fled to the grandmother's is not told to whoever was asked to help her."""
    world = World()
    sent = world.tell(referred(label(basis=BY_LAW)))
    joining = world.tell(
        joined(MOTHER).model_copy(update={"label": label(category, *whose, subjects=(MOTHER,))})
    )
    named = world.tell(identified(MOTHER), MOTHER)
    by = (sent, joining) if rule == "statute" else ()
    assert world.ask(HOKEN, joining) == (rule, by[:1])
    assert world.ask(HOKEN, named) == (rule, by)


@pytest.mark.parametrize("later", [True, False])
def test_who_is_spoken_of_to_one_desk_alone_is_told_to_no_other(later: bool) -> None:  # noqa: FBT001
    """A つなぎ about 虐待・DV, written so or made so; nothing is enclosed, and they are named."""
    world = World()
    joining, named = world.tell(joined(MOTHER)), world.tell(identified(MOTHER), MOTHER)
    category = Category.CONSULTATION if later else Category.ABUSE
    sent = world.tell(referred(on(BY_LAW, category=category), to_desk="chiku"))
    other = reader("hoken", "boshi")
    assert later == world.opens(other, joining) == world.opens(other, named)
    if later:
        world.tell(fact(LabelTightened, None, of=sent.version, category=Category.ABUSE))
    for told in (joining, named, sent):
        assert world.opens(HOKEN, told)
        assert not world.opens(other, told)


def test_what_was_heard_in_a_room_goes_along_only_where_it_is_itself_handed_over() -> None:
    """Rule 3: a つなぎ that encloses nothing tells of whom, and not what a room said."""
    world = World()
    heard = learned(subjects=(MOTHER,))
    told = [
        world.tell(each.model_copy(update={"label": heard}), MOTHER)
        for each in (identified(MOTHER), fact(SafeContactAgreed, None, times="夜"))
    ]
    world.tell(referred(on(BY_LAW)))
    for place in told:
        assert not world.opens(HOKEN, place)
    note = world.tell(contact(learned(Category.CONSULTATION, subjects=(MOTHER,))))
    sent = world.tell(referred(on(BY_LAW), enclosed=(note.version,)))
    assert world.ask(HOKEN, note) == ("statute", (sent,))


@pytest.mark.parametrize(
    ("desk", "basis", "rule"),
    [
        ("sodan", BY_LAW, "statute"),
        ("sodan", BY_CONSENT, "referral"),
        ("kanri", BY_CONSENT, "no-basis"),
        ("kanri", BY_LAW, "no-basis"),
    ],
)
def test_how_to_reach_somebody_is_told_by_whom_it_was_written(
    desk: str, basis: Basis, rule: str
) -> None:
    """Rule 1: of 虐待・DV, what another desk wrote stays where that category is not handed over."""
    world = World()
    world.tell(consented(MOTHER))
    labelled = label(Category.ABUSE, "shakyo", desk, subjects=(MOTHER,))
    for each in (identified(MOTHER), fact(SafeContactAgreed, None, times="夜")):
        told = world.tell(each.model_copy(update={"label": labelled}), MOTHER)
        world.tell(referred(on(basis)))
        assert world.ask(HOKEN, told)[0] == rule


def test_health_reaches_the_desk_that_was_named() -> None:
    world = World()
    told = world.tell(contact(label(Category.HEALTH)))
    world.tell(
        referred(
            on(BY_LAW, category=Category.HEALTH),
            enclosed=(told.version,),
            to_desk="chiku",
            categories=(Category.HEALTH,),
        )
    )
    assert world.opens(HOKEN, told)
    assert not world.opens(reader("hoken", "boshi"), told)
    assert not world.opens(reader("hoken", "chiku", Role.IDENTITY), told)


@pytest.mark.parametrize(
    ("ending", "rule"),
    [
        (fact(ReferralReturned, None, referral=REFERRAL, recorded_by="receiver", reason="担当外"),
         "returned"),
        (fact(ReferralWithdrawn, None, referral=REFERRAL, reason="本人の希望"), "withdrawn"),
    ],
)  # fmt: skip
def test_what_was_enclosed_is_closed_when_the_referral_is(ending: Fact, rule: str) -> None:
    world = World()
    told = world.tell(contact())
    narrative = ({"text": "紹介", "label": on(BY_LAW)},)
    sent = world.tell(referred(on(BY_LAW), enclosed=(told.version,), narrative=narrative))
    found = world.shown(HOKEN, sent)
    assert found is not None
    assert found.withheld == ()
    over = world.tell(ending)
    assert world.ask(HOKEN, told) == (rule, (sent, over))
    assert world.ask(HOKEN, sent) == ("addressed", (over,))
    found = world.shown(HOKEN, sent)
    assert found is not None
    assert found.withheld == ("narrative.0",)


# 本人同意


def consenting(*given: Fact) -> tuple[World, Any, Any, list[Any]]:
    """A share of one record about the mother, on consents told before it."""
    world = World()
    told = world.tell(contact(about(MOTHER)))
    facts = [world.tell(each) for each in given]
    return world, told, world.tell(shared(on(BY_CONSENT), told.version)), facts


def test_a_share_is_read_while_its_consent_holds() -> None:
    world, told, share, (consent,) = consenting(consented())
    assert world.ask(HOKEN, told) == ("consent", (share, consent))
    last = reader("hoken", "chiku", today=date(2027, 3, 31))
    after = reader("hoken", "chiku", today=date(2027, 4, 1))
    assert world.opens(last, told)
    assert world.ask(after, told) == ("expired", (share, consent))
    assert world.ask(after, share) == ("expired", (consent,))
    first = reader("hoken", "chiku", today=date(2026, 4, 1))
    early = reader("hoken", "chiku", today=date(2026, 3, 31))
    assert world.opens(first, told)
    assert world.ask(early, told) == ("no-basis", ())


def test_the_next_read_after_a_withdrawal_is_refused() -> None:
    world, told, share, (consent,) = consenting(consented())
    other = world.tell(withdrawn(purposes=("planning",)))
    for elsewhere in ({"categories": (Category.FINANCE,)}, {"agencies": ("gakko",)}):
        world.tell(withdrawn(**elsewhere))
    assert world.opens(HOKEN, told)
    cut = world.tell(withdrawn())
    assert world.ask(HOKEN, told) == ("withdrawn", (share, consent, cut))
    assert other not in world.ask(HOKEN, told)[1]
    assert [each.version for each in world.situation().consents] == [consent.version]
    assert world.opens(OWN, told)


def test_what_was_withdrawn_from_one_agency_stays_so_when_it_is_from_another() -> None:
    world, told, share, (consent,) = consenting(consented(agencies=("hoken", "gakko")))
    cut = world.tell(withdrawn())
    world.tell(withdrawn(agencies=("gakko",)))
    assert world.ask(HOKEN, told) == ("withdrawn", (share, consent, cut))


def test_a_withdrawal_that_is_told_to_its_holders_needs_no_other_fact_to_be_read() -> None:
    world = World()
    world.tell(consented(agencies=("hoken", "gakko")))
    for _ in range(2):
        cut = world.tell(withdrawn(agencies=("gakko",), holders=("hoken",)))
    assert world.ask(HOKEN, cut) == ("thread", ())


def test_a_new_consent_opens_it_again() -> None:
    world, told, share, _ = consenting(consented(), withdrawn(), withdrawn(uuid4()))
    assert not world.opens(HOKEN, told)
    again = world.tell(consented(consent=uuid4()))
    assert world.ask(HOKEN, told) == ("consent", (share, again))


@pytest.mark.parametrize(
    "given",
    [
        {"agencies": ("gakko",)},
        {"categories": (Category.FINANCE,)},
        {"purposes": ("planning",)},
        {"person": FATHER},
    ],
)
def test_a_consent_opens_what_it_names_and_no_more(given: dict[str, Any]) -> None:
    world, told, _, _ = consenting(consented(**given))
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_consent_to_one_category_opens_no_other_that_went_along() -> None:
    world = World()
    money = world.tell(contact(about(MOTHER, category=Category.FINANCE)))
    world.tell(consented())
    both = (Category.CONSULTATION, Category.FINANCE)
    world.tell(shared(on(BY_CONSENT), money.version, categories=both))
    assert world.ask(HOKEN, money) == ("no-basis", ())


def test_a_share_on_a_consent_that_nobody_recorded_rests_on_no_other() -> None:
    world = World()
    told = world.tell(contact())
    world.tell(consented(consent=uuid4()))
    world.tell(shared(label(basis=BY_CONSENT), told.version))
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_referral_may_rest_on_a_consent() -> None:
    world = World()
    told = world.tell(contact(about(MOTHER)))
    consent = world.tell(consented())
    sent = world.tell(referred(on(BY_CONSENT), enclosed=(told.version,)))
    assert world.ask(HOKEN, told) == ("referral", (sent, consent))


def test_one_persons_consent_opens_nobody_elses_record() -> None:
    world = World()
    both = world.tell(contact(about(MOTHER, FATHER)))
    hers = world.tell(contact(about(MOTHER)))
    first = world.tell(consented())
    share = world.tell(shared(on(BY_CONSENT, MOTHER, FATHER), both.version, hers.version))
    assert world.ask(HOKEN, hers) == ("consent", (share, first))
    assert world.ask(HOKEN, both) == ("no-basis", ())
    second = world.tell(consented(FATHER, uuid4()))
    assert world.ask(HOKEN, both) == ("consent", (share, first, second))
    cut = world.tell(withdrawn())
    assert world.ask(HOKEN, both) == ("withdrawn", (share, first, cut))


def test_the_consent_that_says_whose_it_is_is_named_though_another_is_in_force() -> None:
    world = World()
    told = world.tell(contact())
    world.same = {FATHER: MOTHER}
    first = world.tell(consented())
    second = world.tell(consented(FATHER, uuid4()))
    share = world.tell(shared(label(basis=BY_CONSENT), told.version))
    world.tell(withdrawn())
    assert world.ask(HOKEN, told) == ("consent", (share, first, second))


def test_releasing_a_paragraph_needs_every_principal() -> None:
    world = World()
    met = contact(about(MOTHER))
    part = met.narrative[0].model_copy(update={"principals": (MOTHER, CHILD)})
    told = world.tell(met.model_copy(update={"narrative": (*met.narrative, part)}))
    world.tell(consented())
    world.tell(shared(on(BY_CONSENT), told.version))
    found = world.shown(HOKEN, told)
    assert found is not None
    assert found.withheld == ("narrative.1",)


def test_a_paragraph_without_principals_takes_the_consent_of_whom_it_is_about() -> None:
    world = World()
    told = world.tell(contact(about(MOTHER), about(MOTHER), about(FATHER)))
    world.tell(consented())
    world.tell(shared(on(BY_CONSENT), told.version))
    found = world.shown(HOKEN, told)
    assert found is not None
    assert found.withheld == ("narrative.1",)


def test_what_names_nobody_takes_the_consent_of_all_whom_the_share_names() -> None:
    world = World()
    told = world.tell(contact())
    first = world.tell(consented())
    share = world.tell(shared(on(BY_CONSENT, MOTHER, FATHER), told.version))
    assert world.ask(HOKEN, told) == ("no-basis", ())
    second = world.tell(consented(FATHER, uuid4()))
    assert world.ask(HOKEN, told) == ("consent", (share, first, second))


def test_what_names_nobody_takes_the_consent_that_the_share_names() -> None:
    world = World()
    told = world.tell(contact())
    consent = world.tell(consented())
    named = label(basis=BY_CONSENT)
    share = world.tell(shared(named, told.version))
    assert world.ask(HOKEN, told) == ("consent", (share, consent))
    nobody = World()
    told = nobody.tell(contact())
    nobody.tell(shared(named, told.version))
    assert nobody.ask(HOKEN, told) == ("no-basis", ())


def test_a_new_cycle_revives_no_consent() -> None:
    world, told, share, (consent,) = consenting(consented())
    reopened = world.tell(
        fact(SupportReopened, None, cycle=2, after=1, reason="asked", agency="shakyo", desk="sodan")
    )
    assert world.ask(HOKEN, told) == ("expired", (share, consent, reopened))
    once_more = world.tell(world.at(reopened).fact)
    cut = world.tell(withdrawn())
    found = ("withdrawn", (share, consent, cut, reopened, once_more))
    assert world.ask(HOKEN, told) == found
    elsewhere = World()
    before = [item for item in world.items if item.version <= share.version]
    elsewhere.items = [*before, world.at(reopened)._replace(stream=uuid4())]
    assert elsewhere.opens(HOKEN, told)


@pytest.mark.parametrize("home", [UUID(int=0), UUID(int=0x51)])
def test_a_new_cycle_where_the_case_went_on_revives_no_consent(home: UUID) -> None:
    """That they became one is said in both households."""
    world = World()
    told = world.tell(contact(about(MOTHER)), home)
    consent = world.tell(consented(), home)
    share = world.tell(shared(on(BY_CONSENT), told.version), home)
    became = fact(HouseholdsMerged, None, source=home, target=HOME, persons=(MOTHER,))
    for stream in (home, HOME):
        world.tell(became, stream)
    assert world.opens(HOKEN, told)
    cycle = {"cycle": 2, "after": 1, "reason": "asked", "agency": "shakyo", "desk": "sodan"}
    reopened = world.tell(fact(SupportReopened, None, **cycle))
    assert world.ask(HOKEN, told) == ("expired", (share, consent, reopened))


# 本人・世帯員


def test_who_was_handed_a_case_knows_whom_it_is_about() -> None:
    world = World()
    named = world.tell(identified(MOTHER), MOTHER)
    joining = world.tell(joined(MOTHER))
    his = world.tell(joined(FATHER))
    assert not world.opens(HOKEN, named)
    passed = world.tell(shared(on(BY_LAW)))
    assert world.ask(HOKEN, named) == ("statute", (passed,))
    assert world.ask(HOKEN, joining) == ("statute", (passed,))
    assert world.ask(HOKEN, his) == ("no-basis", ())
    split = fact(HouseholdSplit, None, source=HOME, target=uuid4(), persons=(MOTHER,))
    known = world.tell(split)
    unknown = world.tell(split.model_copy(update={"persons": (FATHER,)}))
    one_of_them = world.tell(split.model_copy(update={"persons": (FATHER, MOTHER)}))
    assert world.opens(HOKEN, known)
    found = world.shown(HOKEN, one_of_them)
    assert found is not None
    assert found.withheld == ("persons",)
    assert found.item.fact.persons == (MOTHER,)  # type: ignore[attr-defined]
    assert not world.opens(HOKEN, unknown)


def test_where_nobody_is_named_it_is_about_everybody_who_belongs() -> None:
    world = World()
    joining = world.tell(joined(MOTHER))
    named = world.tell(identified(MOTHER), MOTHER)
    stranger = world.tell(identified(CHILD), CHILD)
    passed = world.tell(shared(label(basis=BY_LAW)))
    assert world.ask(HOKEN, named) == ("statute", (passed, joining))
    assert world.ask(HOKEN, stranger) == ("no-basis", ())


def test_that_somebody_left_or_joined_another_rests_on_that_they_belong() -> None:
    world = World()
    joining, there = world.tell(joined(MOTHER)), world.tell(joined(MOTHER), ELSEWHERE)
    labelled = label(Category.FAMILY, subjects=(MOTHER,))
    left = world.tell(fact(MemberLeft, labelled, person=MOTHER, reason="died"))
    passed = world.tell(shared(label(basis=BY_LAW)))
    for place in (left, there):
        assert world.ask(HOKEN, place) == ("statute", (passed, joining))


def test_that_somebody_belongs_rests_on_no_other_record_of_the_same() -> None:
    """Two who were found to be one are each said to belong."""
    world = World(same={FATHER: CHILD})
    first, second = world.tell(joined(CHILD)), world.tell(joined(FATHER))
    passed = world.tell(shared(label(basis=BY_LAW)))
    assert world.ask(HOKEN, first) == ("statute", (passed,))
    assert world.ask(HOKEN, second) == ("statute", (passed,))


def test_what_was_never_open_is_not_closed_by_coming_back() -> None:
    world = World()
    told = world.tell(contact(about(MOTHER)))
    world.tell(referred(on(BY_CONSENT), enclosed=(told.version,)))
    world.tell(fact(ReferralWithdrawn, None, referral=REFERRAL, reason="本人の希望"))
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_a_name_goes_along_while_the_persons_own_consent_holds() -> None:
    world = World()
    named = world.tell(identified(MOTHER), MOTHER)
    consent = world.tell(consented())
    share = world.tell(shared(on(BY_CONSENT)))
    assert world.ask(HOKEN, named) == ("consent", (share, consent))
    cut = world.tell(withdrawn())
    assert world.ask(HOKEN, named) == ("withdrawn", (share, consent, cut))


def test_a_name_goes_along_while_any_of_it_is_left() -> None:
    world = World()
    named = world.tell(identified(MOTHER), MOTHER)
    both: dict[str, Any] = {"categories": (Category.CONSULTATION, Category.FINANCE)}
    world.tell(consented(**both))
    world.tell(shared(on(BY_CONSENT), **both))
    world.tell(withdrawn(categories=(Category.FINANCE,)))
    assert world.opens(HOKEN, named)
    world.tell(withdrawn())
    assert not world.opens(HOKEN, named)


def test_an_address_goes_along_only_with_the_category_identity() -> None:
    world = World()
    where = world.tell(address(), MOTHER)
    world.tell(shared(on(BY_LAW)))
    assert not world.opens(HOKEN, where)
    world.tell(shared(on(BY_LAW), categories=(Category.IDENTITY,)))
    assert world.opens(HOKEN, where)
    assert not world.opens(HOKEN, world.tell(address(), FATHER))


def test_who_was_handed_a_case_knows_the_consents_that_name_it() -> None:
    world, _, share, (consent,) = consenting(consented())
    other = world.tell(consented(consent=uuid4(), agencies=("gakko",)))
    assert world.ask(HOKEN, consent)[0] == "consent"
    assert share in world.ask(HOKEN, consent)[1]
    assert world.ask(HOKEN, other) == ("no-basis", ())
    again = world.tell(consented(consent=uuid4()))
    assert world.ask(HOKEN, again) == ("consent", (share,))


# 支援会議で知ったこと・協力依頼


@pytest.mark.parametrize(("basis", "rule"), [(BY_LAW, "statute"), (IN_DANGER, "urgent-share")])
def test_what_was_learned_in_a_room_goes_on_by_law_or_in_danger_and_never_by_consent(
    basis: Basis, rule: str
) -> None:
    world = World()
    told = world.tell(assessed(learned(Category.CONSULTATION, subjects=(MOTHER,))))
    world.tell(consented())
    world.tell(shared(on(BY_CONSENT), told.version))
    assert world.ask(HOKEN, told) == ("no-basis", ())
    passed = world.tell(shared(on(basis), told.version))
    assert world.ask(HOKEN, told) == (rule, (passed,))


def test_what_was_handed_over_in_a_room_no_consent_carries_out_of_it() -> None:
    world = World()
    told = world.tell(contact(about(MOTHER)))
    world.tell(consented())
    world.tell(shared(on(BySitting(sitting=SITTING, item=ITEM)), told.version))
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_inside_an_agency_no_purpose_carries_what_was_learned_in_a_room() -> None:
    world = World()
    theirs: dict[str, Any] = {"agency": "hoken", "desk": "boshi"}
    told = world.tell(assessed(learned(Category.CONSULTATION, **theirs)))
    passed = {"enclosed": (told.version,), "to_agency": "hoken", "to_desk": "chiku"}
    world.tell(referred(label(**theirs), **passed))
    assert world.ask(HOKEN, told) == ("not-present", ())


def asked(basis: Basis) -> InformationRequested:
    return fact(
        InformationRequested,
        on(basis),
        request=uuid4(),
        of_agency="hoken",
        purpose="support",
        categories=(Category.CONSULTATION,),
        answer_due="2026-04-20",
        narrative=({"text": "利用の有無", "label": on(basis)},),
    )


def test_whoever_is_asked_in_a_sittings_name_reads_the_request() -> None:
    world = World()
    named, joining = world.tell(identified(MOTHER), MOTHER), world.tell(joined(MOTHER))
    other = world.tell(contact())
    request = world.tell(asked(BySitting(sitting=SITTING, item=ITEM)))
    assert world.ask(HOKEN, request) == ("request", ())
    for place in (named, joining):
        assert world.ask(HOKEN, place) == ("request", (request,))
    assert world.ask(HOKEN, other) == ("no-basis", ())
    assert world.ask(SCHOOL, request) == ("no-basis", ())
    found = world.shown(HOKEN, request)
    assert found is not None
    assert found.withheld == ()


def test_a_request_on_consent_is_read_while_it_holds() -> None:
    world = World()
    consent = world.tell(consented())
    request = world.tell(asked(BY_CONSENT))
    assert world.ask(HOKEN, request) == ("consent", (consent,))
    world.tell(withdrawn())
    found = world.shown(HOKEN, request)
    assert found is not None
    assert (found.grant.rule, found.withheld) == ("addressed", ("narrative.0",))


def test_a_stricter_category_closes_what_was_handed_over() -> None:
    world = World()
    told = world.tell(contact())
    passed = world.tell(shared(on(BY_LAW), told.version))
    tightened = world.tell(fact(LabelTightened, None, of=told.version, category=Category.HEALTH))
    assert world.ask(HOKEN, told) == ("no-basis", (tightened,))
    assert world.opens(HOKEN, passed)
