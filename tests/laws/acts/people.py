"""Households and people: taken in, joined, left, merged, split, identified, concealed."""

from functools import partial

from domain.concealment import (
    EndConcealment,
    ExtendConcealment,
    ProposeEnding,
    StartConcealment,
    end_concealment,
    extend_concealment,
    propose_ending,
    start_concealment,
)
from domain.events.membership import Leaving
from domain.household import Household
from domain.identity import (
    IdentifyPerson,
    MergePersons,
    RecordAddress,
    UnmergePersons,
    identify_person,
    merge_persons,
    record_address,
    unmerge_persons,
)
from domain.intake import TakeIn, take_in
from domain.ledger import Decision, Stream
from domain.membership import (
    JoinHousehold,
    LeaveHousehold,
    NotePerson,
    SplitHousehold,
    join_household,
    leave_household,
    note_person,
    split_household,
)
from domain.merger import MergeHouseholds, merge_households
from domain.person import Person
from domain.referral import AcceptReferral, MakeReferral, accept_referral, make_referral
from domain.values import PersonId
from tests.domain.given import COUNSELLOR, IDENTITY, PROTECTION
from tests.laws.acts.said import about
from tests.laws.town import OFFICIAL, WORKER, Town

_FAMILY = (
    {"name": "山田父", "kana": "やまだちち", "birth_year": 1979, "relation": "father"},
    {"name": "山田母", "kana": "やまだはは", "birth_year": 1981, "relation": "mother"},
    {"nickname": "たろう", "birth_year": 2014, "relation": "child"},
)


def take_in_family(town: Town) -> None:
    """父・母・子: one of them comes to the centre, which asks two others to help."""
    _take_in(town, _FAMILY)
    home = Stream(Household, town.households[0])
    for helper in (WORKER, OFFICIAL):
        asked = {"to_agency": helper.agency, "purpose": "referral"}
        referral = town.new_id("referral")
        town.do(make_referral, MakeReferral, home, as_=COUNSELLOR, **asked)
        decide: Decision = accept_referral
        town.do(partial(decide, referral=referral), AcceptReferral, home, as_=helper)


def take_in_others(town: Town) -> None:
    if len(town.households) < 4:
        _take_in(town, tuple(town.some(_FAMILY, 2)))


def _take_in(town: Town, family: tuple[dict[str, object], ...]) -> None:
    household = town.new_id("household")
    persons = [PersonId(town.new_id(f"person-{n}")) for n in range(len(family))]
    streams = [Stream(Person, person, new=True) for person in persons]
    told = {"route": "visit", "consulter": "family", "fields": ["children"], "narrative": "話"}
    by = town.worker() if town.households else COUNSELLOR
    home = Stream(Household, household, new=True)
    taken = town.do(take_in, TakeIn, home, *streams, as_=by, persons=family, **told)
    if taken and taken.recorded:
        town.households.append(household)
        town.persons += persons


def note_somebody(town: Town) -> None:
    home, person = town.household(), PersonId(town.new_id("person"))
    streams = Stream(Household, home), Stream(Person, person, new=True)
    said = {"nickname": "次郎", "relation": "unknown", "birth_year": town.one([1950, 2012, 2025])}
    noted = town.do(
        note_person, NotePerson, *streams, as_=town.insider(home), **about(town, home), **said
    )
    if noted and noted.recorded:
        town.persons.append(person)


def join(town: Town) -> None:
    home, person = town.one(town.households), town.one(town.persons)
    said = {"person": person, "relation": town.one(["child", "unknown"]), "since": "2024"}
    streams = Stream(Household, home), Stream(Person, person)
    town.do(join_household, JoinHousehold, *streams, as_=town.worker(), **about(town, home), **said)


def leave(town: Town) -> None:
    home = town.household()
    person = town.member(home)
    said = {"reason": town.one(list(Leaving)), "handed_over": town.seldom()}
    how: Decision = leave_household
    town.do(
        partial(how, person=person),
        LeaveHousehold,
        Stream(Household, home),
        as_=town.insider(home),
        **about(town, home, **said),
    )


def merge(town: Town) -> None:
    """Once households are one, little is left to try: seldom."""
    if town.seldom(0.7):
        return
    target, source = town.one(town.households), town.one(town.households)
    streams = Stream(Household, target), Stream(Household, source)
    town.do(merge_households, MergeHouseholds, *streams, as_=town.worker(IDENTITY), source=source)


def split(town: Town) -> None:
    if len(town.households) > 3:
        return
    home, new = town.household(), town.new_id("household")
    streams = Stream(Household, home), Stream(Household, new, new=True)
    persons = town.some(town.state(home).people.members, 2, 1)
    done = town.do(
        split_household, SplitHousehold, *streams, as_=town.insider(home), persons=persons
    )
    if done and done.recorded:
        town.households.append(new)


def identify(town: Town) -> None:
    home = town.household()
    person = town.member(home)
    streams = Stream(Person, person), Stream(Household, home)
    said = {"name": "山田太郎", "kana": "やまだたろう", "birth_date": "平成26年5月"}
    town.do(identify_person, IdentifyPerson, *streams, as_=town.insider(home), **said)


def live_somewhere(town: Town) -> None:
    home = town.household()
    streams = Stream(Person, town.member(home)), Stream(Household, home)
    said = {"place": "residence", "text": "北町1-2"}
    town.do(
        record_address, RecordAddress, *streams, as_=town.insider(home), **about(town, home, **said)
    )


def one_person(town: Town) -> None:
    find_one(town, town.one(town.persons), town.one(town.persons))


def find_one(town: Town, survivor: PersonId, absorbed: PersonId) -> None:
    known = [Stream(Person, each) for each in town.person(survivor).absorbed - {absorbed}]
    streams = Stream(Person, survivor), Stream(Person, absorbed), *known
    town.do(merge_persons, MergePersons, *streams, as_=town.worker(IDENTITY), absorbed=absorbed)


def two_persons_again(town: Town) -> None:
    """The finding was wrong after all."""
    merged = [p for p in town.persons if town.person(p).absorbed_by]
    absorbed = town.one(merged or town.persons)
    find_two(town, town.person(absorbed).absorbed_by or town.one(town.persons), absorbed)


def find_two(town: Town, survivor: PersonId, absorbed: PersonId) -> None:
    others = [Stream(Person, each) for each in town.person(survivor).absorbed - {absorbed}]
    streams = Stream(Person, survivor), Stream(Person, absorbed), *others
    said = {"absorbed": absorbed, "reason": "別人だった"}
    town.do(unmerge_persons, UnmergePersons, *streams, as_=town.worker(IDENTITY), **said)


def conceal(town: Town) -> None:
    home = town.household()
    person, other = town.member(home), town.member(home)
    streams = Stream(Person, person), Stream(Household, home)
    said = {"threat": "dv", "counterparties": [other]}
    town.do(start_concealment, StartConcealment, *streams, as_=town.insider(home), **said)


def end_concealing(town: Town) -> None:
    """Proposed by one, ended by another or the same; or gone on with instead."""
    home = town.household()
    hidden = [p for p in town.state(home).people.members if town.person(p).is_concealed]
    person = town.one(hidden) if hidden else town.member(home)
    streams = Stream(Person, person), Stream(Household, home)
    key = town.thing(town.person(person).concealments)
    by, proposal = town.worker(PROTECTION), town.new_id("proposal")
    town.do(
        partial(propose_ending, concealment=key),
        ProposeEnding,
        *streams,
        as_=by,
        reason="concealment-end-reasons-1",
    )
    if town.seldom(0.3):
        extend = ExtendConcealment()
        town.ask(partial(extend_concealment, concealment=key), extend, *streams, as_=by)
    town.do(
        partial(end_concealment, concealment=key),
        EndConcealment,
        *streams,
        as_=by,
        proposal=proposal,
    )


ACTS = (
    take_in_others,
    note_somebody,
    join,
    leave,
    merge,
    split,
    identify,
    live_somewhere,
    one_person,
    two_persons_again,
    conceal,
    end_concealing,
)
