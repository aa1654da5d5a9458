"""重なった困りごと: from a third party's tip, or from the person's own words, to a shared plan."""

from collections.abc import Sequence

from domain.profile import DeskRef, LegalBasis
from replays.synthesis import words
from replays.synthesis.case import Case
from replays.synthesis.coordination import Coordination, Item
from replays.synthesis.troubles import weighed_down

_TIPS = (
    ("neighbour", "neighbour"), ("welfare-commissioner", "neighbour"),
    ("agency-information", "agency"), ("other-section", "agency"),
)  # fmt: skip
_PUBLIC, _PRIVATE = "ppa-69-2-3", "ppa-27-1-2"
_REASON = "本人に会えておらず同意を得られないが、安否と暮らしぶりが案じられるため。"
_PURPOSES = ("referral", "support", "planning", "meeting", "outreach", "participation")
SUPPORT, LAYERED = LegalBasis.SUPPORT, LegalBasis.LAYERED


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
    hub.reach_out(case.chance.between(1, 3), by=hub.hub)
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
        case.consent(case.self, [hub.agency], _PURPOSES)
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
    keeper = hub.successor()
    told = {"reason": "no-consent", "keeper_agency": keeper.agency, "keeper_desk": keeper.desk}
    case.write("LeavePlanUnreached", told, by=hub.hub)
    item = hub.sit(SUPPORT, case.members)
    if item and case.chance.happens(0.5):
        _return(hub, item, keeper)


def together(hub: Coordination, fields: Sequence[str], issues: Sequence[str]) -> None:
    """同意 → アセスメント → 重層的支援会議 → プラン → 評価 → 終結 or 包括に戻す."""
    case = hub.case
    partners = [case.city.hub.agency, *hub.partners]
    consent = case.consent(case.self, partners, _PURPOSES)
    hub.assess(
        [case.self], case.city.allowed("fields", *fields), case.city.allowed("issues", *issues)
    )
    hub.judge()
    others = [agency for agency in hub.partners if agency != case.city.hub.agency]
    for agency in case.chance.some(others, case.chance.between(1, 2)):
        hub.share(agency, case.self)
    plan = hub.draft(case.self)
    item = hub.sit(LAYERED, [case.self])
    if item is None:
        return
    hub.decide(item, "plan-approved", case.chance.some(item.agencies, 3), plan=plan)
    hub.start(plan)
    _lived_with(hub, plan, consent)


def _lived_with(hub: Coordination, plan: str, consent: str) -> None:
    """The months of the plan, seen again at the 重層的支援会議."""
    case = hub.case
    for turn in range(case.chance.between(1, 3)):
        _supported(hub, case.chance.between(3, 9))
        if turn == 0 and case.chance.happens(0.35):
            _taking_part(hub)
        if case.chance.happens(0.08):
            _withdraws(hub, consent)
            return
        item = hub.sit(LAYERED, [case.self]) if not _lapses(hub) else None
        if item is None:
            return
        hub.evaluate(plan, item, "interim", "continue")
        hub.decide(item, "continued", case.chance.some(item.agencies, 1))
    _ends(hub, plan)


def _lapses(hub: Coordination) -> bool:
    """Whether the year of the consent would be over by the next sitting: it is asked for again."""
    case = hub.case
    case.consent(case.self, [case.city.hub.agency, *hub.partners], _PURPOSES)
    return case.diary.over


def _supported(hub: Coordination, visits: int) -> None:
    case = hub.case
    for _ in range(visits):
        case.diary.wait(6, 24)
        if case.chance.happens(0.12):
            services = case.city.profile.allowed("entry-services", case.diary.today)
            told = {"person": case.self.id, "service": case.chance.pick(services)}
            case.write("UseEntryService", told, by=hub.hub)
        else:
            hub.meet(case.self, by=hub.hub)


def _taking_part(hub: Coordination) -> None:
    """参加支援: matched, started, followed up, settled or not."""
    case = hub.case
    kinds = case.city.profile.allowed("participation-kinds", case.diary.today)
    place = case.chance.pick(case.city.places)
    told = {
        "person": case.self.id,
        "resource": str(place),
        "kind": case.chance.pick(kinds),
        "narrative": words.met(case.chance),
    }
    done = case.write("MatchParticipation", told, ("resource", place, False), by=hub.hub)
    path = {"participation": done.new("participation")}
    case.diary.wait(5, 25)
    case.write("StartParticipation", {"narrative": words.met(case.chance)}, by=hub.hub, path=path)
    settled = case.chance.happens(0.7)
    for _ in range(case.chance.between(1, 3)):
        case.diary.wait(14, 40)
        told = {"settled": settled, "narrative": words.met(case.chance)}
        case.write("FollowUpParticipation", told, by=hub.hub, path=path)
    told = {"reason": "settled" if settled else "did-not-fit"}
    case.write("EndParticipation", told, by=hub.hub, path=path)


def _withdraws(hub: Coordination, consent: str) -> None:
    """同意の撤回: what rests on it ends from today; those who hold something are listed."""
    case = hub.case
    told = {"by": case.self.id}
    on = ("person", case.self.id, False)
    case.write("WithdrawConsent", told, on, by=hub.hub, path={"consent": consent})


def _ends(hub: Coordination, plan: str) -> None:
    case = hub.case
    _supported(hub, case.chance.between(2, 5))
    case.consent(case.self, [case.city.hub.agency, *hub.partners], _PURPOSES)
    item = hub.sit(LAYERED, [case.self])
    if item is None:
        return
    successor = hub.successor()
    hub.evaluate(plan, item, "final", "close")
    if case.chance.happens(0.45):
        _return(hub, item, successor)
        return
    named = {"successor_agency": successor.agency, "successor_desk": successor.desk}
    hub.decide(item, "closure-approved", **named)
    case.write(
        "CloseSupport",
        {"reason": "resolved", "wish": words.wish(case.chance)},
        by=hub.hub,
        grows=1 + (successor != case.city.hub),
    )
    case.shut()


def _return(hub: Coordination, item: Item, successor: DeskRef) -> None:
    """包括に戻す: the window that knows the field goes on."""
    case = hub.case
    named = {"successor_agency": successor.agency, "successor_desk": successor.desk}
    hub.decide(item, "returned", **named)
    case.worker = case.post(successor)
    case.diary.wait(2, 10)
    case.pass_lead(case.worker, "returned")
