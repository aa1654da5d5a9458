"""終わりと、その後: 終了時評価、終結、事例検討、そして再開。"""

from dataclasses import replace

from replays.stories.ashiya.cast import COUNCIL
from replays.stories.ashiya.handed_on import SEATS
from replays.stories.room import closed, convened, invited, item, opened, present, told, written_up
from replays.stories.telling import act, look, refused

H = "/households/{household}"
STUDY = tuple(replace(seat, key=seat.key.replace("f-", "s-")) for seat in SEATS)
ENDING = {
    "reason": "resolved",
    "evaluated_plan": "{plan}",
    "sitting": "{final}",
    "item": "{final-item}",
    "successor_agency": COUNCIL["agency"],
    "successor_desk": COUNCIL["desk"],
}
ABOUT = {"sitting": "{final}", "item": "{final-item}"}

FINAL = (
    convened(
        "2024-07-22 09:00",
        "kitamura",
        "一年あまり。終わりの評価のために、Ｂ－１を招集します。",
        "final",
        "b-1",
        "2024-08-20",
        "保健福祉センター 多目的ホール",
    ),
    item(
        "2024-07-22 09:05",
        "hirata",
        "議題は、終了時の評価です。",
        "final",
        "final-item",
        "三世代世帯のプランの終了時評価",
        "layered",
    ),
    act(
        "2024-07-22 09:10",
        "hirata",
        "議題に付します。",
        f"{H}/sitting-items",
        ABOUT | {"subjects": ["{yuka}", "{sora}"], "narrative": "終結の可否を諮る。"},
        quiet="議題に付します",
    ),
    *invited("2024-07-22 09:15", "hirata", "final", SEATS, ("final-item",)),
    *told("2024-08-20 13:20", "hirata", "final", SEATS),
    opened("2024-08-20 13:30", "kitamura", "final"),
    *present("2024-08-20 13:30", "hirata", "final", "final-item", SEATS),
    act(
        "2024-08-20 14:00",
        "hirata",
        "そらさんは夜眠り、吹奏楽部の夏を終えました。プランの目標に届いたと評価します。",
        f"{H}/plans/{{plan}}/evaluations",
        ABOUT
        | {
            "stage": "final",
            "outcome": "close",
            "narrative": "夜の見守りは施設が担う。由香さんは食堂の月曜当番。"
            "そらさん「もう話すこと、部活のことばっかり」。",
        },
    ),
    act(
        "2024-08-20 14:10",
        "hirata",
        "会議は終結を承認し、これからの窓口を名指しします。",
        f"{H}/meeting-decisions",
        ABOUT
        | {
            "kind": "closure-approved",
            "successor_agency": COUNCIL["agency"],
            "successor_desk": COUNCIL["desk"],
            "narrative": "終結を認める。困ったときは社協の窓口へ。",
        },
    ),
    closed("2024-08-20 14:40", "kitamura", "final"),
    written_up("2024-08-23 10:00", "hirata", "final", "終了時評価を行い、終結を承認した。"),
    act(
        "2024-08-26 14:00",
        "matsuo",
        "食堂の当番はもう支援ではなく、暮らしの一部です。参加支援を「定着」で終えます。",
        f"{H}/participations/{{participation}}/end",
        {"reason": "settled", "narrative": "店の側から「来月のシフトも」と声がかかった。"},
    ),
    refused(
        "2024-08-28 10:00",
        "kishi",
        "WishNotAsked",
        "「会議が認めたので終結」。本人がどうしたいかを聞くまで、終結にはできません。",
        f"{H}/closure",
        ENDING,
    ),
    act(
        "2024-08-28 15:00",
        "kishi",
        "由香さんの言葉を聞いて、支援を終結します。",
        f"{H}/closure",
        ENDING
        | {
            "wish": "もう大丈夫。でも月曜は食堂にいるから、寄ってください。",
            "narrative": "終結後も、食堂で声をかけ合う。",
        },
    ),
    refused(
        "2024-09-02 10:00",
        "kishi",
        "HouseholdClosed",
        "終わった世帯に、そっと書き足すことはできません。また関わるなら、再開してからです。",
        f"{H}/outreach",
        {"person": "{yuka}", "method": "phone", "narrative": "様子うかがい"},
    ),
)

STUDIED = (
    act(
        "2025-05-12 10:00",
        "kishi",
        "令和7年の春、そらさんが窓口に来ました。「今度は自分のことで相談したい」。"
        "新しい期として再開します。",
        f"{H}/reopening",
        {
            "reason": "asked-again",
            **COUNCIL,
            "staff": "{kishi}",
            "narrative": "進学の費用と、祖父に会いに行く道のこと。前の同意は戻らないので、"
            "そらさんに一から説明する。",
        },
    ),
    convened(
        "2025-05-19 09:00",
        "kitamura",
        "初夏のＢ－１では、ケースから学ぶ事例検討を行います（成果目標 年6件）。",
        "study",
        "b-1",
        "2025-06-17",
        "保健福祉センター 多目的ホール",
    ),
    item(
        "2025-05-19 09:05",
        "hirata",
        "議題は事例検討。",
        "study",
        "study-item",
        "若い介護者のいる世帯の事例検討（個人が分からない形）",
        "layered",
        household=None,
    ),
    *invited("2025-05-19 09:10", "hirata", "study", STUDY, ("study-item",)),
    *told("2025-06-17 13:20", "hirata", "study", STUDY),
    opened("2025-06-17 13:30", "kitamura", "study"),
    *present("2025-06-17 13:30", "hirata", "study", "study-item", STUDY),
    act(
        "2025-06-17 14:30",
        "hirata",
        "「子どもの望みを、家族の同意と別に聞いたこと」が転機だったと、みなで確かめました。",
        f"{H}/case-studies",
        {
            "sitting": "{study}",
            "item": "{study-item}",
            "narrative": "学校からの一報に、窓口が「うちではない」と言わなかったこと。"
            "Ｂ－２の2時間。",
        },
    ),
    closed("2025-06-17 15:00", "kitamura", "study"),
    written_up("2025-06-20 10:00", "hirata", "study", "事例検討を1件行った。"),
    look("2025-06-20 11:00", "kishi", "岸さんが世帯の今を確かめます。", H),
)
