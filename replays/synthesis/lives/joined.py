"""重なった困りごと: from a third party's tip, or from the person's own words, to a shared plan."""

from collections.abc import Sequence

from domain.profile import LegalBasis
from replays.synthesis import words
from replays.synthesis.case import Case
from replays.synthesis.coordination import Coordination
from replays.synthesis.lives.planned import PURPOSES, returned, together
from replays.synthesis.troubles import weighed_down

_TIPS = (
    ("neighbour", "neighbour"), ("welfare-commissioner", "neighbour"),
    ("agency-information", "agency"), ("other-section", "agency"),
)  # fmt: skip
_PUBLIC, _PRIVATE = "ppa-69-2-3", "ppa-27-1-2"
_REASON = "本人に会えておらず同意を得られないが、安否と暮らしぶりが案じられるため。"
SUPPORT = LegalBasis.SUPPORT


def tipped(case: Case) -> None:
    """知らせを受けて: heard of, put before the 支援会議, visited, and met at last."""
    fields, issues = weighed_down(case.kind)
    route, consulter = case.chance.pick(_TIPS)
    case.take_in(
        hearsay=True,
        route=route,
        fields=case.city.allowed("fields", case.field),
        issues=case.city.allowed("issues", *issues[:1]),
        consulter=consulter,
        urgency=case.urgency(),
        informant="名前は出さないでほしいとのこと。" if case.chance.happens(0.6) else None,
        narrative=words.trouble(case.field, case.chance),
    )
    to_the_hub(case, consented=False)
    hub = _coordination(case, fields)
    case.diary.wait(1, 6)
    if case.chance.happens(0.3):
        level = case.chance.pick(("two-persons", "animal", "environment"))
        risk = {"level": level, "narrative": words.visit(case.chance)}
        case.about("NoteVisitRisk", case.self, risk, by=hub.hub)
    hub.reach_out(case.chance.between(1, 3), by=hub.hub)
    if case.chance.happens(0.12):
        _told_in_need(hub)
    if not _until_met(hub, case.chance.between(1, 4)):
        return
    for member in case.members:
        case.about("IdentifyPerson", member, {**member.draft, "confirmed_by": "told-by-person"})
    case.about("RecordAddress", case.self, case.home_address())
    together(hub, fields, issues)


def joined_up(case: Case) -> None:
    """本人の相談から: too much for one window, so it asks 多機関協働 on the person's consent."""
    fields, issues = weighed_down(case.kind)
    case.take_in(
        route=case.chance.pick(("visit", "phone", "family-visit")),
        fields=case.city.allowed("fields", *fields[:2]),
        issues=case.city.allowed("issues", *issues[:2]),
        consulter=case.chance.pick(("self", "family")),
        urgency=case.urgency(),
        narrative=words.trouble(case.field, case.chance),
    )
    to_the_hub(case, consented=True)
    together(_coordination(case, fields), fields, issues)


def to_the_hub(case: Case, *, consented: bool) -> None:
    hub, basis = case.city.hub, {}
    if consented:
        case.consent(case.self, [hub.agency], PURPOSES)
    else:
        inside = case.city.profile.agency(case.worker.agency, case.diary.today).inside
        article = _PUBLIC if inside else _PRIVATE
        basis = {"basis": {"kind": "statute", "article": article, "reason": _REASON}}
    referral = case.refer(hub, case.self, **basis)
    case.screen("multi-agency", referral=referral)
    case.diary.wait(1, 8)
    case.accept(referral, hub)


def _coordination(case: Case, fields: Sequence[str]) -> Coordination:
    """Everybody whose field it is sits in, and whoever else sees the family."""
    windows = [case.city.window(field, case.area, case.chance) for field in fields]
    others = case.chance.some(case.city.outside("minsei", "school", "clinic", "health-centre"), 2)
    agencies = [window.agency for window in windows]
    partners = [*agencies, case.city.outreach.agency, case.city.participation.agency, *others]
    return Coordination(case, partners)


def _until_met(hub: Coordination, sittings: int) -> bool:
    """支援会議 by 支援会議 until somebody opens the door; whether they did, and agreed."""
    case = hub.case
    visitor = case.post(case.city.outreach)
    for turn in range(sittings):
        item = hub.sit(SUPPORT, case.members)
        if item is None:
            return False
        kind = "outreach" if turn == 0 else "continued"
        hub.decide(item, kind, (case.city.outreach.agency, *case.chance.some(item.agencies, 2)))
        if turn == 0 and case.chance.happens(0.3):
            hub.ask(item, case.self)
        case.diary.wait(2, 9)
        hub.reach_out(case.chance.between(1, 4), by=visitor, basis=None)
    hub.meet(case.self, by=visitor)
    case.diary.wait(4, 20)
    if case.chance.happens(0.18):
        _not_willing(hub)
        return False
    return True


def _not_willing(hub: Coordination) -> None:
    """本人が望まない: asked, refused, left without a plan; somebody keeps an eye on them."""
    case = hub.case
    told = {"person": case.self.id, "answer": "refused", "purposes": ["support"]}
    case.write("SeekConsent", told, by=hub.hub)
    keeper = case.window
    told = {"reason": "no-consent", "keeper_agency": keeper.agency, "keeper_desk": keeper.desk}
    case.write("LeavePlanUnreached", told, by=hub.hub)
    item = hub.sit(SUPPORT, case.members)
    if item and case.chance.happens(0.5):
        returned(hub, item, keeper)


def _told_in_need(hub: Coordination) -> None:
    """本人の同意なしの提供: on an article of the law, looked at again by the privacy desk."""
    case = hub.case
    to = case.city.outside("health-centre", "minsei")[0]
    basis = {"kind": "statute", "article": _PUBLIC, "reason": _REASON}
    share = hub.share(to, case.self, basis=basis)
    case.diary.wait(1, 4)
    told = {"proper": case.chance.happens(0.9), "narrative": words.minute(case.chance)}
    case.write("ReviewShare", told, by=case.city.privacy, path={"share": share})
