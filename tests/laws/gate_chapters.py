"""Chapters (章) of a household: who belongs, what is written, handed over, consented to, hidden."""

from typing import Any
from uuid import UUID

from domain.events import consent as c
from domain.events import intake as i
from domain.events import membership as h
from domain.events import person as p
from domain.events import referral as r
from domain.events import rights as d
from domain.events import support as u
from domain.events.staff import StaffRegistered
from domain.labels import Category, Tag
from tests.domain import gated as g
from tests.laws.gate_teller import (
    APART,
    CATEGORIES,
    DESKS,
    ELSEWHERE,
    PERSONS,
    PURPOSES,
    STAFF,
    STAFF_FILE,
    Teller,
)


def member(t: Teller) -> None:
    person = t.one(*PERSONS)
    about = g.label(Category.FAMILY, *t.one(*DESKS[:4]), subjects=(person,))
    given = {"relation": "self", "membership": "registered", "since": "2020-04-01"}
    where = t.one(g.HOME, g.HOME, ELSEWHERE)
    told = [x.fact for x in t.world.items if x.stream == where]
    if any(isinstance(fact, h.MemberJoined) and fact.person == person for fact in told):
        return
    t.tell(h.MemberJoined, about, where, person=person, **given)
    if t.rarely():
        t.tell(h.MemberLeft, about, t.one(where, g.HOME, ELSEWHERE), person=person, reason="died")


def identity(t: Teller) -> None:
    person, whose = t.one(*PERSONS), t.one(*DESKS[:4])
    about = g.label(Category.IDENTITY, *whose, subjects=(person,))
    t.tell(p.PersonIdentified, about, person, name="芦屋花子", kana="アシヤ")
    where = {"address": t.new(), "place": t.one("residence", "school"), "text": "町1-2"}
    t.tell(p.AddressRecorded, about, person, **where, period={"start": "2026-04-01"})
    if t.rarely(0.3):
        located = t.label(*whose, tags=t.one((), (Tag.LOCATION,)))
        t.tell(p.CareNeeded, located, person, kinds=("interpreter",))
    if t.rarely(0.3):
        t.tell(p.SafeContactAgreed, about, person, times="午前")


def concealment(t: Teller) -> None:
    person, key = t.one(*PERSONS[:2]), t.new()
    against = t.few(*(each for each in PERSONS if each != person))
    about = g.label(Category.ABUSE, "city", "juki", subjects=(person,))
    given = {"counterparties": against, "threat": "dv", "until": "2026-04-05"}
    t.tell(p.ConcealmentStarted, about, person, concealment=key, **given)
    if t.rarely(0.3):
        ended = {"concealment": key, "reason": "asked", "proposed_by": g.CHIEF}
        t.tell(p.ConcealmentEnded, about, person, **ended)


def written(t: Teller) -> None:
    for _ in range(t.one(1, 2, 3)):
        basis = t.basis("own", "own", "own", "own", "sitting")
        told = t.one(g.contact, g.contact, g.assessed)
        t.world.tell(told(t.label(basis=basis)), g.HOME, t.one(*STAFF))


def note(t: Teller) -> None:
    labelled = t.label(*t.one(*DESKS[:3]))
    t.tell(i.NoteKept, labelled, note=t.new(), text="メモ", label_by="2026-04-04")


def referral(t: Teller) -> None:
    key, (to, desk) = t.new(), t.one(*DESKS[:4], DESKS[7])
    categories = tuple(dict.fromkeys(t.few(*CATEGORIES)))
    given = {"to_agency": to, "to_desk": t.one(None, desk), "purpose": t.one(*PURPOSES)}
    labelled = t.label(basis=t.basis("own", "consent", "statute", "urgent"))
    t.tell(r.ReferralMade, labelled, referral=key, **given, categories=categories,
           enclosed=t.versions(), answer_due="2026-04-15")  # fmt: skip
    back, end = (
        t.one(labelled, t.label(to, desk), t.label(to, desk)),
        t.one(None, None, "accepted", "returned", "returned", "withdrawn"),
    )
    said = {"referral": key, "recorded_by": "receiver"}
    if end == "accepted":
        t.tell(r.ReferralAccepted, back, **said)
    if end == "returned":
        t.tell(r.ReferralReturned, back, **said, reason="担当外")
    if end == "withdrawn":
        t.tell(r.ReferralWithdrawn, labelled, referral=key, reason="希望")
    if t.rarely(0.25):
        t.tell(r.ReferralReviewed, t.label(*t.one(*DESKS)), referral=key, proper=True)


def sent_on(t: Teller, by: tuple[str, str], person: UUID) -> None:
    """A つなぎ or 協力依頼, and what its sender writes down of the answer."""
    key, to = t.new(), t.one(*(each for each, _ in DESKS))
    about = g.label(Category.CONSULTATION, *by, subjects=t.one((), (person,), PERSONS[2:]))
    back = g.label(Category.CONSULTATION, *by, subjects=t.one((), (), (person,)))
    given = {"purpose": "support", "categories": (), "answer_due": "2026-04-15"}
    if t.rarely(0.3):
        t.tell(c.InformationRequested, about, request=key, of_agency=to, **given)
        t.tell(c.InformationRequestAnswered, back, request=key, cooperated=True)
        return
    t.tell(r.ReferralMade, about, referral=key, to_agency=to, **given)
    said = {"referral": key, "reason": "満床"}
    answered = {"referral": key, "recorded_by": "sender"}
    kind, words = t.one((r.ReferralWithdrawn, said), (r.ReferralAccepted, answered))
    t.tell(kind, back, **words)


def share(t: Teller) -> None:
    given = {"to_agency": t.one("hoken", "hoken", "shakyo", "gakko"), "purpose": t.one(*PURPOSES)}
    categories = tuple({*t.few(*CATEGORIES), Category.CONSULTATION})
    key = t.new()
    t.tell(c.InformationShared, t.label(basis=t.basis()), share=key, **given,
           categories=categories, facts=t.versions())  # fmt: skip
    if t.rarely(0.25):
        t.tell(c.ShareReviewed, t.label(*t.one(*DESKS)), share=key, proper=True)


def request(t: Teller) -> None:
    key, of = t.new(), t.one("hoken", "gakko", "shakyo")
    labelled = t.label(basis=t.basis("sitting", "consent", "statute"))
    given = {"of_agency": of, "purpose": t.one(*PURPOSES), "answer_due": "2026-04-20"}
    categories = t.few(*dict.fromkeys(CATEGORIES))
    t.tell(c.InformationRequested, labelled, request=key, **given, categories=categories)
    if t.rarely(0.5):
        answer = t.label(of, t.one("chiku", "kyomu", "sodan"))
        t.tell(c.InformationRequestAnswered, answer, request=key, cooperated=True)
    if t.rarely(0.2):
        t.tell(c.InformationRequestReviewed, t.label(*t.one(*DESKS)), request=key, proper=True)


def consent(t: Teller) -> None:
    person, key = t.one(*PERSONS), t.one(g.CONSENT, t.new())
    if any(getattr(x.fact, "consent", None) == key for x in t.world.items):
        key = t.new()
    over = {"start": "2026-04-01", "end": t.one("2027-03-31", "2026-04-09", "2026-04-10")}
    scope = {
        "agencies": t.few("hoken", "gakko", "shakyo", "city") or ("hoken",),
        "categories": tuple({Category.CONSULTATION, t.one(*CATEGORIES)}),
        "purposes": t.few(*PURPOSES) or ("support",),
    }
    labelled = t.label(subjects=(person,), hidden_from=())
    later = {"start": "2026-04-11"}
    t.world.tell(
        g.consented(person, key, **scope, period=later if t.rarely(0.1) else over).model_copy(
            update={"label": labelled}
        )
    )
    for _ in range(t.one(1, 1, 2) if t.rarely(0.4) else 0):
        cut = {**scope, "agencies": t.one(scope["agencies"], scope["agencies"][:1])}
        cut |= {"purposes": t.few(*PURPOSES) or ("support",)}
        gone = {**cut, "holders": t.few("hoken", "gakko")}
        t.tell(c.ConsentWithdrawn, labelled, consent=key, by=person, **gone)


def again(t: Teller) -> None:
    given = {"cycle": 2, "after": 1, "reason": "asked", "agency": "hoken", "desk": "chiku"}
    for _ in range(t.one(1, 1, 2)):
        t.tell(u.SupportReopened, t.label(), t.one(g.HOME, g.HOME, ELSEWHERE), **given)


def tightened(t: Teller) -> None:
    of = t.version()
    for _ in range(t.one(1, 1, 2)):
        given = t.one({"category": Category.ABUSE}, {"hide_from": (t.one(*PERSONS),)},
                      {"conceal": True}, {"category": Category.HEALTH})  # fmt: skip
        t.tell(c.LabelTightened, t.label(), of=of, **given)
    last = sum(x.stream == g.HOME for x in t.world.items)
    if t.rarely(0.4):
        back = {"tightening": last, "of": of, "proposal": t.new(), "proposed_by": g.CHIEF}
        t.tell(c.LabelLoosened, t.label(), **back, reason="危険が去った")


def guardian(t: Teller) -> None:
    agency, desk = t.one(*DESKS)
    who = t.one({"agency": agency}, {"agency": agency, "desk": desk}, {},
                {"agency": agency, "staff": t.one(*STAFF)})  # fmt: skip
    given = {"kind": "guardian", "guardian": "某", **who}
    person, where = t.one(*PERSONS), t.one(g.HOME, g.HOME, ELSEWHERE, APART)
    t.tell(u.GuardianAppointed, t.label(), where, person=person, **given)
    over = {"of": t.last(where), "person": person, "reason": "resigned"}
    if t.rarely(0.5):
        ended = t.one(where, where, where, g.HOME, ELSEWHERE, APART)
        t.tell(u.GuardianshipEnded, t.label(), ended, **over)


def misfiled(t: Teller) -> None:
    wrong = t.version()
    if t.rarely(0.4):
        t.world.tell(g.contact(t.label(tags=(t.one(Tag.LOCATION, Tag.INFORMANT),))))
        wrong = sum(x.stream == g.HOME for x in t.world.items)
    t.tell(d.MisfiledRecordWithdrawn, t.label(), facts=(wrong,), reason="別の世帯")


def use_suspended(t: Teller) -> None:
    which = t.one((), (t.version(),), t.versions())
    where = t.one(g.HOME, g.HOME, ELSEWHERE)
    if where == ELSEWHERE:
        merged(t)
    t.tell(d.UseSuspended, t.label(), where, person=t.one(*PERSONS), facts=which, reason="目的外")


def merged(t: Teller) -> None:
    both = {"source": g.HOME, "target": ELSEWHERE, "persons": t.few(*PERSONS)}
    agencies = t.few("hoken", "gakko")
    kind = t.one(h.HouseholdsMerged, h.HouseholdSplit)
    desks = [dict(zip(("agency", "desk"), one, strict=True)) for one in t.few(*DESKS)]
    more: dict[str, Any] = {}
    if kind is h.HouseholdsMerged:
        kept = t.few(g.LAYERED, g.CHIKU)
        more = {"agencies": agencies, "desks": desks, "secretariats": kept}
    t.tell(kind, t.label(), t.one(g.HOME, ELSEWHERE), **both, **more)


def taken_for_one(t: Teller) -> None:
    """名寄せ, what was told meanwhile, and mostly the end of it; told by both, or by the one."""
    pair = {"absorbed": t.one(*PERSONS[:2]), "survivor": PERSONS[2]}
    streams = t.one((pair["absorbed"],), (pair["survivor"], pair["absorbed"]))
    for stream in streams:
        t.tell(p.PersonsMerged, t.label(), stream, **pair)
    for _ in range(t.one(1, 2, 3)):
        t.one(guardian, guardian, concealment, concealment, written, tightened, identity)(t)
    if t.rarely(0.8):
        for stream in streams:
            t.tell(p.PersonsUnmerged, t.label(), stream, **pair, reason="別人")


def disclosure(t: Teller) -> None:
    given = {"request": t.new(), "person": t.one(*PERSONS), "requester": "person"}
    desk = t.one(*DESKS, ("city", "soumu"))
    t.tell(d.DisclosureRequested, t.label(*desk), **given, scope="全部", decide_by="2026-05-01")
    decided = {"request": given["request"], "outcome": "full", "child_safety_checked": True}
    t.tell(d.DisclosureDecided, t.label(*desk), **decided)


def other(t: Teller) -> None:
    """What speaks to somebody, and what is nobody's in particular."""
    who = {"issuer": "idp", "subject": "s", "name": "田中"}
    t.tell(StaffRegistered, g.label(Category.ORGANISATION), STAFF_FILE, **who)
    t.tell(r.LeadAgencyNamed, t.label(), agency="hoken", desk="chiku")
    t.tell(u.SupportClosed, t.label(), reason="solved", successor_agency=t.one(None, "hoken"))


def on_consent(t: Teller) -> None:
    """One record, the consent of whom it is about, and the share or つなぎ that rests on it."""
    person, other, category = t.one(*PERSONS), t.one(*PERSONS), t.one(*CATEGORIES)
    about = t.one((), (person,), (person,), (person, other))
    heard = {"basis": t.basis("own", "own", "own", "sitting"), "subjects": about}
    record = t.one(g.contact, g.assessed)
    told = t.world.tell(record(g.label(category, "shakyo", "sodan", **heard))).version
    to, purpose, key = t.one("hoken", "hoken", "gakko"), t.one(*PURPOSES), t.new()
    given = {"agencies": (to,), "categories": (category,), "purposes": (purpose,)}
    end = t.one("2027-03-31", "2027-03-31", "2026-04-09", "2026-04-10")
    start = t.one("2026-04-01", "2026-04-01", "2026-04-01", "2026-04-11")
    period = {"start": start, "end": max(end, start)}
    for whose in {person, t.one(person, other)}:
        t.world.tell(g.consented(whose, key, **given, period=period))
        key = t.new()
    key = UUID(int=key.int - 1)
    basis = {"kind": "consent", "consent": key}
    labelled = g.label(category, "shakyo", "sodan", basis=basis, subjects=t.one((), about))
    passed = {"to_agency": to, "purpose": purpose, "categories": (category,)}
    if t.rarely(0.5):
        t.tell(c.InformationShared, labelled, **passed, share=t.new(), facts=(told,))
    else:
        sent = t.new()
        t.tell(r.ReferralMade, labelled, **passed, referral=sent, enclosed=(told,),
               answer_due="2026-04-15")  # fmt: skip
        if t.rarely(0.25):
            t.tell(r.ReferralWithdrawn, labelled, referral=sent, reason="希望")
    if t.rarely(0.4):
        cut = {**given, "purposes": t.one(*([(purpose,)] * 3), ("other",))}
        t.world.tell(g.withdrawn(key, **cut))
