"""二度の評価と終結: 守りは、期限が来ても人が決めるまで解けない。"""

from dataclasses import replace

from replays.stories.kakamigahara.cast import WOMEN
from replays.stories.kakamigahara.consented_plan import SEATS
from replays.stories.room import closed, convened, invited, item, opened, present, told, written_up
from replays.stories.telling import Step, act, look, refused

H = "/households/{household}"
YUI = f"{H}/persons/{{yui}}/concealments/{{yui-concealment}}"
DOUBLED = f"{H}/persons/{{saori}}/concealments/{{doubled-concealment}}"
SAORI = f"{H}/persons/{{saori}}/concealments/{{concealment}}"


def _gathered(name: str, summoned: str, held: str, title: str) -> tuple[Step, ...]:
    """The same people again, for one item."""
    seats = tuple(replace(seat, key=f"{name}-{seat.key}") for seat in SEATS)
    about = {"sitting": f"{{{name}}}", "item": f"{{{name}-item}}"}
    place = "産業文化センター 会議室"
    return (
        convened(
            f"{summoned} 09:00",
            "nagae",
            f"{title}の会議を招集します。",
            name,
            "juusou",
            held,
            place,
        ),
        item(
            f"{summoned} 09:05", "goto", "議題を立てます。", name, f"{name}-item", title, "layered"
        ),
        *invited(f"{summoned} 09:10", "goto", name, seats, (f"{name}-item",)),
        act(
            f"{summoned} 09:20",
            "goto",
            "議題に付します。",
            f"{H}/sitting-items",
            about | {"subjects": ["{saori}", "{yui}"], "narrative": f"{title}。"},
        ),
        *told(f"{held} 13:20", "goto", name, seats),
        opened(f"{held} 13:30", "nagae", name),
        *present(f"{held} 13:30", "goto", name, f"{name}-item", seats),
    )


TWO_REVIEWS = (
    *_gathered("interim", "2025-12-03", "2025-12-17", "支援プランの中間評価"),
    act(
        "2025-12-17 14:00",
        "goto",
        "中間の評価。続けると決め、次は5月に見直します。",
        f"{H}/plans/{{plan}}/evaluations",
        {
            "stage": "interim",
            "outcome": "continue",
            "sitting": "{interim}",
            "item": "{interim-item}",
            "review_on": "2026-05-20",
            "narrative": "結さんは毎週アトリエへ。沙織さんは1月から短時間の仕事に就く見込み。",
        },
        keep="interim-evaluation",
    ),
    closed("2025-12-17 14:20", "nagae", "interim"),
    written_up("2025-12-22 10:00", "goto", "interim", "中間評価の結果、継続。"),
    act(
        "2026-04-10 10:00",
        "iwata",
        "支援措置の期限は一か月前に知らされます。沙織さんの申出で、一年延長します。",
        f"{SAORI}/extension",
        {"until": "2027-05-06"},
    ),
    act(
        "2026-04-10 10:10",
        "iwata",
        "結さんの分も、一年。",
        f"{YUI}/extension",
        {"until": "2027-05-06"},
    ),
    act(
        "2026-04-10 10:20",
        "iwata",
        "沙織さんの措置は、一年前に二重に登録されていました。"
        "重なった一件の終了を、岩田さんが起案します。",
        f"{DOUBLED}/ending-proposal",
        {"reason": "mistaken"},
        keep="proposal",
    ),
    refused(
        "2026-04-10 10:25",
        "iwata",
        "SecondPersonNeeded",
        "起案した本人が、そのまま解くことはできません。必ず別の人がもう一度見ます。",
        f"{DOUBLED}/ending",
        {"proposal": "{proposal}"},
    ),
    act(
        "2026-04-13 09:30",
        "suzumura",
        "同僚の鈴村さんが確かめて、終了を決めます。もう一件は続くので、"
        "沙織さんは隠されたままです。",
        f"{DOUBLED}/ending",
        {"proposal": "{proposal}"},
    ),
    *_gathered("final", "2026-04-28", "2026-05-13", "支援プランの終了時評価"),
    act(
        "2026-05-13 14:00",
        "goto",
        "終わりの評価。目標に届きました。",
        f"{H}/plans/{{plan}}/evaluations",
        {
            "stage": "final",
            "outcome": "close",
            "sitting": "{final}",
            "item": "{final-item}",
            "narrative": "沙織さんは就労3か月。結さんは通信制高校に在籍し、土曜の居場所を持つ。",
        },
        keep="final-evaluation",
    ),
    act(
        "2026-05-13 14:10",
        "goto",
        "会議は終結を認め、これからの窓口を寄り添い支援係と決めます。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{final}",
            "item": "{final-item}",
            "kind": "closure-approved",
            "successor_agency": WOMEN["agency"],
            "successor_desk": WOMEN["desk"],
            "narrative": "支援措置は続く。終結後の窓口は寄り添い支援係。",
        },
    ),
    closed("2026-05-13 14:30", "nagae", "final"),
    written_up("2026-05-18 10:00", "goto", "final", "終了時評価を行い、終結を承認した。"),
    act(
        "2026-05-18 11:00",
        "goto",
        "同意の期限が来る前に、プランと二度の評価を、"
        "二人の同意にもとづいて寄り添い支援係へ渡します。",
        f"{H}/shares",
        {
            "to_agency": WOMEN["agency"],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": ["{saori}", "{yui}"],
            "facts": [
                "{plan.version}",
                "{decided.version}",
                "{interim-evaluation.version}",
                "{final-evaluation.version}",
            ],
            "basis": {"kind": "consent", "consent": "{saori-consent}"},
        },
    ),
    act(
        "2026-05-20 11:30",
        "hayashi",
        "沙織さんの言葉で、支援を終結します。守りは終わりません。",
        f"{H}/closure",
        {
            "reason": "resolved",
            "wish": "帽子をかぶらずに歩けるようになりました。",
            "evaluated_plan": "{plan}",
            "sitting": "{final}",
            "item": "{final-item}",
            "successor_agency": WOMEN["agency"],
            "successor_desk": WOMEN["desk"],
        },
    ),
    look("2026-05-20 12:00", "hayashi", "林さんが、世帯の今を確かめます。", H),
    look(
        "2026-05-20 12:10",
        "goto",
        "同じ世帯を後藤さんが開くと、住まいは出てきません。",
        H,
        "planning",
    ),
)
