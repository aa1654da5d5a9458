"""なぜ読めないか: a denial, or a frame, names what stands in the reader's way and nothing else."""

from uuid import UUID

from domain.events.consent import LabelTightened
from domain.events.meeting import RoleAssigned
from domain.events.referral import ReferralReturned, ReferralWithdrawn
from domain.events.sitting import AgendaItemAdded, PresenceEnded, RoomClosed
from domain.events.support import GuardianAppointed
from domain.gate import Place
from domain.labels import ByStatute, Category
from domain.values import Role
from tests.domain.gated import (
    CHAIR,
    CHILD,
    CONSENT,
    DECISION,
    FATHER,
    HOKEN,
    ITEM,
    MOTHER,
    NURSE,
    OTHER_ITEM,
    OWN,
    REFERRAL,
    ROLE,
    SITTING,
    Room,
    World,
    address,
    concealed,
    consented,
    contact,
    fact,
    identified,
    joined,
    label,
    reader,
    referred,
    shared,
    withdrawn,
)

SCHOOL = reader("gakko", "kyomu")
BY_LAW = label(basis=ByStatute(article="apc-6"))
SECOND = UUID(int=0x200)
ELSEWHERE = UUID(int=0x51)


def returned(referral: UUID = REFERRAL) -> ReferralReturned:
    given = {"referral": referral, "recorded_by": "receiver", "reason": "担当外"}
    return fact(ReferralReturned, label(agency="hoken", desk="chiku"), **given)


def guarding(person: UUID = FATHER) -> GuardianAppointed:
    given = {"person": person, "kind": "guardian", "guardian": "某", "agency": "gakko"}
    return fact(GuardianAppointed, label(agency="hoken", desk="boshi"), **given)


# 入り口が終わったとき


def test_every_way_that_has_ended_is_named_with_what_ended_it() -> None:
    world = World()
    told = world.tell(contact())
    sent = world.tell(referred(BY_LAW, enclosed=(told.version,)))
    consent = world.tell(consented())
    by_consent = label(basis={"kind": "consent", "consent": CONSENT}, subjects=(MOTHER,))
    share = world.tell(shared(by_consent, told.version))
    back = world.tell(returned())
    assert world.ask(HOKEN, told) == ("consent", (share, consent))
    cut = world.tell(withdrawn())
    assert world.ask(HOKEN, told) == ("returned", (sent, back, share, consent, cut))


def test_a_referral_that_came_back_and_was_withdrawn_names_both() -> None:
    world = World()
    told = world.tell(contact())
    sent = world.tell(referred(BY_LAW, enclosed=(told.version,)))
    back = world.tell(returned())
    gone = world.tell(fact(ReferralWithdrawn, None, referral=REFERRAL, reason="本人の希望"))
    assert world.ask(HOKEN, told) == ("returned", (sent, back, gone))


def test_a_way_that_was_never_open_to_this_reader_is_not_named() -> None:
    world = World()
    told = world.tell(contact(label(Category.HEALTH)))
    world.tell(referred(BY_LAW, enclosed=(told.version,), to_agency="gakko"))
    world.tell(referred(BY_LAW, enclosed=(told.version,)))  # 健康 is no part of it
    world.tell(returned())
    assert world.ask(HOKEN, told) == ("no-basis", ())


def test_who_belongs_is_no_part_of_why_a_consent_carries_it_no_more() -> None:
    world = World()
    hers, belongs = world.tell(identified(MOTHER), MOTHER), world.tell(joined(MOTHER))
    consent = world.tell(consented())
    share = world.tell(shared(label(basis={"kind": "consent", "consent": CONSENT})))
    assert world.ask(HOKEN, hers) == ("consent", (share, belongs, consent))
    cut = world.tell(withdrawn())
    assert world.ask(HOKEN, hers) == ("withdrawn", (share, consent, cut))


def test_a_stricter_label_under_which_another_way_is_over_is_not_named() -> None:
    world = World()
    told = world.tell(contact())
    for category, key in ((Category.CONSULTATION, REFERRAL), (Category.HEALTH, SECOND)):
        passed = {"referral": key, "categories": (category,), "enclosed": (told.version,)}
        sent, back = world.tell(referred(BY_LAW, **passed)), world.tell(returned(key))
    world.tell(fact(LabelTightened, None, of=told.version, category=Category.HEALTH))
    assert world.ask(HOKEN, told) == ("returned", (sent, back))


def test_of_a_room_the_departure_and_the_closing_are_named() -> None:
    world = World()
    told = world.tell(contact())
    room = Room(world)
    brought = room.bring(told.version)
    for tell in (room.invite, room.bind, room.attend, room.open):
        tell()
    left = room.tell(PresenceEnded, item=ITEM, attendee=UUID(int=8))
    closed = room.tell(RoomClosed)
    assert world.ask(HOKEN, told) == ("not-present", (brought, left, closed))


def test_of_each_seat_what_kept_them_from_it_is_named() -> None:
    world = World()
    told = world.tell(contact())
    room = Room(world)
    brought = room.bring(told.version)
    room.invite()
    room.open()
    unbound = room.attend()
    room.invite(SECOND)
    assert world.ask(HOKEN, told) == ("no-duty", (brought, unbound))
    room.bind(SECOND)
    room.attend(SECOND)
    assert world.opens(HOKEN, told)
    left = room.tell(PresenceEnded, item=ITEM, attendee=SECOND)
    assert world.ask(HOKEN, told) == ("no-duty", (brought, unbound, left))


def layered() -> tuple[World, Room, Place, Place, Place]:
    world = World()
    consent = world.tell(consented(agencies=("hoken", "city")))
    told = world.tell(contact(label(subjects=(MOTHER,))))
    room = Room(world, "layered")
    brought = room.bring(told.version, labelled=label(subjects=(MOTHER,)))
    for tell in (room.invite, room.attend, room.open):
        tell()
    return world, room, consent, told, brought


def test_of_a_layered_meeting_the_consent_that_was_cut_is_named() -> None:
    world, room, consent, told, brought = layered()
    keeper = reader("city", "layered", Role.COORDINATOR, CHAIR)
    assert [world.ask(by, told)[0] for by in (HOKEN, keeper)] == ["room", "secretariat"]
    cut = world.tell(withdrawn(agencies=("hoken", "city")))
    why = ("withdrawn", (brought, consent, cut))
    assert [world.ask(by, told) for by in (HOKEN, keeper)] == [why, why]
    closed = room.tell(RoomClosed)
    assert world.ask(HOKEN, told) == ("room-closed", (brought, closed, consent, cut))
    again = world.tell(consented(consent=SECOND))
    assert world.ask(HOKEN, told) == ("room-closed", (brought, closed))
    assert again not in world.ask(HOKEN, told)[1]


def test_of_a_layered_role_the_consent_that_was_cut_is_named() -> None:
    world, room, consent, _, _ = layered()
    room.decide()
    given = {"role": ROLE, "decision": DECISION, "agency": "hoken", "task": "見守り"}
    role = world.tell(fact(RoleAssigned, label(agency="city", desk="layered"), **given))
    hers = world.tell(joined(MOTHER))
    colleague = reader("hoken", "boshi", staff=CHAIR)
    assert world.ask(colleague, hers)[0] == "role"
    cut = world.tell(withdrawn())
    assert world.ask(colleague, hers) == ("withdrawn", (role, consent, cut))


def test_a_frame_names_what_ended_the_rest() -> None:
    world = World()
    sent = world.tell(referred(BY_LAW))
    assert world.ask(HOKEN, sent)[0] == "statute"
    back = world.tell(returned())
    assert world.ask(HOKEN, sent) == ("addressed", (back,))


def test_a_stricter_label_is_named_by_a_frame_where_it_took_the_rest() -> None:
    world = World()
    sent = world.tell(referred(BY_LAW))
    hidden = world.tell(fact(LabelTightened, None, of=sent.version, category=Category.HEALTH))
    assert world.ask(HOKEN, sent) == ("addressed", (hidden,))
    world.tell(fact(LabelTightened, None, of=sent.version, hide_from=(CHILD,)))
    assert world.ask(HOKEN, sent) == ("addressed", (hidden,))


# 壁と秘匿


def test_all_that_raises_the_wall_is_named() -> None:
    world = World()
    told = world.tell(contact(label(agency="gakko", desk="kyomu")))
    acting = [world.tell(guarding()), world.tell(guarding(CHILD))]
    world.tell(guarding(MOTHER))
    hides = {"of": told.version, "hide_from": (FATHER,)}
    hiding = [world.tell(fact(LabelTightened, None, **hides)) for _ in range(2)]
    assert world.ask(SCHOOL, told) == ("wall", (acting[0], *hiding))
    concealing = [
        world.tell(fact(LabelTightened, None, of=told.version, conceal=True)) for _ in range(2)
    ]
    begun = world.tell(concealed(CHILD), MOTHER)
    world.tell(concealed(NURSE), CHILD)
    assert world.ask(SCHOOL, told) == ("wall", (*acting, begun, *hiding, *concealing))
    assert world.ask(OWN, told)[0] == "concealed-location"


def test_all_that_conceals_a_place_is_named() -> None:
    world = World()
    where = world.tell(address(), MOTHER)
    begun = world.tell(concealed(), MOTHER)
    world.tell(concealed(), FATHER)
    hides = [fact(LabelTightened, None, of=where.version, conceal=True)] * 2
    hiding = [world.tell(each, MOTHER) for each in hides]
    assert world.ask(OWN, where) == ("concealed-location", (begun, *hiding))


def test_of_who_sits_there_each_item_is_named_by_whom_it_takes_up() -> None:
    """Whoever may sit there for another item, too, is told only where that one takes up somebody
    who is protected, from whomever.
    """
    world = World()
    acting = world.tell(guarding())
    begun = world.tell(concealed(FATHER), MOTHER)
    hers, his = world.tell(joined(MOTHER)), world.tell(joined(CHILD))
    room = Room(world)
    other = {"kind": "case", "basis": "support", "title": "別の世帯", "household": ELSEWHERE}
    second = room.tell(AgendaItemAdded, item=OTHER_ITEM, **other)
    both = room.invite(items=(ITEM, OTHER_ITEM))
    there = world.tell(joined(CHILD), ELSEWHERE)
    assert world.ask(SCHOOL, both)[0] != "wall"
    hidden = world.tell(concealed(NURSE), CHILD)
    named = (acting, begun, room.item, hers, second, there, hidden)
    assert world.ask(SCHOOL, both) == ("wall", named)
    assert his not in named
    assert world.items[0].stream != SITTING
