"""あとで分かったこと: a record is corrected, dated back, taken back, or belongs elsewhere."""

from datetime import timedelta
from uuid import UUID, uuid5

from replays.synthesis.case import Case
from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.diary import Meant
from replays.synthesis.memory import Written
from replays.synthesis.troubles import ROUTES

_OFTEN = 0.12
_REASON = "あとで本人に確かめたところ、記録と違っていたため。"
_WAYS = (("route", 4), ("day", 3), ("since", 4))
_TAKEN_BACK = (("void", 6), ("elsewhere", 4), ("since", 4))
"""Where somebody was visited or called."""


def will_be_retold(city: City, number: int) -> bool:
    return Chance(city.profile.id, city.seed, "retold", number).happens(_OFTEN)


def retold(case: Case) -> None:
    """Weeks after the last act, whether the support goes on or not."""
    chance, intake = case.memory.chance, case.memory.intake
    for _ in range(chance.between(1, 2)):
        way = chance.weighed(_TAKEN_BACK if case.memory.contacts else _WAYS)
        case.diary.until(case.days(chance.between(1, 50)))
        if case.diary.over or intake is None:
            return
        if way in {"void", "elsewhere"}:
            at = chance.between(0, len(case.memory.contacts) - 1)
            _taken_back(case, case.memory.contacts.pop(at), elsewhere=way == "elsewhere")
        elif way == "since":
            _belonged_longer(case, intake)
        else:
            _heard_otherwise(case, intake, way)


def _heard_otherwise(case: Case, intake: Written, way: str) -> None:
    """The consultation came another way, or on an earlier day."""
    chance = case.memory.chance
    changes = {"route": chance.weighed(ROUTES)}
    if way == "day":
        earlier = intake.told_on - timedelta(days=chance.between(1, 30))
        changes = {"occurred_on": earlier.isoformat()}
    meant = Meant("consultations", intake.done.new("consultation"), changes)
    _correct(case, intake, intake.version, changes, meant)


def _belonged_longer(case: Case, intake: Written) -> None:
    """Since when somebody lives there, which nobody had asked at first."""
    chance = case.memory.chance
    at = chance.between(0, len(case.members) - 1)
    year = str(case.diary.today.year - chance.between(1, 20))
    since = chance.pick((year, f"{year}-04", f"{year}-04-01"))
    person = str(uuid5(UUID(str(intake.done.command)), f"person-{at}"))
    version = intake.version - len(case.members) + at
    _correct(case, intake, version, {"since": since}, Meant("members", person, {"since": since}))


def _correct(
    case: Case, intake: Written, version: int, changes: dict[str, str], meant: Meant
) -> None:
    told = {"reason": _REASON, "changes": changes}
    path = {"version": version}
    case.write("CorrectFact", told, _history(case), by=intake.by, path=path, meant=meant)


def _taken_back(case: Case, contact: Written, *, elsewhere: bool) -> None:
    """By the privacy desk, which may take back anything."""
    meant = Meant("contacts", contact.done.new("outreach"), None)
    privacy = case.city.privacy
    if elsewhere:
        body = {"facts": [contact.version], "reason": _REASON}
        case.write("WithdrawMisfiled", body, _history(case), by=privacy, meant=meant)
        return
    told = {"reason": _REASON, "void": True}
    path = {"version": contact.version}
    case.write("CorrectFact", told, _history(case), by=privacy, path=path, meant=meant)


def _history(case: Case) -> tuple[str, object, bool]:
    return ("history", case.home.id if case.home else None, False)
