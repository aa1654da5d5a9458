"""Shares, requests, つなぎ and the lead."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from domain.household import Household
from domain.household.referrals import ReferralStatus
from domain.labels import BySitting
from domain.lead import HandOverWork, NameLead, hand_over_work, name_lead
from domain.ledger import Decision, Stream
from domain.passing import Pass, concerned
from domain.person import Person
from domain.referral import (
    AcceptReferral,
    MakeReferral,
    ReturnReferral,
    WithdrawReferral,
    accept_referral,
    make_referral,
    return_referral,
    withdraw_referral,
)
from domain.reviewing import ReviewShare, review_share
from domain.sharing import (
    AnswerInformationRequest,
    RequestInformation,
    ShareInformation,
    answer_information_request,
    request_information,
    share_information,
)
from domain.sitting import Sitting
from domain.values import PersonId
from tests.domain.given import COORDINATOR, COUNSELLOR, PRIVACY
from tests.laws.acts.said import AGENCIES, CATEGORIES, PURPOSES, about, basis, versions, words
from tests.laws.town import CASE_WORKERS, CHIEF, OFFICIAL, WOMEN, WORKER, Town, staff


def _pass(town: Town, decide: Decision, kind: type[Pass], home: UUID, **said: Any) -> None:
    """With the streams it rests on, as the route finds them."""
    told = {**about(town, home), "purpose": town.one(PURPOSES), **said}
    if "basis" not in said and town.seldom(0.6):
        told["basis"] = basis(town, home)
    try:
        command = kind.model_validate(told)
    except ValidationError:
        return
    facts = getattr(command, "facts", None) or getattr(command, "enclosed", None) or ()
    beside = [
        Stream(Person, person, new=True)
        for person in _with_speakers(town, home, concerned(town.state(home), command, facts))
    ]
    if isinstance(command.basis, BySitting):
        beside.append(Stream(Sitting, command.basis.sitting))
    to = getattr(command, "to_agency", None) or getattr(command, "of_agency", None)
    senders = [held for held in (COUNSELLOR, WORKER, OFFICIAL, WOMEN) if held.agency != to]
    by = town.insider(home, *senders)
    town.ask(decide, command, Stream(Household, home), *beside, as_=by)


def _with_speakers(town: Town, home: UUID, persons: Iterable[UUID]) -> list[UUID]:
    """Everybody under all their ids, and whoever consented for them; seldom not all of them."""
    whole = {each for person in persons for each in town.person(person).ids}
    whole |= {each for person in whole for each in town.person(person).ids}
    given = town.state(home).consents.consents.values()
    speakers = {each.giver for each in given if each.person in whole}
    whole |= {each for person in speakers for each in town.person(person).ids}
    return sorted(whole) if not town.seldom() else town.some(sorted(whole), len(whole))


def share(town: Town) -> None:
    home = town.household()
    said = {"to_agency": town.one(AGENCIES), "facts": versions(town, home)}
    said["categories"] = town.some(CATEGORIES, 1)
    _pass(town, share_information, ShareInformation, home, **said, narrative=words(town, home))


def share_as_agreed(town: Town) -> None:
    """What a consent covers, or covered once, or almost covers."""
    home = town.household()
    said = _agreed(town, home)
    if town.seldom(0.4):
        said["facts"] = town.one([versions(town, home), _heard_in_sittings(town, home)])
    _pass(town, share_information, ShareInformation, home, **said)


def _heard_in_sittings(town: Town, home: UUID) -> list[int]:
    """Rule 3: what must not leave because somebody consents."""
    writings = town.state(home).writings
    return town.some([w.version for w in writings if isinstance(w.label.basis, BySitting)], 1, 1)


def tell_about(town: Town, home: UUID, person: PersonId) -> None:
    """What a consent of anybody might cover, about this person."""
    given = town.state(home).consents.consents
    if not given:
        return
    key = town.one(given)
    said = {
        "to_agency": town.one(sorted(given[key].agencies)),
        "purpose": town.one(sorted(given[key].purposes)),
        "subjects": [person],
        "narrative": "朝は起きられない。",
        "basis": town.one([None, {"kind": "consent", "consent": key}]),
    }
    _pass(town, share_information, ShareInformation, home, **said)


def share_what_was_heard(town: Town) -> None:
    home = town.household()
    said = {"to_agency": "shakyo", "facts": _heard_in_sittings(town, home), "basis": None}
    _pass(town, share_information, ShareInformation, home, **said)


def refer_as_agreed(town: Town) -> None:
    home = town.household()
    said = _agreed(town, home)
    if town.seldom(0.3):
        said["enclosed"] = versions(town, home)
    _pass(town, make_referral, MakeReferral, home, **said)


def _agreed(town: Town, home: UUID) -> dict[str, Any]:
    consents = town.state(home).consents.consents
    if not consents:
        return {"to_agency": town.one(AGENCIES), "narrative": "朝は起きられない。"}
    key = town.one([*consents][-3:])
    given = consents[key]
    others = town.some([town.member(home)], 1) if town.seldom() else ()
    category = town.either(town.one(sorted(given.categories)), town.one(CATEGORIES))
    return {
        "to_agency": town.either(town.one(sorted(given.agencies)), town.one(AGENCIES)),
        "purpose": town.either(town.one(sorted(given.purposes)), town.one(PURPOSES)),
        "subjects": [_known_as(town, home, given.person), *others],
        "category": category,
        "categories": town.some([category], 1),
        "narrative": "朝は起きられない。",
        "basis": town.one([None, {"kind": "consent", "consent": key}]),
        "occurred_on": town.either(None, "2026-04"),
    }


def _known_as(town: Town, home: UUID, person: PersonId) -> PersonId:
    """Under any of the ids by which the household knows them."""
    known = town.state(home).people.members.keys() & town.person(person).ids
    return town.one(sorted(known | {person}))


def share_in_room(town: Town, home: UUID, sitting: UUID, item: UUID) -> None:
    """Between those who sit together, or should."""
    said = {
        "to_agency": town.one(AGENCIES),
        "basis": {"kind": "sitting", "sitting": sitting, "item": item},
        "facts": versions(town, home) if town.seldom(0.5) else (),
        "narrative": words(town, home) or "様子を伝えた。",
        "occurred_on": town.either(None, "2026-04-02"),
    }
    _pass(town, share_information, ShareInformation, home, **said)


def ask_agency(town: Town) -> None:
    home = town.household()
    said = {"of_agency": town.one(AGENCIES), "narrative": words(town, home)}
    _pass(town, request_information, RequestInformation, home, **said)


def refer(town: Town) -> None:
    home = town.household()
    if town.seldom(0.5):
        by, asked = town.insider(home), {"to_agency": town.one(["shakyo", "city"])}
        stream, purpose = Stream(Household, home), {"purpose": "referral"}
        town.do(make_referral, MakeReferral, stream, as_=by, **asked, **purpose)
        return
    said: dict[str, Any] = {"to_agency": town.one(AGENCIES)}
    if town.seldom(0.4):
        said["to_desk"] = town.one(["nurses", "general", "support", "layered", "women"])
    if town.seldom(0.4):
        said["enclosed"] = versions(town, home)
    if town.seldom(0.5):
        said["narrative"] = words(town, home)
    _pass(town, make_referral, MakeReferral, home, **said)


def _answering(town: Town, home: UUID) -> tuple[UUID, Any]:
    """A つなぎ of the household and, mostly, somebody of the agency that was asked."""
    made = town.state(home).referrals.referrals
    key = town.thing([key for key in made if made[key].status is ReferralStatus.OPEN] or made)
    asked = [by for by in CASE_WORKERS if key in made and by.agency == made[key].to_agency]
    return key, town.worker(*(asked or (COUNSELLOR,)))


def accept(town: Town) -> None:
    home = town.household()
    key, by = _answering(town, home)
    decide: Decision = accept_referral
    kept = [Stream(Household, each) for each in town.merged_with(home)]
    streams = Stream(Household, home), *kept
    answer = _by_telephone(town)
    town.do(partial(decide, referral=key), AcceptReferral, *streams, as_=by, **answer)


def turn_back(town: Town) -> None:
    home = town.household()
    key, by = _answering(town, home)
    decide = partial(return_referral, referral=key)
    said = {**_by_telephone(town), "reason": "対象の外"}
    town.do(decide, ReturnReferral, Stream(Household, home), as_=by, **said)


def _by_telephone(town: Town) -> dict[str, str]:
    return town.one([{}, {"answered_by": "院長", "answered_how": "answer-methods-1"}])


def take_back(town: Town) -> None:
    home = town.household()
    decide = partial(withdraw_referral, referral=town.thing(town.state(home).referrals.referrals))
    said = {"reason": "別の道が見つかった"}
    town.do(decide, WithdrawReferral, Stream(Household, home), as_=town.insider(home), **said)


def review(town: Town) -> None:
    home = town.household()
    decide = partial(review_share, share=town.thing(town.state(home).consents.shares))
    by = town.worker(PRIVACY)
    town.do(decide, ReviewShare, Stream(Household, home), as_=by, proper=town.seldom(0.8))


def answer_request(town: Town) -> None:
    home = town.household()
    key = town.thing(town.state(home).consents.requests)
    decide = partial(answer_information_request, request=key)
    said = {"cooperated": town.seldom(0.8)}
    town.do(
        decide, AnswerInformationRequest, Stream(Household, home), as_=town.insider(home), **said
    )


def lead(town: Town) -> None:
    home = town.household()
    to = town.one([WORKER, OFFICIAL, COUNSELLOR])
    said = {"agency": to.agency, "desk": to.desk, "staff": town.one([staff(to), None])}
    town.do(
        name_lead,
        NameLead,
        Stream(Household, home),
        as_=town.worker(COORDINATOR, COUNSELLOR, WORKER),
        **said,
    )


def hand_over(town: Town) -> None:
    """The whole of somebody's work, from today or soon, or for the time of a leave."""
    day, by = town.at.date(), town.worker(COUNSELLOR, CHIEF)
    leads = {home: town.state(home).lead_on(day) for home in town.households}
    theirs = [home for home, held in leads.items() if held and held.staff]
    homes = town.some(theirs or town.households, 2, 1)
    held = leads[homes[0]]
    said = {
        "from_staff": held.staff if held and held.staff else staff(by),
        "to_staff": staff(by, 1) if town.seldom(0.8) else staff(WORKER),
        "households": homes,
        "effective_on": (begins := town.one([day, day + timedelta(20)])),
        "until": town.one([None, begins]),
    }
    streams = [Stream(Household, home) for home in homes]
    town.do(hand_over_work, HandOverWork, *streams, as_=by, **said)


ACTS = (
    share,
    share_as_agreed,
    share_as_agreed,
    ask_agency,
    refer,
    refer_as_agreed,
    accept,
    turn_back,
    take_back,
    review,
    answer_request,
    lead,
    hand_over,
)
