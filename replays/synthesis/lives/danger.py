"""危険のあるとき: DV with 支援措置, and 虐待 reported, checked and answered."""

from datetime import date, timedelta

from domain.labels import Category
from domain.profile import Body, LegalBasis
from replays.synthesis import words
from replays.synthesis.case import Case
from replays.synthesis.coordination import Coordination
from replays.synthesis.names import address, phone

_LAW = "児童福祉法"
_REASON = "要保護児童対策地域協議会で見守りの体制を話し合うため。"
_KINDS = {"elders": ("elder", 1), "8050": ("elder", 0), "young": ("child", 2)}


def concealed(case: Case) -> None:
    """DV: the 相手方 lives in the same household, so everything is kept from him from the start."""
    _asked_for_help(case)
    case.diary.wait(1, 10)
    told = {"counterparties": [case.members[1].id], "threat": "dv"}
    concealment = case.about("StartConcealment", case.self, told).new("concealment")
    applied_on = case.diary.today
    if case.chance.happens(0.3):
        shelter = {"person": case.self.id, "nights": case.chance.between(1, 14), "yen": 0}
        case.write("ProvideShelter", {**shelter, "hidden_from": [case.members[1].id]})
    case.diary.wait(2, 20)
    case.about("RecordAddress", case.self, {"place": "residence", "text": address(case.chance)})
    for _ in range(case.chance.between(2, 6)):
        case.diary.wait(10, 45)
        _heard(case)
    _term(case, concealment, applied_on)


def _asked_for_help(case: Case) -> None:
    case.worker = case.post(case.city.desk_for(Category.ABUSE, "children") or case.city.hub)
    case.take_in(
        route=case.chance.pick(("visit", "phone", "agency-introduction")),
        fields=case.city.allowed("fields", "women", "children"),
        issues=case.city.allowed("issues", "violence"),
        consulter="self",
        consulting=0,
        about=[0],
        hide_from=[1],
        urgency=case.chance.weighed((("soon", 6), ("now", 4))),
        narrative=words.trouble("", case.chance),
    )
    safe = {"phone": phone(case.chance), "times": "平日の午前", "family_unaware": True}
    case.about("AgreeSafeContact", case.self, safe)
    case.screen("continued")


def _heard(case: Case) -> None:
    told = {
        "person": case.self.id,
        "method": "phone",
        "met_person": True,
        "basis": {"kind": "own"},
        "hidden_from": [case.members[1].id],
        "narrative": words.met(case.chance),
    }
    case.write("MakeContact", told)


def _term(case: Case, concealment: str, applied_on: date) -> None:
    """支援措置の期限: extended when it comes near, ended by two people, or left to be seen."""
    first, second = case.city.protection
    path = {"concealment": concealment}
    streams = (("person", case.self.id, False), case.household)
    match case.chance.weighed((("extended", 5), ("ended", 3), ("left", 2))):
        case "extended":
            case.diary.until(applied_on + timedelta(days=340))
            case.diary.write("ExtendConcealment", first, {}, *streams, path=path)
        case "ended":
            case.diary.wait(60, 200)
            told = {"reason": "withdrawn"}
            done = case.diary.write("ProposeEnding", first, told, *streams, path=path)
            told = {"proposal": done.new("proposal")}
            case.diary.write("EndConcealment", second, told, *streams, path=path)


def abused(case: Case) -> None:
    """通報: received, checked in person, protected where needed."""
    kind, at = _KINDS[case.kind]
    desk = case.city.desk_for(Category.ABUSE, "children" if kind == "child" else "elderly")
    case.worker = case.post(desk or case.city.hub)
    victim = case.members[at]
    case.take_in(
        hearsay=case.chance.happens(0.3),
        route="agency-information",
        fields=case.city.allowed("fields", "children" if kind == "child" else "elderly"),
        issues=case.city.allowed("issues", "violence"),
        consulter="agency",
        urgency=case.chance.weighed((("now", 5), ("soon", 5))),
        narrative=words.trouble("", case.chance),
    )
    told = {"kind": kind, "victim": victim.id, "reporter_relation": "関係機関の職員"}
    report = case.write("ReportAbuse", told).new("report")
    case.screen("continued")
    case.diary.wait(0, 2)
    _checked(case, report, victim.id)
    if kind == "child":
        _watched_together(case)


def _checked(case: Case, report: str, victim: str) -> None:
    finding = case.chance.weighed((("found", 4), ("not-found", 3), ("undetermined", 3)))
    told = {"seen_in_person": True, "finding": finding, "narrative": words.met(case.chance)}
    case.write("CheckFacts", told, path={"report": report})
    if finding == "found" and case.chance.happens(0.5):
        told = {"report": report, "person": victim, "measure": "short-stay"}
        case.write("TakeProtection", told)
    if finding == "not-found":
        case.diary.wait(10, 40)
        case.close("resolved", narrative=words.minute(case.chance))


def _watched_together(case: Case) -> None:
    """要対協: a confidential body of its own, its wall its own."""
    if not (case.home and case.home.open):
        return
    body = case.city.body(LegalBasis.OTHER_CONFIDENTIAL, _LAW)
    if body.secretariat != case.window:
        _told(case, body)
    hub = Coordination(case, case.city.outside("school", "child-guidance", "clinic"))
    item = hub.sit(LegalBasis.OTHER_CONFIDENTIAL, case.members, _LAW)
    if item:
        hub.decide(item, "roles", case.chance.some(item.agencies, 2))


def _told(case: Case, body: Body) -> None:
    """The desk that keeps its record hears of the family before it puts it on the agenda."""
    basis = {"kind": "statute", "article": "ppa-69-2-3", "reason": _REASON}
    telling = {"basis": basis, "categories": ["consultation", "abuse"]}
    referral = case.refer(body.secretariat, case.self, **telling)
    path = {"referral": referral}
    case.write("AcceptReferral", {}, by=case.city.secretary(body), path=path)
