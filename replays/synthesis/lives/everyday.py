"""日々の相談: answered at once, come again, passed on, or kept at for some months."""

from domain.values import DeskRef
from replays.synthesis import words
from replays.synthesis.case import Case
from replays.synthesis.troubles import ROUTES, consulter_of, issues_of


def received(case: Case, route: str | None = None) -> None:
    """Somebody of the family comes or calls."""
    chosen = route or case.chance.weighed(ROUTES)
    told = {
        "route": chosen,
        "fields": [case.field],
        "issues": case.city.allowed("issues", *issues_of(case.field, case.chance)),
        "consulter": consulter_of(chosen),
        "urgency": case.urgency(),
        "from_paper": case.chance.happens(0.1),
        "narrative": words.trouble(case.field, case.chance),
    }
    case.take_in(**told)


def answered(case: Case) -> None:
    """Most contacts end with an answer on the same day, and the case is closed by its screening."""
    received(case)
    if case.chance.happens(0.08):
        _address(case)
    case.screen("answered")
    if case.chance.happens(0.9):
        case.close("screened")


def came_again(case: Case) -> None:
    """The answer was not enough, or there is a new question: a cycle of its own."""
    answered(case)
    for _ in range(case.chance.between(1, 2)):
        case.diary.wait(20, 200)
        if case.home and not case.home.open:
            told = {"reason": "asked-again", "narrative": words.trouble(case.field, case.chance)}
            case.reopen(**told)
        _again(case)
        case.screen("answered")
        case.close("screened")


def _again(case: Case) -> None:
    case.come_again(
        route=case.chance.pick(("visit", "phone")),
        fields=[case.field],
        issues=case.city.allowed("issues", *issues_of(case.field, case.chance)),
        consulter="self",
        urgency=case.urgency(),
        person=case.self.id,
        narrative=words.trouble(case.field, case.chance),
    )


def passed_on(case: Case) -> None:
    """つなぎ on the person's consent: taken, sent back, never answered, or taken back."""
    received(case, case.chance.pick(("visit", "phone", "agency-introduction")))
    to = another_window(case)
    case.consent(case.self, [to.agency], ("referral", "support"))
    referral = case.refer(to, case.self)
    case.screen("referred", referral=referral)
    outcome = case.chance.weighed(
        (("accepted", 76), ("returned", 13), ("unanswered", 7), ("withdrawn", 4))
    )
    case.diary.wait(1, 12)
    match outcome:
        case "accepted":
            case.accept(referral, to)
            _kept_at(case, 2)
        case "returned":
            body = {"reason": "ほかの窓口が合うと思われるため。"}
            case.write("ReturnReferral", body, by=case.post(to), path={"referral": referral})
            _kept_at(case, 2)
        case "withdrawn":
            body = {"reason": "ご本人が自分で連絡されたため。"}
            case.write("WithdrawReferral", body, path={"referral": referral})
            case.close("declined", narrative=words.trouble(case.field, case.chance))


def another_window(case: Case) -> DeskRef:
    """A window of another agency, whose field the trouble also is."""
    for field in case.chance.some(case.city.fields, len(case.city.fields)) * 2:
        desk = case.city.window(field, case.area, case.chance)
        if desk.agency != case.worker.agency:
            return desk
    return case.city.hub


def kept(case: Case) -> None:
    """自機関で継続: notes, visits and a gentle end."""
    received(case)
    case.screen("continued")
    if case.chance.happens(0.5):
        _address(case)
    if case.chance.happens(0.2):
        _care_needed(case)
    _kept_at(case, case.chance.between(2, 6))


def _kept_at(case: Case, visits: int) -> None:
    for _ in range(visits):
        case.diary.wait(5, 40)
        if case.chance.happens(0.35):
            _note(case)
        else:
            _visit(case)
    case.diary.wait(5, 60)
    if case.chance.happens(0.75):
        reason = case.chance.weighed((("resolved", 6), ("declined", 2), ("institution", 1)))
        case.close(reason, wish=words.wish(case.chance))
    elif case.chance.happens(0.3):
        _suspend(case)


def _note(case: Case) -> None:
    keeper = case.worker.holder(case.diary.today)
    note = case.write("KeepNote", {"text": words.visit(case.chance)}).new("note")
    case.diary.wait(0, 2)
    if case.worker.holder(case.diary.today) is not keeper:
        return
    if case.chance.happens(0.8):
        told = {"narrative": words.trouble(case.field, case.chance), "subjects": [case.self.id]}
        case.write("LabelNote", told, path={"note": note})
    else:
        case.write("DropNote", {}, path={"note": note})


def _visit(case: Case) -> None:
    told = {
        "person": case.self.id,
        "method": case.chance.weighed((("visit", 5), ("phone", 3), ("accompany", 1))),
        "met_person": True,
        "basis": {"kind": "own"},
        "narrative": words.met(case.chance),
    }
    case.write("MakeContact", told)


def _address(case: Case) -> None:
    case.about("RecordAddress", case.self, case.home_address())


def _care_needed(case: Case) -> None:
    kinds = case.city.allowed(
        "care-needs", case.chance.pick(("interpreter", "reading-help", "wheelchair"))
    )
    case.about("NoteCareNeed", case.self, {"kinds": kinds})


def _suspend(case: Case) -> None:
    days = [(case.days(-20 + 7 * n)).isoformat() for n in range(3)]
    attempts = [{"on": day, "method": "phone", "answered": False} for day in days]
    case.write("SuspendSupport", {"reason": "out-of-contact", "attempts": attempts})
    case.shut()
    if case.chance.happens(0.3):
        case.diary.wait(30, 150)
        case.reopen(reason="found-again", narrative=words.met(case.chance))
