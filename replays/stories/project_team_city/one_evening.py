"""同じ晩に二つの会議: 支援会議と重層的支援会議。席を立つ人、自分の議題だけに来る人。"""

from replays.stories.project_team_city.cast import OUTREACH, PARTICIPATION
from replays.stories.project_team_city.two_agendas import ALWAYS, AO, HELPER, LATER, WATER
from replays.stories.room import closed, opened, present, told, written_up
from replays.stories.telling import act, look, refused, unseen

A = "/households/{household}"
B = "/households/{room}"
S = "/sittings/{evening}"
ABOUT_A = {"sitting": "{evening}", "item": "{mother-item}"}
ABOUT_B = {"sitting": "{later}", "item": "{ao-item}"}

PAPER = "母の生活の場と、孤立する息子への入り口を考えたい。"
PLAN_PAPER = "先に始めたプランの承認を求める。"

ONE_EVENING = (
    act(
        "2025-07-14 10:00",
        "miyoshi",
        "包括の三好さんが、深山さん親子のことを議題に付します。",
        f"{A}/sitting-items",
        ABOUT_A
        | {
            "subjects": ["{toki}", "{tsuyoshi}"],
            "narrative": PAPER,
        },
    ),
    act(
        "2025-07-14 11:00",
        "shiina",
        "蒼さんのことを、重層的支援会議の議題に付します。",
        f"{B}/sitting-items",
        ABOUT_B | {"subjects": ["{ao}"], "narrative": PLAN_PAPER},
    ),
    *told("2025-07-17 17:50", "shiina", "evening", (*ALWAYS, WATER, HELPER)),
    opened("2025-07-17 18:00", "tamura", "evening"),
    unseen(
        "2025-07-17 18:00",
        "kayama",
        "市の外から来た香山さんは誓約をすませましたが、まだ席に着いていません。資料は開きません。",
        A,
        "meeting",
    ),
    *present("2025-07-17 18:00", "shiina", "evening", "mother-item", (*ALWAYS, WATER, HELPER)),
    look(
        "2025-07-17 18:05",
        "kayama",
        "席に着いて、この議題の資料が香山さんにも開きます。",
        A,
        "meeting",
        shows=(PAPER,),
    ),
    act(
        "2025-07-17 18:40",
        "shiina",
        "息子の剛さんへは、アウトリーチが訪ねます。水道の検針の折の様子も手がかりにします。",
        f"{A}/meeting-decisions",
        ABOUT_A
        | {
            "kind": "roles",
            "narrative": "母の居場所には一切ふれない。息子には仕事の話から入る。",
            "roles": [
                {
                    **OUTREACH,
                    "task": "剛さんを月2回、二人で訪ねる",
                    "needed": [{"text": "午前中は酒が入っていない。大工の経験がある。"}],
                    "until": "2026-01-31",
                }
            ],
        },
    ),
    act(
        "2025-07-17 18:45",
        "shiina",
        "水道事業者は自分の議題が終わると席を立ちます。ここから先は聞きません。",
        f"{S}/departures",
        {"item": "{mother-item}", "attendee": "{e-water}"},
    ),
    act(
        "2025-07-17 18:45",
        "shiina",
        "香山さんも、後半を待たずに席を立ちます。",
        f"{S}/departures",
        {"item": "{mother-item}", "attendee": "{e-kayama}"},
    ),
    look(
        "2025-07-17 18:46",
        "kayama",
        "会議室はまだ開いていますが、席を立った香山さんに資料はもう開きません。"
        "機関を縛る決定だけが残ります。",
        A,
        "meeting",
        shows=("息子には仕事の話から入る。",),
        hides=(PAPER, "午前中は酒が入っていない。"),
    ),
    look(
        "2025-07-17 18:46",
        "nozawa",
        "席に残る野沢さんには、同じ資料が開いたままです。",
        A,
        "meeting",
        shows=(PAPER,),
    ),
    refused(
        "2025-07-17 18:46",
        "shiina",
        "HasLeft",
        "退席した人に、あとから資料を渡すことはできません。",
        f"{S}/papers",
        {
            "number": 1,
            "item": "{mother-item}",
            "title": "経過の一覧（回収）",
            "attendees": ["{e-water}"],
        },
    ),
    *present("2025-07-17 18:50", "shiina", "evening", "study-item", ALWAYS[:3]),
    closed("2025-07-17 19:10", "tamura", "evening"),
    *told("2025-07-17 19:15", "shiina", "later", LATER),
    opened("2025-07-17 19:20", "shiina", "later"),
    *present("2025-07-17 19:20", "shiina", "later", "ao-item", (*LATER, AO)),
    look(
        "2025-07-17 19:30",
        "kayama",
        "蒼さん本人のいる席で、同意した機関の香山さんにも資料が開きます。",
        B,
        "meeting",
        shows=(PLAN_PAPER,),
    ),
    act(
        "2025-07-17 19:40",
        "shiina",
        "蒼さんは自分のプランのところまで同席しました。「部屋、決まりました」。ここで退席します。",
        "/sittings/{later}/departures",
        {"item": "{ao-item}", "attendee": "{l-ao}"},
    ),
    look(
        "2025-07-17 19:41",
        "shiina",
        "会議の記録には、本人がどの議題に、いつまでいたかが残ります。",
        "/sittings/{later}",
        "meeting",
        shows=('"capacity":"本人"',),
    ),
    act(
        "2025-07-17 19:50",
        "shiina",
        "会議がプランを承認します。",
        f"{B}/meeting-decisions",
        ABOUT_B
        | {
            "kind": "plan-approved",
            "plan": "{ao-plan}",
            "narrative": "適切と認める。",
            "roles": [
                {
                    **PARTICIPATION,
                    "task": "受入先とのマッチングと、最初の月の同行",
                    "needed": [{"text": "人前で叱られるのが苦手。午前のほうが動ける。"}],
                }
            ],
        },
    ),
    act(
        "2025-07-17 19:55",
        "shiina",
        "期限の当日、事後承認がそろいました。",
        f"{B}/plans/{{ao-plan}}/ratification",
        ABOUT_B,
    ),
    closed("2025-07-17 20:00", "shiina", "later"),
    look(
        "2025-07-17 20:01",
        "kayama",
        "閉じたあと、資料は開きません。香山さんには、受け持つ役割に必要な情報だけが残ります。",
        B,
        "meeting",
        shows=("人前で叱られるのが苦手。",),
        hides=(PLAN_PAPER,),
    ),
    written_up("2025-07-22 10:00", "shiina", "evening", "役割を分担した。勉強会を1回行った。"),
    written_up("2025-07-22 10:30", "shiina", "later", "プランを事後承認した。"),
)
