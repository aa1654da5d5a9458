"""変わる家族: moving away, births, deaths, parting, and the same family noted twice."""

from replays.synthesis import words
from replays.synthesis.case import Case
from replays.synthesis.diary import Home
from replays.synthesis.lives.everyday import received


def moved(case: Case) -> None:
    """転出・死亡・出生: the composition changes while the case is kept."""
    received(case)
    case.screen("continued")
    case.diary.wait(10, 120)
    change = case.chance.weighed((("left", 5), ("died", 3), ("born", 4)))
    if change == "born":
        _born(case)
        return
    leaver = case.chance.pick(case.members)
    reason = "died" if change == "died" else "moved-out"
    case.write("LeaveHousehold", {"reason": reason}, path={"person": leaver.id})
    if len(case.members) == 1:
        case.close(reason)


def _born(case: Case) -> None:
    """A child is noted under the family's name before it has one of its own."""
    person = case.diary.next_id("person")
    told = {
        "nickname": "生まれた子",
        "birth_year": case.diary.today.year,
        "relation": "child",
        "membership": "registered",
        "since": case.diary.today.isoformat(),
        "source": "resident-register",
    }
    case.write("NotePerson", told, ("person", person, True))


def parted(case: Case) -> None:
    """世帯分離: some go on as a household of their own."""
    received(case)
    case.screen("continued")
    case.diary.wait(20, 150)
    going = case.members[1:2]
    household = case.diary.next_id("household")
    told = {"persons": [member.id for member in going], "household_type": "single"}
    case.write("SplitHousehold", told, ("household", household, True))
    case.diary.homes.append(Home(household, case.worker, led_by_name=True))
    case.diary.wait(10, 60)
    if case.chance.happens(0.6):
        case.close("resolved", wish=words.wish(case.chance))


def noted_twice(case: Case) -> None:
    """名寄せ: another window takes the same family in, misspelt; half are found to be one."""
    received(case)
    case.screen("continued")
    first, known = case.home, list(case.members)
    case.diary.wait(3, 90)
    again = Case(case.diary, case.kind, case.field)
    again.members = [member.misspelt(case.chance) for member in known]
    received(again)
    again.screen("answered")
    case.diary.wait(5, 60)
    if first and again.home and case.chance.happens(0.5):
        _found_to_be_one(case, again)


def _found_to_be_one(case: Case, again: Case) -> None:
    """Persons first, then the households; the second says where the first is."""
    office = case.city.identity
    for member, double in zip(case.members, again.members, strict=True):
        told = {"absorbed": double.id, "reason": "氏名の読み、生年月日、電話番号が近いため。"}
        streams = (("person", member.id, False), ("person", double.id, False))
        case.diary.write("MergePersons", office, told, *streams)
    told = {"source": str(again.home.id if again.home else "")}
    grows = 1 + len(again.members)
    case.write("MergeHouseholds", told, again.household, by=office, grows=grows)
    again.shut()
