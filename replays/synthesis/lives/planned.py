"""ともに歩む月日: consent, assessment, plan, months of support, and an end or a handing back."""

from collections.abc import Sequence

from domain.profile import LegalBasis
from domain.values import DeskRef
from replays.synthesis import words
from replays.synthesis.coordination import Coordination, Item
from replays.synthesis.names import named, surname

PURPOSES = ("referral", "support", "planning", "meeting", "outreach", "participation")
LAYERED = LegalBasis.LAYERED


def together(hub: Coordination, fields: Sequence[str], issues: Sequence[str]) -> None:
    """同意 → アセスメント → 重層的支援会議 → プラン → 評価 → 終結 or 包括に戻す."""
    case = hub.case
    partners = [case.city.hub.agency, *hub.partners]
    consent = case.consent(case.self, partners, PURPOSES)
    hub.assess(
        [case.self], case.city.allowed("fields", *fields), case.city.allowed("issues", *issues)
    )
    hub.judge()
    others = [agency for agency in hub.partners if agency != case.city.hub.agency]
    for agency in case.chance.some(others, case.chance.between(1, 2)):
        hub.share(agency, case.self)
    if case.chance.happens(0.15):
        told = {"profession": case.chance.pick(("lawyer", "physician")), "yen": 11_000}
        case.write("ReceiveExpertAdvice", told, by=hub.hub)
    plan = hub.draft(case.self)
    if _approved(hub, plan):
        _lived_with(hub, plan, consent)


def _approved(hub: Coordination, plan: str) -> bool:
    """Begun after the sitting, or before it where time presses and the city allows (事後承認)."""
    case = hub.case
    settings = case.city.profile.settings(case.diary.today)
    early = settings.plan_may_start_before_sitting and case.chance.happens(0.25)
    if early:
        hub.start(plan, ratify_by=case.days(settings.ratify_within_days).isoformat())
    item = hub.sit(LAYERED, [case.self])
    if item is None:
        return False
    hub.decide(item, "plan-approved", case.chance.some(item.agencies, 3), plan=plan)
    if early:
        case.write("RatifyPlan", {}, by=hub.hub, path={"plan": plan})
    else:
        hub.start(plan)
    return True


def _lived_with(hub: Coordination, plan: str, consent: str) -> None:
    """The months of the plan, seen again at the 重層的支援会議."""
    case = hub.case
    for turn in range(case.chance.between(1, 3)):
        _supported(hub, case.chance.between(3, 9))
        if turn == 0 and case.chance.happens(0.35):
            _taking_part(hub)
        if turn == 0 and case.field == "elderly" and case.chance.happens(0.2):
            _guarded(hub)
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
    case.consent(case.self, [case.city.hub.agency, *hub.partners], PURPOSES)
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
        seen = {"settled": settled, "narrative": words.met(case.chance)}
        case.write("FollowUpParticipation", seen, by=hub.hub, path=path)
    ended = {"reason": "settled" if settled else "did-not-fit"}
    case.write("EndParticipation", ended, by=hub.hub, path=path)


def _guarded(hub: Coordination) -> None:
    """意思決定支援, and a 後見人等 in the end."""
    case = hub.case
    person = case.members[0].id
    told = {"person": person, "able": True, "narrative": words.wish(case.chance)}
    case.write("SupportDecision", told, by=hub.hub)
    case.diary.wait(20, 60)
    guardian = named(surname(case.chance), "female", case.chance).text
    told = {"person": person, "kind": "assistant", "guardian": guardian}
    case.write("AppointGuardian", told, by=hub.hub)


def _withdraws(hub: Coordination, consent: str) -> None:
    """同意の撤回: what rests on it ends from today; those who hold something are listed."""
    case = hub.case
    told = {"by": case.self.id}
    on = ("person", case.self.id, False)
    case.write("WithdrawConsent", told, on, by=hub.hub, path={"consent": consent})


def _ends(hub: Coordination, plan: str) -> None:
    case = hub.case
    _supported(hub, case.chance.between(2, 5))
    case.consent(case.self, [case.city.hub.agency, *hub.partners], PURPOSES)
    item = hub.sit(LAYERED, [case.self])
    if item is None:
        return
    successor = hub.successor()
    hub.evaluate(plan, item, "final", "close")
    if case.chance.happens(0.45):
        returned(hub, item, successor)
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


def returned(hub: Coordination, item: Item, successor: DeskRef) -> None:
    """包括に戻す: the window that knows the field goes on."""
    case = hub.case
    named = {"successor_agency": successor.agency, "successor_desk": successor.desk}
    hub.decide(item, "returned", **named)
    case.worker = case.post(successor)
    case.diary.wait(2, 10)
    case.pass_lead(case.worker, "returned")
